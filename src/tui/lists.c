#include "base/mem.h"
#include "base/text.h"
#include "tui/i18n.h"
#include "tui/model.h"

#include <string.h>

/* Moving in screens that are one list; the keys of the help. */

void cursor_move(size_t *cursor, size_t *top, size_t count, size_t rows, long lines)
{
	long last = (long)count - 1;
	long at = (long)*cursor + lines;
	at = at > last ? last : at;
	*cursor = at < 0 ? 0 : (size_t)at;
	if (*cursor < *top) {
		*top = *cursor;
	} else if (rows && *cursor >= *top + rows) {
		*top = *cursor - rows + 1;
	}
}

void list_move(struct model *model, long lines)
{
	struct list_part *list = &model->lists[model->screen];
	cursor_move(&list->cursor, &list->top, list_count(model), (size_t)list_rows(model), lines);
}

enum { PREVIEWED_ROWS = 6 };

int list_rows(const struct model *model)
{
	int rows = model->rows - LIST_FRAME_ROWS;
	bool has_preview = model->screen == SCREEN_DRAFTS || model->screen == SCREEN_MEMOS;
	if (has_preview && rows >= PREVIEWED_ROWS) {
		rows = rows / 2 - 1; /* the text below */
	}
	return rows > 1 ? rows : 1;
}

/* --- help --- */

static bool is_wanted(const struct model *model, const struct command *command)
{
	const char *keys = keymap_first(model->keymap, model->help_for, command);
	if (!keys || !*model->help_find) {
		return keys != NULL;
	}
	const char *alias = command_alias_of(command);
	char *text = mem_printf(
		NULL, "%s %s %s %s", command->name, alias ? alias : "", keys, _(command->summary));
	char *folded = text_fold(text, text);
	char *wanted = text_fold(text, model->help_find);
	bool found = strstr(folded, wanted) != NULL;
	talloc_free(text);
	return found;
}

size_t help_commands(const struct model *model, const struct command **list, size_t most)
{
	size_t count = 0;
	for (size_t i = 0; i < console_command_count; i++) {
		if (is_wanted(model, &console_commands[i])) {
			if (count < most) {
				list[count] = &console_commands[i];
			}
			count++;
		}
	}
	return count;
}

static void run_selected(struct model *model, struct effects *effects)
{
	size_t count = list_count(model);
	const struct command **list = mem_array(NULL, const struct command *, count + 1);
	help_commands(model, list, count);
	size_t at = model->lists[SCREEN_HELP].cursor;
	if (at < count) {
		const struct command *command = list[at];
		screen_back(model);
		command_run(model, command, model->help_ticket, command->preset, effects);
	}
	talloc_free(list);
}

static void narrow(struct model *model, const struct key *key)
{
	struct editor *editor = editor_create(NULL, true);
	editor_set(editor, model->help_find);
	if (editor_key(editor, key)) {
		talloc_free(model->help_find);
		model->help_find = mem_strdup(model, editor_text(editor));
		model->lists[SCREEN_HELP] = (struct list_part){0};
	}
	talloc_free(editor);
}

bool help_key(struct model *model, const struct key *key, struct effects *effects)
{
	static const struct {
		enum key_name name;
		long by;
	} moves[] = {{K_DOWN, 1}, {K_UP, -1}, {K_PAGE_DOWN, 10}, {K_PAGE_UP, -10}};
	for (size_t i = 0; i < ARRAY_LEN(moves); i++) {
		if (key->name == moves[i].name) {
			list_move(model, moves[i].by);
			return true;
		}
	}
	if (key->name == K_ENTER) {
		run_selected(model, effects);
	} else {
		narrow(model, key);
	}
	return true;
}
