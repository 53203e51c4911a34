#include "picture.h"

#include "base/mem.h"
#include "test.h"

#include <string.h>

static char *add(char *text, const char *more)
{
	return mem_check(talloc_strdup_append_buffer(text, more));
}

/* The style of most cells. */
static enum style base_style(const struct canvas *canvas, int row)
{
	int counts[STYLES] = {0};
	enum style base = STYLE_NORMAL;
	for (int column = 0; column < canvas_columns(canvas); column++) {
		enum style style = canvas_style_at(canvas, row, column);
		counts[style]++;
		base = counts[style] > counts[base] ? style : base;
	}
	return base;
}

/* " ALERT 12-18 30": where a row has this style; "" when nowhere. */
static char *add_runs(char *text, const struct canvas *canvas, int row, enum style style)
{
	int columns = canvas_columns(canvas);
	bool is_first = true;
	for (int from = 0, to; from < columns; from = to) {
		to = from + 1;
		if (canvas_style_at(canvas, row, from) != style) {
			continue;
		}
		while (to < columns && canvas_style_at(canvas, row, to) == style) {
			to++;
		}
		text = add(text, is_first ? " " : "");
		text = add(text, is_first ? style_name(style) : "");
		text = mem_check(talloc_asprintf_append_buffer(text, " %d", from));
		text = to - from == 1
			       ? text
			       : mem_check(talloc_asprintf_append_buffer(text, "-%d", to - 1));
		is_first = false;
	}
	return text;
}

/* "TAB; TAB_CURRENT 1-8": the style of most of the row, and where it has others; "" for a row that
 * is all NORMAL. */
static char *row_styles(const void *mem, const struct canvas *canvas, int row)
{
	enum style base = base_style(canvas, row);
	char *text = mem_strdup(mem, "");
	if (base != STYLE_NORMAL) {
		text = mem_check(talloc_asprintf_append_buffer(text, " %s;", style_name(base)));
	}
	for (int style = 0; style < STYLES; style++) {
		if (style != (int)base) {
			text = add_runs(text, canvas, row, (enum style)style);
		}
	}
	return text;
}

/* Rows that have the same styles are told together. */
static char *add_styles(char *text, const struct canvas *canvas)
{
	int rows = canvas_rows(canvas);
	for (int from = 0, to; from < rows; from = to) {
		char *styles = row_styles(NULL, canvas, from);
		bool is_same = true;
		for (to = from + 1; to < rows && is_same; to += is_same) {
			char *next = row_styles(NULL, canvas, to);
			is_same = strcmp(next, styles) == 0;
			talloc_free(next);
		}
		if (*styles && to - from > 1) {
			text = mem_check(talloc_asprintf_append_buffer(
				text, "%d-%d:%s\n", from, to - 1, styles));
		} else if (*styles) {
			text = mem_check(
				talloc_asprintf_append_buffer(text, "%d:%s\n", from, styles));
		}
		talloc_free(styles);
	}
	return text;
}

static char *add_rows(char *text, const struct canvas *canvas)
{
	for (int row = 0; row < canvas_rows(canvas); row++) {
		char *line = canvas_row_text(NULL, canvas, row);
		text = mem_check(talloc_asprintf_append_buffer(text, "|%s\n", line));
		talloc_free(line);
	}
	return text;
}

static char *add_ascii(char *text, const struct canvas *canvas, const struct canvas *ascii)
{
	for (int row = 0; row < canvas_rows(canvas); row++) {
		char *line = canvas_row_text(NULL, canvas, row);
		char *plain = canvas_row_text(NULL, ascii, row);
		if (strcmp(line, plain) != 0) {
			text = mem_check(
				talloc_asprintf_append_buffer(text, "%d|%s\n", row, plain));
		}
		talloc_free(line);
		talloc_free(plain);
	}
	return text;
}

char *picture_of(const void *mem, const struct canvas *canvas, const struct canvas *ascii)
{
	int row, column;
	char *text = mem_printf(mem, "== %dx%d\n", canvas_columns(canvas), canvas_rows(canvas));
	text = add_rows(text, canvas);
	text = canvas_cursor_at(canvas, &row, &column)
		       ? mem_check(talloc_asprintf_append_buffer(
				 text, "cursor: %d, %d\n", row, column))
		       : add(text, "no cursor\n");
	text = add_styles(text, canvas);
	text = add(text, "ascii:\n");
	return add_ascii(text, canvas, ascii);
}
