#ifndef ATENDE_TUI_FUZZY_H
#define ATENDE_TUI_FUZZY_H

#include <stddef.h>

/*
 * How well a text fits what somebody typed. Both are results of text_fold, so that case and accents
 * do not count.
 */

enum { FUZZY_LOOSE = 1 };

/*
 * 0: not at all; the more, the better. Every word typed must be found, in any order: at the
 * beginning of the text, of a word, or within one; in the first line also as letters with gaps, the
 * first of them at the beginning of a word ("tsf" in "transfer"), which gives FUZZY_LOOSE: for want
 * of a better one.
 */
int fuzzy_score(const char *folded, const char *typed);

/* How many letters must be put in, taken out, replaced or swapped with their neighbour to make one
 * word of the other. */
size_t fuzzy_distance(const char *a, const char *b);

#endif
