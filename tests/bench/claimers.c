#include "claimers.h"

#include "base/mem.h"
#include "core/query.h"
#include "store/drivers.h"

#include <stdio.h>
#include <stdlib.h>

static void die(const char *what, const struct error *err)
{
	fprintf(stderr, "bench: %s: %s\n", what, error_sentence(NULL, err, NULL));
	exit(1);
}

static void apply(const struct claimers *claimers, const struct change *changes, size_t count,
	struct result *results)
{
	struct error err = {0};
	for (size_t i = 0; i < count; i++) {
		results[i] = (struct result){0};
	}
	if (!store_apply(claimers->store, changes, count, results, &err)) {
		die("apply", &err);
	}
}

void claimers_apply(const struct claimers *claimers, const struct change *changes, size_t count)
{
	struct result results[CLAIMERS];
	apply(claimers, changes, count, results);
	for (size_t i = 0; i < count; i++) {
		if (!results[i].ok) {
			die("refused", &results[i].err);
		}
	}
}

struct change claimers_change(
	const struct claimers *claimers, enum change_kind kind, size_t claimer, size_t ticket)
{
	return (struct change){.id = uuid_make(store_now(claimers->store)),
		.kind = kind,
		.actor = claimers->operators[claimer],
		.ticket = claimers->tickets[ticket % claimers->ticket_count],
		.separate = kind == CHANGE_CLAIM ? FLAG_YES : FLAG_UNSET};
}

static void enter_operators(const void *mem, struct claimers *claimers)
{
	struct error err = {0};
	struct change changes[CLAIMERS];
	const struct directory *directory;
	for (size_t i = 0; i < CLAIMERS; i++) {
		claimers->logins[i] = mem_printf(mem, "bench%03zu", i);
		changes[i] = (struct change){.id = uuid_make(store_now(claimers->store)),
			.kind = CHANGE_OPERATOR,
			.key = claimers->logins[i],
			.role = ROLE_ADMIN};
	}
	claimers_apply(claimers, changes, CLAIMERS);
	if (!store_directory(claimers->store, &directory, &err)) {
		die("directory", &err);
	}
	for (size_t i = 0; i < CLAIMERS; i++) {
		claimers->operators[i] = directory_login(directory, claimers->logins[i])->id;
	}
}

/* What was discarded or merged cannot be claimed. */
static void add_ticket(struct claimers *claimers, int64_t number)
{
	struct result result;
	size_t at = claimers->ticket_count++;
	claimers->tickets[at] = number;
	struct change change = claimers_change(claimers, CHANGE_CLAIM, 0, at);
	apply(claimers, &change, 1, &result);
	if (!result.ok) {
		claimers->ticket_count--;
		return;
	}
	change = claimers_change(claimers, CHANGE_RELEASE, 0, at);
	claimers_apply(claimers, &change, 1);
}

static void find_tickets(const void *mem, struct claimers *claimers)
{
	enum { FIRST = 1001 };
	struct error err = {0};
	struct queue_page page;
	struct queue_query query = {.order = ORDER_NEWEST, .limit = 1};
	if (!store_queue(claimers->store, mem, &query, &page, &err)) {
		die("queue", &err);
	}
	int64_t newest = page.count ? page.rows[0].ticket.number : 0;
	int64_t stride = 1 + (newest - FIRST) / CLAIMABLE_MAX;
	for (int64_t number = FIRST; number <= newest; number += stride) {
		add_ticket(claimers, number);
	}
	if (claimers->ticket_count < CLAIMERS) {
		fprintf(stderr, "bench: too few tickets\n");
		exit(1);
	}
}

void claimers_prepare(const void *mem, const char *desk, struct claimers *claimers)
{
	static const struct store_driver *const drivers[] = {&store_sqlite};
	struct error err = {0};
	struct store_options options = {0};
	*claimers = (struct claimers){0};
	if (!store_open(mem, desk, drivers, ARRAY_LEN(drivers), &options, &claimers->store, &err)) {
		die(desk, &err);
	}
	enter_operators(mem, claimers);
	find_tickets(mem, claimers);
}
