#ifndef ATENDE_CLI_PROGRESS_H
#define ATENDE_CLI_PROGRESS_H

#include "cli/cli.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * One line on err that says how far a long work is: only on a terminal, only after a second, with
 * rate and time left. Ctrl-C is noticed here: the work ends at its next safe place.
 */
struct progress {
	struct cli *cli;
	const char *what; /* translated: "importing" */
	int64_t began, shown;
	bool is_shown;
};

void progress_begin(struct progress *progress, struct cli *cli, const char *what);
/* A store_progress_fn: done of total (0: unknown). False when interrupted. */
bool progress_step(void *progress, int64_t done, int64_t total);
void progress_end(struct progress *progress); /* takes the line away */

/* Makes Ctrl-C set a flag instead of ending the program, until interrupt_restore. */
void interrupt_watch(void);
void interrupt_restore(void);
bool interrupt_happened(void);

#endif
