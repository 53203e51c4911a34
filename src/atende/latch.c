#include "atende/latch.h"

#include "base/clock.h"
#include "base/condition.h"

void latch_init(struct latch *latch)
{
	latch->is_open = false;
	pthread_mutex_init(&latch->lock, NULL);
	condition_init(&latch->opened);
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
	bool waits = timeout_ms > 0;
	pthread_mutex_lock(&latch->lock);
	while (!latch->is_open && waits) {
		waits = condition_wait(&latch->opened, &latch->lock, until);
	}
	bool is_open = latch->is_open;
	pthread_mutex_unlock(&latch->lock);
	return is_open;
}
