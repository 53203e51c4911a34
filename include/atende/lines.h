#ifndef ATENDE_ATENDE_LINES_H
#define ATENDE_ATENDE_LINES_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Lines out of the bytes of a descriptor: a terminal in the mode in which its driver edits lines, a
 * file, a pipe. A zero struct is an empty one.
 */
struct lines {
	char *bytes; /* read and not taken */
	size_t size, capacity;
	bool is_over;
};

/* True when lines_take has one without reading. */
bool lines_has(const struct lines *lines);

/*
 * The next line, clean, without its newline, on mem; reads once when none is there, and blocks when
 * poll has not said that it need not. NULL: no whole line yet, or, with *is_over, the end. What
 * stands at the end without a newline is a line as well.
 */
char *lines_take(struct lines *lines, int fd, const void *mem, bool *is_over);

void lines_finish(struct lines *lines);

#endif
