#include "conformance.h"

#include "base/clock.h"
#include "base/mem.h"
#include "test.h"

#include <string.h>

/* Merges and splits of tickets, merges of customers, and taking them back. */

static int64_t note(struct fixture *f, int64_t number, const char *text)
{
	return fixture_do(
		f, "ana", (struct change){.kind = CHANGE_NOTE, .ticket = number, .text = text})
		.revision;
}

static int64_t receive(struct fixture *f, int64_t number, const char *text)
{
	return fixture_do(
		f, NULL, (struct change){.kind = CHANGE_RECEIVE, .ticket = number, .text = text})
		.revision;
}

static int64_t merge(struct fixture *f, int64_t number, int64_t other)
{
	return fixture_do(
		f, "ana", (struct change){.kind = CHANGE_MERGE, .ticket = number, .other = other})
		.revision;
}

static int64_t undo(struct fixture *f, int64_t revision)
{
	return fixture_do(f, "ana", (struct change){.kind = CHANGE_UNDO, .undo = revision})
		.revision;
}

static int64_t find(struct fixture *f, const char *words)
{
	struct search_query query = {.text = words};
	struct search_page page;
	struct error err = {0};
	assert_true(store_search(fixture_as(f, "ana"), f, &query, &page, &err));
	return page.count ? page.rows[0].ticket.number : 0;
}

static void assert_same_ticket(const struct ticket *a, const struct ticket *b)
{
	assert_int_equal(a->state, b->state);
	assert_int_equal(a->customer, b->customer);
	assert_int_equal(a->run_at, b->run_at);
	assert_int_equal(a->due_at, b->due_at);
	assert_int_equal(a->waiting_since, b->waiting_since);
	assert_int_equal(a->message_count, b->message_count);
	assert_int_equal(a->note_count, b->note_count);
	assert_int_equal(a->newest_public, b->newest_public);
	assert_int_equal(a->newest_is_ours, b->newest_is_ours);
	assert_int_equal(a->merged_into, b->merged_into);
	assert_string_equal(a->subject, b->subject);
}

static void a_merge_moves_all_texts_and_the_start_of_waiting(void **state)
{
	struct fixture *f = *state;
	int64_t first = fixture_ticket(f, "joao@exemplo.com", "entrega");
	int64_t started = f->now;
	note(f, first, "Nota do primeiro");
	f->now += MS_HOUR;
	int64_t second = fixture_ticket(f, "joao@exemplo.com", "entrega");
	assert_int_equal(fixture_counts(f, "ana").open, 2);
	merge(f, first, second);
	const struct ticket_view *view = fixture_view(f, "ana", second);
	assert_int_equal(view->message_count, 2);
	assert_int_equal(view->note_count, 1);
	assert_int_equal(view->row.ticket.message_count, 2);
	assert_int_equal(view->row.ticket.note_count, 1);
	assert_int_equal(view->row.ticket.run_at, started);
	const struct ticket *merged = fixture_see(f, first);
	assert_int_equal(merged->state, TICKET_DISCARDED);
	assert_int_equal(merged->merged_into, second);
	assert_int_equal(merged->message_count, 0);
	assert_int_equal(fixture_counts(f, "ana").open, 1);
	assert_int_equal(find(f, "nota primeiro"), second);
	fixture_refuse(f, "ana", (struct change){.kind = CHANGE_CLAIM, .ticket = first}, "merged");
}

static void a_merge_can_be_taken_back(void **state)
{
	struct fixture *f = *state;
	int64_t first = fixture_ticket(f, "joao@exemplo.com", "entrega");
	note(f, first, "Nota do primeiro");
	f->now += MS_HOUR;
	int64_t second = fixture_ticket(f, "joao@exemplo.com", "entrega");
	const struct ticket one = *fixture_see(f, first), two = *fixture_see(f, second);
	int64_t revision = merge(f, first, second);
	undo(f, revision);
	assert_same_ticket(fixture_see(f, first), &one);
	assert_same_ticket(fixture_see(f, second), &two);
	assert_int_equal(fixture_counts(f, "ana").open, 2);
	assert_int_equal(find(f, "nota primeiro"), first);
}

static void texts_written_after_a_merge_stay_where_they_are(void **state)
{
	struct fixture *f = *state;
	int64_t first = fixture_ticket(f, "joao@exemplo.com", "entrega");
	int64_t second = fixture_ticket(f, "joao@exemplo.com", "entrega");
	int64_t revision = merge(f, first, second);
	int64_t later = receive(f, second, "Depois da união");
	undo(f, revision);
	const struct ticket_view *view = fixture_view(f, "ana", second);
	assert_int_equal(view->message_count, 2);
	assert_int_equal(view->messages[1].id, later);
	assert_int_equal(fixture_view(f, "ana", first)->message_count, 1);
}

static void a_ticket_that_somebody_else_holds_is_not_merged(void **state)
{
	struct fixture *f = *state;
	int64_t first = fixture_ticket(f, "joao@exemplo.com", "entrega");
	int64_t second = fixture_ticket(f, "joao@exemplo.com", "entrega");
	fixture_claim(f, "bruno", second);
	struct change change = {.kind = CHANGE_MERGE, .ticket = first, .other = second};
	fixture_refuse(f, "ana", change, "covered");
	int64_t strange = fixture_ticket(f, "maria@exemplo.com", "entrega");
	change.other = strange;
	fixture_refuse(f, "ana", change, "other_customer");
}

static void a_split_makes_a_ticket_of_the_later_messages(void **state)
{
	struct fixture *f = *state;
	int64_t number = fixture_ticket(f, "joao@exemplo.com", "entrega");
	f->now += MS_HOUR;
	int64_t message = receive(f, number, "Aliás, quero trocar a torradeira");
	const struct ticket before = *fixture_see(f, number);
	struct change split = {.id = uuid_make(f->now),
		.kind = CHANGE_SPLIT,
		.ticket = number,
		.message = message,
		.subject = "Troca"};
	struct result result = fixture_do(f, "ana", split);
	assert_int_equal(result.ticket, number + 1);
	assert_int_equal(fixture_do(f, "ana", split).ticket, number + 1);
	const struct ticket *other = fixture_see(f, result.ticket);
	assert_int_equal(other->message_count, 1);
	assert_int_equal(other->newest_public, message);
	assert_int_equal(other->run_at, f->now);
	assert_int_equal(fixture_see(f, number)->message_count, 1);
	assert_int_equal(fixture_counts(f, "ana").open, 2);
	assert_int_equal(find(f, "torradeira"), result.ticket);
	undo(f, result.revision);
	assert_same_ticket(fixture_see(f, number), &before);
	assert_int_equal(fixture_see(f, result.ticket)->state, TICKET_DISCARDED);
	assert_int_equal(find(f, "torradeira"), number);
}

static void a_duplicate_is_discarded_with_its_target(void **state)
{
	struct fixture *f = *state;
	int64_t first = fixture_ticket(f, "joao@exemplo.com", "entrega");
	f->now += MS_HOUR;
	int64_t second = fixture_ticket(f, "joao@exemplo.com", "entrega");
	const struct ticket one = *fixture_see(f, first), two = *fixture_see(f, second);
	int64_t revision = fixture_do(f, "ana",
		(struct change){.kind = CHANGE_DISCARD,
			.ticket = first,
			.discard = DISCARD_DUPLICATE,
			.other = second})
				   .revision;
	assert_int_equal(fixture_see(f, second)->run_at, one.run_at);
	assert_int_equal(fixture_see(f, first)->message_count, 1);
	undo(f, revision);
	assert_same_ticket(fixture_see(f, first), &one);
	assert_same_ticket(fixture_see(f, second), &two);
}

static const struct customer_view *customer(struct fixture *f, int64_t id)
{
	struct customer_view *view = mem_new(f, struct customer_view);
	struct error err = {0};
	assert_true(store_customer(f->desk, view, id, view, &err));
	return view;
}

static void merged_customers_are_one_and_can_be_two_again(void **state)
{
	struct fixture *f = *state;
	int64_t first = fixture_ticket(f, "joao@exemplo.com", "entrega");
	int64_t second = fixture_ticket(f, "11 98765-4321", "entrega");
	int64_t from = fixture_see(f, first)->customer, to = fixture_see(f, second)->customer;
	fixture_do(f, "ana",
		(struct change){
			.kind = CHANGE_CUSTOMER_NOTE, .customer = from, .text = "Prefere tarde"});
	fixture_claim(f, "ana", first);
	int64_t revision = fixture_do(f, "ana",
		(struct change){.kind = CHANGE_CUSTOMER_MERGE, .customer = from, .other = to})
				   .revision;
	assert_int_equal(fixture_see(f, first)->customer, to);
	assert_int_equal(customer(f, to)->address_count, 2);
	assert_int_equal(customer(f, to)->note_count, 1);
	assert_int_equal(customer(f, to)->history_count, 2);
	assert_int_equal(customer(f, from)->customer.merged_into, to);
	fixture_refuse(
		f, "bruno", (struct change){.kind = CHANGE_CLAIM, .ticket = second}, "covered");
	assert_int_equal(fixture_ticket(f, "joao@exemplo.com", "entrega"), second + 1);
	assert_int_equal(fixture_see(f, second + 1)->customer, to);
	assert_int_equal(find(f, "\"joao@exemplo.com\""), second + 1);
	undo(f, revision);
	assert_int_equal(fixture_see(f, first)->customer, from);
	assert_int_equal(fixture_see(f, second + 1)->customer, to);
	assert_int_equal(customer(f, from)->address_count, 1);
	assert_int_equal(customer(f, from)->note_count, 1);
	assert_int_equal(customer(f, to)->address_count, 1);
	fixture_claim(f, "bruno", second);
}

static void customers_of_two_holders_stay_two(void **state)
{
	struct fixture *f = *state;
	int64_t first = fixture_ticket(f, "joao@exemplo.com", "entrega");
	int64_t second = fixture_ticket(f, "maria@exemplo.com", "entrega");
	struct change change = {.kind = CHANGE_CUSTOMER_MERGE,
		.customer = fixture_see(f, first)->customer,
		.other = fixture_see(f, second)->customer};
	fixture_claim(f, "ana", first);
	fixture_claim(f, "bruno", second);
	fixture_refuse(f, "ana", change, "covered");
	f->now += MS_HOUR;
	fixture_do(f, "ana", change);
}

static void a_customer_merged_on_cannot_come_back_alone(void **state)
{
	struct fixture *f = *state;
	int64_t id[3];
	static const char *const addresses[] = {"a@exemplo.com", "b@exemplo.com", "c@exemplo.com"};
	for (size_t i = 0; i < 3; i++) {
		id[i] = fixture_see(f, fixture_ticket(f, addresses[i], "entrega"))->customer;
	}
	struct change change = {.kind = CHANGE_CUSTOMER_MERGE, .customer = id[0], .other = id[1]};
	int64_t revision = fixture_do(f, "ana", change).revision;
	change.customer = id[1];
	change.other = id[2];
	int64_t next = fixture_do(f, "ana", change).revision;
	fixture_refuse(
		f, "ana", (struct change){.kind = CHANGE_UNDO, .undo = revision}, "undo_late");
	undo(f, next);
	undo(f, revision);
	for (size_t i = 0; i < 3; i++) {
		assert_int_equal(customer(f, id[i])->history_count, 1);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		with_fixture(a_merge_moves_all_texts_and_the_start_of_waiting),
		with_fixture(a_merge_can_be_taken_back),
		with_fixture(texts_written_after_a_merge_stay_where_they_are),
		with_fixture(a_ticket_that_somebody_else_holds_is_not_merged),
		with_fixture(a_split_makes_a_ticket_of_the_later_messages),
		with_fixture(a_duplicate_is_discarded_with_its_target),
		with_fixture(merged_customers_are_one_and_can_be_two_again),
		with_fixture(customers_of_two_holders_stay_two),
		with_fixture(a_customer_merged_on_cannot_come_back_alone),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
