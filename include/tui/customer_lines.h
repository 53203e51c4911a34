#ifndef ATENDE_TUI_CUSTOMER_LINES_H
#define ATENDE_TUI_CUSTOMER_LINES_H

#include "core/query.h"
#include "tui/style.h"

#include <stdbool.h>
#include <stddef.h>

/* The customer as lines: addresses, remarks (pinned first), other tickets. */
struct model;

struct customer_line {
	enum style style;
	bool is_body;	      /* somebody's words: behind the gutter */
	const char *text;     /* clean, without newlines; on the lines */
	int64_t ticket, note; /* what the line is of; 0: none */
};
struct customer_lines {
	size_t count;
	struct customer_line *lines;
};

/* Broken to `columns`. On mem. */
struct customer_lines *customer_lines_create(
	const void *mem, const struct model *model, const struct ticket_view *view, int columns);

#endif
