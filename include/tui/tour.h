#ifndef ATENDE_TUI_TOUR_H
#define ATENDE_TUI_TOUR_H

#include "tui/command.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * The first steps: a line at a time in place of the status, over the real queue. A step is over
 * when the person did what it says, or asks for the next; nothing is altered but the operator's
 * preference `tour`. Whoever has not seen it is told of it in the status line.
 */
struct model;

struct tour {
	size_t step;  /* 0: it does not run */
	bool is_seen; /* this time; else the preference tells */
};

command_fn tour_next, tour_end;

/* After every message: is the step done? */
void tour_watch(struct model *model, struct effects *effects);

/* What stands in the status line, on mem; NULL when the tour does not run. */
char *tour_text(const struct model *model, const void *mem);
/* The operator has not seen it. */
bool tour_is_offered(const struct model *model);

#endif
