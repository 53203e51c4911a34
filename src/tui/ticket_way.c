#include "base/mem.h"
#include "tui/act.h"
#include "tui/customer_lines.h"
#include "tui/i18n.h"
#include "tui/model.h"
#include "tui/words.h"

#include <string.h>

/* From ticket to ticket and back: reading goes on where it stopped. */

static struct ticket_kept *kept_of(struct model *model, int64_t number)
{
	for (size_t i = 0; i < TICKETS_KEPT; i++) {
		if (model->kept[i].number == number) {
			return &model->kept[i];
		}
	}
	return NULL;
}

static void keep_place(struct model *model)
{
	const struct ticket_part *ticket = &model->ticket;
	if (!ticket->view) {
		return;
	}
	struct ticket_kept *kept = kept_of(model, ticket->number);
	if (!kept) {
		kept = &model->kept[model->kept_next];
		model->kept_next = (model->kept_next + 1) % TICKETS_KEPT;
	}
	*kept = (struct ticket_kept){
		ticket->number, ticket->top_place, ticket->view->row.ticket.newest_public};
}

void ticket_open(struct model *model, int64_t number, struct effects *effects)
{
	struct ticket_part *ticket = &model->ticket;
	if (ticket->number != number) {
		keep_place(model);
		ticket_forget_view(ticket);
		talloc_free(ticket->find);
		talloc_free(ticket->folds.but);
		*ticket = (struct ticket_part){
			.number = number, .is_at_end = true, .has_customer = ticket->has_customer};
		const struct ticket_kept *kept = kept_of(model, number);
		if (kept) {
			ticket->is_kept = true;
			ticket->kept_newest = kept->newest;
			ticket->top_place = kept->top;
		}
	}
	ticket_ask(model, effects);
}

void ticket_open_from_here(struct model *model, int64_t number, struct effects *effects)
{
	struct ticket_part from = model->ticket;
	if (number == from.number) {
		notice_say(model, _("this is the ticket that is open"));
		return;
	}
	if (from.back_count == TICKETS_BACK) {
		from.back_count--;
		memmove(from.back, from.back + 1, from.back_count * sizeof *from.back);
	}
	from.back[from.back_count].number = from.number;
	from.back[from.back_count].has_customer = from.has_customer;
	from.back[from.back_count].customer_cursor = from.customer_cursor;
	ticket_open(model, number, effects);
	memcpy(model->ticket.back, from.back, sizeof from.back);
	model->ticket.back_count = from.back_count + 1;
	model->ticket.has_customer = false;
	void *work = mem_context(NULL);
	char *origin = words_number(work, from.number);
	notice_say(model, words_put(work, _("q goes back to {0}"), origin, NULL));
	talloc_free(work);
}

bool ticket_back(struct model *model, struct effects *effects)
{
	struct ticket_part from = model->ticket;
	if (from.back_count == 0) {
		return false;
	}
	size_t last = from.back_count - 1;
	ticket_open(model, from.back[last].number, effects);
	memcpy(model->ticket.back, from.back, sizeof from.back);
	model->ticket.back_count = last;
	model->ticket.has_customer = from.back[last].has_customer;
	model->ticket.customer_cursor = from.back[last].customer_cursor;
	return true;
}

/* --- the customer's pane --- */

void customer_move(struct model *model, struct area area, long lines)
{
	struct ticket_part *ticket = &model->ticket;
	struct customer_lines *all = customer_lines_create(NULL, model, ticket->view, area.columns);
	long last = (long)all->count - 1;
	long cursor = (long)ticket->customer_cursor + lines;
	cursor = cursor > last ? last : cursor;
	ticket->customer_cursor = cursor < 0 ? 0 : (size_t)cursor;
	size_t rows = (size_t)area.rows;
	if (ticket->customer_cursor < ticket->customer_top) {
		ticket->customer_top = ticket->customer_cursor;
	} else if (ticket->customer_cursor >= ticket->customer_top + rows) {
		ticket->customer_top = ticket->customer_cursor - rows + 1;
	}
	talloc_free(all);
}

const struct customer_note *customer_note_of(const struct ticket_view *view, int64_t id)
{
	for (size_t i = 0; i < view->customer.note_count; i++) {
		if (view->customer.notes[i].id == id) {
			return &view->customer.notes[i];
		}
	}
	return NULL;
}

void customer_enter(struct model *model, struct effects *effects)
{
	struct ticket_part *ticket = &model->ticket;
	struct layout layout = layout_ticket(model->columns, model->rows, true);
	if (!ticket->view) {
		return;
	}
	struct customer_lines *all =
		customer_lines_create(NULL, model, ticket->view, layout.customer.columns);
	struct customer_line line = {0};
	if (ticket->customer_cursor < all->count) {
		line = all->lines[ticket->customer_cursor];
	}
	talloc_free(all);
	const struct customer_note *note =
		line.note ? customer_note_of(ticket->view, line.note) : NULL;
	if (line.ticket) {
		ticket_open_from_here(model, line.ticket, effects);
	} else if (note) {
		customer_note_ask(model, note);
	} else {
		notice_say(model, _("Enter opens a ticket or a note under the cursor"));
	}
}
