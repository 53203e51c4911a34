#ifndef ATENDE_ATENDE_LATCH_H
#define ATENDE_ATENDE_LATCH_H

#include <pthread.h>
#include <stdbool.h>

/* Something that happens once, which threads can wait for: a stop asked for, a thread at its end.
 */
struct latch {
	pthread_mutex_t lock;
	pthread_cond_t opened;
	bool is_open;
};

void latch_init(struct latch *latch);
void latch_finish(struct latch *latch);
void latch_open(struct latch *latch);
bool latch_is_open(struct latch *latch);
/* True when it is open, at once or within timeout_ms. */
bool latch_wait(struct latch *latch, int timeout_ms);

#endif
