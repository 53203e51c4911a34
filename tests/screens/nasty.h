#ifndef ATENDE_TESTS_SCREENS_NASTY_H
#define ATENDE_TESTS_SCREENS_NASTY_H

#include "chance.h"

#include <stddef.h>

/*
 * Bytes that people who mean harm, broken programs and honest writers of other scripts send:
 * control characters, sequences of terminals, overrides of direction, invisible characters, floods
 * of marks, wide and uncertain ones, broken UTF-8, rows without end.
 */

/* Some of them mixed with words; NUL-terminated, on mem. Not clean. */
char *nasty_text(const void *mem, struct chance *chance);

#endif
