#include "base/mem.h"
#include "core/name.h"
#include "tui/frame.h"
#include "tui/i18n.h"
#include "tui/start.h"
#include "tui/words.h"

/* Screens that are one list under a title. */

void frame_list(const struct frame *frame, const char *title, const char *empty,
	frame_line_fn *line, const void *rows)
{
	const struct model *model = frame->model;
	const struct list_part *list = &model->lists[model->screen];
	size_t count = list_count(model);
	int row_count = list_rows(model);
	frame_ends(frame, 0, STYLE_TITLE, title, "");
	frame_rule(frame, (struct area){1, 0, 1, model->columns}, STYLE_RULE, "", "");
	if (count == 0) {
		canvas_text(frame->canvas, 2, 2, model->columns - 3, STYLE_DIM, empty);
		canvas_cursor(frame->canvas, 2, 0);
	}
	for (int i = 0; i < row_count && list->top + (size_t)i < count; i++) {
		size_t at = list->top + (size_t)i;
		struct area area = {2 + i, 0, 1, model->columns};
		line(frame, rows, at, area);
		frame_bar(frame, area.row, area, at == list->cursor);
	}
}

/* --- find --- */

enum { NUMBER_COLUMNS = 6, STATE_COLUMNS = 10 };

static void find_line(const struct frame *frame, const void *rows, size_t at, struct area line)
{
	(void)rows;
	const struct model *model = frame->model;
	const struct ticket_row *row = &model->find.rows[at]->row;
	int name = line.columns / 5;
	int column = 2;
	canvas_field(frame->canvas, line.row, column, NUMBER_COLUMNS, STYLE_NORMAL,
		words_number(frame->mem, row->ticket.number));
	column += NUMBER_COLUMNS + 1;
	canvas_field(frame->canvas, line.row, column, STATE_COLUMNS, STYLE_DIM,
		words_standing(&row->ticket));
	column += STATE_COLUMNS + 1;
	canvas_field(frame->canvas, line.row, column, name, STYLE_NORMAL, row->customer_name);
	column += name + 1;
	char *text = frame_join(frame, mem_strdup(frame->mem, row->ticket.subject), row->snippet);
	canvas_text(frame->canvas, line.row, column, line.columns - column - 1, STYLE_NORMAL, text);
}

static size_t find_count(const struct model *model)
{
	return model->find.count;
}

static char *find_text(const struct frame *frame, size_t at)
{
	const struct ticket_row *row = &frame->model->find.rows[at]->row;
	char *text = mem_printf(frame->mem, "%lld %s: %s", (long long)row->ticket.number,
		row->customer_name, row->ticket.subject);
	text = frame_join(frame, text, words_standing(&row->ticket));
	return frame_join(frame, text, row->snippet);
}

/* How far back it looked: a page stops long before the beginning of a large desk. */
static char *find_title(const struct frame *frame)
{
	const struct find_part *find = &frame->model->find;
	if (!find->request && find->copied_at) {
		return words_put(frame->mem, _("Found: {0} (only in the copy of {1}: {2} tickets)"),
			find->words,
			words_moment(frame->mem, &frame->model->zone, find->copied_at,
				frame->model->now),
			words_number(frame->mem, find->copied), NULL);
	}
	bool is_all = !find->has_more || !find->looked_back_to;
	if (find->request || is_all) {
		return words_put(frame->mem, _("Found: {0}"), find->words, NULL);
	}
	return words_put(frame->mem, _("Found: {0} (back to {1}; End looks further)"), find->words,
		words_day(frame->mem, &frame->model->zone, find->looked_back_to), NULL);
}

static const char *find_empty(const struct frame *frame)
{
	const struct find_part *find = &frame->model->find;
	return find->request	    ? _("looking… Ctrl-C stops it")
	       : find->problem.code ? words_error(frame->mem, &find->problem)
	       : find->has_more	    ? _("nothing so far; End looks further back")
				    : _("nothing found; f looks for something else");
}

/* --- drafts and bin --- */

static char *text_of(const struct frame *frame, const struct draft *draft)
{
	const struct model *model = frame->model;
	const char *kind = _(name_said(&draft_kind_names, (int)draft->kind));
	const char *whose =
		draft->operator_id == model->actor ? "" : model_login(model, draft->operator_id);
	char *head = mem_printf(frame->mem, "%s  %s  %s", words_subject(frame->mem, draft), kind,
		words_moment(frame->mem, &model->zone, draft->updated_at, model->now));
	return mem_printf(frame->mem, "%s  %s", frame_join(frame, head, whose), draft->text);
}

static size_t draft_count(const struct model *model)
{
	return model->shows_bin ? model->bin.count : model->drafts.count;
}

static char *draft_text(const struct frame *frame, size_t at)
{
	const struct model *model = frame->model;
	const struct drafts *drafts = model->shows_bin ? &model->bin : &model->drafts;
	return text_of(frame, &drafts->items[at]);
}

/* Whose it is, since when, and the text itself. */
static void draft_preview(const struct frame *frame, const struct draft *draft)
{
	const struct model *model = frame->model;
	int first = 2 + list_rows(model);
	int rows = model->rows - 2 - first - 1;
	if (rows < 1) {
		return;
	}
	char *when = words_moment(frame->mem, &model->zone,
		draft->discarded_at ? draft->discarded_at : draft->updated_at, model->now);
	char *head = words_put(frame->mem,
		draft->discarded_at ? _("{0} by {1}, thrown away {2}") : _("{0} by {1}, {2}"),
		mem_printf(frame->mem, "%s %s", words_subject(frame->mem, draft),
			_(name_said(&draft_kind_names, (int)draft->kind))),
		model_login(model, draft->operator_id), when, NULL);
	size_t files = draft->attachments.count;
	const char *more = files ? words_put(frame->mem, ngettext("{0} file", "{0} files", files),
					   words_number(frame->mem, (int64_t)files), NULL)
				 : "";
	frame_rule(frame, (struct area){first, 0, 1, model->columns}, STYLE_RULE, head, more);
	struct wrap wrap = wrap_text(frame->mem, draft->text, model->columns - 2 * TALK_GUTTER);
	frame_text(frame, (struct area){first + 1, 0, rows, model->columns}, draft->text, &wrap, 0);
}

static char *drafts_title(const struct frame *frame)
{
	const char *pattern = frame->model->shows_bin ? _("Thrown away: {0} takes one out again")
						      : _("Drafts: {0} continues one");
	return words_put(
		frame->mem, pattern, model_key(frame->model, frame->mem, "continue"), NULL);
}

static const char *drafts_empty(const struct frame *frame)
{
	return frame->model->shows_bin ? _("the bin is empty") : _("no text is unfinished");
}

/* --- messages --- */

static size_t message_count(const struct model *model)
{
	void *work = mem_context(NULL);
	size_t count = notices_lines(model, work).count;
	talloc_free(work);
	return count;
}

static void message_line(const struct frame *frame, const void *rows, size_t at, struct area line)
{
	const struct model *model = frame->model;
	const struct notice_lines *all = rows;
	const struct notice_line *said = &all->lines[at];
	enum style style = said->notice->is_error ? STYLE_ERROR : STYLE_NORMAL;
	if (said->is_first) {
		canvas_text(frame->canvas, line.row, 2, NOTICE_TIME_COLUMNS, STYLE_DIM,
			words_seconds(frame->mem, &model->zone, said->notice->at));
	}
	int column = 2 + NOTICE_TIME_COLUMNS;
	canvas_text(frame->canvas, line.row, column, line.columns - column, style, said->text);
}

void view_messages(const struct frame *frame)
{
	struct notice_lines all = notices_lines(frame->model, frame->mem);
	frame_list(frame, _("Messages of this console"), _("none yet"), message_line, &all);
}

/* --- help --- */

static size_t help_count(const struct model *model)
{
	const struct command *list[1];
	return help_commands(model, list, 0);
}

enum { HELP_KEYS = 16, HELP_NAME = 16, HELP_NAMED_FROM = 72 };

static void help_line(const struct frame *frame, const void *rows, size_t at, struct area line)
{
	const struct model *model = frame->model;
	const struct command *const *list = rows;
	bool is_wide = line.columns >= HELP_NAMED_FROM;
	int keys = is_wide ? HELP_KEYS : HELP_KEYS / 2;
	int column = 2 + keys + 1;
	canvas_field(frame->canvas, line.row, 2, keys, STYLE_HINT_KEY,
		keymap_keys(model->keymap, frame->mem, model->help_for, list[at]));
	if (is_wide) {
		canvas_field(frame->canvas, line.row, column, HELP_NAME, STYLE_DIM, list[at]->name);
		column += HELP_NAME + 1;
	}
	canvas_text(frame->canvas, line.row, column, line.columns - column - 1, STYLE_NORMAL,
		_(list[at]->summary));
}

void view_help(const struct frame *frame)
{
	const char *find = frame->model->help_find;
	char *title = *find ? words_put(frame->mem, _("Keys with \"{0}\""), find, NULL)
			    : mem_strdup(frame->mem, _("Keys: type to find, Enter runs"));
	const struct command **list =
		mem_array(frame->mem, const struct command *, console_command_count);
	help_commands(frame->model, list, console_command_count);
	frame_list(frame, title, _("no such key; Backspace finds more"), help_line, list);
}

/* --- the screens --- */

static const struct list_words find_words = {find_count, find_title, find_empty, find_text};
static const struct list_words draft_words = {draft_count, drafts_title, drafts_empty, draft_text};
static const struct list_words message_words = {.count = message_count};
static const struct list_words help_words = {.count = help_count};
static const struct list_words start_words = {.count = start_count};

static const struct list_words *const words[SCREENS] = {
	[SCREEN_FIND] = &find_words,
	[SCREEN_DRAFTS] = &draft_words,
	[SCREEN_MESSAGES] = &message_words,
	[SCREEN_HELP] = &help_words,
	[SCREEN_OUTBOX] = &outbox_words,
	[SCREEN_MEMOS] = &memo_words,
	[SCREEN_SHIFT] = &shift_words,
	[SCREEN_START] = &start_words,
};

size_t list_count(const struct model *model)
{
	return words[model->screen] ? words[model->screen]->count(model) : 0;
}

char *list_title(const struct frame *frame)
{
	return words[frame->model->screen]->title(frame);
}

const char *list_empty(const struct frame *frame)
{
	return words[frame->model->screen]->empty(frame);
}

char *list_text(const struct frame *frame, size_t at)
{
	return words[frame->model->screen]->text(frame, at);
}

static void text_line(const struct frame *frame, const void *rows, size_t at, struct area line)
{
	(void)rows;
	canvas_text(
		frame->canvas, line.row, 2, line.columns - 3, STYLE_NORMAL, list_text(frame, at));
}

void view_find(const struct frame *frame)
{
	frame_list(frame, list_title(frame), list_empty(frame), find_line, NULL);
}

void view_drafts(const struct frame *frame)
{
	const struct model *model = frame->model;
	const struct drafts *drafts = model->shows_bin ? &model->bin : &model->drafts;
	size_t at = model->lists[SCREEN_DRAFTS].cursor;
	frame_list(frame, list_title(frame), list_empty(frame), text_line, NULL);
	if (at < drafts->count) {
		draft_preview(frame, &drafts->items[at]);
	}
}
