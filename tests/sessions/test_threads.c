#include "test.h"

#include "atende/spooler.h"
#include "atende/watcher.h"
#include "atende/worker.h"
#include "base/clock.h"
#include "base/mem.h"
#include "store/conformance.h"
#include "tui/msg.h"

#include <poll.h>
#include <string.h>

/* The console's threads on a real desk. */

enum { QUESTIONS = 200, DEADLINE_MS = 60000, FOREVER_MS = 600000 };

/* The next message; fails the test when none comes. */
static struct msg *take(struct mailbox *inbox)
{
	struct pollfd fd = {.fd = mailbox_fd(inbox), .events = POLLIN};
	if (poll(&fd, 1, DEADLINE_MS) != 1) {
		fail_msg("no message came");
	}
	struct msg *msg = mailbox_take(inbox);
	assert_non_null(msg);
	return msg;
}

static struct effect *question(enum effect_type type, uint64_t request)
{
	struct effect *effect = mem_new(NULL, struct effect);
	effect->type = type;
	effect->request = request;
	return effect;
}

/* Ana's worker, and a ticket on her desk. */
struct work {
	int64_t number;
	struct mailbox *inbox;
	struct store *store;
	struct worker *worker;
};

static struct work work_begin(struct fixture *f)
{
	struct work work = {.number = fixture_ticket(f, "maria@example.com", "entrega"),
		.inbox = mailbox_create(),
		.store = fixture_open(f, "ana")};
	work.worker = worker_start(work.store, NULL, work.inbox);
	return work;
}

/* The worker has been stopped. */
static void work_end(struct work *work)
{
	mailbox_destroy(work->inbox);
	store_close(work->store);
}

static void ask_all_kinds(struct work *work)
{
	static const enum effect_type types[] = {
		EFFECT_COUNTS, EFFECT_TICKET, EFFECT_DIRECTORY, EFFECT_DRAFTS, EFFECT_NEXT};
	for (uint64_t i = 0; i < QUESTIONS; i++) {
		struct effect *effect = question(types[i % ARRAY_LEN(types)], i + 1);
		if (effect->type == EFFECT_TICKET) {
			effect->ticket = work->number;
		}
		worker_ask(work->worker, effect);
	}
}

static void each_question_is_answered_in_order(void **state)
{
	struct fixture *f = *state;
	struct work work = work_begin(f);
	ask_all_kinds(&work);
	for (uint64_t i = 0; i < QUESTIONS; i++) {
		struct msg *msg = take(work.inbox);
		assert_int_equal(msg->type, MSG_RESPONSE);
		assert_int_equal(msg->response.effect->request, i + 1);
		assert_true(msg->response.ok);
		if (msg->response.effect->type == EFFECT_TICKET) {
			assert_int_equal(msg->response.ticket->row.ticket.number, work.number);
		}
		talloc_free(msg);
	}
	worker_stop(work.worker, FOREVER_MS);
	work_end(&work);
}

/* What was asked before the end is done: a draft of a console that is hung up. */
static void stopping_does_what_was_asked(void **state)
{
	struct fixture *f = *state;
	struct work work = work_begin(f);
	ask_all_kinds(&work);
	struct effect *save = question(EFFECT_DRAFT_SAVE, QUESTIONS + 1);
	save->draft = (struct draft){.ticket = work.number,
		.kind = DRAFT_REPLY,
		.text = mem_strdup(save, "the last words")};
	worker_ask(work.worker, save);
	worker_stop(work.worker, FOREVER_MS);
	work_end(&work);
	const struct draft *draft = fixture_draft(f, "ana", work.number);
	assert_non_null(draft);
	assert_string_equal(draft->text, "the last words");
}

/* Without patience the rest is cancelled, and every question still has its answer. */
static void cancelling_answers_all(void **state)
{
	struct fixture *f = *state;
	struct work work = work_begin(f);
	ask_all_kinds(&work);
	worker_cancel(work.worker);
	worker_stop(work.worker, 0);
	for (uint64_t i = 0; i < QUESTIONS; i++) {
		struct msg *msg = mailbox_take(work.inbox);
		assert_non_null(msg);
		assert_int_equal(msg->response.effect->request, i + 1);
		talloc_free(msg);
	}
	assert_null(mailbox_take(work.inbox));
	work_end(&work);
}

static void changes_are_made_as_the_operator(void **state)
{
	struct fixture *f = *state;
	struct work work = work_begin(f);
	struct effect *apply = question(EFFECT_APPLY, 1);
	apply->apply.changes = mem_array(apply, struct change, 1);
	apply->apply.changes[0] = (struct change){.kind = CHANGE_CLAIM, .ticket = work.number};
	apply->apply.count = 1;
	worker_ask(work.worker, apply);
	struct msg *msg = take(work.inbox);
	assert_true(msg->response.ok);
	assert_true(msg->response.results[0].revision > 0);
	assert_false(uuid_is_zero(&msg->response.effect->apply.changes[0].id));
	assert_int_equal(msg->response.effect->apply.changes[0].actor, fixture_id(f, "ana"));
	talloc_free(msg);
	worker_stop(work.worker, FOREVER_MS);
	work_end(&work);
}

static struct watcher *watch(struct fixture *f, const char *location, struct mailbox *inbox)
{
	static const struct store_driver *drivers[1];
	drivers[0] = place.driver;
	struct watcher_options options = {.location = location,
		.login = "bruno",
		.drivers = drivers,
		.driver_count = 1,
		.since = fixture_feed(f, "bruno", -1).revision};
	return watcher_start(&options, inbox);
}

static void others_changes_are_posted(void **state)
{
	struct fixture *f = *state;
	int64_t number = fixture_ticket(f, "maria@example.com", "entrega");
	struct mailbox *inbox = mailbox_create();
	struct watcher *watcher = watch(f, f->location, inbox);
	fixture_claim(f, "ana", number);
	struct msg *msg = take(inbox);
	assert_int_equal(msg->type, MSG_FEED);
	assert_true(msg->feed.ok);
	assert_true(msg->feed.items.count > 0);
	talloc_free(msg);
	watcher_stop(watcher);
	mailbox_destroy(inbox);
}

/* It waits for a minute in the feed, and in its retries: neither holds up the end. */
static void stopping_is_prompt(void **state)
{
	struct fixture *f = *state;
	struct mailbox *inbox = mailbox_create();
	for (int i = 0; i < 20; i++) {
		watcher_stop(watch(f, f->location, inbox));
	}
	assert_null(mailbox_take(inbox));
	mailbox_destroy(inbox);
}

static void a_desk_that_fails_is_told_once(void **state)
{
	struct fixture *f = *state;
	struct mailbox *inbox = mailbox_create();
	struct watcher *watcher = watch(f, "/nowhere/desk.db", inbox);
	struct msg *msg = take(inbox);
	assert_int_equal(msg->type, MSG_FEED);
	assert_false(msg->feed.ok);
	assert_non_null(msg->feed.err.text);
	talloc_free(msg);
	watcher_stop(watcher);
	assert_null(mailbox_take(inbox));
	mailbox_destroy(inbox);
}

static struct effect *draft_effect(enum effect_type type, int64_t ticket, const char *text)
{
	struct effect *effect = question(type, 0);
	effect->draft = (struct draft){
		.ticket = ticket, .kind = DRAFT_REPLY, .text = mem_strdup(effect, text)};
	return effect;
}

static void spool_is_whole_when_stopped(void **state)
{
	struct fixture *f = *state;
	void *work = mem_context(NULL);
	struct mailbox *inbox = mailbox_create();
	struct spool *spool =
		spool_open(work, mem_printf(work, "%s/drafts", f->dir), f->location, "ana");
	struct spooler *spooler = spooler_start(spool, inbox);
	for (int i = 1; i <= 50; i++) {
		char *text = mem_printf(work, "text %d", i);
		spooler_ask(spooler, draft_effect(EFFECT_SPOOL_SAVE, 1001 + i % 2, text));
	}
	spooler_ask(spooler, draft_effect(EFFECT_SPOOL_REMOVE, 1002, ""));
	spooler_stop(spooler);
	struct draft_list drafts;
	assert_true(spool_read(spool, work, 1, &drafts, NULL, NULL));
	assert_int_equal(drafts.count, 1);
	assert_string_equal(drafts.drafts[0].text, "text 50");
	assert_null(mailbox_take(inbox));
	mailbox_destroy(inbox);
	talloc_free(work);
}

static void spool_that_fails_is_told(void **state)
{
	struct mailbox *inbox = mailbox_create();
	struct spool *spool = spool_open(NULL, "/dev/null/drafts", "/nowhere/desk.db", "ana");
	struct spooler *spooler = spooler_start(spool, inbox);
	(void)state;
	spooler_ask(spooler, draft_effect(EFFECT_SPOOL_SAVE, 1001, "text"));
	struct msg *msg = take(inbox);
	assert_int_equal(msg->type, MSG_SPOOL_FAILED);
	assert_non_null(msg->err.text);
	talloc_free(msg);
	spooler_stop(spooler);
	mailbox_destroy(inbox);
	talloc_free(spool);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		with_fixture(each_question_is_answered_in_order),
		with_fixture(stopping_does_what_was_asked),
		with_fixture(cancelling_answers_all),
		with_fixture(changes_are_made_as_the_operator),
		with_fixture(others_changes_are_posted),
		with_fixture(stopping_is_prompt),
		with_fixture(a_desk_that_fails_is_told_once),
		with_fixture(spool_is_whole_when_stopped),
		with_fixture(spool_that_fails_is_told),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
