#include "base/mem.h"
#include "tui/i18n.h"
#include "tui/look.h"
#include "tui/model.h"
#include "tui/words.h"

/* Answers of the desk, each to the part that asked. */

void directory_ask(struct model *model, struct effects *effects)
{
	if (model->directory_request) {
		model->directory_again = true;
		return;
	}
	model->directory_request = request_ask(model, EFFECT_DIRECTORY, effects)->request;
}

void counts_ask(struct model *model, struct effects *effects)
{
	if (model->counts_request) {
		model->counts_again = true;
		return;
	}
	model->counts_request = request_ask(model, EFFECT_COUNTS, effects)->request;
}

static void sign_in(struct model *model, struct effects *effects)
{
	const struct operator_ *operator_ = model_operator(model);
	if (operator_ && operator_->signed_in_at == 0 && !model->is_leaving) {
		struct change change = {.kind = CHANGE_SIGN_IN};
		request_apply(model, &change, 1, NULL, effects);
	}
}

static void directory_came(struct model *model, struct response *response, struct effects *effects)
{
	if (response->effect->request != model->directory_request) {
		return;
	}
	model->directory_request = 0;
	if (!response->ok) {
		notice_error(model, &response->err);
		return;
	}
	bool is_first = !model->directory;
	talloc_free(model->directory);
	model->directory = talloc_steal(model, response->directory);
	if (is_first) {
		look_take(model, effects);
		sign_in(model, effects);
		memos_ask(model, effects);
	}
	pause_follow(model, effects);
	if (model->directory_again) {
		model->directory_again = false;
		directory_ask(model, effects);
	}
}

static void counts_came(struct model *model, struct response *response, struct effects *effects)
{
	if (response->effect->request != model->counts_request) {
		return;
	}
	model->counts_request = 0;
	if (response->ok) {
		model->counts = response->counts;
		model->has_counts = true;
	}
	if (model->counts_again) {
		model->counts_again = false;
		counts_ask(model, effects);
	}
}

static void loads_came(struct model *model, struct response *response, struct effects *effects)
{
	(void)effects;
	prompt_response(model, response);
}

static void page_came(struct model *model, struct response *response, struct effects *effects)
{
	if (!shift_came(model, response, effects)) {
		queue_page_came(model, response, effects);
	}
}

static void rows_came(struct model *model, struct response *response, struct effects *effects)
{
	if (!prompt_response(model, response)) {
		queue_rows_came(model, response, effects);
	}
}

static void draft_saved(struct model *model, struct response *response, struct effects *effects)
{
	compose_stored(model, response, effects);
}

static void draft_moved(struct model *model, struct response *response, struct effects *effects)
{
	if (!response->ok) {
		notice_error(model, &response->err);
	}
	drafts_ask(model, effects);
}

static void draft_adopted(struct model *model, struct response *response, struct effects *effects)
{
	if (!response->ok) {
		notice_error(model, &response->err);
		return;
	}
	char *key = model_key(model, NULL, "continue");
	notice_say(model, words_put(key, _("the text is yours now; {0} continues it"), key, NULL));
	talloc_free(key);
	drafts_ask(model, effects);
	ticket_ask(model, effects);
}

static void renewed(struct model *model, struct response *response, struct effects *effects)
{
	const struct renewal *renewal =
		response->ok ? &response->renewal : &response->effect->renewal;
	claims_renewed(model, renewal, response->ok, &response->err, effects);
}

static void file_attached(struct model *model, struct response *response, struct effects *effects)
{
	(void)effects;
	attach_came(model, response);
}

/* Nobody waits to be told that he was seen. */
static void presence_told(struct model *model, struct response *response, struct effects *effects)
{
	(void)model;
	(void)response;
	(void)effects;
}

typedef void response_fn(struct model *model, struct response *response, struct effects *effects);

static response_fn *const handlers[EFFECT_TYPES] = {
	[EFFECT_DIRECTORY] = directory_came,
	[EFFECT_QUEUE] = page_came,
	[EFFECT_ROWS] = rows_came,
	[EFFECT_NEXT] = next_came,
	[EFFECT_COUNTS] = counts_came,
	[EFFECT_OUTBOX] = outbox_came,
	[EFFECT_PENDING_DROP] = pending_dropped,
	[EFFECT_LOADS] = loads_came,
	[EFFECT_TICKET] = ticket_came,
	[EFFECT_SEARCH] = find_came,
	[EFFECT_DRAFTS] = drafts_came,
	[EFFECT_APPLY] = request_applied,
	[EFFECT_DRAFT_SAVE] = draft_saved,
	[EFFECT_DRAFT_DISCARD] = draft_moved,
	[EFFECT_DRAFT_RESTORE] = draft_moved,
	[EFFECT_DRAFT_ADOPT] = draft_adopted,
	[EFFECT_RENEW] = renewed,
	[EFFECT_ATTACH] = file_attached,
	[EFFECT_FETCH] = file_came,
	[EFFECT_PRESENCE] = presence_told,
	[EFFECT_PRESENCES] = presence_came,
	[EFFECT_MEMOS] = memos_came,
};

void update_response(struct model *model, struct response *response, struct effects *effects)
{
	bool was_down = model->link.down_since != 0;
	uint64_t request = response->effect->request;
	bool is_settled = response->ok || response->err.code != ERROR_UNCERTAIN;
	link_answered(model, response);
	handlers[response->effect->type](model, response, effects);
	if (is_settled) {
		keys_replay(model, request, effects);
	}
	if (was_down && model->link.down_since == 0) {
		link_is_back(model, effects);
	}
}
