#include "tui/shift.h"

#include "base/mem.h"
#include "tui/model.h"
#include "tui/request.h"

#include <string.h>

enum { SHIFT_ROWS = 200 };

static void ask_list(
	struct model *model, enum queue_list list, uint64_t *request, struct effects *effects)
{
	struct effect *effect = request_ask(model, EFFECT_QUEUE, effects);
	effect->queue = (struct queue_query){.list = list, .limit = SHIFT_ROWS};
	if (list == LIST_SNOOZED) {
		struct filter *filter = mem_new(effect, struct filter);
		filter_parse(filter, "assignee:me", model->directory, 0, filter, NULL);
		effect->queue.filter = filter;
	}
	*request = effect->request;
}

void shift_ask(struct model *model, struct effects *effects)
{
	ask_list(model, LIST_SNOOZED, &model->shift.later_request, effects);
	ask_list(model, LIST_MINE, &model->shift.mine_request, effects);
}

static void keep(struct model *model, struct shift_rows *rows, const struct queue_page *page,
	struct effects *effects)
{
	for (size_t i = 0; i < rows->count; i++) {
		talloc_free(rows->items[i]);
	}
	rows->items = mem_grow(model, rows->items, struct list_row *, page->count + 1);
	rows->count = page->count;
	for (size_t i = 0; i < page->count; i++) {
		rows->items[i] = list_row_create(model, &page->rows[i]);
		claims_learn(model, &page->rows[i].claim, effects);
	}
}

bool shift_came(struct model *model, struct response *response, struct effects *effects)
{
	struct shift_part *shift = &model->shift;
	uint64_t request = response->effect->request;
	bool is_mine = request == shift->mine_request;
	if (!is_mine && request != shift->later_request) {
		return false;
	}
	*(is_mine ? &shift->mine_request : &shift->later_request) = 0;
	if (!response->ok) {
		notice_error(model, &response->err);
		return true;
	}
	keep(model, is_mine ? &shift->mine : &shift->later, &response->page, effects);
	list_move(model, 0);
	return true;
}

/* Held ones first, then those assigned. */
static const struct list_row *mine_at(const struct model *model, size_t at, bool *is_held)
{
	const struct shift_rows *mine = &model->shift.mine;
	for (int pass = 0; pass < 2; pass++) {
		for (size_t i = 0; i < mine->count; i++) {
			*is_held = model_is_mine(model, &mine->items[i]->row);
			if (*is_held == (pass == 0) && at-- == 0) {
				return mine->items[i];
			}
		}
	}
	return NULL;
}

static const struct draft *own_draft(const struct model *model, size_t at)
{
	for (size_t i = 0; i < model->drafts.count; i++) {
		const struct draft *draft = &model->drafts.items[i];
		if (draft->operator_id == model->actor && at-- == 0) {
			return draft;
		}
	}
	return NULL;
}

size_t shift_count(const struct model *model)
{
	return model->shift.mine.count + model->shift.later.count + drafts_count(model);
}

struct shift_item shift_item(const struct model *model, size_t at)
{
	const struct shift_part *shift = &model->shift;
	if (at < shift->mine.count) {
		bool is_held;
		const struct list_row *row = mine_at(model, at, &is_held);
		return (struct shift_item){is_held ? SHIFT_HELD : SHIFT_ASSIGNED, &row->row, NULL};
	}
	at -= shift->mine.count;
	if (at < shift->later.count) {
		return (struct shift_item){SHIFT_LATER, &shift->later.items[at]->row, NULL};
	}
	const struct draft *draft = own_draft(model, at - shift->later.count);
	return (struct shift_item){draft ? SHIFT_DRAFT : SHIFT_NONE, NULL, draft};
}

struct shift_totals shift_totals(const struct model *model)
{
	struct shift_totals totals = {
		.later = model->shift.later.count, .drafts = drafts_count(model)};
	for (size_t i = 0; i < model->shift.mine.count; i++) {
		bool is_held = model_is_mine(model, &model->shift.mine.items[i]->row);
		totals.held += is_held;
		totals.assigned += !is_held;
	}
	return totals;
}

int64_t shift_ticket(const struct model *model)
{
	struct shift_item item = shift_item(model, model->lists[SCREEN_SHIFT].cursor);
	return item.row ? item.row->ticket.number : item.draft ? item.draft->ticket : 0;
}
