#ifndef ATENDE_TUI_LAYOUT_H
#define ATENDE_TUI_LAYOUT_H

#include <stdbool.h>
#include <stddef.h>

/* Where things stand: pure functions of the size. */

enum { LAYOUT_MIN_COLUMNS = 40, LAYOUT_MIN_ROWS = 8 };

struct area {
	int row, column, rows, columns; /* rows 0: not shown */
};

struct layout {
	bool is_too_small; /* one line says so; nothing else is set */
	bool is_compact;   /* the list in few columns */
	bool has_heads;	   /* a row of column heads above the list */
	struct area list;  /* without heads */
	struct area preview;
	struct area customer;
	int status_row, hint_row;
};

/* The queue; `preview` is the operator's wish. */
struct layout layout_queue(int columns, int rows, bool preview);

/* A ticket: the conversation (list) below its header, the customer beside it from 120 columns on,
 * else instead of it when wished. */
enum { TICKET_HEADER_ROWS = 4, DRAFT_ROWS = 3 };
struct layout layout_ticket(int columns, int rows, bool customer);

/* Writing: the conversation above (list), the text below (preview). */
struct layout layout_compose(int columns, int rows);

/*
 * Shares out a row. Each column wants `ideal` cells with its gap. When there are too few, columns
 * give way down to `least` in the order of `shrink` (1 first, 0 never), then are left out in the
 * order of `drop`. What is left over goes to the column that `grows`.
 */
struct column {
	int least, ideal;
	int shrink, drop;
	bool grows;
	int width; /* result: 0 when it is left out */
};
void layout_columns(struct column *columns, size_t count, int width);

#endif
