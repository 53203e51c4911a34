#ifndef ATENDE_CODEC_TZIF_H
#define ATENDE_CODEC_TZIF_H

#include "core/calendar.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * The system's files of time zones (RFC 9636, "TZif", version 2 and later): changes of offset from
 * 1970 to the end of `last_year`, those that the file lists and those that follow from the rule in
 * its last line (POSIX TZ with Mm.w.d dates, as all zones of today have them).
 *
 * False for anything that is no such file. Fills all of *zone but its name, on mem.
 */
bool tzif_parse(const void *mem, const char *bytes, size_t size, int last_year, struct zone *zone);

#endif
