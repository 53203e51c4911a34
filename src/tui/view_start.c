#include "base/mem.h"
#include "core/name.h"
#include "tui/frame.h"
#include "tui/i18n.h"
#include "tui/offer.h"
#include "tui/words.h"
#include "tui/wrap.h"

/* What is missing, in a sentence; then who one may be, or what one may do. */

enum { KEY_COLUMNS = 7, LOGIN_COLUMNS = 14, MARGIN = 2, LOW_ROWS = 14 };

static int put_sentence(const struct frame *frame, int row, enum style style, const char *text)
{
	struct wrap wrap = wrap_text(frame->mem, text, frame->model->columns - 2 * MARGIN);
	for (size_t i = 0; i < wrap.count && row < frame->model->rows - 2; i++) {
		canvas_bytes(frame->canvas, row++, MARGIN, frame->model->columns - 2 * MARGIN,
			style, text + wrap.lines[i].offset, wrap.lines[i].length);
	}
	return row + 1;
}

size_t start_sentences(const struct frame *frame, struct start_sentence *sentences)
{
	const struct start_lack *lack = frame->model->start.lack;
	if (lack->directory) {
		sentences[0] =
			(struct start_sentence){STYLE_STRONG, _("Who are you on this desk?")};
		sentences[1] =
			(struct start_sentence){STYLE_DIM, words_error(frame->mem, lack->problem)};
		return 2;
	}
	if (!lack->is_first) {
		sentences[0] = (struct start_sentence){
			STYLE_ERROR, words_error(frame->mem, lack->problem)};
		return 1;
	}
	sentences[0] = (struct start_sentence){STYLE_STRONG, _("Welcome to atende.")};
	sentences[1] = (struct start_sentence){STYLE_NORMAL,
		_("There is no desk here yet. A desk is one file with the tickets, the customers "
		  "and the colleagues; several people can work on it at once.")};
	return 2;
}

static int put_problem(const struct frame *frame, int row)
{
	struct start_sentence sentences[START_SENTENCES];
	size_t count = start_sentences(frame, sentences);
	if (frame->model->start.lack->directory && frame->model->rows < LOW_ROWS) {
		count = 1; /* the names count for more than why they are asked for */
	}
	for (size_t i = 0; i < count; i++) {
		row = put_sentence(frame, row, sentences[i].style, sentences[i].text);
	}
	return row;
}

static void put_operator(const struct frame *frame, int row, const struct operator_ *operator_)
{
	int columns = frame->model->columns;
	canvas_field(frame->canvas, row, MARGIN, LOGIN_COLUMNS, STYLE_NORMAL, operator_->login);
	int column = MARGIN + LOGIN_COLUMNS + 1;
	column += canvas_text(
		frame->canvas, row, column, columns - column, STYLE_NORMAL, operator_->name);
	canvas_text(frame->canvas, row, column + 2, columns - column - 2, STYLE_DIM,
		words_role(operator_->role));
}

static int put_operators(const struct frame *frame, int row)
{
	const struct model *model = frame->model;
	const struct list_part *list = &model->lists[SCREEN_START];
	size_t count = start_count(model);
	int last = model->rows - LIST_FRAME_ROWS;
	size_t rows = last > row ? (size_t)(last - row) : 1;
	size_t top = list->cursor >= rows ? list->cursor - rows + 1 : 0;
	for (size_t at = top; at < count && at < top + rows; at++, row++) {
		struct area area = {row, 0, 1, model->columns};
		put_operator(frame, row, start_operator(model, at));
		frame_bar(frame, row, area, at == list->cursor);
	}
	return row + 1;
}

static void put_commands(const struct frame *frame, int row)
{
	const struct model *model = frame->model;
	for (size_t i = 0; i < console_command_count && row < model->rows - 1; i++) {
		const struct command *command = &console_commands[i];
		const char *keys = keymap_first(model->keymap, SCREEN_START, command);
		bool is_offered = keys && command->hint && command_is_apt(model, command, 0);
		if (!is_offered || command->when == WHEN_OPERATORS) {
			continue;
		}
		canvas_text(
			frame->canvas, row, MARGIN, KEY_COLUMNS, STYLE_HINT_KEY, command->keys[0]);
		canvas_text(frame->canvas, row++, MARGIN + KEY_COLUMNS,
			model->columns - MARGIN - KEY_COLUMNS, STYLE_NORMAL, _(command->summary));
	}
}

void view_start(const struct frame *frame)
{
	const struct model *model = frame->model;
	frame_ends(
		frame, 0, STYLE_TITLE, "atende", words_clock(frame->mem, &model->zone, model->now));
	frame_rule(frame, (struct area){1, 0, 1, model->columns}, STYLE_RULE, "", "");
	int row = put_problem(frame, 3);
	canvas_cursor(frame->canvas, 3, 0);
	if (start_count(model)) {
		put_operators(frame, row);
	} else {
		put_commands(frame, row);
	}
}
