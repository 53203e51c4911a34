#ifndef ATENDE_CODEC_ZONE_FILE_H
#define ATENDE_CODEC_ZONE_FILE_H

#include "core/calendar.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * A compiled zone of the system (RFC 8536, "TZif", version 2 and up), read whole: much faster than
 * asking a library for each change.
 */

/* The table of a file's bytes, on mem; changes before 1970 make the first offset. False for what is
 * no such file, and for one that leaves later years to a rule (its last line): ask libical then. */
bool zone_file_parse(const void *mem, const char *bytes, size_t size, struct zone *zone);

#endif
