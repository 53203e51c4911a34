#include "atende/latch.h"

#include "base/clock.h"

#include <time.h>

void latch_init(struct latch *latch)
{
	pthread_condattr_t attributes;
	latch->is_open = false;
	pthread_mutex_init(&latch->lock, NULL);
	pthread_condattr_init(&attributes);
	pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
	pthread_cond_init(&latch->opened, &attributes);
	pthread_condattr_destroy(&attributes);
}

void latch_finish(struct latch *latch)
{
	pthread_cond_destroy(&latch->opened);
	pthread_mutex_destroy(&latch->lock);
}

void latch_open(struct latch *latch)
{
	pthread_mutex_lock(&latch->lock);
	latch->is_open = true;
	pthread_cond_broadcast(&latch->opened);
	pthread_mutex_unlock(&latch->lock);
}

bool latch_is_open(struct latch *latch)
{
	return latch_wait(latch, 0);
}

bool latch_wait(struct latch *latch, int timeout_ms)
{
	int64_t until = clock_monotonic() + timeout_ms;
	struct timespec end = {.tv_sec = until / MS_SECOND, .tv_nsec = until % MS_SECOND * 1000000};
	pthread_mutex_lock(&latch->lock);
	int rc = timeout_ms > 0 ? 0 : -1;
	while (!latch->is_open && rc == 0) {
		rc = pthread_cond_timedwait(&latch->opened, &latch->lock, &end);
	}
	bool is_open = latch->is_open;
	pthread_mutex_unlock(&latch->lock);
	return is_open;
}
