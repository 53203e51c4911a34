#include "base/mem.h"
#include "tui/frame.h"
#include "tui/i18n.h"
#include "tui/words.h"

/* What the operator wrote and is not sent for good. */

enum { NUMBER_COLUMNS = 7, STATE_COLUMNS = 11 };

static char *what_text(const struct frame *frame, const struct outbox_row *row)
{
	return mem_printf(frame->mem, "%s  %s: %s",
		words_moment(frame->mem, &frame->model->zone, row->message.at, frame->model->now),
		row->row.customer_name, row->message.text);
}

static void outbox_line(const struct frame *frame, const void *rows, size_t at, struct area line)
{
	(void)rows;
	const struct outbox_row *row = &frame->model->outbox.list.rows[at];
	enum message_state state = row->message.state;
	bool is_bad = state == MESSAGE_FAILED || state == MESSAGE_UNCERTAIN;
	canvas_field(frame->canvas, line.row, 2, NUMBER_COLUMNS, STYLE_NORMAL,
		words_number(frame->mem, row->message.ticket));
	canvas_field(frame->canvas, line.row, 2 + NUMBER_COLUMNS, STATE_COLUMNS - 1,
		is_bad ? STYLE_ALERT : STYLE_DIM, words_message_state(state));
	int column = 2 + NUMBER_COLUMNS + STATE_COLUMNS;
	canvas_text(frame->canvas, line.row, column, line.columns - column - 1, STYLE_NORMAL,
		what_text(frame, row));
}

static char *outbox_title(const struct frame *frame)
{
	return mem_strdup(frame->mem, _("Outbox: yours and not sent yet"));
}

static const char *outbox_empty(const struct frame *frame)
{
	const struct outbox_part *outbox = &frame->model->outbox;
	return outbox->problem.code ? words_error(frame->mem, &outbox->problem)
	       : outbox->request    ? "…"
				    : _("all that you wrote is sent");
}

static char *outbox_text(const struct frame *frame, size_t at)
{
	const struct outbox_row *row = &frame->model->outbox.list.rows[at];
	char *text = mem_printf(frame->mem, "%lld %s", (long long)row->message.ticket,
		words_message_state(row->message.state));
	return frame_join(frame, text, what_text(frame, row));
}

const struct list_words outbox_words = {outbox_title, outbox_empty, outbox_text};

void view_outbox(const struct frame *frame)
{
	frame_list(frame, outbox_title(frame), outbox_empty(frame), outbox_line, NULL);
}
