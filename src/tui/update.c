#include "tui/update.h"

#include "base/clock.h"
#include "base/mem.h"
#include "tui/i18n.h"
#include "tui/model.h"
#include "tui/words.h"

/* The one place where messages come in. */

enum { SPOOL_AGAIN_MS = 5000 };

static void on_key(struct model *model, struct msg *msg, struct effects *effects)
{
	update_key(model, &msg->key, effects);
}

static void on_paste(struct model *model, struct msg *msg, struct effects *effects)
{
	update_paste(model, msg->text, effects);
}

static void on_line(struct model *model, struct msg *msg, struct effects *effects)
{
	update_line(model, msg->line.text, msg->line.is_scripted, effects);
}

static void on_resize(struct model *model, struct msg *msg, struct effects *effects)
{
	(void)effects;
	if (model->linear.is_on) {
		model->linear.columns = msg->size.columns;
		return;
	}
	model->columns = msg->size.columns;
	model->rows = msg->size.rows;
	queue_resize(model);
	compose_resize(model);
	preview_follow(model);
}

static void on_tick(struct model *model, struct msg *msg, struct effects *effects)
{
	(void)msg;
	(void)model;
	(void)effects; /* what is due is done after every message */
}

static void on_feed(struct model *model, struct msg *msg, struct effects *effects)
{
	update_feed(model, msg, effects);
}

static void on_response(struct model *model, struct msg *msg, struct effects *effects)
{
	update_response(model, &msg->response, effects);
}

static void on_spooled(struct model *model, struct msg *msg, struct effects *effects)
{
	drafts_recover(model, &msg->drafts, effects);
}

static void on_history(struct model *model, struct msg *msg, struct effects *effects)
{
	(void)effects;
	history_load(model, &model->history, msg->text);
}

/* Said at every text that is not safe, so that the next key does not make it forgotten; and tried
 * again, for disks are made room on. */
static void on_spool_failed(struct model *model, struct msg *msg, struct effects *effects)
{
	(void)effects;
	int64_t again_at = model->now + SPOOL_AGAIN_MS;
	struct compose *compose = &model->compose;
	notice_error(model, &msg->err);
	if (compose->ticket && compose->hold != HOLD_MOVED && compose->unspooled_since == 0) {
		compose->unspooled_since = again_at;
	}
	if (model->jot.text && model->jot.unspooled_since == 0) {
		model->jot.unspooled_since = again_at;
	}
}

static void on_edited(struct model *model, struct msg *msg, struct effects *effects)
{
	compose_edited(model, msg, effects);
}

static void on_paths(struct model *model, struct msg *msg, struct effects *effects)
{
	(void)effects;
	talloc_free(model->start.paths);
	model->start.paths = talloc_steal(model, msg->text);
	prompt_offer(model);
}

/* The terminal is gone: nothing waits, all is kept. */
static void on_hangup(struct model *model, struct msg *msg, struct effects *effects)
{
	(void)msg;
	compose_save(model, true, effects);
	jot_save(model, true, effects);
	if (model->linear.is_on && !compose_is_empty(model)) {
		notice_kept(model);
	}
	claims_hangup(model, effects);
	presence_leave(model, effects);
	effects_add(effects, EFFECT_QUIT);
	model->is_leaving = true;
}

static void on_link(struct model *model, struct msg *msg, struct effects *effects)
{
	link_came(model, &msg->link, effects);
}

typedef void msg_fn(struct model *model, struct msg *msg, struct effects *effects);

static msg_fn *const handlers[MSG_TYPES] = {
	[MSG_KEY] = on_key,
	[MSG_PASTE] = on_paste,
	[MSG_LINE] = on_line,
	[MSG_RESIZE] = on_resize,
	[MSG_TICK] = on_tick,
	[MSG_FEED] = on_feed,
	[MSG_RESPONSE] = on_response,
	[MSG_SPOOLED] = on_spooled,
	[MSG_HISTORY] = on_history,
	[MSG_SPOOL_FAILED] = on_spool_failed,
	[MSG_EDITED] = on_edited,
	[MSG_PATHS] = on_paths,
	[MSG_LINK] = on_link,
	[MSG_HANGUP] = on_hangup,
};

static void update_tick(struct model *model, struct effects *effects)
{
	compose_save(model, false, effects);
	jot_save(model, false, effects);
	claims_tick(model, effects);
	queue_tick(model, effects);
	ticket_tick(model, effects);
	preview_tick(model, effects);
	presence_tick(model, effects);
	request_tick(model, effects);
}

/* Is the picture to follow what this message does? */
static void owe_picture(struct model *model, const struct msg *msg)
{
	static const bool is_typed[MSG_TYPES] = {
		[MSG_KEY] = true, [MSG_PASTE] = true, [MSG_RESIZE] = true, [MSG_EDITED] = true};
	struct calm_part *calm = &model->calm;
	bool is_settled = model->link.outstanding == 0 && model->preview.ask_at == 0;
	calm->is_owed = is_typed[msg->type] || (calm->is_owed && !is_settled);
	calm->at = calm->is_owed ? model->now : calm->at;
}

/* One line for the first of the tickets that came since the list was shown. */
static void tell_news(struct model *model)
{
	bool has_news = model->queue.news_count > 0;
	bool is_calm = model->calm.is_on || model->linear.is_on;
	if (is_calm && has_news && !model->has_told_news && model->screen == SCREEN_QUEUE) {
		char *key = model_key(model, NULL, "reload");
		notice_say(model, words_put(key, _("a new ticket came; {0} shows it"), key, NULL));
		talloc_free(key);
	}
	model->has_told_news = has_news;
}

void model_update(struct model *model, struct msg *msg, struct effects *effects)
{
	size_t before = effects->count;
	model->now = msg->now > model->now ? msg->now : model->now;
	notices_expire(model);
	owe_picture(model, msg);
	handlers[msg->type](model, msg, effects);
	tour_watch(model, effects);
	claims_watch(model, model_work(model), effects);
	if (!model->is_leaving) {
		update_tick(model, effects);
	}
	ticket_layout(model);
	preview_layout(model);
	link_asked(model, effects, before);
	tell_news(model);
	linear_tell(model, effects);
	model->is_dirty = true;
}

void model_start(struct model *model, struct effects *effects)
{
	size_t before = effects->count;
	directory_ask(model, effects);
	queue_reload(model, effects);
	counts_ask(model, effects);
	drafts_ask(model, effects);
	link_asked(model, effects, before);
}

void model_tell(struct model *model, const struct error *err)
{
	notice_error(model, err);
}

static void earliest(int64_t *first, int64_t at)
{
	if (at && (*first == 0 || at < *first)) {
		*first = at;
	}
}

int64_t model_deadline(const struct model *model)
{
	int64_t clock = (model->now / MS_MINUTE + 1) * MS_MINUTE; /* on row 0 */
	bool is_still = model->linear.is_on || model->calm.is_on;
	int64_t first = is_still ? 0 : clock;
	earliest(&first, compose_deadline(model));
	earliest(&first, jot_deadline(model));
	earliest(&first, claims_deadline(model));
	earliest(&first, queue_deadline(model));
	earliest(&first, model->ticket.look_at);
	earliest(&first, model->preview.ask_at);
	earliest(&first, presence_deadline(model));
	earliest(&first, request_deadline(model));
	if (model->undo.until_at > model->now) {
		earliest(&first, model->undo.until_at); /* it is offered no longer */
	}
	if (model->link.outstanding && !is_still) {
		int64_t slow_at = model->link.oldest_at + LINK_SLOW_MS;
		earliest(&first, slow_at > model->now ? slow_at : model->now + MS_SECOND);
	}
	return first;
}
