#include "tui/canvas.h"

#include "base/mem.h"
#include "base/text.h"

#include <assert.h>
#include <string.h>

struct marks {
	uint32_t runes[CELL_MARKS];
	uint8_t count;
};

struct canvas {
	int columns, rows;
	bool is_ascii;
	struct cell *cells;
	struct marks *marks; /* [0] is never used: index 0 means none */
	size_t mark_count, mark_capacity;
	int cursor_row, cursor_column; /* row -1: none */
};

static const struct cell blank = {.rune = ' ', .width = 1, .style = STYLE_NORMAL};

struct canvas *canvas_create(const void *mem, int columns, int rows, bool ascii)
{
	struct canvas *canvas = mem_new(mem, struct canvas);
	canvas->columns = columns > 0 ? columns : 1;
	canvas->rows = rows > 0 ? rows : 1;
	canvas->is_ascii = ascii;
	canvas->cells = mem_array(canvas, struct cell, canvas->columns * canvas->rows);
	canvas->mark_capacity = 16;
	canvas->marks = mem_array(canvas, struct marks, canvas->mark_capacity);
	canvas_clear(canvas);
	return canvas;
}

int canvas_columns(const struct canvas *canvas)
{
	return canvas->columns;
}

int canvas_rows(const struct canvas *canvas)
{
	return canvas->rows;
}

bool canvas_is_ascii(const struct canvas *canvas)
{
	return canvas->is_ascii;
}

void canvas_clear(struct canvas *canvas)
{
	for (int i = 0; i < canvas->columns * canvas->rows; i++) {
		canvas->cells[i] = blank;
	}
	canvas->mark_count = 1;
	canvas->cursor_row = -1;
}

static struct cell *cell_at(const struct canvas *canvas, int row, int column)
{
	return &canvas->cells[row * canvas->columns + column];
}

static bool is_inside(const struct canvas *canvas, int row, int column)
{
	return row >= 0 && row < canvas->rows && column >= 0 && column < canvas->columns;
}

/* Half of a wide character that loses the other half becomes a blank. */
static void unpair(struct canvas *canvas, int row, int column)
{
	struct cell *cell = cell_at(canvas, row, column);
	if (cell->width == 0 && column > 0) {
		cell[-1] = (struct cell){.rune = ' ', .width = 1, .style = cell[-1].style};
	}
	if (cell->width == 2 && column + 1 < canvas->columns) {
		cell[1] = (struct cell){.rune = ' ', .width = 1, .style = cell[1].style};
	}
}

static void set_cell(
	struct canvas *canvas, int row, int column, uint32_t rune, int width, enum style style)
{
	if (!is_inside(canvas, row, column)) {
		return;
	}
	unpair(canvas, row, column);
	struct cell *cell = cell_at(canvas, row, column);
	*cell = (struct cell){.rune = rune, .width = (uint8_t)width, .style = (uint8_t)style};
	if (width != 2) {
		return;
	}
	if (column + 1 >= canvas->columns) {
		cell->rune = ' ';
		cell->width = 1;
		return;
	}
	unpair(canvas, row, column + 1);
	cell[1] = (struct cell){.style = (uint8_t)style};
}

static void add_mark(struct canvas *canvas, int row, int column, uint32_t rune)
{
	if (!is_inside(canvas, row, column) || canvas->is_ascii) {
		return;
	}
	struct cell *cell = cell_at(canvas, row, column);
	if (!cell->marks) {
		if (canvas->mark_count == UINT16_MAX) {
			return;
		}
		if (canvas->mark_count == canvas->mark_capacity) {
			canvas->mark_capacity *= 2;
			canvas->marks = mem_grow(
				canvas, canvas->marks, struct marks, canvas->mark_capacity);
		}
		cell->marks = (uint16_t)canvas->mark_count++;
		canvas->marks[cell->marks] = (struct marks){0};
	}
	struct marks *marks = &canvas->marks[cell->marks];
	if (marks->count < CELL_MARKS) {
		marks->runes[marks->count++] = rune;
	}
}

static const struct {
	uint32_t first, last;
	char shown;
} ascii_shapes[] = {
	{0x00A0, 0x00A0, ' '},
	{0x00AA, 0x00AA, 'a'},
	{0x00AB, 0x00AB, '"'},
	{0x00B7, 0x00B7, '.'},
	{0x00BA, 0x00BA, 'o'},
	{0x00BB, 0x00BB, '"'},
	{0x00D7, 0x00D7, 'x'},
	{0x2010, 0x2015, '-'},
	{0x2018, 0x201B, '\''},
	{0x201C, 0x201F, '"'},
	{0x2022, 0x2022, '*'},
	{0x2026, 0x2026, '>'},
	{0x2190, 0x2190, '<'},
	{0x2191, 0x2191, '^'},
	{0x2192, 0x2192, '>'},
	{0x2193, 0x2193, 'v'},
	{0x2212, 0x2212, '-'},
	{0x2500, 0x2501, '-'},
	{0x2502, 0x2503, '|'},
	{0x2504, 0x257F, '+'},
	{0x2581, 0x2588, '#'},
	{0x2589, 0x258D, '='},
	{0x258E, 0x258F, '|'},
	{0x2591, 0x2593, '.'},
	{0x2595, 0x2595, '|'},
	{0x25B8, 0x25B8, '+'},
	{0x25BE, 0x25BE, '-'},
};

static uint32_t ascii_shape(uint32_t rune)
{
	if (rune < 0x7F) {
		return rune;
	}
	for (size_t i = 0; i < ARRAY_LEN(ascii_shapes); i++) {
		if (rune >= ascii_shapes[i].first && rune <= ascii_shapes[i].last) {
			return (uint32_t)ascii_shapes[i].shown;
		}
	}
	uint32_t base = text_base(rune);
	return base >= 0x20 && base < 0x7F ? base : '?';
}

static void put_rune(
	struct canvas *canvas, int row, int column, uint32_t rune, int width, enum style style)
{
	if (!canvas->is_ascii) {
		set_cell(canvas, row, column, rune, width, style);
		return;
	}
	for (int i = 0; i < width; i++) {
		set_cell(canvas, row, column + i, ascii_shape(rune), 1, style);
	}
}

/* A cluster as its code points' cells; `one`: its base alone with its marks. Columns used. */
static int put_cluster(struct canvas *canvas, int row, int column, enum style style,
	const char *text, size_t size, bool one)
{
	int used = 0;
	int last = -1; /* cell that marks go to */
	size_t n;
	for (size_t at = 0; at < size; at += n) {
		uint32_t rune = width_shown(text_rune(text + at, &n));
		int width = rune ? width_rune(rune) : 0;
		if (width == 0) {
			if (rune && last >= 0) {
				add_mark(canvas, row, last, rune);
			}
			continue;
		}
		if (one && used > 0) {
			break;
		}
		put_rune(canvas, row, column + used, rune, width, style);
		last = column + used;
		used += width;
	}
	if (used == 0) {
		put_rune(canvas, row, column, width_shown(0x7F), 1, style);
		used = 1;
	}
	return used;
}

struct brush {
	struct canvas *canvas;
	int row, column, columns; /* columns: how many may be used */
	enum style style;
	bool one;	/* table cell: clusters as their base */
	bool tabs;	/* to the next stop, else a blank */
	bool with_mark; /* … when cut */
};

static int cluster_columns(const struct brush *brush, const char *text, size_t size, int used)
{
	if (*text == '\n' || (*text == '\t' && !brush->tabs)) {
		return 1;
	}
	if (!brush->one || *text == '\t') {
		return width_cluster(text, size, used);
	}
	size_t n;
	for (size_t at = 0; at < size; at += n) {
		int width = width_rune(text_rune(text + at, &n));
		if (width > 0) {
			return width;
		}
	}
	return 1;
}

static size_t next_cluster(const char *text, size_t left)
{
	if ((unsigned char)text[0] < 0x80 && (left < 2 || (unsigned char)text[1] < 0x80)) {
		return 1;
	}
	size_t n = text_grapheme(text);
	return n < left ? n : left;
}

static void put_blanks(const struct brush *brush, int used, int columns)
{
	for (int i = 0; i < columns; i++) {
		set_cell(brush->canvas, brush->row, brush->column + used + i, ' ', 1, brush->style);
	}
}

static int paint(const struct brush *brush, const char *text, size_t size)
{
	int used = 0;
	for (size_t at = 0; at < size;) {
		size_t n = next_cluster(text + at, size - at);
		int columns = cluster_columns(brush, text + at, n, used);
		if (used + columns > brush->columns) {
			break;
		}
		if (text[at] == '\n' || text[at] == '\t' || text[at] == ' ') {
			put_blanks(brush, used, columns);
		} else {
			put_cluster(brush->canvas, brush->row, brush->column + used, brush->style,
				text + at, n, brush->one);
		}
		used += columns;
		at += n;
	}
	return used;
}

/* Columns that text would take with this brush, counted no further than one past its limit. */
static int measure(const struct brush *brush, const char *text, size_t size)
{
	int used = 0;
	for (size_t at = 0; at < size && used <= brush->columns;) {
		size_t n = next_cluster(text + at, size - at);
		used += cluster_columns(brush, text + at, n, used);
		at += n;
	}
	return used;
}

static int paint_line(struct brush *brush, const char *text, size_t size)
{
	struct canvas *canvas = brush->canvas;
	if (brush->row < 0 || brush->row >= canvas->rows || brush->columns < 1) {
		return 0;
	}
	if (brush->with_mark && measure(brush, text, size) > brush->columns) {
		brush->columns--;
		int used = paint(brush, text, size);
		put_rune(canvas, brush->row, brush->column + used, 0x2026, 1, brush->style);
		return used + 1;
	}
	return paint(brush, text, size);
}

int canvas_text(
	struct canvas *canvas, int row, int column, int columns, enum style style, const char *text)
{
	assert(text_is_clean(text));
	struct brush brush = {canvas, row, column, columns, style, false, false, true};
	return paint_line(&brush, text, strlen(text));
}

void canvas_field(
	struct canvas *canvas, int row, int column, int columns, enum style style, const char *text)
{
	assert(text_is_clean(text));
	struct brush brush = {canvas, row, column, columns, style, true, false, true};
	int used = paint_line(&brush, text, strlen(text));
	put_blanks(&brush, used, columns - used);
}

void canvas_field_right(
	struct canvas *canvas, int row, int column, int columns, enum style style, const char *text)
{
	assert(text_is_clean(text));
	struct brush brush = {canvas, row, column, columns, style, true, false, true};
	int free_columns = columns - measure(&brush, text, strlen(text));
	if (free_columns > 0) {
		put_blanks(&brush, 0, free_columns);
		brush.column += free_columns;
		brush.columns -= free_columns;
	}
	paint_line(&brush, text, strlen(text));
}

int canvas_bytes(struct canvas *canvas, int row, int column, int columns, enum style style,
	const char *text, size_t size)
{
	struct brush brush = {canvas, row, column, columns, style, false, true, false};
	return paint_line(&brush, text, size);
}

void canvas_fill(
	struct canvas *canvas, int row, int column, int columns, enum style style, uint32_t rune)
{
	for (int i = 0; i < columns; i++) {
		put_rune(canvas, row, column + i, rune, 1, style);
	}
}

void canvas_restyle(struct canvas *canvas, int row, int column, int columns, enum style style)
{
	for (int i = column; i < column + columns; i++) {
		if (is_inside(canvas, row, i)) {
			cell_at(canvas, row, i)->style = (uint8_t)style;
		}
	}
}

void canvas_cursor(struct canvas *canvas, int row, int column)
{
	canvas->cursor_row = row < canvas->rows ? row : canvas->rows - 1;
	canvas->cursor_column = column < canvas->columns ? column : canvas->columns - 1;
}

bool canvas_cursor_at(const struct canvas *canvas, int *row, int *column)
{
	*row = canvas->cursor_row;
	*column = canvas->cursor_column;
	return canvas->cursor_row >= 0;
}

const struct cell *canvas_cell(const struct canvas *canvas, int row, int column)
{
	assert(is_inside(canvas, row, column));
	return cell_at(canvas, row, column);
}

enum style canvas_style_at(const struct canvas *canvas, int row, int column)
{
	return (enum style)canvas_cell(canvas, row, column)->style;
}

size_t canvas_marks(
	const struct canvas *canvas, const struct cell *cell, uint32_t marks[CELL_MARKS])
{
	const struct marks *kept = &canvas->marks[cell->marks];
	if (!cell->marks) {
		return 0;
	}
	memcpy(marks, kept->runes, sizeof kept->runes);
	return kept->count;
}

bool canvas_cell_equal(const struct canvas *a, const struct canvas *b, int row, int column)
{
	const struct cell *one = cell_at(a, row, column);
	const struct cell *two = cell_at(b, row, column);
	if (one->rune != two->rune || one->width != two->width || one->style != two->style) {
		return false;
	}
	if (!one->marks && !two->marks) {
		return true;
	}
	uint32_t first[CELL_MARKS] = {0}, second[CELL_MARKS] = {0};
	size_t n = canvas_marks(a, one, first);
	return n == canvas_marks(b, two, second) && memcmp(first, second, sizeof first) == 0;
}

void canvas_copy(struct canvas *to, const struct canvas *from)
{
	assert(to->columns == from->columns && to->rows == from->rows);
	memcpy(to->cells, from->cells,
		sizeof(struct cell) * (size_t)from->columns * (size_t)from->rows);
	if (to->mark_capacity < from->mark_count) {
		to->mark_capacity = from->mark_capacity;
		to->marks = mem_grow(to, to->marks, struct marks, to->mark_capacity);
	}
	memcpy(to->marks, from->marks, sizeof(struct marks) * from->mark_count);
	to->mark_count = from->mark_count;
	to->cursor_row = from->cursor_row;
	to->cursor_column = from->cursor_column;
}
