#ifndef ATENDE_TESTS_BENCH_LISTENERS_H
#define ATENDE_TESTS_BENCH_LISTENERS_H

#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>

/*
 * Many readers of a server's live feed in a thread of their own. Now and then one of them hangs up
 * and comes again from the last revision it was told. A feed that the server ends is opened again.
 */
struct listeners {
	const char *address;	   /* crowd.h */
	char *const *logins;	   /* whose feeds, in turn */
	size_t login_count, count; /* feeds */
	double leave_every_s;
	pthread_t thread;
	atomic_bool is_ending;
	atomic_size_t changes, reloads, came_again; /* told, to all of them together */
};

void listeners_start(struct listeners *listeners);
void listeners_stop(struct listeners *listeners);

#endif
