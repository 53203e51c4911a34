#include "conformance.h"

#include "base/clock.h"
#include "base/mem.h"
#include "test.h"

#include <string.h>

/* The internal line: memos, asking for a ticket and handing it over. */

/* --- memos --- */

static struct change memo(struct fixture *f, const char *to, const char *text)
{
	return (struct change){
		.kind = CHANGE_MEMO, .operator_id = to ? fixture_id(f, to) : 0, .text = text};
}

static struct memo_list memos_of(struct fixture *f, const char *login)
{
	struct memo_query query = {0};
	struct memo_list list;
	struct error err = {0};
	assert_true(store_memos(fixture_as(f, login), f, &query, &list, &err));
	return list;
}

static void a_memo_is_its_authors_and_its_receivers(void **state)
{
	struct fixture *f = *state;
	int64_t id = fixture_do(f, "ana", memo(f, "carla", "Pode olhar?\nObrigada")).revision;
	struct memo_list list = memos_of(f, "carla");
	assert_int_equal(list.count, 1);
	assert_int_equal(list.unread, 1);
	assert_int_equal(list.items[0].id, id);
	assert_int_equal(list.items[0].author, fixture_id(f, "ana"));
	assert_int_equal(list.items[0].operator_id, fixture_id(f, "carla"));
	assert_int_equal(list.items[0].at, f->now);
	assert_string_equal(list.items[0].text, "Pode olhar?\nObrigada");
	assert_true(list.items[0].is_unread);
	list = memos_of(f, "ana");
	assert_int_equal(list.count, 1);
	assert_int_equal(list.unread, 0);
	assert_false(list.items[0].is_unread);
	assert_int_equal(memos_of(f, "bruno").count, 0);
	assert_int_equal(memos_of(f, "davi").count, 0);
	assert_int_equal(memos_of(f, NULL).count, 1);
}

/* Who joins later has not missed it. */
static void receivers_are_settled_when_it_is_written(void **state)
{
	struct fixture *f = *state;
	fixture_do(
		f, "carla", (struct change){.kind = CHANGE_MEMO, .team = f->entrega, .text = "Oi"});
	fixture_do(f, "eva",
		(struct change){.kind = CHANGE_OPERATOR, .key = "eva", .value = "entrega"});
	fixture_do(f, "eva",
		(struct change){.kind = CHANGE_OPERATOR, .key = "bruno", .value = "cobranca"});
	assert_int_equal(memos_of(f, "ana").unread, 1);
	assert_int_equal(memos_of(f, "bruno").unread, 1);
	assert_int_equal(memos_of(f, "davi").unread, 1);
	assert_int_equal(memos_of(f, "eva").count, 0);
}

static void a_broadcast_is_for_whom_one_supervises(void **state)
{
	struct fixture *f = *state;
	fixture_refuse(f, "ana", memo(f, NULL, "Oi"), "role");
	fixture_do(f, "eva", memo(f, NULL, "O sistema para às 18h"));
	assert_int_equal(memos_of(f, "ana").unread, 1);
	assert_int_equal(memos_of(f, "carla").unread, 1);
	assert_int_equal(memos_of(f, "davi").unread, 1);
	struct memo_list list = memos_of(f, "ana");
	assert_int_equal(list.items[0].operator_id, 0);
	assert_int_equal(list.items[0].team, 0);
}

static void the_feed_tells_nobody_else(void **state)
{
	struct fixture *f = *state;
	struct change change = memo(f, "carla", "Segredo");
	change.ticket = fixture_ticket(f, "joao@exemplo.com", "entrega");
	int64_t since = fixture_do(f, "ana", change).revision - 1;
	assert_int_equal(fixture_feed(f, "bruno", since).count, 0);
	assert_int_equal(fixture_feed(f, "davi", since).count, 0);
	assert_int_equal(fixture_feed(f, "eva", since).count, 0);
	struct feed feed = fixture_feed(f, "carla", since);
	assert_int_equal(feed.count, 1);
	assert_int_equal(feed.items[0].kind, CHANGE_MEMO);
	assert_int_equal(feed.items[0].ticket, 0);
	assert_int_equal(feed.items[0].other, 0); /* not of her team */
	assert_int_equal(fixture_feed(f, "ana", since).count, 1);
	assert_null(strstr(feed.items[0].detail, "Segredo"));
	assert_int_equal(fixture_feed(f, "bruno", since).revision, since + 1);
}

static void what_was_read_is_ones_own(void **state)
{
	struct fixture *f = *state;
	int64_t first = fixture_do(f, "ana", memo(f, "carla", "Um")).revision;
	fixture_do(f, "bruno", memo(f, "carla", "Dois"));
	struct change read = {.kind = CHANGE_MEMO_READ, .seen = first};
	int64_t since = fixture_do(f, "carla", read).revision - 1;
	struct memo_list list = memos_of(f, "carla");
	assert_int_equal(list.unread, 1);
	assert_true(list.items[0].is_unread);
	assert_false(list.items[1].is_unread);
	assert_int_equal(fixture_feed(f, "carla", since).count, 1);
	assert_int_equal(fixture_feed(f, "ana", since).count, 0);
	assert_int_equal(fixture_feed(f, "davi", since).count, 0);
	read.seen = list.items[0].id;
	fixture_do(f, "carla", read);
	assert_int_equal(memos_of(f, "carla").unread, 0);
}

static void a_memo_is_shown_with_its_ticket(void **state)
{
	struct fixture *f = *state;
	int64_t number = fixture_ticket(f, "joao@exemplo.com", "entrega");
	struct change change = memo(f, "bruno", "Ele ligou de novo");
	change.ticket = number;
	fixture_do(f, "ana", change);
	change = memo(f, "carla", "É com vocês?");
	change.ticket = number;
	fixture_do(f, "ana", change);
	assert_int_equal(memos_of(f, "bruno").items[0].ticket, number);
	assert_int_equal(memos_of(f, "carla").items[0].ticket, 0);
	const struct ticket_view *view = fixture_view(f, "bruno", number);
	assert_int_equal(view->memo_count, 1);
	assert_true(view->memos[0].is_unread);
	assert_string_equal(view->memos[0].text, "Ele ligou de novo");
	assert_int_equal(fixture_view(f, "ana", number)->memo_count, 2);
	assert_int_equal(fixture_view(f, "davi", number)->memo_count, 0);
	change = memo(f, "bruno", "Oi");
	change.ticket = fixture_ticket(f, "rosa@exemplo.com", "cobranca");
	fixture_refuse(f, "ana", change, "no_ticket");
}

static void memos_come_in_pages(void **state)
{
	struct fixture *f = *state;
	enum { MANY = 7, PAGE = 3 };
	for (int i = 0; i < MANY; i++) {
		fixture_do(f, "ana", memo(f, "carla", mem_printf(f, "%d", i)));
	}
	struct memo_query query = {.limit = PAGE};
	int expected = MANY;
	for (bool more = true; more;) {
		struct memo_list list;
		struct error err = {0};
		assert_true(store_memos(fixture_as(f, "carla"), f, &query, &list, &err));
		assert_int_equal(list.unread, MANY);
		for (size_t i = 0; i < list.count; i++) {
			assert_string_equal(list.items[i].text, mem_printf(f, "%d", --expected));
		}
		more = list.has_more;
		assert_true(list.count == PAGE || !more);
		query.before = list.items[list.count - 1].id;
	}
	assert_int_equal(expected, 0);
}

/* --- asking for it, handing it over --- */

static void who_holds_it_hears_that_it_is_asked_for(void **state)
{
	struct fixture *f = *state;
	int64_t number = fixture_ticket(f, "joao@exemplo.com", "entrega");
	struct change ask = {.kind = CHANGE_ASK_FOR, .ticket = number};
	fixture_refuse(f, "bruno", ask, "free");
	fixture_claim(f, "ana", number);
	int64_t before = fixture_see(f, number)->revision;
	int64_t since = fixture_do(f, "bruno", ask).revision - 1;
	struct feed feed = fixture_feed(f, "ana", since);
	assert_int_equal(feed.count, 1);
	assert_int_equal(feed.items[0].kind, CHANGE_ASK_FOR);
	assert_int_equal(feed.items[0].actor, fixture_id(f, "bruno"));
	assert_int_equal(fixture_see(f, number)->revision, before);
	assert_int_equal(
		fixture_view(f, "ana", number)->row.claim.operator_id, fixture_id(f, "ana"));
}

static void save_draft(struct fixture *f, const char *login, int64_t number, const char *text)
{
	struct draft draft = {.ticket = number, .kind = DRAFT_REPLY, .text = (char *)text};
	struct error err = {0};
	assert_true(store_draft_save(fixture_as(f, login), &draft, &err));
}

static void what_is_handed_over_is_claim_and_text(void **state)
{
	struct fixture *f = *state;
	int64_t number = fixture_ticket(f, "joao@exemplo.com", "entrega");
	int64_t old = fixture_claim(f, "ana", number);
	save_draft(f, "ana", number, "Olá João");
	f->now += MS_MINUTE;
	struct change give = {.kind = CHANGE_HAND_OVER,
		.ticket = number,
		.operator_id = fixture_id(f, "bruno"),
		.generation = old};
	struct result result = fixture_do(f, "ana", give);
	const struct ticket_view *view = fixture_view(f, "bruno", number);
	assert_int_equal(view->row.claim.operator_id, fixture_id(f, "bruno"));
	assert_int_equal(view->row.claim.generation, result.revision);
	assert_int_equal(view->row.claim.since, f->now);
	assert_int_equal(view->row.ticket.assignee, fixture_id(f, "bruno"));
	assert_string_equal(fixture_draft(f, "bruno", number)->text, "Olá João");
	assert_int_equal(fixture_draft(f, "bruno", number)->generation, result.revision);
	assert_null(fixture_draft(f, "ana", number));
	struct draft_list bin;
	struct error err = {0};
	assert_true(store_drafts(fixture_as(f, "ana"), f, true, &bin, &err));
	assert_int_equal(bin.count, 1);
	assert_string_equal(bin.drafts[0].text, "Olá João");
	struct feed feed = fixture_feed(f, "bruno", result.revision - 1);
	assert_int_equal(feed.count, 1);
	assert_int_equal(feed.items[0].kind, CHANGE_HAND_OVER);
	struct change late = fixture_reply(number, "Tarde", OUTCOME_WAIT);
	late.generation = old;
	fixture_refuse(f, "ana", late, "stale");
	fixture_do(f, "bruno", fixture_reply(number, "Olá João, segue", OUTCOME_WAIT));
}

static void neither_text_is_lost_when_both_have_one(void **state)
{
	struct fixture *f = *state;
	int64_t number = fixture_ticket(f, "joao@exemplo.com", "entrega");
	fixture_claim(f, "ana", number);
	save_draft(f, "ana", number, "De ana");
	save_draft(f, "bruno", number, "De bruno");
	struct change give = {
		.kind = CHANGE_HAND_OVER, .ticket = number, .operator_id = fixture_id(f, "bruno")};
	fixture_do(f, "ana", give);
	assert_string_equal(fixture_draft(f, "bruno", number)->text, "De bruno\n\nDe ana");
}

static void it_is_not_handed_to_who_may_not_have_it(void **state)
{
	struct fixture *f = *state;
	int64_t number = fixture_ticket(f, "joao@exemplo.com", "entrega");
	struct change give = {
		.kind = CHANGE_HAND_OVER, .ticket = number, .operator_id = fixture_id(f, "carla")};
	fixture_refuse(f, "ana", give, "not_holder");
	fixture_claim(f, "ana", number);
	fixture_refuse(f, "ana", give, "taker_blind");
	fixture_do(f, "ana",
		(struct change){.kind = CHANGE_NOTE, .ticket = number, .text = "@carla: olha"});
	for (int i = 0; i < 5; i++) {
		char *address = mem_printf(f, "c%d@exemplo.com", i);
		fixture_claim(f, "carla", fixture_ticket(f, address, "cobranca"));
	}
	fixture_refuse(f, "ana", give, "taker_full");
	fixture_do(f, "carla", (struct change){.kind = CHANGE_RELEASE, .ticket = number + 1});
	fixture_do(f, "ana", give);
	assert_int_equal(
		fixture_view(f, "carla", number)->row.claim.operator_id, fixture_id(f, "carla"));
}

/* Of one customer's two tickets one is given away: doctor finds nothing wrong with it. */
static void one_of_two_tickets_of_a_customer_can_be_given(void **state)
{
	struct fixture *f = *state;
	int64_t first = fixture_ticket(f, "joao@exemplo.com", "entrega");
	int64_t second = fixture_ticket(f, "joao@exemplo.com", "entrega");
	fixture_claim(f, "ana", first);
	fixture_claim(f, "ana", second);
	struct change give = {
		.kind = CHANGE_HAND_OVER, .ticket = second, .operator_id = fixture_id(f, "bruno")};
	fixture_do(f, "ana", give);
	assert_true(fixture_view(f, "bruno", second)->row.claim.separate);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		with_fixture(a_memo_is_its_authors_and_its_receivers),
		with_fixture(receivers_are_settled_when_it_is_written),
		with_fixture(a_broadcast_is_for_whom_one_supervises),
		with_fixture(the_feed_tells_nobody_else),
		with_fixture(what_was_read_is_ones_own),
		with_fixture(a_memo_is_shown_with_its_ticket),
		with_fixture(memos_come_in_pages),
		with_fixture(who_holds_it_hears_that_it_is_asked_for),
		with_fixture(what_is_handed_over_is_claim_and_text),
		with_fixture(neither_text_is_lost_when_both_have_one),
		with_fixture(it_is_not_handed_to_who_may_not_have_it),
		with_fixture(one_of_two_tickets_of_a_customer_can_be_given),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
