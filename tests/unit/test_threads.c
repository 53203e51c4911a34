#include "atende/watcher.h"
#include "atende/worker.h"
#include "base/mem.h"
#include "store/drivers.h"
#include "support/desk.h"
#include "test.h"
#include "tui/msg.h"

#include <poll.h>
#include <stdlib.h>
#include <string.h>

/* The console's threads on a desk: also run with the thread sanitizer. */

static const struct store_driver *const drivers[] = {&store_sqlite};

enum { PATIENCE_MS = 60000, TICKETS = 20 };

struct place {
	struct desk *desk;
	struct store *store; /* the worker's */
	struct mailbox *inbox;
	struct worker *worker;
	struct watcher *watcher;
	uint64_t requests;
};

static struct store *open_store(const struct place *place, bool create)
{
	struct store_options options = {.create = create, .creator = "ana"};
	struct store *store = NULL;
	struct error err = {0};
	if (!store_open(
		    NULL, place->desk->file, drivers, ARRAY_LEN(drivers), &options, &store, &err) ||
		!store_act_as(store, "ana", &err)) {
		fail_msg("%s", err.text);
	}
	return store;
}

static int begin(void **state)
{
	struct place *place = mem_new(NULL, struct place);
	place->desk = desk_create(place);
	store_close(open_store(place, true));
	place->store = open_store(place, false);
	place->inbox = mailbox_create();
	struct watcher_options options = {.location = place->desk->file,
		.login = "ana",
		.drivers = drivers,
		.driver_count = ARRAY_LEN(drivers)};
	place->worker = worker_start(place->store, NULL, place->inbox);
	place->watcher = watcher_start(&options, place->inbox);
	*state = place;
	return 0;
}

static int end(void **state)
{
	struct place *place = *state;
	watcher_stop(place->watcher);
	worker_stop(place->worker, PATIENCE_MS);
	store_close(place->store);
	mailbox_destroy(place->inbox);
	talloc_free(place);
	return 0;
}

static struct effect *effect_of(struct place *place, enum effect_type type)
{
	struct effect *effect = mem_new(NULL, struct effect);
	effect->type = type;
	effect->request = ++place->requests;
	return effect;
}

/* A new ticket, by the thread that asks or by the worker. */
static struct change *new_ticket(const void *mem, int number)
{
	struct change *change = mem_new(mem, struct change);
	*change = (struct change){.kind = CHANGE_NEW,
		.channel = CHANNEL_EMAIL,
		.subject = mem_printf(change, "Order %d", number),
		.text = "It has not arrived.",
		.address = mem_printf(change, "c%d@example.com", number)};
	return change;
}

static struct msg *next_msg(struct place *place)
{
	struct pollfd poll_fd = {.fd = mailbox_fd(place->inbox), .events = POLLIN};
	struct msg *msg = mailbox_take(place->inbox);
	if (!msg && poll(&poll_fd, 1, PATIENCE_MS) == 1) {
		msg = mailbox_take(place->inbox);
	}
	if (!msg) {
		fail_msg("nothing came");
	}
	return msg;
}

static void answers_in_order_while_the_feed_tells(void **state)
{
	struct place *place = *state;
	for (int i = 0; i < TICKETS; i++) {
		struct effect *apply = effect_of(place, EFFECT_APPLY);
		apply->apply.changes = new_ticket(apply, i);
		apply->apply.count = 1;
		worker_ask(place->worker, apply);
		worker_ask(place->worker, effect_of(place, EFFECT_QUEUE));
		worker_ask(place->worker, effect_of(place, EFFECT_COUNTS));
	}
	uint64_t answered = 0;
	int seen = 0;
	int64_t newest = 0;
	while (answered < place->requests || seen < TICKETS) {
		struct msg *msg = next_msg(place);
		if (msg->type == MSG_FEED) {
			assert_true(msg->feed.ok);
			for (size_t i = 0; i < msg->feed.items.count; i++) {
				const struct feed_item *item = &msg->feed.items.items[i];
				assert_true(item->revision > newest);
				newest = item->revision;
				seen += item->kind == CHANGE_NEW;
			}
		} else {
			assert_int_equal(msg->type, MSG_RESPONSE);
			assert_true(msg->response.ok);
			assert_int_equal(msg->response.effect->request, ++answered);
		}
		talloc_free(msg);
	}
	assert_int_equal(seen, TICKETS);
}

/* A third handle, in this thread: what a colleague's console does. */
static void tells_what_another_console_does(void **state)
{
	struct place *place = *state;
	struct store *other = open_store(place, false);
	struct change *change = new_ticket(NULL, 1);
	change->id = uuid_make(store_now(other));
	change->actor = store_actor(other);
	struct result result;
	assert_true(store_apply(other, change, 1, &result, NULL));
	assert_true(result.ok);
	bool found = false;
	while (!found) {
		struct msg *msg = next_msg(place);
		for (size_t i = 0; msg->type == MSG_FEED && i < msg->feed.items.count; i++) {
			found = found || msg->feed.items.items[i].revision == result.revision;
		}
		talloc_free(msg);
	}
	talloc_free(change);
	store_close(other);
}

static void ends_with_questions_under_way(void **state)
{
	struct place *place = *state;
	for (int i = 0; i < TICKETS; i++) {
		worker_ask(place->worker, effect_of(place, EFFECT_QUEUE));
		worker_ask(place->worker, effect_of(place, EFFECT_DRAFTS));
		worker_cancel(place->worker);
	}
	worker_stop(place->worker, PATIENCE_MS);
	place->worker = NULL;
	watcher_stop(place->watcher);
	place->watcher = NULL;
	uint64_t answered = 0;
	struct msg *msg;
	while ((msg = mailbox_take(place->inbox)) != NULL) {
		answered += msg->type == MSG_RESPONSE;
		talloc_free(msg);
	}
	assert_int_equal(answered, place->requests);
}

static void says_once_that_the_feed_is_broken(void **state)
{
	struct place *place = *state;
	struct watcher_options options = {.location = desk_path(place->desk, "none.db"),
		.login = "ana",
		.drivers = drivers,
		.driver_count = ARRAY_LEN(drivers)};
	struct mailbox *inbox = mailbox_create();
	struct watcher *watcher = watcher_start(&options, inbox);
	struct msg *msg = mailbox_wait(inbox);
	assert_int_equal(msg->type, MSG_FEED);
	assert_false(msg->feed.ok);
	assert_non_null(msg->feed.err.text);
	talloc_free(msg);
	watcher_stop(watcher);
	assert_null(mailbox_take(inbox));
	mailbox_destroy(inbox);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(answers_in_order_while_the_feed_tells, begin, end),
		cmocka_unit_test_setup_teardown(tells_what_another_console_does, begin, end),
		cmocka_unit_test_setup_teardown(ends_with_questions_under_way, begin, end),
		cmocka_unit_test_setup_teardown(says_once_that_the_feed_is_broken, begin, end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
