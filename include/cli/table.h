#ifndef ATENDE_CLI_TABLE_H
#define ATENDE_CLI_TABLE_H

#include <stdbool.h>
#include <stddef.h>

/*
 * A table of text: columns as wide as their widest cell, two blanks between. On a terminal the
 * columns that may be are cut or left out so that a row fits its width; elsewhere nothing is.
 */
struct call;
struct table;

struct table_column {
	const char *title; /* translated */
	bool right;	   /* numbers */
	int least;	   /* cells to which it may shrink; 0: it may not */
	int drop;	   /* left out where room is short, the least first; 0: never */
};

struct table *table_create(struct call *call, const struct table_column *columns, size_t count);
/* The next cell of the row under way; a row is over when it has all its cells. Copies the text;
 * line ends become blanks. */
void table_cell(struct table *table, const char *text);
void table_number(struct table *table, long long value);
/* Prints head and rows; nothing at all without rows. */
void table_print(struct table *table);

#endif
