#ifndef ATENDE_ATENDE_START_H
#define ATENDE_ATENDE_START_H

#include "cli/cli.h"

#include <stdbool.h>

/*
 * The start screen as a program (tui/start.h): a terminal, one model, no desk and no threads.
 */

/* A cli_start_fn; data is a struct console_options. */
bool start_run(void *data, const void *mem, const struct cli_lack *lack, struct cli_wish *wish,
	struct error *err);

/* What there is below a path being typed: a line each, folders end in "/", hidden ones only when
 * asked for; "~/" is the home. At most PATHS_MOST, sorted, clean names alone. On mem. */
enum { PATHS_MOST = 200 };
char *start_paths(const void *mem, const char *typed);

#endif
