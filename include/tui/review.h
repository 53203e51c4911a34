#ifndef ATENDE_TUI_REVIEW_H
#define ATENDE_TUI_REVIEW_H

#include "core/ticket.h"
#include "tui/effect.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * The text looked over once more before it goes out: what might be wrong is said, and what is wrong
 * blocks the send. What was typed before it could be read is not meant for it.
 */
struct model;

struct review {
	int64_t shown_at; /* since when what is to be read is on the screen */
	char **warnings;
	size_t warning_count;
	bool is_blocked; /* a warning that forbids the send */
	char *refusal;	 /* why the desk refused the last send, NULL: it did not */
	long top;	 /* first line shown; -1: so that the warnings are in sight */
};

void review_open(struct model *model, struct effects *effects);
/* The warnings anew. What was written meanwhile has been shown now: the next key may send. */
void review_check(struct model *model);
void review_send(
	struct model *model, enum outcome outcome, int64_t reason, struct effects *effects);
void review_scroll(struct model *model, long pages);
void review_free(struct review *review);

/* --- as lines: the text, then the warnings --- */

enum review_kind { REVIEW_TEXT, REVIEW_WARNING, REVIEW_MORE, REVIEW_FACT };

struct review_line {
	enum review_kind kind; /* MORE: goes on with the warning above */
	const char *text;      /* `length` bytes of it */
	size_t length;
};
struct review_lines {
	size_t count;
	struct review_line *lines;
	size_t first_warning; /* or fact; count: there is none */
	size_t rows;	      /* how many fit on the screen */
	size_t top;	      /* the first one shown */
	size_t blanks;	      /* rows to leave out before first_warning, so that all is filled */
};

/* As they stand in the model's window. On mem. */
struct review_lines *review_lines_create(const void *mem, const struct model *model);

#endif
