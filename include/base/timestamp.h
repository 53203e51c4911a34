#ifndef ATENDE_BASE_TIMESTAMP_H
#define ATENDE_BASE_TIMESTAMP_H

#include <stdbool.h>
#include <stdint.h>

/* Times as text (RFC 3339) and as dates of the proleptic Gregorian calendar. No time zone tables.
 */

struct civil {
	int year, month, day;	  /* month 1–12 */
	int hour, minute, second; /* 0–59 */
	int weekday;		  /* 0 Sunday */
};

/* "2026-11-22T12:31:05.250Z"; milliseconds only when not zero. On mem. */
char *timestamp_format(const void *mem, int64_t at);

/*
 * Reads RFC 3339 with any offset, a space for the T, and dates alone (midnight). A time without an
 * offset is taken as `offset_ms` east of UTC. False for anything else, or a date that does not
 * exist.
 */
bool timestamp_parse(const char *text, int64_t offset_ms, int64_t *at);

/* Days since 1970-01-01 of a date, and back. */
int64_t civil_days(int year, int month, int day);
struct civil civil_of(int64_t at);	     /* in UTC; add the offset first for local time */
int64_t civil_at(const struct civil *civil); /* weekday is not read */

/* A span for people, two places at most: "3s", "12m", "3h02", "26h10", from two days on "8d"; cut,
 * not rounded. Negative ones get a leading '-'. On mem. */
char *timestamp_span(const void *mem, int64_t span_ms);

#endif
