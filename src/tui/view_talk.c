#include "base/bytes.h"
#include "base/clock.h"
#include "base/mem.h"
#include "tui/frame.h"
#include "tui/i18n.h"
#include "tui/words.h"

#include <string.h>

/* A conversation: heads at the left edge, texts behind their gutter. */

enum { NOTE_RUNE = 0x258F, TAG_LEAST = 12 };

static const char *team_of(const struct frame *frame, int64_t id)
{
	const struct directory *directory = frame->model->directory;
	const struct team *team = directory ? directory_team(directory, id) : NULL;
	return team ? team->name : "?";
}

static const char *memo_to(const struct frame *frame, const struct memo *memo)
{
	const struct model *model = frame->model;
	return memo->operator_id  ? model_login(model, memo->operator_id)
	       : model->directory ? memo_receiver_word(model->directory, memo, _("all"))
				  : "";
}

static char *what_it_is(const struct frame *frame, const struct talk_entry *entry)
{
	const struct message *message = entry->message;
	if (entry->kind == TALK_NOTE) {
		return mem_strdup(frame->mem, _("internal note"));
	}
	if (entry->kind == TALK_MEMO) {
		return words_put(frame->mem, _("memo to {0}"), memo_to(frame, entry->memo), NULL);
	}
	if (entry->kind == TALK_QUESTION) {
		return words_put(frame->mem, _("question to {0}"),
			team_of(frame, entry->question->team), NULL);
	}
	if (entry->kind == TALK_ANSWER) {
		return mem_strdup(frame->mem, _("answer to the question"));
	}
	if (message->contact) {
		return mem_printf(frame->mem, "%s, %s", words_channel(message->channel),
			words_contact(message->contact));
	}
	return mem_strdup(frame->mem, "");
}

char *talk_tag(const struct frame *frame, const struct talk_entry *entry, enum style *style)
{
	const struct message *message = entry->message;
	int64_t now = frame->model->now;
	*style = STYLE_DIM;
	if (entry->is_new) {
		*style = STYLE_NEW;
		return mem_strdup(frame->mem, _("NEW"));
	}
	if (entry->kind == TALK_QUESTION && !entry->question->answered_at) {
		bool is_late = entry->question->due_at && entry->question->due_at < now;
		*style = is_late ? STYLE_ALERT : STYLE_WARNING;
		return mem_strdup(frame->mem, is_late ? _("OVERDUE") : _("open"));
	}
	if (!message || message->direction != DIRECTION_OUT || message->contact) {
		return mem_strdup(frame->mem, "");
	}
	bool has_delivery = frame->model->directory && frame->model->directory->settings.delivery;
	if (message->state == MESSAGE_QUEUED && !has_delivery) {
		return mem_strdup(frame->mem, _("kept, this desk sends no mail"));
	}
	if (message->state == MESSAGE_QUEUED && message->send_at > now) {
		return words_put(frame->mem, _("goes out in {0} s"),
			words_number(frame->mem, (message->send_at - now) / MS_SECOND + 1), NULL);
	}
	bool is_bad = message->state == MESSAGE_BOUNCED || message->state == MESSAGE_FAILED ||
		      message->state == MESSAGE_UNCERTAIN;
	*style = is_bad ? STYLE_ALERT : STYLE_DIM;
	return mem_strdup(frame->mem, words_message_state(message->state));
}

char *talk_head(const struct frame *frame, const struct talk *talk, const struct talk_entry *entry)
{
	const char *author = entry->author		? model_login(frame->model, entry->author)
			     : entry->kind == TALK_MEMO ? _("the desk")
							: talk->customer;
	char *text = mem_printf(frame->mem, "%s  %s",
		words_moment(frame->mem, &frame->model->zone, entry->at, frame->model->now),
		author);
	return frame_join(frame, text, what_it_is(frame, entry));
}

static void head_line(const struct frame *frame, struct area line, const struct talk *talk,
	const struct talk_entry *entry)
{
	enum style tag_style;
	char *tag = talk_tag(frame, entry, &tag_style);
	char *head = talk_head(frame, talk, entry);
	int used = width_text(tag, strlen(tag));
	int left = line.columns - 4 - width_text(head, strlen(head));
	left = left < TAG_LEAST ? TAG_LEAST : left;
	used = used > left ? left : used; /* when and who come before what became of it */
	canvas_text(frame->canvas, line.row, line.column + 1, line.columns - used - 3,
		STYLE_HEADING, head);
	canvas_text(frame->canvas, line.row, line.column + line.columns - used - 1, used, tag_style,
		tag);
}

static enum style body_style(const struct talk_entry *entry, const struct talk_line *line)
{
	if (line->is_quote) {
		return STYLE_QUOTE;
	}
	if (entry->kind != TALK_MESSAGE) {
		return STYLE_NOTE;
	}
	return entry->author ? STYLE_OURS : STYLE_NORMAL;
}

static void body_line(const struct frame *frame, struct area line, const struct talk *talk,
	const struct talk_line *talk_line)
{
	const struct talk_entry *entry = &talk->entries[talk_line->entry];
	enum style style = body_style(entry, talk_line);
	if (entry->kind != TALK_MESSAGE) {
		canvas_fill(frame->canvas, line.row, line.column + 1, 1, style, NOTE_RUNE);
	}
	canvas_bytes(frame->canvas, line.row, line.column + TALK_GUTTER,
		line.columns - TALK_GUTTER - 1, style, entry->text + talk_line->offset,
		talk_line->length);
}

char *talk_fold(const struct frame *frame, const struct talk_part *part)
{
	unsigned long lines = part->folded;
	const char *pattern =
		part->is_signature
			? ngettext("{0} line of a signature", "{0} lines of a signature", lines)
			: ngettext("{0} quoted line", "{0} quoted lines", lines);
	return words_put(frame->mem, pattern, words_number(frame->mem, (int64_t)lines), NULL);
}

/* At the left edge, where no body can be. */
static void fold_line(const struct frame *frame, struct area line, const struct talk_part *part)
{
	char *text =
		mem_printf(frame->mem, "%s %s", part->is_open ? "▾" : "▸", talk_fold(frame, part));
	canvas_text(frame->canvas, line.row, line.column + 1, line.columns - 2, STYLE_DIM, text);
}

/* At the left edge too: a text cannot pretend to bring a file. */
static void file_line(const struct frame *frame, struct area line, const struct talk_part *part)
{
	char *text = mem_printf(frame->mem, "[%zu] %s %s", part->number, part->file->name,
		bytes_format(frame->mem, part->file->size_bytes));
	canvas_text(frame->canvas, line.row, line.column + 1, line.columns - 2, STYLE_STRONG, text);
}

void frame_talk(const struct frame *frame, struct area area, const struct talk *talk, size_t top)
{
	for (int i = 0; i < area.rows && top + (size_t)i < talk->line_count; i++) {
		const struct talk_line *line = &talk->lines[top + (size_t)i];
		struct area place = {area.row + i, area.column, 1, area.columns};
		if (line->kind == TALK_HEAD) {
			head_line(frame, place, talk, &talk->entries[line->entry]);
		} else if (line->kind == TALK_BODY) {
			body_line(frame, place, talk, line);
		} else if (line->kind == TALK_FOLD) {
			fold_line(frame, place, &talk->parts[line->part]);
		} else if (line->kind == TALK_FILE) {
			file_line(frame, place, &talk->parts[line->part]);
		}
	}
}

/* Gives the bytes of a line that lie in [from, to) of its text a style; the first column. */
static int restyle_bytes(const struct frame *frame, struct area line,
	const struct talk_line *talk_line, const char *text, size_t from, size_t to,
	enum style style)
{
	size_t end = talk_line->offset + talk_line->length;
	const char *start = text + talk_line->offset;
	from = from < talk_line->offset ? talk_line->offset : from;
	to = to > end ? end : to;
	if (from >= to) {
		return -1;
	}
	int before = width_text(start, from - talk_line->offset);
	int behind = width_text(start, to - talk_line->offset);
	canvas_restyle(frame->canvas, line.row, line.column + TALK_GUTTER + before, behind - before,
		style);
	return line.column + TALK_GUTTER + before;
}

/* The same on all lines of a text that are in sight; the first place in *row and *column. */
static bool restyle_text(const struct frame *frame, struct area area, const struct talk *talk,
	size_t top, const struct talk_match *span, enum style style, int *row, int *column)
{
	bool is_seen = false;
	for (int i = 0; i < area.rows && top + (size_t)i < talk->line_count; i++) {
		const struct talk_line *line = &talk->lines[top + (size_t)i];
		struct area place = {area.row + i, area.column, 1, area.columns};
		int at =
			line->kind == TALK_BODY && line->entry == span->entry
				? restyle_bytes(frame, place, line, talk->entries[span->entry].text,
					  span->offset, span->offset + span->length, style)
				: -1;
		if (at >= 0 && !is_seen) {
			*row = place.row;
			*column = at;
			is_seen = true;
		}
	}
	return is_seen;
}

void frame_talk_cursor(const struct frame *frame, struct area area, const struct talk *talk,
	size_t top, const struct talk_part *part)
{
	int row, column;
	if (!part || part->line < top || part->line >= top + (size_t)area.rows) {
		return;
	}
	struct talk_match span = {part->entry, part->offset, part->length};
	if (part->kind == PART_LINK) {
		restyle_text(frame, area, talk, top, &span, STYLE_BAR, &row, &column);
	}
	row = area.row + (int)(part->line - top);
	canvas_text(frame->canvas, row, area.column, 1, STYLE_NORMAL, ">");
	canvas_cursor(frame->canvas, row, area.column);
}

void frame_talk_found(const struct frame *frame, struct area area, const struct talk *talk,
	size_t top, const char *words, const struct talk_place *found)
{
	if (top >= talk->line_count || area.rows <= 0) {
		return;
	}
	size_t bottom = top + (size_t)area.rows - 1;
	bottom = bottom < talk->line_count ? bottom : talk->line_count - 1;
	struct talk_matches matches = talk_find(
		frame->mem, talk, words, talk->lines[top].entry, talk->lines[bottom].entry + 1);
	for (size_t i = 0; i < matches.count; i++) {
		const struct talk_match *match = &matches.items[i];
		const struct talk_entry *entry = &talk->entries[match->entry];
		int row, column;
		bool is_seen =
			restyle_text(frame, area, talk, top, match, STYLE_MATCH, &row, &column);
		if (is_seen && entry->kind == found->kind && entry->id == found->id &&
			(int64_t)match->offset == found->offset) {
			canvas_text(frame->canvas, row, area.column, 1, STYLE_NORMAL, ">");
			canvas_cursor(frame->canvas, row, column);
		}
	}
}
