#include "tui/answers.h"

#include "base/mem.h"
#include "base/text.h"
#include "core/template.h"
#include "tui/act.h"
#include "tui/i18n.h"
#include "tui/model.h"
#include "tui/words.h"

#include <string.h>

/* Prepared answers: chosen from a list, or by ";shortcut" and Tab. */

static char *first_name(const void *mem, const char *name)
{
	return mem_strndup(mem, name, strcspn(name, " "));
}

static char *fill(const struct model *model, const void *mem, const struct answer *answer)
{
	const struct ticket_row *row = model_row(model, model->compose.ticket);
	const struct operator_ *operator_ = model_operator(model);
	if (!row) {
		return mem_strdup(mem, answer->text);
	}
	struct template_value values[] = {
		{"customer.name", row->customer_name},
		{"customer.first_name", first_name(mem, row->customer_name)},
		{"ticket.number", words_number(mem, row->ticket.number)},
		{"ticket.subject", row->ticket.subject},
		{"operator.name", operator_ ? operator_->name : NULL},
		{"desk.name", model->directory->settings.desk_name},
		{"today", words_day(mem, &model->zone, model->now)},
	};
	return template_fill(mem, answer->text, values, ARRAY_LEN(values));
}

static bool is_offered(const struct model *model, const struct answer *answer)
{
	const struct operator_ *operator_ = model_operator(model);
	return answer->enabled &&
	       (answer->team == 0 || (operator_ && operator_in_team(operator_, answer->team)));
}

static void chosen(struct model *model, const struct prompt *prompt, const char *text,
	const struct prompt_item *item, struct effects *effects)
{
	(void)text;
	const struct answer *answer = directory_answer(model->directory, item->value);
	int64_t ticket = prompt->change.ticket;
	if (model->compose.ticket != ticket) {
		compose_open(model, ticket, DRAFT_REPLY, effects);
	}
	if (!answer || model->compose.ticket != ticket) {
		return;
	}
	void *work = mem_context(NULL);
	editor_insert(model->compose.editor, fill(model, work, answer), true);
	compose_changed(model);
	talloc_free(work);
}

void answers_ask(struct model *model, int64_t ticket)
{
	struct prompt *prompt =
		prompt_create(model, PROMPT_PICK, _("prepared answer:"), NULL, chosen);
	for (size_t i = 0; model->directory && i < model->directory->answer_count; i++) {
		const struct answer *answer = &model->directory->answers[i];
		if (is_offered(model, answer)) {
			char *label = mem_printf(NULL, ";%s %s", answer->key, answer->name);
			prompt_add(prompt, NULL, label, answer->text, answer->id, 0);
			talloc_free(label);
		}
	}
	if (prompt->count == 0) {
		talloc_free(prompt);
		notice_fail(model, _("this desk has no prepared answers yet"));
		return;
	}
	prompt->change.ticket = ticket;
	prompt_ask(model, prompt);
}

/* The word that ends at the cursor, when it begins with `mark`. */
static const char *word_before(const struct compose *compose, char mark)
{
	const char *text = editor_text(compose->editor);
	const char *end = text + editor_cursor(compose->editor);
	const char *at = end;
	while (at > text && at[-1] != mark && at[-1] != ' ' && at[-1] != '\n') {
		at--;
	}
	return at > text && at[-1] == mark ? at : NULL;
}

static bool complete_answer(struct model *model)
{
	struct compose *compose = &model->compose;
	const char *typed = word_before(compose, ';');
	if (!typed) {
		return false;
	}
	const char *end = editor_text(compose->editor) + editor_cursor(compose->editor);
	void *work = mem_context(NULL);
	char *key = mem_strndup(work, typed, (size_t)(end - typed));
	const struct answer *answer = directory_answer_key(model->directory, key);
	bool found = answer && is_offered(model, answer);
	if (found) {
		editor_complete(compose->editor, strlen(key) + 1, fill(model, work, answer));
	}
	talloc_free(work);
	return found;
}

/* "@br" becomes "@bruno ": the first operator whose login begins so. */
static bool complete_mention(struct model *model)
{
	struct compose *compose = &model->compose;
	const char *typed = word_before(compose, '@');
	if (!typed) {
		return false;
	}
	const char *end = editor_text(compose->editor) + editor_cursor(compose->editor);
	size_t length = (size_t)(end - typed);
	for (size_t i = 0; i < model->directory->operator_count; i++) {
		const struct operator_ *operator_ = &model->directory->operators[i];
		if (operator_->enabled && strncmp(operator_->login, typed, length) == 0) {
			char *login = mem_printf(NULL, "%s ", operator_->login);
			editor_complete(compose->editor, length, login);
			talloc_free(login);
			return true;
		}
	}
	return false;
}

bool answers_complete(struct model *model)
{
	bool found = model->directory && (complete_answer(model) || complete_mention(model));
	if (found) {
		compose_changed(model);
	}
	return found;
}
