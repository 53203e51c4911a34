#ifndef ATENDE_TUI_LOOK_H
#define ATENDE_TUI_LOOK_H

#include "core/preference.h"
#include "tui/effect.h"

#include <stdbool.h>

/*
 * How the console looks to its operator: order and columns of the queue, colours. What he chooses
 * is kept in the desk (core/preference.h) and taken from there when a console starts; the command
 * line and atende.conf win over it.
 */
struct model;

extern const char *const look_column_titles[QUEUE_COLUMNS]; /* N_() */

/* Takes what the desk keeps; once, when the directory came first. */
void look_take(struct model *model, struct effects *effects);

/* Keeps a choice in the desk: `value` of the preference `name`. */
void look_keep(struct model *model, const char *name, const char *value, struct effects *effects);

/* Whether a column of the queue (enum queue_column) is shown where there is room; `usual` when
 * the operator chose none. */
bool look_has_column(const struct model *model, int column, bool usual);

#endif
