#ifndef ATENDE_ATENDE_CONSOLE_H
#define ATENDE_ATENDE_CONSOLE_H

#include "cli/cli.h"

#include <stdbool.h>

/*
 * The console as a program: it opens the terminal, starts the threads, and runs the loop
 *
 *     input, answers, feed, signals -> msg -> model_update -> effects -> worker, spool, editor
 *                                             model_view   -> canvas -> terminal
 *
 * until the model says that it is over.
 */
struct console_options {
	const struct store_driver *const *drivers;
	size_t driver_count;
	bool is_utf8; /* the environment's character set */
};

/* A cli_console_fn; data is a struct console_options. *status is 0, or 128 and the number of the
 * signal that ended it. */
bool console_run(void *data, const struct cli_start *start, int *status, struct error *err);

#endif
