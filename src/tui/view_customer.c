#include "tui/customer_lines.h"
#include "tui/frame.h"

#include <string.h>

void frame_customer(
	const struct frame *frame, struct area area, const struct ticket_view *view, size_t top)
{
	const struct customer_lines *lines =
		customer_lines_create(frame->mem, frame->model, view, area.columns);
	for (int i = 0; i < area.rows && top + (size_t)i < lines->count; i++) {
		const struct customer_line *line = &lines->lines[top + (size_t)i];
		int row = area.row + i;
		if (line->is_body) {
			canvas_bytes(frame->canvas, row, area.column + TALK_GUTTER,
				area.columns - TALK_GUTTER - 1, line->style, line->text,
				strlen(line->text));
		} else {
			canvas_text(frame->canvas, row, area.column + 1, area.columns - 2,
				line->style, line->text);
		}
	}
}
