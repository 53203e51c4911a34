#ifndef ATENDE_BASE_CONDITION_H
#define ATENDE_BASE_CONDITION_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

/*
 * Waiting for another thread with an end to it, by a clock that nobody sets: a thread that should
 * look every second must do so too when the machine's time is put back by an hour.
 */
void condition_init(pthread_cond_t *condition);

/* With the lock. False once it is `until`, of clock_monotonic; true may also mean nothing, as with
 * pthread_cond_wait. */
bool condition_wait(pthread_cond_t *condition, pthread_mutex_t *lock, int64_t until);

#endif
