#include "base/mem.h"
#include "tui/act.h"
#include "tui/i18n.h"
#include "tui/model.h"
#include "tui/words.h"

#include <stdlib.h>

/* Between colleagues: transfer, questions, escalation, merge and split. */

enum { TO_TEAM = 1, TO_OPERATOR };

static void transfer_noted(struct model *model, const struct prompt *prompt, const char *text,
	const struct prompt_item *item, struct effects *effects)
{
	(void)item;
	struct change change = prompt->change;
	change.text = *text ? text : NULL;
	act_on(model, &change, change.ticket, effects);
}

static void transfer_to(struct model *model, const struct prompt *from, int64_t team,
	int64_t operator_id, struct effects *effects)
{
	struct prompt *next = prompt_create(model, PROMPT_LINE,
		_("note for whoever gets it (may stay empty):"), from, transfer_noted);
	next->change.team = team;
	next->change.operator_id = operator_id;
	jot_begin(model, next, act_first(model, next->change.ticket), DRAFT_TRANSFER, effects);
	prompt_ask(model, next);
}

static void transfer_done(struct model *model, const struct prompt *prompt, const char *text,
	const struct prompt_item *item, struct effects *effects)
{
	(void)text;
	bool is_team = item->kind == TO_TEAM;
	transfer_to(model, prompt, is_team ? item->value : 0, is_team ? 0 : item->value, effects);
}

static void add_teams(struct prompt *prompt, const struct directory *directory)
{
	for (size_t i = 0; i < directory->team_count; i++) {
		const struct team *team = &directory->teams[i];
		prompt_add(prompt, NULL, team->name, team->key, team->id, TO_TEAM);
	}
}

void colleagues_offer(const struct model *model, struct prompt *prompt, int kind)
{
	const struct directory *directory = model->directory;
	for (size_t i = 0; i < directory->operator_count; i++) {
		const struct operator_ *operator_ = &directory->operators[i];
		if (!operator_->enabled || operator_->id == model->actor) {
			continue;
		}
		const char *now = operator_->paused_at	    ? _("in a pause")
				  : operator_->signed_in_at ? _("here")
							    : _("away");
		char *label = mem_printf(NULL, "%s (%s)", operator_->name, operator_->login);
		prompt_add(prompt, NULL, label, now, operator_->id, kind);
		talloc_free(label);
	}
}

static bool has_directory(struct model *model)
{
	if (!model->directory) {
		notice_fail(model, _("the desk has not answered yet; try again in a moment"));
	}
	return model->directory != NULL;
}

void team_transfer(struct model *model, const struct call *call, struct effects *effects)
{
	if (!has_directory(model)) {
		return;
	}
	struct prompt *prompt =
		prompt_create(model, PROMPT_PICK, _("transfer to:"), NULL, transfer_done);
	prompt->change.kind = CHANGE_TRANSFER;
	prompt->change.ticket = call->ticket;
	const struct team *team = directory_team_key(model->directory, call->argument);
	const struct operator_ *operator_ = directory_login(model->directory, call->argument);
	if (team || operator_) {
		transfer_to(model, prompt, team ? team->id : 0, team ? 0 : operator_->id, effects);
		talloc_free(prompt);
		return;
	}
	add_teams(prompt, model->directory);
	colleagues_offer(model, prompt, TO_OPERATOR);
	prompt_ask(model, prompt);
}

/* --- questions --- */

static void text_done(struct model *model, const struct prompt *prompt, const char *text,
	const struct prompt_item *item, struct effects *effects)
{
	(void)item;
	if (!prompt_has_text(model, text)) {
		return;
	}
	struct change change = prompt->change;
	change.text = text;
	act_on(model, &change, change.ticket, effects);
}

static void ask_done(struct model *model, const struct prompt *prompt, const char *text,
	const struct prompt_item *item, struct effects *effects)
{
	(void)text;
	char *title = words_put(NULL, _("question to {0}:"), item->label, NULL);
	struct prompt *next = prompt_create(model, PROMPT_LINE, title, prompt, text_done);
	next->change.team = item->value;
	jot_begin(model, next, act_first(model, next->change.ticket), DRAFT_QUESTION, effects);
	prompt_ask(model, next);
	talloc_free(title);
}

void team_ask(struct model *model, const struct call *call, struct effects *effects)
{
	(void)effects;
	if (!has_directory(model)) {
		return;
	}
	struct prompt *prompt =
		prompt_create(model, PROMPT_PICK, _("ask which team:"), NULL, ask_done);
	add_teams(prompt, model->directory);
	prompt->change.kind = CHANGE_ASK;
	prompt->change.ticket = call->ticket;
	prompt_ask(model, prompt);
}

void team_answer(struct model *model, const struct call *call, struct effects *effects)
{
	const struct ticket_view *view = model->ticket.view;
	for (size_t i = 0; view && i < view->question_count; i++) {
		const struct question *question = &view->questions[i];
		if (question->answered_at || question->ticket != call->ticket) {
			continue;
		}
		char *title = words_put(NULL, _("answer to \"{0}\":"), question->text, NULL);
		struct prompt *prompt = prompt_create(model, PROMPT_LINE, title, NULL, text_done);
		prompt->change.kind = CHANGE_ANSWER_QUESTION;
		prompt->change.ticket = call->ticket;
		prompt->change.question = question->id;
		jot_begin(model, prompt, call->ticket, DRAFT_QUESTION_ANSWER, effects);
		prompt_ask(model, prompt);
		talloc_free(title);
		return;
	}
	notice_fail(model, _("no question is open on this ticket"));
}

static void escalate_done(struct model *model, const struct prompt *prompt, const char *text,
	const struct prompt_item *item, struct effects *effects)
{
	(void)item;
	struct change change = prompt->change;
	change.text = *text ? text : NULL;
	act_on(model, &change, change.ticket, effects);
}

void team_escalate(struct model *model, const struct call *call, struct effects *effects)
{
	struct prompt *prompt = prompt_create(model, PROMPT_LINE,
		_("escalate, and tell the supervisors (may stay empty):"), NULL, escalate_done);
	prompt->change.kind = CHANGE_ESCALATE;
	prompt->change.ticket = call->ticket;
	jot_begin(model, prompt, act_first(model, call->ticket), DRAFT_ESCALATION, effects);
	prompt_ask(model, prompt);
}

/* --- merge and split --- */

static void merge_done(struct model *model, const struct prompt *prompt, const char *text,
	const struct prompt_item *item, struct effects *effects)
{
	(void)text;
	struct change change = prompt->change;
	change.other = item->value;
	act_on(model, &change, change.ticket, effects);
}

void team_merge(struct model *model, const struct call *call, struct effects *effects)
{
	struct change change = {.kind = CHANGE_MERGE, .ticket = call->ticket};
	change.other = strtoll(call->argument, NULL, 10);
	if (change.other > 0) {
		act_on(model, &change, call->ticket, effects);
		return;
	}
	const struct ticket_view *view = model->ticket.view;
	struct prompt *prompt =
		prompt_create(model, PROMPT_PICK, _("merge into:"), NULL, merge_done);
	bool is_shown = view && model->ticket.number == call->ticket;
	for (size_t i = 0; is_shown && i < view->customer.history_count; i++) {
		const struct history_row *row = &view->customer.history[i];
		if (row->number == call->ticket || row->state == TICKET_DISCARDED) {
			continue;
		}
		char *label = mem_printf(NULL, "%lld %s", (long long)row->number, row->subject);
		prompt_add(prompt, NULL, label, words_state(row->state), row->number, 0);
		talloc_free(label);
	}
	if (prompt->count == 0) {
		talloc_free(prompt);
		notice_fail(model, _("this customer has no other ticket to merge it into"));
		return;
	}
	prompt->change = change;
	prompt->change.other = 0;
	prompt_ask(model, prompt);
}

static void split_done(struct model *model, const struct prompt *prompt, const char *text,
	const struct prompt_item *item, struct effects *effects)
{
	(void)item;
	if (!*text) {
		notice_fail(model, _("the new ticket needs a subject; nothing was done"));
		return;
	}
	struct change change = prompt->change;
	change.subject = text;
	act_on(model, &change, change.ticket, effects);
}

static void split_chosen(struct model *model, const struct prompt *prompt, const char *text,
	const struct prompt_item *item, struct effects *effects)
{
	(void)text;
	(void)effects;
	struct prompt *next = prompt_create(
		model, PROMPT_LINE, _("subject of the new ticket:"), prompt, split_done);
	next->change.message = item->value;
	jot_line_begin(model, next);
	prompt_ask(model, next);
}

void team_split(struct model *model, const struct call *call, struct effects *effects)
{
	(void)effects;
	const struct ticket_view *view = model->ticket.view;
	struct prompt *prompt = prompt_create(
		model, PROMPT_PICK, _("split from which message on:"), NULL, split_chosen);
	bool is_shown = view && model->ticket.number == call->ticket;
	for (size_t i = 1; is_shown && i < view->message_count; i++) {
		const struct message *message = &view->messages[i];
		char *when = words_moment(prompt, &model->zone, message->at, model->now);
		prompt_add(prompt, NULL, message->text, when, message->id, 0);
	}
	if (prompt->count == 0) {
		talloc_free(prompt);
		notice_fail(model, _("there is nothing to split: open a ticket with more than one "
				     "message"));
		return;
	}
	prompt->change.kind = CHANGE_SPLIT;
	prompt->change.ticket = call->ticket;
	prompt_ask(model, prompt);
}
