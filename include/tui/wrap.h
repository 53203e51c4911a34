#ifndef ATENDE_TUI_WRAP_H
#define ATENDE_TUI_WRAP_H

#include <stdbool.h>
#include <stddef.h>

/* Word wrap of clean text to a width, in grapheme clusters. */

struct wrap_line {
	size_t offset, length; /* bytes of the text; without its newline, with its blanks */
	int columns;	       /* without the blanks at its end when is_soft */
	bool is_soft;	       /* goes on in the next line: broken here, not by a newline */
};

struct wrap {
	size_t count; /* at least 1: an empty text is one empty line */
	struct wrap_line *lines;
};

/*
 * Breaks after blanks and hyphens between letters; a word longer than a line is cut between
 * clusters. Blanks at a soft break hang over the edge. Text that ends with a newline has an empty
 * last line. columns < 1 counts as 1. On mem.
 */
struct wrap wrap_text(const void *mem, const char *text, int columns);

/* The line that holds the byte at `offset`: a soft break's place belongs to the line behind it. */
size_t wrap_find(const struct wrap *wrap, size_t offset);

#endif
