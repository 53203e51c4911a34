#ifndef ATENDE_TUI_TALK_H
#define ATENDE_TUI_TALK_H

#include "core/query.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * A conversation broken into lines: messages, notes and questions of a ticket by their ids. Bodies
 * stand behind a gutter of two cells, so that no text can pass for a line of the console.
 */
enum talk_kind { TALK_MESSAGE, TALK_NOTE, TALK_QUESTION, TALK_ANSWER };

struct talk_entry {
	enum talk_kind kind;
	int64_t id, at, author; /* author 0: the customer */
	const char *text;
	const struct message *message;	 /* TALK_MESSAGE */
	const struct question *question; /* TALK_QUESTION, TALK_ANSWER */
	bool is_new;
	size_t first_line;
};

enum talk_line_kind { TALK_HEAD, TALK_BODY, TALK_BLANK };

struct talk_line {
	enum talk_line_kind kind;
	size_t entry;
	size_t offset, length; /* of the entry's text */
};

struct talk {
	int columns;	      /* it was laid out for */
	const char *customer; /* the name */
	size_t entry_count, line_count;
	struct talk_entry *entries;
	struct talk_line *lines;
};

enum { TALK_GUTTER = 3 };

/* new_after: customer's messages with a greater id are new. Points into view. On mem. */
struct talk *talk_create(
	const void *mem, const struct ticket_view *view, int columns, int64_t new_after);

/* The id of the newest text of ours in a view: what came after it from the customer is new. */
int64_t talk_newest_ours(const struct ticket_view *view);

/* The next line at or after `from` that holds the folded words, going round; false for none. */
bool talk_find(const struct talk *talk, const char *words, size_t from, size_t *line);

#endif
