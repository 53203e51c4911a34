#include "conformance.h"
#include "fault_store.h"

#include "base/mem.h"
#include "chance.h"
#include "store/replica.h"
#include "test.h"

#include <ftw.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* A replica behind a line that fails: the desk is a file, which the fixture's handles reach
 * directly. */

static const struct store_driver *const drivers[] = {&store_fault};

static int64_t now_of(void *data)
{
	return *(const int64_t *)data;
}

static bool try_open(
	struct fixture *f, const char *login, bool stepped, struct store **store, struct error *err)
{
	const char *path = strchr(f->location, ':') + 1;
	struct replica_options options = {.location = mem_printf(f, "fault:%s", path),
		.drivers = drivers,
		.driver_count = ARRAY_LEN(drivers),
		.login = login,
		.folder = mem_printf(f, "%s/copies", f->dir),
		.desk = {.clock = {now_of, &f->now}},
		.is_stepped = stepped};
	return replica_open(NULL, &options, store, err) && store_act_as(*store, login, err);
}

static struct store *open_one(struct fixture *f, const char *login, bool stepped)
{
	struct store *store = NULL;
	struct error err = {0};
	if (!try_open(f, login, stepped, &store, &err)) {
		fail_msg("%s", error_sentence(f, &err, NULL));
	}
	return store;
}

static void step(struct store *store)
{
	struct error err = {0};
	if (!replica_step(store, &err)) {
		fail_msg("%s", error_sentence(NULL, &err, NULL));
	}
}

static void set_mode(enum fault_mode mode)
{
	atomic_store(&fault_line.mode, mode);
}

static int setup(void **state)
{
	memset(&fault_line, 0, sizeof fault_line);
	return fixture_setup(state);
}

static int teardown(void **state)
{
	set_mode(FAULT_NONE);
	return fixture_teardown(state);
}

static struct result apply(struct store *store, struct change change)
{
	struct result result;
	struct error err = {0};
	change.actor = store_actor(store);
	change.id = uuid_is_zero(&change.id) ? uuid_make(store_now(store)) : change.id;
	if (!store_apply(store, &change, 1, &result, &err)) {
		result.err = err;
	}
	return result;
}

static struct ticket_view *look(struct store *store, const void *mem, int64_t number)
{
	struct ticket_view *view = mem_new(mem, struct ticket_view);
	struct error err = {0};
	if (!store_ticket(store, view, number, view, &err)) {
		talloc_free(view);
		return NULL;
	}
	return view;
}

static struct queue_page list(struct store *store, const void *mem)
{
	struct queue_page page;
	struct error err = {0};
	if (!store_queue(store, mem, &(struct queue_query){.limit = 1000}, &page, &err)) {
		fail_msg("%s", error_sentence(mem, &err, NULL));
	}
	return page;
}

static struct pending_list pending(struct store *store, const void *mem)
{
	struct pending_list waiting;
	struct error err = {0};
	assert_true(store_pending(store, mem, &waiting, &err));
	return waiting;
}

/* --- reading --- */

static void a_complete_copy_answers_without_the_line(void **state)
{
	struct fixture *f = *state;
	int64_t number = fixture_ticket(f, "maria@example.com", "entrega");
	struct store *ana = open_one(f, "ana", true);
	step(ana);
	set_mode(FAULT_DOWN);
	int calls = atomic_load(&fault_line.calls);
	struct counts counts;
	struct error err = {0};
	struct ticket_row row;
	assert_int_equal(list(ana, f).count, 1);
	assert_non_null(look(ana, f, number));
	assert_true(store_counts(ana, &counts, &err));
	assert_int_equal(counts.open, 1);
	assert_true(store_next(ana, f, &row, &err));
	assert_int_equal(row.ticket.number, number);
	assert_int_equal(atomic_load(&fault_line.calls), calls);
	store_close(ana);
}

static void it_opens_without_the_line_when_there_is_a_copy(void **state)
{
	struct fixture *f = *state;
	struct store *store = NULL;
	struct error err = {0};
	fixture_ticket(f, "maria@example.com", "entrega");
	set_mode(FAULT_DOWN);
	assert_false(try_open(f, "ana", true, &store, &err));
	assert_int_equal(err.code, ERROR_UNAVAILABLE);
	set_mode(FAULT_NONE);
	struct store *ana = open_one(f, "ana", true);
	step(ana);
	store_close(ana);
	set_mode(FAULT_DOWN);
	ana = open_one(f, "ana", true);
	assert_int_equal(list(ana, f).count, 1);
	assert_int_equal(store_actor(ana), fixture_id(f, "ana"));
	store_close(ana);
}

static void what_the_copy_has_not_is_refused_with_a_sentence(void **state)
{
	struct fixture *f = *state;
	struct store *ana = open_one(f, "ana", true);
	struct error err = {0};
	struct search_page page;
	struct ticket_view view;
	step(ana);
	int64_t unknown = fixture_ticket(f, "rita@example.com", "entrega");
	set_mode(FAULT_DOWN);
	assert_false(store_ticket(ana, f, unknown, &view, &err));
	assert_false(store_search(ana, f, &(struct search_query){.text = "x"}, &page, &err));
	assert_string_equal(err.reason, "offline");
	set_mode(FAULT_NONE);
	step(ana);
	assert_non_null(look(ana, f, unknown));
	store_close(ana);
}

static void what_is_lost_from_sight_goes_from_the_copy(void **state)
{
	struct fixture *f = *state;
	int64_t number = fixture_ticket(f, "maria@example.com", "entrega");
	struct store *ana = open_one(f, "ana", true);
	step(ana);
	fixture_do(f, "davi",
		(struct change){.kind = CHANGE_TRANSFER, .ticket = number, .team = f->cobranca});
	step(ana);
	set_mode(FAULT_DOWN);
	assert_int_equal(list(ana, f).count, 0);
	assert_null(look(ana, f, number));
	store_close(ana);
}

static void another_team_fills_the_copy_anew(void **state)
{
	struct fixture *f = *state;
	fixture_ticket(f, "maria@example.com", "entrega");
	int64_t other = fixture_ticket(f, "rita@example.com", "cobranca");
	struct store *ana = open_one(f, "ana", true);
	step(ana);
	fixture_do(f, "eva",
		(struct change){.kind = CHANGE_OPERATOR, .key = "ana", .value = "cobranca"});
	step(ana);
	step(ana);
	set_mode(FAULT_DOWN);
	struct queue_page page = list(ana, f);
	assert_int_equal(page.count, 1);
	assert_int_equal(page.rows[0].ticket.number, other);
	store_close(ana);
}

static void a_damaged_copy_is_made_anew(void **state)
{
	struct fixture *f = *state;
	fixture_ticket(f, "maria@example.com", "entrega");
	struct store *ana = open_one(f, "ana", true);
	step(ana);
	store_close(ana);
	char *command =
		mem_printf(f, "for c in %s/copies/*/copy.db; do echo rubbish > $c; done", f->dir);
	assert_int_equal(system(command), 0);
	ana = open_one(f, "ana", true);
	step(ana);
	set_mode(FAULT_DOWN);
	assert_int_equal(list(ana, f).count, 1);
	store_close(ana);
}

static void nonsense_is_not_taken(void **state)
{
	struct fixture *f = *state;
	int64_t number = fixture_ticket(f, "maria@example.com", "entrega");
	struct store *ana = open_one(f, "ana", true);
	struct error err = {0};
	step(ana);
	atomic_store(&fault_line.is_hostile, true);
	fixture_do(f, "bruno", (struct change){.kind = CHANGE_NOTE, .ticket = number, .text = "x"});
	assert_false(replica_step(ana, &err));
	assert_string_equal(err.reason, "record");
	assert_non_null(look(ana, f, number));
	atomic_store(&fault_line.is_hostile, false);
	step(ana);
	assert_int_equal(look(ana, f, number)->note_count, 1);
	store_close(ana);
}

/* --- writing --- */

static void a_note_waits_and_is_sent_once(void **state)
{
	struct fixture *f = *state;
	int64_t number = fixture_ticket(f, "maria@example.com", "entrega");
	struct store *ana = open_one(f, "ana", true);
	step(ana);
	set_mode(FAULT_DOWN);
	struct result result = apply(
		ana, (struct change){.kind = CHANGE_NOTE, .ticket = number, .text = "sem rede"});
	assert_true(result.ok);
	assert_true(result.is_queued);
	assert_int_equal(result.revision, 0);
	assert_int_equal(pending(ana, f).count, 1);
	store_close(ana);
	ana = open_one(f, "ana", true);
	assert_int_equal(pending(ana, f).count, 1);
	set_mode(FAULT_NONE);
	step(ana);
	step(ana);
	assert_int_equal(pending(ana, f).count, 0);
	assert_int_equal(fixture_view(f, "ana", number)->note_count, 1);
	assert_int_equal(look(ana, f, number)->note_count, 1);
	store_close(ana);
}

static void a_lost_answer_is_settled_by_the_id(void **state)
{
	struct fixture *f = *state;
	int64_t number = fixture_ticket(f, "maria@example.com", "entrega");
	struct store *ana = open_one(f, "ana", true);
	step(ana);
	set_mode(FAULT_LOST);
	struct result result =
		apply(ana, (struct change){.kind = CHANGE_NOTE, .ticket = number, .text = "x"});
	assert_true(result.ok && result.is_queued);
	assert_int_equal(fixture_view(f, "ana", number)->note_count, 1);
	set_mode(FAULT_NONE);
	step(ana);
	assert_int_equal(pending(ana, f).count, 0);
	assert_int_equal(fixture_view(f, "ana", number)->note_count, 1);
	store_close(ana);
}

static void a_reply_waits_while_its_claim_lives(void **state)
{
	struct fixture *f = *state;
	int64_t number = fixture_ticket(f, "maria@example.com", "entrega");
	struct store *ana = open_one(f, "ana", true);
	step(ana);
	struct result claim = apply(ana, (struct change){.kind = CHANGE_CLAIM, .ticket = number});
	assert_true(claim.ok && claim.revision > 0);
	struct change reply = fixture_reply(number, "Já sai.", OUTCOME_WAIT);
	reply.seen = look(ana, f, number)->row.ticket.newest_public;
	reply.generation = claim.generation;
	set_mode(FAULT_DOWN);
	struct result result = apply(ana, reply);
	assert_true(result.ok && result.is_queued);
	f->now += 10 * MS_MINUTE; /* the line is cut for ten minutes */
	struct change late = reply;
	late.id = (struct uuid){{0}};
	result = apply(ana, late);
	assert_false(result.ok);
	assert_string_equal(result.err.reason, "offline");
	set_mode(FAULT_NONE);
	step(ana);
	const struct ticket_view *view = fixture_view(f, "ana", number);
	assert_int_equal(view->row.ticket.state, TICKET_WAITING);
	assert_int_equal(view->message_count, 2);
	assert_int_equal(view->draft_count, 1); /* the late one */
	assert_int_equal(pending(ana, f).count, 0);
	store_close(ana);
}

static void claims_are_refused_without_the_line(void **state)
{
	struct fixture *f = *state;
	int64_t number = fixture_ticket(f, "maria@example.com", "entrega");
	struct store *ana = open_one(f, "ana", true);
	step(ana);
	set_mode(FAULT_DOWN);
	struct result result = apply(ana, (struct change){.kind = CHANGE_CLAIM, .ticket = number});
	assert_false(result.ok);
	assert_string_equal(result.err.reason, "offline");
	assert_int_equal(pending(ana, f).count, 0);
	store_close(ana);
}

static void what_the_desk_refuses_comes_back(void **state)
{
	struct fixture *f = *state;
	int64_t number = fixture_ticket(f, "maria@example.com", "entrega");
	struct store *ana = open_one(f, "ana", true);
	struct error err = {0};
	step(ana);
	struct result claim = apply(ana, (struct change){.kind = CHANGE_CLAIM, .ticket = number});
	struct change reply = fixture_reply(number, "Já sai.", OUTCOME_WAIT);
	reply.seen = look(ana, f, number)->row.ticket.newest_public;
	reply.generation = claim.generation;
	set_mode(FAULT_DOWN);
	assert_true(apply(ana, reply).is_queued);
	fixture_do(f, "davi", (struct change){.kind = CHANGE_TAKE_OVER, .ticket = number});
	set_mode(FAULT_NONE);
	step(ana);
	struct pending_list list_ = pending(ana, f);
	assert_int_equal(list_.count, 1);
	assert_true(list_.items[0].is_refused);
	assert_string_equal(list_.items[0].err.reason, "stale");
	assert_string_equal(list_.items[0].text, "Já sai.");
	const struct ticket_view *view = fixture_view(f, "ana", number);
	assert_int_equal(view->message_count, 1);
	assert_int_equal(view->draft_count, 1);
	assert_string_equal(view->drafts[0].text, "Já sai.");
	struct link_status status;
	store_link(ana, &status);
	assert_int_equal(status.refused, 1);
	assert_true(store_pending_drop(ana, &list_.items[0].id, &err));
	assert_int_equal(pending(ana, f).count, 0);
	store_close(ana);
}

static void drafts_are_kept_and_sent_later(void **state)
{
	struct fixture *f = *state;
	int64_t number = fixture_ticket(f, "maria@example.com", "entrega");
	struct store *ana = open_one(f, "ana", true);
	struct error err = {0};
	step(ana);
	set_mode(FAULT_DOWN);
	const char *const texts[] = {"Bom", "Bom dia", "Bom dia, Maria"};
	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		struct draft draft = {
			.ticket = number, .kind = DRAFT_NOTE, .text = (char *)texts[i]};
		assert_true(store_draft_save(ana, &draft, &err));
	}
	assert_int_equal(pending(ana, f).count, 1);
	assert_string_equal(look(ana, f, number)->drafts[0].text, "Bom dia, Maria");
	set_mode(FAULT_NONE);
	step(ana);
	assert_string_equal(fixture_draft(f, "ana", number)->text, "Bom dia, Maria");
	assert_int_equal(pending(ana, f).count, 0);
	store_close(ana);
}

static void several_are_sent_in_order_as_one_group(void **state)
{
	struct fixture *f = *state;
	int64_t number = fixture_ticket(f, "maria@example.com", "entrega");
	struct store *ana = open_one(f, "ana", true);
	step(ana);
	set_mode(FAULT_DOWN);
	for (int i = 0; i < 5; i++) {
		char *text = mem_printf(f, "nota %d", i);
		assert_true(apply(
			ana, (struct change){.kind = CHANGE_NOTE, .ticket = number, .text = text})
				    .is_queued);
	}
	set_mode(FAULT_NONE);
	int before = atomic_load(&fault_line.applies);
	step(ana);
	assert_int_equal(atomic_load(&fault_line.applies), before + 1);
	const struct ticket_view *view = fixture_view(f, "ana", number);
	assert_int_equal(view->note_count, 5);
	for (int i = 0; i < 5; i++) {
		assert_string_equal(view->notes[i].text, mem_printf(f, "nota %d", i));
	}
	store_close(ana);
}

static void the_copy_is_not_wiped_while_texts_wait(void **state)
{
	struct fixture *f = *state;
	int64_t number = fixture_ticket(f, "maria@example.com", "entrega");
	struct store *ana = open_one(f, "ana", true);
	struct error err = {0};
	bool removed;
	char *folder = mem_printf(f, "%s/copies", f->dir);
	char *location = mem_printf(f, "fault:%s", strchr(f->location, ':') + 1);
	step(ana);
	set_mode(FAULT_DOWN);
	apply(ana, (struct change){.kind = CHANGE_NOTE, .ticket = number, .text = "x"});
	store_close(ana);
	assert_false(replica_wipe(folder, location, "ana", &removed, &err));
	assert_string_equal(err.reason, "pending");
	set_mode(FAULT_NONE);
	ana = open_one(f, "ana", true);
	step(ana);
	store_close(ana);
	assert_true(replica_wipe(folder, location, "ana", &removed, &err));
	assert_true(removed);
	assert_true(replica_wipe(folder, location, "ana", &removed, &err));
	assert_false(removed);
}

/* --- killed at any step --- */

static void write_until_killed(struct fixture *f, int64_t number, int countdown, int then)
{
	struct store *ana = open_one(f, "ana", true);
	step(ana);
	atomic_store(&fault_line.then, then);
	atomic_store(&fault_line.countdown, countdown);
	for (int i = 0; i < 3; i++) {
		char *text = mem_printf(f, "nota %d", i);
		apply(ana, (struct change){.kind = CHANGE_NOTE, .ticket = number, .text = text});
	}
	_exit(0); /* nothing is closed or settled */
}

static void a_kill_at_any_step_loses_and_doubles_nothing(void **state)
{
	struct fixture *f = *state;
	enum { STEPS = 8 };
	for (int i = 0; i < 2 * STEPS; i++) {
		int64_t number = fixture_ticket(f, "maria@example.com", "entrega");
		fixture_rest(f);
		pid_t child = fork();
		if (child == 0) {
			write_until_killed(f, number, 1 + i / 2, i % 2 ? FAULT_LOST : FAULT_DOWN);
		}
		int status;
		assert_int_equal(waitpid(child, &status, 0), child);
		assert_int_equal(status, 0);
		fixture_wake(f);
		struct store *ana = open_one(f, "ana", true);
		step(ana);
		assert_int_equal(fixture_view(f, "ana", number)->note_count, 3);
		assert_int_equal(pending(ana, f).count, 0);
		store_close(ana);
	}
}

/* --- with threads --- */

static void await(bool (*is_so)(struct store *store), struct store *store)
{
	enum { TRIES = 20000 };
	for (int i = 0; i < TRIES && !is_so(store); i++) {
		poll(NULL, 0, 1);
	}
	assert_true(is_so(store));
}

static bool is_filled(struct store *store)
{
	struct link_status status;
	store_link(store, &status);
	return status.state == LINK_STATE_ONLINE && !status.is_syncing && status.synced > 0;
}

static bool is_cut(struct store *store)
{
	struct link_status status;
	store_link(store, &status);
	return status.state == LINK_STATE_RECONNECTING || status.state == LINK_STATE_OFFLINE;
}

static bool has_sent(struct store *store)
{
	struct link_status status;
	store_link(store, &status);
	return status.waiting == 0 && status.state == LINK_STATE_ONLINE;
}

static bool has_two(struct store *store)
{
	void *mem = mem_context(NULL);
	size_t count = list(store, mem).count;
	talloc_free(mem);
	return count == 2;
}

static void threads_keep_the_copy_current(void **state)
{
	struct fixture *f = *state;
	int64_t number = fixture_ticket(f, "maria@example.com", "entrega");
	struct store *ana = open_one(f, "ana", false);
	await(is_filled, ana);
	fixture_ticket(f, "rita@example.com", "entrega");
	await(has_two, ana);
	struct result result =
		apply(ana, (struct change){.kind = CHANGE_NOTE, .ticket = number, .text = "x"});
	assert_true(result.ok && result.revision > 0);
	assert_int_equal(look(ana, f, number)->note_count, 1);
	set_mode(FAULT_DOWN);
	await(is_cut, ana);
	result = apply(ana, (struct change){.kind = CHANGE_NOTE, .ticket = number, .text = "y"});
	assert_true(result.is_queued);
	set_mode(FAULT_NONE);
	await(has_sent, ana);
	assert_int_equal(fixture_view(f, "ana", number)->note_count, 2);
	store_close(ana);
}

static void a_desk_that_hangs_holds_up_no_reader(void **state)
{
	struct fixture *f = *state;
	int64_t number = fixture_ticket(f, "maria@example.com", "entrega");
	struct store *ana = open_one(f, "ana", false);
	await(is_filled, ana);
	set_mode(FAULT_HANGS);
	assert_int_equal(list(ana, f).count, 1);
	assert_non_null(look(ana, f, number));
	struct result result =
		apply(ana, (struct change){.kind = CHANGE_NOTE, .ticket = number, .text = "x"});
	assert_true(result.ok && result.is_queued);
	assert_non_null(look(ana, f, number));
	set_mode(FAULT_NONE);
	await(has_sent, ana);
	assert_int_equal(fixture_view(f, "ana", number)->note_count, 1);
	store_close(ana);
}

static void two_consoles_share_one_copy(void **state)
{
	struct fixture *f = *state;
	int64_t number = fixture_ticket(f, "maria@example.com", "entrega");
	struct store *one = open_one(f, "ana", false);
	await(is_filled, one);
	struct store *two = open_one(f, "ana", false);
	set_mode(FAULT_DOWN);
	await(is_cut, one);
	assert_true(apply(one, (struct change){.kind = CHANGE_NOTE, .ticket = number, .text = "a"})
			    .is_queued);
	struct result result =
		apply(two, (struct change){.kind = CHANGE_NOTE, .ticket = number, .text = "b"});
	assert_true(result.is_queued);
	set_mode(FAULT_NONE);
	await(has_sent, one);
	await(has_sent, two);
	assert_int_equal(fixture_view(f, "ana", number)->note_count, 2);
	store_close(one);
	fixture_ticket(f, "rita@example.com", "entrega");
	await(has_two, two);
	store_close(two);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(a_complete_copy_answers_without_the_line),
		TEST(it_opens_without_the_line_when_there_is_a_copy),
		TEST(what_the_copy_has_not_is_refused_with_a_sentence),
		TEST(what_is_lost_from_sight_goes_from_the_copy),
		TEST(another_team_fills_the_copy_anew),
		TEST(a_damaged_copy_is_made_anew),
		TEST(nonsense_is_not_taken),
		TEST(a_note_waits_and_is_sent_once),
		TEST(a_lost_answer_is_settled_by_the_id),
		TEST(a_reply_waits_while_its_claim_lives),
		TEST(claims_are_refused_without_the_line),
		TEST(what_the_desk_refuses_comes_back),
		TEST(drafts_are_kept_and_sent_later),
		TEST(several_are_sent_in_order_as_one_group),
		TEST(the_copy_is_not_wiped_while_texts_wait),
		TEST(a_kill_at_any_step_loses_and_doubles_nothing),
		TEST(threads_keep_the_copy_current),
		TEST(a_desk_that_hangs_holds_up_no_reader),
		TEST(two_consoles_share_one_copy),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
