#include "figure.h"

#include "base/mem.h"
#include "claimers.h"

#include <stdio.h>
#include <stdlib.h>

/*
 * bench_apply DESK LABEL [SIZE …]: what a change costs when many are committed together, as the
 * server does it: claims by different operators of different tickets, then their releases, in
 * batches of several sizes, each one durable transaction by the desk's own handle. Writes into the
 * desk: give it a copy.
 */

enum { CHANGES = 20480, ROUNDS_MAX = 400 };

/* Microseconds a change. */
static double measure(
	const struct claimers *claimers, enum change_kind kind, size_t size, size_t first)
{
	struct change changes[CLAIMERS];
	for (size_t i = 0; i < size; i++) {
		changes[i] = claimers_change(claimers, kind, i, first + i);
	}
	double start = bench_now_us();
	claimers_apply(claimers, changes, size);
	return (bench_now_us() - start) / (double)size;
}

static void measure_batches(
	const void *mem, const struct claimers *claimers, const char *label, size_t size)
{
	struct figure claim, release;
	figure_init(&claim, mem_printf(mem, "claim, in a batch of %zu", size), label, "us");
	figure_init(&release, mem_printf(mem, "release, in a batch of %zu", size), label, "us");
	for (size_t i = 0; i < CHANGES / size && i < ROUNDS_MAX; i++) {
		figure_add(&claim, measure(claimers, CHANGE_CLAIM, size, i * size));
		figure_add(&release, measure(claimers, CHANGE_RELEASE, size, i * size));
	}
	figure_print(&claim);
	figure_print(&release);
}

int main(int argc, char **argv)
{
	static const char *const sizes[] = {"1", "8", "32", "64", "256", NULL};
	if (argc < 3) {
		fprintf(stderr, "usage: bench_apply DESK LABEL [SIZE …]\n");
		return 2;
	}
	struct claimers claimers;
	void *mem = mem_context(NULL);
	claimers_prepare(mem, argv[1], &claimers);
	for (const char *const *size = argc > 3 ? (const char *const *)argv + 3 : sizes; *size;
		size++) {
		measure_batches(mem, &claimers, argv[2], strtoul(*size, NULL, 10));
	}
	store_close(claimers.store);
	talloc_free(mem);
	return 0;
}
