#include "base/clock.h"
#include "base/mem.h"
#include "tui/frame.h"
#include "tui/i18n.h"
#include "tui/words.h"

#include <string.h>

/* The text once more, what is to be thought of, and what can be done. */

char *review_title(const struct frame *frame)
{
	const struct model *model = frame->model;
	const struct ticket_row *row = model_row(model, model->compose.ticket);
	if (model->compose.kind != DRAFT_REPLY) {
		return mem_printf(frame->mem, "%s ── %s", _("REVIEW"), compose_target(frame));
	}
	if (!row) {
		return mem_strdup(frame->mem, _("REVIEW"));
	}
	const char *between = frame->canvas ? " ── " : ", ";
	char *who = words_person(frame->mem, row->customer_name, recipient_address(model));
	return mem_printf(frame->mem, "%s%s%s%s%s", _("REVIEW"), between,
		words_put(frame->mem, _("to {0}"), who, NULL), between,
		words_channel(row->ticket.channel));
}

static const struct {
	enum style style;
	const char *mark;
} looks[] = {
	[REVIEW_TEXT] = {STYLE_NORMAL, ""},
	[REVIEW_WARNING] = {STYLE_WARNING, "!"},
	[REVIEW_MORE] = {STYLE_WARNING, ""},
	[REVIEW_FACT] = {STYLE_DIM, ""},
};

static void put_line(const struct frame *frame, int row, const struct review_line *line)
{
	canvas_text(frame->canvas, row, 1, 1, looks[line->kind].style, looks[line->kind].mark);
	canvas_bytes(frame->canvas, row, TALK_GUTTER, frame->model->columns - TALK_GUTTER,
		looks[line->kind].style, line->text, line->length);
}

static void body(const struct frame *frame, const struct review_lines *lines)
{
	const struct editor *editor = frame->model->compose.editor;
	size_t words = lines->first_warning - lines->top;
	if (lines->top < lines->first_warning) {
		struct area area = {1, 0, (int)(words < lines->rows ? words : lines->rows),
			frame->model->columns};
		frame_text(frame, area, editor_text(editor), editor_lines(editor), lines->top);
	}
	for (size_t i = 0; i < lines->rows && lines->top + i < lines->count; i++) {
		size_t at = lines->top + i;
		if (at >= lines->first_warning) {
			put_line(frame, 1 + (int)(i + lines->blanks), &lines->lines[at]);
		}
	}
	if (lines->count > lines->rows) {
		char *more = words_put(frame->mem, _("lines {0}-{1} of {2}, PgUp and PgDn scroll"),
			words_number(frame->mem, (int64_t)lines->top + 1),
			words_number(frame->mem, (int64_t)(lines->top + lines->rows)),
			words_number(frame->mem, (int64_t)lines->count), NULL);
		canvas_text(frame->canvas, 1 + (int)lines->rows, TALK_GUTTER,
			frame->model->columns - TALK_GUTTER, STYLE_DIM, more);
	}
}

/* What takes longer than a moment says so, in the place of what cannot be done now. */
static void keys(const struct frame *frame, int first)
{
	const struct model *model = frame->model;
	const struct compose *compose = &model->compose;
	if (compose->send_request && model->now >= compose->sent_at + COMPOSE_PATIENCE_MS) {
		char *text = words_put(frame->mem,
			_("sending for {0} s; Ctrl-C stops waiting, the text stays"),
			words_number(frame->mem, (model->now - compose->sent_at) / MS_SECOND),
			NULL);
		canvas_fill(frame->canvas, first, 0, model->columns, STYLE_HINT, ' ');
		canvas_text(frame->canvas, first, 1, model->columns - 2, STYLE_HINT, text);
		return;
	}
	size_t next = 0;
	for (int i = first; i < model->rows; i++) {
		next = frame_hints(frame, i, next, false);
	}
}

void view_review(const struct frame *frame)
{
	const struct model *model = frame->model;
	int hints = model->rows - frame_hint_rows(frame);
	struct review_lines *lines = review_lines_create(frame->mem, model);
	frame_rule(frame, (struct area){0, 0, 1, model->columns}, STYLE_STRONG, review_title(frame),
		"");
	body(frame, lines);
	keys(frame, hints);
	canvas_cursor(frame->canvas, hints, 0);
}
