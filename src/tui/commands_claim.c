#include "base/mem.h"
#include "tui/act.h"
#include "tui/i18n.h"
#include "tui/model.h"
#include "tui/words.h"

/* Taking and letting go. */

void claim_take(struct model *model, const struct call *call, struct effects *effects)
{
	if (model->screen == SCREEN_QUEUE && model->queue.marked_count) {
		act_on(model, &(struct change){.kind = CHANGE_CLAIM}, call->ticket, effects);
		return;
	}
	claim_ask(model, call->ticket, false, effects);
}

/* At the end of a shift: what is assigned, not held, goes back to its team. */
static void give_back(struct model *model, int64_t ticket, struct effects *effects)
{
	struct shift_item item = shift_item(model, model->lists[SCREEN_SHIFT].cursor);
	if (!item.row) {
		notice_say(model,
			_("there is nothing to let go: the draft stays, and whoever takes the "
			  "ticket can adopt it"));
		return;
	}
	int64_t team = item.row->ticket.team ? item.row->ticket.team : TEAM_NONE;
	struct change change = {.kind = CHANGE_TRANSFER, .team = team};
	act_on(model, &change, ticket, effects);
}

void claim_release(struct model *model, const struct call *call, struct effects *effects)
{
	const struct held *held = claims_get(model, call->ticket);
	struct change change = {.kind = CHANGE_RELEASE};
	bool is_one = model->screen != SCREEN_QUEUE || model->queue.marked_count == 0;
	if (held && is_one) {
		change.generation = held->generation;
	}
	if (model->screen == SCREEN_SHIFT && !held) {
		give_back(model, call->ticket, effects);
		return;
	}
	act_on(model, &change, call->ticket, effects);
}

/* The text being written has no claim any more. */
static void claim_for_text(
	struct model *model, int64_t ticket, bool separate, struct effects *effects)
{
	struct compose *compose = &model->compose;
	int64_t merged_into = compose_merged_into(model);
	if (merged_into && !compose_is_sending(model)) {
		compose_carry(model, merged_into, compose->kind, effects);
		return;
	}
	if (compose->hold == HOLD_MOVED) {
		compose_move_here(model, effects);
	}
	if (compose->kind == DRAFT_REPLY && compose->hold != HOLD_MINE) {
		compose->hold = HOLD_CLAIMING;
		claim_ask(model, ticket, separate, effects);
		ticket_ask(model, effects);
	}
}

void claim_again(struct model *model, const struct call *call, struct effects *effects)
{
	claim_for_text(model, call->ticket, false, effects);
}

void claim_separately(struct model *model, const struct call *call, struct effects *effects)
{
	claim_for_text(model, call->ticket, true, effects);
}

static void take_over_confirmed(struct model *model, const struct prompt *prompt, const char *text,
	const struct prompt_item *item, struct effects *effects)
{
	(void)text;
	if (item->value) {
		act_on(model, &(struct change){.kind = CHANGE_TAKE_OVER}, prompt->change.ticket,
			effects);
	}
}

void claim_take_over(struct model *model, const struct call *call, struct effects *effects)
{
	(void)effects;
	void *work = mem_context(NULL);
	const struct ticket_row *row = model_row(model, call->ticket);
	const struct claim *claim = row ? model_holder(model, row) : NULL;
	const char *title = claim ? words_put(work, _("Take {0} over from {1}?"),
					    words_number(work, call->ticket),
					    model_login(model, claim->operator_id), NULL)
				  : words_put(work, _("Take {0} over?"),
					    words_number(work, call->ticket), NULL);
	struct prompt *prompt = prompt_create(model, PROMPT_ASK, title, NULL, take_over_confirmed);
	prompt->change.ticket = call->ticket;
	prompt_yes_no(prompt);
	prompt_ask(model, prompt);
	talloc_free(work);
}
