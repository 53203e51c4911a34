#include "base/mem.h"
#include "base/text.h"
#include "tui/frame.h"
#include "tui/i18n.h"
#include "tui/width.h"
#include "tui/words.h"

#include <string.h>

/* Writing: the conversation above, the text below. */

enum { RULE_CELLS = 10 }; /* of the rule itself, beside its two texts */

char *compose_target(const struct frame *frame)
{
	const struct model *model = frame->model;
	const struct ticket_row *row = model_row(model, model->compose.ticket);
	if (model->compose.kind == DRAFT_NOTE) {
		return mem_strdup(frame->mem, _("INTERNAL NOTE, the customer does NOT see it"));
	}
	if (model->compose.kind == DRAFT_CUSTOMER_NOTE_EDIT) {
		return words_put(frame->mem, _("NOTE ON {0}, the customer does NOT see it"),
			row ? row->customer_name : "", NULL);
	}
	const char *address = recipient_address(model);
	const char *to = *address ? address : row ? row->customer_name : "";
	return words_put(frame->mem, _("REPLY to {0}"), to, NULL);
}

static char *saved_text(const struct frame *frame)
{
	const struct compose *compose = &frame->model->compose;
	if (compose->is_editing) {
		return mem_strdup(frame->mem, _("in your editor"));
	}
	size_t files = compose->attachments.count;
	char *text = mem_strdup(frame->mem, "");
	if (files) {
		text = words_put(frame->mem, ngettext("{0} file", "{0} files", files),
			words_number(frame->mem, (int64_t)files), NULL);
	}
	if (compose->saved_at == 0) {
		return frame_join(frame, text, compose->unspooled_since ? "" : _("Esc looks over"));
	}
	return frame_join(frame, text,
		words_put(frame->mem, _("saved {0}"),
			words_seconds(frame->mem, &frame->model->zone, compose->saved_at), NULL));
}

static void title_row(const struct frame *frame)
{
	const struct model *model = frame->model;
	const struct ticket_row *row = model_row(model, model->compose.ticket);
	char *left = mem_printf(frame->mem, "%lld %s", (long long)model->compose.ticket,
		row ? row->ticket.subject : "");
	frame_ends(frame, 0, STYLE_TITLE, left, row ? frame_holder(frame, row) : "");
}

/* The key in the pattern is more worth than the end of a long reason. */
static char *fitting(const struct frame *frame, const char *pattern, const char *why)
{
	char *key = model_key(frame->model, frame->mem, "claim-again");
	char *bare = words_put(frame->mem, pattern, "…", key, NULL);
	char *whole = words_put(frame->mem, pattern, why, key, NULL);
	int columns = frame->model->columns - 2;
	if (width_text(whole, strlen(whole)) <= columns) {
		return whole;
	}
	size_t size = width_fit(why, strlen(why), columns - width_text(bare, strlen(bare)));
	return words_put(
		frame->mem, pattern, mem_printf(frame->mem, "%.*s…", (int)size, why), key, NULL);
}

/* Why this text cannot be sent now: it stays until that is settled. */
static char *hold_text(const struct frame *frame)
{
	const struct compose *compose = &frame->model->compose;
	const char *why = compose->hold_why ? compose->hold_why : "";
	if (compose->hold == HOLD_MOVED) {
		return mem_printf(frame->mem, "! %s", why);
	}
	int64_t merged_into = compose_merged_into(frame->model);
	if (merged_into) {
		return words_put(frame->mem,
			_("! this ticket was merged into {0} ({1} takes the text there)"),
			words_number(frame->mem, merged_into),
			model_key(frame->model, frame->mem, "claim-again"), NULL);
	}
	if (compose->hold == HOLD_UNASKED) {
		return mem_strdup(
			frame->mem, _("! the desk does not answer: claimed as soon as it does"));
	}
	bool is_gone = compose->hold == HOLD_LOST || compose->hold == HOLD_REFUSED;
	return is_gone ? fitting(frame, _("! {0} ({1} claims again)"), why) : NULL;
}

/* What was written meanwhile: it stays until the review has shown it. */
static char *news_text(const struct frame *frame)
{
	const struct model *model = frame->model;
	const struct ticket_view *view = model->ticket.view;
	bool is_news = view && model->ticket.number == model->compose.ticket &&
		       view->message_count &&
		       view->row.ticket.newest_public > model->compose.acknowledged;
	if (!is_news) {
		return NULL;
	}
	const struct message *message = &view->messages[view->message_count - 1];
	const char *who =
		message->author ? model_login(model, message->author) : view->row.customer_name;
	char *line = text_clean_line(frame->mem, message->text, strlen(message->text), NULL);
	return words_put(frame->mem, _("! {0} wrote at {1}: {2}"), who,
		words_clock(frame->mem, &model->zone, message->at), line, NULL);
}

static void banner(const struct frame *frame, struct area area)
{
	char *hold = hold_text(frame);
	char *text = hold ? hold : news_text(frame);
	enum style style = hold ? STYLE_ALERT : STYLE_WARNING;
	if (text) {
		canvas_fill(frame->canvas, area.row, area.column, area.columns, style, ' ');
		canvas_text(
			frame->canvas, area.row, area.column + 1, area.columns - 2, style, text);
	}
}

static void text_lines(const struct frame *frame, struct area area)
{
	const struct editor *editor = frame->model->compose.editor;
	frame_text(frame, area, editor_text(editor), editor_lines(editor), editor_top(editor));
	int row, column;
	editor_cursor_at(editor, &row, &column);
	canvas_cursor(frame->canvas, area.row + row, area.column + TALK_GUTTER + column);
}

void view_compose(const struct frame *frame)
{
	const struct model *model = frame->model;
	struct layout layout = layout_compose(model->columns, model->rows);
	bool is_note = model->compose.kind != DRAFT_REPLY;
	title_row(frame);
	const struct talk *talk = model->ticket.talk;
	if (talk && model->ticket.number == model->compose.ticket) {
		frame_talk(frame, layout.list, talk, model->ticket.top);
	}
	struct area last = {layout.list.row + layout.list.rows - 1, 0, 1, model->columns};
	banner(frame, last);
	struct area rule = {layout.preview.row, 0, 1, model->columns};
	char *target = compose_target(frame);
	char *saved = saved_text(frame);
	/* Who will read it comes before when it was saved. */
	int used = width_text(target, strlen(target)) + width_text(saved, strlen(saved));
	frame_rule(frame, rule, is_note ? STYLE_NOTE_BAR : STYLE_RULE, target,
		used + RULE_CELLS <= model->columns ? saved : "");
	struct area text = layout.preview;
	text.row++;
	text.rows--;
	text_lines(frame, text);
}
