#include "editor_state.h"

#include "base/mem.h"
#include "base/text.h"
#include "tui/width.h"

#include <string.h>

static size_t before(const struct editor *editor, size_t at)
{
	return at - text_grapheme_before(editor->text, at);
}

static size_t behind(const struct editor *editor, size_t at)
{
	return at + text_grapheme(editor->text + at);
}

static bool is_word_at(const struct editor *editor, size_t at)
{
	size_t n;
	return editor->text[at] && text_is_word(text_rune(editor->text + at, &n));
}

static size_t word_left(const struct editor *editor)
{
	size_t at = editor->cursor;
	while (at > 0 && !is_word_at(editor, before(editor, at))) {
		at = before(editor, at);
	}
	while (at > 0 && is_word_at(editor, before(editor, at))) {
		at = before(editor, at);
	}
	return at;
}

static size_t word_right(const struct editor *editor)
{
	size_t at = editor->cursor;
	while (editor->text[at] && !is_word_at(editor, at)) {
		at = behind(editor, at);
	}
	while (is_word_at(editor, at)) {
		at = behind(editor, at);
	}
	return at;
}

static const struct wrap_line *line_of(const struct editor *editor, size_t line)
{
	return &editor->wrap.lines[line];
}

static int column_in(const struct editor *editor, size_t line, size_t at)
{
	size_t start = line_of(editor, line)->offset;
	return width_text(editor->text + start, at - start);
}

/* The last place that counts to this line: a soft break's end is the next one's start. */
static size_t line_last(const struct editor *editor, size_t line)
{
	const struct wrap_line *at = line_of(editor, line);
	size_t end = at->offset + at->length;
	return at->is_soft ? before(editor, end) : end;
}

static size_t vertical(struct editor *editor, int lines)
{
	size_t line = wrap_find(&editor->wrap, editor->cursor);
	if (editor->goal < 0) {
		editor->goal = column_in(editor, line, editor->cursor);
	}
	if (lines < 0 && line == 0) {
		return 0;
	}
	if (lines > 0 && line + 1 == editor->wrap.count) {
		return editor->length;
	}
	size_t steps = (size_t)(lines < 0 ? -lines : lines);
	size_t last = editor->wrap.count - 1;
	line = lines < 0 ? (line > steps ? line - steps : 0)
			 : (last - line > steps ? line + steps : last);
	const struct wrap_line *to = line_of(editor, line);
	size_t at = to->offset + width_fit(editor->text + to->offset, to->length, editor->goal);
	size_t end = line_last(editor, line);
	return at < end ? at : end;
}

static size_t paragraph_start(const struct editor *editor)
{
	size_t at = editor->cursor;
	while (at > 0 && editor->text[at - 1] != '\n') {
		at--;
	}
	return at;
}

static size_t paragraph_end(const struct editor *editor)
{
	size_t n = strcspn(editor->text + editor->cursor, "\n");
	return editor->cursor + (n > 0 || !editor->text[editor->cursor] ? n : 1);
}

size_t editor_target(struct editor *editor, enum editor_move move)
{
	size_t line = wrap_find(&editor->wrap, editor->cursor);
	int page = editor->rows > 1 ? editor->rows - 1 : 1;
	switch (move) {
	case MOVE_LEFT:
		return before(editor, editor->cursor);
	case MOVE_RIGHT:
		return behind(editor, editor->cursor);
	case MOVE_WORD_LEFT:
		return word_left(editor);
	case MOVE_WORD_RIGHT:
		return word_right(editor);
	case MOVE_UP:
		return vertical(editor, -1);
	case MOVE_DOWN:
		return vertical(editor, 1);
	case MOVE_LINE_START:
		return line_of(editor, line)->offset;
	case MOVE_LINE_END:
		return line_last(editor, line);
	case MOVE_PAGE_UP:
		return vertical(editor, -page);
	case MOVE_PAGE_DOWN:
		return vertical(editor, page);
	case MOVE_TEXT_START:
		return 0;
	case MOVE_TEXT_END:
		return editor->length;
	case MOVE_PARAGRAPH_START:
		return paragraph_start(editor);
	case MOVE_PARAGRAPH_END:
		return paragraph_end(editor);
	}
	return editor->cursor;
}

void editor_move(struct editor *editor, enum editor_move move)
{
	bool is_vertical = move == MOVE_UP || move == MOVE_DOWN || move == MOVE_PAGE_UP ||
			   move == MOVE_PAGE_DOWN;
	editor->act = ACT_OTHER;
	editor->chosen = 0;
	editor->cursor = editor_target(editor, move);
	if (!is_vertical) {
		editor->goal = -1;
	}
	editor_scroll(editor);
}

static void scroll_sideways(struct editor *editor)
{
	if (editor->left > editor->cursor) {
		editor->left = editor->cursor;
	}
	while (editor->left < editor->cursor &&
		width_text(editor->text + editor->left, editor->cursor - editor->left) >=
			editor->columns) {
		editor->left = behind(editor, editor->left);
	}
}

void editor_scroll(struct editor *editor)
{
	if (editor->one_line) {
		scroll_sideways(editor);
		return;
	}
	size_t line = wrap_find(&editor->wrap, editor->cursor);
	size_t rows = (size_t)editor->rows;
	if (line < editor->top) {
		editor->top = line;
	} else if (line >= editor->top + rows) {
		editor->top = line - rows + 1;
	}
	/* Lines that went away at the end must not leave the window half empty. */
	if (editor->top + rows > editor->wrap.count) {
		editor->top = editor->wrap.count > rows ? editor->wrap.count - rows : 0;
	}
}

void editor_layout(struct editor *editor)
{
	talloc_free(editor->wrap_mem);
	editor->wrap_mem = mem_context(editor);
	/* One column stays free, so that the cursor has a place behind a full line. */
	int columns = editor->columns > 1 ? editor->columns - 1 : 1;
	if (editor->one_line) {
		editor->wrap.count = 1;
		editor->wrap.lines = mem_new(editor->wrap_mem, struct wrap_line);
		editor->wrap.lines[0].length = editor->length;
		editor->wrap.lines[0].columns = width_text(editor->text, editor->length);
	} else {
		editor->wrap = wrap_text(editor->wrap_mem, editor->text, columns);
	}
	editor_scroll(editor);
}

void editor_resize(struct editor *editor, int columns, int rows)
{
	if (columns == editor->columns && rows == editor->rows) {
		return;
	}
	editor->columns = columns > 0 ? columns : 1;
	editor->rows = rows > 0 ? rows : 1;
	editor->goal = -1;
	editor_layout(editor);
}

void editor_cursor_at(const struct editor *editor, int *row, int *column)
{
	size_t line = wrap_find(&editor->wrap, editor->cursor);
	size_t start = editor->one_line ? editor->left : line_of(editor, line)->offset;
	*row = (int)(line - editor->top);
	*column = width_text(editor->text + start, editor->cursor - start);
	if (*column >= editor->columns) {
		*column = editor->columns - 1; /* behind blanks that hang over the edge */
	}
}
