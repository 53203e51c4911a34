#ifndef ATENDE_TUI_TALK_LINES_H
#define ATENDE_TUI_TALK_LINES_H

#include "tui/talk.h"

/* Breaks the entries of a conversation into lines and finds their parts: the second half of
 * talk_create. */
void talk_lay_out(struct talk *talk, const struct talk_folds *folds);

#endif
