#include "base/mem.h"
#include "golden.h"
#include "script.h"
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What must be seen at a console. */

static struct console *running(struct script *script, struct seat *seat)
{
	if (!seat->console) {
		script_fail(script, "%s has no console", seat->name);
	}
	return seat->console;
}

/* --- rows in a block of lines that begin with a bar --- */

static size_t block_size(const struct script *script)
{
	size_t size = 0;
	while (script->at + 1 + size < script->line_count &&
		script->lines[script->at + 1 + size][0] == '|') {
		size++;
	}
	return size;
}

static void replace_block(struct script *script, size_t size, char **rows, size_t count)
{
	size_t after = script->at + 1 + size;
	size_t rest = script->line_count - after;
	char **lines = mem_array(script, char *, script->at + 1 + count + rest);
	memcpy(lines, script->lines, (script->at + 1) * sizeof *lines);
	memcpy(lines + script->at + 1, rows, count * sizeof *lines);
	memcpy(lines + script->at + 1 + count, script->lines + after, rest * sizeof *lines);
	script->lines = lines;
	script->line_count = script->at + 1 + count + rest;
	script->is_altered = true;
}

static bool is_block(const struct script *script, size_t size, char **rows, size_t count)
{
	bool is_equal = size == count;
	for (size_t i = 0; is_equal && i < count; i++) {
		is_equal = strcmp(script->lines[script->at + 1 + i], rows[i]) == 0;
	}
	return is_equal;
}

/* Rows from..to (not with it) of the screen against the block that follows. */
static void check_block(struct script *script, struct console *console, int from, int to)
{
	struct canvas *canvas = console_canvas(console);
	size_t size = block_size(script);
	size_t count = (size_t)(to - from);
	char **rows = mem_array(script, char *, count);
	for (int row = from; row < to; row++) {
		char *text = canvas_row_text(rows, canvas, row);
		rows[row - from] = mem_printf(rows, "|%s", text);
	}
	talloc_free(canvas);
	if (!is_block(script, size, rows, count)) {
		if (!script->updates) {
			script_fail(
				script, "the screen is another; if it was meant: " GOLDEN_UPDATE);
		}
		replace_block(script, size, rows, count);
		size = count;
	}
	script->at += size;
}

static void rows(struct script *script, struct seat *seat)
{
	struct console *console = running(script, seat);
	int from, to;
	if (sscanf(script_word(script, 2), "%d-%d", &from, &to) != 2 || from < 0 || to < from ||
		to >= console->model->rows) {
		script_fail(script, "rows FROM-TO, from 0");
	}
	check_block(script, console, from, to + 1);
}

/* --- fragments --- */

static size_t rune_size(const char *text)
{
	size_t size = 1;
	while ((text[size] & 0xC0) == 0x80) {
		size++;
	}
	return size;
}

/* The column of the cell that begins at this byte of the row's text. */
static int column_of(const struct canvas *canvas, int row, const char *line, size_t offset)
{
	int column = 0;
	for (size_t at = 0; at < offset; column++) {
		uint32_t marks[CELL_MARKS];
		const struct cell *cell = canvas_cell(canvas, row, column);
		size_t runes = cell->width ? 1 + canvas_marks(canvas, cell, marks) : 0;
		while (runes-- > 0) {
			at += rune_size(line + at);
		}
	}
	return column;
}

static bool is_drawn_as(const struct canvas *canvas, const char *text, const char *style)
{
	bool is_it = false;
	for (int row = 0; row < canvas_rows(canvas) && !is_it; row++) {
		char *line = canvas_row_text(NULL, canvas, row);
		const char *found = strstr(line, text);
		if (found) {
			int column = column_of(canvas, row, line, (size_t)(found - line));
			is_it = strcmp(style_name(canvas_style_at(canvas, row, column)), style) ==
				0;
		}
		talloc_free(line);
	}
	return is_it;
}

static void see_words(struct script *script, struct console *console, size_t from, bool wanted)
{
	char *screen = console_screen(console);
	for (size_t i = from; i < script->word_count; i++) {
		const char *text = script_word(script, i);
		if ((strstr(screen, text) != NULL) != wanted) {
			script_fail(script, wanted ? "not on the screen: %s" : "on the screen: %s",
				text);
		}
		if (script_is(script, i + 1, "as")) {
			struct canvas *canvas = console_canvas(console);
			if (!is_drawn_as(canvas, text, script_word(script, i + 2))) {
				script_fail(script, "another style: %s", text);
			}
			i += 2;
		}
	}
}

static void sees(struct script *script, struct seat *seat)
{
	struct console *console = running(script, seat);
	if (script->word_count == 2) {
		check_block(script, console, 0, console->model->rows);
	} else {
		see_words(script, console, 2, true);
	}
}

static void does_not_see(struct script *script, struct seat *seat)
{
	if (!script_is(script, 2, "not") || !script_is(script, 3, "see")) {
		script_fail(script, "does not see \"…\"");
	}
	see_words(script, running(script, seat), 4, false);
}

/* One row holds these. */
static void row(struct script *script, struct seat *seat)
{
	struct canvas *canvas = console_canvas(running(script, seat));
	int64_t at = script_number(script, 2);
	at = at < 0 ? canvas_rows(canvas) + at : at;
	char *text = canvas_row_text(script, canvas, (int)at);
	for (size_t i = 3; i < script->word_count; i++) {
		if (!strstr(text, script_word(script, i))) {
			script_fail(script, "not in \"%s\": %s", text, script_word(script, i));
		}
	}
}

/* The hardware cursor is in a row that holds this. */
static void cursor(struct script *script, struct seat *seat)
{
	struct canvas *canvas = console_canvas(running(script, seat));
	int at, column;
	if (!canvas_cursor_at(canvas, &at, &column)) {
		script_fail(script, "there is no cursor");
	}
	char *text = canvas_row_text(script, canvas, at);
	if (!strstr(text, script_word(script, 2))) {
		script_fail(script, "the cursor is in \"%s\"", text);
	}
}

/* --- what is under the hand --- */

static void on(struct script *script, struct seat *seat)
{
	int64_t ticket = model_ticket(running(script, seat)->model);
	if (ticket != script_number(script, 2)) {
		script_fail(script, "on %lld", (long long)ticket);
	}
}

static void writes(struct script *script, struct seat *seat)
{
	const struct compose *compose = &running(script, seat)->model->compose;
	bool is_nothing = script_is(script, 2, "nothing");
	const char *text = compose->editor ? editor_text(compose->editor) : NULL;
	if (is_nothing ? text != NULL : !text || strcmp(text, script_word(script, 2)) != 0) {
		script_fail(script, "the text is %s", text ? text : "none");
	}
}

const struct seat_verb see_verbs[] = {
	{"sees", sees},
	{"does", does_not_see},
	{"rows", rows},
	{"row", row},
	{"cursor", cursor},
	{"on", on},
	{"writes", writes},
};
const size_t see_verb_count = ARRAY_LEN(see_verbs);
