#include "far.h"

#include "base/mem.h"
#include "chance.h"
#include "codec/ticket_json.h"
#include "store/replica.h"
#include "test.h"

#include <stdlib.h>
#include <string.h>

/* Whatever others do and however often the line is cut: in the end the copy reads as the desk. */

enum { ROUNDS = 12, CHANGES = 12, SEEDS = 4 };

/* What a list reads as; the revision is left out, for that of a copy is the newest it heard. */
static char *list_text(struct store *store, const void *mem, struct queue_query query)
{
	struct queue_page page;
	const struct directory *directory;
	struct error err = {0};
	query.limit = 1000;
	assert_true(store_queue(store, mem, &query, &page, &err));
	assert_true(store_directory(store, &directory, &err));
	page.revision = 0;
	page.scanned = 0;
	return json_print(mem, queue_page_json(mem, &page, directory, store_now(store)));
}

/* What becomes of a customer's tickets that he does not see nobody tells him: such a row is as old
 * as the newest look at one that he does see. */
static void leave_out_unseen(struct customer_view *customer)
{
	size_t kept = 0;
	for (size_t i = 0; i < customer->history_count; i++) {
		if (*customer->history[i].subject) {
			customer->history[kept++] = customer->history[i];
		}
	}
	customer->history_count = kept;
}

static char *view_text(struct store *store, const void *mem, int64_t number)
{
	struct ticket_view view;
	const struct directory *directory;
	struct error err = {0};
	if (!store_ticket(store, mem, number, &view, &err)) {
		return mem_strdup(mem, err.reason ? err.reason : "?");
	}
	assert_true(store_directory(store, &directory, &err));
	view.revision = 0;
	leave_out_unseen(&view.customer);
	return json_print(mem, ticket_view_json(mem, &view, directory, store_now(store)));
}

static void must_equal(const char *copy, const char *desk, const char *what, const char *login)
{
	if (strcmp(copy, desk) != 0) {
		size_t n = 0;
		while (copy[n] && copy[n] == desk[n]) {
			n++;
		}
		n = n > 60 ? n - 60 : 0;
		fail_msg("%s of %s\ncopy: %.200s\ndesk: %.200s", what, login, copy + n, desk + n);
	}
}

static void compare_lists(struct fixture *f, struct store *copy, const char *login)
{
	static const enum queue_list lists[] = {
		LIST_QUEUE, LIST_MINE, LIST_FREE, LIST_OVERDUE, LIST_SNOOZED};
	for (size_t i = 0; i < ARRAY_LEN(lists); i++) {
		for (int order = 0; order < QUEUE_ORDERS; order++) {
			void *mem = mem_context(f);
			struct queue_query query = {
				.list = lists[i], .order = (enum queue_order)order};
			must_equal(list_text(copy, mem, query),
				list_text(fixture_as(f, login), mem, query),
				queue_list_names.words[lists[i]], login);
			talloc_free(mem);
		}
	}
}

static void compare_counts(struct fixture *f, struct store *copy, const char *login)
{
	struct counts here, there;
	struct error err = {0};
	assert_true(store_counts(copy, &here, &err));
	assert_true(store_counts(fixture_as(f, login), &there, &err));
	assert_int_equal(here.open, there.open);
	assert_int_equal(here.free, there.free);
	assert_int_equal(here.mine, there.mine);
	assert_int_equal(here.overdue, there.overdue);
	assert_int_equal(here.waiting, there.waiting);
	assert_int_equal(here.snoozed, there.snoozed);
}

static void compare_tickets(struct fixture *f, struct store *copy, const char *login)
{
	struct plain *plain = plain_load(f);
	for (size_t i = 0; i < plain->count; i++) {
		void *mem = mem_context(f);
		int64_t number = plain->views[i].row.ticket.number;
		char *what = mem_printf(mem, "ticket %lld", (long long)number);
		must_equal(view_text(copy, mem, number),
			view_text(fixture_as(f, login), mem, number), what, login);
		talloc_free(mem);
	}
}

static void write_something(struct store *copy, uint64_t *state, int64_t newest)
{
	struct change note = {.id = uuid_make(store_now(copy)),
		.kind = CHANGE_NOTE,
		.actor = store_actor(copy),
		.ticket = FIRST_TICKET +
			  (int64_t)chance(state, (uint64_t)(newest - FIRST_TICKET + 1)),
		.text = "uma nota"};
	struct result result;
	struct error err = {0};
	store_apply(copy, &note, 1, &result, &err);
}

static void live(struct fixture *f, struct store *const *copies, size_t count, uint64_t *state)
{
	for (int round = 0; round < ROUNDS; round++) {
		struct error ignored = {0};
		chance_changes(f, state, CHANGES);
		int mode = chance(state, 3) == 0 ? (int)chance(state, 3) : FAULT_NONE;
		atomic_store(&fault_line.mode, mode);
		atomic_store(&fault_line.then, FAULT_DOWN);
		atomic_store(&fault_line.countdown, (int)chance(state, 12));
		for (size_t i = 0; i < count; i++) {
			replica_step(copies[i], &ignored);
			write_something(copies[i], state, FIRST_TICKET + 5);
		}
	}
	atomic_store(&fault_line.countdown, 0);
	atomic_store(&fault_line.mode, FAULT_NONE);
}

static void a_copy_reads_as_the_desk_in_the_end(void **state)
{
	static const char *const logins[] = {"ana", "carla", "davi", "eva"};
	struct fixture *f = *state;
	for (uint64_t seed = 1; seed <= SEEDS; seed++) {
		struct store *copies[ARRAY_LEN(logins)];
		uint64_t chances = seed;
		for (size_t i = 0; i < ARRAY_LEN(logins); i++) {
			copies[i] = far_open(f, logins[i], true);
		}
		live(f, copies, ARRAY_LEN(logins), &chances);
		for (size_t i = 0; i < ARRAY_LEN(logins); i++) {
			struct error err = {0};
			struct pending_list list;
			for (int again = 0; again < 2; again++) {
				if (!replica_step(copies[i], &err)) {
					fail_msg("%s", error_sentence(f, &err, NULL));
				}
			}
			assert_true(store_pending(copies[i], f, &list, &err));
			for (size_t k = 0; k < list.count; k++) {
				assert_true(list.items[k].is_refused);
			}
		}
		for (size_t i = 0; i < ARRAY_LEN(logins); i++) {
			struct error err = {0};
			replica_step(copies[i], &err);
			compare_lists(f, copies[i], logins[i]);
			compare_counts(f, copies[i], logins[i]);
			compare_tickets(f, copies[i], logins[i]);
			store_close(copies[i]);
		}
	}
}

static int setup(void **state)
{
	memset(&fault_line, 0, sizeof fault_line);
	return fixture_setup(state);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			a_copy_reads_as_the_desk_in_the_end, setup, fixture_teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
