#include "tui/editor.h"

#include "editor_state.h"

#include "base/mem.h"
#include "base/text.h"

#include <assert.h>
#include <string.h>

struct editor *editor_create(const void *mem, bool one_line)
{
	struct editor *editor = mem_new(mem, struct editor);
	editor->one_line = one_line;
	editor->columns = 80;
	editor->rows = 1;
	editor->killed = mem_strdup(editor, "");
	editor_splice_raw(editor, 0, 0, "");
	editor_layout(editor);
	return editor;
}

const char *editor_text(const struct editor *editor)
{
	return editor->text;
}

bool editor_is_blank(const struct editor *editor)
{
	return text_is_blank(editor->text);
}

uint64_t editor_version(const struct editor *editor)
{
	return editor->version;
}

size_t editor_cursor(const struct editor *editor)
{
	return editor->cursor;
}

const struct wrap *editor_lines(const struct editor *editor)
{
	return &editor->wrap;
}

size_t editor_top(const struct editor *editor)
{
	return editor->top;
}

size_t editor_left(const struct editor *editor)
{
	return editor->left;
}

/* The text as it may stand in this editor, on the editor. */
static char *fitting(struct editor *editor, const char *text)
{
	assert(text_is_clean(text));
	char *copy = mem_strdup(editor, text);
	for (char *at = copy; editor->one_line && *at; at++) {
		if (*at == '\n' || *at == '\t') {
			*at = ' ';
		}
	}
	return copy;
}

void editor_set(struct editor *editor, const char *text)
{
	char *copy = fitting(editor, text);
	editor_forget_steps(editor);
	editor_splice_raw(editor, 0, editor->length, copy);
	editor->act = ACT_OTHER;
	editor->top = editor->left = 0;
	talloc_free(copy);
	editor_layout(editor);
}

/* `at`, or the start of the cluster it is inside of. */
static size_t cluster_start(const char *text, size_t at)
{
	size_t from = at;
	while (from > 0 && text[from - 1] != '\n') {
		from--;
	}
	while (from < at) {
		size_t n = text_grapheme(text + from);
		if (n == 0 || from + n > at) {
			break;
		}
		from += n;
	}
	return from;
}

void editor_replace(struct editor *editor, const char *text)
{
	char *copy = fitting(editor, text);
	size_t cursor = editor->cursor;
	if (strcmp(copy, editor->text) != 0) {
		editor_splice(editor, 0, editor->length, copy, false);
		cursor = cursor < editor->length ? cursor : editor->length;
		editor->cursor = cluster_start(editor->text, cursor);
	}
	editor->act = ACT_OTHER;
	talloc_free(copy);
	editor_layout(editor);
}

/*
 * Puts text in the place of `removed` bytes at `at`. Where it touches a character outside ASCII,
 * the two may compose (an accent typed behind its letter), so the clusters on both sides are
 * cleaned with it.
 */
static void put(struct editor *editor, size_t at, size_t removed, const char *text, bool joins)
{
	size_t end = at + removed;
	bool may_compose =
		(unsigned char)text[0] >= 0x80 || (unsigned char)editor->text[end] >= 0x80;
	if (!may_compose) {
		editor_splice(editor, at, removed, text, joins);
		return;
	}
	size_t left = text_grapheme_before(editor->text, at);
	size_t right = text_grapheme(editor->text + end);
	char *joined = mem_printf(editor, "%.*s%s%.*s", (int)left, editor->text + at - left, text,
		(int)right, editor->text + end);
	char *clean = text_clean(editor, joined, strlen(joined), NULL);
	if (strcmp(clean, joined) == 0) {
		editor_splice(editor, at, removed, text, joins);
		/* An accent at the start of what follows may have joined what is before. */
		editor->cursor = cluster_start(editor->text, editor->cursor);
	} else {
		editor_splice(editor, at - left, left + removed + right, clean, false);
		size_t back = editor->cursor > right ? editor->cursor - right : 0;
		editor->cursor = back < at - left ? at - left : cluster_start(editor->text, back);
	}
	talloc_free(joined);
	talloc_free(clean);
}

/* A step of undo is a word with the blanks behind it. */
static bool starts_word(const struct editor *editor, const char *text)
{
	size_t n;
	return editor->cursor > 0 && text_is_word(text_rune(text, &n)) &&
	       strchr(" \t\n", editor->text[editor->cursor - 1]);
}

void editor_insert(struct editor *editor, const char *text, bool literal)
{
	if (!*text) {
		return;
	}
	char *copy = fitting(editor, text);
	bool joins = !literal && editor->act == ACT_TYPE && !starts_word(editor, copy);
	put(editor, editor->cursor, editor->chosen, copy, joins);
	editor->act = literal ? ACT_OTHER : ACT_TYPE;
	talloc_free(copy);
	editor_layout(editor);
}

void editor_complete(struct editor *editor, size_t bytes, const char *text)
{
	char *copy = fitting(editor, text);
	size_t removed = bytes < editor->cursor ? bytes : editor->cursor;
	put(editor, editor->cursor - removed, removed, copy, false);
	editor->act = ACT_OTHER;
	talloc_free(copy);
	editor_layout(editor);
}

static void erase(struct editor *editor, size_t to, bool joins)
{
	size_t from = editor->cursor < to ? editor->cursor : to;
	size_t end = editor->cursor < to ? to : editor->cursor;
	put(editor, from, end - from, "", joins);
	editor_layout(editor);
}

void editor_choose(struct editor *editor, size_t from, size_t bytes)
{
	editor->cursor = from;
	editor->chosen = bytes;
	editor->act = ACT_OTHER;
	editor->goal = -1;
	editor_scroll(editor);
}

size_t editor_chosen(const struct editor *editor)
{
	return editor->chosen;
}

void editor_delete(struct editor *editor, enum editor_move move)
{
	size_t to = editor->chosen ? editor->cursor + editor->chosen : editor_target(editor, move);
	if (to == editor->cursor) {
		return;
	}
	bool joins = editor->act == ACT_ERASE && (move == MOVE_LEFT || move == MOVE_RIGHT);
	erase(editor, to, joins);
	editor->act = ACT_ERASE;
}

void editor_kill(struct editor *editor, enum editor_move move)
{
	size_t at = editor->cursor;
	size_t to = editor_target(editor, move);
	if (to == at) {
		return;
	}
	bool forwards = to > at;
	char *piece = mem_strndup(
		editor, editor->text + (forwards ? at : to), forwards ? to - at : at - to);
	const char *kept = editor->act == ACT_KILL ? editor->killed : "";
	char *killed = forwards ? mem_printf(editor, "%s%s", kept, piece)
				: mem_printf(editor, "%s%s", piece, kept);
	talloc_free(editor->killed);
	talloc_free(piece);
	editor->killed = killed;
	erase(editor, to, false);
	editor->act = ACT_KILL;
}

void editor_yank(struct editor *editor)
{
	editor_insert(editor, editor->killed, true);
}
