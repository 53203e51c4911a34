#include "base/mem.h"
#include "tui/act.h"
#include "tui/answers.h"
#include "tui/i18n.h"
#include "tui/model.h"
#include "tui/words.h"

#include <string.h>

/* Texts: replies, notes, remarks on the customer, calls. */

void write_reply(struct model *model, const struct call *call, struct effects *effects)
{
	compose_open(model, call->ticket, DRAFT_REPLY, effects);
}

void write_note(struct model *model, const struct call *call, struct effects *effects)
{
	compose_open(model, call->ticket, DRAFT_NOTE, effects);
}

void write_answer(struct model *model, const struct call *call, struct effects *effects)
{
	(void)effects;
	answers_ask(model, call->ticket);
}

void write_complete(struct model *model, const struct call *call, struct effects *effects)
{
	(void)call;
	(void)effects;
	if (!compose_is_closed(model) && !answers_complete(model)) {
		notice_say(
			model, _("Tab completes \";shortcut\" of a prepared answer and \"@name\""));
	}
}

void write_editor(struct model *model, const struct call *call, struct effects *effects)
{
	(void)call;
	compose_edit(model, effects);
}

void write_put_away(struct model *model, const struct call *call, struct effects *effects)
{
	(void)call;
	compose_put_away(model, effects);
}

/* --- remarks that stay with the customer --- */

static void pin_done(struct model *model, const struct prompt *prompt, const char *text,
	const struct prompt_item *item, struct effects *effects)
{
	(void)text;
	struct change change = prompt->change;
	change.ticket = 0;
	change.pinned = item->value ? FLAG_YES : FLAG_UNSET;
	act_on_customer(model, &change, effects);
}

static void customer_note_done(struct model *model, const struct prompt *prompt, const char *text,
	const struct prompt_item *item, struct effects *effects)
{
	(void)item;
	(void)effects;
	if (!*text) {
		return;
	}
	struct prompt *next = prompt_create(
		model, PROMPT_ASK, _("Pin it to the top of the customer?"), prompt, pin_done);
	next->change.text = mem_strdup(next, text);
	prompt_yes_no(next);
	prompt_ask(model, next);
}

void write_customer_note(struct model *model, const struct call *call, struct effects *effects)
{
	(void)effects;
	const struct ticket_row *row = model_row(model, call->ticket);
	if (!row) {
		notice_fail(model, _("the desk has not answered yet; try again in a moment"));
		return;
	}
	char *title = words_put(NULL, _("note on {0}:"), row->customer_name, NULL);
	struct prompt *prompt = prompt_create(model, PROMPT_LINE, title, NULL, customer_note_done);
	prompt->change.kind = CHANGE_CUSTOMER_NOTE;
	prompt->change.customer = row->ticket.customer;
	prompt_ask(model, prompt);
	talloc_free(title);
}

/* --- calls and counter contacts --- */

static void call_ended(struct model *model, const struct prompt *prompt, const char *text,
	const struct prompt_item *item, struct effects *effects)
{
	(void)text;
	struct change change = prompt->change;
	change.outcome = (int)item->value;
	if (change.outcome == OUTCOME_RESOLVE) {
		reason_ask(model, &change, 0, effects);
	} else {
		act_on(model, &change, change.ticket, effects);
	}
}

static void call_noted(struct model *model, const struct prompt *prompt, const char *text,
	const struct prompt_item *item, struct effects *effects)
{
	(void)item;
	struct change change = prompt->change;
	change.text = *text ? text : NULL;
	if (change.contact != CONTACT_ANSWERED) {
		act_on(model, &change, change.ticket, effects);
		return;
	}
	struct prompt *next =
		prompt_create(model, PROMPT_KEYS, _("and the ticket:"), prompt, call_ended);
	next->change.text = mem_strdup(next, change.text);
	prompt_add(next, "o", _("stays open"), "", OUTCOME_STAY_OPEN, 0);
	prompt_add(next, "w", _("waits for the customer"), "", OUTCOME_WAIT, 0);
	prompt_add(next, "r", _("is resolved"), "", OUTCOME_RESOLVE, 0);
	prompt_ask(model, next);
}

static void call_done(struct model *model, const struct prompt *prompt, const char *text,
	const struct prompt_item *item, struct effects *effects)
{
	(void)text;
	(void)effects;
	struct prompt *next = prompt_create(
		model, PROMPT_LINE, _("what was said (may stay empty):"), prompt, call_noted);
	next->change.contact = (int)item->value;
	next->change.channel = item->kind;
	prompt_ask(model, next);
}

void write_call(struct model *model, const struct call *call, struct effects *effects)
{
	(void)effects;
	static const struct {
		const char *key;
		enum contact_outcome contact;
	} calls[] = {{"a", CONTACT_ANSWERED}, {"n", CONTACT_NO_ANSWER}, {"b", CONTACT_BUSY},
		{"v", CONTACT_VOICEMAIL}, {"w", CONTACT_WRONG_NUMBER}};
	void *work = mem_context(NULL);
	const char *title =
		words_put(work, _("call about {0}:"), words_number(work, call->ticket), NULL);
	struct prompt *prompt = prompt_create(model, PROMPT_KEYS, title, NULL, call_done);
	talloc_free(work);
	for (size_t i = 0; i < ARRAY_LEN(calls); i++) {
		prompt_add(prompt, calls[i].key, words_contact(calls[i].contact), "",
			calls[i].contact, CHANNEL_PHONE);
	}
	prompt_add(prompt, "c", _("spoke at the counter"), "", CONTACT_ANSWERED, CHANNEL_COUNTER);
	prompt->change.kind = CHANGE_CALL;
	prompt->change.ticket = call->ticket;
	prompt_ask(model, prompt);
}
