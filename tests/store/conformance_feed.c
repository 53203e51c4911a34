#include "conformance.h"

#include "base/mem.h"
#include "test.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <string.h>

/* The feed: in order, without gaps, nothing that the reader may not see. */

enum { LONG_MS = 60000 };

static void it_has_every_revision_in_order(void **state)
{
	struct fixture *f = *state;
	for (int i = 0; i < 30; i++) {
		char *address = mem_printf(f, "cliente%d@exemplo.com", i);
		fixture_claim(f, "davi", fixture_ticket(f, address, i % 2 ? "entrega" : ""));
		fixture_do(f, "davi", (struct change){.kind = CHANGE_RELEASE, .ticket = 1001 + i});
	}
	struct feed feed = fixture_feed(f, NULL, 0);
	for (size_t i = 0; i < feed.count; i++) {
		assert_int_equal(feed.items[i].revision, i + 1);
	}
	assert_int_equal(feed.revision, feed.count);
	assert_int_equal(fixture_feed(f, NULL, -1).revision, feed.count);
	assert_int_equal(fixture_feed(f, NULL, feed.count).count, 0);
}

static void it_goes_on_where_a_long_answer_ended(void **state)
{
	struct fixture *f = *state;
	int64_t number = fixture_ticket(f, "joao@exemplo.com", "entrega");
	enum { MANY = 1100 };
	struct change *batch = mem_array(f, struct change, MANY);
	struct result *results = mem_array(f, struct result, MANY);
	struct error err = {0};
	for (int i = 0; i < MANY; i++) {
		batch[i] = (struct change){.id = uuid_make(f->now),
			.kind = CHANGE_NOTE,
			.ticket = number,
			.text = "Nota"};
	}
	assert_true(store_apply(f->desk, batch, MANY, results, &err));
	struct feed first = fixture_feed(f, NULL, 0);
	assert_int_equal(first.count, 1000);
	assert_int_equal(first.revision, 1000);
	struct feed second = fixture_feed(f, NULL, first.revision);
	assert_int_equal(second.items[0].revision, 1001);
	assert_int_equal(second.revision, results[MANY - 1].revision);
}

static void it_tells_who_did_what_to_what(void **state)
{
	struct fixture *f = *state;
	int64_t number = fixture_ticket(f, "joao@exemplo.com", "entrega");
	struct change change = {
		.id = uuid_make(f->now), .kind = CHANGE_TAG, .ticket = number, .key = "vip"};
	struct result result = fixture_do(f, "ana", change);
	struct feed feed = fixture_feed(f, "bruno", result.revision - 1);
	assert_int_equal(feed.count, 1);
	const struct feed_item *item = &feed.items[0];
	assert_int_equal(item->revision, result.revision);
	assert_int_equal(item->kind, CHANGE_TAG);
	assert_int_equal(item->actor, fixture_id(f, "ana"));
	assert_int_equal(item->ticket, number);
	assert_int_equal(item->customer, result.customer);
	assert_int_equal(item->at, f->now);
	assert_true(uuid_equal(&item->id, &change.id));
	assert_non_null(strstr(item->detail, "\"key\":\"vip\""));
}

static void long_texts_are_not_in_it(void **state)
{
	struct fixture *f = *state;
	int64_t number = fixture_ticket(f, "joao@exemplo.com", "entrega");
	int64_t revision =
		fixture_do(f, "ana", fixture_reply(number, "Segredo", OUTCOME_WAIT)).revision;
	assert_null(strstr(fixture_feed(f, NULL, revision - 1).items[0].detail, "Segredo"));
}

static void what_a_reader_may_not_see_is_left_out_but_counted(void **state)
{
	struct fixture *f = *state;
	int64_t since = fixture_feed(f, NULL, -1).revision;
	fixture_ticket(f, "joao@exemplo.com", "cobranca");
	int64_t number = fixture_ticket(f, "maria@exemplo.com", "entrega");
	fixture_ticket(f, "rosa@exemplo.com", "cobranca");
	struct feed feed = fixture_feed(f, "ana", since);
	assert_int_equal(feed.count, 1);
	assert_int_equal(feed.items[0].ticket, number);
	assert_int_equal(feed.revision, since + 3);
	assert_int_equal(fixture_feed(f, "eva", since).count, 3);
}

static void a_colleagues_day_is_his_supervisors(void **state)
{
	struct fixture *f = *state;
	struct change pause = {.kind = CHANGE_PAUSE, .text = "Almoço"};
	int64_t since = fixture_do(f, "ana", pause).revision - 1;
	assert_int_equal(fixture_feed(f, "bruno", since).count, 0);
	assert_int_equal(fixture_feed(f, "davi", since).count, 1);
	assert_int_equal(fixture_feed(f, "ana", since).count, 1);
}

static void a_tickets_log_is_its_own(void **state)
{
	struct fixture *f = *state;
	int64_t number = fixture_ticket(f, "joao@exemplo.com", "entrega");
	fixture_ticket(f, "maria@exemplo.com", "entrega");
	fixture_claim(f, "ana", number);
	struct feed log;
	struct error err = {0};
	assert_true(store_log(fixture_as(f, "ana"), f, number, 0, 0, &log, &err));
	assert_int_equal(log.count, 2);
	assert_int_equal(log.items[1].kind, CHANGE_CLAIM);
	assert_true(store_log(fixture_as(f, "ana"), f, number, 0, 1, &log, &err));
	assert_int_equal(log.count, 1);
	assert_true(store_log(fixture_as(f, "ana"), f, number, log.revision, 0, &log, &err));
	assert_int_equal(log.items[0].kind, CHANGE_CLAIM);
	assert_false(store_log(fixture_as(f, "carla"), f, number, 0, 0, &log, &err));
	assert_int_equal(err.code, ERROR_NOT_FOUND);
}

/* Thousands of changes of another ticket lie between: its log is whole, and goes on anywhere. */
static void a_tickets_log_is_whole(void **state)
{
	enum { ROUNDS = 45, BATCH = 100 };
	struct fixture *f = *state;
	struct error err = {0};
	int64_t number = fixture_ticket(f, "joao@exemplo.com", "entrega");
	int64_t other = fixture_ticket(f, "maria@exemplo.com", "entrega");
	int64_t first = fixture_claim(f, "ana", number);
	fixture_do(f, "ana", (struct change){.kind = CHANGE_RELEASE, .ticket = number});
	for (int round = 0; round < ROUNDS; round++) {
		struct change changes[BATCH];
		struct result results[BATCH] = {0};
		for (int i = 0; i < BATCH; i++) {
			changes[i] = (struct change){.id = uuid_make(store_now(f->desk)),
				.kind = i % 2 ? CHANGE_RELEASE : CHANGE_CLAIM,
				.actor = fixture_id(f, "ana"),
				.ticket = other};
		}
		assert_true(store_apply(f->desk, changes, BATCH, results, &err));
		assert_true(results[BATCH - 1].ok);
	}
	fixture_claim(f, "ana", number);
	struct feed log;
	assert_true(store_log(f->desk, f, number, 0, 0, &log, &err));
	assert_int_equal(log.count, 4);
	assert_int_equal(log.items[0].kind, CHANGE_NEW);
	assert_int_equal(log.items[1].revision, first);
	assert_int_equal(log.items[2].kind, CHANGE_RELEASE);
	assert_true(log.items[3].revision > first + ROUNDS * BATCH);
	assert_true(store_log(f->desk, f, number, first, 1, &log, &err));
	assert_int_equal(log.items[0].kind, CHANGE_RELEASE);
	assert_true(store_log(f->desk, f, number, log.revision, 0, &log, &err));
	assert_int_equal(log.count, 1);
	assert_int_equal(log.items[0].kind, CHANGE_CLAIM);
}

/* --- waiting, in a thread with a handle of its own --- */

struct waiter {
	struct store *store;
	int64_t since;
	struct feed feed;
	struct error err;
	bool ok;
	atomic_bool is_over;
};

static void *wait_for_feed(void *data)
{
	struct waiter *waiter = data;
	waiter->ok = store_feed(
		waiter->store, NULL, waiter->since, LONG_MS, &waiter->feed, &waiter->err);
	atomic_store(&waiter->is_over, true);
	return NULL;
}

static void a_waiting_feed_wakes_with_the_commit(void **state)
{
	struct fixture *f = *state;
	struct waiter waiter = {
		.store = fixture_open(f, "ana"), .since = fixture_feed(f, NULL, -1).revision};
	pthread_t thread;
	pthread_create(&thread, NULL, wait_for_feed, &waiter);
	fixture_ticket(f, "rosa@exemplo.com", "cobranca"); /* not for ana: no reason to wake */
	int64_t number = fixture_ticket(f, "joao@exemplo.com", "entrega");
	pthread_join(thread, NULL);
	assert_true(waiter.ok);
	assert_int_equal(waiter.feed.count, 1);
	assert_int_equal(waiter.feed.items[0].ticket, number);
	talloc_free(waiter.feed.items);
	store_close(waiter.store);
}

static void a_waiting_feed_can_be_cancelled(void **state)
{
	struct fixture *f = *state;
	struct waiter waiter = {
		.store = fixture_open(f, "ana"), .since = fixture_feed(f, NULL, -1).revision};
	pthread_t thread;
	pthread_create(&thread, NULL, wait_for_feed, &waiter);
	/* Before the call has begun there is nothing to cancel: again until it has. */
	while (!atomic_load(&waiter.is_over)) {
		store_cancel(waiter.store);
		sched_yield();
	}
	pthread_join(thread, NULL);
	assert_false(waiter.ok);
	assert_int_equal(waiter.err.code, ERROR_UNAVAILABLE);
	assert_string_equal(waiter.err.reason, "cancelled");
	store_close(waiter.store);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		with_fixture(it_has_every_revision_in_order),
		with_fixture(it_goes_on_where_a_long_answer_ended),
		with_fixture(it_tells_who_did_what_to_what),
		with_fixture(long_texts_are_not_in_it),
		with_fixture(what_a_reader_may_not_see_is_left_out_but_counted),
		with_fixture(a_colleagues_day_is_his_supervisors),
		with_fixture(a_tickets_log_is_its_own),
		with_fixture(a_tickets_log_is_whole),
		with_fixture(a_waiting_feed_wakes_with_the_commit),
		with_fixture(a_waiting_feed_can_be_cancelled),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
