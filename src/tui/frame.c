#include "tui/frame.h"

#include "base/mem.h"
#include "tui/i18n.h"
#include "tui/words.h"

#include <string.h>

/* What several screens share. */

enum { RULE_RUNE = 0x2500 };

void frame_rule(const struct frame *frame, struct area line, enum style style, const char *left,
	const char *right)
{
	canvas_fill(frame->canvas, line.row, line.column, line.columns, style, RULE_RUNE);
	int room = line.columns - 6;
	int used = right && *right ? width_text(right, strlen(right)) : 0;
	if (used && used + 2 <= room) {
		int column = line.column + line.columns - used - 4;
		char *text = mem_printf(frame->mem, " %s ", right);
		canvas_text(frame->canvas, line.row, column, used + 2, style, text);
		room -= used + 3;
	}
	if (left && *left && room > 0) {
		char *text = mem_printf(frame->mem, " %s ", left);
		canvas_text(frame->canvas, line.row, line.column + 2, room, style, text);
	}
}

void frame_ends(
	const struct frame *frame, int row, enum style style, const char *left, const char *right)
{
	int columns = frame->model->columns;
	int used = right && *right ? width_text(right, strlen(right)) : 0;
	used = used > columns - 8 ? columns - 8 : used;
	canvas_fill(frame->canvas, row, 0, columns, style, ' ');
	canvas_text(frame->canvas, row, 1, columns - used - 3, style, left);
	if (used > 0) {
		canvas_text(frame->canvas, row, columns - used - 1, used, style, right);
	}
}

char *frame_join(const struct frame *frame, char *line, const char *part)
{
	if (!part || !*part) {
		return line;
	}
	/* Where it is told and not painted, a comma is a pause and the dot would be a word. */
	const char *between = frame->canvas ? " · " : ", ";
	return *line ? mem_printf(frame->mem, "%s%s%s", line, between, part)
		     : mem_strdup(frame->mem, part);
}

void frame_bar(const struct frame *frame, int row, struct area area, bool is_selected)
{
	if (!is_selected) {
		return;
	}
	canvas_text(frame->canvas, row, area.column, 1, STYLE_NORMAL, ">");
	if (!frame->model->slow) {
		canvas_restyle(frame->canvas, row, area.column, area.columns, STYLE_BAR);
	}
	canvas_cursor(frame->canvas, row, area.column);
}

char *frame_person(const struct frame *frame, const struct ticket_row *row)
{
	return words_person(frame->mem, row->customer_name, row->customer_address);
}

/* "with bruno for 3 min, answering: read only" */
static char *another_holder(const struct frame *frame, const struct claim *claim)
{
	const struct model *model = frame->model;
	char *doing = presence_words(model, frame->mem, claim->operator_id, claim->ticket);
	const char *pattern = claim->grace ? _("with {0} for {1}, gone away: read only")
			      : *doing	   ? _("with {0} for {1}, {2}: read only")
					   : _("with {0} for {1}: read only");
	return words_put(frame->mem, pattern, model_login(model, claim->operator_id),
		words_age(frame->mem, model->now - claim->since), doing, NULL);
}

char *frame_holder(const struct frame *frame, const struct ticket_row *row)
{
	const struct model *model = frame->model;
	const struct claim *claim = model_holder(model, row);
	if (claim && claim->operator_id == model->actor) {
		const struct held *held = claims_get(model, row->ticket.number);
		const char *pattern =
			held && held->active_at
				? _("with you for {0}")
				: _("with you on another terminal ({1} moves it here)");
		const char *claims = screen_is_writing(model->screen) ? "claim-again" : "claim";
		return words_put(frame->mem, pattern,
			words_age(frame->mem, model->now - claim->since),
			model_key(model, frame->mem, claims), NULL);
	}
	if (claim) {
		return another_holder(frame, claim);
	}
	if (row->covered_by) {
		return words_put(frame->mem, _("{0} has another ticket of this customer"),
			model_login(model, row->covered_by), NULL);
	}
	return mem_strdup(frame->mem, "");
}
