#include "base/mem.h"
#include "tui/act.h"
#include "tui/command_line.h"
#include "tui/i18n.h"
#include "tui/look.h"
#include "tui/model.h"
#include "tui/words.h"

/* What is shown: lists, screens, panes. */

void show_list(struct model *model, const struct call *call, struct effects *effects)
{
	int list;
	if (!name_find(&queue_list_names, call->argument, &list)) {
		notice_fail(model, _("there is no such list; Tab completes their names"));
		return;
	}
	while (model->screen != SCREEN_QUEUE) {
		screen_back(model);
	}
	queue_show(model, (enum queue_list)list, effects);
}

/* --- filter and find --- */

static void filter_done(struct model *model, const struct prompt *prompt, const char *text,
	const struct prompt_item *item, struct effects *effects)
{
	(void)prompt;
	(void)item;
	if (model->queue.filter_problem) {
		notice_fail(model, model->queue.filter_problem);
		queue_filter(model, model->queue.filter_text, effects);
	} else {
		queue_filter(model, text, effects);
	}
}

static void filter_changed(struct model *model, const char *text, struct effects *effects)
{
	queue_filter(model, text, effects);
	prompt_note(model->prompt, model->queue.filter_problem);
}

void show_filter(struct model *model, const struct call *call, struct effects *effects)
{
	if (*call->argument) {
		queue_filter(model, call->argument, effects);
		return;
	}
	struct prompt *prompt = prompt_create(model, PROMPT_LINE, _("/"), NULL, filter_done);
	editor_set(prompt->line, model->queue.filter_text);
	prompt->changed = filter_changed;
	prompt->cancelled = queue_filter;
	prompt_ask(model, prompt);
}

static void find_done(struct model *model, const struct prompt *prompt, const char *text,
	const struct prompt_item *item, struct effects *effects)
{
	(void)prompt;
	(void)item;
	if (*text) {
		find_ask(model, text, false, effects);
		model->lists[SCREEN_FIND] = (struct list_part){0};
		screen_show(model, SCREEN_FIND);
	}
}

void show_find(struct model *model, const struct call *call, struct effects *effects)
{
	struct prompt *prompt =
		prompt_create(model, PROMPT_LINE, _("find anywhere:"), NULL, find_done);
	if (*call->argument) {
		find_done(model, prompt, call->argument, NULL, effects);
		talloc_free(prompt);
		return;
	}
	prompt_ask(model, prompt);
}

/* --- panes and order --- */

void show_pane(struct model *model, const struct call *call, struct effects *effects)
{
	(void)call;
	(void)effects;
	if (model->screen == SCREEN_TICKET) {
		model->ticket.has_customer = !model->ticket.has_customer;
	} else {
		model->preview.is_wished = !model->preview.is_wished;
		queue_resize(model);
		preview_follow(model);
	}
}

static void set_order(struct model *model, int order, struct effects *effects)
{
	struct queue_part *queue = &model->queue;
	queue->order = (enum queue_order)order;
	queue->has_above = false;
	queue_reload(model, effects);
	notice_say(model, words_order(queue->order));
	look_keep(model, "order", name_of(&queue_order_names, (int)queue->order), effects);
}

static void order_done(struct model *model, const struct prompt *prompt, const char *text,
	const struct prompt_item *item, struct effects *effects)
{
	(void)prompt;
	(void)text;
	set_order(model, (int)item->value, effects);
}

/* The one that is named, else one of a list. */
void show_order(struct model *model, const struct call *call, struct effects *effects)
{
	static const char *const keys[QUEUE_ORDERS] = {
		[ORDER_DUE] = "d",
		[ORDER_WAITING] = "w",
		[ORDER_PRIORITY] = "p",
		[ORDER_NEWEST] = "n",
	};
	int order;
	if (name_find(&queue_order_names, call->argument, &order)) {
		set_order(model, order, effects);
		return;
	}
	struct prompt *prompt = prompt_create(model, PROMPT_KEYS, _("order:"), NULL, order_done);
	for (int i = 0; i < QUEUE_ORDERS; i++) {
		bool is_present = model->queue.order == (enum queue_order)i;
		prompt_add(prompt, keys[i], words_order((enum queue_order)i),
			is_present ? _("as now") : "", i, 0);
	}
	prompt_ask(model, prompt);
}

void show_all(struct model *model, const struct call *call, struct effects *effects)
{
	(void)call;
	if (*model->queue.filter_text) {
		queue_filter(model, "", effects);
	}
}

void show_reload(struct model *model, const struct call *call, struct effects *effects)
{
	(void)call;
	if (model->screen == SCREEN_QUEUE) {
		queue_reload(model, effects);
		counts_ask(model, effects);
	} else if (model->screen == SCREEN_FIND) {
		find_ask(model, model->find.words, false, effects);
	} else if (model->screen == SCREEN_OUTBOX) {
		outbox_ask(model, effects);
	} else if (model->screen == SCREEN_MEMOS) {
		memos_ask(model, effects);
	} else if (model->screen == SCREEN_DRAFTS) {
		drafts_ask(model, effects);
	} else {
		ticket_ask(model, effects);
	}
}

/* --- screens of their own --- */

static void show_texts(struct model *model, bool bin, struct effects *effects)
{
	model->shows_bin = bin;
	drafts_ask(model, effects);
	screen_show(model, SCREEN_DRAFTS);
}

void show_drafts(struct model *model, const struct call *call, struct effects *effects)
{
	(void)call;
	show_texts(model, false, effects);
}

void show_bin(struct model *model, const struct call *call, struct effects *effects)
{
	(void)call;
	show_texts(model, true, effects);
}

void show_messages(struct model *model, const struct call *call, struct effects *effects)
{
	(void)call;
	(void)effects;
	screen_show(model, SCREEN_MESSAGES);
	list_move(model, (long)list_count(model));
}

void show_help(struct model *model, const struct call *call, struct effects *effects)
{
	(void)effects;
	model->help_for = model->screen;
	model->help_ticket = call->ticket;
	talloc_free(model->help_find);
	model->help_find = mem_strdup(model, "");
	screen_show(model, SCREEN_HELP);
}

void show_line(struct model *model, const struct call *call, struct effects *effects)
{
	(void)call;
	command_line_ask(model, effects);
}

void show_palette(struct model *model, const struct call *call, struct effects *effects)
{
	(void)call;
	palette_ask(model, effects);
}

/* --- marks --- */

void mark_one(struct model *model, const struct call *call, struct effects *effects)
{
	queue_mark(model, call->ticket, !queue_is_marked(model, call->ticket));
	queue_move(model, 1, effects);
}

void mark_all(struct model *model, const struct call *call, struct effects *effects)
{
	(void)call;
	(void)effects;
	bool all = true;
	for (size_t i = 0; i < model->queue.count; i++) {
		const struct list_row *row = model->queue.rows[i];
		all = all && (row->is_gone || queue_is_marked(model, row->row.ticket.number));
	}
	for (size_t i = 0; i < model->queue.count; i++) {
		const struct list_row *row = model->queue.rows[i];
		queue_mark(model, row->row.ticket.number, !all && !row->is_gone);
	}
}
