#include "base/mem.h"
#include "tui/frame.h"
#include "tui/i18n.h"
#include "tui/words.h"
#include "tui/wrap.h"

/* The text once more, what is to be thought of, and what can be done. */

static char *title_text(const struct frame *frame)
{
	const struct model *model = frame->model;
	const struct ticket_row *row = model_row(model, model->compose.ticket);
	if (model->compose.kind == DRAFT_NOTE) {
		return mem_strdup(frame->mem, _("REVIEW of an internal note"));
	}
	if (!row) {
		return mem_strdup(frame->mem, _("REVIEW"));
	}
	char *who = *row->customer_address ? mem_printf(frame->mem, "%s <%s>", row->customer_name,
						     row->customer_address)
					   : row->customer_name;
	return words_put(frame->mem, _("REVIEW: to {0}"), who, NULL);
}

static size_t warning_count(const struct compose *compose)
{
	size_t count = 0;
	while (count < ARRAY_LEN(compose->warnings) && compose->warnings[count]) {
		count++;
	}
	return count;
}

/* Warnings stand right above what can be done, and are shown whole. */
static int warnings(const struct frame *frame, int bottom)
{
	const struct compose *compose = &frame->model->compose;
	int columns = frame->model->columns;
	for (size_t i = warning_count(compose); i-- > 0;) {
		struct wrap wrap = wrap_text(frame->mem, compose->warnings[i], columns - 5);
		size_t rows = wrap.count > 3 ? 3 : wrap.count;
		bottom -= (int)rows;
		canvas_text(frame->canvas, bottom, 1, 1, STYLE_WARNING, "!");
		for (size_t n = 0; n < rows; n++) {
			canvas_bytes(frame->canvas, bottom + (int)n, 3, columns - 4, STYLE_WARNING,
				compose->warnings[i] + wrap.lines[n].offset, wrap.lines[n].length);
		}
	}
	return bottom;
}

static void text_lines(const struct frame *frame, int first, int rows)
{
	const struct model *model = frame->model;
	const char *text = editor_text(model->compose.editor);
	struct wrap wrap = wrap_text(frame->mem, text, model->columns - 2 * TALK_GUTTER);
	size_t fits = rows > 0 ? (size_t)rows : 0;
	size_t last = wrap.count > fits ? wrap.count - fits : 0;
	size_t top = model->lists[model->screen].top;
	top = top > last ? last : top;
	for (size_t i = 0; i < fits && top + i < wrap.count; i++) {
		const struct wrap_line *line = &wrap.lines[top + i];
		canvas_bytes(frame->canvas, first + (int)i, TALK_GUTTER,
			model->columns - TALK_GUTTER, STYLE_NORMAL, text + line->offset,
			line->length);
	}
	if (last > 0) {
		char *more = words_put(frame->mem, _("lines {0}-{1} of {2}, PgDn scrolls"),
			words_number(frame->mem, (int64_t)top + 1),
			words_number(frame->mem, (int64_t)(top + fits)),
			words_number(frame->mem, (int64_t)wrap.count), NULL);
		canvas_text(frame->canvas, first + rows, TALK_GUTTER, model->columns - TALK_GUTTER,
			STYLE_DIM, more);
	}
}

/* A desk without delivery keeps replies: said before one is written for nothing. */
static char *channel_text(const struct frame *frame, const struct ticket_row *row)
{
	const struct model *model = frame->model;
	enum channel channel = row ? row->ticket.channel : CHANNEL_NONE;
	bool is_spoken = channel == CHANNEL_PHONE || channel == CHANNEL_COUNTER;
	bool is_sent = is_spoken || !model->directory || model->directory->settings.delivery ||
		       model->compose.kind == DRAFT_NOTE;
	char *text = mem_strdup(frame->mem, words_channel(channel));
	return is_sent ? text : frame_join(frame, text, _("no delivery"));
}

void view_review(const struct frame *frame)
{
	const struct model *model = frame->model;
	const struct ticket_row *row = model_row(model, model->compose.ticket);
	int hints = model->rows - frame_hint_rows(frame);
	frame_rule(frame, (struct area){0, 0, 1, model->columns}, STYLE_STRONG, title_text(frame),
		channel_text(frame, row));
	int bottom = warnings(frame, hints);
	text_lines(frame, 1, bottom - 2);
	size_t next = 0;
	for (int i = hints; i < model->rows; i++) {
		next = frame_hints(frame, i, next, false);
	}
	canvas_cursor(frame->canvas, hints, 0);
}
