#ifndef ATENDE_CORE_WHEN_SAID_H
#define ATENDE_CORE_WHEN_SAID_H

#include "core/when.h"
#include "core/when_words.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What somebody said about a time, read from words and not yet put together: inside of
 * core/when.h. */

enum { WHEN_NOT_SAID = -2, MINUTES_AN_HOUR = 60, MONTHS_A_YEAR = 12, DAYS_A_WEEK = 7 };
enum { WHEN_NOON = 720 }; /* minutes of the day */

enum day_form { DAY_NONE, DAY_OFFSET, DAY_DATE, DAY_OF_MONTH, DAY_NEXT_WEEK, DAY_NEXT_MONTH };

struct said {
	const struct when_token *tokens;
	size_t at; /* the token to be read */
	bool is_in, is_at, is_next, is_after;
	enum day_form form;
	int day, month, year; /* DAY_OFFSET: day; year 0: the next such */
	/* WHEN_NOT_SAID, or … */
	int weekday;
	int clock; /* minutes of the day */
	int bare;  /* a number by itself */
	int hours; /* "14h", in minutes: a span or a time of day */
	int part;  /* of the day, as WHEN_PART */
	int meridiem;
	bool is_short; /* hours: "14h", not "14 hours" */
	int64_t span_min, span_days, span_months;
};

/* All words of a folded line; false when one is unknown or contradicts another. mem has to outlive
 * said. */
bool said_read(const void *mem, const char *folded, struct said *said);

#endif
