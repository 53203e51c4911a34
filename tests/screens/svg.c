#include "svg.h"

#include "base/mem.h"

#include <string.h>

/* Sizes of a cell, in tenths of a pixel; the letters are as wide as the cell by textLength. */
enum { CELL_WIDTH = 84, CELL_HEIGHT = 180, BASELINE = 135, MARGIN = 100, TENTHS = 10 };

static const char *const colours[] = {
	"#3b3f45", "#e06c6c", "#7fbf6b", "#d9b45a", "#6f9fd8", "#b98bd0", "#5fb8b8", "#d7dae0"};
static const char paper[] = "#1b1e23";
static const char ink[] = "#d7dae0";

struct look_of_cell {
	const char *front, *back;
	bool bold, underline, dim;
};

static const char *colour(int index, const char *otherwise)
{
	return index >= 0 && index < (int)ARRAY_LEN(colours) ? colours[index] : otherwise;
}

static struct look_of_cell look_at(
	const struct terminal_cell *cell, const struct canvas *canvas, int row, int column)
{
	enum style style = canvas_style_at(canvas, row, column);
	const char *front = colour(cell->foreground, ink);
	const char *back = colour(cell->background, paper);
	return (struct look_of_cell){.front = cell->reverse ? back : front,
		.back = cell->reverse ? front : back,
		.bold = cell->bold,
		.underline = cell->underline,
		.dim = (theme_find(NULL)->looks[style].flags & LOOK_DIM) != 0};
}

static bool is_same(const struct look_of_cell *a, const struct look_of_cell *b)
{
	return a->front == b->front && a->back == b->back && a->bold == b->bold &&
	       a->underline == b->underline && a->dim == b->dim;
}

static char *add_escaped(char *svg, const char *text)
{
	static const struct {
		char sign;
		const char *name;
	} entities[] = {{'&', "&amp;"}, {'<', "&lt;"}, {'>', "&gt;"}};
	for (size_t i = 0; i < ARRAY_LEN(entities); i++) {
		if (text[0] == entities[i].sign && text[1] == '\0') {
			text = entities[i].name;
			break;
		}
	}
	return mem_check(talloc_strdup_append_buffer(svg, *text ? text : " "));
}

static double pixels(int tenths)
{
	return (double)tenths / TENTHS;
}

static char *add_run(char *svg, int row, int column, int columns, const struct look_of_cell *look,
	const char *text)
{
	double x = pixels(MARGIN + column * CELL_WIDTH);
	int top = MARGIN + row * CELL_HEIGHT;
	double width = pixels(columns * CELL_WIDTH);
	if (look->back != paper) {
		svg = mem_check(talloc_asprintf_append_buffer(svg,
			"<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" "
			"fill=\"%s\"/>\n",
			x, pixels(top), width, pixels(CELL_HEIGHT), look->back));
	}
	if (strspn(text, " ") == strlen(text)) {
		return svg;
	}
	svg = mem_check(talloc_asprintf_append_buffer(svg,
		"<text x=\"%.1f\" y=\"%.1f\" textLength=\"%.1f\" fill=\"%s\"%s%s%s>", x,
		pixels(top + BASELINE), width, look->front,
		look->bold ? " font-weight=\"bold\"" : "",
		look->underline ? " text-decoration=\"underline\"" : "",
		look->dim ? " opacity=\"0.6\"" : ""));
	for (const char *at = text; *at; at++) {
		char sign[] = {*at, '\0'};
		svg = add_escaped(svg, sign);
	}
	return mem_check(talloc_strdup_append_buffer(svg, "</text>\n"));
}

static char *add_row(
	char *svg, const struct terminal *terminal, const struct canvas *canvas, int row)
{
	int columns = terminal_columns(terminal);
	for (int from = 0, to; from < columns; from = to) {
		struct terminal_cell first = terminal_cell(terminal, row, from);
		struct look_of_cell look = look_at(&first, canvas, row, from);
		char *text = mem_strdup(svg, "");
		for (to = from; to < columns; to++) {
			struct terminal_cell cell = terminal_cell(terminal, row, to);
			struct look_of_cell its = look_at(&cell, canvas, row, to);
			if (!is_same(&look, &its)) {
				break;
			}
			bool is_right_half = to > 0 && cell.text[0] == '\0' &&
					     terminal_cell(terminal, row, to - 1).width == 2;
			const char *shown = cell.text[0] ? cell.text : is_right_half ? "" : " ";
			text = mem_check(talloc_strdup_append_buffer(text, shown));
		}
		svg = add_run(svg, row, from, to - from, &look, text);
	}
	return svg;
}

char *svg_of(const void *mem, const struct terminal *terminal, const struct canvas *canvas)
{
	int width = 2 * MARGIN + terminal_columns(terminal) * CELL_WIDTH;
	int height = 2 * MARGIN + terminal_rows(terminal) * CELL_HEIGHT;
	char *svg = mem_printf(mem,
		"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %.1f %.1f\" "
		"width=\"%.1f\" "
		"font-family=\"DejaVu Sans Mono, Menlo, Consolas, monospace\" font-size=\"14\" "
		"xml:space=\"preserve\">\n"
		"<rect width=\"100%%\" height=\"100%%\" rx=\"6\" fill=\"%s\"/>\n",
		pixels(width), pixels(height), pixels(width), paper);
	for (int row = 0; row < terminal_rows(terminal); row++) {
		svg = add_row(svg, terminal, canvas, row);
	}
	return mem_check(talloc_strdup_append_buffer(svg, "</svg>\n"));
}
