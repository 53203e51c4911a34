#ifndef ATENDE_TUI_EDITOR_STATE_H
#define ATENDE_TUI_EDITOR_STATE_H

#include "tui/editor.h"

/* The inside of an editor, shared by editor*.c alone. */

/* What a step did: `removed` was replaced by `added` at `at`. */
struct editor_step {
	size_t at;
	char *removed, *added;
	size_t cursor_before;
};

/* What the last call did: decides whether the next joins its step. */
enum editor_act { ACT_OTHER, ACT_TYPE, ACT_ERASE, ACT_KILL };

struct editor {
	bool one_line;
	char *text;
	size_t length, capacity;
	size_t cursor;
	int goal;      /* column that Up and Down keep, -1: the present one */
	size_t chosen; /* bytes behind the cursor that the next text replaces */
	uint64_t version;
	char *killed;
	enum editor_act act;

	int columns, rows;
	struct wrap wrap;
	void *wrap_mem;
	size_t top, left;

	size_t step_count, done_count; /* steps[done_count …] can be redone */
	struct editor_step *steps;
};

/* editor_undo.c: replaces `removed` bytes at `at` by text, as a step; the cursor goes behind it.
 * joins: becomes part of the step before, if it touches it. */
void editor_splice(struct editor *editor, size_t at, size_t removed, const char *text, bool joins);
/* The same without a step. */
void editor_splice_raw(struct editor *editor, size_t at, size_t removed, const char *text);
void editor_forget_steps(struct editor *editor);

/* editor_move.c */
size_t editor_target(struct editor *editor, enum editor_move move);
/* Wraps anew and scrolls, after the text or the size changed. */
void editor_layout(struct editor *editor);
void editor_scroll(struct editor *editor);

#endif
