#include "base/mem.h"
#include "base/text.h"
#include "tui/frame.h"
#include "tui/i18n.h"
#include "tui/words.h"
#include "tui/wrap.h"

#include <string.h>

/* The customer: addresses, remarks (pinned first), earlier tickets. */

struct pen {
	const struct frame *frame;
	struct area area;
	int row; /* of the area */
};

static void line(struct pen *pen, enum style style, const char *text)
{
	if (pen->row < pen->area.rows) {
		canvas_text(pen->frame->canvas, pen->area.row + pen->row, pen->area.column + 1,
			pen->area.columns - 2, style, text);
	}
	pen->row++;
}

static void heading(struct pen *pen, const char *text)
{
	pen->row++;
	line(pen, STYLE_HEADING, text);
}

/* A text of somebody else: behind the gutter. */
static void body(struct pen *pen, enum style style, const char *text)
{
	struct wrap wrap = wrap_text(pen->frame->mem, text, pen->area.columns - TALK_GUTTER - 1);
	for (size_t i = 0; i < wrap.count; i++) {
		if (pen->row < pen->area.rows) {
			canvas_bytes(pen->frame->canvas, pen->area.row + pen->row,
				pen->area.column + TALK_GUTTER, pen->area.columns - TALK_GUTTER - 1,
				style, text + wrap.lines[i].offset, wrap.lines[i].length);
		}
		pen->row++;
	}
}

static void person(struct pen *pen, const struct customer_view *view)
{
	void *mem = pen->frame->mem;
	const struct customer *customer = &view->customer;
	line(pen, STYLE_STRONG, customer->name);
	if (customer->shared) {
		line(pen, STYLE_DIM, _("shared by several people"));
	}
	if (customer->preferred_channel) {
		line(pen, STYLE_NORMAL,
			words_put(mem, _("prefers {0}"), words_channel(customer->preferred_channel),
				NULL));
	}
	if (customer->do_not_call) {
		line(pen, STYLE_ALERT, _("DO NOT CALL"));
	}
	for (size_t i = 0; i < view->address_count; i++) {
		const struct address *address = &view->addresses[i];
		line(pen, STYLE_NORMAL,
			mem_printf(mem, "%s %s", words_address(address->kind), address->value));
	}
}

static void notes(struct pen *pen, const struct customer_view *view)
{
	const struct model *model = pen->frame->model;
	void *mem = pen->frame->mem;
	for (size_t i = 0; i < view->note_count; i++) {
		const struct customer_note *note = &view->notes[i];
		if (note->removed) {
			continue;
		}
		char *who = mem_printf(mem, "%s  %s", words_day(mem, &model->zone, note->at),
			model_login(model, note->author));
		heading(pen, note->pinned ? mem_printf(mem, "%s · %s", who, _("pinned")) : who);
		body(pen, STYLE_NOTE, note->text);
	}
}

static void history(struct pen *pen, const struct customer_view *view, int64_t number)
{
	const struct model *model = pen->frame->model;
	void *mem = pen->frame->mem;
	bool has_head = false;
	for (size_t i = 0; i < view->history_count; i++) {
		const struct history_row *row = &view->history[i];
		if (row->number == number) {
			continue;
		}
		if (!has_head) {
			heading(pen, _("Other tickets"));
			has_head = true;
		}
		line(pen, row->state == TICKET_OPEN ? STYLE_STRONG : STYLE_NORMAL,
			mem_printf(mem, "%lld %s %s", (long long)row->number,
				words_state(row->state),
				words_day(mem, &model->zone, row->opened_at)));
		if (*row->subject) {
			body(pen, STYLE_DIM, row->subject);
		}
	}
}

void frame_customer(const struct frame *frame, struct area area, const struct ticket_view *view)
{
	struct pen pen = {frame, area, 0};
	person(&pen, &view->customer);
	notes(&pen, &view->customer);
	history(&pen, &view->customer, view->row.ticket.number);
}
