#include "rule_case.h"

static const struct change claim = {.kind = CHANGE_CLAIM};
static const struct change separately = {.kind = CHANGE_CLAIM, .separate = FLAG_YES};
static const struct change take_over = {.kind = CHANGE_TAKE_OVER};

static void a_free_ticket_can_be_claimed(void **state)
{
	struct rule_case *c = *state;
	accept(c, claim);
	assert_int_equal(c->out.claim_step, CLAIM_TAKE);
	assert_int_equal(c->out.claim.operator_id, ANA);
	assert_int_equal(c->out.claim.ticket, 1001);
	assert_int_equal(c->out.claim.customer, CUSTOMER);
	assert_int_equal(c->out.claim.generation, REVISION);
	assert_int_equal(c->out.generation, REVISION);
	assert_int_equal(c->out.claim.since, NOW);
	assert_int_equal(c->out.claim.expires_at, NOW + 2 * MS_MINUTE);
	assert_false(c->out.claim.separate);
	assert_int_equal(c->out.writes, 0);
}

static void another_holds_it_and_the_loser_hears_who_and_since_when(void **state)
{
	struct rule_case *c = *state;
	hold(c, BRUNO, true);
	refuse(c, claim, "held");
	assert_int_equal(c->err.code, ERROR_CONFLICT);
	assert_string_equal(c->err.arg[0], "1001");
	assert_string_equal(c->err.arg[1], "bruno");
	assert_string_equal(c->err.arg[2], "3m");
	refuse(c, separately, "held");
	c->claim.since = NOW + HOURS(1);
	refuse(c, claim, "held");
	assert_string_equal(c->err.arg[2], "0s");
}

static void to_claim_what_one_holds_renews_it(void **state)
{
	struct rule_case *c = *state;
	hold(c, ANA, true);
	c->claim.grace = true;
	c->claim.worked_from = NOW - 50;
	c->claim.worked_to = NOW - 10;
	c->facts.claims_held = 5;
	accept(c, claim);
	assert_int_equal(c->out.claim_step, CLAIM_TAKE);
	assert_int_equal(c->out.generation, 800);
	assert_int_equal(c->out.claim.generation, 800);
	assert_int_equal(c->out.claim.since, NOW - MINUTES(3));
	assert_int_equal(c->out.claim.expires_at, NOW + 2 * MS_MINUTE);
	assert_int_equal(c->out.claim.worked_to, NOW - 10);
	assert_false(c->out.claim.grace);
}

static void an_expired_claim_holds_nobody_off(void **state)
{
	struct rule_case *c = *state;
	hold(c, BRUNO, false);
	accept(c, claim);
	assert_int_equal(c->out.claim.operator_id, ANA);
	assert_int_equal(c->out.claim.generation, REVISION);
	c->claim.expires_at = NOW; /* the very instant */
	accept(c, claim);
}

static void a_claim_covers_the_customers_other_tickets(void **state)
{
	struct rule_case *c = *state;
	cover(c, BRUNO);
	refuse(c, claim, "covered");
	assert_int_equal(c->err.code, ERROR_CONFLICT);
	assert_string_equal(c->err.arg[0], "1002");
	assert_string_equal(c->err.arg[1], "bruno");
	accept(c, separately);
	assert_true(c->out.claim.separate);
}

static void a_shared_customer_is_covered_by_nobody(void **state)
{
	struct rule_case *c = *state;
	c->customer.shared = true;
	accept(c, claim);
	assert_int_equal(c->out.claim.customer, 0);
}

static void an_operator_holds_so_many_at_most(void **state)
{
	struct rule_case *c = *state;
	c->facts.claims_held = 4;
	accept(c, claim);
	c->facts.claims_held = 5;
	refuse(c, claim, "too_many");
	assert_string_equal(c->err.arg[0], "5");
	act_as(c, DAVI);
	refuse(c, take_over, "too_many");
}

static void any_ticket_but_a_discarded_or_merged_one(void **state)
{
	struct rule_case *c = *state;
	c->ticket.state = TICKET_RESOLVED;
	accept(c, claim);
	c->ticket.state = TICKET_SNOOZED;
	accept(c, claim);
	c->ticket.state = TICKET_DISCARDED;
	refuse(c, claim, "discarded");
	c->ticket.merged_into = 1002;
	refuse(c, claim, "merged");
	assert_string_equal(c->err.arg[1], "1002");
}

static void who_does_not_see_a_ticket_is_told_that_there_is_none(void **state)
{
	struct rule_case *c = *state;
	act_as(c, CARLA);
	refuse(c, claim, "no_ticket");
	assert_int_equal(c->err.code, ERROR_NOT_FOUND);
	c->facts.is_involved = true;
	accept(c, claim);
	c->facts.ticket = NULL;
	refuse(c, claim, "no_ticket");
}

static void nobody_holds_nothing(void **state)
{
	struct rule_case *c = *state;
	c->facts.actor = NULL;
	refuse(c, claim, "no_operator");
	refuse(c, take_over, "no_operator");
}

static void a_disabled_operator_does_nothing(void **state)
{
	struct rule_case *c = *state;
	c->directory.operators[ANA - 1].enabled = false;
	refuse(c, claim, "disabled");
	assert_int_equal(c->err.code, ERROR_DENIED);
}

static void release_ends_it(void **state)
{
	struct rule_case *c = *state;
	const struct change release = {.kind = CHANGE_RELEASE};
	refuse(c, release, "not_held");
	hold(c, ANA, true);
	accept(c, release);
	assert_int_equal(c->out.claim_step, CLAIM_END);
	assert_int_equal(c->out.generation, 0);
	accept(c, (struct change){.kind = CHANGE_RELEASE, .generation = 800});
	refuse(c, (struct change){.kind = CHANGE_RELEASE, .generation = 799}, "stale");
	hold(c, ANA, false);
	accept(c, release);
	hold(c, BRUNO, true);
	refuse(c, release, "held");
	hold(c, BRUNO, false);
	refuse(c, release, "not_held");
}

static void a_supervisor_takes_over(void **state)
{
	struct rule_case *c = *state;
	hold(c, BRUNO, true);
	refuse(c, take_over, "role");
	assert_int_equal(c->err.code, ERROR_DENIED);
	act_as(c, DAVI);
	accept(c, take_over);
	assert_int_equal(c->out.claim.operator_id, DAVI);
	assert_int_equal(c->out.generation, REVISION);
	hold(c, CARLA, true);
	refuse(c, take_over, "not_yours");
	assert_string_equal(c->err.arg[0], "carla");
	hold(c, DAVI, true);
	accept(c, take_over);
	assert_int_equal(c->out.generation, 800);
	c->facts.claim = NULL;
	accept(c, take_over);
	assert_int_equal(c->out.generation, REVISION);
}

/* Each of two tickets that bruno has of one customer covers the other. */
static void a_covered_ticket_can_be_taken_over(void **state)
{
	struct rule_case *c = *state;
	act_as(c, DAVI);
	hold(c, BRUNO, true);
	cover(c, BRUNO);
	accept(c, take_over);
	assert_true(c->out.claim.separate);
	c->facts.claim = NULL;
	accept(c, take_over);
	assert_true(c->out.claim.separate);
	cover(c, CARLA);
	refuse(c, take_over, "not_yours");
}

static void the_desk_logs_an_expiry_once(void **state)
{
	struct rule_case *c = *state;
	const struct change expire = {.kind = CHANGE_EXPIRE, .operator_id = BRUNO};
	hold(c, BRUNO, false);
	refuse(c, expire, "desk_only");
	c->facts.actor = NULL;
	accept(c, expire);
	assert_int_equal(c->out.claim_step, CLAIM_MARK_EXPIRED);
	refuse(c, (struct change){.kind = CHANGE_EXPIRE, .operator_id = ANA}, "same");
	c->claim.is_logged = true;
	refuse(c, expire, "same");
	hold(c, BRUNO, true);
	refuse(c, expire, "same");
	c->facts.claim = NULL;
	refuse(c, expire, "same");
}

static void assert_span(const struct rule_case *c, int64_t who, int64_t from, int64_t to)
{
	assert_true(c->out.writes & WRITE_WORKED);
	assert_int_equal(c->out.worked_operator, who);
	assert_int_equal(c->out.worked_from, from);
	assert_int_equal(c->out.worked_to, to);
}

static void the_open_span_is_logged_when_the_claim_ends(void **state)
{
	struct rule_case *c = *state;
	hold(c, BRUNO, false);
	c->claim.worked_from = NOW - 5000;
	c->claim.worked_to = NOW - 1000;
	accept(c, claim);
	assert_span(c, BRUNO, NOW - 5000, NOW - 1000);
	c->facts.holder_worked_until = NOW - 3000;
	accept(c, (struct change){.kind = CHANGE_WAIT});
	assert_span(c, BRUNO, NOW - 3000, NOW - 1000);
	c->facts.actor = NULL;
	accept(c, (struct change){.kind = CHANGE_EXPIRE, .operator_id = BRUNO});
	assert_span(c, BRUNO, NOW - 3000, NOW - 1000);
	c->facts.holder_worked_until = NOW - 1000;
	accept(c, (struct change){.kind = CHANGE_EXPIRE, .operator_id = BRUNO});
	assert_int_equal(c->out.writes, 0);
}

static struct change worked(int64_t from, int64_t to)
{
	return (struct change){.kind = CHANGE_WORKED, .from_at = from, .to_at = to};
}

static void spans_of_one_operator_never_overlap(void **state)
{
	struct rule_case *c = *state;
	accept(c, worked(NOW - 5000, NOW - 1000));
	assert_span(c, ANA, NOW - 5000, NOW - 1000);
	c->facts.worked_until = NOW - 2000;
	accept(c, worked(NOW - 5000, NOW - 1000));
	assert_span(c, ANA, NOW - 2000, NOW - 1000);
	refuse(c, worked(NOW - 5000, NOW - 2000), "span");
	refuse(c, worked(NOW - 1000, NOW - 1500), "span");
}

static void a_span_ends_now_at_the_latest(void **state)
{
	struct rule_case *c = *state;
	accept(c, worked(NOW - 1000, NOW + HOURS(5)));
	assert_span(c, ANA, NOW - 1000, NOW);
	refuse(c, worked(NOW + 10, NOW + 20), "span");
	refuse(c, worked(NOW - HOURS(30), NOW), "span");
}

static void a_span_is_of_who_tells_it(void **state)
{
	struct rule_case *c = *state;
	struct change anothers = worked(NOW - 1000, NOW);
	anothers.operator_id = BRUNO;
	refuse(c, anothers, "value");
	act_as(c, DAVI);
	anothers.imported = true;
	anothers.at = NOW;
	accept(c, anothers);
	assert_span(c, BRUNO, NOW - 1000, NOW);
	anothers.operator_id = 99;
	refuse(c, anothers, "no_operator");
	c->facts.actor = NULL; /* the desk works on nothing */
	refuse(c, worked(NOW - 1000, NOW), "no_operator");
}

/* --- asking for it, handing it over --- */

static const struct change ask_for = {.kind = CHANGE_ASK_FOR};
static const struct change hand_over = {.kind = CHANGE_HAND_OVER, .operator_id = BRUNO};

static void one_asks_for_what_another_holds(void **state)
{
	struct rule_case *c = *state;
	refuse(c, ask_for, "free");
	hold(c, BRUNO, false);
	refuse(c, ask_for, "free");
	hold(c, ANA, true);
	refuse(c, ask_for, "same");
	hold(c, BRUNO, true);
	accept(c, ask_for);
	assert_int_equal(c->out.writes, 0);
	assert_int_equal(c->out.claim_step, CLAIM_KEEP);
	act_as(c, CARLA);
	refuse(c, ask_for, "no_ticket");
}

static void a_claim_handed_over_is_a_new_one(void **state)
{
	struct rule_case *c = *state;
	hold(c, ANA, true);
	c->claim.grace = true;
	c->claim.worked_from = NOW - 50;
	c->claim.worked_to = NOW - 10;
	accept(c, hand_over);
	assert_int_equal(c->out.claim_step, CLAIM_TAKE);
	assert_int_equal(c->out.claim.operator_id, BRUNO);
	assert_int_equal(c->out.claim.generation, REVISION);
	assert_int_equal(c->out.claim.since, NOW);
	assert_int_equal(c->out.claim.expires_at, NOW + 2 * MS_MINUTE);
	assert_int_equal(c->out.claim.worked_to, 0);
	assert_false(c->out.claim.grace);
	assert_false(c->out.claim.separate);
	assert_int_equal(c->out.ticket.assignee, BRUNO);
	assert_int_equal(c->out.generation, 0);
	assert_int_equal(c->out.worked_operator, ANA);
	assert_int_equal(c->out.writes, WRITE_TICKET | WRITE_DRAFT_OVER | WRITE_WORKED);
}

static void only_the_holder_hands_over(void **state)
{
	struct rule_case *c = *state;
	refuse(c, hand_over, "not_holder");
	hold(c, CARLA, true);
	refuse(c, hand_over, "not_holder");
	hold(c, ANA, false);
	refuse(c, hand_over, "not_holder");
	hold(c, ANA, true);
	refuse(c,
		(struct change){.kind = CHANGE_HAND_OVER, .operator_id = BRUNO, .generation = 799},
		"stale");
	refuse(c, (struct change){.kind = CHANGE_HAND_OVER, .operator_id = ANA}, "same");
	refuse(c, (struct change){.kind = CHANGE_HAND_OVER, .operator_id = 99}, "no_operator");
	c->directory.operators[BRUNO - 1].enabled = false;
	refuse(c, hand_over, "disabled");
}

static void it_goes_to_nobody_who_may_not_have_it(void **state)
{
	struct rule_case *c = *state;
	const struct change to_carla = {.kind = CHANGE_HAND_OVER, .operator_id = CARLA};
	hold(c, ANA, true);
	refuse(c, to_carla, "taker_blind");
	assert_string_equal(c->err.arg[0], "1001");
	assert_string_equal(c->err.arg[1], "carla");
	c->facts.is_taker_involved = true;
	accept(c, to_carla);
	c->facts.taker_held = 4;
	accept(c, hand_over);
	c->facts.taker_held = 5;
	refuse(c, hand_over, "taker_full");
	assert_string_equal(c->err.arg[0], "5");
	assert_string_equal(c->err.arg[1], "bruno");
}

/* The giver may hold another ticket of the customer: two holders of one customer, on purpose. */
static void beside_another_ticket_of_the_customer_it_is_separate(void **state)
{
	struct rule_case *c = *state;
	hold(c, ANA, true);
	cover(c, ANA);
	c->facts.cover = NULL;
	c->facts.taker_cover = &c->cover;
	accept(c, hand_over);
	assert_true(c->out.claim.separate);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		RULE_TEST(a_free_ticket_can_be_claimed),
		RULE_TEST(another_holds_it_and_the_loser_hears_who_and_since_when),
		RULE_TEST(to_claim_what_one_holds_renews_it),
		RULE_TEST(an_expired_claim_holds_nobody_off),
		RULE_TEST(a_claim_covers_the_customers_other_tickets),
		RULE_TEST(a_shared_customer_is_covered_by_nobody),
		RULE_TEST(an_operator_holds_so_many_at_most),
		RULE_TEST(any_ticket_but_a_discarded_or_merged_one),
		RULE_TEST(who_does_not_see_a_ticket_is_told_that_there_is_none),
		RULE_TEST(nobody_holds_nothing),
		RULE_TEST(a_disabled_operator_does_nothing),
		RULE_TEST(release_ends_it),
		RULE_TEST(a_supervisor_takes_over),
		RULE_TEST(a_covered_ticket_can_be_taken_over),
		RULE_TEST(the_desk_logs_an_expiry_once),
		RULE_TEST(the_open_span_is_logged_when_the_claim_ends),
		RULE_TEST(spans_of_one_operator_never_overlap),
		RULE_TEST(a_span_ends_now_at_the_latest),
		RULE_TEST(a_span_is_of_who_tells_it),
		RULE_TEST(one_asks_for_what_another_holds),
		RULE_TEST(a_claim_handed_over_is_a_new_one),
		RULE_TEST(only_the_holder_hands_over),
		RULE_TEST(it_goes_to_nobody_who_may_not_have_it),
		RULE_TEST(beside_another_ticket_of_the_customer_it_is_separate),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
