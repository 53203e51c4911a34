#include "support/terminal.h"

#include "base/mem.h"
#include "support/stream.h"

#include <stdint.h>
#include <string.h>
#include <vterm.h>

struct terminal {
	VTerm *vterm;
	VTermScreen *screen;
	struct stream *stream;
	bool is_cursor_visible;
	bool is_alternate;
};

static int take_property(VTermProp property, VTermValue *value, void *data)
{
	struct terminal *terminal = data;
	if (property == VTERM_PROP_CURSORVISIBLE) {
		terminal->is_cursor_visible = value->boolean;
	} else if (property == VTERM_PROP_ALTSCREEN) {
		terminal->is_alternate = value->boolean;
	}
	return 1;
}

static const VTermScreenCallbacks callbacks = {.settermprop = take_property};

static int terminal_finish(struct terminal *terminal)
{
	vterm_free(terminal->vterm);
	return 0;
}

struct terminal *terminal_create(const void *mem, int rows, int columns)
{
	struct terminal *terminal = mem_new(mem, struct terminal);
	terminal->vterm = mem_check(vterm_new(rows, columns));
	terminal->stream = stream_create(terminal);
	vterm_set_utf8(terminal->vterm, 1);
	terminal->screen = vterm_obtain_screen(terminal->vterm);
	vterm_screen_set_callbacks(terminal->screen, &callbacks, terminal);
	vterm_screen_enable_altscreen(terminal->screen, 1);
	vterm_screen_reset(terminal->screen, 1);
	talloc_set_destructor(terminal, terminal_finish);
	return terminal;
}

void terminal_resize(struct terminal *terminal, int rows, int columns)
{
	vterm_set_size(terminal->vterm, rows, columns);
}

int terminal_rows(const struct terminal *terminal)
{
	int rows;
	int columns;
	vterm_get_size(terminal->vterm, &rows, &columns);
	return rows;
}

int terminal_columns(const struct terminal *terminal)
{
	int rows;
	int columns;
	vterm_get_size(terminal->vterm, &rows, &columns);
	return columns;
}

void terminal_feed(struct terminal *terminal, const char *bytes, size_t size)
{
	stream_feed(terminal->stream, bytes, size);
	vterm_input_write(terminal->vterm, bytes, size);
}

char *terminal_answers(const void *mem, struct terminal *terminal, size_t *size)
{
	*size = vterm_output_get_buffer_current(terminal->vterm);
	char *bytes = mem_array(mem, char, *size + 1);
	*size = vterm_output_read(terminal->vterm, bytes, *size);
	return bytes;
}

static char *add_rune(char *at, uint32_t rune)
{
	if (rune < 0x80) {
		*at++ = (char)rune;
		return at;
	}
	int more = rune < 0x800 ? 1 : rune < 0x10000 ? 2 : 3;
	static const unsigned char lead[] = {0, 0xC0, 0xE0, 0xF0};
	*at++ = (char)(lead[more] | rune >> (6 * more));
	while (more-- > 0) {
		*at++ = (char)(0x80 | (rune >> (6 * more) & 0x3F));
	}
	return at;
}

static int colour_of(const VTermColor *colour)
{
	if (VTERM_COLOR_IS_DEFAULT_FG(colour) || VTERM_COLOR_IS_DEFAULT_BG(colour) ||
		!VTERM_COLOR_IS_INDEXED(colour)) {
		return TERMINAL_DEFAULT_COLOUR;
	}
	return colour->indexed.idx;
}

struct terminal_cell terminal_cell(const struct terminal *terminal, int row, int column)
{
	VTermScreenCell from;
	vterm_screen_get_cell(terminal->screen, (VTermPos){row, column}, &from);
	struct terminal_cell cell = {
		.width = from.width,
		.bold = from.attrs.bold,
		.underline = from.attrs.underline != 0,
		.reverse = from.attrs.reverse,
		.italic = from.attrs.italic,
		.blink = from.attrs.blink,
		.foreground = colour_of(&from.fg),
		.background = colour_of(&from.bg),
	};
	if (from.chars[0] == UINT32_MAX) {
		return cell;
	}
	char *at = cell.text;
	for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && from.chars[i]; i++) {
		at = add_rune(at, from.chars[i]);
	}
	if (at == cell.text) {
		*at++ = ' ';
	}
	*at = '\0';
	return cell;
}

/* Columns before `until` as text; the bytes of a row up to a column. */
static char *row_text(const void *mem, const struct terminal *terminal, int row, int until)
{
	char *text = mem_array(mem, char, (size_t)until * sizeof(struct terminal_cell) + 1);
	char *at = text;
	for (int column = 0; column < until; column++) {
		struct terminal_cell cell = terminal_cell(terminal, row, column);
		size_t size = strlen(cell.text);
		memcpy(at, cell.text, size);
		at += size;
	}
	*at = '\0';
	return text;
}

char *terminal_line(const void *mem, const struct terminal *terminal, int row)
{
	char *text = row_text(mem, terminal, row, terminal_columns(terminal));
	size_t size = strlen(text);
	while (size > 0 && text[size - 1] == ' ') {
		text[--size] = '\0';
	}
	return text;
}

char *terminal_text(const void *mem, const struct terminal *terminal)
{
	char *text = mem_strdup(mem, "");
	for (int row = 0; row < terminal_rows(terminal); row++) {
		char *line = terminal_line(NULL, terminal, row);
		text = mem_check(talloc_asprintf_append(text, "%s\n", line));
		talloc_free(line);
	}
	return text;
}

static int column_at(const struct terminal *terminal, int row, size_t offset)
{
	size_t bytes = 0;
	int column = 0;
	while (bytes < offset) {
		bytes += strlen(terminal_cell(terminal, row, column++).text);
	}
	return column;
}

int terminal_find(const struct terminal *terminal, int row, const char *text, int *column)
{
	for (; row < terminal_rows(terminal); row++) {
		char *line = terminal_line(NULL, terminal, row);
		const char *found = strstr(line, text);
		size_t offset = found ? (size_t)(found - line) : 0;
		talloc_free(line);
		if (found) {
			if (column) {
				*column = column_at(terminal, row, offset);
			}
			return row;
		}
	}
	return -1;
}

bool terminal_shows(const struct terminal *terminal, const char *text)
{
	return terminal_find(terminal, 0, text, NULL) >= 0;
}

void terminal_cursor(const struct terminal *terminal, int *row, int *column, bool *visible)
{
	VTermPos at;
	vterm_state_get_cursorpos(vterm_obtain_state(terminal->vterm), &at);
	*row = at.row;
	*column = at.col;
	*visible = terminal->is_cursor_visible;
}

bool terminal_is_alternate(const struct terminal *terminal)
{
	return terminal->is_alternate;
}

void terminal_may_ring(struct terminal *terminal)
{
	stream_may_ring(terminal->stream);
}

const char *terminal_fault(const struct terminal *terminal)
{
	return stream_fault(terminal->stream);
}
