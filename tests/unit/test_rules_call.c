#include "rule_case.h"

static struct change call(int contact, int outcome)
{
	return (struct change){
		.kind = CHANGE_CALL, .contact = contact, .outcome = outcome, .reason = 0};
}

static struct change incoming(struct change change)
{
	change.direction = DIRECTION_IN;
	return change;
}

static void a_call_that_the_customer_took_is_an_answer(void **state)
{
	struct rule_case *c = *state;
	struct change change = call(CONTACT_ANSWERED, OUTCOME_WAIT);
	change.from_at = NOW - MINUTES(10);
	change.to_at = NOW - MINUTES(1);
	change.text = "He will wait.";
	accept(c, change);
	assert_int_equal(c->out.ticket.first_answer_at, NOW - MINUTES(10));
	assert_int_equal(c->out.ticket.state, TICKET_WAITING);
	assert_int_equal(c->out.ticket.run_at, 0);
	assert_int_equal(c->out.ticket.assignee, ANA);
	assert_int_equal(c->out.message.run_at, c->ticket.run_at);
	assert_true(c->out.message.is_first);
	assert_int_equal(c->out.message.channel, CHANNEL_PHONE);
	assert_int_equal(c->out.message.direction, DIRECTION_OUT);
	assert_int_equal(c->out.message.state, MESSAGE_SENT);
	assert_int_equal(c->out.message.from_at, NOW - MINUTES(10));
	assert_int_equal(c->out.message.contact, CONTACT_ANSWERED);
	assert_true(c->out.ticket.newest_is_ours);
	assert_int_equal(c->out.ticket.newest_public, REVISION);
	assert_int_equal(c->out.ticket.message_count, 2);
	assert_int_equal(c->out.writes, WRITE_TICKET | WRITE_MESSAGE | WRITE_DRAFT_GONE);
	assert_int_equal(c->out.draft_kind, DRAFT_CALL);
	c->ticket.first_answer_at = NOW - MINUTES(30);
	accept(c, change);
	assert_false(c->out.message.is_first);
	assert_int_equal(c->out.ticket.first_answer_at, NOW - MINUTES(30));
	c->ticket.first_answer_at = 0;
	c->ticket.run_at = 0; /* nobody had asked */
	accept(c, change);
	assert_false(c->out.message.is_first);
	assert_int_equal(c->out.ticket.first_answer_at, 0);
}

static void its_time_is_told_by_another_clock(void **state)
{
	struct rule_case *c = *state;
	struct change change = call(CONTACT_ANSWERED, OUTCOME_WAIT);
	change.from_at = NOW + HOURS(3);
	accept(c, change);
	assert_int_equal(c->out.ticket.first_answer_at, NOW);
	change.from_at = NOW - HOURS(3); /* before he asked */
	accept(c, change);
	assert_int_equal(c->out.ticket.first_answer_at, NOW);
	change.to_at = change.from_at - 1;
	refuse(c, change, "span");
}

static void a_call_nobody_took_answers_nothing(void **state)
{
	struct rule_case *c = *state;
	accept(c, call(CONTACT_NO_ANSWER, OUTCOME_NONE));
	assert_int_equal(c->out.ticket.state, TICKET_OPEN);
	assert_int_equal(c->out.ticket.run_at, c->ticket.run_at);
	assert_int_equal(c->out.ticket.answer_due_at, c->ticket.answer_due_at);
	assert_int_equal(c->out.ticket.first_answer_at, 0);
	assert_int_equal(c->out.ticket.assignee, 0);
	assert_int_equal(c->out.message.run_at, 0);
	accept(c, call(CONTACT_VOICEMAIL, OUTCOME_WAIT));
	assert_int_equal(c->out.ticket.state, TICKET_WAITING);
	assert_int_equal(c->out.ticket.run_at, c->ticket.run_at);
	struct change change = call(CONTACT_BUSY, OUTCOME_RESOLVE);
	refuse(c, change, "missing");
	change.reason = 1;
	c->ticket.former_state = TICKET_WAITING;
	accept(c, change);
	assert_int_equal(c->out.ticket.former_state, TICKET_NO_STATE);
	assert_int_equal(c->out.ticket.run_at, 0);
	assert_int_equal(c->out.ticket.first_answer_at, 0);
}

static void a_target_that_changed_does_not_move_the_run(void **state)
{
	struct rule_case *c = *state;
	c->directory.targets[0].first_answer_ms = MINUTES(5);
	accept(c, call(CONTACT_NO_ANSWER, OUTCOME_NONE));
	assert_int_equal(c->out.ticket.answer_due_at, c->ticket.answer_due_at);
}

static void an_incoming_call_that_we_took_is_the_last_word_of_ours(void **state)
{
	struct rule_case *c = *state;
	accept(c, incoming(call(CONTACT_ANSWERED, OUTCOME_NONE)));
	assert_int_equal(c->out.message.direction, DIRECTION_IN);
	assert_int_equal(c->out.message.state, MESSAGE_RECEIVED);
	assert_int_equal(c->out.message.author, ANA);
	assert_true(c->out.ticket.newest_is_ours);
	assert_int_equal(c->out.ticket.first_answer_at, NOW);
	assert_int_equal(c->out.ticket.state, TICKET_OPEN);
	assert_int_equal(c->out.ticket.run_at, c->ticket.run_at);
}

static void a_missed_call_is_as_if_the_customer_had_written(void **state)
{
	struct rule_case *c = *state;
	c->ticket.state = TICKET_WAITING;
	c->ticket.run_at = 0;
	c->ticket.answer_due_at = DUE_NEVER;
	c->ticket.first_answer_at = NOW - MINUTES(30);
	accept(c, incoming(call(CONTACT_NO_ANSWER, OUTCOME_NONE)));
	assert_int_equal(c->out.ticket.state, TICKET_OPEN);
	assert_int_equal(c->out.ticket.former_state, TICKET_WAITING);
	assert_int_equal(c->out.ticket.run_at, NOW);
	assert_int_equal(c->out.ticket.answer_due_at, NOW + HOURS(4));
	assert_false(c->out.ticket.newest_is_ours);
	accept(c, incoming(call(CONTACT_NO_ANSWER, OUTCOME_WAIT)));
	assert_int_equal(c->out.ticket.state, TICKET_WAITING);
	assert_int_equal(c->out.ticket.former_state, TICKET_NO_STATE);
	assert_int_equal(c->out.ticket.run_at, NOW);
	accept(c, call(CONTACT_NO_ANSWER, OUTCOME_NONE)); /* one of ours is none of his */
	assert_int_equal(c->out.ticket.state, TICKET_WAITING);
	assert_int_equal(c->out.ticket.run_at, 0);
}

static void a_call_back_puts_the_ticket_off(void **state)
{
	struct rule_case *c = *state;
	struct change change = call(CONTACT_BUSY, OUTCOME_NONE);
	change.until_at = NOW + HOURS(2);
	hold(c, ANA, true);
	accept(c, change);
	assert_int_equal(c->out.ticket.state, TICKET_SNOOZED);
	assert_int_equal(c->out.ticket.snoozed_until, NOW + HOURS(2));
	assert_int_equal(c->out.ticket.run_at, c->ticket.run_at);
	assert_int_equal(c->out.claim_step, CLAIM_END);
	change.until_at = NOW;
	refuse(c, change, "past");
	change.until_at = NOW + 1;
	change.outcome = OUTCOME_WAIT;
	refuse(c, change, "value");
}

static void a_call_is_recorded_but_ends_nothing_of_anothers(void **state)
{
	struct rule_case *c = *state;
	hold(c, BRUNO, true);
	accept(c, call(CONTACT_ANSWERED, OUTCOME_NONE));
	assert_int_equal(c->out.claim_step, CLAIM_KEEP);
	accept(c, call(CONTACT_ANSWERED, OUTCOME_STAY_OPEN));
	refuse(c, call(CONTACT_ANSWERED, OUTCOME_WAIT), "held");
	struct change back = call(CONTACT_BUSY, OUTCOME_NONE);
	back.until_at = NOW + HOURS(1);
	refuse(c, back, "held");
	hold(c, ANA, true);
	accept(c, call(CONTACT_ANSWERED, OUTCOME_NONE));
	assert_int_equal(c->out.claim_step, CLAIM_KEEP);
	accept(c, call(CONTACT_ANSWERED, OUTCOME_WAIT));
	assert_int_equal(c->out.claim_step, CLAIM_END);
}

static void a_counter_contact_is_one_too(void **state)
{
	struct rule_case *c = *state;
	struct change change = incoming(call(CONTACT_ANSWERED, OUTCOME_RESOLVE));
	change.channel = CHANNEL_COUNTER;
	change.reason = 1;
	accept(c, change);
	assert_int_equal(c->out.message.channel, CHANNEL_COUNTER);
	assert_int_equal(c->out.ticket.state, TICKET_RESOLVED);
	assert_int_equal(c->out.ticket.reason, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		RULE_TEST(a_call_that_the_customer_took_is_an_answer),
		RULE_TEST(its_time_is_told_by_another_clock),
		RULE_TEST(a_call_nobody_took_answers_nothing),
		RULE_TEST(a_target_that_changed_does_not_move_the_run),
		RULE_TEST(an_incoming_call_that_we_took_is_the_last_word_of_ours),
		RULE_TEST(a_missed_call_is_as_if_the_customer_had_written),
		RULE_TEST(a_call_back_puts_the_ticket_off),
		RULE_TEST(a_call_is_recorded_but_ends_nothing_of_anothers),
		RULE_TEST(a_counter_contact_is_one_too),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
