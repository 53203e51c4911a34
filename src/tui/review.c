#include "tui/review.h"

#include "base/mem.h"
#include "tui/i18n.h"
#include "tui/model.h"
#include "tui/words.h"

#include <string.h>

/* The review: shown, scrolled, and what it leads to. */

void review_open(struct model *model, struct effects *effects)
{
	struct compose *compose = &model->compose;
	compose_save(model, true, effects);
	compose->review.shown_at = model->now;
	compose->review.top = -1;
	talloc_free(compose->review.refusal);
	compose->review.refusal = NULL;
	screen_show(model, compose->kind == DRAFT_REPLY ? SCREEN_REVIEW : SCREEN_NOTE_REVIEW);
	review_check(model);
}

void review_scroll(struct model *model, long pages)
{
	struct review_lines *lines = review_lines_create(NULL, model);
	long step = (long)lines->rows - (lines->rows > 1);
	long top = (long)lines->top + pages * step;
	model->compose.review.top = top > 0 ? top : 0;
	talloc_free(lines);
}

/* --- the send --- */

static bool is_reason(const struct error *err, const char *reason)
{
	return err->reason && strcmp(err->reason, reason) == 0;
}

static bool is_about_the_claim(const struct error *err)
{
	return is_reason(err, "stale") || is_reason(err, "held") || is_reason(err, "covered");
}

/* Why stays in the review until the next try; a lost claim and news have warnings of their own. */
static void refused_here(struct model *model, const struct error *err, struct effects *effects)
{
	struct compose *compose = &model->compose;
	char *why = words_error(NULL, err);
	/* What was typed ahead was for another screen, and must not answer this one. */
	model->keys.ahead_count = 0;
	compose->review.shown_at = model->now;
	if (is_about_the_claim(err)) {
		claims_drop(model, compose->ticket, effects);
		compose_unclaimed(model, compose->ticket, HOLD_LOST, why);
	} else if (!is_reason(err, "unseen")) {
		compose->review.refusal = mem_strdup(model, why);
	}
	ticket_ask(model, effects);
	if (screen_is_review(model->screen)) {
		review_check(model);
	}
	talloc_free(why);
}

/* Recorded is not sent: spoken answers went out when they were given, others need a delivery. */
static bool goes_out(struct model *model, int64_t ticket)
{
	const struct ticket_row *row = model_row(model, ticket);
	return (row && channel_is_spoken(row->ticket.channel)) || !model->directory ||
	       model->directory->settings.delivery;
}

/* Written here, to be sent when the desk can be reached. */
static void say_kept(struct model *model, const struct change *change)
{
	void *work = mem_context(NULL);
	const char *pattern = change->kind == CHANGE_NOTE
				      ? _("no connection: the note is kept and sent later ({0})")
				      : _("no connection: the reply is kept and sent later ({0})");
	notice_say(model, words_put(work, pattern, model_key(model, work, "outbox"), NULL));
	talloc_free(work);
}

static void say_sent(struct model *model, const struct change *change)
{
	/* TRANSLATORS: {0} is "reply sent" or "reply kept, this desk sends no mail", {1} a key */
	static const char *const replies[] = {
		[OUTCOME_NONE] = "",
		[OUTCOME_WAIT] = N_("{0}; waits for the customer ({1} takes it back)"),
		[OUTCOME_RESOLVE] = N_("{0}; resolved ({1} takes it back)"),
		[OUTCOME_STAY_OPEN] = N_("{0}; stays open ({1} takes it back)"),
	};
	if (change->kind != CHANGE_REPLY) {
		notice_say(model, change->kind == CHANGE_NOTE
					  ? _("note written")
					  : _(change_kinds[change->kind].summary));
		return;
	}
	const char *what = goes_out(model, change->ticket)
				   ? _("reply sent")
				   : _("reply kept, this desk sends no mail");
	void *work = mem_context(NULL);
	notice_undoable(model, words_put(work, _(replies[change->outcome]), what,
				       model_key(model, work, "undo"), NULL));
	talloc_free(work);
}

static void leave_ticket(struct model *model)
{
	while (model->screen == SCREEN_TICKET) {
		screen_back(model);
	}
}

/* What is there of this text now: in the editor, or put away; NULL: nothing. */
static const char *text_now(const struct model *model, int64_t ticket, enum draft_kind kind)
{
	const struct compose *compose = &model->compose;
	if (compose->ticket == ticket && compose->kind == kind) {
		return editor_text(compose->editor);
	}
	const struct draft *draft = drafts_find(model, ticket, kind);
	return draft ? draft->text : NULL;
}

static const enum change_kind changes_of[] = {[DRAFT_REPLY] = CHANGE_REPLY,
	[DRAFT_NOTE] = CHANGE_NOTE,
	[DRAFT_CUSTOMER_NOTE_EDIT] = CHANGE_CUSTOMER_NOTE_EDIT};

static enum draft_kind kind_of(const struct change *change)
{
	size_t kind = DRAFT_REPLY;
	while (changes_of[kind] != change->kind) {
		kind++;
	}
	return (enum draft_kind)kind;
}

/* A note on a customer names no ticket: its text is a draft of the one it was begun on. */
static int64_t ticket_of(const struct model *model, const struct change *change)
{
	const struct compose *compose = &model->compose;
	if (change->kind != CHANGE_CUSTOMER_NOTE_EDIT) {
		return change->ticket;
	}
	if (compose->kind == DRAFT_CUSTOMER_NOTE_EDIT && compose->note == change->note) {
		return compose->ticket;
	}
	for (size_t i = 0; i < model->drafts.count; i++) {
		const struct draft *draft = &model->drafts.items[i];
		if (draft->kind == DRAFT_CUSTOMER_NOTE_EDIT && draft->seen == change->note &&
			draft->operator_id == model->actor) {
			return draft->ticket;
		}
	}
	return 0;
}

/* The answer came so late that the operator has gone on writing: what he has now did not go out,
 * and the desk, which dropped its copy with the reply, gets it again. */
static void keep_what_is_there(
	struct model *model, int64_t ticket, enum draft_kind kind, struct effects *effects)
{
	const struct draft *draft = drafts_find(model, ticket, kind);
	if (model->compose.ticket == ticket && model->compose.kind == kind) {
		compose_changed(model);
	} else if (draft) {
		draft_store(model, draft, effects);
	}
}

static void drop_what_was_sent(
	struct model *model, int64_t ticket, enum draft_kind kind, struct effects *effects)
{
	struct effect *effect = effects_add(effects, EFFECT_SPOOL_REMOVE);
	effect->draft = (struct draft){.ticket = ticket, .operator_id = model->actor, .kind = kind};
	drafts_forget(model, ticket, kind);
}

static void sent(struct model *model, const struct applied *applied, struct effects *effects)
{
	const struct change *change = &applied->changes[0];
	enum draft_kind kind = kind_of(change);
	int64_t ticket = ticket_of(model, change);
	bool is_shown = ticket && model->compose.ticket == ticket && model->compose.kind == kind;
	if (is_shown) {
		model->compose.send_request = 0;
	}
	if (!applied->ok || !applied->results[0].ok) {
		const struct error *err = applied->ok ? &applied->results[0].err : applied->err;
		notice_error(model, err);
		if (is_shown) {
			refused_here(model, err, effects);
		}
		return;
	}
	const char *text = text_now(model, ticket, kind);
	if (text && strcmp(text, change->text) != 0) {
		is_shown = false;
		keep_what_is_there(model, ticket, kind, effects);
	} else {
		drop_what_was_sent(model, ticket, kind, effects);
	}
	queue_touch(model, &(struct touched){ticket, model->actor, (int)change->kind}, 0);
	queue_ask(model, effects);
	bool is_queued = applied->results[0].is_queued;
	if (is_queued) {
		say_kept(model, change);
	} else {
		say_sent(model, change);
	}
	if (is_shown) {
		compose_close(model);
	}
	if (kind == DRAFT_REPLY) {
		claims_drop(model, change->ticket, effects);
		if (!is_queued) {
			undo_offer(model, applied);
		}
	}
	if (kind == DRAFT_REPLY && change->outcome != OUTCOME_STAY_OPEN && is_shown) {
		leave_ticket(model);
	} else {
		ticket_ask(model, effects);
	}
}

/* Something came after the review was shown: it is shown first, the next key sends. */
static bool must_show_news(struct model *model)
{
	const struct compose *compose = &model->compose;
	const struct ticket_view *view = model->ticket.view;
	return compose->kind == DRAFT_REPLY && view &&
	       view->row.ticket.newest_public > compose->acknowledged;
}

void review_send(struct model *model, enum outcome outcome, int64_t reason, struct effects *effects)
{
	struct compose *compose = &model->compose;
	if (must_show_news(model)) {
		review_check(model);
		notice_fail(model, _("something new was written; read it, then send again"));
		return;
	}
	if (compose_is_sending(model)) {
		return;
	}
	talloc_free(compose->review.refusal);
	compose->review.refusal = NULL;
	review_check(model);
	if (compose->review.is_blocked) {
		notice_fail(model, _("this cannot be sent yet; see the marks with \"!\""));
		return;
	}
	const struct ticket_row *row = model_row(model, compose->ticket);
	struct held *held = claims_find(model, compose->ticket);
	struct change change = {.kind = changes_of[compose->kind],
		.ticket = compose->ticket,
		.text = editor_text(compose->editor),
		.attachments = compose->attachments};
	if (compose->kind == DRAFT_CUSTOMER_NOTE_EDIT) {
		change.ticket = 0;
		change.customer = row ? row->ticket.customer : 0;
		change.note = compose->note;
	} else if (compose->kind == DRAFT_REPLY) {
		if (held) {
			claims_end_span(model, held, effects);
		}
		change.address = compose->address && *compose->address ? compose->address : NULL;
		change.outcome = (int)outcome;
		change.reason = reason;
		change.seen = compose->acknowledged;
		change.generation = compose->generation;
	}
	compose->sent_at = model->now;
	compose->send_request = request_apply(model, &change, 1, sent, effects);
	model->keys.awaited = compose->send_request;
}
