#include "base/mem.h"
#include "tui/act.h"
#include "tui/answers.h"
#include "tui/i18n.h"
#include "tui/model.h"
#include "tui/words.h"

#include <string.h>

/* Texts: replies, notes, remarks on the customer. */

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
	const struct ticket_row *row = model_row(model, call->ticket);
	if (!row) {
		notice_fail(model, _("the desk has not answered yet; try again in a moment"));
		return;
	}
	char *title = words_put(NULL, _("note on {0}:"), row->customer_name, NULL);
	struct prompt *prompt = prompt_create(model, PROMPT_LINE, title, NULL, customer_note_done);
	prompt->change.kind = CHANGE_CUSTOMER_NOTE;
	prompt->change.customer = row->ticket.customer;
	jot_begin(model, prompt, call->ticket, DRAFT_CUSTOMER_NOTE, effects);
	prompt_ask(model, prompt);
	talloc_free(title);
}
