#include "base/clock.h"
#include "base/mem.h"
#include "tui/frame.h"
#include "tui/i18n.h"
#include "tui/words.h"

/* The status line: the link to the desk, what is mine, what is new. */

enum { SLOW_MS = 1000, GIVEN_UP_MS = 10000 };

static char *seconds(const struct frame *frame, int64_t span_ms)
{
	/* TRANSLATORS: a number with a decimal: put your decimal point between */
	return words_put(frame->mem, _("{0}.{1}"), words_number(frame->mem, span_ms / MS_SECOND),
		words_number(frame->mem, span_ms % MS_SECOND / 100), NULL);
}

/* Without the figures that are others every time. */
static char *calm_link_text(const struct frame *frame)
{
	const struct link *link = &frame->model->link;
	if (!link->down_since) {
		return mem_strdup(frame->mem, _("online"));
	}
	return words_put(frame->mem, _("NO CONNECTION, data of {0}"),
		words_seconds(frame->mem, &frame->model->zone, link->data_at), NULL);
}

/* What the desk is doing, where somebody waits for it. */
static const char *const doings[EFFECT_TYPES] = {
	[EFFECT_QUEUE] = N_("fetching the list…"),
	[EFFECT_NEXT] = N_("choosing the next…"),
	[EFFECT_TICKET] = N_("fetching the ticket…"),
	[EFFECT_SEARCH] = N_("looking…"),
	[EFFECT_APPLY] = N_("writing…"),
};

/* A server's store says itself when it has tried for long enough. */
static bool is_given_up(const struct link *link, int64_t down_ms)
{
	return link->status.state == LINK_STATE_FILE ? down_ms >= GIVEN_UP_MS
						     : link->status.state == LINK_STATE_OFFLINE;
}

static char *link_text(const struct frame *frame)
{
	const struct model *model = frame->model;
	const struct link *link = &model->link;
	if (model->calm.is_on) {
		return calm_link_text(frame);
	}
	int64_t down = link->down_since ? model->now - link->down_since : 0;
	if (link->down_since && !is_given_up(link, down)) {
		return words_put(frame->mem, _("reconnecting {0} s"),
			words_number(frame->mem, down / MS_SECOND), NULL);
	}
	if (link->down_since) {
		return words_put(frame->mem, _("NO CONNECTION, data of {0}"),
			words_seconds(frame->mem, &model->zone, link->data_at), NULL);
	}
	int64_t waiting = link->outstanding ? model->now - link->oldest_at : 0;
	const char *doing = doings[link->doing[0]];
	if (waiting >= LINK_SLOW_MS && doing) {
		return words_put(frame->mem, _("{0} {1} s, Ctrl-C stops it"), _(doing),
			seconds(frame, waiting), NULL);
	}
	bool is_slow = link->status.state == LINK_STATE_SLOW;
	if (waiting > SLOW_MS || is_slow) {
		int64_t span = waiting > SLOW_MS ? waiting : link->elapsed_ms;
		return words_put(frame->mem, _("slow {0} s"), seconds(frame, span), NULL);
	}
	return words_put(
		frame->mem, _("online {0} ms"), words_number(frame->mem, link->elapsed_ms), NULL);
}

static const char *counted(const struct frame *frame, size_t count, const char *pattern)
{
	return count ? words_put(
			       frame->mem, pattern, words_number(frame->mem, (int64_t)count), NULL)
		     : "";
}

char *frame_news(const struct frame *frame, size_t count)
{
	/* TRANSLATORS: {1} is a key */
	return words_put(frame->mem,
		ngettext("+{0} new ({1} shows)", "+{0} new ({1} shows)", count),
		words_number(frame->mem, (int64_t)count),
		model_key(frame->model, frame->mem, "reload"), NULL);
}

static const char *marks_text(const struct frame *frame)
{
	size_t marked = frame->model->queue.marked_count;
	size_t outside = queue_marked_outside(frame->model);
	const char *text = counted(frame, marked, ngettext("{0} marked", "{0} marked", marked));
	if (outside) {
		text = mem_printf(frame->mem, "%s, %s", text,
			counted(frame, outside,
				frame->model->queue.filter ? _("{0} outside the filter")
							   : _("{0} outside the list")));
	}
	return text;
}

static const char *place_text(const struct frame *frame)
{
	const struct model *model = frame->model;
	const struct talk *talk = model->ticket.talk;
	if (model->screen != SCREEN_TICKET || !talk || talk->entry_count == 0) {
		return "";
	}
	size_t bottom = model->ticket.top + (size_t)ticket_talk_rows(model);
	size_t at = 0;
	while (at < talk->entry_count && talk->entries[at].first_line < bottom) {
		at++;
	}
	return words_put(frame->mem, _("text {0}/{1}"), words_number(frame->mem, (int64_t)at),
		words_number(frame->mem, (int64_t)talk->entry_count), NULL);
}

enum { TOUR_KEYS_FROM = 72 };

/* The first steps stand here instead, but never over an outage. */
static bool put_tour(const struct frame *frame)
{
	const struct model *model = frame->model;
	char *step = tour_text(model, frame->mem);
	if (!step || model->link.down_since) {
		return false;
	}
	frame_ends(frame, model->rows - 2, STYLE_NEW, step,
		model->columns >= TOUR_KEYS_FROM ? _("g t next · g T ends") : "");
	return true;
}

/* What a server's desk has not got yet, or did not take; how far the first copy is. */
static char *join_waiting(const struct frame *frame, char *line)
{
	const struct link_status *status = &frame->model->link.status;
	line = frame_join(frame, line, counted(frame, status->waiting, _("{0} to send")));
	line = frame_join(frame, line,
		counted(frame, status->refused,
			ngettext("{0} came back", "{0} came back", status->refused)));
	if (status->is_syncing && status->total) {
		line = frame_join(frame, line,
			words_put(frame->mem,
				/* How many there are is not known at once. */
				status->total > status->synced ? _("fetching {0}/{1}")
							       : _("fetching {0}…"),
				words_number(frame->mem, (int64_t)status->synced),
				words_number(frame->mem, (int64_t)status->total), NULL));
	}
	return line;
}

void frame_status(const struct frame *frame)
{
	const struct model *model = frame->model;
	if (put_tour(frame)) {
		return;
	}
	size_t claims = model->claims.count;
	size_t drafts = drafts_count(model);
	size_t news = model->screen == SCREEN_QUEUE ? model->queue.news_count : 0;
	char *line = link_text(frame);
	line = join_waiting(frame, line);
	line = frame_join(frame, line, counted(frame, claims, _("{0} with you")));
	line = frame_join(
		frame, line, counted(frame, drafts, ngettext("{0} draft", "{0} drafts", drafts)));
	size_t unread = (size_t)model->memos.list.unread;
	line = frame_join(
		frame, line, counted(frame, unread, ngettext("{0} memo", "{0} memos", unread)));
	line = frame_join(frame, line, news ? frame_news(frame, news) : "");
	line = frame_join(frame, line, marks_text(frame));
	if (model->screen == SCREEN_QUEUE && *model->queue.filter_text) {
		line = frame_join(frame, line,
			words_put(frame->mem, _("filter: {0}"), model->queue.filter_text, NULL));
	}
	if (model->screen == SCREEN_QUEUE && tour_is_offered(model)) {
		line = frame_join(frame, line,
			words_put(frame->mem, _("first time? {0} shows the way"),
				model_key(model, frame->mem, "tour"), NULL));
	}
	enum style style = model->link.down_since ? STYLE_ALERT : STYLE_STATUS;
	frame_ends(frame, model->rows - 2, style, line, place_text(frame));
}
