#ifndef ATENDE_CORE_CALENDAR_H
#define ATENDE_CORE_CALENDAR_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Working time. A calendar has any number of intervals a weekday, holidays by date, and a time
 * zone; it is right across daylight-saving changes. The zone's table is loaded at the edge and
 * passed in.
 */

struct zone_change {
	int64_t at;	   /* from this instant on … */
	int32_t offset_ms; /* … local time is UTC plus this */
};

struct zone {
	char *name;		 /* IANA: "America/Sao_Paulo" */
	int32_t first_offset_ms; /* before the first change */
	size_t count;
	struct zone_change *changes; /* ascending */
};

struct interval {
	int weekday;	      /* 0 Sunday */
	int from_min, to_min; /* minutes of the day, to exclusive, 1440 is midnight */
};

struct calendar {
	int64_t id;
	char *name;
	struct zone zone;
	size_t interval_count;
	struct interval *intervals; /* by weekday and from_min; they do not overlap */
	size_t holiday_count;
	int64_t *holidays; /* days since the epoch, ascending */
};

int64_t zone_offset(const struct zone *zone, int64_t at); /* ms east of UTC */
/*
 * The instant of a local time, given as if it were UTC (timestamp_parse with offset 0). A time that
 * happens twice is the first; one that never happens is moved forward by the gap.
 */
int64_t zone_instant(const struct zone *zone, int64_t local_at);

/* Working milliseconds in [from, to). A NULL calendar works day and night. */
int64_t calendar_work(const struct calendar *calendar, int64_t from, int64_t to);

/* The instant at which work_ms of working time have passed since from (from itself for 0, the end
 * of an interval rather than the start of the next); DUE_NEVER when that is more than ten years
 * away. */
int64_t calendar_add(const struct calendar *calendar, int64_t from, int64_t work_ms);

/*
 * "mon-fri 09:00-12:00 13:00-18:00; sat,sun 22:00-06:00", or "always". Clauses end with ';' or a
 * newline; an interval over midnight is cut there. INVALID when intervals overlap. On mem.
 */
bool calendar_parse_hours(const void *mem, const char *text, struct interval **intervals,
	size_t *count, struct error *err);

/* "2026-12-25 Christmas; 2027-01-01 2027-02-09": dates, and words that are ignored after a date.
 * Ascending, each once. On mem. */
bool calendar_parse_holidays(
	const void *mem, const char *text, int64_t **days, size_t *count, struct error *err);

#endif
