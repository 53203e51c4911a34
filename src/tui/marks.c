#include "base/mem.h"
#include "tui/model.h"

/* Marked tickets, for a change of many. */

static struct list_row **find(const struct model *model, int64_t ticket)
{
	const struct queue_part *queue = &model->queue;
	for (size_t i = 0; i < queue->marked_count; i++) {
		if (queue->marked[i]->row.ticket.number == ticket) {
			return &queue->marked[i];
		}
	}
	return NULL;
}

bool queue_is_marked(const struct model *model, int64_t ticket)
{
	return find(model, ticket) != NULL;
}

void queue_mark(struct model *model, int64_t ticket, bool on)
{
	struct queue_part *queue = &model->queue;
	struct list_row **marked = find(model, ticket);
	const struct list_row *row = queue_find(model, ticket);
	if (marked && !on) {
		talloc_free(*marked);
		*marked = queue->marked[--queue->marked_count];
	} else if (!marked && on && row) {
		queue->marked =
			mem_grow(model, queue->marked, struct list_row *, queue->marked_count + 1);
		queue->marked[queue->marked_count++] = list_row_create(model, &row->row);
	}
}

void queue_unmark_all(struct model *model)
{
	struct queue_part *queue = &model->queue;
	for (size_t i = 0; i < queue->marked_count; i++) {
		talloc_free(queue->marked[i]);
	}
	queue->marked_count = 0;
}

void queue_marked_came(struct model *model, const struct ticket_row *row)
{
	struct list_row **marked = find(model, row->ticket.number);
	if (marked) {
		talloc_free(*marked);
		*marked = list_row_create(model, row);
	}
}

size_t queue_marked_outside(const struct model *model)
{
	const struct queue_part *queue = &model->queue;
	size_t outside = 0;
	for (size_t i = 0; i < queue->marked_count; i++) {
		const struct ticket_row *row = &queue->marked[i]->row;
		bool is_shown = queue_find(model, row->ticket.number) ||
				(queue_belongs(model, row) && queue_passes_filter(model, row));
		outside += !is_shown;
	}
	return outside;
}
