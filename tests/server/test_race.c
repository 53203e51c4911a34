#include "test.h"

#include "base/clock.h"
#include "base/mem.h"
#include "daemon.h"
#include "support/proxy.h"

#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

/*
 * Many clients, a bad line, and a server that is killed again and again: what was acknowledged is
 * there once, what was refused is not, and nothing else is.
 */
enum { CLIENTS_MAX = 32, TRIES_MAX = 1000, TICKETS = 200, STALL_MS = 200, FAULTS_OF_1000 = 60 };

struct length {
	int clients, changes, kills;
};
static struct length length = {.clients = 8, .changes = 400, .kills = 3};

/* What became of a change, as its client was told. */
struct told {
	struct uuid id;
	int64_t revision; /* 0: refused */
};

struct race {
	const char *location;
	atomic_int begun;
	atomic_int done;
	atomic_int retried;
	atomic_int repeats;
	_Atomic int64_t newest; /* revision that was acknowledged, once all are done; 0 before */
};

struct client {
	struct race *race;
	int slot;
	pthread_t thread;
	struct store *store;
	unsigned seed;
	struct told *told;
	size_t count;
};

/* cmocka does not know these threads: what it would say is lost. */
static void must(bool ok, const char *what, const struct error *err)
{
	if (!ok) {
		char *sentence = error_sentence(NULL, err, NULL);
		fprintf(stderr, "%s: %s: %s\n", what, error_code_name(err->code), sentence);
		abort();
	}
}

/* Until there is an answer: the id of the change makes that safe. */
static struct result send(struct client *client, struct change *change)
{
	struct result result;
	struct error err = {0};
	change->id = uuid_make(store_now(client->store));
	change->actor = store_actor(client->store);
	int tries = 0;
	/* INVALID: half a request is all that got there. */
	while (!store_apply(client->store, change, 1, &result, &err) ||
		result.err.code == ERROR_INVALID) {
		must(++tries < TRIES_MAX, "no answer", &err);
		atomic_fetch_add(&client->race->retried, 1);
		poll(NULL, 0, 1 + rand_r(&client->seed) % 20);
	}
	client->told[client->count++] =
		(struct told){.id = change->id, .revision = result.ok ? result.revision : 0};
	atomic_fetch_add(&client->race->repeats, result.ok && result.is_repeat);
	atomic_fetch_add(&client->race->done, 1);
	return result;
}

static bool may_go_on(struct client *client)
{
	return atomic_fetch_add(&client->race->begun, 1) < length.changes;
}

static void work_on(struct client *client, int64_t number)
{
	struct change claim = {.kind = CHANGE_CLAIM, .ticket = number};
	struct result result = send(client, &claim);
	if (!result.ok) {
		must(result.err.code == ERROR_CONFLICT, "claim", &result.err);
		return;
	}
	if (may_go_on(client)) {
		struct change end = {
			.kind = CHANGE_RELEASE, .ticket = number, .generation = result.generation};
		if (rand_r(&client->seed) % 2) {
			end = (struct change){.kind = CHANGE_REPLY,
				.ticket = number,
				.generation = result.generation,
				.seen = INT64_C(1) << 40,
				.text = "Já segue.",
				.outcome = OUTCOME_STAY_OPEN};
		}
		send(client, &end);
	}
}

static void *run(void *data)
{
	struct client *client = data;
	client->store = daemon_open(client->race->location, client->slot);
	client->seed = (unsigned)client->slot + 1;
	client->told = mem_array(NULL, struct told, (unsigned)length.changes + 1);
	while (may_go_on(client)) {
		int64_t number = client->race->begun % TICKETS + FIRST_TICKET;
		if (rand_r(&client->seed) % 3) {
			work_on(client, number);
		} else {
			struct change note = {
				.kind = CHANGE_NOTE, .ticket = number, .text = "Nota"};
			struct result result = send(client, &note);
			must(result.ok, "note", &result.err);
		}
	}
	store_close(client->store);
	return NULL;
}

/* --- somebody watches --- */

struct watcher {
	struct race *race;
	pthread_t thread;
	int64_t since; /* has seen all up to it */
	size_t seen;
};

/* Over the same bad line: every revision once and in order, to the last. */
static void *watch(void *data)
{
	struct watcher *watcher = data;
	struct store *store = daemon_open(watcher->race->location, -1);
	int lost = 0;
	int64_t newest = 0;
	while (newest == 0 || watcher->since < newest) {
		void *mem = mem_context(NULL);
		struct feed feed;
		struct error err = {0};
		if (store_feed(store, mem, watcher->since, 100, &feed, &err)) {
			for (size_t i = 0; i < feed.count; i++) {
				must(feed.items[i].revision == ++watcher->since, "a gap", &err);
			}
			watcher->seen += feed.count;
		} else {
			must(++lost < TRIES_MAX * 10, "no feed", &err);
			poll(NULL, 0, 1);
		}
		newest = atomic_load(&watcher->race->newest);
		talloc_free(mem);
	}
	store_close(store);
	return NULL;
}

/* Kills the server whenever another part of the work is done. */
static void kill_meanwhile(struct daemon *daemon, struct race *race)
{
	for (int i = 1; i <= length.kills; i++) {
		while (atomic_load(&race->done) < length.changes * i / (length.kills + 1)) {
			poll(NULL, 0, 2);
		}
		daemon_kill(daemon);
		daemon_start(daemon);
	}
}

static void check_told(
	const struct client *clients, const struct logged *log, size_t count, size_t before)
{
	size_t acknowledged = 0;
	size_t refused = 0;
	for (int i = 0; i < length.clients; i++) {
		for (size_t n = 0; n < clients[i].count; n++) {
			const struct told *told = &clients[i].told[n];
			int64_t revision = 0;
			int times = daemon_logged(log, count, &told->id, &revision);
			assert_int_equal(times, told->revision ? 1 : 0);
			assert_int_equal(revision, told->revision);
			acknowledged += told->revision != 0;
			refused += told->revision == 0;
		}
	}
	assert_int_equal(count, before + acknowledged);
	print_message("# %zu acknowledged, %zu refused\n", acknowledged, refused);
}

static int64_t newest_revision(const struct daemon *daemon)
{
	struct store *store = daemon_file(daemon);
	void *mem = mem_context(NULL);
	struct feed feed;
	struct error err = {0};
	assert_true(store_feed(store, mem, -1, 0, &feed, &err));
	talloc_free(mem);
	store_close(store);
	return feed.revision;
}

static void what_was_acknowledged_is_there_once(void **state)
{
	(void)state;
	void *mem = mem_context(NULL);
	struct daemon *daemon = daemon_create(mem, length.clients, TICKETS);
	size_t before;
	daemon_log(daemon, mem, &before);
	struct proxy *proxy = proxy_start(desk_path(daemon->desk, "line"), daemon->location);
	struct race race = {.location = proxy_location(proxy)};
	struct client clients[CLIENTS_MAX] = {0};
	struct watcher watcher = {.race = &race, .since = newest_revision(daemon)};
	int64_t begun_at = clock_monotonic();
	daemon_start(daemon);
	proxy_chance(proxy, 1, FAULTS_OF_1000, STALL_MS);
	for (int i = 0; i < length.clients; i++) {
		clients[i] = (struct client){.race = &race, .slot = i};
		assert_int_equal(pthread_create(&clients[i].thread, NULL, run, &clients[i]), 0);
	}
	assert_int_equal(pthread_create(&watcher.thread, NULL, watch, &watcher), 0);
	kill_meanwhile(daemon, &race);
	for (int i = 0; i < length.clients; i++) {
		pthread_join(clients[i].thread, NULL);
	}
	atomic_store(&race.newest, newest_revision(daemon));
	pthread_join(watcher.thread, NULL);
	print_message("# %d clients, %d kills, %d faults, %d retries, %d repeats, %lld ms\n",
		length.clients, length.kills, proxy_count(proxy), race.retried, race.repeats,
		(long long)(clock_monotonic() - begun_at));
	assert_true(proxy_count(proxy) > 0);
	daemon_stop(daemon);
	proxy_stop(proxy);
	size_t count;
	struct logged *log = daemon_log(daemon, mem, &count);
	check_told(clients, log, count, before);
	assert_int_equal(watcher.seen, count - before);
	daemon_check(daemon);
	for (int i = 0; i < length.clients; i++) {
		talloc_free(clients[i].told);
	}
	talloc_free(mem);
}

/* --- twenty consoles, one ticket --- */

enum { CONSOLES = 20 };

struct console {
	pthread_barrier_t *line;
	struct store *store;
	struct result result;
	pthread_t thread;
};

static void *claim_the_one(void *data)
{
	struct console *console = data;
	struct change claim = {.kind = CHANGE_CLAIM,
		.ticket = FIRST_TICKET,
		.actor = store_actor(console->store),
		.id = uuid_make(store_now(console->store))};
	struct error err = {0};
	pthread_barrier_wait(console->line);
	must(store_apply(console->store, &claim, 1, &console->result, &err), "claim", &err);
	return NULL;
}

static void one_of_twenty_wins(void **state)
{
	(void)state;
	void *mem = mem_context(NULL);
	struct daemon *daemon = daemon_create(mem, CONSOLES, 1);
	struct console consoles[CONSOLES] = {0};
	pthread_barrier_t line;
	int won = 0;
	daemon_start(daemon);
	pthread_barrier_init(&line, NULL, CONSOLES);
	for (int i = 0; i < CONSOLES; i++) {
		consoles[i].line = &line;
		consoles[i].store = daemon_open(daemon->location, i);
		pthread_create(&consoles[i].thread, NULL, claim_the_one, &consoles[i]);
	}
	for (int i = 0; i < CONSOLES; i++) {
		pthread_join(consoles[i].thread, NULL);
		const struct result *result = &consoles[i].result;
		won += result->ok;
		if (!result->ok) {
			assert_int_equal(result->err.code, ERROR_CONFLICT);
			assert_true(result->holder != 0);
		}
		store_close(consoles[i].store);
	}
	assert_int_equal(won, 1);
	pthread_barrier_destroy(&line);
	daemon_stop(daemon);
	daemon_check(daemon);
	talloc_free(mem);
}

int main(int argc, char **argv)
{
	if (argc == 2 && strcmp(argv[1], "--long") == 0) {
		length = (struct length){.clients = CLIENTS_MAX, .changes = 10000, .kills = 55};
	}
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_of_twenty_wins),
		cmocka_unit_test(what_was_acknowledged_is_there_once),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
