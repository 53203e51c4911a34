#include "tui/prompt.h"

#include "base/mem.h"
#include "base/text.h"
#include "tui/editor.h"
#include "tui/fuzzy.h"
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

static void clear(struct prompt *prompt)
{
	for (size_t i = 0; i < prompt->count; i++) {
		talloc_free(prompt->items[i].key);
		talloc_free(prompt->items[i].label);
		talloc_free(prompt->items[i].detail);
		talloc_free(prompt->items[i].folded);
	}
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

/* At the first key, and for all that follow. */
static const char *folded_of(const struct prompt *prompt, struct prompt_item *item)
{
	if (!item->folded) {
		const char *key = item->key ? item->key : "";
		char *text = mem_printf(
			prompt, "%s%s%s\n%s", key, *key ? " " : "", item->label, item->detail);
		item->folded = text_fold(prompt, text);
		talloc_free(text);
	}
	return item->folded;
}

static void show_all(struct prompt *prompt)
{
	for (size_t i = 0; i < prompt->count; i++) {
		prompt->shown[i] = i;
	}
	prompt->shown_count = prompt->count;
}

/* Those that fit best come first, else the order is kept. */
static void narrow(struct prompt *prompt)
{
	char *typed = text_fold(NULL, editor_text(prompt->line));
	int *scores = mem_array(NULL, int, prompt->count + 1);
	prompt->shown_count = 0;
	for (size_t i = 0; i < prompt->count; i++) {
		int fit = fuzzy_score(folded_of(prompt, &prompt->items[i]), typed);
		size_t at = fit ? prompt->shown_count++ : 0;
		for (; fit && at > 0 && scores[at - 1] < fit; at--) {
			scores[at] = scores[at - 1];
			prompt->shown[at] = prompt->shown[at - 1];
		}
		if (fit) {
			scores[at] = fit;
			prompt->shown[at] = i;
		}
	}
	bool is_found = prompt->shown_count && scores[0] > FUZZY_LOOSE;
	while (is_found && scores[prompt->shown_count - 1] == FUZZY_LOOSE) {
		prompt->shown_count--;
	}
	talloc_free(scores);
	talloc_free(typed);
}

static void find_items(struct prompt *prompt)
{
	bool narrows = prompt->form == PROMPT_PICK && !prompt->offer;
	prompt->shown = mem_grow(prompt, prompt->shown, size_t, prompt->count + 1);
	if (narrows && !text_is_blank(editor_text(prompt->line))) {
		narrow(prompt);
	} else {
		show_all(prompt);
	}
	prompt->selected = 0;
	prompt->top = 0;
}

static void offer(const struct model *model, struct prompt *prompt)
{
	if (prompt->offer) {
		clear(prompt);
		prompt->is_walking = false;
		prompt->offer(model, prompt, editor_text(prompt->line));
	}
	find_items(prompt);
}

void prompt_ask(struct model *model, struct prompt *prompt)
{
	prompt_close(model);
	model->keys.asked_at = model->keys.is_pressed ? 0 : model->now;
	prompt->history_at = prompt->history ? prompt->history->count : 0;
	prompt->serial = ++model->last_request;
	model->prompt = prompt;
	offer(model, prompt);
}

void prompt_offer(struct model *model)
{
	if (model->prompt && model->prompt->offer && !model->prompt->is_walking) {
		offer(model, model->prompt);
	}
}

void prompt_close(struct model *model)
{
	talloc_free(model->prompt);
	model->prompt = NULL;
}

bool prompt_is_completed(const struct prompt *prompt)
{
	return prompt->form == PROMPT_LINE && prompt->offer;
}

int prompt_rows(const struct model *model)
{
	const struct prompt *prompt = model->prompt;
	if (!prompt || (prompt->form < PROMPT_PICK && !prompt->offer)) {
		return 0;
	}
	int most = prompt_is_completed(prompt) ? model->rows / 3 : model->rows / 2;
	return (int)prompt->shown_count < most ? (int)prompt->shown_count : most;
}

/* The prompt lives until its function returns, so that it may ask the next one. */
void prompt_take(struct model *model, const struct prompt_item *item, struct effects *effects)
{
	struct prompt *prompt = model->prompt;
	char *text = mem_strdup(prompt, editor_text(prompt->line));
	model->prompt = NULL;
	jot_line_leave(model, prompt);
	if (prompt->draft) {
		jot_save(model, true, effects); /* until the desk has what becomes of it */
	}
	prompt->done(model, prompt, text, item, effects);
	talloc_free(prompt);
}

static void cancel(struct model *model, struct effects *effects)
{
	struct prompt *prompt = model->prompt;
	model->prompt = NULL;
	if (prompt->draft) {
		jot_leave(model, effects);
	}
	jot_line_leave(model, prompt);
	if (prompt->history) {
		history_add(model, prompt->history, editor_text(prompt->line));
	}
	model->next.after = 0;
	if (prompt->cancelled) {
		prompt->cancelled(model, "", effects);
	}
	talloc_free(prompt);
}

static void select_item(struct model *model, long by)
{
	struct prompt *prompt = model->prompt;
	cursor_move(&prompt->selected, &prompt->top, prompt->shown_count,
		(size_t)prompt_rows(model), by);
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
	if (prompt->draft) {
		jot_typed(model, editor_text(prompt->line));
	}
	if (prompt->form == PROMPT_PICK || prompt->offer) {
		offer(model, prompt);
	}
	if (prompt->changed) {
		prompt->changed(model, editor_text(prompt->line), effects);
	}
}

/* --- completion and history of a line --- */

static void put_candidate(struct prompt *prompt, const char *text, size_t length, bool is_whole)
{
	char *line = mem_printf(NULL, "%.*s%.*s%s", (int)prompt->start, editor_text(prompt->line),
		(int)length, text, is_whole ? " " : "");
	editor_set(prompt->line, line);
	talloc_free(line);
}

/* How many bytes all that is offered has in common. */
static size_t common_length(const struct prompt *prompt)
{
	const char *first = prompt->items[0].label;
	size_t length = strlen(first);
	for (size_t i = 1; i < prompt->count; i++) {
		size_t n = 0;
		while (n < length && prompt->items[i].label[n] == first[n]) {
			n++;
		}
		length = n;
	}
	return text_cut(first, length);
}

static bool is_written(const struct prompt *prompt, size_t at)
{
	return strcmp(editor_text(prompt->line) + prompt->start, prompt->items[at].label) == 0;
}

/* As far as it is clear; then from one candidate to the next. */
static void complete(struct model *model, int by)
{
	struct prompt *prompt = model->prompt;
	if (prompt->count == 0) {
		return;
	}
	size_t typed = strlen(editor_text(prompt->line)) - prompt->start;
	size_t shared = prompt->is_exact || prompt->count == 1 ? common_length(prompt) : 0;
	if (!prompt->is_walking && (prompt->count == 1 || shared > typed)) {
		put_candidate(prompt, prompt->items[0].label, shared,
			prompt->count == 1 && !prompt->is_open);
		offer(model, prompt);
		return;
	}
	size_t last = prompt->count - 1;
	size_t at = prompt->selected;
	if (prompt->is_walking || is_written(prompt, at)) {
		at = by > 0 ? at == last ? 0 : at + 1 : at == 0 ? last : at - 1;
	}
	select_item(model, (long)at - (long)prompt->selected);
	prompt->is_walking = true;
	const char *text = prompt->items[prompt->selected].label;
	put_candidate(prompt, text, strlen(text), false);
}

static void walk_history(struct model *model, int by)
{
	struct prompt *prompt = model->prompt;
	const struct history *history = prompt->history;
	if (!history) {
		return;
	}
	if (prompt->history_at == history->count) {
		talloc_free(prompt->own);
		prompt->own = mem_strdup(prompt, editor_text(prompt->line));
	}
	size_t none = by < 0 ? prompt->history_at : history->count;
	prompt->history_at = history_find(history, prompt->history_at, by, prompt->own, none);
	bool is_own = prompt->history_at == history->count;
	editor_set(prompt->line, is_own ? prompt->own : history->lines[prompt->history_at]);
	offer(model, prompt);
}

static const struct {
	struct key key;
	void (*run)(struct model *model, int by);
	int by;
} line_keys[] = {
	{{.name = K_TAB}, complete, 1},
	{{.name = K_TAB, .shift = true}, complete, -1},
	{{.name = K_UP}, walk_history, -1},
	{{.name = K_DOWN}, walk_history, 1},
	{{.rune = 'p', .ctrl = true}, walk_history, -1},
	{{.rune = 'n', .ctrl = true}, walk_history, 1},
};

static bool line_key(struct model *model, const struct key *key)
{
	for (size_t i = 0; i < ARRAY_LEN(line_keys); i++) {
		if (key_equal(&line_keys[i].key, key)) {
			line_keys[i].run(model, line_keys[i].by);
			return true;
		}
	}
	return false;
}

static void edit_key(struct model *model, const struct key *key, struct effects *effects)
{
	struct prompt *prompt = model->prompt;
	if (prompt->form == PROMPT_LINE && line_key(model, key)) {
		if (prompt->changed) {
			prompt->changed(model, editor_text(prompt->line), effects);
		}
		return;
	}
	if (!editor_key(prompt->line, key)) {
		return;
	}
	if (prompt->history) {
		prompt->history_at = prompt->history->count;
	}
	changed(model, effects);
}

static void ask_key(struct model *model, const struct key *key, struct effects *effects)
{
	char *typed = key_format(NULL, key);
	const struct prompt *prompt = model->prompt;
	for (size_t i = 0; i < prompt->count; i++) {
		if (prompt->items[i].key && strcmp(prompt->items[i].key, typed) == 0) {
			prompt_take(model, &prompt->items[i], effects);
			break;
		}
	}
	talloc_free(typed);
}

bool prompt_has_text(struct model *model, const char *text)
{
	if (!*text) {
		notice_fail(model, _("nothing was written, so nothing was done"));
	}
	return *text != '\0';
}

bool prompt_response(struct model *model, struct response *response)
{
	struct prompt *prompt = model->prompt;
	if (!prompt || prompt->request == 0 || prompt->request != response->effect->request) {
		return false;
	}
	prompt->request = 0;
	prompt->answered(model, response);
	find_items(prompt);
	return true;
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
		prompt_take(model, item, effects);
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
