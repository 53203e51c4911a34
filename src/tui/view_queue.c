#include "base/mem.h"
#include "tui/frame.h"
#include "tui/i18n.h"
#include "tui/words.h"

#include <string.h>

/* The queue: tabs, the list, what stands beside it. */

static const struct {
	enum queue_list list;
	const char *name;
} tabs[] = {
	{LIST_QUEUE, N_("Queue")},
	{LIST_MINE, N_("Mine")},
	{LIST_FREE, N_("Free")},
	{LIST_OVERDUE, N_("Overdue")},
	{LIST_WAITING, N_("Waiting")},
	{LIST_SNOOZED, N_("Put off")},
	{LIST_ANSWERED, N_("Answered")},
	{LIST_MENTIONS, N_("Mentions")},
	{LIST_DISCARDED, N_("Discarded")},
};
enum { TABS_ALWAYS = 4 };

static char *tab_text(const struct frame *frame, size_t at)
{
	const struct model *model = frame->model;
	enum queue_list list = tabs[at].list;
	char *text = at < TABS_ALWAYS ? mem_printf(frame->mem, "%zu %s", at + 1, _(tabs[at].name))
				      : mem_strdup(frame->mem, _(tabs[at].name));
	int64_t count = queue_list_count(model, list);
	if (count < 0) {
		return text;
	}
	bool is_alert = list == LIST_OVERDUE && count > 0;
	bool is_capped = list == LIST_OVERDUE && model->counts.overdue_is_capped;
	return mem_printf(frame->mem, "%s %lld%s%s", text, (long long)count, is_capped ? "+" : "",
		is_alert ? "!" : "");
}

static void tab_row(const struct frame *frame)
{
	const struct model *model = frame->model;
	const struct operator_ *operator_ = model_operator(model);
	char *right = mem_strdup(frame->mem, operator_ ? operator_->login : "");
	if (!model->calm.is_on) {
		right = mem_printf(frame->mem, "%s  %s", right,
			words_clock(frame->mem, &model->zone, model->now));
	}
	frame_ends(frame, 0, STYLE_TAB, "", right);
	int room = model->columns - width_text(right, strlen(right)) - 3;
	int column = 1;
	for (size_t i = 0; i < ARRAY_LEN(tabs); i++) {
		bool is_current = tabs[i].list == model->queue.list;
		if (i >= TABS_ALWAYS && !is_current) {
			continue;
		}
		enum style style = is_current ? STYLE_TAB_CURRENT : STYLE_TAB;
		column += canvas_text(
			frame->canvas, 0, column, room - column, style, tab_text(frame, i));
		column += 2;
	}
}

static void separators(const struct frame *frame, const struct layout *layout)
{
	enum { BAR_RUNE = 0x2502 };
	bool is_beside = layout->preview.rows && layout->preview.column > 0;
	for (int row = 1; is_beside && row < layout->status_row; row++) {
		canvas_fill(
			frame->canvas, row, layout->preview.column - 1, 1, STYLE_RULE, BAR_RUNE);
		if (layout->customer.rows) {
			canvas_fill(frame->canvas, row, layout->customer.column - 1, 1, STYLE_RULE,
				BAR_RUNE);
		}
	}
}

/* What is so, and what to do about it. */
static const char *const empty_texts[QUEUE_LISTS] = {
	[LIST_QUEUE] = N_("all is answered: nothing is open"),
	[LIST_MINE] = N_("nothing is with you or assigned to you; {0} takes the next"),
	[LIST_FREE] = N_("nothing is free; 1 shows all that is open"),
	[LIST_OVERDUE] = N_("nothing is past its due time; 1 shows all that is open"),
	[LIST_WAITING] = N_("nothing waits for a customer; 1 shows what is open"),
	[LIST_SNOOZED] = N_("nothing is put off; s z puts a ticket off"),
	[LIST_ANSWERED] = N_("you have answered nothing yet; {0} takes the next"),
	[LIST_MENTIONS] = N_("nobody mentions you; @name in a note mentions somebody"),
	[LIST_DISCARDED] = N_("nothing was discarded; s d discards a ticket"),
};

static const char *empty_text(const struct frame *frame)
{
	const struct model *model = frame->model;
	const struct queue_part *queue = &model->queue;
	if (queue->problem.code) {
		return words_error(frame->mem, &queue->problem);
	}
	if (!queue->is_loaded) {
		return "…";
	}
	if (*queue->filter_text) {
		return _("nothing matches; Esc shows all, / changes the filter");
	}
	return queue->news_count ? words_put(frame->mem, _("something new is there; {0} shows it"),
					   model_key(model, frame->mem, "reload"), NULL)
				 : words_put(frame->mem, _(empty_texts[queue->list]),
					   model_key(model, frame->mem, "next"), NULL);
}

/* In a narrow list the second half, what to do, has a row of its own. */
static void empty_list(const struct frame *frame, const struct area *list)
{
	const char *text = empty_text(frame);
	const char *rest = strstr(text, "; ");
	int room = list->columns - 6;
	canvas_cursor(frame->canvas, list->row, 0);
	if (rest && list->rows > 1 && width_text(text, strlen(text)) > room) {
		canvas_text(frame->canvas, list->row + 1, 5, room, STYLE_DIM, rest + 2);
		text = mem_strndup(frame->mem, text, (size_t)(rest - text));
	}
	canvas_text(frame->canvas, list->row, 5, room, STYLE_DIM, text);
}

void view_queue(const struct frame *frame)
{
	const struct model *model = frame->model;
	const struct queue_part *queue = &model->queue;
	struct layout layout = layout_queue(model->columns, model->rows, model->preview.is_wished);
	struct list_columns columns;
	list_columns(frame, &layout, &columns);
	tab_row(frame);
	if (layout.has_heads) {
		list_heads(frame, &layout, &columns);
	}
	for (int i = 0; i < layout.list.rows; i++) {
		size_t at = queue->top + (size_t)i;
		if (at < queue->count) {
			list_row(frame, &layout, &columns, at, layout.list.row + i);
		}
	}
	if (queue->count == 0) {
		empty_list(frame, &layout.list);
	}
	separators(frame, &layout);
	frame_preview(frame, &layout);
}
