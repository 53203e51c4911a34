#ifndef ATENDE_ATENDED_LOGS_H
#define ATENDE_ATENDED_LOGS_H

#include "base/error.h"
#include "base/log.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * The server's log files: LOG is the present one, LOG.2026-11-24 that of a day that is over. The
 * log of changes is the desk's and is never pruned.
 */

/* Whether the log can be written, or made in a folder that is there: a server would work without a
 * word, which is found out about when the log is needed. NULL, the standard error, is fine. */
bool logs_check(const char *path, struct error *err);

/* At the first call of a new day (UTC) begins a new file, and removes those older than keep_ms;
 * keep_ms 0: nothing. To be called now and then. */
void logs_turn(struct log *log, const char *path, int64_t keep_ms, int64_t now);

#endif
