#include "figure.h"

#include "base/mem.h"
#include "core/change.h"
#include "core/query.h"
#include "store/drivers.h"
#include "store/store.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

/*
 * bench_many DESK LABEL ADMIN OPERATOR SECONDS: several processes on one desk. Eight that claim and
 * release without a pause: how much each gets and how long it waits; then how long a change takes
 * until another process is told.
 */

enum { WRITERS = 8, FEED_ROUNDS = 300, SAMPLES = 200000 };

struct shared {
	volatile int ready;
	volatile double committed_at;
	volatile int64_t revision;
	struct {
		size_t count;
		double samples[SAMPLES];
	} writer[WRITERS];
};

static const struct store_driver *const drivers[] = {&store_sqlite};

static void die(const char *what, const struct error *err)
{
	fprintf(stderr, "bench_many: %s: %s\n", what, error_sentence(NULL, err, NULL));
	exit(1);
}

static struct store *open_desk(const char *path, const char *login)
{
	struct error err = {0};
	struct store_options options = {0};
	struct store *store;
	if (!store_open(NULL, path, drivers, ARRAY_LEN(drivers), &options, &store, &err) ||
		!store_act_as(store, login, &err)) {
		die(path, &err);
	}
	return store;
}

static void pause_ms(int ms)
{
	poll(NULL, 0, ms);
}

static void apply(struct store *store, enum change_kind kind, int64_t ticket)
{
	struct error err = {0};
	struct result result = {0};
	struct change change = {.id = uuid_make(store_now(store)),
		.kind = kind,
		.actor = store_actor(store),
		.ticket = ticket,
		.separate = kind == CHANGE_CLAIM ? FLAG_YES : FLAG_UNSET};
	if (!store_apply(store, &change, 1, &result, &err)) {
		die("apply", &err);
	}
	if (!result.ok) {
		die("refused", &result.err);
	}
}

/* All writers are one operator: he shall hold as many tickets as there are writers. */
static void allow_claims(const char *path, const char *admin)
{
	struct error err = {0};
	struct result result = {0};
	struct store *store = open_desk(path, admin);
	struct change change = {.id = uuid_make(store_now(store)),
		.kind = CHANGE_SETTING,
		.actor = store_actor(store),
		.key = "max_claims",
		.value = "20"};
	if (!store_apply(store, &change, 1, &result, &err)) {
		die("max_claims", &err);
	}
	if (!result.ok) {
		die("max_claims", &result.err);
	}
	store_close(store);
}

static int64_t *free_tickets(struct store *store, size_t want)
{
	struct error err = {0};
	struct queue_page page;
	struct queue_query query = {.list = LIST_FREE, .order = ORDER_DUE, .limit = want};
	if (!store_queue(store, NULL, &query, &page, &err)) {
		die("queue", &err);
	}
	if (page.count < want) {
		fprintf(stderr, "bench_many: not enough free tickets\n");
		exit(1);
	}
	int64_t *numbers = mem_array(NULL, int64_t, want);
	for (size_t i = 0; i < want; i++) {
		numbers[i] = page.rows[i].ticket.number;
	}
	return numbers;
}

static void write_for(struct shared *shared, int index, const char *path, const char *login,
	int64_t ticket, double seconds)
{
	struct store *store = open_desk(path, login);
	__atomic_add_fetch(&shared->ready, 1, __ATOMIC_SEQ_CST);
	while (shared->ready < WRITERS) {
		pause_ms(1);
	}
	double end = bench_now_us() + seconds * 1e6;
	size_t count = 0;
	while (bench_now_us() < end) {
		double start = bench_now_us();
		apply(store, count % 2 ? CHANGE_RELEASE : CHANGE_CLAIM, ticket);
		if (count < SAMPLES) {
			shared->writer[index].samples[count] = bench_now_us() - start;
		}
		count++;
	}
	shared->writer[index].count = count;
	store_close(store);
	_exit(0);
}

static void report_writers(struct shared *shared, const char *label, double seconds)
{
	struct figure waits;
	size_t total = 0;
	size_t least = SIZE_MAX;
	figure_init(&waits, "eight writers, one change", label, "us");
	for (int i = 0; i < WRITERS; i++) {
		size_t count = shared->writer[i].count;
		total += count;
		least = count < least ? count : least;
		for (size_t j = 0; j < count && j < SAMPLES; j++) {
			figure_add(&waits, shared->writer[i].samples[j]);
		}
	}
	figure_print(&waits);
	figure_print_one("eight writers, changes a second", label, "1/s", (double)total / seconds);
	figure_print_one("eight writers, smallest share of a fair one", label, "%",
		total ? 100.0 * WRITERS * (double)least / (double)total : 0);
}

static void many_writers(struct shared *shared, const char *path, const char *label,
	const char *login, double seconds)
{
	struct store *store = open_desk(path, login);
	int64_t *tickets = free_tickets(store, WRITERS);
	store_close(store);
	for (int i = 0; i < WRITERS; i++) {
		if (fork() == 0) {
			write_for(shared, i, path, login, tickets[i], seconds);
		}
	}
	while (wait(NULL) > 0) {
	}
	report_writers(shared, label, seconds);
	talloc_free(tickets);
}

/* The child writes when the parent sits in the feed; what it wrote at is in shared memory. */
static void feed_latency(
	struct shared *shared, const char *path, const char *label, const char *login)
{
	struct error err = {0};
	struct feed feed;
	struct figure figure;
	struct store *store = open_desk(path, login);
	int64_t *tickets = free_tickets(store, 1);
	figure_init(&figure, "a change reaches another process", label, "us");
	if (!store_feed(store, NULL, -1, 0, &feed, &err)) {
		die("feed", &err);
	}
	shared->ready = 0;
	pid_t child = fork();
	if (child == 0) {
		struct store *mine = open_desk(path, login);
		for (int i = 0; i < FEED_ROUNDS; i++) {
			while (shared->ready <= i) {
				pause_ms(1);
			}
			pause_ms(i * 7919 % 60); /* anywhere in the reader's wait */
			apply(mine, i % 2 ? CHANGE_RELEASE : CHANGE_CLAIM, tickets[0]);
			shared->committed_at = bench_now_us();
		}
		store_close(mine);
		_exit(0);
	}
	int64_t since = feed.revision;
	for (int i = 0; i < FEED_ROUNDS; i++) {
		shared->committed_at = 0;
		shared->ready = i + 1;
		do {
			if (!store_feed(store, NULL, since, 1000, &feed, &err)) {
				die("feed", &err);
			}
			since = feed.revision;
		} while (feed.count == 0);
		double told_at = bench_now_us();
		while (shared->committed_at == 0) {
			pause_ms(1);
		}
		figure_add(&figure, told_at - shared->committed_at);
	}
	waitpid(child, NULL, 0);
	figure_print(&figure);
	store_close(store);
}

int main(int argc, char **argv)
{
	if (argc != 6) {
		fprintf(stderr, "usage: bench_many DESK LABEL ADMIN OPERATOR SECONDS\n");
		return 2;
	}
	FILE *file = tmpfile();
	struct shared *shared = MAP_FAILED;
	if (file && ftruncate(fileno(file), sizeof *shared) == 0) {
		shared = mmap(
			NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED, fileno(file), 0);
	}
	if (shared == MAP_FAILED) {
		perror("bench_many");
		return 1;
	}
	allow_claims(argv[1], argv[3]);
	many_writers(shared, argv[1], argv[2], argv[4], strtod(argv[5], NULL));
	feed_latency(shared, argv[1], argv[2], argv[4]);
	return 0;
}
