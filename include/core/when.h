#ifndef ATENDE_CORE_WHEN_H
#define ATENDE_CORE_WHEN_H

#include "base/error.h"
#include "core/calendar.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * A time to come, as people say it, in English and Portuguese at once whatever the reader's
 * language; case and accents do not count:
 *
 *   30m  2h  1h30  em 2 horas  in an hour  meia hora      from now on
 *   in 3 days  2 semanas  1 mês                           that many days later
 *   hoje  amanhã  depois de amanhã  tomorrow              days …
 *   sexta  sex  fri  próxima segunda  next monday         … the next such, never today
 *   semana que vem  next month                            … its first working day
 *   26/11  26/11/2026  2026-11-26  26 de novembro  Nov 26  dia 26
 *   14:00  14h  14h30  9am  noon  às 9                    time of day, alone: the next such
 *   de manhã  à tarde  tonight                            … or about it
 *
 * A day and a time of day in either order ("amanhã 9h", "fri 14:00", "9 amanhã"). Without a time it
 * is the beginning of work. "2h" is a span and "14h" a time of day: a span of 13 to 23 hours is
 * "em 14h". A weekday with a time is today's while that time is to come. A date without a year is
 * the next such. Times with an offset of their own (RFC 3339) are taken as they are.
 */
struct when {
	int64_t now;
	const struct zone *zone;	 /* of the reader */
	const struct calendar *calendar; /* whose working day begins; NULL: at nine */
};

/* False, with a sentence, when text is no time (INVALID, reason "when"), or one that is past
 * (reason "past"). */
bool when_parse(const struct when *when, const char *text, int64_t *at, struct error *err);

#endif
