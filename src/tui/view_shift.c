#include "base/mem.h"
#include "core/name.h"
#include "tui/frame.h"
#include "tui/i18n.h"
#include "tui/words.h"

/* The end of a shift, and the pause. */

static const char *kind_text(const struct frame *frame, const struct shift_item *item)
{
	const struct model *model = frame->model;
	switch (item->kind) {
	case SHIFT_HELD:
		return _("with you");
	case SHIFT_ASSIGNED:
		return _("yours");
	case SHIFT_LATER:
		return words_moment(
			frame->mem, &model->zone, item->row->ticket.snoozed_until, model->now);
	case SHIFT_DRAFT:
		return item->draft->kind == DRAFT_REPLY
			       ? _("draft")
			       : words_put(frame->mem, _("draft, {0}"),
					 _(name_said(&draft_kind_names, (int)item->draft->kind)),
					 NULL);
	case SHIFT_NONE:
		break;
	}
	return "";
}

static char *what_text(const struct frame *frame, const struct shift_item *item)
{
	return item->row     ? mem_printf(frame->mem, "%s: %s", item->row->customer_name,
				       item->row->ticket.subject)
	       : item->draft ? mem_strdup(frame->mem, item->draft->text)
			     : mem_strdup(frame->mem, "");
}

enum { KIND_COLUMNS = 16, NUMBER_COLUMNS = 7 };

static void shift_line(const struct frame *frame, const void *rows, size_t at, struct area line)
{
	(void)rows;
	struct shift_item item = shift_item(frame->model, at);
	struct canvas *canvas = frame->canvas;
	if (item.kind == SHIFT_NONE) {
		return;
	}
	canvas_field(canvas, line.row, 2, NUMBER_COLUMNS, STYLE_NORMAL,
		item.row ? words_number(frame->mem, item.row->ticket.number)
			 : words_subject(frame->mem, item.draft));
	canvas_field(canvas, line.row, 2 + NUMBER_COLUMNS, KIND_COLUMNS,
		item.row ? STYLE_NORMAL : STYLE_DRAFT, kind_text(frame, &item));
	int column = 3 + NUMBER_COLUMNS + KIND_COLUMNS;
	canvas_text(canvas, line.row, column, line.columns - column - 1, STYLE_NORMAL,
		what_text(frame, &item));
}

static char *counted(const struct frame *frame, size_t count, const char *pattern)
{
	return count ? words_put(
			       frame->mem, pattern, words_number(frame->mem, (int64_t)count), NULL)
		     : mem_strdup(frame->mem, "");
}

static char *shift_title(const struct frame *frame)
{
	struct shift_totals totals = shift_totals(frame->model);
	char *what = counted(frame, totals.held, _("{0} with you"));
	what = frame_join(frame, what,
		counted(frame, totals.assigned,
			ngettext("{0} yours", "{0} yours", totals.assigned)));
	what = frame_join(frame, what,
		counted(frame, totals.later, ngettext("{0} put off", "{0} put off", totals.later)));
	what = frame_join(frame, what,
		counted(frame, totals.drafts, ngettext("{0} draft", "{0} drafts", totals.drafts)));
	return *what ? words_put(frame->mem, _("End of shift: {0}"), what, NULL)
		     : mem_strdup(frame->mem, _("End of shift"));
}

static const char *shift_empty(const struct frame *frame)
{
	bool is_asked = frame->model->shift.mine_request || frame->model->shift.later_request;
	return is_asked ? "…" : _("nothing is yours any more; s o signs out");
}

static char *shift_text(const struct frame *frame, size_t at)
{
	struct shift_item item = shift_item(frame->model, at);
	const char *subject = item.row	   ? words_number(frame->mem, item.row->ticket.number)
			      : item.draft ? words_subject(frame->mem, item.draft)
					   : "";
	char *text = mem_printf(frame->mem, "%s %s", subject, kind_text(frame, &item));
	return frame_join(frame, text, what_text(frame, &item));
}

const struct list_words shift_words = {shift_count, shift_title, shift_empty, shift_text};

void view_shift(const struct frame *frame)
{
	frame_list(frame, shift_title(frame), shift_empty(frame), shift_line, NULL);
}

/* Nothing of any customer stands here. */
void view_paused(const struct frame *frame)
{
	const struct model *model = frame->model;
	int row = model->rows / 2 - 1;
	int room = model->columns - 5;
	char *since = words_clock(frame->mem, &model->zone, model->paused_at);
	char *text = words_put(frame->mem, _("Pause since {0} ({1})"), since,
		words_age(frame->mem, model->now - model->paused_at), NULL);
	canvas_text(frame->canvas, row, 4, room, STYLE_STRONG, text);
	canvas_text(frame->canvas, row + 2, 4, room, STYLE_NORMAL,
		model->pause.pin ? _("Enter asks for the PIN and ends it") : _("Enter ends it"));
	canvas_text(
		frame->canvas, row + 3, 4, room, STYLE_DIM, _("q leaves; what you wrote is kept"));
	canvas_cursor(frame->canvas, row, 3);
}
