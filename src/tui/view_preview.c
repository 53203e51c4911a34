#include "base/mem.h"
#include "base/timestamp.h"
#include "tui/frame.h"
#include "tui/i18n.h"
#include "tui/words.h"

/* The ticket under the cursor, beside or below the list. */

/* "41"; "50+" where it is not known. */
static const char *length_of(const struct frame *frame)
{
	const struct queue_part *queue = &frame->model->queue;
	int64_t all = queue->filter ? -1 : queue_list_count(frame->model, queue->list);
	bool is_capped = queue->list == LIST_OVERDUE && frame->model->counts.overdue_is_capped;
	return queue->has_below && all > (int64_t)queue->count
		       ? mem_printf(frame->mem, "%lld%s", (long long)all, is_capped ? "+" : "")
		       : mem_printf(frame->mem, "%zu%s", queue->count, queue->has_below ? "+" : "");
}

/* "2/41": where the ticket stands in the list. */
static const char *place_of(const struct frame *frame, int64_t number)
{
	const struct queue_part *queue = &frame->model->queue;
	for (size_t i = 0; i < queue->count && !queue->has_above; i++) {
		if (queue->rows[i]->row.ticket.number == number) {
			return mem_printf(frame->mem, "%zu/%s", i + 1, length_of(frame));
		}
	}
	return "";
}

static char *facts_of(const struct frame *frame, const struct ticket_view *view)
{
	const struct ticket *ticket = &view->row.ticket;
	void *mem = frame->mem;
	char *line = words_put(mem,
		ngettext("{0} message", "{0} messages", (unsigned long)ticket->message_count),
		words_number(mem, ticket->message_count), NULL);
	if (ticket->note_count) {
		line = frame_join(frame, line,
			words_put(mem,
				ngettext(
					"{0} note", "{0} notes", (unsigned long)ticket->note_count),
				words_number(mem, ticket->note_count), NULL));
	}
	int64_t since = view->customer.customer.created_at;
	if (since) {
		line = frame_join(frame, line,
			words_put(mem, _("customer since {0}"),
				words_number(mem, civil_of(since).year), NULL));
	}
	size_t earlier = view->customer.history_count ? view->customer.history_count - 1 : 0;
	if (earlier) {
		line = frame_join(frame, line,
			words_put(mem, ngettext("{0} other ticket", "{0} other tickets", earlier),
				words_number(mem, (int64_t)earlier), NULL));
	}
	return line;
}

/* Below the list: the beginning of what the customer wrote last. */
static void newest_text(const struct frame *frame, struct area area, const struct talk *talk)
{
	size_t newest = talk->entry_count;
	for (size_t i = 0; i < talk->entry_count; i++) {
		if (talk->entries[i].kind == TALK_MESSAGE && talk->entries[i].author == 0) {
			newest = i;
		}
	}
	if (newest == talk->entry_count) {
		return;
	}
	struct talk part = *talk;
	size_t end = newest + 1 < talk->entry_count ? talk->entries[newest + 1].first_line - 1
						    : talk->line_count;
	part.line_count = end;
	frame_talk(frame, area, &part, talk->entries[newest].first_line + 1);
}

static void below(const struct frame *frame, struct area area, const struct ticket_view *view)
{
	area.row++;
	area.rows -= 2;
	newest_text(frame, area, frame->model->preview.talk);
	canvas_text(frame->canvas, area.row + area.rows, area.column + TALK_GUTTER - 1,
		area.columns - TALK_GUTTER, STYLE_DIM, facts_of(frame, view));
}

static void beside(const struct frame *frame, struct area area, const struct ticket_view *view)
{
	const struct talk *talk = frame->model->preview.talk;
	canvas_text(frame->canvas, area.row + 1, area.column + 1, area.columns - 2, STYLE_TITLE,
		view->row.ticket.subject);
	canvas_text(frame->canvas, area.row + 2, area.column + 1, area.columns - 2, STYLE_DIM,
		facts_of(frame, view));
	area.row += 4;
	area.rows -= 4;
	size_t rows = area.rows > 0 ? (size_t)area.rows : 0;
	frame_talk(frame, area, talk, talk->line_count > rows ? talk->line_count - rows : 0);
}

/* What was looked at before stays, under its own number, until the next has come: a key that moves
 * the bar alters nothing here. */
static const struct ticket_view *shown_view(const struct frame *frame)
{
	const struct preview_part *preview = &frame->model->preview;
	return preview->view && preview->talk ? preview->view : NULL;
}

void frame_preview(const struct frame *frame, const struct layout *layout)
{
	const struct ticket_view *view = shown_view(frame);
	const struct list_row *cursor = queue_row(frame->model);
	const struct ticket_row *row = view ? &view->row : cursor ? &cursor->row : NULL;
	struct area area = layout->preview;
	if (area.rows == 0) {
		return;
	}
	const char *title = row ? mem_printf(frame->mem, "%lld %s", (long long)row->ticket.number,
					  row->customer_name)
				: "";
	frame_rule(frame, (struct area){area.row, area.column, 1, area.columns}, STYLE_RULE, title,
		row ? place_of(frame, row->ticket.number) : "");
	if (!cursor || !view || frame->model->preview.talk->columns != area.columns) {
		return;
	}
	if (area.column == 0) {
		below(frame, area, view);
	} else {
		beside(frame, area, view);
	}
	if (layout->customer.rows) {
		frame_customer(frame, layout->customer, view, 0);
	}
}
