#include "base/mem.h"
#include "tui/frame.h"
#include "tui/i18n.h"
#include "tui/words.h"

#include <string.h>

/* One ticket: what it is, how it stands, the conversation, the customer. */

enum { BAR_CELLS = 16, FULL_RUNE = 0x2588, EMPTY_RUNE = 0x2591 };

static void title_row(const struct frame *frame, const struct ticket_row *row)
{
	char *left = mem_printf(
		frame->mem, "%lld %s", (long long)row->ticket.number, row->ticket.subject);
	char *right = mem_strdup(frame->mem, words_standing(&row->ticket));
	const char *holder = frame_holder(frame, row);
	if (*holder) {
		right = mem_printf(frame->mem, "%s  %s", right, holder);
	}
	frame_ends(frame, 0, STYLE_TITLE, left, right);
}

/* How much of the time to answer is gone; the number stands beside it. */
static int due_bar(const struct frame *frame, int column, const struct ticket *ticket)
{
	int64_t whole = ticket->due_at - ticket->waiting_since;
	int64_t gone = frame->model->now - ticket->waiting_since;
	int full = whole <= 0 || gone >= whole ? BAR_CELLS : (int)(gone * BAR_CELLS / whole);
	full = full < 0 ? 0 : full;
	enum style style = full == BAR_CELLS ? STYLE_ALERT : STYLE_NORMAL;
	canvas_text(frame->canvas, 1, column, 1, STYLE_DIM, "▕");
	canvas_fill(frame->canvas, 1, column + 1, full, style, FULL_RUNE);
	canvas_fill(frame->canvas, 1, column + 1 + full, BAR_CELLS - full, STYLE_DIM, EMPTY_RUNE);
	canvas_text(frame->canvas, 1, column + 1 + BAR_CELLS, 1, STYLE_DIM, "▏");
	return column + BAR_CELLS + 3;
}

static void due_row(const struct frame *frame, const struct ticket_row *row)
{
	const struct model *model = frame->model;
	const struct ticket *ticket = &row->ticket;
	int column = 1;
	if (ticket->state == TICKET_SNOOZED) {
		char *text = words_put(frame->mem, _("put off until {0}"),
			words_moment(frame->mem, &model->zone, ticket->snoozed_until, model->now),
			NULL);
		column += canvas_text(frame->canvas, 1, column, 40, STYLE_NORMAL, text) + 2;
	} else if (ticket->due_at < DUE_NEVER) {
		int64_t left = ticket->due_at - model->now;
		char *text = words_put(frame->mem, left < 0 ? _("OVERDUE {0}") : _("Due {0}"),
			words_hours(frame->mem, left < 0 ? -left : left), NULL);
		column += canvas_text(frame->canvas, 1, column, 24, STYLE_NORMAL, text) + 1;
		column = model->calm.is_on ? column + 1 : due_bar(frame, column, ticket);
	}
	char *who = frame_join(frame, frame_person(frame, row), words_channel(ticket->channel));
	canvas_text(frame->canvas, 1, column, model->columns - column - 1, STYLE_NORMAL, who);
}

static char *first_answer(const struct frame *frame, const struct ticket *ticket)
{
	if (ticket->first_answer_at == 0) {
		return mem_strdup(frame->mem, _("no answer yet"));
	}
	return words_put(frame->mem, _("1st answer {0}"),
		words_hours(frame->mem, ticket->first_answer_at - ticket->opened_at), NULL);
}

/* How it ended, and what it belongs to. */
static char *end_of(const struct frame *frame, const struct ticket *ticket)
{
	const struct directory *directory = frame->model->directory;
	const struct reason *reason =
		directory ? directory_reason(directory, ticket->reason) : NULL;
	char *line = mem_strdup(frame->mem, "");
	if (ticket->state == TICKET_RESOLVED && reason) {
		line = frame_join(frame, line, reason->name);
	}
	if (ticket->resolved_by_time) {
		line = frame_join(frame, line, _("by time"));
	}
	if (ticket->merged_into) {
		line = frame_join(frame, line,
			words_put(frame->mem, _("merged into {0} (Enter goes there)"),
				words_number(frame->mem, ticket->merged_into), NULL));
	}
	if (ticket->linked_to) {
		line = frame_join(frame, line,
			words_put(frame->mem, _("continues {0}"),
				words_number(frame->mem, ticket->linked_to), NULL));
	}
	return line;
}

/* Who else looks at it, besides the holder, who stands in the title. */
static const char *readers(const struct frame *frame, const struct ticket_row *row)
{
	const struct claim *claim = model_holder(frame->model, row);
	size_t count;
	char *names = presence_others(frame->model, frame->mem, row->ticket.number,
		claim ? claim->operator_id : 0, &count);
	return count ? words_put(frame->mem, ngettext("{0} is here too", "{0} are here too", count),
			       names, NULL)
		     : "";
}

char *ticket_facts(const struct frame *frame, const struct ticket_row *row)
{
	const struct model *model = frame->model;
	const struct ticket *ticket = &row->ticket;
	void *mem = frame->mem;
	char *line = first_answer(frame, ticket);
	line = frame_join(frame, line,
		words_put(mem, _("total {0}"), words_hours(mem, model->now - ticket->opened_at),
			NULL));
	const struct team *team =
		model->directory ? directory_team(model->directory, ticket->team) : NULL;
	line = frame_join(frame, line, team ? team->name : "");
	if (ticket->priority != PRIORITY_NORMAL) {
		line = frame_join(frame, line, words_priority(ticket->priority));
	}
	if (ticket->assignee) {
		line = frame_join(frame, line,
			words_put(mem, _("for {0}"), model_login(model, ticket->assignee), NULL));
	}
	line = frame_join(frame, line, end_of(frame, ticket));
	line = frame_join(frame, line, readers(frame, row));
	if (model->ticket.view->has_more_messages) {
		line = frame_join(frame, line, _("only the newest messages"));
	}
	return frame_join(frame, line, ticket->tags + strspn(ticket->tags, " "));
}

/* A text that waits at the foot of the conversation. */
static void draft_box(const struct frame *frame, struct area area, const struct draft *draft)
{
	const struct model *model = frame->model;
	bool is_mine = draft->operator_id == model->actor;
	const char *time = words_seconds(frame->mem, &model->zone, draft->updated_at);
	char *title = is_mine ? words_put(frame->mem, _("draft kept {0}"), time, NULL)
			      : words_put(frame->mem, _("text of {0}, {1}"),
					model_login(model, draft->operator_id), time, NULL);
	struct area rule = {area.row + area.rows - DRAFT_ROWS, area.column, 1, area.columns};
	frame_rule(frame, rule, STYLE_DRAFT, title,
		words_put(frame->mem, is_mine ? _("{0} continues") : _("{0} adopts"),
			model_key(model, frame->mem, "continue"), NULL));
	canvas_text(frame->canvas, rule.row + 1, area.column + TALK_GUTTER,
		area.columns - TALK_GUTTER - 1, STYLE_DRAFT, draft->text);
}

static void no_view(const struct frame *frame)
{
	const struct ticket_part *ticket = &frame->model->ticket;
	const char *text = ticket->problem.code ? words_error(frame->mem, &ticket->problem) : "…";
	char *title = words_number(frame->mem, ticket->number);
	frame_ends(frame, 0, STYLE_TITLE, title, "");
	canvas_text(frame->canvas, 2, 1, frame->model->columns - 2, STYLE_DIM, text);
	canvas_cursor(frame->canvas, 0, 0);
}

static void separator(const struct frame *frame, const struct layout *layout)
{
	enum { BAR_RUNE = 0x2502 };
	if (layout->customer.column == 0) {
		return;
	}
	for (int row = layout->customer.row; row < layout->status_row; row++) {
		canvas_fill(
			frame->canvas, row, layout->customer.column - 1, 1, STYLE_RULE, BAR_RUNE);
	}
}

static void talk_rows(const struct frame *frame, struct area area)
{
	const struct ticket_part *ticket = &frame->model->ticket;
	const struct draft *draft = ticket_draft(frame->model);
	if (draft) {
		draft_box(frame, area, draft);
		area.rows -= DRAFT_ROWS;
	}
	frame_talk(frame, area, ticket->talk, ticket->top);
	if (ticket->find) {
		frame_talk_found(
			frame, area, ticket->talk, ticket->top, ticket->find, &ticket->found);
	}
	frame_talk_cursor(frame, area, ticket->talk, ticket->top, ticket_part(frame->model));
}

/* What came while the operator read elsewhere moved nothing: it is told. */
static const char *news_below(const struct frame *frame)
{
	const struct ticket_part *ticket = &frame->model->ticket;
	const struct talk *talk = ticket->talk;
	size_t bottom = ticket->top + (size_t)ticket_talk_rows(frame->model);
	unsigned long count = 0;
	for (size_t i = 0; talk && i < talk->entry_count; i++) {
		count += talk->entries[i].is_new && talk->entries[i].first_line >= bottom;
	}
	return count ? words_put(frame->mem,
			       ngettext("{0} new below, G shows", "{0} new below, G shows", count),
			       words_number(frame->mem, (int64_t)count), NULL)
		     : "";
}

static void customer_cursor(const struct frame *frame, struct area area)
{
	const struct ticket_part *ticket = &frame->model->ticket;
	size_t row = ticket->customer_cursor - ticket->customer_top;
	if (ticket->has_customer && row < (size_t)area.rows) {
		frame_bar(frame, area.row + (int)row, area, true);
	}
}

void view_ticket(const struct frame *frame)
{
	const struct model *model = frame->model;
	const struct ticket_view *view = model->ticket.view;
	if (!view) {
		no_view(frame);
		return;
	}
	struct layout layout =
		layout_ticket(model->columns, model->rows, model->ticket.has_customer);
	canvas_cursor(frame->canvas, layout.list.rows ? layout.list.row : TICKET_HEADER_ROWS, 0);
	title_row(frame, &view->row);
	due_row(frame, &view->row);
	canvas_text(frame->canvas, 2, 1, model->columns - 2, STYLE_DIM,
		ticket_facts(frame, &view->row));
	const char *right = model->ticket.has_customer ? _("v conversation") : _("v customer");
	frame_rule(frame, (struct area){3, 0, 1, model->columns}, STYLE_RULE, news_below(frame),
		right);
	separator(frame, &layout);
	if (layout.list.rows && model->ticket.talk) {
		talk_rows(frame, layout.list);
	}
	if (layout.customer.rows) {
		frame_customer(frame, layout.customer, view, model->ticket.customer_top);
		customer_cursor(frame, layout.customer);
	}
}
