#include "editor_state.h"

#include "base/mem.h"

#include <string.h>

enum { STEPS_MAX = 1000 };

void editor_splice_raw(struct editor *editor, size_t at, size_t removed, const char *text)
{
	size_t added = strlen(text);
	size_t length = editor->length - removed + added;
	if (length + 1 > editor->capacity) {
		editor->capacity = length * 2 + 64;
		editor->text = mem_grow(editor, editor->text, char, editor->capacity);
	}
	memmove(editor->text + at + added, editor->text + at + removed,
		editor->length - at - removed + 1);
	memcpy(editor->text + at, text, added);
	editor->text[length] = '\0'; /* the first time there was none to move */
	editor->length = length;
	editor->cursor = at + added;
	editor->version++;
	editor->chosen = 0;
	editor->goal = -1;
}

static void free_step(struct editor_step *step)
{
	talloc_free(step->removed);
	talloc_free(step->added);
}

void editor_forget_steps(struct editor *editor)
{
	for (size_t i = 0; i < editor->step_count; i++) {
		free_step(&editor->steps[i]);
	}
	editor->step_count = editor->done_count = 0;
}

static struct editor_step *push_step(struct editor *editor)
{
	while (editor->step_count > editor->done_count) {
		free_step(&editor->steps[--editor->step_count]);
	}
	if (editor->step_count == STEPS_MAX) {
		free_step(&editor->steps[0]);
		editor->step_count--;
		memmove(editor->steps, editor->steps + 1,
			sizeof *editor->steps * editor->step_count);
	}
	editor->steps = mem_grow(editor, editor->steps, struct editor_step, editor->step_count + 1);
	editor->done_count = ++editor->step_count;
	return &editor->steps[editor->step_count - 1];
}

/* Grows the newest step when the change goes on where it ended. */
static bool join(struct editor *editor, size_t at, const char *removed, const char *added)
{
	if (editor->done_count == 0 || editor->done_count != editor->step_count) {
		return false;
	}
	struct editor_step *step = &editor->steps[editor->done_count - 1];
	if (at == step->at + strlen(step->added) && !*removed) {
		step->added = mem_check(talloc_strdup_append_buffer(step->added, added));
		return true;
	}
	if (*added || *step->added) {
		return false;
	}
	if (at + strlen(removed) == step->at) {
		char *whole = mem_printf(editor, "%s%s", removed, step->removed);
		talloc_free(step->removed);
		step->removed = whole;
		step->at = at;
		return true;
	}
	if (at == step->at) {
		step->removed = mem_check(talloc_strdup_append_buffer(step->removed, removed));
		return true;
	}
	return false;
}

void editor_splice(struct editor *editor, size_t at, size_t removed, const char *text, bool joins)
{
	char *gone = mem_strndup(editor, editor->text + at, removed);
	if (!joins || !join(editor, at, gone, text)) {
		struct editor_step *step = push_step(editor);
		*step = (struct editor_step){
			at, mem_strdup(editor, gone), mem_strdup(editor, text), editor->cursor};
	}
	talloc_free(gone);
	editor_splice_raw(editor, at, removed, text);
}

bool editor_undo(struct editor *editor)
{
	editor->act = ACT_OTHER;
	if (editor->done_count == 0) {
		return false;
	}
	const struct editor_step *step = &editor->steps[--editor->done_count];
	editor_splice_raw(editor, step->at, strlen(step->added), step->removed);
	editor->cursor = step->cursor_before;
	editor_layout(editor);
	return true;
}

bool editor_redo(struct editor *editor)
{
	editor->act = ACT_OTHER;
	if (editor->done_count == editor->step_count) {
		return false;
	}
	const struct editor_step *step = &editor->steps[editor->done_count++];
	editor_splice_raw(editor, step->at, strlen(step->removed), step->added);
	editor_layout(editor);
	return true;
}
