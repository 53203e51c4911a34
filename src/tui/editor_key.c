#include "tui/editor.h"

#include "editor_state.h"

#include "base/mem.h"
#include "base/text.h"

#include <string.h>

static void yank(struct editor *editor, enum editor_move move)
{
	(void)move;
	editor_yank(editor);
}

static void undo(struct editor *editor, enum editor_move move)
{
	(void)move;
	editor_undo(editor);
}

static void redo(struct editor *editor, enum editor_move move)
{
	(void)move;
	editor_redo(editor);
}

static const struct {
	struct key key;
	void (*run)(struct editor *editor, enum editor_move move);
	enum editor_move move;
	bool many_lines; /* not in one_line */
} bindings[] = {
	{{.name = K_LEFT}, editor_move, MOVE_LEFT, false},
	{{.name = K_RIGHT}, editor_move, MOVE_RIGHT, false},
	{{.name = K_UP}, editor_move, MOVE_UP, true},
	{{.name = K_DOWN}, editor_move, MOVE_DOWN, true},
	{{.name = K_HOME}, editor_move, MOVE_LINE_START, false},
	{{.name = K_END}, editor_move, MOVE_LINE_END, false},
	{{.name = K_LEFT, .ctrl = true}, editor_move, MOVE_WORD_LEFT, false},
	{{.name = K_RIGHT, .ctrl = true}, editor_move, MOVE_WORD_RIGHT, false},
	{{.name = K_HOME, .ctrl = true}, editor_move, MOVE_TEXT_START, false},
	{{.name = K_END, .ctrl = true}, editor_move, MOVE_TEXT_END, false},
	{{.rune = 'e', .ctrl = true}, editor_move, MOVE_LINE_END, false},
	{{.name = K_BACKSPACE}, editor_delete, MOVE_LEFT, false},
	{{.name = K_DELETE}, editor_delete, MOVE_RIGHT, false},
	{{.rune = 'd', .ctrl = true}, editor_delete, MOVE_RIGHT, false},
	{{.name = K_DELETE, .ctrl = true}, editor_kill, MOVE_WORD_RIGHT, false},
	{{.rune = 'k', .ctrl = true}, editor_kill, MOVE_PARAGRAPH_END, false},
	{{.rune = 'u', .ctrl = true}, editor_kill, MOVE_PARAGRAPH_START, false},
	{{.rune = 'w', .ctrl = true}, editor_kill, MOVE_WORD_LEFT, false},
	{{.rune = 'y', .ctrl = true}, yank, MOVE_LEFT, false},
	{{.rune = '_', .ctrl = true}, undo, MOVE_LEFT, false},
	{{.rune = 'r', .ctrl = true}, redo, MOVE_LEFT, false},
};

static void type_rune(struct editor *editor, uint32_t rune)
{
	char bytes[5] = {0};
	text_encode(rune, bytes);
	/* An accent alone is no text; with the letter it was typed behind it is. */
	if (text_is_mark(rune)) {
		size_t n = text_grapheme_before(editor->text, editor->cursor);
		char *whole = mem_printf(
			editor, "%.*s%s", (int)n, editor->text + editor->cursor - n, bytes);
		char *clean = text_clean(editor, whole, strlen(whole), NULL);
		editor_complete(editor, n, clean);
		talloc_free(whole);
		talloc_free(clean);
		return;
	}
	editor_insert(editor, bytes, false);
}

bool editor_key(struct editor *editor, const struct key *key)
{
	if (key->name == K_RUNE && !key->ctrl && !key->meta) {
		type_rune(editor, key->rune);
		return true;
	}
	if (key->name == K_ENTER && !key->ctrl && !key->meta && !editor->one_line) {
		editor_insert(editor, "\n", false);
		return true;
	}
	for (size_t i = 0; i < ARRAY_LEN(bindings); i++) {
		if (key_equal(&bindings[i].key, key)) {
			if (bindings[i].many_lines && editor->one_line) {
				return false;
			}
			bindings[i].run(editor, bindings[i].move);
			return true;
		}
	}
	return false;
}
