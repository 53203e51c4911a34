#ifndef ATENDE_BASE_CLOCK_H
#define ATENDE_BASE_CLOCK_H

#include <stdint.h>

/* Time: int64_t milliseconds since 1970-01-01T00:00:00Z, named …_at; spans are …_ms. */

/* A clock that tests can set: passed to whoever needs the time. */
struct clock {
	int64_t (*now)(void *data);
	void *data;
};

struct clock clock_system(void); /* the machine's real time */
int64_t clock_now(const struct clock *clock);
int64_t clock_monotonic(void); /* for waiting and measuring only */
int64_t clock_monotonic_us(void);

enum { MS_SECOND = 1000, MS_MINUTE = 60000, MS_HOUR = 3600000, MS_DAY = 86400000 };

#endif
