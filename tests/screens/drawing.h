#ifndef ATENDE_TESTS_SCREENS_DRAWING_H
#define ATENDE_TESTS_SCREENS_DRAWING_H

#include "support/terminal.h"
#include "tui/canvas.h"
#include "tui/style.h"

#include <stdbool.h>

/*
 * Canvases through the real term.c and a pty onto a terminal in memory, which is then compared with
 * the canvas cell by cell: what is shown is what was meant, and nothing else was sent. One at a
 * time, as term.h says.
 */
struct drawing;

struct drawing *drawing_open(
	const void *mem, int columns, int rows, const struct theme *theme, bool no_colour);
/* On a terminal of another kind, a name of terminfo whose sequences the one in memory knows:
 * "linux", "vt100", "xterm-16color". */
struct drawing *drawing_open_on(const void *mem, const char *kind, int columns, int rows,
	const struct theme *theme, bool no_colour);
void drawing_close(struct drawing *drawing);

/* Only what differs from the canvas before is sent, as in the program. */
void drawing_draw(struct drawing *drawing, const struct canvas *canvas);
/* Another size of the terminal, for the next canvas. */
void drawing_resize(struct drawing *drawing, int columns, int rows);

/* What is wrong on the terminal or was in what it was sent, in words; NULL: nothing. On mem. */
char *drawing_fault(const void *mem, const struct drawing *drawing, const struct canvas *canvas);

/* How many bytes were sent since the last call. */
size_t drawing_sent(struct drawing *drawing);

const struct terminal *drawing_terminal(const struct drawing *drawing);

#endif
