#include "tui/customer_lines.h"

#include "base/mem.h"
#include "tui/i18n.h"
#include "tui/model.h"
#include "tui/words.h"
#include "tui/wrap.h"

struct pen {
	const struct model *model;
	struct customer_lines *out;
	int columns;
	int64_t ticket, note; /* that lines belong to now */
};

static void add(struct pen *pen, enum style style, bool is_body, const char *text)
{
	struct customer_lines *out = pen->out;
	out->lines = mem_grow(out, out->lines, struct customer_line, out->count + 1);
	out->lines[out->count++] = (struct customer_line){.style = style,
		.is_body = is_body,
		.text = text,
		.ticket = pen->ticket,
		.note = pen->note};
}

static void line(struct pen *pen, enum style style, const char *text)
{
	add(pen, style, false, text);
}

static void heading(struct pen *pen, const char *text)
{
	line(pen, STYLE_NORMAL, "");
	line(pen, STYLE_HEADING, text);
}

static void body(struct pen *pen, enum style style, const char *text)
{
	void *work = mem_context(NULL);
	struct wrap wrap = wrap_text(work, text, pen->columns - TALK_GUTTER - 1);
	for (size_t i = 0; i < wrap.count; i++) {
		add(pen, style, true,
			mem_strndup(pen->out, text + wrap.lines[i].offset, wrap.lines[i].length));
	}
	talloc_free(work);
}

static void person(struct pen *pen, const struct customer_view *view)
{
	const struct customer *customer = &view->customer;
	line(pen, STYLE_STRONG, customer->name);
	if (customer->shared) {
		line(pen, STYLE_DIM, _("shared by several people"));
	}
	if (customer->preferred_channel) {
		line(pen, STYLE_NORMAL,
			words_put(pen->out, _("prefers {0}"),
				words_channel(customer->preferred_channel), NULL));
	}
	if (customer->do_not_call) {
		line(pen, STYLE_ALERT, _("DO NOT CALL"));
	}
	for (size_t i = 0; i < view->address_count; i++) {
		const struct address *address = &view->addresses[i];
		line(pen, STYLE_NORMAL,
			mem_printf(
				pen->out, "%s %s", words_address(address->kind), address->value));
	}
}

static void notes(struct pen *pen, const struct customer_view *view)
{
	const struct model *model = pen->model;
	void *mem = pen->out;
	for (size_t i = 0; i < view->note_count; i++) {
		const struct customer_note *note = &view->notes[i];
		if (note->removed) {
			continue;
		}
		char *who = mem_printf(mem, "%s  %s", words_day(mem, &model->zone, note->at),
			model_login(model, note->author));
		heading(pen, note->pinned ? mem_printf(mem, "%s · %s", who, _("pinned")) : who);
		pen->out->lines[pen->out->count - 1].note = note->id;
		pen->note = note->id;
		body(pen, STYLE_NOTE, note->text);
		pen->note = 0;
	}
}

static void history(struct pen *pen, const struct customer_view *view, int64_t number)
{
	void *mem = pen->out;
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
		pen->ticket = row->number;
		line(pen, row->state == TICKET_OPEN ? STYLE_STRONG : STYLE_NORMAL,
			mem_printf(mem, "%lld %s %s", (long long)row->number,
				words_state(row->state),
				words_day(mem, &pen->model->zone, row->opened_at)));
		if (*row->subject) {
			body(pen, STYLE_DIM, row->subject);
		}
		pen->ticket = 0;
	}
	if (view->has_more_history) {
		line(pen, STYLE_DIM, _("and older ones; f finds them"));
	}
}

struct customer_lines *customer_lines_create(
	const void *mem, const struct model *model, const struct ticket_view *view, int columns)
{
	struct pen pen = {
		.model = model, .out = mem_new(mem, struct customer_lines), .columns = columns};
	person(&pen, &view->customer);
	notes(&pen, &view->customer);
	history(&pen, &view->customer, view->row.ticket.number);
	return pen.out;
}
