#include "conformance.h"

#include "base/mem.h"
#include "test.h"

#include <pthread.h>
#include <string.h>

/* Who is where, and that it is over by itself. */

static void be(struct fixture *f, const char *login, const char *terminal, int64_t ticket,
	enum doing doing)
{
	struct presence presence = {.terminal = (char *)terminal, .ticket = ticket, .doing = doing};
	struct error err = {0};
	assert_true(store_presence(fixture_as(f, login), &presence, &err));
}

static struct presence_list seen_by(struct fixture *f, const char *login, int64_t ticket)
{
	struct presence_list list;
	struct error err = {0};
	assert_true(store_presences(fixture_as(f, login), f, ticket, &list, &err));
	return list;
}

static void who_is_where_is_told_until_it_is_over(void **state)
{
	struct fixture *f = *state;
	int64_t number = fixture_ticket(f, "joao@exemplo.com", "entrega");
	int64_t revision = fixture_feed(f, NULL, -1).revision;
	be(f, "ana", "t1", number, DOING_READING);
	struct presence_list list = seen_by(f, "bruno", 0);
	assert_int_equal(list.count, 1);
	assert_int_equal(list.items[0].operator_id, fixture_id(f, "ana"));
	assert_string_equal(list.items[0].terminal, "t1");
	assert_int_equal(list.items[0].ticket, number);
	assert_int_equal(list.items[0].doing, DOING_READING);
	assert_int_equal(list.items[0].since, f->now);
	assert_int_equal(list.items[0].expires_at, f->now + PRESENCE_MS);
	f->now += PRESENCE_MS;
	assert_int_equal(seen_by(f, "bruno", 0).count, 0);
	assert_int_equal(fixture_feed(f, NULL, -1).revision, revision);
}

static void to_go_on_with_it_is_no_new_beginning(void **state)
{
	struct fixture *f = *state;
	int64_t number = fixture_ticket(f, "joao@exemplo.com", "entrega");
	int64_t began = f->now;
	be(f, "ana", "t1", number, DOING_READING);
	f->now += PRESENCE_RENEW_MS;
	be(f, "ana", "t1", number, DOING_READING);
	struct presence_list list = seen_by(f, "bruno", 0);
	assert_int_equal(list.count, 1);
	assert_int_equal(list.items[0].since, began);
	assert_int_equal(list.items[0].expires_at, f->now + PRESENCE_MS);
	be(f, "ana", "t1", number, DOING_WRITING);
	assert_int_equal(seen_by(f, "bruno", 0).items[0].since, f->now);
	f->now += 2 * PRESENCE_MS;
	be(f, "ana", "t1", number, DOING_WRITING);
	assert_int_equal(seen_by(f, "bruno", 0).items[0].since, f->now);
}

static void each_terminal_is_a_row_of_its_own(void **state)
{
	struct fixture *f = *state;
	int64_t number = fixture_ticket(f, "joao@exemplo.com", "entrega");
	be(f, "ana", "t1", number, DOING_READING);
	f->now++;
	be(f, "ana", "t2", 0, DOING_HERE);
	be(f, "bruno", "t1", number, DOING_WRITING);
	struct presence_list list = seen_by(f, "davi", 0);
	assert_int_equal(list.count, 3);
	assert_string_equal(list.items[0].terminal, "t2");
	assert_string_equal(list.items[1].terminal, "t1");
	assert_int_equal(seen_by(f, "davi", number).count, 2);
	be(f, "ana", "t1", 0, DOING_GONE);
	list = seen_by(f, "davi", number);
	assert_int_equal(list.count, 1);
	assert_int_equal(list.items[0].operator_id, fixture_id(f, "bruno"));
}

static void an_operator_has_not_any_number_of_terminals(void **state)
{
	struct fixture *f = *state;
	for (int i = 0; i < 2 * PRESENCE_TERMINALS; i++) {
		f->now++;
		be(f, "ana", mem_printf(f, "t%d", i), 0, DOING_HERE);
	}
	be(f, "bruno", "t", 0, DOING_HERE);
	struct presence_list list = seen_by(f, "eva", 0);
	assert_int_equal(list.count, PRESENCE_TERMINALS + 1);
	assert_string_equal(list.items[0].terminal, "t31");
}

/* That a colleague is there is no secret, his customers are. */
static void the_ticket_of_another_team_is_not_told(void **state)
{
	struct fixture *f = *state;
	int64_t number = fixture_ticket(f, "joao@exemplo.com", "cobranca");
	be(f, "carla", "t1", number, DOING_READING);
	struct presence_list list = seen_by(f, "ana", 0);
	assert_int_equal(list.count, 1);
	assert_int_equal(list.items[0].ticket, 0);
	assert_int_equal(list.items[0].doing, DOING_READING);
	assert_int_equal(seen_by(f, "ana", number).count, 0);
	assert_int_equal(seen_by(f, "davi", number).count, 1);
	assert_int_equal(seen_by(f, NULL, number).count, 1);
}

static void who_pauses_is_on_a_break_on_all_terminals(void **state)
{
	struct fixture *f = *state;
	int64_t number = fixture_ticket(f, "joao@exemplo.com", "entrega");
	be(f, "ana", "t1", number, DOING_WRITING);
	be(f, "ana", "t2", 0, DOING_HERE);
	f->now += 5;
	fixture_do(f, "ana", (struct change){.kind = CHANGE_PAUSE, .text = "Almoço"});
	struct presence_list list = seen_by(f, "bruno", 0);
	assert_int_equal(list.count, 2);
	for (size_t i = 0; i < list.count; i++) {
		assert_int_equal(list.items[i].doing, DOING_PAUSED);
		assert_int_equal(list.items[i].since, f->now);
	}
	fixture_do(f, "ana", (struct change){.kind = CHANGE_RESUME});
	assert_int_equal(seen_by(f, "bruno", number).items[0].doing, DOING_WRITING);
}

static void refuse_presence(
	struct fixture *f, const char *login, struct presence presence, const char *reason)
{
	struct error err = {0};
	assert_false(store_presence(fixture_as(f, login), &presence, &err));
	assert_string_equal(err.reason, reason);
	assert_int_equal(seen_by(f, NULL, 0).count, 0);
}

static void nonsense_is_refused(void **state)
{
	struct fixture *f = *state;
	int64_t number = fixture_ticket(f, "joao@exemplo.com", "cobranca");
	char *word = (char *)"t1";
	refuse_presence(f, "ana", (struct presence){.doing = DOING_HERE}, "value");
	refuse_presence(
		f, "ana", (struct presence){.terminal = word, .doing = DOING_PAUSED}, "value");
	refuse_presence(
		f, "ana", (struct presence){.terminal = word, .doing = (enum doing) - 1}, "value");
	refuse_presence(f, "ana",
		(struct presence){.terminal = (char *)"a\033[2J", .doing = DOING_HERE}, "value");
	refuse_presence(f, "ana",
		(struct presence){.terminal = (char *)"0123456789012345678901234567890123456789"
						      "0123456789012345678901234",
			.doing = DOING_HERE},
		"value");
	refuse_presence(f, "ana",
		(struct presence){.terminal = word, .ticket = number, .doing = DOING_READING},
		"no_ticket");
	refuse_presence(f, "ana",
		(struct presence){.terminal = word, .ticket = 99, .doing = DOING_READING},
		"no_ticket");
	refuse_presence(f, NULL,
		(struct presence){.terminal = word, .operator_id = 99, .doing = DOING_HERE},
		"no_operator");
}

static void nobodys_handle_tells_it_for_others(void **state)
{
	struct fixture *f = *state;
	struct presence presence = {.operator_id = fixture_id(f, "bruno"),
		.terminal = (char *)"t1",
		.doing = DOING_HERE};
	struct error err = {0};
	assert_true(store_presence(f->desk, &presence, &err));
	presence.operator_id = fixture_id(f, "eva");
	assert_true(store_presence(fixture_as(f, "ana"), &presence, &err));
	struct presence_list list = seen_by(f, "eva", 0);
	assert_int_equal(list.count, 2);
	assert_int_equal(list.items[0].operator_id, fixture_id(f, "ana"));
	assert_int_equal(list.items[1].operator_id, fixture_id(f, "bruno"));
}

/* --- a feed that waits hears of it --- */

enum { LONG_MS = 60000 };

struct waiter {
	struct store *store;
	int64_t since;
	struct feed feed;
	bool ok;
};

static void *wait_for_feed(void *data)
{
	struct waiter *waiter = data;
	struct error err = {0};
	waiter->ok = store_feed(waiter->store, NULL, waiter->since, LONG_MS, &waiter->feed, &err);
	return NULL;
}

static void a_waiting_feed_wakes_when_somebody_moves(void **state)
{
	struct fixture *f = *state;
	struct waiter waiter = {
		.store = fixture_open(f, "ana"), .since = fixture_feed(f, NULL, -1).revision};
	pthread_t thread;
	pthread_create(&thread, NULL, wait_for_feed, &waiter);
	be(f, "bruno", "t1", 0, DOING_HERE);
	pthread_join(thread, NULL);
	assert_true(waiter.ok);
	assert_int_equal(waiter.feed.count, 0);
	assert_int_not_equal(waiter.feed.presence, 0);
	talloc_free(waiter.feed.items);
	store_close(waiter.store);
}

static void only_moving_alters_what_the_feed_tells(void **state)
{
	struct fixture *f = *state;
	assert_int_equal(fixture_feed(f, "ana", 0).presence, 0);
	be(f, "bruno", "t1", 0, DOING_HERE);
	int64_t here = fixture_feed(f, "ana", 0).presence;
	assert_int_not_equal(here, 0);
	f->now += PRESENCE_RENEW_MS;
	be(f, "bruno", "t1", 0, DOING_HERE);
	assert_int_equal(fixture_feed(f, "ana", 0).presence, here);
	fixture_do(f, "bruno", (struct change){.kind = CHANGE_PAUSE});
	assert_int_not_equal(fixture_feed(f, "ana", 0).presence, here);
	f->now += PRESENCE_MS;
	assert_int_equal(fixture_feed(f, "ana", 0).presence, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		with_fixture(who_is_where_is_told_until_it_is_over),
		with_fixture(to_go_on_with_it_is_no_new_beginning),
		with_fixture(each_terminal_is_a_row_of_its_own),
		with_fixture(an_operator_has_not_any_number_of_terminals),
		with_fixture(the_ticket_of_another_team_is_not_told),
		with_fixture(who_pauses_is_on_a_break_on_all_terminals),
		with_fixture(nonsense_is_refused),
		with_fixture(nobodys_handle_tells_it_for_others),
		with_fixture(a_waiting_feed_wakes_when_somebody_moves),
		with_fixture(only_moving_alters_what_the_feed_tells),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
