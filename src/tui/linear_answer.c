#include "base/mem.h"
#include "base/text.h"
#include "tui/editor.h"
#include "tui/linear.h"
#include "tui/model.h"

#include <stdlib.h>
#include <string.h>

/* A whole line as the answer to a prompt. */

static bool is_same(const char *text, const char *typed)
{
	char *a = text_fold(NULL, text);
	char *b = text_fold(a, typed);
	bool same = strcmp(a, b) == 0;
	talloc_free(a);
	return same;
}

/* The key as it is, for upper and lower case may be two; the label as people type it. */
static const struct prompt_item *find_item(const struct prompt *prompt, const char *typed)
{
	for (size_t i = 0; i < prompt->count; i++) {
		const struct prompt_item *item = &prompt->items[i];
		if (item->key && strcmp(item->key, typed) == 0) {
			return item;
		}
	}
	for (size_t i = 0; i < prompt->count; i++) {
		if (is_same(prompt->items[i].label, typed)) {
			return &prompt->items[i];
		}
	}
	return NULL;
}

/* Of the list that was told. */
static const struct prompt_item *told_item(const struct prompt *prompt, const char *typed)
{
	char *end;
	unsigned long n = strtoul(typed, &end, 10);
	if (!*typed && prompt->shown_count == 1) {
		return &prompt->items[prompt->shown[0]];
	}
	bool is_number = *typed >= '1' && *typed <= '9' && *end == '\0';
	return is_number && n <= prompt->shown_count ? &prompt->items[prompt->shown[n - 1]] : NULL;
}

static void put_text(struct model *model, const char *text, struct effects *effects)
{
	editor_set(model->prompt->line, "");
	prompt_paste(model, text, effects);
}

void linear_answer(struct model *model, const char *line, struct effects *effects)
{
	struct prompt *prompt = model->prompt;
	if (strcmp(line, ".") == 0) {
		prompt_key(model, &(struct key){.name = K_ESC}, effects);
		return;
	}
	if (prompt->form == PROMPT_LINE) {
		if (*line) {
			put_text(model, line, effects);
		}
		prompt_take(model, NULL, effects);
		return;
	}
	const struct prompt_item *item = NULL;
	if (prompt->form == PROMPT_PICK) {
		item = told_item(prompt, line);
	}
	item = item ? item : find_item(prompt, line);
	if (item) {
		prompt_take(model, item, effects);
	} else if (prompt->form == PROMPT_PICK) {
		put_text(model, line, effects);
	}
}
