#ifndef ATENDE_TUI_ATTACH_H
#define ATENDE_TUI_ATTACH_H

#include "tui/effect.h"

/* What goes with a text: where to, which files. */
struct model;
struct response;

/* The address that a reply goes to, chosen or the usual one; "" when there is none. */
const char *recipient_address(const struct model *model);

/* The answer to EFFECT_ATTACH. */
void attach_came(struct model *model, struct response *response);

#endif
