#ifndef ATENDE_TUI_WIDTH_H
#define ATENDE_TUI_WIDTH_H

#include <stddef.h>
#include <stdint.h>

/*
 * How many columns text takes on a terminal. Widths are those of wcwidth (what ncurses and most
 * terminals use); what terminals disagree about is never sent to one, so that every width here is
 * certain: joiners, variation selectors and skin tones are left out, flags become their two
 * letters, the unprintable becomes □. Needs a UTF-8 locale (base/language.h).
 */

enum { TAB_COLUMNS = 8, CELL_MARKS = 4 };

/* What one code point draws: 0 nothing or a mark on the one before, 1, 2 columns. */
int width_rune(uint32_t rune);

/* The code point to draw for this one: itself, a letter for a regional indicator, □ for the
 * unprintable, 0 for what is left out. */
uint32_t width_shown(uint32_t rune);

/* Columns of the grapheme cluster of `size` bytes at text that is drawn at `column` (which matters
 * for a tab alone). A newline takes none. */
int width_cluster(const char *text, size_t size, int column);

/* Columns of the first `size` bytes of text, drawn from column 0. */
int width_text(const char *text, size_t size);

/* Bytes of the longest run of whole clusters that fits into `columns`. */
size_t width_fit(const char *text, size_t size, int columns);

#endif
