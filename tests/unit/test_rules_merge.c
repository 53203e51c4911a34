#include "rule_case.h"

static const struct change merge = {.kind = CHANGE_MERGE, .other = 1002};

static void give_other(struct rule_case *c)
{
	c->facts.other_ticket = &c->other_ticket;
	c->other_ticket.run_at = NOW - MINUTES(10);
	c->other_ticket.waiting_since = NOW - MINUTES(10);
	c->other_ticket.answer_due_at = NOW + MINUTES(110);
}

static void the_texts_move_and_the_ticket_is_gone(void **state)
{
	struct rule_case *c = *state;
	give_other(c);
	hold(c, ANA, true);
	accept(c, merge);
	assert_int_equal(c->out.ticket.state, TICKET_DISCARDED);
	assert_int_equal(c->out.ticket.merged_into, 1002);
	assert_int_equal(c->out.ticket.run_at, 0);
	assert_int_equal(c->out.ticket.due_at, DUE_NEVER);
	assert_int_equal(c->out.claim_step, CLAIM_END);
	assert_int_equal(c->out.other_claim_step, CLAIM_KEEP);
	assert_int_equal(c->out.move_from, 1);
	assert_int_equal(c->out.writes, WRITE_TICKET | WRITE_OTHER_TICKET | WRITE_MOVE_TEXTS);
}

static void the_earlier_run_wins(void **state)
{
	struct rule_case *c = *state;
	give_other(c);
	accept(c, merge);
	assert_int_equal(c->out.other_ticket.run_at, NOW - HOURS(1));
	assert_int_equal(c->out.other_ticket.waiting_since, NOW - HOURS(1));
	assert_int_equal(c->out.other_ticket.answer_due_at, NOW + HOURS(1));
	c->other_ticket.run_at = NOW - HOURS(2);
	c->other_ticket.answer_due_at = NOW;
	accept(c, merge);
	assert_int_equal(c->out.other_ticket.run_at, NOW - HOURS(2));
	assert_int_equal(c->out.other_ticket.answer_due_at, NOW);
}

static void who_waits_in_one_waits_in_the_other(void **state)
{
	struct rule_case *c = *state;
	give_other(c);
	c->other_ticket.run_at = 0;
	c->other_ticket.answer_due_at = DUE_NEVER;
	c->other_ticket.state = TICKET_WAITING;
	accept(c, merge);
	assert_int_equal(c->out.other_ticket.state, TICKET_OPEN);
	assert_int_equal(c->out.other_ticket.former_state, TICKET_WAITING);
	assert_int_equal(c->out.other_ticket.run_at, NOW - HOURS(1));
	assert_int_equal(c->out.other_ticket.answer_due_at, NOW + HOURS(1));
	c->ticket.run_at = 0; /* open because somebody of ours must act */
	accept(c, merge);
	assert_int_equal(c->out.other_ticket.state, TICKET_OPEN);
	assert_int_equal(c->out.other_ticket.waiting_since, NOW);
	c->ticket.state = TICKET_RESOLVED;
	accept(c, merge);
	assert_int_equal(c->out.other_ticket.state, TICKET_WAITING);
}

static void what_cannot_be_merged(void **state)
{
	struct rule_case *c = *state;
	refuse(c, merge, "no_ticket");
	give_other(c);
	c->other_ticket.customer = OTHER_CUSTOMER;
	refuse(c, merge, "other_customer");
	assert_string_equal(c->err.arg[0], "1001");
	assert_string_equal(c->err.arg[1], "1002");
	c->other_ticket.customer = CUSTOMER;
	c->other_ticket.state = TICKET_DISCARDED;
	refuse(c, merge, "discarded");
	c->other_ticket.merged_into = 1003;
	refuse(c, merge, "merged");
	assert_string_equal(c->err.arg[0], "1002");
	assert_string_equal(c->err.arg[1], "1003");
	c->other_ticket.number = 1001;
	refuse(c, merge, "same");
}

static void nobody_elses_ticket_is_touched(void **state)
{
	struct rule_case *c = *state;
	give_other(c);
	hold(c, BRUNO, true);
	refuse(c, merge, "held");
	c->facts.claim = NULL;
	c->other_claim = c->claim;
	c->other_claim.ticket = 1002;
	c->facts.other_claim = &c->other_claim;
	refuse(c, merge, "covered");
	c->other_claim.operator_id = ANA;
	accept(c, merge);
	c->other_claim.operator_id = BRUNO;
	c->other_claim.expires_at = NOW;
	accept(c, merge);
}

/* The log row of the change just decided, as a store gives it. */
static void log_row(struct rule_case *c, enum change_kind kind, int64_t other)
{
	c->undone = (struct undone){.kind = kind,
		.revision = REVISION,
		.actor = ANA,
		.ticket = 1001,
		.other = other,
		.at = NOW,
		.former = &c->former,
		.former_other = other ? &c->former_other : NULL,
		.former_public = 500};
	c->facts.undone = &c->undone;
}

static const struct change undo = {.kind = CHANGE_UNDO, .undo = REVISION};

static void a_merge_can_be_undone(void **state)
{
	struct rule_case *c = *state;
	give_other(c);
	accept(c, merge);
	go_on(c);
	log_row(c, CHANGE_MERGE, 1002);
	accept(c, undo);
	assert_int_equal(c->out.ticket.state, TICKET_OPEN);
	assert_int_equal(c->out.ticket.merged_into, 0);
	assert_int_equal(c->out.ticket.run_at, NOW - HOURS(1));
	assert_int_equal(c->out.other_ticket.run_at, NOW - MINUTES(10));
	assert_int_equal(c->out.writes, WRITE_TICKET | WRITE_OTHER_TICKET | WRITE_MOVE_BACK);
	c->other_ticket.revision = REVISION + 1; /* answered since: stays as it is */
	c->other_ticket.run_at = 0;
	accept(c, undo);
	assert_int_equal(c->out.other_ticket.run_at, 0);
	c->ticket.revision = REVISION + 1;
	refuse(c, undo, "undo_late");
}

static void a_duplicate_can_be_undone(void **state)
{
	struct rule_case *c = *state;
	give_other(c);
	accept(c, (struct change){
			  .kind = CHANGE_DISCARD, .discard = DISCARD_DUPLICATE, .other = 1002});
	go_on(c);
	log_row(c, CHANGE_DISCARD, 1002);
	accept(c, undo);
	assert_int_equal(c->out.ticket.state, TICKET_OPEN);
	assert_int_equal(c->out.other_ticket.run_at, NOW - MINUTES(10));
	assert_int_equal(c->out.writes, WRITE_TICKET | WRITE_OTHER_TICKET); /* no text had moved */
}

static void a_split_can_be_undone(void **state)
{
	struct rule_case *c = *state;
	c->message = (struct message){
		.id = 600, .ticket = 1001, .direction = DIRECTION_IN, .at = NOW - MINUTES(20)};
	c->facts.message = &c->message;
	c->ticket.message_count = 2;
	c->ticket.run_at = NOW - MINUTES(20);
	accept(c, (struct change){.kind = CHANGE_SPLIT, .message = 600, .subject = "Another"});
	go_on(c);
	c->facts.other_ticket = &c->other_ticket;
	log_row(c, CHANGE_SPLIT, 1100);
	c->ticket.state = TICKET_WAITING;
	accept(c, undo);
	assert_int_equal(c->out.ticket.run_at, NOW - MINUTES(20));
	assert_int_equal(c->out.ticket.state, TICKET_OPEN);
	assert_int_equal(c->out.ticket.answer_due_at, NOW - MINUTES(20) + HOURS(2));
	assert_int_equal(c->out.other_ticket.run_at, 0);
	assert_int_equal(c->out.other_ticket.due_at, DUE_NEVER);
	assert_int_equal(c->out.other_ticket.state, TICKET_DISCARDED);
	assert_int_equal(c->out.other_ticket.merged_into, 1001);
	assert_int_equal(c->out.writes, WRITE_TICKET | WRITE_OTHER_TICKET | WRITE_MOVE_BACK);
	c->other_claim =
		(struct claim){.ticket = 1100, .operator_id = BRUNO, .expires_at = NOW + HOURS(1)};
	c->facts.other_claim = &c->other_claim;
	refuse(c, undo, "undo_late");
	c->facts.other_claim = NULL;
	c->other_ticket.run_at = 0; /* nobody waits in either */
	accept(c, undo);
	assert_int_equal(c->out.ticket.run_at, 0);
	assert_int_equal(c->out.ticket.state, TICKET_WAITING);
	c->ticket.run_at = NOW - HOURS(1); /* who waits longer in the old one still does */
	c->other_ticket.run_at = NOW - MINUTES(20);
	accept(c, undo);
	assert_int_equal(c->out.ticket.run_at, NOW - HOURS(1));
	c->other_ticket.revision++;
	refuse(c, undo, "undo_late");
}

static void customers_are_merged_unless_two_hold_them(void **state)
{
	struct rule_case *c = *state;
	const struct change change = {.kind = CHANGE_CUSTOMER_MERGE, .other = OTHER_CUSTOMER};
	refuse(c, change, "no_customer");
	c->facts.other_customer = &c->other_customer;
	accept(c, change);
	assert_int_equal(c->out.customer.merged_into, OTHER_CUSTOMER);
	assert_int_equal(c->out.other_customer.id, OTHER_CUSTOMER);
	assert_int_equal(c->out.writes, WRITE_CUSTOMER | WRITE_MOVE_CUSTOMER);
	hold(c, ANA, true);
	c->other_claim = c->claim;
	c->other_claim.operator_id = BRUNO;
	c->facts.other_claim = &c->other_claim;
	refuse(c, change, "covered");
	c->other_claim.expires_at = NOW;
	accept(c, change);
	c->other_customer.merged_into = 9;
	refuse(c, change, "customer_merged");
	c->other_customer = c->customer;
	refuse(c, change, "same");
}

static void a_merge_of_customers_can_be_undone(void **state)
{
	struct rule_case *c = *state;
	c->facts.ticket = NULL;
	c->customer.merged_into = OTHER_CUSTOMER;
	log_row(c, CHANGE_CUSTOMER_MERGE, OTHER_CUSTOMER);
	c->undone.ticket = 0;
	c->undone.customer = CUSTOMER;
	const struct change of_customer = {
		.kind = CHANGE_UNDO, .undo = REVISION, .customer = CUSTOMER};
	struct change change = of_customer;
	c->facts.ticket = &c->ticket;
	accept(c, change);
	assert_int_equal(c->out.customer.merged_into, 0);
	assert_int_equal(c->out.writes, WRITE_CUSTOMER | WRITE_MOVE_BACK);
	c->facts.customer = NULL;
	refuse(c, change, "no_change");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		RULE_TEST(the_texts_move_and_the_ticket_is_gone),
		RULE_TEST(the_earlier_run_wins),
		RULE_TEST(who_waits_in_one_waits_in_the_other),
		RULE_TEST(what_cannot_be_merged),
		RULE_TEST(nobody_elses_ticket_is_touched),
		RULE_TEST(a_merge_can_be_undone),
		RULE_TEST(a_duplicate_can_be_undone),
		RULE_TEST(a_split_can_be_undone),
		RULE_TEST(customers_are_merged_unless_two_hold_them),
		RULE_TEST(a_merge_of_customers_can_be_undone),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
