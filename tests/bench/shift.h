#ifndef ATENDE_TESTS_BENCH_SHIFT_H
#define ATENDE_TESTS_BENCH_SHIFT_H

#include "claimers.h"

#include <stddef.h>

/*
 * Operators at work over HTTP, each on ticket after ticket: connect, look at the queue, search,
 * read, claim, write with drafts and renewals, reply or note, hang up; customers who write; and one
 * who signs in and out. One step at a time, as its caller calls for it.
 */
struct shift;

/* `claimers` says who and on what. On mem. */
struct shift *shift_start(
	const void *mem, const struct claimers *claimers, const char *address, size_t operators);
/* The next step of the next operator. */
void shift_step(struct shift *shift);
/* Somebody signs in with a password, asks who he is, and signs out. */
void shift_sign_in(struct shift *shift);

/* Changes that were committed, requests, and those that were refused (told on stderr). */
size_t shift_changes(const struct shift *shift);
size_t shift_requests(const struct shift *shift);
size_t shift_refused(const struct shift *shift);

#endif
