#include "make_desk.h"

#include "base/clock.h"
#include "base/mem.h"
#include "base/timestamp.h"
#include "base/uuid.h"
#include "store/drivers.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * bench_make_desk FILE [--tickets N] [--open N] [--messages N] [--seed N] [--now TIME]
 *
 * Makes a desk of N tickets, M of them open, with K messages each on average. The same arguments
 * give the same desk; times count back from --now (RFC 3339, default: the clock). Operators: admin,
 * supervisor davi, ana, bruno, carla, elisa, fabio, gilda, op09 … op24, each in one or two of eight
 * teams.
 */

int64_t making_log(struct making *making, const char *kind, int64_t actor, int64_t ticket,
	int64_t customer, const char *detail)
{
	uint64_t random = making->seed + (uint64_t)++making->revision;
	struct uuid id;
	for (size_t i = 0; i < sizeof id.bytes; i += 8) {
		uint64_t part = random_next(&random);
		memcpy(id.bytes + i, &part, 8);
	}
	uuid_stamp(&id, making->at, 7);
	rows_add(&making->rows, ROW_LOG, "ibiiisiiiiiis", making->revision, id.bytes, making->at,
		making->at, actor, kind, ticket, customer, INT64_C(0), INT64_C(0), INT64_C(0),
		INT64_C(0), detail);
	return making->revision;
}

static void usage(void)
{
	fputs("usage: bench_make_desk FILE [--tickets N] [--open N] [--messages N] [--seed N] "
	      "[--now TIME]\n",
		stderr);
	exit(2);
}

static int64_t number_of(const char *text)
{
	char *end;
	long long value = strtoll(text, &end, 10);
	if (*end || end == text || value < 0) {
		usage();
	}
	return value;
}

static void read_options(struct making *making, int argc, char **argv)
{
	int64_t seed = 1;
	const struct {
		const char *name;
		int64_t *value;
	} numbers[] = {{"--tickets", &making->tickets}, {"--open", &making->open},
		{"--messages", &making->messages}, {"--seed", &seed}};
	for (int i = 2; i < argc; i += 2) {
		bool known = i + 1 < argc && strcmp(argv[i], "--now") == 0 &&
			     timestamp_parse(argv[i + 1], 0, &making->now);
		for (size_t k = 0; i + 1 < argc && k < ARRAY_LEN(numbers); k++) {
			if (strcmp(argv[i], numbers[k].name) == 0) {
				*numbers[k].value = number_of(argv[i + 1]);
				known = true;
			}
		}
		if (!known) {
			usage();
		}
	}
	making->seed = (uint64_t)seed;
	if (making->tickets < 1 || making->messages < 1 || making->open > making->tickets) {
		usage();
	}
}

static void create_file(const char *path)
{
	static const struct store_driver *const drivers[] = {&store_sqlite};
	struct store_options options = {.create = true};
	struct store *store;
	struct error err = {0};
	if (!store_open(NULL, path, drivers, ARRAY_LEN(drivers), &options, &store, &err)) {
		fprintf(stderr, "make_desk: %s\n", error_sentence(NULL, &err, NULL));
		exit(1);
	}
	store_close(store);
}

int main(int argc, char **argv)
{
	struct clock clock = clock_system();
	struct making making = {
		.tickets = 1000, .open = 100, .messages = 3, .now = clock_now(&clock)};
	if (argc < 2 || argv[1][0] == '-') {
		usage();
	}
	read_options(&making, argc, argv);
	create_file(argv[1]);
	making.words = words_create(NULL);
	making.scratch = mem_context(making.words);
	/* A desk of 1,000,000 tickets is two years old, a small one at least a month. */
	making.span_ms = 30 * (int64_t)MS_DAY + making.tickets * MS_MINUTE;
	making.at = making.now - making.span_ms;
	rows_open(&making.rows, argv[1]);
	making_staff(&making);
	making_tickets(&making);
	rows_close(&making.rows);
	printf("%lld tickets, %lld texts, %lld changes, %lld customers\n",
		(long long)making.tickets, (long long)making.texts, (long long)making.revision,
		(long long)making.customers);
	talloc_free(making.words);
	return 0;
}
