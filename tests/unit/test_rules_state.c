#include "rule_case.h"

static const struct change wait = {.kind = CHANGE_WAIT};
static const struct change resolve = {.kind = CHANGE_RESOLVE, .reason = 1};
static const struct change reopen = {.kind = CHANGE_REOPEN};
static const struct change no_answer = {.kind = CHANGE_NO_ANSWER};
static const struct change receive = {.kind = CHANGE_RECEIVE, .text = "Thanks!"};

static struct change snooze(int64_t until)
{
	return (struct change){.kind = CHANGE_SNOOZE, .until_at = until};
}

/* The ticket answered and resolved an hour ago. */
static void make_resolved(struct rule_case *c)
{
	c->ticket.state = TICKET_RESOLVED;
	c->ticket.resolved_at = NOW - HOURS(1);
	c->ticket.reason = 2;
	c->ticket.run_at = 0;
	c->ticket.answer_due_at = DUE_NEVER;
	c->ticket.first_answer_at = NOW - HOURS(1);
}

static void every_situation_ends_the_claim(void **state)
{
	struct rule_case *c = *state;
	const struct change all[] = {wait, resolve, snooze(NOW + 1), no_answer,
		{.kind = CHANGE_DISCARD, .discard = DISCARD_SPAM}};
	for (size_t i = 0; i < ARRAY_LEN(all); i++) {
		hold(c, ANA, true);
		accept(c, all[i]);
		assert_int_equal(c->out.claim_step, CLAIM_END);
		hold(c, BRUNO, true);
		refuse(c, all[i], "held");
		hold(c, BRUNO, false);
		accept(c, all[i]);
	}
}

static void waiting_without_an_answer_leaves_the_run_open(void **state)
{
	struct rule_case *c = *state;
	accept(c, wait);
	assert_int_equal(c->out.ticket.state, TICKET_WAITING);
	assert_int_equal(c->out.ticket.waited_at, NOW);
	assert_int_equal(c->out.ticket.run_at, c->ticket.run_at);
	assert_int_equal(c->out.ticket.due_at, c->ticket.answer_due_at);
	go_on(c);
	refuse(c, wait, "state");
	assert_string_equal(c->err.arg[1], "waiting");
}

static void a_silent_resolve_closes_the_run_unanswered(void **state)
{
	struct rule_case *c = *state;
	refuse(c, (struct change){.kind = CHANGE_RESOLVE}, "missing");
	c->ticket.former_state = TICKET_WAITING;
	c->ticket.resolved_by_time = true;
	accept(c, resolve);
	assert_int_equal(c->out.ticket.former_state, TICKET_NO_STATE);
	assert_false(c->out.ticket.resolved_by_time);
	assert_int_equal(c->out.ticket.state, TICKET_RESOLVED);
	assert_int_equal(c->out.ticket.resolved_at, NOW);
	assert_int_equal(c->out.ticket.reason, 1);
	assert_int_equal(c->out.ticket.run_at, 0);
	assert_int_equal(c->out.ticket.first_answer_at, 0);
	go_on(c);
	refuse(c, resolve, "state");
}

static void a_snooze_pauses_nothing_and_comes_true(void **state)
{
	struct rule_case *c = *state;
	refuse(c, snooze(NOW), "past");
	accept(c, snooze(NOW + HOURS(6)));
	assert_int_equal(c->out.ticket.state, TICKET_SNOOZED);
	assert_int_equal(c->out.ticket.run_at, c->ticket.run_at);
	go_on(c);
	c->facts.actor = NULL;
	refuse(c, (struct change){.kind = CHANGE_WAKE}, "state");
	c->facts.now = NOW + HOURS(6);
	accept(c, (struct change){.kind = CHANGE_WAKE});
	assert_int_equal(c->out.ticket.state, TICKET_OPEN);
	assert_int_equal(c->out.ticket.snoozed_until, 0);
	assert_int_equal(c->out.ticket.waiting_since, c->ticket.run_at);
	assert_int_equal(c->out.writes, WRITE_TICKET);
	act_as(c, ANA);
	refuse(c, (struct change){.kind = CHANGE_WAKE}, "desk_only");
}

static void waiting_long_enough_resolves_dated_back(void **state)
{
	struct rule_case *c = *state;
	const struct change by_time = {.kind = CHANGE_AUTO_RESOLVE};
	c->ticket.state = TICKET_WAITING;
	c->ticket.waited_at = NOW - HOURS(5 * 24) + 1;
	c->ticket.run_at = 0;
	refuse(c, by_time, "desk_only");
	c->facts.actor = NULL;
	refuse(c, by_time, "state");
	c->facts.now++;
	accept(c, by_time);
	assert_int_equal(c->out.ticket.state, TICKET_RESOLVED);
	assert_int_equal(c->out.ticket.resolved_at, c->ticket.waited_at);
	assert_true(c->out.ticket.resolved_by_time);
	assert_int_equal(c->out.writes, WRITE_TICKET);
	hold(c, ANA, false);
	accept(c, by_time);
	assert_int_equal(c->out.claim_step, CLAIM_END);
	hold(c, ANA, true); /* who is at it keeps his claim */
	accept(c, by_time);
	assert_int_equal(c->out.claim_step, CLAIM_KEEP);
	c->ticket.state = TICKET_OPEN;
	refuse(c, by_time, "state");
}

static void a_message_reopens_and_starts_a_run(void **state)
{
	struct rule_case *c = *state;
	make_resolved(c);
	accept(c, receive);
	assert_int_equal(c->out.ticket.state, TICKET_OPEN);
	assert_int_equal(c->out.ticket.former_state, TICKET_RESOLVED);
	assert_int_equal(c->out.ticket.run_at, NOW);
	assert_int_equal(c->out.ticket.waiting_since, NOW);
	assert_int_equal(c->out.ticket.answer_due_at, NOW + HOURS(4));
	assert_false(c->out.ticket.newest_is_ours);
	assert_int_equal(c->out.ticket.newest_public, REVISION);
	assert_int_equal(c->out.message.direction, DIRECTION_IN);
	assert_int_equal(c->out.message.author, 0);
	assert_int_equal(c->out.ticket.number, 1001);
	assert_int_equal(c->out.claim_step, CLAIM_KEEP);
}

static void a_second_message_joins_the_run(void **state)
{
	struct rule_case *c = *state;
	accept(c, receive);
	assert_int_equal(c->out.ticket.run_at, c->ticket.run_at);
	assert_int_equal(c->out.ticket.answer_due_at, c->ticket.answer_due_at);
	assert_int_equal(c->out.ticket.former_state, TICKET_NO_STATE);
	assert_int_equal(c->out.ticket.message_count, 2);
}

static void after_the_window_it_is_another_matter(void **state)
{
	struct rule_case *c = *state;
	make_resolved(c);
	c->ticket.resolved_at = NOW - HOURS(7 * 24);
	accept(c, receive);
	assert_int_equal(c->out.ticket.number, 1001);
	c->ticket.resolved_at--;
	c->ticket.first_answer_at = NOW - HOURS(200);
	accept(c, receive);
	assert_int_equal(c->out.ticket.number, 1100);
	assert_int_equal(c->out.ticket.linked_to, 1001);
	assert_int_equal(c->out.ticket.customer, CUSTOMER);
	assert_int_equal(c->out.ticket.opened_at, NOW);
	assert_int_equal(c->out.ticket.answer_due_at, NOW + HOURS(2));
	assert_int_equal(c->out.ticket.resolve_due_at, NOW + HOURS(8));
	assert_int_equal(c->out.ticket.message_count, 1);
	assert_int_equal(c->out.message.ticket, 1100);
	c->ticket.resolved_by_time =
		true; /* the window begins when it was resolved, not at its date */
	accept(c, receive);
	assert_int_equal(c->out.ticket.number, 1001);
}

static void spam_stays_spam_and_merged_mail_goes_on_elsewhere(void **state)
{
	struct rule_case *c = *state;
	c->ticket.state = TICKET_DISCARDED;
	c->ticket.run_at = 0;
	accept(c, receive);
	assert_int_equal(c->out.ticket.state, TICKET_DISCARDED);
	assert_int_equal(c->out.ticket.run_at, 0);
	assert_true(c->out.writes & WRITE_MESSAGE);
	c->ticket.merged_into = 1002;
	refuse(c, receive, "merged");
	assert_string_equal(c->err.arg[1], "1002");
}

static void thanks_after_a_resolve_gives_it_back(void **state)
{
	struct rule_case *c = *state;
	make_resolved(c);
	c->ticket.resolved_by_time = true;
	accept(c, receive);
	go_on(c);
	accept(c, no_answer);
	assert_int_equal(c->out.ticket.state, TICKET_RESOLVED);
	assert_int_equal(c->out.ticket.resolved_at, NOW - HOURS(1));
	assert_true(c->out.ticket.resolved_by_time);
	assert_int_equal(c->out.ticket.reason, 2);
	assert_int_equal(c->out.ticket.run_at, 0);
	assert_int_equal(c->out.ticket.former_state, TICKET_NO_STATE);
	go_on(c);
	refuse(c, no_answer, "state"); /* nothing waits any more */
}

static void no_answer_gives_every_former_state_back(void **state)
{
	struct rule_case *c = *state;
	make_resolved(c);
	c->ticket.state = TICKET_WAITING;
	c->ticket.waited_at = NOW - HOURS(3);
	accept(c, receive);
	go_on(c);
	accept(c, no_answer);
	assert_int_equal(c->out.ticket.state, TICKET_WAITING);
	assert_int_equal(c->out.ticket.waited_at, NOW - HOURS(3));
	c->ticket.state = TICKET_SNOOZED;
	c->ticket.run_at = 0;
	c->ticket.snoozed_until = NOW + HOURS(3);
	accept(c, receive);
	go_on(c);
	accept(c, no_answer);
	assert_int_equal(c->out.ticket.state, TICKET_SNOOZED);
	assert_int_equal(c->out.ticket.snoozed_until, NOW + HOURS(3));
	c->facts.now = NOW + HOURS(3);
	accept(c, no_answer);
	assert_int_equal(c->out.ticket.state, TICKET_OPEN);
	assert_int_equal(c->out.ticket.snoozed_until, 0);
}

static void a_first_message_may_need_no_answer(void **state)
{
	struct rule_case *c = *state;
	accept(c, no_answer);
	assert_int_equal(c->out.ticket.state, TICKET_RESOLVED);
	assert_int_equal(c->out.ticket.run_at, 0);
	assert_int_equal(c->out.ticket.first_answer_at, 0);
}

static void an_answer_forgets_where_the_ticket_came_from(void **state)
{
	struct rule_case *c = *state;
	make_resolved(c);
	accept(c, receive);
	go_on(c);
	accept(c, (struct change){
			  .kind = CHANGE_REPLY, .text = "More?", .outcome = OUTCOME_STAY_OPEN});
	assert_int_equal(c->out.ticket.former_state, TICKET_NO_STATE);
}

static void reopen_takes_anything_but_open_and_merged(void **state)
{
	struct rule_case *c = *state;
	refuse(c, reopen, "state");
	make_resolved(c);
	accept(c, reopen);
	assert_int_equal(c->out.ticket.state, TICKET_OPEN);
	assert_int_equal(c->out.ticket.waiting_since, NOW);
	assert_int_equal(c->out.ticket.due_at, c->ticket.resolve_due_at);
	c->ticket.state = TICKET_SNOOZED;
	c->ticket.snoozed_until = NOW + HOURS(1);
	accept(c, reopen);
	assert_int_equal(c->out.ticket.snoozed_until, 0);
	c->ticket.state = TICKET_DISCARDED;
	accept(c, reopen);
	c->ticket.merged_into = 1002;
	refuse(c, reopen, "merged");
	c->ticket.merged_into = 0;
	hold(c, BRUNO, true);
	refuse(c, reopen, "held");
}

static void a_discard_is_spam_test_or_the_duplicate_of_another(void **state)
{
	struct rule_case *c = *state;
	accept(c, (struct change){.kind = CHANGE_DISCARD, .discard = DISCARD_TEST});
	assert_int_equal(c->out.ticket.state, TICKET_DISCARDED);
	assert_int_equal(c->out.ticket.run_at, 0);
	assert_int_equal(c->out.ticket.due_at, DUE_NEVER);
	refuse(c, (struct change){.kind = CHANGE_DISCARD, .discard = DISCARD_SPAM, .other = 1002},
		"unknown_field");
	const struct change duplicate = {
		.kind = CHANGE_DISCARD, .discard = DISCARD_DUPLICATE, .other = 1002};
	refuse(c, duplicate, "no_ticket");
	c->facts.other_ticket = &c->other_ticket;
	accept(c, duplicate);
	assert_int_equal(c->out.ticket.merged_into, 1002);
	assert_int_equal(c->out.writes, WRITE_TICKET | WRITE_OTHER_TICKET);
	c->other_ticket.run_at = NOW; /* joins the earlier run */
	accept(c, duplicate);
	assert_int_equal(c->out.other_ticket.run_at, c->ticket.run_at);
	refuse(c, (struct change){.kind = CHANGE_DISCARD, .discard = DISCARD_DUPLICATE}, "missing");
	c->other_ticket.customer = OTHER_CUSTOMER;
	refuse(c, duplicate, "other_customer");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		RULE_TEST(every_situation_ends_the_claim),
		RULE_TEST(waiting_without_an_answer_leaves_the_run_open),
		RULE_TEST(a_silent_resolve_closes_the_run_unanswered),
		RULE_TEST(a_snooze_pauses_nothing_and_comes_true),
		RULE_TEST(waiting_long_enough_resolves_dated_back),
		RULE_TEST(a_message_reopens_and_starts_a_run),
		RULE_TEST(a_second_message_joins_the_run),
		RULE_TEST(after_the_window_it_is_another_matter),
		RULE_TEST(spam_stays_spam_and_merged_mail_goes_on_elsewhere),
		RULE_TEST(thanks_after_a_resolve_gives_it_back),
		RULE_TEST(no_answer_gives_every_former_state_back),
		RULE_TEST(a_first_message_may_need_no_answer),
		RULE_TEST(an_answer_forgets_where_the_ticket_came_from),
		RULE_TEST(reopen_takes_anything_but_open_and_merged),
		RULE_TEST(a_discard_is_spam_test_or_the_duplicate_of_another),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
