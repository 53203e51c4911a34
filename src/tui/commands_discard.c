#include "base/mem.h"
#include "tui/act.h"
#include "tui/i18n.h"
#include "tui/model.h"
#include "tui/words.h"

#include <stdlib.h>
#include <string.h>

/* Discarding. What a ticket is a duplicate of is seen before it is said. */

static void original_note(struct prompt *prompt, const char *pattern, const char *number)
{
	char *text = words_put(prompt, pattern, number, NULL);
	prompt_note(prompt, text);
	talloc_free(text);
}

/* What is offered comes from the desk. */
static void offer_nothing(const struct model *model, struct prompt *prompt, const char *text)
{
	(void)model;
	(void)prompt;
	(void)text;
}

static void original_came(struct model *model, struct response *response)
{
	struct prompt *prompt = model->prompt;
	const struct queue_page *page = &response->page;
	if (!response->ok) {
		char *why = words_error(prompt, &response->err);
		prompt_note(prompt, why);
		talloc_free(why);
		return;
	}
	if (page->count == 0) {
		original_note(prompt, _("there is no ticket {0} for you; check the number"),
			editor_text(prompt->line));
		return;
	}
	const struct ticket_row *row = &page->rows[0];
	char *label = mem_printf(NULL, "%lld  %s: %s", (long long)row->ticket.number,
		row->customer_name, row->ticket.subject);
	prompt_note(prompt, NULL);
	prompt_add(prompt, NULL, label, words_state(row->ticket.state), row->ticket.number, 0);
	talloc_free(label);
}

static void original_changed(struct model *model, const char *text, struct effects *effects)
{
	struct prompt *prompt = model->prompt;
	char *end;
	int64_t number = strtoll(text, &end, 10);
	prompt_note(prompt, NULL);
	prompt->request = 0;
	if (*text == '\0') {
		return;
	}
	if (*end || number <= 0) {
		original_note(prompt, _("\"{0}\" is no number of a ticket"), text);
	} else if (number == prompt->change.ticket) {
		original_note(prompt, _("{0} is this ticket itself"), text);
	} else {
		struct effect *effect = request_ask(model, EFFECT_ROWS, effects);
		effect->rows.count = 1;
		effect->rows.numbers = mem_array(effect, int64_t, 1);
		effect->rows.numbers[0] = number;
		prompt->request = effect->request;
	}
}

static void duplicate_done(struct model *model, const struct prompt *prompt, const char *text,
	const struct prompt_item *item, struct effects *effects)
{
	(void)text;
	struct change change = prompt->change;
	change.other = item->value;
	act_on(model, &change, change.ticket, effects);
}

static void discard_done(struct model *model, const struct prompt *prompt, const char *text,
	const struct prompt_item *item, struct effects *effects)
{
	(void)text;
	struct change change = prompt->change;
	change.discard = (int)item->value;
	if (item->value != DISCARD_DUPLICATE) {
		act_on(model, &change, change.ticket, effects);
		return;
	}
	struct prompt *next = prompt_create(
		model, PROMPT_PICK, _("duplicate of number:"), prompt, duplicate_done);
	next->change.discard = DISCARD_DUPLICATE;
	next->offer = offer_nothing;
	next->changed = original_changed;
	next->answered = original_came;
	prompt_ask(model, next);
}

void state_discard(struct model *model, const struct call *call, struct effects *effects)
{
	(void)effects;
	struct prompt *prompt =
		prompt_create(model, PROMPT_KEYS, _("discard as:"), NULL, discard_done);
	prompt_add(prompt, "s", _("spam"), "", DISCARD_SPAM, 0);
	prompt_add(prompt, "d", _("duplicate of…"), "", DISCARD_DUPLICATE, 0);
	prompt_add(prompt, "t", _("test"), "", DISCARD_TEST, 0);
	prompt->change.kind = CHANGE_DISCARD;
	prompt->change.ticket = call->ticket;
	prompt_ask(model, prompt);
}
