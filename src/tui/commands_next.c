#include "base/clock.h"
#include "base/mem.h"
#include "tui/act.h"
#include "tui/i18n.h"
#include "tui/model.h"
#include "tui/words.h"

#include <string.h>

/* Taking the next ticket that should be answered; from a ticket, after finishing that one. */

static void ask(struct model *model, struct effects *effects)
{
	model->next.after = 0;
	model->keys.awaited = request_ask(model, EFFECT_NEXT, effects)->request;
}

/* Why it is the next: its place in the order is due, priority, waiting. */
static char *reason(const struct model *model, const void *mem, const struct ticket_row *row)
{
	int64_t left = row->ticket.due_at - model->now;
	if (ticket_assignee(&row->ticket, model->now) == model->actor) {
		return mem_strdup(mem, _("yours"));
	}
	const char *pattern = left < 0			? _("was due {0} ago")
			      : left < (int64_t)MS_HOUR ? _("due in {0}")
							: _("waiting for {0}");
	int64_t span = left < (int64_t)MS_HOUR ? (left < 0 ? -left : left)
					       : model->now - row->ticket.waiting_since;
	return words_put(mem, pattern, words_age(mem, span), NULL);
}

static bool is_taken(const struct error *err)
{
	return err->reason &&
	       (strcmp(err->reason, "held") == 0 || strcmp(err->reason, "covered") == 0);
}

/* Somebody was faster: another one is the next now. */
static void claimed(struct model *model, const struct applied *applied, struct effects *effects)
{
	int64_t ticket = applied->changes[0].ticket;
	const struct result *result = applied->ok ? &applied->results[0] : NULL;
	const struct error *err = result ? &result->err : applied->err;
	if ((!result || !result->ok) && is_taken(err) && model->next.tries > 0) {
		model->next.tries--;
		ask(model, effects);
		return;
	}
	if (!result || !result->ok) {
		notice_error(model, err);
		return;
	}
	claims_took(model, ticket, result->generation);
	if (model->screen == SCREEN_TICKET) {
		screen_back(model);
	}
	ticket_open(model, ticket, effects);
	screen_show(model, SCREEN_TICKET);
	queue_select(model, ticket);
	queue_touch(model, &(struct touched){.ticket = ticket}, 0);
	queue_ask(model, effects);
	void *work = mem_context(NULL);
	/* TRANSLATORS: {0} a number, {1} why it is the next: "was due 12 min ago", "yours" */
	notice_say(model, words_put(work, _("{0} is with you: {1}"), words_number(work, ticket),
				  model->next.why ? model->next.why : "", NULL));
	talloc_free(work);
}

void next_came(struct model *model, struct response *response, struct effects *effects)
{
	if (response->effect->request != model->keys.awaited) {
		return;
	}
	const struct ticket_row *row = &response->row;
	if (!response->ok) {
		notice_error(model, &response->err);
		return;
	}
	if (row->ticket.number == 0) {
		notice_say(model, _("nothing waits for an answer right now"));
		return;
	}
	talloc_free(model->next.why);
	model->next.why = reason(model, model, row);
	struct change change = {.kind = CHANGE_CLAIM, .ticket = row->ticket.number};
	model->keys.awaited = request_apply(model, &change, 1, claimed, effects);
}

/* --- finishing the one that is open --- */

enum finish { FINISH_KEEP, FINISH_WAIT, FINISH_RESOLVE, FINISH_RELEASE };

static void finish(struct model *model, const struct prompt *prompt, const char *text,
	const struct prompt_item *item, struct effects *effects)
{
	(void)text;
	struct call call = {.ticket = prompt->change.ticket, .argument = ""};
	static command_fn *const commands[] = {
		[FINISH_WAIT] = state_wait,
		[FINISH_RESOLVE] = state_resolve,
		[FINISH_RELEASE] = claim_release,
	};
	if (item->value == FINISH_KEEP) {
		ask(model, effects);
		return;
	}
	model->next.after = call.ticket;
	commands[item->value](model, &call, effects);
}

void next_after(struct model *model, int64_t ticket, struct effects *effects)
{
	if (model->next.after && model->next.after == ticket) {
		ask(model, effects);
	}
}

void claim_next(struct model *model, const struct call *call, struct effects *effects)
{
	const struct ticket_row *row = model_row(model, call->ticket);
	bool is_unfinished = model->screen == SCREEN_TICKET && row &&
			     claims_get(model, call->ticket) &&
			     ticket_is_open(&row->ticket, model->now);
	model->next.tries = 3;
	if (!is_unfinished) {
		ask(model, effects);
		return;
	}
	void *work = mem_context(NULL);
	const char *title = words_put(
		work, _("{0} is still with you:"), words_number(work, call->ticket), NULL);
	struct prompt *prompt = prompt_create(model, PROMPT_KEYS, title, NULL, finish);
	prompt_add(prompt, "k", _("keep it, and take the next"), "", FINISH_KEEP, 0);
	prompt_add(prompt, "w", _("wait for the customer, and take the next"), "", FINISH_WAIT, 0);
	prompt_add(prompt, "r", _("resolve it, and take the next"), "", FINISH_RESOLVE, 0);
	prompt_add(prompt, "x", _("let it go, and take the next"), "", FINISH_RELEASE, 0);
	prompt->change.ticket = call->ticket;
	prompt_ask(model, prompt);
	talloc_free(work);
}
