#include "far.h"

#include "base/mem.h"
#include "store/replica.h"
#include "test.h"

#include <poll.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* What is written while the line fails, and when it is sent. */

/* --- writing --- */

static void a_note_waits_and_is_sent_once(void **state)
{
	struct fixture *f = *state;
	int64_t number = fixture_ticket(f, "maria@example.com", "entrega");
	struct store *ana = far_open(f, "ana", true);
	far_step(ana);
	far_mode(FAULT_DOWN);
	struct result result = far_apply(
		ana, (struct change){.kind = CHANGE_NOTE, .ticket = number, .text = "sem rede"});
	assert_true(result.ok);
	assert_true(result.is_queued);
	assert_int_equal(result.revision, 0);
	assert_int_equal(far_pending(ana, f).count, 1);
	store_close(ana);
	ana = far_open(f, "ana", true);
	assert_int_equal(far_pending(ana, f).count, 1);
	far_mode(FAULT_NONE);
	far_step(ana);
	far_step(ana);
	assert_int_equal(far_pending(ana, f).count, 0);
	assert_int_equal(fixture_view(f, "ana", number)->note_count, 1);
	assert_int_equal(far_look(ana, f, number)->note_count, 1);
	store_close(ana);
}

static void a_lost_answer_is_settled_by_the_id(void **state)
{
	struct fixture *f = *state;
	int64_t number = fixture_ticket(f, "maria@example.com", "entrega");
	struct store *ana = far_open(f, "ana", true);
	far_step(ana);
	far_mode(FAULT_LOST);
	struct result result =
		far_apply(ana, (struct change){.kind = CHANGE_NOTE, .ticket = number, .text = "x"});
	assert_true(result.ok && result.is_queued);
	assert_int_equal(fixture_view(f, "ana", number)->note_count, 1);
	far_mode(FAULT_NONE);
	far_step(ana);
	assert_int_equal(far_pending(ana, f).count, 0);
	assert_int_equal(fixture_view(f, "ana", number)->note_count, 1);
	store_close(ana);
}

static void a_reply_waits_while_its_claim_lives(void **state)
{
	struct fixture *f = *state;
	int64_t number = fixture_ticket(f, "maria@example.com", "entrega");
	struct store *ana = far_open(f, "ana", true);
	far_step(ana);
	struct result claim =
		far_apply(ana, (struct change){.kind = CHANGE_CLAIM, .ticket = number});
	assert_true(claim.ok && claim.revision > 0);
	struct change reply = fixture_reply(number, "Já sai.", OUTCOME_WAIT);
	reply.seen = far_look(ana, f, number)->row.ticket.newest_public;
	reply.generation = claim.generation;
	far_mode(FAULT_DOWN);
	struct result result = far_apply(ana, reply);
	assert_true(result.ok && result.is_queued);
	f->now += 10 * MS_MINUTE; /* the line is cut for ten minutes */
	struct change late = reply;
	late.id = (struct uuid){{0}};
	result = far_apply(ana, late);
	assert_false(result.ok);
	assert_string_equal(result.err.reason, "offline");
	far_mode(FAULT_NONE);
	far_step(ana);
	const struct ticket_view *view = fixture_view(f, "ana", number);
	assert_int_equal(view->row.ticket.state, TICKET_WAITING);
	assert_int_equal(view->message_count, 2);
	assert_int_equal(view->draft_count, 1); /* the late one */
	assert_int_equal(far_pending(ana, f).count, 0);
	store_close(ana);
}

static void claims_are_refused_without_the_line(void **state)
{
	struct fixture *f = *state;
	int64_t number = fixture_ticket(f, "maria@example.com", "entrega");
	struct store *ana = far_open(f, "ana", true);
	far_step(ana);
	far_mode(FAULT_DOWN);
	struct result result =
		far_apply(ana, (struct change){.kind = CHANGE_CLAIM, .ticket = number});
	assert_false(result.ok);
	assert_string_equal(result.err.reason, "offline");
	assert_int_equal(far_pending(ana, f).count, 0);
	store_close(ana);
}

static void what_the_desk_refuses_comes_back(void **state)
{
	struct fixture *f = *state;
	int64_t number = fixture_ticket(f, "maria@example.com", "entrega");
	struct store *ana = far_open(f, "ana", true);
	struct error err = {0};
	far_step(ana);
	struct result claim =
		far_apply(ana, (struct change){.kind = CHANGE_CLAIM, .ticket = number});
	struct change reply = fixture_reply(number, "Já sai.", OUTCOME_WAIT);
	reply.seen = far_look(ana, f, number)->row.ticket.newest_public;
	reply.generation = claim.generation;
	far_mode(FAULT_DOWN);
	assert_true(far_apply(ana, reply).is_queued);
	fixture_do(f, "davi", (struct change){.kind = CHANGE_TAKE_OVER, .ticket = number});
	far_mode(FAULT_NONE);
	far_step(ana);
	struct pending_list list_ = far_pending(ana, f);
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
	assert_int_equal(far_pending(ana, f).count, 0);
	store_close(ana);
}

static void drafts_are_kept_and_sent_later(void **state)
{
	struct fixture *f = *state;
	int64_t number = fixture_ticket(f, "maria@example.com", "entrega");
	struct store *ana = far_open(f, "ana", true);
	struct error err = {0};
	far_step(ana);
	far_mode(FAULT_DOWN);
	const char *const texts[] = {"Bom", "Bom dia", "Bom dia, Maria"};
	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		struct draft draft = {
			.ticket = number, .kind = DRAFT_NOTE, .text = (char *)texts[i]};
		assert_true(store_draft_save(ana, &draft, &err));
	}
	assert_int_equal(far_pending(ana, f).count, 1);
	assert_string_equal(far_look(ana, f, number)->drafts[0].text, "Bom dia, Maria");
	far_mode(FAULT_NONE);
	far_step(ana);
	assert_string_equal(fixture_draft(f, "ana", number)->text, "Bom dia, Maria");
	assert_int_equal(far_pending(ana, f).count, 0);
	store_close(ana);
}

static void several_are_sent_in_order_as_one_group(void **state)
{
	struct fixture *f = *state;
	int64_t number = fixture_ticket(f, "maria@example.com", "entrega");
	struct store *ana = far_open(f, "ana", true);
	far_step(ana);
	far_mode(FAULT_DOWN);
	for (int i = 0; i < 5; i++) {
		char *text = mem_printf(f, "nota %d", i);
		assert_true(far_apply(
			ana, (struct change){.kind = CHANGE_NOTE, .ticket = number, .text = text})
				    .is_queued);
	}
	far_mode(FAULT_NONE);
	int before = atomic_load(&fault_line.applies);
	far_step(ana);
	assert_int_equal(atomic_load(&fault_line.applies), before + 1);
	const struct ticket_view *view = fixture_view(f, "ana", number);
	assert_int_equal(view->note_count, 5);
	for (int i = 0; i < 5; i++) {
		assert_string_equal(view->notes[i].text, mem_printf(f, "nota %d", i));
	}
	store_close(ana);
}

static struct change memo_to(int64_t operator_id, int64_t team, const char *text)
{
	return (struct change){
		.kind = CHANGE_MEMO, .operator_id = operator_id, .team = team, .text = text};
}

static struct memo_list memos_of(struct fixture *f, const char *login)
{
	struct memo_list list;
	struct error err = {0};
	assert_true(store_memos(fixture_as(f, login), f, &(struct memo_query){0}, &list, &err));
	return list;
}

/* One that is refused keeps nothing back: the next is to somebody else. */
static void memos_wait_and_are_sent_in_order(void **state)
{
	struct fixture *f = *state;
	int64_t carla = fixture_id(f, "carla");
	int64_t number = fixture_ticket(f, "maria@example.com", "entrega");
	struct store *ana = far_open(f, "ana", true);
	far_step(ana);
	far_mode(FAULT_DOWN);
	struct change about = memo_to(carla, 0, "olha este");
	about.ticket = number;
	const struct change memos[] = {memo_to(carla, 0, "um"),
		memo_to(fixture_id(f, "bruno"), 0, "oi"), about, memo_to(0, f->cobranca, "dois")};
	for (size_t i = 0; i < ARRAY_LEN(memos); i++) {
		assert_true(far_apply(ana, memos[i]).is_queued);
	}
	store_close(ana);
	fixture_do(f, "eva",
		(struct change){.kind = CHANGE_OPERATOR, .key = "bruno", .enabled = FLAG_NO});
	ana = far_open(f, "ana", true);
	struct pending_list waiting = far_pending(ana, f);
	assert_int_equal(waiting.count, 4);
	assert_int_equal(waiting.items[0].kind, CHANGE_MEMO);
	assert_int_equal(waiting.items[0].operator_id, carla);
	assert_int_equal(waiting.items[2].ticket, number);
	assert_int_equal(waiting.items[3].team, f->cobranca);
	far_mode(FAULT_NONE);
	far_step(ana);
	far_step(ana);
	waiting = far_pending(ana, f);
	assert_int_equal(waiting.count, 1);
	assert_true(waiting.items[0].is_refused);
	assert_string_equal(waiting.items[0].text, "oi");
	struct memo_list list = memos_of(f, "carla");
	assert_int_equal(list.count, 3);
	assert_string_equal(list.items[2].text, "um");
	assert_string_equal(list.items[1].text, "olha este");
	assert_string_equal(list.items[0].text, "dois");
	store_close(ana);
}

/* What came back is a draft where it was written, and of its kind. */
static void a_refused_memo_about_a_ticket_is_a_draft_of_it(void **state)
{
	struct fixture *f = *state;
	int64_t number = fixture_ticket(f, "maria@example.com", "entrega");
	struct store *ana = far_open(f, "ana", true);
	far_step(ana);
	far_mode(FAULT_DOWN);
	struct change memo = memo_to(fixture_id(f, "bruno"), 0, "olha este");
	memo.ticket = number;
	assert_true(far_apply(ana, memo).is_queued);
	fixture_do(f, "eva",
		(struct change){.kind = CHANGE_OPERATOR, .key = "bruno", .enabled = FLAG_NO});
	far_mode(FAULT_NONE);
	far_step(ana);
	assert_true(far_pending(ana, f).items[0].is_refused);
	const struct draft *draft = fixture_draft(f, "ana", number);
	assert_int_equal(draft->kind, DRAFT_MEMO);
	assert_string_equal(draft->text, "olha este");
	store_close(ana);
}

static void the_copy_is_not_wiped_while_texts_wait(void **state)
{
	struct fixture *f = *state;
	int64_t number = fixture_ticket(f, "maria@example.com", "entrega");
	struct store *ana = far_open(f, "ana", true);
	struct error err = {0};
	bool removed;
	char *folder = mem_printf(f, "%s/copies", f->dir);
	char *location = mem_printf(f, "fault:%s", strchr(f->location, ':') + 1);
	far_step(ana);
	far_mode(FAULT_DOWN);
	far_apply(ana, (struct change){.kind = CHANGE_NOTE, .ticket = number, .text = "x"});
	store_close(ana);
	assert_false(replica_wipe(folder, location, "ana", &removed, &err));
	assert_string_equal(err.reason, "pending");
	far_mode(FAULT_NONE);
	ana = far_open(f, "ana", true);
	far_step(ana);
	store_close(ana);
	assert_true(replica_wipe(folder, location, "ana", &removed, &err));
	assert_true(removed);
	assert_true(replica_wipe(folder, location, "ana", &removed, &err));
	assert_false(removed);
}

/* --- killed at any step --- */

static void write_until_killed(struct fixture *f, int64_t number, int countdown, int then)
{
	struct store *ana = far_open(f, "ana", true);
	far_step(ana);
	atomic_store(&fault_line.then, then);
	atomic_store(&fault_line.countdown, countdown);
	for (int i = 0; i < 3; i++) {
		char *text = mem_printf(f, "nota %d", i);
		far_apply(
			ana, (struct change){.kind = CHANGE_NOTE, .ticket = number, .text = text});
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
		struct store *ana = far_open(f, "ana", true);
		far_step(ana);
		assert_int_equal(fixture_view(f, "ana", number)->note_count, 3);
		assert_int_equal(far_pending(ana, f).count, 0);
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
	size_t count = far_list(store, mem).count;
	talloc_free(mem);
	return count == 2;
}

static void threads_keep_the_copy_current(void **state)
{
	struct fixture *f = *state;
	int64_t number = fixture_ticket(f, "maria@example.com", "entrega");
	struct store *ana = far_open(f, "ana", false);
	await(is_filled, ana);
	fixture_ticket(f, "rita@example.com", "entrega");
	await(has_two, ana);
	struct result result =
		far_apply(ana, (struct change){.kind = CHANGE_NOTE, .ticket = number, .text = "x"});
	assert_true(result.ok && result.revision > 0);
	assert_int_equal(far_look(ana, f, number)->note_count, 1);
	far_mode(FAULT_DOWN);
	await(is_cut, ana);
	result =
		far_apply(ana, (struct change){.kind = CHANGE_NOTE, .ticket = number, .text = "y"});
	assert_true(result.is_queued);
	far_mode(FAULT_NONE);
	await(has_sent, ana);
	assert_int_equal(fixture_view(f, "ana", number)->note_count, 2);
	store_close(ana);
}

static void a_desk_that_hangs_holds_up_no_reader(void **state)
{
	struct fixture *f = *state;
	int64_t number = fixture_ticket(f, "maria@example.com", "entrega");
	struct store *ana = far_open(f, "ana", false);
	await(is_filled, ana);
	far_mode(FAULT_HANGS);
	assert_int_equal(far_list(ana, f).count, 1);
	assert_non_null(far_look(ana, f, number));
	struct result result =
		far_apply(ana, (struct change){.kind = CHANGE_NOTE, .ticket = number, .text = "x"});
	assert_true(result.ok && result.is_queued);
	assert_non_null(far_look(ana, f, number));
	far_mode(FAULT_NONE);
	await(has_sent, ana);
	assert_int_equal(fixture_view(f, "ana", number)->note_count, 1);
	store_close(ana);
}

static void two_consoles_share_one_copy(void **state)
{
	struct fixture *f = *state;
	int64_t number = fixture_ticket(f, "maria@example.com", "entrega");
	struct store *one = far_open(f, "ana", false);
	await(is_filled, one);
	struct store *two = far_open(f, "ana", false);
	far_mode(FAULT_DOWN);
	await(is_cut, one);
	assert_true(
		far_apply(one, (struct change){.kind = CHANGE_NOTE, .ticket = number, .text = "a"})
			.is_queued);
	struct result result =
		far_apply(two, (struct change){.kind = CHANGE_NOTE, .ticket = number, .text = "b"});
	assert_true(result.is_queued);
	far_mode(FAULT_NONE);
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
	const struct CMUnitTest tests[] = {
		with_far(a_note_waits_and_is_sent_once),
		with_far(a_lost_answer_is_settled_by_the_id),
		with_far(a_reply_waits_while_its_claim_lives),
		with_far(claims_are_refused_without_the_line),
		with_far(what_the_desk_refuses_comes_back),
		with_far(drafts_are_kept_and_sent_later),
		with_far(several_are_sent_in_order_as_one_group),
		with_far(memos_wait_and_are_sent_in_order),
		with_far(a_refused_memo_about_a_ticket_is_a_draft_of_it),
		with_far(the_copy_is_not_wiped_while_texts_wait),
		with_far(a_kill_at_any_step_loses_and_doubles_nothing),
		with_far(threads_keep_the_copy_current),
		with_far(a_desk_that_hangs_holds_up_no_reader),
		with_far(two_consoles_share_one_copy),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
