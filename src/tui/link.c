#include "base/mem.h"
#include "tui/act.h"
#include "tui/i18n.h"
#include "tui/model.h"
#include "tui/words.h"

#include <string.h>

/* The way to the desk: what was asked and is not answered, whether it can be reached. */

static void took(struct link *link, int64_t elapsed_ms)
{
	if (link->data_at == 0 || !link_is_steady(link->elapsed_ms, elapsed_ms)) {
		link->elapsed_ms = elapsed_ms;
	}
}

void link_asked(struct model *model, const struct effects *effects, size_t from)
{
	for (size_t i = from; i < effects->count; i++) {
		enum effect_type type = effects->items[i]->type;
		if (!effect_is_for_desk(type) || effect_is_quiet(type)) {
			continue;
		}
		if (model->link.outstanding < LINK_DOING) {
			model->link.doing[model->link.outstanding] = type;
		}
		if (model->link.outstanding++ == 0) {
			model->link.oldest_at = model->now;
		}
	}
}

/* Renewals may overtake what was asked before. */
static void forget_doing(struct link *link, enum effect_type type)
{
	size_t at = 0;
	while (at < LINK_DOING - 1 && link->doing[at] != type) {
		at++;
	}
	memmove(link->doing + at, link->doing + at + 1,
		(LINK_DOING - 1 - at) * sizeof *link->doing);
	link->doing[LINK_DOING - 1] = EFFECT_NONE;
}

void link_answered(struct model *model, const struct response *response)
{
	struct link *link = &model->link;
	if (effect_is_quiet(response->effect->type)) {
		return;
	}
	link->outstanding -= link->outstanding > 0;
	forget_doing(link, response->effect->type);
	link->oldest_at = model->now;
	if (link->status.state != LINK_STATE_FILE) {
		return;
	}
	took(link, response->elapsed_ms);
	bool is_cancelled = response->err.reason && strcmp(response->err.reason, "cancelled") == 0;
	bool is_down = !response->ok && response->err.code == ERROR_UNAVAILABLE && !is_cancelled;
	if (!is_down) {
		link->down_since = 0;
		link->data_at = model->now;
		return;
	}
	if (link->down_since == 0) {
		link->down_since = model->now;
		notice_error(model, &response->err); /* also where who asked says nothing */
	}
	link->retry_at = model->now + LINK_RETRY_MS;
}

/* --- a desk behind a server --- */

/* What is shown is asked for anew. */
static void look_again(struct model *model, struct effects *effects)
{
	if (model->queue.is_loaded) {
		queue_touch_all(model);
		queue_ask(model, effects);
	} else {
		queue_reload(model, effects);
	}
	ticket_ask(model, effects);
	drafts_ask(model, effects);
	counts_ask(model, effects);
	memos_ask(model, effects);
}

void link_is_back(struct model *model, struct effects *effects)
{
	notices_settle(model);
	notice_say(model, _("the desk answers again"));
	look_again(model, effects);
	if (model->compose.hold == HOLD_UNASKED) {
		compose_hold(model, effects);
	}
}

static void say_offline(struct model *model, const struct link_status *status)
{
	void *work = mem_context(NULL);
	const char *why = status->err.code ? words_error(work, &status->err) : "";
	notice_outage(model,
		words_put(work,
			_("no connection: go on reading; notes and replies are kept and sent "
			  "later. {0}"),
			why, NULL));
	talloc_free(work);
}

/* Their texts are drafts again. */
static void say_returned(struct model *model, size_t count, struct effects *effects)
{
	void *work = mem_context(NULL);
	notice_fail(model,
		words_put(work,
			ngettext("{0} text came back: {1} says why, the text is a draft",
				"{0} texts came back: {1} says why, the texts are drafts", count),
			words_number(work, (int64_t)count), model_key(model, work, "outbox"),
			NULL));
	drafts_ask(model, effects);
	talloc_free(work);
}

void link_came(struct model *model, const struct link_status *status, struct effects *effects)
{
	struct link *link = &model->link;
	struct link_status former = link->status;
	bool was_down = link->down_since != 0;
	bool is_down = status->state >= LINK_STATE_RECONNECTING;
	link->status = *status;
	if (status->round_trip_ms >= 0) {
		took(link, status->round_trip_ms);
	}
	link->data_at = status->data_at;
	if (is_down != was_down) {
		link->down_since = is_down ? model->now : 0;
	}
	if (status->state == LINK_STATE_OFFLINE && former.state != LINK_STATE_OFFLINE) {
		say_offline(model, status);
	}
	bool is_back = was_down && !is_down;
	if (is_back && link->was_up) {
		link_is_back(model, effects);
	} else if (is_back || status->waiting < former.waiting) {
		look_again(model, effects);
	}
	link->was_up |= !is_down;
	if (status->refused > former.refused) {
		say_returned(model, status->refused - former.refused, effects);
	}
	if (model->screen == SCREEN_OUTBOX &&
		(status->waiting != former.waiting || status->refused != former.refused)) {
		outbox_ask(model, effects);
	}
}
