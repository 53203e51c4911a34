#include "cli/table.h"

#include "base/mem.h"
#include "base/text.h"
#include "cli/call.h"
#include "cli/output.h"

#include <string.h>

struct table {
	struct call *call;
	const struct table_column *columns;
	size_t column_count;
	size_t cell_count;
	char **cells; /* row by row; the first row is the titles */
	int *widths;
	bool *is_dropped;
};

enum { GAP = 2 };

struct table *table_create(struct call *call, const struct table_column *columns, size_t count)
{
	struct table *table = mem_new(call->mem, struct table);
	table->call = call;
	table->columns = columns;
	table->column_count = count;
	table->widths = mem_array(table, int, count);
	table->is_dropped = mem_array(table, bool, count);
	for (size_t i = 0; i < count; i++) {
		table_cell(table, columns[i].title);
	}
	return table;
}

void table_cell(struct table *table, const char *text)
{
	table->cells = mem_grow(table, table->cells, char *, table->cell_count + 1);
	char *cell = text_clean_line(table, text, strlen(text), NULL);
	int width = output_width(cell);
	int *widest = &table->widths[table->cell_count % table->column_count];
	*widest = width > *widest ? width : *widest;
	table->cells[table->cell_count++] = cell;
}

void table_number(struct table *table, long long value)
{
	char *text = mem_printf(NULL, "%lld", value);
	table_cell(table, text);
	talloc_free(text);
}

static int total_width(const struct table *table, bool at_least)
{
	int total = -GAP;
	for (size_t i = 0; i < table->column_count; i++) {
		int least = table->columns[i].least;
		int width =
			at_least && least && least < table->widths[i] ? least : table->widths[i];
		total += table->is_dropped[i] ? 0 : width + GAP;
	}
	return total;
}

/* Leaves out what may be, until the rest can be made to fit. */
static void drop(struct table *table, int columns)
{
	while (total_width(table, true) > columns) {
		size_t first = table->column_count;
		for (size_t i = 0; i < table->column_count; i++) {
			int order = table->columns[i].drop;
			bool may = order && !table->is_dropped[i];
			if (may && (first == table->column_count ||
					   order < table->columns[first].drop)) {
				first = i;
			}
		}
		if (first == table->column_count) {
			return;
		}
		table->is_dropped[first] = true;
	}
}

/* The widest column that may still shrink gives a cell, until the row fits. */
static void shrink(struct table *table, int columns)
{
	for (int total = total_width(table, false); total > columns; total--) {
		int *widest = NULL;
		for (size_t i = 0; i < table->column_count; i++) {
			bool may = table->columns[i].least &&
				   table->widths[i] > table->columns[i].least;
			if (may && (!widest || table->widths[i] > *widest)) {
				widest = &table->widths[i];
			}
		}
		if (!widest) {
			return;
		}
		(*widest)--;
	}
}

static char *print_row(struct table *table, char **cells)
{
	char *line = mem_strdup(table, "");
	int pending = 0; /* blanks that are only printed when something follows */
	for (size_t i = 0; i < table->column_count; i++) {
		if (table->is_dropped[i]) {
			continue;
		}
		char *cell = output_cut(table, cells[i], table->widths[i]);
		int rest = table->widths[i] - output_width(cell);
		int before = pending + (table->columns[i].right ? rest : 0);
		pending = GAP + (table->columns[i].right ? 0 : rest);
		if (*cell) {
			line = mem_check(
				talloc_asprintf_append_buffer(line, "%*s%s", before, "", cell));
		} else {
			pending += before;
		}
	}
	return line;
}

void table_print(struct table *table)
{
	if (table->cell_count <= table->column_count) {
		return;
	}
	if (table->call->cli->columns > 0) {
		drop(table, table->call->cli->columns);
		shrink(table, table->call->cli->columns);
	}
	for (size_t i = 0; i + table->column_count <= table->cell_count; i += table->column_count) {
		output_line(table->call, print_row(table, &table->cells[i]));
	}
}
