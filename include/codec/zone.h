#ifndef ATENDE_CODEC_ZONE_H
#define ATENDE_CODEC_ZONE_H

#include "base/error.h"
#include "core/calendar.h"
#include "core/directory.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * Time zones: from a name to the table that core/calendar.h reckons with, out of the system's files
 * (Debian's tzdata; $TZDIR, else /usr/share/zoneinfo). Tables reach from 1970 to the end of 2037,
 * and the last offset holds after that. Names are case-sensitive IANA names.
 */

enum { ZONE_FIRST_YEAR = 1970, ZONE_LAST_YEAR = 2037 };

/* The zone of that name, on mem. NULL and "" are UTC. INVALID for an unknown one. */
bool zone_load(const void *mem, const char *name, struct zone *zone, struct error *err);

/* A calendar as it is applied, of what is kept of it, on mem; its name is borrowed. INVALID for
 * what cannot be read. */
bool calendar_load(const void *mem, const struct calendar_row *row, struct calendar *calendar,
	struct error *err);

/* The zone of this machine and its environment (TZ, /etc/localtime), on mem; name is "local" where
 * it has none. Never fails: UTC when nothing else is known. */
void zone_local(const void *mem, struct zone *zone);

#endif
