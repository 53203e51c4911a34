#include "base/mem.h"
#include "tui/linear_tell.h"
#include "tui/model.h"
#include "tui/wrap.h"

#include <string.h>

/* Lines as they leave: broken where the terminal is, in signs that it has. */

enum { GUTTER = 3, HANG = 4, COLUMNS_LEAST = 20 };

static void add(struct paper *paper, const char *indent, const char *text, size_t size)
{
	paper->text = mem_check(
		talloc_asprintf_append_buffer(paper->text, "%s%.*s\n", indent, (int)size, text));
}

void paper_line(struct paper *paper, const char *line)
{
	add(paper, "", line, strcspn(line, "\n"));
}

void paper_body(struct paper *paper, const char *text)
{
	for (const char *at = text; *at;) {
		size_t size = strcspn(at, "\n");
		add(paper, "   ", at, size);
		at += size + (at[size] == '\n');
	}
}

/* By the canvas, for its care with what terminals show. */
static char *append(char *out, const char *text, size_t size, int indent, bool ascii)
{
	int columns = width_text(text, size) + indent + 1;
	struct canvas *canvas = canvas_create(NULL, columns, 1, ascii);
	canvas_bytes(canvas, 0, indent, columns - indent, STYLE_NORMAL, text, size);
	char *row = canvas_row_text(canvas, canvas, 0);
	out = mem_check(talloc_asprintf_append_buffer(out, "%s\n", row));
	talloc_free(canvas);
	return out;
}

static char *fit_line(char *out, const char *line, size_t size, int columns, bool ascii)
{
	size_t blanks = strspn(line, " ");
	blanks = blanks < size ? blanks : 0;
	int hang = blanks ? (int)blanks : HANG;
	if (columns == 0 || width_text(line, size) < columns) {
		return append(out, line, size, 0, ascii);
	}
	char *text = mem_strndup(NULL, line + blanks, size - blanks);
	/* The first line has room for as much as the others, so that one wrap does for all. */
	struct wrap wrap = wrap_text(text, text, columns - 1 - hang);
	for (size_t i = 0; i < wrap.count; i++) {
		int indent = i > 0 ? hang : (int)blanks;
		out = append(out, text + wrap.lines[i].offset, wrap.lines[i].length, indent, ascii);
	}
	talloc_free(text);
	return out;
}

char *paper_fit(const struct paper *paper, const void *mem)
{
	const struct linear_part *linear = &paper->frame.model->linear;
	int columns = linear->columns && linear->columns < COLUMNS_LEAST ? (int)COLUMNS_LEAST
									 : linear->columns;
	char *out = mem_strdup(mem, "");
	for (const char *at = paper->text; *at;) {
		size_t size = strcspn(at, "\n");
		out = fit_line(out, at, size, columns, linear->ascii);
		at += size + 1;
	}
	return out;
}
