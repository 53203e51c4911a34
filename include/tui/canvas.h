#ifndef ATENDE_TUI_CANVAS_H
#define ATENDE_TUI_CANVAS_H

#include "tui/style.h"
#include "tui/width.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * What the screen shall show: columns × rows of cells, pure data. Views paint on it, term_draw
 * sends what differs to the terminal, tests dump it as text. Every text put on it must be clean
 * (base/text.h): the canvas asserts it. Painting outside is cut, so that views need not care.
 */

struct cell {
	uint32_t rune;	/* ' ' when empty; 0 for the right half of a wide character */
	uint16_t marks; /* of the canvas' pool of combining marks; 0: none */
	uint8_t width;	/* 1, 2; 0 for the right half of a wide one */
	uint8_t style;	/* enum style */
};

struct canvas;

/* All blank, no cursor. With `ascii`, every cell shows an ASCII character: accents are dropped,
 * lines become -, | and #, the rest ?. */
struct canvas *canvas_create(const void *mem, int columns, int rows, bool ascii);
int canvas_columns(const struct canvas *canvas);
int canvas_rows(const struct canvas *canvas);
bool canvas_is_ascii(const struct canvas *canvas);

/* Blank again, with no cursor. */
void canvas_clear(struct canvas *canvas);

/*
 * One line of text from (row, column), at most `columns` wide: cut with '…' ('>' in ASCII) when it
 * is longer; wide characters are never halved. Tabs and newlines become a blank. Gives the columns
 * used; the cells behind keep what they had.
 */
int canvas_text(struct canvas *canvas, int row, int column, int columns, enum style style,
	const char *text);

/* As canvas_text, for a cell of a table: a cluster whose parts take columns of their own becomes
 * its base character, so that columns stay where they are on every terminal. Blanks fill the
 * rest. */
void canvas_field(struct canvas *canvas, int row, int column, int columns, enum style style,
	const char *text);

/* As canvas_field, flush right. */
void canvas_field_right(struct canvas *canvas, int row, int column, int columns, enum style style,
	const char *text);

/* The first `size` bytes of text, from wrap.h or an editor: cut without a mark; a tab goes to the
 * next stop counted from `column`. Gives the columns used. */
int canvas_bytes(struct canvas *canvas, int row, int column, int columns, enum style style,
	const char *text, size_t size);

/* The same character `columns` times; a rule or a blank stretch. */
void canvas_fill(
	struct canvas *canvas, int row, int column, int columns, enum style style, uint32_t rune);

/* Gives what is there another style: the bar. */
void canvas_restyle(struct canvas *canvas, int row, int column, int columns, enum style style);

/* Where the hardware cursor stands: always at the focus (screen readers follow it). */
void canvas_cursor(struct canvas *canvas, int row, int column);
/* False when there is none. */
bool canvas_cursor_at(const struct canvas *canvas, int *row, int *column);

const struct cell *canvas_cell(const struct canvas *canvas, int row, int column);
enum style canvas_style_at(const struct canvas *canvas, int row, int column);
/* The combining marks of a cell: how many, at most CELL_MARKS. */
size_t canvas_marks(
	const struct canvas *canvas, const struct cell *cell, uint32_t marks[CELL_MARKS]);

/* Do both show the same at this place? Sizes must be equal. */
bool canvas_cell_equal(const struct canvas *a, const struct canvas *b, int row, int column);

/* Makes `to` (of the same size) equal to `from`. */
void canvas_copy(struct canvas *to, const struct canvas *from);

/* As text: a line a row without blanks at its end, each ended by a newline. On mem. */
char *canvas_dump(const void *mem, const struct canvas *canvas);
/* One row of it, without the newline. */
char *canvas_row_text(const void *mem, const struct canvas *canvas, int row);

#endif
