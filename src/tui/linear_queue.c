#include "base/mem.h"
#include "tui/i18n.h"
#include "tui/linear_tell.h"
#include "tui/words.h"

/* The list in words: a row is a sentence that begins with what tells it from others. */

static const char *const titles[QUEUE_LISTS] = {
	[LIST_QUEUE] = N_("All open tickets"),
	[LIST_MINE] = N_("With you or assigned to you"),
	[LIST_FREE] = N_("With nobody"),
	[LIST_OVERDUE] = N_("Overdue"),
	[LIST_WAITING] = N_("Waiting for customers"),
	[LIST_SNOOZED] = N_("Put off"),
	[LIST_ANSWERED] = N_("Answered by you"),
	[LIST_MENTIONS] = N_("Where you are mentioned"),
	[LIST_DISCARDED] = N_("Discarded"),
};

static char *due_text(const struct frame *frame, const struct ticket *ticket)
{
	if (ticket->due_at >= DUE_NEVER) {
		return mem_strdup(frame->mem, "");
	}
	int64_t left = ticket->due_at - frame->model->now;
	return words_put(frame->mem, left < 0 ? _("overdue {0}") : _("due in {0}"),
		words_hours(frame->mem, left < 0 ? -left : left), NULL);
}

static char *holder_text(const struct frame *frame, const struct ticket_row *row)
{
	const struct model *model = frame->model;
	const struct claim *claim = model_holder(model, row);
	if (claim && claim->operator_id == model->actor) {
		return mem_strdup(frame->mem, _("with you"));
	}
	if (claim || row->covered_by) {
		return words_put(frame->mem, _("with {0}"),
			model_login(model, claim ? claim->operator_id : row->covered_by), NULL);
	}
	return mem_strdup(frame->mem, "");
}

static char *row_text(const struct paper *paper, const struct list_row *row)
{
	const struct frame *frame = &paper->frame;
	const struct model *model = frame->model;
	const struct ticket *ticket = &row->row.ticket;
	void *mem = frame->mem;
	char *line = mem_printf(mem, "%lld %s: %s", (long long)ticket->number,
		row->row.customer_name, ticket->subject);
	line = frame_join(&paper->frame, line, row->is_gone ? row->why : "");
	line = frame_join(&paper->frame, line,
		ticket->priority < PRIORITY_NORMAL ? words_priority(ticket->priority) : "");
	line = frame_join(&paper->frame, line, holder_text(frame, &row->row));
	line = frame_join(&paper->frame, line, due_text(frame, ticket));
	line = frame_join(&paper->frame, line,
		words_put(mem, _("waits {0}"), words_hours(mem, model->now - ticket->waiting_since),
			NULL));
	line = frame_join(&paper->frame, line, words_channel(ticket->channel));
	bool has_draft = row->row.has_draft || drafts_has(model, ticket->number);
	line = frame_join(&paper->frame, line, has_draft ? _("has a draft") : "");
	return frame_join(
		&paper->frame, line, queue_is_marked(model, ticket->number) ? _("marked") : "");
}

void tell_counts(struct paper *paper)
{
	const struct model *model = paper->frame.model;
	const struct counts *counts = &model->counts;
	void *mem = paper->frame.mem;
	char *line = mem_strdup(mem, _(titles[model->queue.list]));
	if (*model->queue.filter_text) {
		line = frame_join(&paper->frame, line,
			words_put(mem, _("filter: {0}"), model->queue.filter_text, NULL));
	}
	if (model->has_counts) {
		line = words_put(mem, _("{0}. Open {1}, mine {2}, free {3}, overdue {4}"), line,
			words_number(mem, counts->open), words_number(mem, counts->mine),
			words_number(mem, counts->free), words_number(mem, counts->overdue), NULL);
	}
	size_t news = model->queue.news_count;
	if (news) {
		line = frame_join(&paper->frame, line, frame_news(&paper->frame, news));
	}
	paper_line(paper, line);
}

void tell_queue(struct paper *paper, size_t first, size_t rows)
{
	const struct queue_part *queue = &paper->frame.model->queue;
	void *mem = paper->frame.mem;
	tell_counts(paper);
	if (queue->problem.code) {
		paper_line(paper, words_error(mem, &queue->problem));
	} else if (queue->count == 0) {
		paper_line(paper, _("no ticket is in this list"));
	}
	size_t i = first;
	for (; i < queue->count && i - first < rows; i++) {
		paper_line(paper,
			mem_printf(mem, "%zu. %s", i - first + 1, row_text(paper, queue->rows[i])));
	}
	if (i < queue->count || queue->has_below) {
		paper_line(paper, first > 0 || queue->has_above ? _("+ goes on, - goes back")
								: _("+ goes on"));
	} else if (first > 0 || queue->has_above) {
		paper_line(paper, _("the list ends here; - goes back"));
	}
}
