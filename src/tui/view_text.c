#include "core/template.h"
#include "tui/frame.h"

#include <string.h>

/* The words being written. */

/* The part of [from, from + length) that is on this line. */
static void mark(const struct frame *frame, struct area line, const char *text,
	const struct wrap_line *wrap, size_t from, size_t length)
{
	size_t start = from > wrap->offset ? from : wrap->offset;
	size_t line_end = wrap->offset + wrap->length;
	size_t end = from + length < line_end ? from + length : line_end;
	if (start < end) {
		int column = width_text(text + wrap->offset, start - wrap->offset);
		canvas_restyle(frame->canvas, line.row, line.column + column,
			width_text(text + start, end - start), STYLE_MATCH);
	}
}

static void mark_variables(const struct frame *frame, struct area area, const char *text,
	const struct wrap *wrap, size_t top)
{
	size_t length;
	const char *at = text + wrap->lines[top].offset;
	/* One may have begun on the line above. */
	while (at > text && at[-1] != '\n') {
		at--;
	}
	for (int row = 0; (at = template_next(at, &length)); at += length) {
		size_t from = (size_t)(at - text);
		size_t line = wrap_find(wrap, from);
		size_t last = wrap_find(wrap, from + length - 1);
		for (; line <= last; line++) {
			row = (int)line - (int)top;
			if (row >= 0 && row < area.rows) {
				struct area place = {
					area.row + row, area.column + TALK_GUTTER, 1, 0};
				mark(frame, place, text, &wrap->lines[line], from, length);
			}
		}
		if (row >= area.rows) {
			return;
		}
	}
}

void frame_text(const struct frame *frame, struct area area, const char *text,
	const struct wrap *wrap, size_t top)
{
	if (top >= wrap->count || area.rows < 1) {
		return;
	}
	for (int i = 0; i < area.rows && top + (size_t)i < wrap->count; i++) {
		const struct wrap_line *line = &wrap->lines[top + (size_t)i];
		canvas_bytes(frame->canvas, area.row + i, area.column + TALK_GUTTER,
			area.columns - TALK_GUTTER, STYLE_NORMAL, text + line->offset,
			line->length);
	}
	mark_variables(frame, area, text, wrap, top);
}
