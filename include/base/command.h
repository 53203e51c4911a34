#ifndef ATENDE_BASE_COMMAND_H
#define ATENDE_BASE_COMMAND_H

#include "base/error.h"

#include <stdbool.h>

/* Commands of a configuration: words with blanks between, run without a shell, so that nothing in
 * them means anything but itself. */

/* The words, then `last` unless it is NULL, then NULL; on mem. NULL when there is no word. */
char **command_words(const void *mem, const char *command, const char *last);

/*
 * The first line that a command prints, without its end, on mem; the terminal is the command's
 * meanwhile. INVALID, reason "command", when it cannot be run, fails or prints none: `key` is its
 * name in the configuration. What it printed is in no error.
 */
bool command_read(
	const void *mem, const char *command, const char *key, char **line, struct error *err);

#endif
