#include "base/condition.h"

#include "base/clock.h"

#include <time.h>

void condition_init(pthread_cond_t *condition)
{
	pthread_condattr_t attributes;
	pthread_condattr_init(&attributes);
	pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
	pthread_cond_init(condition, &attributes);
	pthread_condattr_destroy(&attributes);
}

bool condition_wait(pthread_cond_t *condition, pthread_mutex_t *lock, int64_t until)
{
	struct timespec end = {.tv_sec = until / MS_SECOND, .tv_nsec = until % MS_SECOND * 1000000};
	return pthread_cond_timedwait(condition, lock, &end) == 0;
}
