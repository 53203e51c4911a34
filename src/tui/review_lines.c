#include "tui/review.h"

#include "base/bytes.h"
#include "base/mem.h"
#include "tui/frame.h"
#include "tui/i18n.h"
#include "tui/wrap.h"

#include <string.h>

/* The review as one text that can be scrolled: nothing in it is out of reach in a small window. */

enum { WARNING_COLUMN = 3 };

static void add(struct review_lines *lines, enum review_kind kind, const char *text,
	const struct wrap *wrap)
{
	lines->lines =
		mem_grow(lines, lines->lines, struct review_line, lines->count + wrap->count);
	for (size_t i = 0; i < wrap->count; i++) {
		lines->lines[lines->count++] =
			(struct review_line){i > 0 && kind == REVIEW_WARNING ? REVIEW_MORE : kind,
				text + wrap->lines[i].offset, wrap->lines[i].length};
	}
}

static void add_text(
	struct review_lines *lines, enum review_kind kind, const char *text, int columns)
{
	struct wrap wrap = wrap_text(lines, text, columns);
	add(lines, kind, text, &wrap);
}

static void add_files(struct review_lines *lines, const struct model *model)
{
	const struct attachment_list *list = &model->compose.attachments;
	for (size_t i = 0; i < list->count; i++) {
		const struct attachment *file = &list->items[i];
		char *text = mem_printf(lines, "[%zu] %s  %s  %s", i + 1, file->name,
			bytes_format(lines, file->size_bytes), file->media_type);
		add_text(lines, REVIEW_FACT, text, model->columns - WARNING_COLUMN - 2);
	}
}

/* What becomes of a reply: said before one is sent for nothing. */
static const char *fact(const struct model *model)
{
	const struct ticket_row *row = model_row(model, model->compose.ticket);
	if (model->compose.kind != DRAFT_REPLY || !row || !model->directory ||
		channel_is_spoken(row->ticket.channel)) {
		return NULL;
	}
	return model->directory->settings.delivery
		       ? _("goes out 10 s after it is sent; u takes it back until then")
		       : _("this desk sends no mail: the reply is kept in it");
}

static size_t rows_of(const struct model *model)
{
	struct frame frame = {model, NULL, mem_context(NULL)};
	int rows = model->rows - 1 - frame_hint_rows(&frame);
	talloc_free(frame.mem);
	return rows > 1 ? (size_t)rows : 1;
}

static void place(struct review_lines *lines, long top)
{
	if (lines->count <= lines->rows) {
		lines->blanks = lines->rows - lines->count;
		return;
	}
	lines->rows -= lines->rows > 1; /* the last one tells how far it goes */
	size_t last = lines->count - lines->rows;
	lines->top = last < lines->first_warning ? last : lines->first_warning;
	if (top >= 0) {
		lines->top = (size_t)top < last ? (size_t)top : last;
	}
}

struct review_lines *review_lines_create(const void *mem, const struct model *model)
{
	struct review_lines *lines = mem_new(mem, struct review_lines);
	const struct review *review = &model->compose.review;
	const struct wrap *wrap = editor_lines(model->compose.editor);
	add(lines, REVIEW_TEXT, editor_text(model->compose.editor), wrap);
	lines->first_warning = lines->count;
	add_files(lines, model);
	for (size_t i = 0; i < review->warning_count; i++) {
		add_text(lines, REVIEW_WARNING, review->warnings[i],
			model->columns - WARNING_COLUMN - 2);
	}
	const char *what = fact(model);
	if (what) {
		add_text(lines, REVIEW_FACT, what, model->columns - WARNING_COLUMN - 2);
	}
	lines->rows = rows_of(model);
	place(lines, review->top);
	return lines;
}
