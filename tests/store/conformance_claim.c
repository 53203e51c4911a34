#include "conformance.h"

#include "base/clock.h"
#include "base/mem.h"
#include "test.h"

#include <string.h>

static struct change claim(int64_t number)
{
	return (struct change){.kind = CHANGE_CLAIM, .ticket = number};
}

static void one_wins_and_the_other_is_told_who(void **state)
{
	struct fixture *f = *state;
	int64_t number = fixture_ticket(f, "joao@exemplo.com", "entrega");
	int64_t generation = fixture_claim(f, "ana", number);
	assert_true(generation > 0);
	f->now += 3 * MS_MINUTE / 2;
	struct result result = fixture_refuse(f, "bruno", claim(number), "held");
	assert_int_equal(result.err.code, ERROR_CONFLICT);
	assert_int_equal(result.holder, fixture_id(f, "ana"));
	assert_int_equal(result.holder_since, f->now - 3 * MS_MINUTE / 2);
	assert_string_equal(result.err.arg[1], "ana");
}

static void claiming_what_one_holds_is_a_success(void **state)
{
	struct fixture *f = *state;
	int64_t number = fixture_ticket(f, "joao@exemplo.com", "entrega");
	int64_t generation = fixture_claim(f, "ana", number);
	f->now += MS_MINUTE;
	assert_int_equal(fixture_claim(f, "ana", number), generation);
	const struct claim *held = &fixture_view(f, "ana", number)->row.claim;
	assert_int_equal(held->expires_at, f->now + 2 * MS_MINUTE);
}

static void a_claim_without_renewal_runs_out(void **state)
{
	struct fixture *f = *state;
	int64_t number = fixture_ticket(f, "joao@exemplo.com", "entrega");
	int64_t generation = fixture_claim(f, "ana", number);
	f->now += 2 * MS_MINUTE - 1;
	fixture_refuse(f, "bruno", claim(number), "held");
	f->now += 1;
	assert_int_equal(fixture_view(f, "bruno", number)->row.claim.operator_id, 0);
	assert_true(fixture_claim(f, "bruno", number) > generation);
}

static void who_writes_next_logs_the_expiry(void **state)
{
	struct fixture *f = *state;
	int64_t number = fixture_ticket(f, "joao@exemplo.com", "entrega");
	int64_t since = fixture_do(f, "ana", claim(number)).revision;
	f->now += MS_HOUR;
	int64_t other = fixture_ticket(f, "maria@exemplo.com", "entrega");
	struct feed feed = fixture_feed(f, NULL, since);
	assert_int_equal(feed.count, 2);
	assert_int_equal(feed.items[0].kind, CHANGE_EXPIRE);
	assert_int_equal(feed.items[0].ticket, number);
	assert_int_equal(feed.items[0].actor, 0);
	assert_int_equal(feed.items[1].ticket, other);
	fixture_ticket(f, "rosa@exemplo.com", "entrega");
	assert_int_equal(fixture_feed(f, NULL, since).count, 3);
}

static void an_expiry_logs_the_open_handle_span(void **state)
{
	struct fixture *f = *state;
	int64_t number = fixture_ticket(f, "joao@exemplo.com", "entrega");
	struct renewal renewal = {.ticket = number, .generation = fixture_claim(f, "ana", number)};
	int64_t from = f->now;
	f->now += MS_MINUTE;
	renewal.worked_from = from;
	renewal.worked_to = f->now;
	struct error err = {0};
	assert_true(store_renew(fixture_as(f, "ana"), &renewal, &err));
	int64_t since = fixture_feed(f, NULL, -1).revision;
	f->now += MS_HOUR;
	fixture_ticket(f, "maria@exemplo.com", "entrega");
	struct feed feed = fixture_feed(f, NULL, since);
	char *span = mem_printf(f, "\"worked_from\":%lld,\"worked_to\":%lld", (long long)from,
		(long long)(from + MS_MINUTE));
	assert_int_equal(feed.items[0].kind, CHANGE_EXPIRE);
	assert_non_null(strstr(feed.items[0].detail, span));
}

static void a_renewal_is_fenced(void **state)
{
	struct fixture *f = *state;
	int64_t number = fixture_ticket(f, "joao@exemplo.com", "entrega");
	struct renewal renewal = {.ticket = number, .generation = fixture_claim(f, "ana", number)};
	struct error err = {0};
	f->now += MS_MINUTE;
	assert_true(store_renew(fixture_as(f, "ana"), &renewal, &err));
	assert_int_equal(renewal.expires_at, f->now + 2 * MS_MINUTE);
	renewal.grace = true;
	assert_true(store_renew(fixture_as(f, "ana"), &renewal, &err));
	assert_int_equal(renewal.expires_at, f->now + 5 * MS_MINUTE);
	assert_true(fixture_view(f, "ana", number)->row.claim.grace);
	assert_false(store_renew(fixture_as(f, "bruno"), &renewal, &err));
	f->now += 5 * MS_MINUTE;
	assert_false(store_renew(fixture_as(f, "ana"), &renewal, &err));
	assert_int_equal(err.code, ERROR_CONFLICT);
	assert_string_equal(err.reason, "stale");
	fixture_claim(f, "bruno", number);
	assert_false(store_renew(fixture_as(f, "ana"), &renewal, &err));
}

static void a_claim_covers_the_customers_other_tickets(void **state)
{
	struct fixture *f = *state;
	int64_t first = fixture_ticket(f, "joao@exemplo.com", "entrega");
	int64_t second = fixture_ticket(f, "joao@exemplo.com", "entrega");
	fixture_claim(f, "ana", first);
	struct result result = fixture_refuse(f, "bruno", claim(second), "covered");
	assert_int_equal(result.holder, fixture_id(f, "ana"));
	assert_int_equal(fixture_view(f, "bruno", second)->row.covered_by, fixture_id(f, "ana"));
	assert_int_equal(fixture_view(f, "ana", second)->row.covered_by, 0);
	assert_int_equal(fixture_counts(f, "bruno").free, 1);
	fixture_claim(f, "ana", second);
	fixture_do(f, "ana", (struct change){.kind = CHANGE_RELEASE, .ticket = second});
	struct change separate = claim(second);
	separate.separate = FLAG_YES;
	fixture_do(f, "bruno", separate);
}

static void a_shared_customer_is_not_covered(void **state)
{
	struct fixture *f = *state;
	int64_t first = fixture_ticket(f, "mercado@exemplo.com", "entrega");
	int64_t second = fixture_ticket(f, "mercado@exemplo.com", "entrega");
	fixture_claim(f, "ana", first);
	fixture_refuse(f, "bruno", claim(second), "covered");
	int64_t customer = fixture_see(f, first)->customer;
	fixture_do(f, "davi",
		(struct change){.kind = CHANGE_CUSTOMER, .customer = customer, .shared = FLAG_YES});
	fixture_claim(f, "bruno", second);
}

static void an_operator_holds_at_most_so_many(void **state)
{
	struct fixture *f = *state;
	int64_t last = 0;
	for (int i = 0; i < 6; i++) {
		char *address = mem_printf(f, "cliente%d@exemplo.com", i);
		last = fixture_ticket(f, address, "entrega");
		if (i < 5) {
			fixture_claim(f, "ana", last);
		}
	}
	fixture_refuse(f, "ana", claim(last), "too_many");
	f->now += 2 * MS_MINUTE; /* the others run out */
	fixture_claim(f, "ana", last);
}

static void a_release_frees_at_once(void **state)
{
	struct fixture *f = *state;
	int64_t number = fixture_ticket(f, "joao@exemplo.com", "entrega");
	struct change release = {.kind = CHANGE_RELEASE, .ticket = number};
	fixture_refuse(f, "ana", release, "not_held");
	fixture_claim(f, "ana", number);
	assert_int_equal(fixture_counts(f, "ana").free, 0);
	fixture_refuse(f, "bruno", release, "held");
	fixture_do(f, "ana", release);
	assert_int_equal(fixture_counts(f, "ana").free, 1);
	fixture_claim(f, "bruno", number);
}

static void a_supervisor_takes_over_and_both_are_told(void **state)
{
	struct fixture *f = *state;
	int64_t number = fixture_ticket(f, "joao@exemplo.com", "entrega");
	fixture_claim(f, "ana", number);
	struct change take = {.kind = CHANGE_TAKE_OVER, .ticket = number};
	fixture_refuse(f, "bruno", take, "role");
	int64_t since = fixture_do(f, "davi", take).revision - 1;
	assert_int_equal(
		fixture_view(f, "ana", number)->row.claim.operator_id, fixture_id(f, "davi"));
	struct feed feed = fixture_feed(f, "ana", since);
	assert_int_equal(feed.count, 1);
	assert_int_equal(feed.items[0].kind, CHANGE_TAKE_OVER);
	fixture_refuse(f, "ana", fixture_reply(number, "Já foi.", OUTCOME_WAIT), "held");
}

static void a_holder_of_another_team_is_told_of_his_loss(void **state)
{
	struct fixture *f = *state;
	int64_t number = fixture_ticket(f, "joao@exemplo.com", "");
	fixture_claim(f, "carla", number);
	fixture_do(f, "davi", (struct change){.kind = CHANGE_TAKE_OVER, .ticket = number});
	int64_t since = fixture_do(f, "davi",
		(struct change){.kind = CHANGE_TRANSFER, .ticket = number, .team = f->entrega})
				.revision;
	fixture_claim(f, "ana", number);
	int64_t taken =
		fixture_do(f, "davi", (struct change){.kind = CHANGE_TAKE_OVER, .ticket = number})
			.revision;
	assert_int_equal(fixture_feed(f, "carla", since).count, 0);
	assert_int_equal(fixture_feed(f, "ana", taken - 1).count, 1);
}

static void a_sign_out_frees_claims_and_assigned_tickets(void **state)
{
	struct fixture *f = *state;
	int64_t held = fixture_ticket(f, "joao@exemplo.com", "entrega");
	int64_t assigned = fixture_ticket(f, "maria@exemplo.com", "entrega");
	fixture_do(f, "ana", (struct change){.kind = CHANGE_SIGN_IN});
	fixture_claim(f, "ana", held);
	fixture_do(f, "davi",
		(struct change){.kind = CHANGE_TRANSFER,
			.ticket = assigned,
			.operator_id = fixture_id(f, "ana")});
	assert_int_equal(fixture_counts(f, "ana").mine, 2);
	int64_t since = fixture_do(f, "ana", (struct change){.kind = CHANGE_SIGN_OUT}).revision;
	assert_int_equal(fixture_counts(f, "ana").mine, 0);
	assert_int_equal(fixture_see(f, assigned)->assignee, 0);
	assert_int_equal(fixture_view(f, NULL, held)->row.claim.operator_id, 0);
	struct feed feed = fixture_feed(f, "bruno", since);
	assert_int_equal(feed.count, 1);
	assert_int_equal(feed.items[0].kind, CHANGE_RELEASE);
}

static void discarded_tickets_cannot_be_claimed(void **state)
{
	struct fixture *f = *state;
	int64_t number = fixture_ticket(f, "joao@exemplo.com", "entrega");
	fixture_do(f, "ana",
		(struct change){.kind = CHANGE_DISCARD, .ticket = number, .discard = DISCARD_SPAM});
	fixture_refuse(f, "ana", claim(number), "discarded");
}

static void tickets_of_other_teams_are_not_there(void **state)
{
	struct fixture *f = *state;
	int64_t number = fixture_ticket(f, "joao@exemplo.com", "cobranca");
	struct result result = fixture_refuse(f, "ana", claim(number), "no_ticket");
	assert_int_equal(result.ticket, 0);
	assert_int_equal(result.newest, 0);
	fixture_claim(f, "carla", number);
	assert_int_equal(fixture_refuse(f, "ana", claim(number), "no_ticket").holder, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		with_fixture(one_wins_and_the_other_is_told_who),
		with_fixture(claiming_what_one_holds_is_a_success),
		with_fixture(a_claim_without_renewal_runs_out),
		with_fixture(who_writes_next_logs_the_expiry),
		with_fixture(an_expiry_logs_the_open_handle_span),
		with_fixture(a_renewal_is_fenced),
		with_fixture(a_claim_covers_the_customers_other_tickets),
		with_fixture(a_shared_customer_is_not_covered),
		with_fixture(an_operator_holds_at_most_so_many),
		with_fixture(a_release_frees_at_once),
		with_fixture(a_supervisor_takes_over_and_both_are_told),
		with_fixture(a_holder_of_another_team_is_told_of_his_loss),
		with_fixture(a_sign_out_frees_claims_and_assigned_tickets),
		with_fixture(discarded_tickets_cannot_be_claimed),
		with_fixture(tickets_of_other_teams_are_not_there),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
