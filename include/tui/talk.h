#ifndef ATENDE_TUI_TALK_H
#define ATENDE_TUI_TALK_H

#include "core/query.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * A conversation broken into lines: messages, notes and questions of a ticket by their ids. Bodies
 * stand behind a gutter, two cells right of the console's own lines, so that no text can pass for
 * one of those. What a message quotes is folded into one line (core/quote.h).
 */
enum talk_kind { TALK_MESSAGE, TALK_NOTE, TALK_QUESTION, TALK_ANSWER, TALK_MEMO };

struct talk_entry {
	enum talk_kind kind;
	int64_t id, at, author; /* author 0: the customer */
	const char *text;
	const struct message *message;	 /* TALK_MESSAGE */
	const struct question *question; /* TALK_QUESTION, TALK_ANSWER */
	const struct memo *memo;	 /* TALK_MEMO */
	struct attachment_list files;
	bool is_new;
	size_t first_line;
};

/* What the cursor of a conversation goes to, in the order of the lines. */
enum talk_part_kind { PART_FOLD, PART_LINK, PART_FILE };

struct talk_part {
	enum talk_part_kind kind;
	size_t entry;
	size_t offset, length; /* of the entry's text; a file lies behind its end */
	size_t folded;	       /* PART_FOLD: how many lines */
	bool is_signature, is_open;
	const struct attachment *file; /* PART_FILE */
	size_t number;		       /* … of all files of the conversation, from 1 on */
	size_t line;		       /* of the conversation, where it begins */
};

enum talk_line_kind { TALK_HEAD, TALK_BODY, TALK_BLANK, TALK_FOLD, TALK_FILE };

struct talk_line {
	enum talk_line_kind kind;
	size_t entry;
	size_t offset, length; /* of the entry's text */
	size_t part;	       /* TALK_FOLD, TALK_FILE */
	bool is_quote;	       /* TALK_BODY: of an open fold */
};

struct talk {
	int columns;	      /* it was laid out for */
	const char *customer; /* the name */
	size_t entry_count, line_count, part_count, file_count;
	struct talk_entry *entries;
	struct talk_line *lines;
	struct talk_part *parts;
};

enum { TALK_GUTTER = 3 };

/* A place in a conversation that outlives its layout. Of a line or a part. */
struct talk_place {
	enum talk_kind kind;
	int64_t id;
	int64_t offset; /* of the text; below 0: the lines above it */
};

/* Which folds are open: all or none, but for these. */
struct talk_folds {
	bool all;
	size_t count;
	struct talk_place *but;
};

/* Opens it when it is closed, closes it when it is open. Grows on mem. */
void talk_folds_toggle(struct talk_folds *folds, const void *mem, const struct talk_place *place);
bool talk_folds_is_open(const struct talk_folds *folds, const struct talk_place *place);

/* new_after: customer's messages with a greater id are new. folds may be NULL: all closed. Points
 * into view. On mem. */
struct talk *talk_create(const void *mem, const struct ticket_view *view, int columns,
	int64_t new_after, const struct talk_folds *folds);

/* The id of the newest text of ours in a view: what came after it from the customer is new. */
int64_t talk_newest_ours(const struct ticket_view *view);

struct talk_place talk_place_of(const struct talk *talk, size_t line);
/* The line of a place; the nearest before it when it is not there; 0 when its text is gone. */
size_t talk_place_line(const struct talk *talk, const struct talk_place *place);

struct talk_place talk_part_place(const struct talk *talk, size_t part);
/* The part that begins at this place; part_count when there is none. */
size_t talk_part_at(const struct talk *talk, const struct talk_place *place);

/* Where words occur in the texts of a conversation, folded away or not, in order. */
struct talk_match {
	size_t entry, offset, length; /* bytes of the entry's text */
};
struct talk_matches {
	size_t count;
	struct talk_match *items;
};
/* In the entries from `from` to before `to`. Accents and case do not count. None for blank words.
 * On mem. */
struct talk_matches talk_find(
	const void *mem, const struct talk *talk, const char *words, size_t from, size_t to);

/* The fold that hides a place of an entry's text; part_count when it is in sight. */
size_t talk_fold_of(const struct talk *talk, size_t entry, size_t offset);

#endif
