#ifndef ATENDE_TESTS_SCREENS_SVG_H
#define ATENDE_TESTS_SCREENS_SVG_H

#include "support/terminal.h"
#include "tui/canvas.h"

/*
 * A terminal as a picture for documents (SVG 1.1), on mem. The canvas that was drawn on it tells
 * what is dim, which the terminal in memory does not know.
 */
char *svg_of(const void *mem, const struct terminal *terminal, const struct canvas *canvas);

#endif
