#include "base/clock.h"

#include <stddef.h>
#include <time.h>

static int64_t read_clock_us(clockid_t id)
{
	struct timespec ts;
	clock_gettime(id, &ts);
	return (int64_t)ts.tv_sec * 1000000 + ts.tv_nsec / 1000;
}

static int64_t system_now(void *data)
{
	(void)data;
	return read_clock_us(CLOCK_REALTIME) / 1000;
}

struct clock clock_system(void)
{
	return (struct clock){system_now, NULL};
}

int64_t clock_now(const struct clock *clock)
{
	return clock->now(clock->data);
}

int64_t clock_monotonic(void)
{
	return read_clock_us(CLOCK_MONOTONIC) / 1000;
}

int64_t clock_monotonic_us(void)
{
	return read_clock_us(CLOCK_MONOTONIC);
}
