#ifndef ATENDE_TUI_ANSWERS_H
#define ATENDE_TUI_ANSWERS_H

#include <stdbool.h>
#include <stdint.h>

/* Prepared answers, with the variables of core/template.h filled in. */
struct model;

/* A list to choose from; what is chosen goes into the reply to the ticket, which is opened. */
void answers_ask(struct model *model, int64_t ticket);

/* ";shortcut" before the cursor becomes its text, "@br" a mention; false when there is no such. */
bool answers_complete(struct model *model);

#endif
