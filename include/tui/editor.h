#ifndef ATENDE_TUI_EDITOR_H
#define ATENDE_TUI_EDITOR_H

#include "tui/key.h"
#include "tui/wrap.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * A modeless text editor as pure data: for replies and notes (wrapped, scrolled) and, with
 * one_line, for prompts (no newlines, scrolled sideways). Text is clean; what comes in must be
 * (the decoder's keys and pastes are). Positions are byte offsets at grapheme clusters.
 */
struct editor;

struct editor *editor_create(const void *mem, bool one_line);

/* Replaces all; the cursor goes to the end; nothing to undo. */
void editor_set(struct editor *editor, const char *text);
/* Replaces all as one step that can be undone: $EDITOR came back. The cursor stays near. */
void editor_replace(struct editor *editor, const char *text);

const char *editor_text(const struct editor *editor); /* valid until the next change */
bool editor_is_blank(const struct editor *editor);
/* Grows with every change of the text: what was saved under the same number need not be again. */
uint64_t editor_version(const struct editor *editor);

/* The size of its window. Wraps anew and scrolls the cursor into sight. */
void editor_resize(struct editor *editor, int columns, int rows);

/* Puts text at the cursor. Typed letters join the step before them; a paste or an inserted answer
 * (`literal`) is one step of its own. In one_line newlines become blanks. */
void editor_insert(struct editor *editor, const char *text, bool literal);
/*
 * The cursor goes to `from`, and the `bytes` behind it are chosen: what is typed or pasted next
 * takes their place, a delete removes them, any other move lets them be.
 */
void editor_choose(struct editor *editor, size_t from, size_t bytes);
size_t editor_chosen(const struct editor *editor); /* bytes behind the cursor; 0: none */

/* Replaces the `bytes` before the cursor: completion. One step. */
void editor_complete(struct editor *editor, size_t bytes, const char *text);

enum editor_move {
	MOVE_LEFT,
	MOVE_RIGHT,
	MOVE_WORD_LEFT,
	MOVE_WORD_RIGHT,
	MOVE_UP, /* by lines as shown; keeps the column */
	MOVE_DOWN,
	MOVE_LINE_START,
	MOVE_LINE_END,
	MOVE_PAGE_UP,
	MOVE_PAGE_DOWN,
	MOVE_TEXT_START,
	MOVE_TEXT_END,
	MOVE_PARAGRAPH_START, /* behind the newline before, in front of the next one … */
	MOVE_PARAGRAPH_END,   /* … or over it when already there */
};
void editor_move(struct editor *editor, enum editor_move move);

/* Deletes from the cursor to where the move would go. */
void editor_delete(struct editor *editor, enum editor_move move);
/* The same, and keeps it for editor_yank; kills in a row add up. */
void editor_kill(struct editor *editor, enum editor_move move);
void editor_yank(struct editor *editor);

bool editor_undo(struct editor *editor); /* false: nothing to undo */
bool editor_redo(struct editor *editor);

/*
 * Does what the key means in an editor: letters, arrows, Home, End, Backspace, Delete, Ctrl with
 * the arrows, Home, End and Delete, Ctrl-D E K U W Y, undo (Ctrl-_, which Ctrl-/ sends too), redo
 * (Ctrl-R); Enter, Up and Down, but in one_line. All else is left to the screen: false.
 */
bool editor_key(struct editor *editor, const struct key *key);

/* --- for views --- */

size_t editor_cursor(const struct editor *editor);	      /* byte offset */
const struct wrap *editor_lines(const struct editor *editor); /* as shown, at the present width */
size_t editor_top(const struct editor *editor);		      /* first line in the window */
/* The cursor's place in the window: row, column. In one_line the column counts editor_left. */
void editor_cursor_at(const struct editor *editor, int *row, int *column);
/* one_line: byte offset of the first cluster shown. */
size_t editor_left(const struct editor *editor);

#endif
