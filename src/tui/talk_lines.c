#include "tui/talk_lines.h"

#include "base/mem.h"
#include "core/link.h"
#include "core/quote.h"
#include "tui/wrap.h"

#include <string.h>

/* One entry on its way into lines. */
struct pen {
	struct talk *talk;
	size_t capacity; /* of the lines */
	size_t entry;
	const struct talk_folds *folds;
	void *work;
	struct wrap wrap;
	struct quotes quotes;
	struct link_spans links;
	size_t next_link;
};

static const struct talk_entry *entry_of(const struct pen *pen)
{
	return &pen->talk->entries[pen->entry];
}

static void add_line(struct pen *pen, struct talk_line line)
{
	struct talk *talk = pen->talk;
	if (talk->line_count == pen->capacity) {
		pen->capacity = pen->capacity ? pen->capacity * 2 : 64;
		talk->lines = mem_grow(talk, talk->lines, struct talk_line, pen->capacity);
	}
	line.entry = pen->entry;
	talk->lines[talk->line_count++] = line;
}

/* At the line that is added next. */
static struct talk_part *add_part(
	struct pen *pen, enum talk_part_kind kind, size_t offset, size_t length)
{
	struct talk *talk = pen->talk;
	talk->parts = mem_grow(talk, talk->parts, struct talk_part, talk->part_count + 1);
	struct talk_part *part = &talk->parts[talk->part_count++];
	*part = (struct talk_part){.kind = kind,
		.entry = pen->entry,
		.offset = offset,
		.length = length,
		.line = talk->line_count};
	return part;
}

static void add_fold(struct pen *pen, const struct quote *quote)
{
	struct talk_part *part = add_part(pen, PART_FOLD, quote->offset, quote->length);
	struct talk_place place = talk_part_place(pen->talk, pen->talk->part_count - 1);
	part->folded = quote->lines;
	part->is_signature = quote->kind == QUOTE_SIGNATURE;
	part->is_open = pen->folds && talk_folds_is_open(pen->folds, &place);
	add_line(pen, (struct talk_line){.kind = TALK_FOLD,
			      .offset = quote->offset,
			      .part = pen->talk->part_count - 1});
}

static void add_links(struct pen *pen, const struct wrap_line *line)
{
	size_t end = line->offset + line->length;
	for (; pen->next_link < pen->links.count; pen->next_link++) {
		const struct link_span *link = &pen->links.items[pen->next_link];
		if (link->offset >= end) {
			return;
		}
		if (link->offset >= line->offset) {
			add_part(pen, PART_LINK, link->offset, link->length);
		}
	}
}

static void add_body(struct pen *pen, const struct wrap_line *line, bool is_quote)
{
	add_links(pen, line);
	add_line(pen, (struct talk_line){.kind = TALK_BODY,
			      .offset = line->offset,
			      .length = line->length,
			      .is_quote = is_quote});
}

/* A text without the blank lines at its end. */
static size_t body_lines(const struct wrap *wrap, const char *text)
{
	size_t count = wrap->count;
	while (count > 1) {
		const struct wrap_line *line = &wrap->lines[count - 1];
		size_t blanks = strspn(text + line->offset, " \t");
		if (blanks < line->length) {
			break;
		}
		count--;
	}
	return count;
}

static void add_text(struct pen *pen)
{
	size_t count = body_lines(&pen->wrap, entry_of(pen)->text);
	size_t next = 0;
	bool is_open = true;
	for (size_t i = 0; i < count; i++) {
		const struct wrap_line *line = &pen->wrap.lines[i];
		const struct quote *quote =
			next < pen->quotes.count ? &pen->quotes.items[next] : NULL;
		if (quote && line->offset == quote->offset) {
			add_fold(pen, quote);
			is_open = pen->talk->parts[pen->talk->part_count - 1].is_open;
		}
		bool is_inside = quote && line->offset >= quote->offset;
		if (!is_inside || is_open) {
			add_body(pen, line, is_inside);
		}
		size_t end = line->offset + line->length;
		next += is_inside && end >= quote->offset + quote->length;
	}
}

/* Behind the text: places of the files follow on its last one. */
static void add_files(struct pen *pen)
{
	const struct talk_entry *entry = entry_of(pen);
	for (size_t i = 0; i < entry->files.count; i++) {
		size_t offset = strlen(entry->text) + 1 + i;
		struct talk_part *part = add_part(pen, PART_FILE, offset, 0);
		part->file = &entry->files.items[i];
		part->number = ++pen->talk->file_count;
		add_line(pen, (struct talk_line){.kind = TALK_FILE,
				      .offset = offset,
				      .part = pen->talk->part_count - 1});
	}
}

static void add_body_of(struct pen *pen)
{
	const struct talk_entry *entry = entry_of(pen);
	pen->work = mem_context(NULL);
	pen->wrap = wrap_text(pen->work, entry->text, pen->talk->columns - TALK_GUTTER - 1);
	pen->quotes = entry->kind == TALK_MESSAGE ? quotes_find(pen->work, entry->text)
						  : (struct quotes){0};
	pen->links = links_find(pen->work, entry->text);
	pen->next_link = 0;
	add_text(pen);
	talloc_free(pen->work);
}

static void add_entry(struct pen *pen)
{
	struct talk *talk = pen->talk;
	struct talk_entry *entry = &talk->entries[pen->entry];
	if (pen->entry > 0) {
		add_line(pen, (struct talk_line){.kind = TALK_BLANK});
	}
	entry->first_line = talk->line_count;
	add_line(pen, (struct talk_line){.kind = TALK_HEAD});
	if (*entry->text) {
		add_body_of(pen);
	}
	add_files(pen);
}

void talk_lay_out(struct talk *talk, const struct talk_folds *folds)
{
	struct pen pen = {.talk = talk, .folds = folds};
	for (pen.entry = 0; pen.entry < talk->entry_count; pen.entry++) {
		add_entry(&pen);
	}
}
