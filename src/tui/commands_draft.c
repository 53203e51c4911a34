#include "base/mem.h"
#include "tui/act.h"
#include "tui/i18n.h"
#include "tui/model.h"
#include "tui/words.h"

/* Going on with a draft: mine, one left behind, one from the bin. */

static void draft_effect(struct model *model, enum effect_type type, const struct draft *draft,
	struct effects *effects)
{
	struct effect *effect = request_ask(model, type, effects);
	effect->draft = (struct draft){
		.ticket = draft->ticket, .operator_id = draft->operator_id, .kind = draft->kind};
}

static void adopt_confirmed(struct model *model, const struct prompt *prompt, const char *text,
	const struct prompt_item *item, struct effects *effects)
{
	(void)text;
	if (item->value) {
		struct draft draft = {.ticket = prompt->change.ticket,
			.operator_id = prompt->change.operator_id,
			.kind = (enum draft_kind)prompt->change.note};
		draft_effect(model, EFFECT_DRAFT_ADOPT, &draft, effects);
	}
}

static void offer_adoption(struct model *model, const struct draft *draft)
{
	char *title = words_put(NULL, _("Make the text of {0} yours?"),
		model_login(model, draft->operator_id), NULL);
	struct prompt *prompt = prompt_create(model, PROMPT_ASK, title, NULL, adopt_confirmed);
	prompt->change.ticket = draft->ticket;
	prompt->change.operator_id = draft->operator_id;
	prompt->change.note = draft->kind;
	prompt_yes_no(prompt);
	prompt_ask(model, prompt);
	talloc_free(title);
}

static void go_on(
	struct model *model, int64_t ticket, enum draft_kind kind, struct effects *effects)
{
	static command_fn *const prompts[] = {[DRAFT_CUSTOMER_NOTE] = write_customer_note,
		[DRAFT_CALL] = write_call,
		[DRAFT_QUESTION] = team_ask,
		[DRAFT_QUESTION_ANSWER] = team_answer,
		[DRAFT_TRANSFER] = team_transfer,
		[DRAFT_ESCALATION] = team_escalate,
		[DRAFT_MEMO] = memo_write_about};
	bool has_prompt = kind < (int)ARRAY_LEN(prompts) && prompts[kind];
	if (has_prompt) {
		prompts[kind](model, &(struct call){.ticket = ticket, .argument = ""}, effects);
	} else {
		compose_open(model, ticket, kind, effects);
	}
}

static void continue_draft(struct model *model, const struct draft *draft, struct effects *effects)
{
	if (draft->discarded_at) {
		draft_effect(model, EFFECT_DRAFT_RESTORE, draft, effects);
		char *key = model_key(model, NULL, "drafts");
		notice_say(model, words_put(key, _("taken out of the bin; {0} lists your drafts"),
					  key, NULL));
		talloc_free(key);
	} else if (draft->operator_id == model->actor) {
		go_on(model, draft->ticket, draft->kind, effects);
	} else {
		offer_adoption(model, draft);
	}
}

const struct draft *draft_selected(const struct model *model)
{
	if (model->screen == SCREEN_SHIFT) {
		return shift_item(model, model->lists[SCREEN_SHIFT].cursor).draft;
	}
	if (model->screen != SCREEN_DRAFTS) {
		return NULL;
	}
	const struct drafts *drafts = model->shows_bin ? &model->bin : &model->drafts;
	size_t at = model->lists[SCREEN_DRAFTS].cursor;
	return at < drafts->count ? &drafts->items[at] : NULL;
}

/* The actor's own before one that somebody else left. */
static const struct draft *draft_on(const struct model *model, int64_t ticket)
{
	const struct draft *others = NULL;
	for (size_t i = 0; i < model->drafts.count; i++) {
		const struct draft *draft = &model->drafts.items[i];
		if (draft->ticket != ticket) {
			continue;
		}
		if (draft->operator_id == model->actor) {
			return draft;
		}
		others = others ? others : draft;
	}
	const struct ticket_view *view = model->ticket.view;
	bool is_open = view && model->ticket.number == ticket;
	for (size_t i = 0; is_open && !others && i < view->draft_count; i++) {
		others = view->drafts[i].operator_id != model->actor ? &view->drafts[i] : NULL;
	}
	return others;
}

/* What is not known here may have been written on another terminal: the desk is asked first. */
void write_continue(struct model *model, const struct call *call, struct effects *effects)
{
	const struct draft *draft = draft_selected(model);
	draft = draft ? draft : draft_on(model, call->ticket);
	if (draft) {
		continue_draft(model, draft, effects);
		return;
	}
	drafts_ask(model, effects);
	model->drafts.continues = call->ticket;
	model->keys.awaited = model->drafts.request;
}

void drafts_continue(struct model *model, struct effects *effects)
{
	const struct draft *draft = draft_on(model, model->drafts.continues);
	if (draft) {
		continue_draft(model, draft, effects);
	} else {
		char *key = model_key(model, NULL, "drafts");
		notice_fail(model,
			words_put(key,
				_("no text waits here to be continued; {0} lists your drafts"), key,
				NULL));
		talloc_free(key);
	}
}
