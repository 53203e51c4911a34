#include "base/mem.h"
#include "tui/i18n.h"
#include "tui/model.h"
#include "tui/words.h"

#include <limits.h>
#include <string.h>

/* The list: pages asked for and come, the cursor moved. */

enum { NO_TICKET = -1 };
enum { PAGE_ROWS = 50, WINDOW_PAGES = 4, RELOAD_MAX = 400 };

static size_t page_rows(const struct model *model)
{
	size_t rows = (size_t)model->rows * 2;
	return rows < PAGE_ROWS ? PAGE_ROWS : rows;
}

static struct queue_key key_of(const struct ticket_row *row)
{
	return (struct queue_key){.due_at = row->ticket.due_at,
		.waiting_since = row->ticket.waiting_since,
		.number = row->ticket.number,
		.priority = (int)row->ticket.priority};
}

static void copy_filter(const struct model *model, struct effect *effect)
{
	struct error err = {0};
	struct filter *filter = mem_new(effect, struct filter);
	if (model->queue.filter && filter_parse(filter, model->queue.filter_text, model->directory,
					   zone_offset(&model->zone, model->now), filter, &err)) {
		effect->queue.filter = filter;
	}
}

static struct effect *ask(struct model *model, enum page_wish wish, struct effects *effects)
{
	struct queue_part *queue = &model->queue;
	struct effect *effect = request_ask(model, EFFECT_QUEUE, effects);
	effect->queue = (struct queue_query){
		.list = queue->list, .order = queue->order, .limit = page_rows(model)};
	copy_filter(model, effect);
	queue->request = effect->request;
	queue->wish = wish;
	return effect;
}

static void drop_rows(struct queue_part *queue)
{
	for (size_t i = 0; i < queue->count; i++) {
		talloc_free(queue->rows[i]);
	}
	queue->count = 0;
}

/* From where the window begins, that row included. */
void queue_reload(struct model *model, struct effects *effects)
{
	struct queue_part *queue = &model->queue;
	struct effect *effect = ask(model, PAGE_RELOAD, effects);
	queue->wants_end = false;
	if (queue->count == 0) {
		/* What can be seen, and no more: it is waited for. */
		effect->queue.limit = (size_t)(model->rows > 1 ? model->rows : 1);
	} else if (queue->count > effect->queue.limit) {
		effect->queue.limit = queue->count < RELOAD_MAX ? queue->count : RELOAD_MAX;
	}
	if (queue->has_above && queue->count) {
		bool is_falling = queue->order == ORDER_NEWEST;
		effect->queue.after = key_of(&queue->rows[0]->row);
		effect->queue.after.number += is_falling ? 1 : -1;
		effect->queue.has_after = true;
	}
}

static void reload_from_start(struct model *model, struct effects *effects)
{
	model->queue.has_above = false;
	queue_reload(model, effects);
}

void queue_show(struct model *model, enum queue_list list, struct effects *effects)
{
	struct queue_part *queue = &model->queue;
	queue->places[queue->list] = queue_selected(model);
	queue->list = list;
	drop_rows(queue);
	queue->news_count = 0;
	queue->is_loaded = false;
	queue->cursor = 0;
	queue->top = 0;
	queue->wanted = queue->places[list];
	reload_from_start(model, effects);
	model->keys.awaited = queue->request;
}

static bool set_filter(struct model *model, const char *text, struct error *err)
{
	struct queue_part *queue = &model->queue;
	struct filter *filter = mem_new(model, struct filter);
	if (!model->directory || !filter_parse(filter, text, model->directory,
					 zone_offset(&model->zone, model->now), filter, err)) {
		talloc_free(filter);
		return false;
	}
	char *copy = mem_strdup(model, text);
	talloc_free(queue->filter_text);
	queue->filter_text = copy;
	talloc_free(queue->filter);
	queue->filter = filter;
	if (filter->count == 0) {
		talloc_free(filter);
		queue->filter = NULL;
	}
	return true;
}

/* What is wrong is the word being typed: the list goes by those before it. */
void queue_filter(struct model *model, const char *text, struct effects *effects)
{
	struct queue_part *queue = &model->queue;
	struct error err = {0};
	talloc_free(queue->filter_problem);
	queue->filter_problem = NULL;
	if (!set_filter(model, text, &err)) {
		queue->filter_problem =
			err.text ? words_error(model, &err) : mem_strdup(model, _("not ready yet"));
		const char *blank = strrchr(text, ' ');
		char *before = mem_strndup(NULL, text, blank ? (size_t)(blank - text) : 0);
		bool ok = set_filter(model, before, NULL);
		talloc_free(before);
		if (!ok) {
			return;
		}
	}
	queue->news_count = 0;
	reload_from_start(model, effects);
}

/* --- pages that came --- */

static struct list_row *new_row(const struct model *model, const struct ticket_row *row)
{
	struct list_row *fresh = list_row_create(model, row);
	fresh->look_at = claim_look_at(&row->claim, model->now);
	return fresh;
}

static void set_rows(struct model *model, const struct queue_page *page)
{
	struct queue_part *queue = &model->queue;
	drop_rows(queue);
	queue->rows = mem_grow(model, queue->rows, struct list_row *, page->count + 1);
	for (size_t i = 0; i < page->count; i++) {
		queue->rows[i] = new_row(model, &page->rows[i]);
	}
	queue->count = page->count;
}

/* Rows that are shown already are not added again. */
static size_t fresh_rows(struct model *model, const struct queue_page *page, struct list_row **rows)
{
	size_t count = 0;
	for (size_t i = 0; i < page->count; i++) {
		if (!queue_find(model, page->rows[i].ticket.number)) {
			rows[count++] = new_row(model, &page->rows[i]);
		}
	}
	return count;
}

static void cut_above(struct model *model, size_t count)
{
	struct queue_part *queue = &model->queue;
	for (size_t i = 0; i < count; i++) {
		talloc_free(queue->rows[i]);
	}
	queue->count -= count;
	memmove(queue->rows, queue->rows + count, queue->count * sizeof *queue->rows);
	queue->cursor -= count;
	queue->top -= queue->top < count ? queue->top : count;
	queue->has_above = true;
}

static void add_below(struct model *model, const struct queue_page *page)
{
	struct queue_part *queue = &model->queue;
	struct list_row **rows = mem_array(NULL, struct list_row *, page->count + 1);
	size_t count = fresh_rows(model, page, rows);
	queue->rows = mem_grow(model, queue->rows, struct list_row *, queue->count + count + 1);
	memcpy(queue->rows + queue->count, rows, count * sizeof *rows);
	queue->count += count;
	talloc_free(rows);
	queue->has_below = page->has_more;
	size_t most = page_rows(model) * WINDOW_PAGES;
	if (queue->count > most && queue->cursor > queue->count - most) {
		cut_above(model, queue->count - most);
	}
}

static void add_above(struct model *model, const struct queue_page *page)
{
	struct queue_part *queue = &model->queue;
	struct list_row **rows = mem_array(NULL, struct list_row *, page->count + 1);
	size_t count = fresh_rows(model, page, rows);
	queue->rows = mem_grow(model, queue->rows, struct list_row *, queue->count + count + 1);
	memmove(queue->rows + count, queue->rows, queue->count * sizeof *rows);
	memcpy(queue->rows, rows, count * sizeof *rows);
	queue->count += count;
	queue->cursor += count;
	queue->top += count;
	talloc_free(rows);
	queue->has_above = page->has_more;
	size_t most = page_rows(model) * WINDOW_PAGES;
	while (queue->count > most && queue->count - 1 > queue->cursor) {
		talloc_free(queue->rows[--queue->count]);
		queue->has_below = true;
	}
}

static void reloaded(struct model *model, const struct queue_page *page, bool was_after)
{
	struct queue_part *queue = &model->queue;
	int64_t wanted = queue->wanted ? queue->wanted : queue_selected(model);
	size_t place = queue->cursor > queue->top ? queue->cursor - queue->top : 0;
	set_rows(model, page);
	queue->is_loaded = true;
	queue->news_count = 0;
	queue->has_below = queue->wants_end ? false : page->has_more;
	queue->has_above = queue->wants_end ? page->has_more : was_after;
	if (queue->wants_end && queue->count) {
		queue->cursor = queue->count - 1;
	}
	queue_select(model, queue->wants_end ? 0 : wanted);
	/* Its row stays where it was on the screen. */
	queue->top = queue->cursor > place ? queue->cursor - place : 0;
	queue_resize(model);
	queue->wanted = 0;
	queue->wants_end = false;
}

void queue_page_came(struct model *model, struct response *response, struct effects *effects)
{
	struct queue_part *queue = &model->queue;
	if (response->effect->request != queue->request) {
		return;
	}
	queue->request = 0;
	queue->problem = response->err;
	if (!response->ok) {
		notice_error(model, &response->err);
		return;
	}
	for (size_t i = 0; i < response->page.count; i++) {
		claims_learn(model, &response->page.rows[i].claim, effects);
	}
	if (queue->wish == PAGE_RELOAD) {
		reloaded(model, &response->page, response->effect->queue.has_after);
	} else if (queue->wish == PAGE_BELOW) {
		add_below(model, &response->page);
	} else {
		add_above(model, &response->page);
	}
}

/* --- the cursor --- */

static void ask_more(struct model *model, struct effects *effects)
{
	struct queue_part *queue = &model->queue;
	size_t near = (size_t)model->rows;
	if (queue->request || queue->count == 0) {
		return;
	}
	if (queue->has_below && queue->cursor + near >= queue->count) {
		struct effect *effect = ask(model, PAGE_BELOW, effects);
		effect->queue.after = key_of(&queue->rows[queue->count - 1]->row);
		effect->queue.has_after = true;
	} else if (queue->has_above && queue->cursor < near) {
		struct effect *effect = ask(model, PAGE_ABOVE, effects);
		effect->queue.after = key_of(&queue->rows[0]->row);
		effect->queue.has_after = true;
		effect->queue.backwards = true;
	}
}

/* The row `steps` rows that are still in the list away from the cursor. */
static size_t walk(const struct queue_part *queue, long steps)
{
	long step = steps < 0 ? -1 : 1;
	long left = steps * step;
	size_t target = queue->cursor;
	for (long at = (long)queue->cursor + step; left > 0 && at >= 0 && at < (long)queue->count;
		at += step) {
		if (!queue->rows[at]->is_gone) {
			target = (size_t)at;
			left--;
		}
	}
	return target;
}

/* The operator moved on: rows that left the list go, the new row keeps its place on the screen. */
static void drop_gone(struct queue_part *queue, size_t kept)
{
	size_t to = 0;
	size_t place = kept >= queue->top ? kept - queue->top : 0;
	for (size_t i = 0; i < queue->count; i++) {
		if (queue->rows[i]->is_gone && i != kept) {
			talloc_free(queue->rows[i]);
			continue;
		}
		if (i == kept) {
			queue->cursor = to;
		}
		queue->rows[to++] = queue->rows[i];
	}
	queue->count = to;
	queue->top = queue->cursor > place ? queue->cursor - place : 0;
}

void queue_move(struct model *model, long rows, struct effects *effects)
{
	struct queue_part *queue = &model->queue;
	if (queue->count == 0) {
		return;
	}
	drop_gone(queue, walk(queue, rows));
	queue_resize(model);
	preview_follow(model);
	ask_more(model, effects);
}

void queue_home(struct model *model, struct effects *effects)
{
	struct queue_part *queue = &model->queue;
	if (queue->has_above) {
		queue->cursor = 0;
		queue->wanted = NO_TICKET;
		reload_from_start(model, effects);
		return;
	}
	queue_move(model, -(long)queue->count, effects);
}

void queue_end(struct model *model, struct effects *effects)
{
	struct queue_part *queue = &model->queue;
	if (!queue->has_below) {
		queue_move(model, (long)queue->count, effects);
		return;
	}
	struct effect *effect = ask(model, PAGE_RELOAD, effects);
	effect->queue.after = (struct queue_key){.due_at = INT64_MAX,
		.waiting_since = INT64_MAX,
		.number = queue->order == ORDER_NEWEST ? 0 : INT64_MAX,
		.priority = INT_MAX};
	effect->queue.has_after = true;
	effect->queue.backwards = true;
	queue->wants_end = true;
}
