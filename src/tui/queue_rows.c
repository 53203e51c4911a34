#include "tui/queue.h"

#include "base/mem.h"
#include "tui/i18n.h"
#include "tui/model.h"
#include "tui/words.h"

#include <string.h>

/* The window of rows itself: copies, places, what belongs. */

struct list_row *list_row_create(const void *mem, const struct ticket_row *row)
{
	struct list_row *copy = mem_new(mem, struct list_row);
	copy->row = *row;
	char **texts[] = {&copy->row.ticket.subject, &copy->row.ticket.tags, &copy->row.ticket.ref,
		&copy->row.customer_name, &copy->row.customer_address, &copy->row.snippet};
	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		*texts[i] = mem_strdup(copy, *texts[i] ? *texts[i] : "");
	}
	return copy;
}

/* A holder at work always has more than two thirds of the lease before him. */
enum { LEAST_LEFT_MS = 45000 };

int64_t claim_look_at(const struct claim *claim, int64_t now)
{
	if (claim->operator_id == 0) {
		return 0;
	}
	int64_t early = claim->expires_at - LEAST_LEFT_MS;
	return early > now ? early : claim->expires_at > now ? claim->expires_at : 0;
}

struct list_row *queue_row(const struct model *model)
{
	const struct queue_part *queue = &model->queue;
	return queue->cursor < queue->count ? queue->rows[queue->cursor] : NULL;
}

int64_t queue_selected(const struct model *model)
{
	const struct list_row *row = queue_row(model);
	return row ? row->row.ticket.number : 0;
}

static bool index_of(const struct queue_part *queue, int64_t ticket, size_t *index)
{
	for (size_t i = 0; i < queue->count; i++) {
		if (queue->rows[i]->row.ticket.number == ticket) {
			*index = i;
			return true;
		}
	}
	return false;
}

struct list_row *queue_find(const struct model *model, int64_t ticket)
{
	size_t index;
	return index_of(&model->queue, ticket, &index) ? model->queue.rows[index] : NULL;
}

/* The cursor stays in sight. */
static void scroll(struct model *model)
{
	struct queue_part *queue = &model->queue;
	struct layout layout = layout_queue(model->columns, model->rows, model->preview.is_wished);
	size_t rows = layout.list.rows > 0 ? (size_t)layout.list.rows : 1;
	if (queue->cursor >= queue->count) {
		queue->cursor = queue->count ? queue->count - 1 : 0;
	}
	if (queue->cursor < queue->top) {
		queue->top = queue->cursor;
	} else if (queue->cursor >= queue->top + rows) {
		queue->top = queue->cursor - rows + 1;
	}
	if (queue->top + rows > queue->count) {
		queue->top = queue->count > rows ? queue->count - rows : 0;
	}
}

void queue_resize(struct model *model)
{
	scroll(model);
}

void queue_select(struct model *model, int64_t ticket)
{
	size_t index;
	if (index_of(&model->queue, ticket, &index)) {
		model->queue.cursor = index;
	}
	scroll(model);
	preview_follow(model);
}

bool queue_belongs(const struct model *model, const struct ticket_row *row)
{
	const struct claim *claim = model_holder(model, row);
	bool is_open = ticket_is_open(&row->ticket, model->now);
	bool is_mine = claim && claim->operator_id == model->actor;
	switch (model->queue.list) {
	case LIST_QUEUE:
		return is_open;
	case LIST_MINE:
		return is_open &&
		       (is_mine || ticket_assignee(&row->ticket, model->now) == model->actor);
	case LIST_FREE:
		return is_open && !claim && !row->covered_by;
	case LIST_OVERDUE:
		return is_open && row->ticket.due_at <= model->now;
	case LIST_WAITING:
		return row->ticket.state == TICKET_WAITING;
	case LIST_SNOOZED:
		return row->ticket.state == TICKET_SNOOZED && !is_open;
	case LIST_DISCARDED:
		return row->ticket.state == TICKET_DISCARDED;
	case LIST_ANSWERED:
	case LIST_MENTIONS:
	case QUEUE_LISTS:
		break;
	}
	return true; /* only the desk knows: rows stay until R */
}

bool queue_passes_filter(const struct model *model, const struct ticket_row *row)
{
	if (!model->queue.filter) {
		return true;
	}
	const struct claim *claim = model_holder(model, row);
	struct filter_row filter_row = {.ticket = &row->ticket,
		.customer_name = row->customer_name,
		.address = row->customer_address,
		.holder = claim ? claim->operator_id : 0};
	return filter_matches(model->queue.filter, &filter_row, model->actor, model->now);
}

/* --- what changed --- */

static void add_touched(struct model *model, struct touched touched)
{
	struct queue_part *queue = &model->queue;
	for (size_t i = 0; i < queue->touched_count; i++) {
		if (queue->touched[i].ticket == touched.ticket) {
			if (touched.kind) {
				queue->touched[i] = touched;
			}
			return;
		}
	}
	queue->touched = mem_grow(model, queue->touched, struct touched, queue->touched_count + 1);
	queue->touched[queue->touched_count++] = touched;
}

#define IN(list) (1U << (list))
#define OPEN_LISTS (IN(LIST_QUEUE) | IN(LIST_FREE) | IN(LIST_MINE))

/* Which lists a change of a kind can bring a ticket into: others are looked at only when shown. */
static const unsigned brings[CHANGE_KINDS] = {
	[CHANGE_NEW] = OPEN_LISTS,
	[CHANGE_RECEIVE] = OPEN_LISTS,
	[CHANGE_REOPEN] = OPEN_LISTS,
	[CHANGE_WAKE] = OPEN_LISTS,
	[CHANGE_SPLIT] = OPEN_LISTS,
	[CHANGE_UNDO] = OPEN_LISTS,
	[CHANGE_TRANSFER] = OPEN_LISTS,
	[CHANGE_RELEASE] = IN(LIST_FREE),
	[CHANGE_EXPIRE] = IN(LIST_FREE),
	[CHANGE_CLAIM] = IN(LIST_MINE),
	[CHANGE_WAIT] = IN(LIST_WAITING),
	[CHANGE_REPLY] = IN(LIST_WAITING),
	[CHANGE_SNOOZE] = IN(LIST_SNOOZED),
	[CHANGE_DISCARD] = IN(LIST_DISCARDED),
};

static bool may_bring(const struct model *model, int kind)
{
	return kind > 0 && kind < CHANGE_KINDS && (brings[kind] & IN(model->queue.list));
}

/* A message on a ticket that was open all along brings nothing. */
static bool is_news(const struct model *model, const struct ticket_row *row, int kind)
{
	bool was_there = kind == CHANGE_RECEIVE && row->ticket.former_state == TICKET_NO_STATE &&
			 row->ticket.message_count > 1;
	return may_bring(model, kind) && !was_there;
}

void queue_touch(struct model *model, const struct touched *touched, int64_t customer)
{
	struct queue_part *queue = &model->queue;
	if (queue_find(model, touched->ticket) || may_bring(model, touched->kind)) {
		add_touched(model, *touched);
	}
	/* A claim covers the other tickets of its customer. */
	for (size_t i = 0; i < queue->count && customer; i++) {
		const struct ticket *ticket = &queue->rows[i]->row.ticket;
		if (ticket->customer == customer && ticket->number != touched->ticket) {
			add_touched(model, (struct touched){.ticket = ticket->number});
		}
	}
}

void queue_touch_all(struct model *model)
{
	for (size_t i = 0; i < model->queue.count; i++) {
		add_touched(
			model, (struct touched){.ticket = model->queue.rows[i]->row.ticket.number});
	}
}

void queue_tick(struct model *model, struct effects *effects)
{
	for (size_t i = 0; i < model->queue.count; i++) {
		struct list_row *row = model->queue.rows[i];
		if (row->look_at && model->now >= row->look_at) {
			row->look_at = 0;
			add_touched(model, (struct touched){.ticket = row->row.ticket.number});
		}
	}
	queue_ask(model, effects);
}

int64_t queue_deadline(const struct model *model)
{
	int64_t first = 0;
	for (size_t i = 0; i < model->queue.count; i++) {
		int64_t at = model->queue.rows[i]->look_at;
		first = at && (first == 0 || at < first) ? at : first;
	}
	return first;
}

void queue_ask(struct model *model, struct effects *effects)
{
	struct queue_part *queue = &model->queue;
	if (queue->touched_count == 0 || queue->rows_request) {
		return;
	}
	struct effect *effect = request_ask(model, EFFECT_ROWS, effects);
	queue->rows_request = effect->request;
	effect->rows.count = queue->touched_count;
	effect->rows.numbers = mem_array(effect, int64_t, queue->touched_count);
	for (size_t i = 0; i < queue->touched_count; i++) {
		effect->rows.numbers[i] = queue->touched[i].ticket;
	}
	talloc_free(queue->asked);
	queue->asked = queue->touched;
	queue->asked_count = queue->touched_count;
	queue->touched = NULL;
	queue->touched_count = 0;
}

static char *why_gone(const struct model *model, const void *mem, const struct touched *touched)
{
	if (touched->kind <= 0) {
		return mem_strdup(mem, _("left the list"));
	}
	const char *what = _(change_kinds[touched->kind].summary);
	if (touched->actor == 0) {
		return mem_strdup(mem, what);
	}
	/* TRANSLATORS: {0} a colleague or "you", {1} what was done: "replied" */
	return words_put(mem, _("{0}: {1}"), model_login(model, touched->actor), what, NULL);
}

static void add_news(struct model *model, int64_t ticket)
{
	struct queue_part *queue = &model->queue;
	for (size_t i = 0; i < queue->news_count; i++) {
		if (queue->news[i] == ticket) {
			return;
		}
	}
	queue->news = mem_grow(model, queue->news, int64_t, queue->news_count + 1);
	queue->news[queue->news_count++] = ticket;
}

static void drop_news(struct queue_part *queue, int64_t ticket)
{
	for (size_t i = 0; i < queue->news_count; i++) {
		if (queue->news[i] == ticket) {
			queue->news[i] = queue->news[--queue->news_count];
			return;
		}
	}
}

static void row_came(struct model *model, const struct ticket_row *row,
	const struct touched *touched, struct effects *effects)
{
	struct queue_part *queue = &model->queue;
	size_t index;
	bool belongs = queue_belongs(model, row) && queue_passes_filter(model, row);
	claims_learn(model, &row->claim, effects);
	queue_marked_came(model, row);
	if (index_of(queue, row->ticket.number, &index)) {
		struct list_row *fresh = list_row_create(model, row);
		fresh->is_gone = !belongs;
		fresh->look_at = claim_look_at(&row->claim, model->now);
		fresh->why = belongs ? NULL : why_gone(model, fresh, touched);
		talloc_free(queue->rows[index]);
		queue->rows[index] = fresh;
		return;
	}
	if (belongs && queue->is_loaded && is_news(model, row, touched->kind)) {
		add_news(model, row->ticket.number);
	} else if (!belongs) {
		drop_news(queue, row->ticket.number);
	}
}

/* Those not among the answers cannot be seen any more. */
static void mark_unseen(
	struct model *model, const struct touched *touched, const struct queue_page *page)
{
	for (size_t i = 0; i < page->count; i++) {
		if (page->rows[i].ticket.number == touched->ticket) {
			return;
		}
	}
	struct list_row *row = queue_find(model, touched->ticket);
	if (row && !row->is_gone) {
		row->is_gone = true;
		row->why = why_gone(model, row, touched);
	}
	drop_news(&model->queue, touched->ticket);
}

void queue_rows_came(struct model *model, struct response *response, struct effects *effects)
{
	struct queue_part *queue = &model->queue;
	if (response->effect->request != queue->rows_request) {
		return;
	}
	queue->rows_request = 0;
	static const struct touched unknown = {0};
	for (size_t i = 0; response->ok && i < response->page.count; i++) {
		const struct touched *touched = &unknown;
		for (size_t n = 0; n < queue->asked_count; n++) {
			if (queue->asked[n].ticket == response->page.rows[i].ticket.number) {
				touched = &queue->asked[n];
			}
		}
		row_came(model, &response->page.rows[i], touched, effects);
	}
	for (size_t n = 0; response->ok && n < queue->asked_count; n++) {
		mark_unseen(model, &queue->asked[n], &response->page);
	}
	queue_ask(model, effects);
}

int64_t queue_list_count(const struct model *model, enum queue_list list)
{
	const struct counts *counts = &model->counts;
	const int64_t numbers[QUEUE_LISTS] = {
		[LIST_QUEUE] = counts->open,
		[LIST_MINE] = counts->mine,
		[LIST_FREE] = counts->free,
		[LIST_OVERDUE] = counts->overdue,
		[LIST_WAITING] = counts->waiting,
		[LIST_SNOOZED] = counts->snoozed,
	};
	return model->has_counts && list <= LIST_SNOOZED ? numbers[list] : -1;
}
