#include "tui/canvas.h"

#include "base/mem.h"
#include "base/text.h"

static char *append_rune(char *text, uint32_t rune)
{
	char bytes[4];
	size_t n = text_encode(rune, bytes);
	return mem_check(talloc_strndup_append_buffer(text, bytes, n));
}

static int row_end(const struct canvas *canvas, int row)
{
	int end = canvas_columns(canvas);
	while (end > 0 && canvas_cell(canvas, row, end - 1)->rune == ' ' &&
		canvas_cell(canvas, row, end - 1)->marks == 0) {
		end--;
	}
	return end;
}

char *canvas_row_text(const void *mem, const struct canvas *canvas, int row)
{
	char *text = mem_strdup(mem, "");
	int end = row_end(canvas, row);
	for (int column = 0; column < end; column++) {
		const struct cell *cell = canvas_cell(canvas, row, column);
		if (cell->width == 0) {
			continue;
		}
		text = append_rune(text, cell->rune);
		uint32_t marks[CELL_MARKS];
		size_t count = canvas_marks(canvas, cell, marks);
		for (size_t i = 0; i < count; i++) {
			text = append_rune(text, marks[i]);
		}
	}
	return text;
}

char *canvas_dump(const void *mem, const struct canvas *canvas)
{
	char *dump = mem_strdup(mem, "");
	for (int row = 0; row < canvas_rows(canvas); row++) {
		char *line = canvas_row_text(NULL, canvas, row);
		dump = mem_check(talloc_asprintf_append_buffer(dump, "%s\n", line));
		talloc_free(line);
	}
	return dump;
}
