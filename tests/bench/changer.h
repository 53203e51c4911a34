#ifndef ATENDE_TESTS_BENCH_CHANGER_H
#define ATENDE_TESTS_BENCH_CHANGER_H

#include "claimers.h"

#include <pthread.h>
#include <stdatomic.h>

/* A thread that alters the desk so many times a second through the server, by claims and releases
 * in turn, and notes when. */

enum { CHANGES_NOTED = 16384 };

struct changer {
	const struct claimers *claimers;
	const char *address; /* crowd.h */
	double per_second;
	pthread_t thread;
	atomic_bool is_ending;
	size_t count;
	struct {
		int64_t revision;
		double sent_at; /* bench_now_us */
	} noted[CHANGES_NOTED];
};

void changer_start(struct changer *changer, const struct claimers *claimers, const char *address,
	double per_second);
void changer_stop(struct changer *changer);

/* The body of one change, for POST /v1/changes; on mem. */
char *changer_body(const void *mem, const struct change *change);

#endif
