#ifndef ATENDE_TUI_OFFER_H
#define ATENDE_TUI_OFFER_H

#include "tui/command.h"

#include <stdbool.h>
#include <stdint.h>

/* Which commands there is something to do with: for hints and palette. Keys work all the same, and
 * say what is in the way. */

/* It is for a ticket, and there is none here, nor a draft about none that it is for. */
bool command_lacks_ticket(const struct model *model, const struct command *command, int64_t ticket);
/* On this screen, for this ticket (0: none), as far as the console knows. */
bool command_is_apt(const struct model *model, const struct command *command, int64_t ticket);

#endif
