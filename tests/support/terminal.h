#ifndef ATENDE_TESTS_SUPPORT_TERMINAL_H
#define ATENDE_TESTS_SUPPORT_TERMINAL_H

#include <stdbool.h>
#include <stddef.h>

/*
 * A terminal in memory (libvterm): fed with the bytes that a program sends, read as text. All that
 * is fed also goes through a strict reader (support/stream.h), whose fault stays.
 */
struct terminal;

enum { TERMINAL_DEFAULT_COLOUR = -1 };

struct terminal_cell {
	char text[32]; /* the cluster in UTF-8; "" for the right half of a wide character */
	int width;     /* 1 or 2 */
	bool bold, underline, reverse, italic, blink;
	int foreground, background; /* 0–255, or TERMINAL_DEFAULT_COLOUR */
};

/* A talloc object on mem (NULL: a root), freed by talloc_free. */
struct terminal *terminal_create(const void *mem, int rows, int columns);
void terminal_resize(struct terminal *terminal, int rows, int columns);
int terminal_rows(const struct terminal *terminal);
int terminal_columns(const struct terminal *terminal);

void terminal_feed(struct terminal *terminal, const char *bytes, size_t size);

/* The terminal's answers (to a request for its attributes, the cursor's place …) since the last
 * call, on mem; to be sent to the program. */
char *terminal_answers(const void *mem, struct terminal *terminal, size_t *size);

/* A row as UTF-8 without trailing blanks; all rows, each ended by a newline. On mem. */
char *terminal_line(const void *mem, const struct terminal *terminal, int row);
char *terminal_text(const void *mem, const struct terminal *terminal);

/* The row in which text stands (first from `row` on), or -1; the column in *column if not NULL. */
int terminal_find(const struct terminal *terminal, int row, const char *text, int *column);
bool terminal_shows(const struct terminal *terminal, const char *text);

struct terminal_cell terminal_cell(const struct terminal *terminal, int row, int column);
void terminal_cursor(const struct terminal *terminal, int *row, int *column, bool *visible);
bool terminal_is_alternate(const struct terminal *terminal); /* the full-screen buffer is shown */

/* From here on the bell may ring. */
void terminal_may_ring(struct terminal *terminal);

/* The first thing sent that no program of ours may send, in words, or NULL. */
const char *terminal_fault(const struct terminal *terminal);

#endif
