#include "base/mem.h"
#include "tui/i18n.h"
#include "tui/model.h"
#include "tui/words.h"

/* Changes made by others, and by this operator elsewhere. */

static bool is_of_the_day(enum change_kind kind)
{
	return change_kinds[kind].subject == ON_DESK || change_kinds[kind].subject == ON_OPERATOR;
}

/* A claim of mine that another's change has ended. */
static void check_claim(struct model *model, const struct feed_item *item, struct effects *effects)
{
	bool is_claim = item->kind == CHANGE_TAKE_OVER || item->kind == CHANGE_CLAIM;
	if (is_claim && item->actor != model->actor) {
		claims_taken(model, item->ticket, item->actor, item->revision, effects);
	}
}

static bool ends_work(enum change_kind kind)
{
	return kind == CHANGE_RELEASE || kind == CHANGE_REPLY || kind == CHANGE_RESOLVE ||
	       kind == CHANGE_EXPIRE;
}

/* What is not saved yet is, for the other terminal to go on with. */
static void reply_moved(
	struct model *model, int64_t ticket, const char *why, struct effects *effects)
{
	if (model->compose.ticket == ticket && model->compose.kind == DRAFT_REPLY) {
		compose_save(model, true, effects);
		compose_moved(model, ticket, why, effects);
	}
}

/* Taken up, or ended, by this operator on another terminal. */
static void check_own(struct model *model, const struct feed_item *item, struct effects *effects)
{
	struct held *held = claims_find(model, item->ticket);
	if (!held || item->revision <= held->generation) {
		return;
	}
	bool is_settled = model->compose.send_request == 0;
	if (item->kind == CHANGE_EXPIRE && held->active_at && is_settled) {
		claims_expired(model, item->ticket, effects);
		return;
	}
	if (ends_work(item->kind) && is_settled) {
		claims_drop(model, item->ticket, effects);
		if (item->kind == CHANGE_REPLY) {
			reply_moved(model, item->ticket,
				_("you answered this ticket on another terminal"), effects);
		}
		return;
	}
	if (item->kind == CHANGE_CLAIM && held->active_at && !held->is_asked &&
		item->revision > held->revision) {
		claims_end_span(model, held, effects);
		held->active_at = 0;
		char *key = model_key(model, NULL, "claim-again");
		reply_moved(model, item->ticket,
			words_put(key,
				_("you went on with it on another terminal ({0} brings it here)"),
				key, NULL),
			effects);
		talloc_free(key);
	}
}

static void item_came(struct model *model, const struct feed_item *item, struct effects *effects)
{
	if (is_of_the_day(item->kind)) {
		directory_ask(model, effects);
		return;
	}
	if (item->kind == CHANGE_MEMO || item->kind == CHANGE_MEMO_READ) {
		memos_ask(model, effects);
		return;
	}
	check_claim(model, item, effects);
	if (item->kind == CHANGE_ASK_FOR) {
		line_asked_for(model, item, effects);
	} else if (item->kind == CHANGE_HAND_OVER) {
		line_handed_over(model, item, effects);
	}
	if (item->actor == model->actor || item->kind == CHANGE_EXPIRE) {
		check_own(model, item, effects);
	}
	if (item->ticket && item->kind != CHANGE_WORKED) {
		struct touched touched = {item->ticket, item->actor, (int)item->kind};
		queue_touch(model, &touched, item->customer);
	}
	if (item->other && change_kinds[item->kind].subject == ON_TICKET) {
		struct touched touched = {item->other, item->actor, (int)item->kind};
		queue_touch(model, &touched, 0);
	}
}

static bool concerns(const struct ticket_view *view, int64_t number, const struct feed_item *item)
{
	bool is_it = number && (item->ticket == number || item->other == number);
	return is_it || (view && item->customer && view->row.ticket.customer == item->customer);
}

static void look_again(struct model *model, const struct feed *feed, struct effects *effects)
{
	bool shown = false, beside = false, listed = false;
	for (size_t i = 0; i < feed->count; i++) {
		const struct feed_item *item = &feed->items[i];
		shown |= concerns(model->ticket.view, model->ticket.number, item);
		beside |= concerns(model->preview.view, model->preview.number, item);
		listed |= item->ticket != 0;
	}
	if (shown) {
		ticket_ask(model, effects);
	}
	if (beside) {
		model->preview.ask_at = model->now;
	}
	if (listed) {
		counts_ask(model, effects);
		queue_ask(model, effects);
	}
}

void update_feed(struct model *model, const struct msg *msg, struct effects *effects)
{
	if (!msg->feed.ok) {
		if (model->link.down_since == 0 && model->link.status.state == LINK_STATE_FILE) {
			model->link.down_since = model->now;
			model->link.retry_at = model->now; /* an answer settles whether it is */
			notice_error(model, &msg->feed.err);
		}
		return;
	}
	presence_heard(model, msg->feed.items.presence);
	for (size_t i = 0; i < msg->feed.items.count; i++) {
		item_came(model, &msg->feed.items.items[i], effects);
	}
	if (msg->feed.items.count) {
		look_again(model, &msg->feed.items, effects);
	}
}
