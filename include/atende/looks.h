#ifndef ATENDE_ATENDE_LOOKS_H
#define ATENDE_ATENDE_LOOKS_H

#include "base/error.h"
#include "cli/cli.h"
#include "tui/style.h"

#include <stdbool.h>

/* How the console shall look, by command line and profile. */

/* The theme to begin with; USAGE for a name that there is not. */
bool looks_find_theme(const struct cli_start *start, const struct theme **theme, struct error *err);
/* The one that was asked for; NULL: none, so that the desk's counts. */
const struct theme *looks_theme_given(const struct cli_start *start);

/* link = slow, or auto and a terminal on a slow line. */
bool looks_link_is_slow(const struct profile *profile);

/* Why text cannot go to the terminal's clipboard, for translation; NULL: it can. */
const char *looks_why_not_copy(const struct profile *profile, bool terminal_can);

#endif
