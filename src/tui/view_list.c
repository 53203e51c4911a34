#include "base/mem.h"
#include "tui/frame.h"
#include "tui/i18n.h"
#include "tui/look.h"
#include "tui/words.h"

#include <string.h>

/* The columns of the queue and its rows. */

enum { UNTIL_COLUMNS = 12 };
enum { MARKS = 5, COMPACT_MARKS = 4, GAP = 2, NUMBER_LEAST = 6, SUBJECT_LEAST = 12 };

static const char *const heads[LIST_COLUMNS] = {
	[LIST_MARKS] = "",
	[LIST_NUMBER] = N_("Nr"),
	[LIST_AGE] = N_("Wait"),
	[LIST_DUE] = N_("Due"),
	[LIST_CHANNEL] = N_("Channel"),
	[LIST_TEAM] = N_("Team"),
	[LIST_PRIORITY] = N_("Prio"),
	[LIST_HOLDER] = N_("Who"),
	[LIST_CUSTOMER] = N_("Customer"),
	[LIST_SUBJECT] = N_("Subject"),
};

static int columns_of(const char *text)
{
	return width_text(text, strlen(text));
}

static int wider(int columns, const char *text)
{
	int other = columns_of(text);
	return other > columns ? other : columns;
}

static int at_most(int columns, int most)
{
	return columns < most ? columns : most;
}

static int channel_columns(void)
{
	int columns = columns_of(_(heads[LIST_CHANNEL]));
	for (int channel = CHANNEL_EMAIL; channel <= CHANNEL_COMMUNITY; channel++) {
		columns = wider(columns, words_channel((enum channel)channel));
	}
	return at_most(columns, 8);
}

static int holder_columns(const struct model *model)
{
	int columns = wider(columns_of(_(heads[LIST_HOLDER])), _("you"));
	for (size_t i = 0; model->directory && i < model->directory->operator_count; i++) {
		columns = wider(columns, model->directory->operators[i].login);
	}
	return at_most(columns, 8);
}

static int team_columns(const struct model *model)
{
	int columns = columns_of(_(heads[LIST_TEAM]));
	for (size_t i = 0; model->directory && i < model->directory->team_count; i++) {
		columns = wider(columns, model->directory->teams[i].name);
	}
	return at_most(columns, 10);
}

static int priority_columns(void)
{
	int columns = columns_of(_(heads[LIST_PRIORITY]));
	for (int priority = PRIORITY_URGENT; priority <= PRIORITY_LOW; priority++) {
		columns = wider(columns, words_priority((enum priority)priority));
	}
	return at_most(columns, 8);
}

/* Wide enough for "-99h59!", a sign before the head. */
static int due_columns(const struct model *model)
{
	return model->queue.list == LIST_SNOOZED ? UNTIL_COLUMNS
						 : at_most(wider(7, _(heads[LIST_DUE])), 8);
}

/* In the list of what is put off it says until when. */
static const char *head_text(const struct model *model, size_t column)
{
	bool is_until = column == LIST_DUE && model->queue.list == LIST_SNOOZED;
	return is_until ? _("Until") : _(heads[column]);
}

enum { TEAM_FROM_COLUMNS = 100 };

/* Columns that the operator did not choose. */
static void leave_out(const struct model *model, struct column *columns, bool has_team)
{
	const struct {
		enum queue_column name;
		enum list_column column;
		bool is_usual;
	} all[] = {
		{QUEUE_COLUMN_WAITING, LIST_AGE, true},
		{QUEUE_COLUMN_DUE, LIST_DUE, true},
		{QUEUE_COLUMN_CHANNEL, LIST_CHANNEL, true},
		{QUEUE_COLUMN_TEAM, LIST_TEAM, has_team},
		{QUEUE_COLUMN_PRIORITY, LIST_PRIORITY, false},
		{QUEUE_COLUMN_HOLDER, LIST_HOLDER, true},
		{QUEUE_COLUMN_CUSTOMER, LIST_CUSTOMER, true},
	};
	for (size_t i = 0; i < ARRAY_LEN(all); i++) {
		if (!look_has_column(model, all[i].name, all[i].is_usual)) {
			columns[all[i].column].ideal = 0;
			columns[all[i].column].least = 0;
		}
	}
}

void list_columns(const struct frame *frame, const struct layout *layout, struct list_columns *out)
{
	const struct model *model = frame->model;
	int age = at_most(wider(5, _(heads[LIST_AGE])), 8) + GAP;
	struct column columns[LIST_COLUMNS] = {
		[LIST_MARKS] = {MARKS, MARKS, 0, 0, false, 0},
		[LIST_NUMBER] = {NUMBER_LEAST, NUMBER_LEAST + GAP, 0, 0, false, 0},
		[LIST_AGE] = {age - 1, age, 4, 3, false, 0},
		[LIST_DUE] = {due_columns(model) + 1, due_columns(model) + GAP, 5, 5, false, 0},
		[LIST_CHANNEL] = {6, channel_columns() + GAP, 6, 1, false, 0},
		[LIST_TEAM] = {6, team_columns(model) + GAP, 3, 6, false, 0},
		[LIST_PRIORITY] = {6, priority_columns() + GAP, 7, 7, false, 0},
		[LIST_HOLDER] = {6, holder_columns(model) + GAP, 2, 2, false, 0},
		[LIST_CUSTOMER] = {10, 16 + GAP, 1, 4, false, 0},
		[LIST_SUBJECT] = {SUBJECT_LEAST, SUBJECT_LEAST, 0, 0, true, 0},
	};
	leave_out(model, columns, layout->list.columns >= TEAM_FROM_COLUMNS);
	if (layout->is_compact) {
		columns[LIST_MARKS].ideal = COMPACT_MARKS;
		columns[LIST_AGE].ideal = 0;
		columns[LIST_CHANNEL].ideal = 0;
		columns[LIST_TEAM].ideal = 0;
		columns[LIST_PRIORITY].ideal = 0;
		columns[LIST_HOLDER].ideal = 0;
		columns[LIST_CUSTOMER].ideal = 0;
	}
	layout_columns(columns, LIST_COLUMNS, layout->list.columns);
	int column = 0;
	for (size_t i = 0; i < LIST_COLUMNS; i++) {
		out->at[i] = column;
		out->width[i] = columns[i].width;
		column += columns[i].width;
	}
}

/* A gap stays between columns; the last one goes to the edge. */
static int field_width(const struct list_columns *columns, enum list_column which)
{
	int width = columns->width[which];
	return which == LIST_SUBJECT ? width : width - 1;
}

void list_heads(
	const struct frame *frame, const struct layout *layout, const struct list_columns *columns)
{
	int row = layout->list.row - 1;
	for (size_t i = LIST_NUMBER; i < LIST_COLUMNS; i++) {
		int width = field_width(columns, (enum list_column)i);
		if (columns->width[i] > 0) {
			/* The sign of what is overdue stands before the head. */
			int shift = i == LIST_DUE;
			canvas_field(frame->canvas, row, columns->at[i] + shift, width - shift,
				STYLE_HEADING, head_text(frame->model, i));
		}
	}
}

static bool has_draft(const struct model *model, const struct ticket_row *row)
{
	int64_t number = row->ticket.number;
	return row->has_draft || drafts_has(model, number);
}

enum { RUNNING_OUT_MS = 30000 };

static const char *claim_mark(const struct model *model, const struct ticket_row *row)
{
	const struct claim *claim = model_holder(model, row);
	if (claim && claim->operator_id == model->actor) {
		return "*";
	}
	if (claim) {
		bool ends = claim->grace || claim->expires_at - model->now < RUNNING_OUT_MS;
		return ends ? "~" : "=";
	}
	if (row->covered_by) {
		return "=";
	}
	size_t count;
	talloc_free(presence_others(model, NULL, row->ticket.number, 0, &count));
	return count ? "o" : " ";
}

static const char *due_text(const struct frame *frame, const struct ticket_row *row)
{
	const struct model *model = frame->model;
	if (model->queue.list == LIST_SNOOZED && row->ticket.snoozed_until) {
		return mem_printf(frame->mem, " %s",
			words_moment(
				frame->mem, &model->zone, row->ticket.snoozed_until, model->now));
	}
	if (row->ticket.due_at >= DUE_NEVER) {
		return "";
	}
	int64_t left = row->ticket.due_at - frame->model->now;
	return mem_printf(frame->mem, "%6s%s", words_hours(frame->mem, left), left < 0 ? "!" : "");
}

static const char *team_name(const struct model *model, int64_t id)
{
	const struct team *team = model->directory ? directory_team(model->directory, id) : NULL;
	return team ? team->name : "";
}

/* Who only looks at it is told by the mark from who has it. */
static const char *holder_name(const struct frame *frame, const struct ticket_row *row)
{
	const struct model *model = frame->model;
	const struct claim *claim = model_holder(model, row);
	size_t count = 0;
	if (claim || row->covered_by) {
		return model_login(model, claim ? claim->operator_id : row->covered_by);
	}
	return presence_others(model, frame->mem, row->ticket.number, 0, &count);
}

static char *subject_text(const struct frame *frame, const struct list_row *row, bool has_priority)
{
	const char *subject = row->row.ticket.subject;
	const char *priority = !has_priority && row->row.ticket.priority < PRIORITY_NORMAL
				       ? words_priority(row->row.ticket.priority)
				       : "";
	if (row->is_gone) {
		return mem_printf(frame->mem, "(%s) %s", row->why ? row->why : "", subject);
	}
	return *priority ? mem_printf(frame->mem, "%s: %s", priority, subject)
			 : mem_strdup(frame->mem, subject);
}

static void put(const struct frame *frame, const struct list_columns *columns,
	enum list_column which, int row, enum style style, const char *text)
{
	if (columns->width[which] > 0) {
		canvas_field(frame->canvas, row, columns->at[which], field_width(columns, which),
			style, text);
	}
}

/* The cursor's mark covers the plus of a marked row: it shows behind then. */
static char *marks_text(const struct frame *frame, const struct list_row *row, bool is_selected)
{
	const struct model *model = frame->model;
	bool is_marked = queue_is_marked(model, row->row.ticket.number);
	return mem_printf(frame->mem, "%s%s%s%s", is_marked ? "+" : " ",
		claim_mark(model, &row->row), has_draft(model, &row->row) ? "d" : " ",
		is_marked && is_selected ? "+" : "");
}

void list_row(const struct frame *frame, const struct layout *layout,
	const struct list_columns *columns, size_t at, int screen_row)
{
	const struct model *model = frame->model;
	const struct list_row *row = model->queue.rows[at];
	const struct ticket *ticket = &row->row.ticket;
	void *mem = frame->mem;
	bool is_overdue = ticket->due_at < model->now;
	bool is_marked = queue_is_marked(model, ticket->number);
	enum style plain = row->is_gone ? STYLE_GONE : is_marked ? STYLE_MARKED : STYLE_NORMAL;
	put(frame, columns, LIST_MARKS, screen_row, plain,
		marks_text(frame, row, at == model->queue.cursor));
	put(frame, columns, LIST_NUMBER, screen_row, plain, words_number(mem, ticket->number));
	put(frame, columns, LIST_AGE, screen_row, plain,
		mem_printf(mem, "%5s", words_hours(mem, model->now - ticket->waiting_since)));
	put(frame, columns, LIST_DUE, screen_row,
		is_overdue && plain == STYLE_NORMAL ? STYLE_ALERT : plain,
		due_text(frame, &row->row));
	put(frame, columns, LIST_CHANNEL, screen_row, plain, words_channel(ticket->channel));
	put(frame, columns, LIST_TEAM, screen_row, plain, team_name(model, ticket->team));
	put(frame, columns, LIST_PRIORITY, screen_row, plain, words_priority(ticket->priority));
	put(frame, columns, LIST_HOLDER, screen_row, plain, holder_name(frame, &row->row));
	put(frame, columns, LIST_CUSTOMER, screen_row, plain, row->row.customer_name);
	put(frame, columns, LIST_SUBJECT, screen_row, plain,
		subject_text(frame, row, columns->width[LIST_PRIORITY] > 0));
	struct area area = {screen_row, 0, 1, layout->list.columns};
	frame_bar(frame, screen_row, area, at == model->queue.cursor);
}
