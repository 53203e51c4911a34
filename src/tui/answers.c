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

/* To the next variable that has no value, from `from` on and round: false when there is none. */
static bool go_to_variable(struct editor *editor, size_t from)
{
	const char *text = editor_text(editor);
	size_t length;
	const char *found = template_next(text + from, &length);
	found = found ? found : template_next(text, &length);
	if (found) {
		editor_choose(editor, (size_t)(found - text), length);
	}
	return found != NULL;
}

/* In place of the `typed` bytes before the cursor; what has no value is gone to. */
static void insert_answer(struct model *model, const struct answer *answer, size_t typed)
{
	struct editor *editor = model->compose.editor;
	void *work = mem_context(NULL);
	char *text = fill(model, work, answer);
	size_t start = editor_cursor(editor) - typed;
	char *variable = template_unfilled(work, text);
	if (typed) {
		editor_complete(editor, typed, text);
	} else {
		editor_insert(editor, text, true);
	}
	compose_changed(model);
	if (variable) {
		go_to_variable(editor, start);
		notice_say(model, words_put(work,
					  _("{0} has no value here: write it; Tab goes to "
					    "the next one"),
					  variable, NULL));
	}
	talloc_free(work);
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
	if (answer && model->compose.ticket == ticket && !compose_is_closed(model)) {
		insert_answer(model, answer, 0);
	}
}

static void add_answer(struct prompt *prompt, const struct answer *answer)
{
	char *label = mem_printf(NULL, ";%s %s", answer->key, answer->name);
	prompt_add(prompt, NULL, label, answer->text, answer->id, 0);
	talloc_free(label);
}

void answers_ask(struct model *model, int64_t ticket)
{
	struct prompt *prompt =
		prompt_create(model, PROMPT_PICK, _("prepared answer:"), NULL, chosen);
	for (size_t i = 0; model->directory && i < model->directory->answer_count; i++) {
		const struct answer *answer = &model->directory->answers[i];
		if (is_offered(model, answer)) {
			add_answer(prompt, answer);
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

/* --- completion --- */

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

static size_t typed_bytes(const struct compose *compose, const char *typed)
{
	return (size_t)(editor_text(compose->editor) + editor_cursor(compose->editor) - typed);
}

static void candidate_chosen(struct model *model, const struct prompt *prompt, const char *text,
	const struct prompt_item *item, struct effects *effects)
{
	(void)text;
	(void)effects;
	struct compose *compose = &model->compose;
	const char *typed = compose->ticket ? word_before(compose, ';') : NULL;
	const struct answer *answer = directory_answer(model->directory, item->value);
	if (answer && typed && compose->ticket == prompt->change.ticket) {
		insert_answer(model, answer, typed_bytes(compose, typed) + 1);
	}
}

static bool begins_with(const char *name, const char *typed, size_t length)
{
	return strncmp(name, typed, length) == 0;
}

/* A shortcut written out, or the only one that begins so; of several one is chosen. */
static bool complete_answer(struct model *model)
{
	struct compose *compose = &model->compose;
	const char *typed = word_before(compose, ';');
	if (!typed) {
		return false;
	}
	size_t length = typed_bytes(compose, typed);
	struct prompt *prompt =
		prompt_create(model, PROMPT_PICK, _("which answer:"), NULL, candidate_chosen);
	const struct answer *exact = NULL, *one = NULL;
	for (size_t i = 0; i < model->directory->answer_count; i++) {
		const struct answer *answer = &model->directory->answers[i];
		if (!is_offered(model, answer) || !begins_with(answer->key, typed, length)) {
			continue;
		}
		exact = strlen(answer->key) == length ? answer : exact;
		one = answer;
		add_answer(prompt, answer);
	}
	size_t count = prompt->count;
	if (count > 1 && !exact) {
		prompt->change.ticket = compose->ticket;
		prompt_ask(model, prompt);
		return true;
	}
	talloc_free(prompt);
	if (count > 0) {
		insert_answer(model, exact ? exact : one, length + 1);
	}
	return count > 0;
}

static void insert_mention(struct model *model, const char *login, size_t typed)
{
	char *text = mem_printf(NULL, "%s ", login);
	editor_complete(model->compose.editor, typed, text);
	compose_changed(model);
	talloc_free(text);
}

static void mention_chosen(struct model *model, const struct prompt *prompt, const char *text,
	const struct prompt_item *item, struct effects *effects)
{
	(void)text;
	(void)effects;
	struct compose *compose = &model->compose;
	const char *typed = compose->ticket ? word_before(compose, '@') : NULL;
	if (typed && compose->ticket == prompt->change.ticket) {
		insert_mention(model, directory_login_of(model->directory, item->value),
			typed_bytes(compose, typed));
	}
}

/* "@br" becomes "@bruno ". */
static bool complete_mention(struct model *model)
{
	struct compose *compose = &model->compose;
	const char *typed = word_before(compose, '@');
	if (!typed) {
		return false;
	}
	size_t length = typed_bytes(compose, typed);
	struct prompt *prompt = prompt_create(model, PROMPT_PICK, _("whom:"), NULL, mention_chosen);
	for (size_t i = 0; i < model->directory->operator_count; i++) {
		const struct operator_ *operator_ = &model->directory->operators[i];
		if (operator_->enabled && begins_with(operator_->login, typed, length)) {
			prompt_add(
				prompt, NULL, operator_->login, operator_->name, operator_->id, 0);
		}
	}
	size_t count = prompt->count;
	if (count > 1) {
		prompt->change.ticket = compose->ticket;
		prompt_ask(model, prompt);
		return true;
	}
	if (count == 1) {
		insert_mention(model, prompt->items[0].label, length);
	}
	talloc_free(prompt);
	return count == 1;
}

bool answers_complete(struct model *model)
{
	struct editor *editor = model->compose.editor;
	bool found = model->directory && (complete_answer(model) || complete_mention(model));
	return found || go_to_variable(editor, editor_cursor(editor) + editor_chosen(editor));
}
