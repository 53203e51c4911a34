#include "base/mem.h"
#include "tui/frame.h"
#include "tui/i18n.h"
#include "tui/words.h"

/* What the operator wrote and is not sent for good. */

enum { NUMBER_COLUMNS = 7, STATE_COLUMNS = 11 };

/* A row as it is shown. */
struct shown {
	int64_t ticket;
	const char *state;
	bool is_bad;
	char *what;
};

static struct shown message_shown(const struct frame *frame, const struct outbox_row *row)
{
	enum message_state state = row->message.state;
	return (struct shown){.ticket = row->message.ticket,
		.state = words_message_state(state),
		.is_bad = state == MESSAGE_FAILED || state == MESSAGE_UNCERTAIN,
		.what = mem_printf(frame->mem, "%s  %s: %s",
			words_moment(frame->mem, &frame->model->zone, row->message.at,
				frame->model->now),
			row->row.customer_name, row->message.text)};
}

/* A memo goes with whom it is to. */
static char *pending_text(const struct frame *frame, const struct pending_change *pending)
{
	const struct model *model = frame->model;
	struct memo to = {.operator_id = pending->operator_id, .team = pending->team};
	if (pending->kind != CHANGE_MEMO || pending->is_draft || !model->directory) {
		return pending->text;
	}
	return words_put(frame->mem, _("memo to {0}: {1}"),
		memo_receiver_word(model->directory, &to, _("all")), pending->text, NULL);
}

static struct shown pending_shown(const struct frame *frame, const struct pending_change *pending)
{
	/* Why it came back needs the room of when it was written. */
	char *what = pending->is_refused ? frame_join(frame, words_error(frame->mem, &pending->err),
						   pending_text(frame, pending))
					 : mem_printf(frame->mem, "%s  %s",
						   words_moment(frame->mem, &frame->model->zone,
							   pending->at, frame->model->now),
						   pending_text(frame, pending));
	return (struct shown){.ticket = pending->ticket,
		.state = pending->is_refused ? _("came back")
			 : pending->is_draft ? _("draft")
					     : _("to send"),
		.is_bad = pending->is_refused,
		.what = what};
}

static struct shown shown_at(const struct frame *frame, size_t at)
{
	const struct pending_change *pending = outbox_pending(frame->model, at);
	return pending ? pending_shown(frame, pending)
		       : message_shown(frame, outbox_message(frame->model, at));
}

static void outbox_line(const struct frame *frame, const void *rows, size_t at, struct area line)
{
	(void)rows;
	struct shown shown = shown_at(frame, at);
	canvas_field(frame->canvas, line.row, 2, NUMBER_COLUMNS, STYLE_NORMAL,
		shown.ticket ? words_number(frame->mem, shown.ticket) : "");
	canvas_field(frame->canvas, line.row, 2 + NUMBER_COLUMNS, STATE_COLUMNS - 1,
		shown.is_bad ? STYLE_ALERT : STYLE_DIM, shown.state);
	int column = 2 + NUMBER_COLUMNS + STATE_COLUMNS;
	canvas_text(frame->canvas, line.row, column, line.columns - column - 1, STYLE_NORMAL,
		shown.what);
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
	struct shown shown = shown_at(frame, at);
	char *number = shown.ticket ? mem_printf(frame->mem, "%lld ", (long long)shown.ticket)
				    : mem_strdup(frame->mem, "");
	return frame_join(frame, mem_printf(frame->mem, "%s%s", number, shown.state), shown.what);
}

static size_t outbox_count(const struct model *model)
{
	return model->outbox.pending.count + model->outbox.list.count;
}

const struct list_words outbox_words = {outbox_count, outbox_title, outbox_empty, outbox_text};

void view_outbox(const struct frame *frame)
{
	frame_list(frame, outbox_title(frame), outbox_empty(frame), outbox_line, NULL);
}
