#ifndef ATENDE_TESTS_BENCH_CLAIMERS_H
#define ATENDE_TESTS_BENCH_CLAIMERS_H

#include "core/change.h"
#include "store/store.h"

#include <stddef.h>
#include <stdint.h>

/* Who claims and what can be claimed, on a desk that is measured. */

enum { CLAIMERS = 256, CLAIMABLE_MAX = 1024 };

struct claimers {
	struct store *store; /* the desk itself */
	int64_t operators[CLAIMERS];
	char *logins[CLAIMERS];
	int64_t tickets[CLAIMABLE_MAX]; /* from all over the desk */
	size_t ticket_count;
};

/* Opens the desk for nobody, enters as many admins as there are claimers (they see all), and finds
 * tickets that can be claimed. On mem. */
void claimers_prepare(const void *mem, const char *desk, struct claimers *claimers);

/* A change of a claim's life by the claimer with this number. */
struct change claimers_change(
	const struct claimers *claimers, enum change_kind kind, size_t claimer, size_t ticket);
/* Applies changes; ends the benchmark when one is refused. */
void claimers_apply(const struct claimers *claimers, const struct change *changes, size_t count);

#endif
