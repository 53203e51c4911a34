#include "figure.h"

#include "base/mem.h"
#include "core/change.h"
#include "core/query.h"
#include "store/drivers.h"
#include "store/store.h"

#include <stdio.h>
#include <stdlib.h>

/*
 * bench_apply DESK LABEL [SIZE …]: what a change costs when many are committed together, as the
 * server does it: claims by different operators of different tickets, then their releases, in
 * batches of several sizes, each one durable transaction by the desk's own handle. Writes into the
 * desk: give it a copy.
 */

enum { BATCH_MAX = 256, CHANGES = 20480, TICKETS_MAX = 1024 };

struct bench {
	struct store *store;
	void *mem;
	const char *label;
	int64_t operators[BATCH_MAX]; /* who claim */
	int64_t tickets[TICKETS_MAX]; /* that can be claimed */
	size_t ticket_count, next;
};

static void die(const char *what, const struct error *err)
{
	fprintf(stderr, "bench_apply: %s: %s\n", what, error_sentence(NULL, err, NULL));
	exit(1);
}

static const struct store_driver *const drivers[] = {&store_sqlite};

static void apply(
	struct bench *bench, const struct change *changes, size_t count, struct result *results)
{
	struct error err = {0};
	for (size_t i = 0; i < count; i++) {
		results[i] = (struct result){0};
	}
	if (!store_apply(bench->store, changes, count, results, &err)) {
		die("apply", &err);
	}
}

static void apply_well(struct bench *bench, const struct change *changes, size_t count)
{
	struct result results[BATCH_MAX];
	apply(bench, changes, count, results);
	for (size_t i = 0; i < count; i++) {
		if (!results[i].ok) {
			die("refused", &results[i].err);
		}
	}
}

static struct change make_change(struct bench *bench, enum change_kind kind, size_t at)
{
	return (struct change){.id = uuid_make(store_now(bench->store)),
		.kind = kind,
		.actor = bench->operators[at],
		.ticket = bench->tickets[(bench->next + at) % bench->ticket_count],
		.separate = kind == CHANGE_CLAIM ? FLAG_YES : FLAG_UNSET};
}

/* As many admins as a batch has claims: each holds one ticket, and sees all. */
static void enter_operators(struct bench *bench)
{
	struct error err = {0};
	struct change changes[BATCH_MAX];
	const struct directory *directory;
	for (size_t i = 0; i < BATCH_MAX; i++) {
		changes[i] = (struct change){.id = uuid_make(store_now(bench->store)),
			.kind = CHANGE_OPERATOR,
			.key = mem_printf(bench->mem, "bench%03zu", i),
			.role = ROLE_ADMIN};
	}
	apply_well(bench, changes, BATCH_MAX);
	if (!store_directory(bench->store, &directory, &err)) {
		die("directory", &err);
	}
	for (size_t i = 0; i < BATCH_MAX; i++) {
		bench->operators[i] = directory_login(directory, changes[i].key)->id;
	}
}

/* From all over the desk, those that can be claimed: what was discarded or merged cannot. */
static void find_tickets(struct bench *bench)
{
	enum { FIRST = 1001 };
	struct error err = {0};
	struct queue_page page;
	struct queue_query query = {.order = ORDER_NEWEST, .limit = 1};
	if (!store_queue(bench->store, bench->mem, &query, &page, &err) || page.count == 0) {
		die("queue", &err);
	}
	int64_t newest = page.rows[0].ticket.number;
	int64_t stride = 1 + (newest - FIRST) / TICKETS_MAX;
	for (int64_t number = FIRST; number <= newest; number += stride) {
		struct result result;
		bench->tickets[bench->ticket_count] = number;
		bench->next = bench->ticket_count++;
		struct change change = make_change(bench, CHANGE_CLAIM, 0);
		apply(bench, &change, 1, &result);
		if (!result.ok) {
			bench->ticket_count--;
			continue;
		}
		change = make_change(bench, CHANGE_RELEASE, 0);
		apply_well(bench, &change, 1);
	}
	if (bench->ticket_count < BATCH_MAX) {
		fprintf(stderr, "bench_apply: too few tickets\n");
		exit(1);
	}
}

/* Microseconds a change. */
static double measure(struct bench *bench, enum change_kind kind, size_t size)
{
	struct change changes[BATCH_MAX];
	for (size_t i = 0; i < size; i++) {
		changes[i] = make_change(bench, kind, i);
	}
	double start = bench_now_us();
	apply_well(bench, changes, size);
	return (bench_now_us() - start) / (double)size;
}

static void measure_batches(struct bench *bench, size_t size)
{
	struct figure claim, release;
	figure_init(&claim, mem_printf(bench->mem, "claim, in a batch of %zu", size), bench->label,
		"us");
	figure_init(&release, mem_printf(bench->mem, "release, in a batch of %zu", size),
		bench->label, "us");
	size_t rounds = CHANGES / size < 400 ? CHANGES / size : 400;
	bench->next = 0;
	for (size_t i = 0; i < rounds; i++) {
		figure_add(&claim, measure(bench, CHANGE_CLAIM, size));
		figure_add(&release, measure(bench, CHANGE_RELEASE, size));
		bench->next += size;
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
	struct error err = {0};
	struct store_options options = {0};
	struct bench bench = {.label = argv[2], .mem = mem_context(NULL)};
	if (!store_open(bench.mem, argv[1], drivers, ARRAY_LEN(drivers), &options, &bench.store,
		    &err)) {
		die(argv[1], &err);
	}
	enter_operators(&bench);
	find_tickets(&bench);
	for (const char *const *size = argc > 3 ? (const char *const *)argv + 3 : sizes; *size;
		size++) {
		measure_batches(&bench, strtoul(*size, NULL, 10));
	}
	store_close(bench.store);
	talloc_free(bench.mem);
	return 0;
}
