#ifndef ATENDE_ATENDE_FETCH_H
#define ATENDE_ATENDE_FETCH_H

#include "base/error.h"
#include "store/store.h"
#include "tui/effect.h"

#include <stdbool.h>

/* Files of texts, saved or opened, and links: what EFFECT_FETCH asks for. */

/*
 * Saves the file in the folder (made when it is not there) under its safe name or the next that is
 * free, mode 0600. To open, it is put into a folder of the console's own, where it stays for a day,
 * and the command gets its full path, or the link, as last argument. *path: where the file is, on
 * mem; NULL for a link.
 */
bool fetch_do(struct store *store, const void *mem, const struct fetch *fetch, char **path,
	struct error *err);

/* Runs the words of a command, found in PATH, with the target behind them: no shell, nothing read
 * from or written to the terminal, and nobody waits for its end. UNAVAILABLE when it cannot be
 * run. */
bool fetch_open(const char *command, const char *target, struct error *err);

#endif
