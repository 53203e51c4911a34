#include "tui/prompt.h"

#include "base/mem.h"
#include "base/text.h"
#include "tui/command_line.h"
#include "tui/editor.h"
#include "tui/i18n.h"
#include "tui/model.h"

#include <string.h>

struct prompt *prompt_create(const struct model *model, enum prompt_form form, const char *title,
	const struct prompt *from, prompt_done_fn *done)
{
	struct prompt *prompt = mem_new(model, struct prompt);
	prompt->form = form;
	prompt->title = mem_strdup(prompt, title);
	prompt->line = editor_create(prompt, true);
	editor_resize(prompt->line, model->columns > 4 ? model->columns / 2 : 2, 1);
	prompt->done = done;
	if (from) {
		change_copy(prompt, &prompt->change, &from->change);
	}
	return prompt;
}

void prompt_add(struct prompt *prompt, const char *key, const char *label, const char *detail,
	int64_t value, int kind)
{
	prompt->items = mem_grow(prompt, prompt->items, struct prompt_item, prompt->count + 1);
	prompt->items[prompt->count++] = (struct prompt_item){
		.key = mem_strdup(prompt, key),
		.label = text_clean_line(prompt, label, strlen(label), NULL),
		.detail = text_clean_line(prompt, detail, strlen(detail), NULL),
		.value = value,
		.kind = kind,
	};
}

void prompt_clear(struct prompt *prompt)
{
	talloc_free(prompt->items);
	prompt->items = NULL;
	prompt->count = 0;
}

void prompt_note(struct prompt *prompt, const char *text)
{
	char *copy = mem_strdup(prompt, text);
	talloc_free(prompt->note);
	prompt->note = copy;
}

void prompt_number(struct prompt *prompt)
{
	static const char keys[] = "123456789abcdefghijklmnopqrstuvwxyz";
	for (size_t i = 0; i < prompt->count && i < sizeof keys - 1; i++) {
		prompt->items[i].key = mem_strndup(prompt, keys + i, 1);
	}
}

void prompt_yes_no(struct prompt *prompt)
{
	/* TRANSLATORS: the keys for "yes" and "no": one lower-case letter each */
	prompt_add(prompt, _("y"), _("yes"), "", 1, 0);
	prompt_add(prompt, _("n"), _("no"), "", 0, 0);
}

/* All words typed must occur; in any order. */
static bool matches(const struct prompt_item *item, const char *typed)
{
	char *text = mem_printf(NULL, "%s %s", item->label, item->detail);
	char *folded = text_fold(text, text);
	char *rest = text_fold(text, typed);
	bool all = true;
	while (all && *rest) {
		rest += strspn(rest, " ");
		size_t length = strcspn(rest, " ");
		char *word = mem_strndup(text, rest, length);
		all = strstr(folded, word) != NULL;
		rest += length;
	}
	talloc_free(text);
	return all;
}

static void find_items(struct prompt *prompt)
{
	prompt->shown = mem_grow(prompt, prompt->shown, size_t, prompt->count + 1);
	prompt->shown_count = 0;
	bool narrows = prompt->form == PROMPT_PICK && !prompt->offers;
	const char *typed = narrows ? editor_text(prompt->line) : "";
	for (size_t i = 0; i < prompt->count; i++) {
		if (matches(&prompt->items[i], typed)) {
			prompt->shown[prompt->shown_count++] = i;
		}
	}
	prompt->selected = 0;
	prompt->top = 0;
}

void prompt_ask(struct model *model, struct prompt *prompt)
{
	prompt_close(model);
	model->prompt = prompt;
	model->notices.is_shown = false;
	if (prompt->offers) {
		prompt->changed(model, editor_text(prompt->line), NULL);
	}
	find_items(prompt);
}

void prompt_close(struct model *model)
{
	talloc_free(model->prompt);
	model->prompt = NULL;
}

int prompt_rows(const struct model *model)
{
	const struct prompt *prompt = model->prompt;
	if (!prompt || prompt->form < PROMPT_PICK) {
		return 0;
	}
	int most = model->rows / 2;
	return (int)prompt->shown_count < most ? (int)prompt->shown_count : most;
}

/* The prompt lives until its function returns, so that it may ask the next one. */
static void finish(struct model *model, const struct prompt_item *item, struct effects *effects)
{
	struct prompt *prompt = model->prompt;
	char *text = mem_strdup(prompt, editor_text(prompt->line));
	model->prompt = NULL;
	prompt->done(model, prompt, text, item, effects);
	talloc_free(prompt);
}

static void cancel(struct model *model, struct effects *effects)
{
	struct prompt *prompt = model->prompt;
	model->prompt = NULL;
	if (prompt->cancelled) {
		prompt->cancelled(model, "", effects);
	}
	talloc_free(prompt);
}

static void select_item(struct model *model, long by)
{
	struct prompt *prompt = model->prompt;
	long last = (long)prompt->shown_count - 1;
	long at = (long)prompt->selected + by;
	at = at > last ? last : at;
	prompt->selected = at < 0 ? 0 : (size_t)at;
	size_t rows = (size_t)prompt_rows(model);
	if (prompt->selected < prompt->top) {
		prompt->top = prompt->selected;
	} else if (rows && prompt->selected >= prompt->top + rows) {
		prompt->top = prompt->selected - rows + 1;
	}
}

static const struct prompt_item *selected_item(const struct prompt *prompt)
{
	return prompt->selected < prompt->shown_count
		       ? &prompt->items[prompt->shown[prompt->selected]]
		       : NULL;
}

static void changed(struct model *model, struct effects *effects)
{
	struct prompt *prompt = model->prompt;
	if (prompt->changed) {
		prompt->changed(model, editor_text(prompt->line), effects);
	}
	if (prompt->form == PROMPT_PICK) {
		find_items(prompt);
	}
}

static void edit_key(struct model *model, const struct key *key, struct effects *effects)
{
	struct prompt *prompt = model->prompt;
	if (key->name == K_TAB && prompt->completes) {
		command_line_complete(prompt->line);
	} else if (!editor_key(prompt->line, key)) {
		return;
	}
	changed(model, effects);
}

static void ask_key(struct model *model, const struct key *key, struct effects *effects)
{
	char *typed = key_format(NULL, key);
	const struct prompt *prompt = model->prompt;
	for (size_t i = 0; i < prompt->count; i++) {
		if (prompt->items[i].key && strcmp(prompt->items[i].key, typed) == 0) {
			finish(model, &prompt->items[i], effects);
			break;
		}
	}
	talloc_free(typed);
}

/* Up and down move in a list; what is left is for the line. */
static bool list_key(struct model *model, const struct key *key)
{
	static const struct {
		enum key_name name;
		int by;
	} moves[] = {{K_UP, -1}, {K_DOWN, 1}, {K_PAGE_UP, -8}, {K_PAGE_DOWN, 8}};
	for (size_t i = 0; i < ARRAY_LEN(moves); i++) {
		if (key->name == moves[i].name) {
			select_item(model, moves[i].by);
			return true;
		}
	}
	return false;
}

static void enter(struct model *model, struct effects *effects)
{
	struct prompt *prompt = model->prompt;
	const struct prompt_item *item = selected_item(prompt);
	if (prompt->form == PROMPT_LINE || item) {
		finish(model, item, effects);
	}
}

void prompt_key(struct model *model, const struct key *key, struct effects *effects)
{
	struct prompt *prompt = model->prompt;
	if (key->name == K_ESC || (key->ctrl && (key->rune == 'c' || key->rune == 'g'))) {
		cancel(model, effects);
		return;
	}
	if (key->meta) {
		return;
	}
	if (prompt->form >= PROMPT_PICK && list_key(model, key)) {
		return;
	}
	if (key->name == K_ENTER && prompt->form != PROMPT_ASK) {
		enter(model, effects);
	} else if (prompt->form == PROMPT_ASK || prompt->form == PROMPT_KEYS) {
		ask_key(model, key, effects);
	} else {
		edit_key(model, key, effects);
	}
}

void prompt_paste(struct model *model, const char *text, struct effects *effects)
{
	struct prompt *prompt = model->prompt;
	if (prompt->form == PROMPT_LINE || prompt->form == PROMPT_PICK) {
		editor_insert(prompt->line, text, true);
		changed(model, effects);
	}
}
