#ifndef ATENDE_TESTS_SCREENS_PICTURE_H
#define ATENDE_TESTS_SCREENS_PICTURE_H

#include "tui/canvas.h"

/*
 * A canvas as text that people read and compare: its rows behind bars, the cursor, for each row
 * that is not plain the style of most of it and the columns of others ("2: BAR; ALERT 12-18";
 * golden/looks.txt says how a style looks), and of the ASCII form the rows that are others.
 */

/* "== 80x24" and what follows, on mem; `ascii` shows the same model. */
char *picture_of(const void *mem, const struct canvas *canvas, const struct canvas *ascii);

#endif
