#include "base/mem.h"
#include "base/text.h"
#include "tui/editor.h"
#include "tui/frame.h"
#include "tui/i18n.h"
#include "tui/offer.h"
#include "tui/words.h"
#include "tui/wrap.h"

#include <string.h>

/* The last line, and the lists that stand above it. */

static int text_columns(const char *text)
{
	return width_text(text, strlen(text));
}

/* --- hints --- */

/* "Ctrl-X m" whole, "s" for all that begins with it; NULL: not hinted. */
static const char *hinted_key(const struct frame *frame, const struct command *command)
{
	const struct model *model = frame->model;
	const char *keys = keymap_first(model->keymap, model->screen, command);
	if (!command->hint || !keys || !command_is_apt(model, command, model_ticket(model))) {
		return NULL;
	}
	const char *blank = strchr(keys, ' ');
	return !command->hints_prefix ? keys
	       : blank		      ? mem_strndup(frame->mem, keys, (size_t)(blank - keys))
				      : NULL;
}

static int put_hint(const struct frame *frame, int row, int column, const struct command *command)
{
	int columns = frame->model->columns;
	column += canvas_text(frame->canvas, row, column, columns - column, STYLE_HINT_KEY,
		hinted_key(frame, command));
	column++;
	return column + canvas_text(frame->canvas, row, column, columns - column, STYLE_HINT,
				_(command->hint));
}

static int hint_columns(const struct frame *frame, const struct command *command)
{
	return text_columns(hinted_key(frame, command)) + 1 + text_columns(_(command->hint));
}

size_t frame_hints(const struct frame *frame, int row, size_t from, bool with_help)
{
	const struct model *model = frame->model;
	const struct command *help = model_help(model); /* at the end, whatever else has room */
	const struct command *last = with_help ? help : NULL;
	int room = model->columns - 1 - (last ? hint_columns(frame, last) + 2 : 0);
	int column = 1;
	size_t i = from;
	canvas_fill(frame->canvas, row, 0, model->columns, STYLE_HINT, ' ');
	for (; i < console_command_count; i++) {
		const struct command *command = &console_commands[i];
		if (command == help || !hinted_key(frame, command)) {
			continue;
		}
		if (column + hint_columns(frame, command) > room && column > 1) {
			break;
		}
		column = put_hint(frame, row, column, command) + 2;
	}
	if (last) {
		put_hint(frame, row, column, last);
	}
	return i;
}

int frame_hint_rows(const struct frame *frame)
{
	int rows = 1;
	int column = 1;
	const struct command *help = model_help(frame->model);
	for (size_t i = 0; i < console_command_count; i++) {
		const struct command *command = &console_commands[i];
		if (command == help || !hinted_key(frame, command)) {
			continue;
		}
		int columns = hint_columns(frame, command);
		if (column + columns > frame->model->columns - 1 && column > 1) {
			rows++;
			column = 1;
		}
		column += columns + 2;
	}
	return rows;
}

/* --- a list above the line --- */

static void list_line(const struct frame *frame, int row, int key_columns, const char *key,
	const char *label, const char *detail)
{
	struct canvas *canvas = frame->canvas;
	int columns = frame->model->columns;
	canvas_fill(canvas, row, 0, columns, STYLE_NORMAL, ' ');
	int column = 2;
	if (key && *key) {
		int used = canvas_text(canvas, row, column, columns - column, STYLE_HINT_KEY, key);
		column += (used > key_columns ? used : key_columns) + 2;
	}
	column += canvas_text(canvas, row, column, columns - column, STYLE_NORMAL, label);
	if (detail && *detail) {
		canvas_text(canvas, row, column + 2, columns - column - 2, STYLE_DIM, detail);
	}
}

static void prompt_list(const struct frame *frame)
{
	const struct prompt *prompt = frame->model->prompt;
	int rows = prompt_rows(frame->model);
	int first = frame->model->rows - 1 - rows;
	if (rows > 0) {
		frame_rule(frame, (struct area){first - 1, 0, 1, frame->model->columns}, STYLE_RULE,
			"", "");
	}
	for (int i = 0; i < rows; i++) {
		size_t at = prompt->top + (size_t)i;
		if (at >= prompt->shown_count) {
			break;
		}
		const struct prompt_item *item = &prompt->items[prompt->shown[at]];
		list_line(frame, first + i, prompt->key_columns, item->key, item->label,
			item->detail);
		struct area area = {first + i, 0, 1, frame->model->columns};
		bool is_chosen = !prompt_is_completed(prompt) || prompt->is_walking;
		frame_bar(frame, first + i, area, is_chosen && at == prompt->selected);
	}
}

static size_t followers(
	const struct model *model, const struct command **list, const char **rests, size_t most)
{
	size_t count = 0;
	for (size_t i = 0; i < console_command_count && count < most; i++) {
		list[count] = &console_commands[i];
		rests[count] = keymap_rest(model->keymap, model->screen, list[count],
			model->keys.pending, model->keys.pending_count);
		count += rests[count] ? 1 : 0;
	}
	return count;
}

enum { FOLLOWERS_MAX = 40, REST_COLUMNS = 6 };

/* What cannot be done now is there, dimmed: fingers know the list. */
static void follower(const struct frame *frame, struct area cell, const char *rest,
	const struct command *command)
{
	struct canvas *canvas = frame->canvas;
	const struct model *model = frame->model;
	bool is_apt = command_is_apt(model, command, model_ticket(model));
	int keys = text_columns(rest) < 2 ? 2 : REST_COLUMNS;
	canvas_text(canvas, cell.row, cell.column + 2, keys, STYLE_HINT_KEY, rest);
	canvas_text(canvas, cell.row, cell.column + 3 + keys, cell.columns - 3 - keys,
		is_apt ? STYLE_NORMAL : STYLE_DIM, _(command->summary));
}

/* In as many columns as it takes to show all of it. */
static void prefix_list(const struct frame *frame)
{
	const struct model *model = frame->model;
	const struct command *list[FOLLOWERS_MAX];
	const char *rests[FOLLOWERS_MAX];
	int count = (int)followers(model, list, rests, FOLLOWERS_MAX);
	int most = model->rows - 2;
	int stacks = (count + most - 1) / most;
	int rows = stacks > 0 ? (count + stacks - 1) / stacks : 0;
	int first = model->rows - 1 - rows;
	frame_rule(frame, (struct area){first - 1, 0, 1, model->columns}, STYLE_RULE,
		_(keymap_title(model->keymap, model->screen, &model->keys.pending[0])), "");
	for (int i = 0; i < rows; i++) {
		canvas_fill(frame->canvas, first + i, 0, model->columns, STYLE_NORMAL, ' ');
	}
	for (int i = 0; i < count; i++) {
		int width = model->columns / stacks;
		struct area cell = {first + i % rows, i / rows * width, 1, width};
		follower(frame, cell, rests[i], list[i]);
	}
	char *name = key_format(frame->mem, &model->keys.pending[0]);
	canvas_fill(frame->canvas, model->rows - 1, 0, model->columns, STYLE_PROMPT, ' ');
	int column = canvas_text(frame->canvas, model->rows - 1, 1, model->columns - 2,
		STYLE_PROMPT, mem_printf(frame->mem, "%s …", name));
	canvas_cursor(frame->canvas, model->rows - 1, column + 2);
}

/* --- the line itself --- */

enum { NOTICE_ROWS = 3 };

/* A question that is longer than the line begins above it; its answers are never cut. The blank at
 * which a line breaks hangs over the edge. */
static int ask_line(const struct frame *frame, const struct prompt *prompt, int row)
{
	int columns = frame->model->columns;
	char *text = mem_strdup(frame->mem, "");
	for (size_t i = 0; i < prompt->count; i++) {
		text = mem_printf(frame->mem, "%s  %s %s", text, prompt->items[i].key,
			prompt->items[i].label);
	}
	int room = columns - 2 - text_columns(text);
	bool fits = text_columns(prompt->title) <= room;
	struct wrap wrap = wrap_text(frame->mem, prompt->title, fits ? room : columns - 2);
	const char *last = prompt->title + wrap.lines[wrap.count - 1].offset;
	size_t above = wrap.count - (text_columns(last) <= room);
	above = above < NOTICE_ROWS ? above : NOTICE_ROWS - 1;
	for (size_t i = 0; i < above; i++) {
		int at = row - (int)(above - i);
		canvas_fill(frame->canvas, at, 0, columns, STYLE_PROMPT, ' ');
		canvas_text(frame->canvas, at, 1, columns - 1, STYLE_PROMPT,
			mem_strndup(frame->mem, prompt->title + wrap.lines[i].offset,
				wrap.lines[i].length));
	}
	const char *rest = above < wrap.count ? prompt->title + wrap.lines[above].offset : "";
	int column = 1 + canvas_text(frame->canvas, row, 1, room, STYLE_PROMPT, rest);
	return column +
	       canvas_text(frame->canvas, row, column, columns - column, STYLE_PROMPT, text);
}

/* One for each character, to be counted by whoever types. */
static const char *stars(const struct frame *frame, const char *text)
{
	char *line = mem_strdup(frame->mem, "");
	for (size_t size = text_grapheme(text); size; size = text_grapheme(text)) {
		line = mem_check(talloc_strdup_append_buffer(line, "*"));
		text += size;
	}
	return line;
}

static void prompt_line(const struct frame *frame)
{
	const struct model *model = frame->model;
	const struct prompt *prompt = model->prompt;
	int row = model->rows - 1;
	bool has_text = prompt->form == PROMPT_LINE || prompt->form == PROMPT_PICK;
	int most = has_text ? model->columns * 2 / 3 : model->columns - 2;
	canvas_fill(frame->canvas, row, 0, model->columns, STYLE_PROMPT, ' ');
	int column = prompt->form == PROMPT_ASK ? ask_line(frame, prompt, row)
						: 1 + canvas_text(frame->canvas, row, 1, most,
							      STYLE_PROMPT, prompt->title);
	if (!has_text) {
		canvas_cursor(frame->canvas, row, column < model->columns ? column : 0);
		return;
	}
	column += prompt_is_completed(prompt) && !prompt->is_open ? 0 : 1;
	int room = model->columns - column - 1;
	const char *text = editor_text(prompt->line) + editor_left(prompt->line);
	int cursor_row, cursor;
	editor_cursor_at(prompt->line, &cursor_row, &cursor);
	if (prompt->is_secret) {
		text = stars(frame, text);
		cursor = text_columns(text);
	}
	canvas_text(frame->canvas, row, column, room, STYLE_PROMPT, text);
	canvas_cursor(frame->canvas, row, column + (cursor < room ? cursor : room));
	if (prompt->note) {
		int used = text_columns(text);
		canvas_text(frame->canvas, row, column + used + 2, room - used - 2,
			prompt->is_mild ? STYLE_PROMPT : STYLE_ERROR, prompt->note);
	}
}

/* As many rows as the text needs, over what is shown there, but not over the cursor. */
static int notice_rows(const struct frame *frame, size_t wanted)
{
	int row, column;
	int rows = wanted < NOTICE_ROWS ? (int)wanted : NOTICE_ROWS;
	if (canvas_cursor_at(frame->canvas, &row, &column) && rows > frame->model->rows - 1 - row) {
		rows = frame->model->rows - 1 - row;
	}
	return rows > 1 ? rows : 1;
}

static void notice_line(const struct frame *frame, const struct notice *notice)
{
	const struct model *model = frame->model;
	enum style style = notice->is_error ? STYLE_ERROR : STYLE_HINT;
	size_t others = notices_hidden(&model->notices);
	/* TRANSLATORS: {0} messages more; {1} the keys that show them */
	char *more = others ? words_put(frame->mem, _("+{0} ({1})"),
				      words_number(frame->mem, (int64_t)others),
				      model_key(model, frame->mem, "messages"), NULL)
			    : mem_strdup(frame->mem, "");
	int room = model->columns - 2 - (others ? text_columns(more) + 2 : 0);
	char *text = notice->is_error ? mem_printf(frame->mem, "! %s", notice->text) : notice->text;
	struct wrap wrap = wrap_text(frame->mem, text, room);
	int rows = notice_rows(frame, wrap.count);
	int first = model->rows - rows;
	for (int i = 0; i < rows; i++) {
		const char *rest = text + wrap.lines[i].offset;
		bool is_last = i == rows - 1; /* cut with its mark when there is still more */
		canvas_fill(frame->canvas, first + i, 0, model->columns, style, ' ');
		canvas_text(frame->canvas, first + i, 1, room, style,
			is_last ? rest : mem_strndup(frame->mem, rest, wrap.lines[i].length));
	}
	canvas_text(frame->canvas, model->rows - 1, model->columns - 1 - text_columns(more),
		text_columns(more), style, more);
}

void frame_last_line(const struct frame *frame)
{
	const struct model *model = frame->model;
	if (model->prompt) {
		prompt_list(frame);
		prompt_line(frame);
	} else if (model->keys.pending_count) {
		prefix_list(frame);
	} else if (notices_shown(&model->notices)) {
		notice_line(frame, notices_shown(&model->notices));
	} else if (!screen_is_review(model->screen)) {
		frame_hints(frame, model->rows - 1, 0, true);
	}
}
