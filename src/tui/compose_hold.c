#include "base/mem.h"
#include "core/attachment.h"
#include "tui/i18n.h"
#include "tui/model.h"
#include "tui/words.h"

#include <string.h>

/* Whose the text is to write: its claim, and the terminal it is written at. */

/* So long another terminal has to save its last words. */
enum { LOOK_AGAIN_MS = 1000 };

bool compose_is_readable_only(struct model *model, int64_t ticket)
{
	const struct ticket_row *row = model_row(model, ticket);
	const struct claim *claim = row ? model_holder(model, row) : NULL;
	if (!claim || claim->operator_id == model->actor) {
		return false;
	}
	void *work = mem_context(NULL);
	notice_fail(model,
		words_put(work, _("{0} is with {1} since {2}: read only; i writes a note for {1}"),
			words_number(work, ticket), model_login(model, claim->operator_id),
			words_clock(work, &model->zone, claim->since), NULL));
	talloc_free(work);
	return true;
}

void compose_hold(struct model *model, struct effects *effects)
{
	struct compose *compose = &model->compose;
	const struct held *held = claims_get(model, compose->ticket);
	if (compose->kind != DRAFT_REPLY) {
		compose->hold = HOLD_NONE;
	} else if (held && held->active_at && held->expires_at > model->now) {
		compose->hold = HOLD_MINE;
		compose->generation = held->generation;
		claims_active(model, compose->ticket, effects);
	} else {
		compose->hold = HOLD_CLAIMING;
		compose->was_elsewhere = held != NULL;
		claim_ask(model, compose->ticket, false, effects);
	}
}

void compose_claimed(struct model *model, int64_t ticket, int64_t generation)
{
	struct compose *compose = &model->compose;
	bool is_it = compose->ticket == ticket && compose->kind == DRAFT_REPLY;
	if (is_it && compose->hold != HOLD_MOVED) {
		compose->look_at = compose->was_elsewhere ? model->now + LOOK_AGAIN_MS : 0;
		compose->was_elsewhere = false;
		compose->hold = HOLD_MINE;
		compose->generation = generation;
	}
}

void compose_unclaimed(struct model *model, int64_t ticket, enum hold hold, const char *why)
{
	struct compose *compose = &model->compose;
	if (compose->ticket != ticket || compose->kind != DRAFT_REPLY) {
		return;
	}
	compose->hold = hold;
	char *copy = mem_strdup(model, why);
	talloc_free(compose->hold_why);
	compose->hold_why = copy;
	if (screen_is_review(model->screen)) {
		review_check(model);
	}
}

int64_t compose_merged_into(const struct model *model)
{
	const struct ticket_row *row = model_row(model, model->compose.ticket);
	return row ? row->ticket.merged_into : 0;
}

/* --- one text, several terminals of one operator --- */

void compose_moved(struct model *model, int64_t ticket, const char *why, struct effects *effects)
{
	struct compose *compose = &model->compose;
	bool is_told = compose->hold == HOLD_MOVED && strcmp(compose->hold_why, why) == 0;
	if (compose->ticket != ticket || is_told || compose->send_request) {
		return;
	}
	compose->hold = HOLD_MOVED;
	compose->unstored_since = compose->unspooled_since = 0;
	char *copy = mem_strdup(model, why);
	talloc_free(compose->hold_why);
	compose->hold_why = copy;
	notice_fail(model, why);
	effects_add(effects, EFFECT_BELL);
	if (screen_is_review(model->screen)) {
		review_check(model);
	}
}

void compose_differs(struct model *model, const char *why, struct effects *effects)
{
	struct compose *compose = &model->compose;
	void *work = mem_context(NULL);
	if (compose->handed_by) {
		why = words_put(work,
			_("{0} handed this over with a text begun: at the desk it stands behind "
			  "yours ({1} brings both here)"),
			model_login(model, compose->handed_by),
			model_key(model, work, "claim-again"), NULL);
	}
	compose_moved(model, compose->ticket, why, effects);
	talloc_free(work);
}

/* The save may have been refused before the feed told why. */
void compose_handed(struct model *model, int64_t ticket, int64_t by, struct effects *effects)
{
	struct compose *compose = &model->compose;
	if (compose->ticket != ticket || compose->kind != DRAFT_REPLY) {
		return;
	}
	compose->handed_by = by;
	if (compose->hold == HOLD_MOVED) {
		compose_differs(model, compose->hold_why, effects);
	}
}

void compose_move_here(struct model *model, struct effects *effects)
{
	struct compose *compose = &model->compose;
	compose->wants_stored = true;
	compose->was_elsewhere = true;
	compose->handed_by = 0;
	talloc_free(compose->known);
	compose->known = NULL;
	compose->hold = HOLD_NONE;
	if (compose->kind != DRAFT_REPLY) {
		ticket_ask(model, effects);
	}
}

bool compose_is_closed(struct model *model)
{
	if (compose_is_sending(model)) {
		return true;
	}
	if (model->compose.hold == HOLD_MOVED) {
		notice_fail(model, model->compose.hold_why);
	}
	return model->compose.hold == HOLD_MOVED;
}

static const struct draft *stored_draft(const struct model *model, const struct ticket_view *view)
{
	const struct compose *compose = &model->compose;
	for (size_t i = 0; i < view->draft_count; i++) {
		const struct draft *draft = &view->drafts[i];
		bool is_it = draft->operator_id == model->actor && draft->kind == compose->kind;
		if (is_it && (!compose->note || compose->note == draft->seen)) {
			return draft;
		}
	}
	return NULL;
}

/* What the desk has takes the place of an older copy; words typed meanwhile stay, below it or one
 * undo away. */
static void take_stored(struct model *model, const struct draft *draft)
{
	struct compose *compose = &model->compose;
	const char *text = editor_text(compose->editor);
	bool is_newer = draft->updated_at > compose->saved_at;
	if (!is_newer || strcmp(text, draft->text) == 0) {
		return;
	}
	bool adds =
		compose->saved_at == 0 && compose->is_touched && !editor_is_blank(compose->editor);
	char *whole = adds ? mem_printf(NULL, "%s\n\n%s", draft->text, text)
			   : mem_strdup(NULL, draft->text);
	editor_replace(compose->editor, whole);
	editor_move(compose->editor, MOVE_TEXT_END);
	talloc_free(whole);
	talloc_free(compose->address);
	compose->address = mem_strdup(model, draft->address);
	compose->attachments = attachment_list_copy(compose->editor, &draft->attachments);
	compose->is_touched = true;
	compose->is_stored = true;
	compose->saved_at = draft->updated_at;
	if (adds) {
		compose_changed(model);
	}
	notice_say(model, _("here is what you wrote on the other terminal"));
}

void compose_shown(struct model *model, const struct ticket_view *view)
{
	struct compose *compose = &model->compose;
	if (compose->begun == 0) {
		compose->begun = view->revision;
	}
	if (compose->seen == 0) {
		compose->seen = view->row.ticket.newest_public;
		compose->acknowledged = compose->seen;
	}
	const struct draft *draft = stored_draft(model, view);
	if (compose->wants_stored && model->ticket.request == 0) {
		compose->wants_stored = compose->look_at != 0;
		if (draft && compose->store_request == 0) {
			take_stored(model, draft);
		}
	}
}
