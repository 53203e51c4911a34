#include "rule_case.h"

#include <string.h>

static const struct change wait = {
	.kind = CHANGE_REPLY, .text = "It is on its way.", .outcome = OUTCOME_WAIT};
static const struct change resolve = {
	.kind = CHANGE_REPLY, .text = "It is on its way.", .outcome = OUTCOME_RESOLVE, .reason = 2};
static const struct change stay = {
	.kind = CHANGE_REPLY, .text = "We are looking.", .outcome = OUTCOME_STAY_OPEN};

static struct change under(struct change change, int64_t generation)
{
	change.generation = generation;
	return change;
}

static struct change having_seen(struct change change, int64_t message)
{
	change.seen = message;
	return change;
}

static void a_reply_under_the_claim_waits_for_the_customer(void **state)
{
	struct rule_case *c = *state;
	hold(c, ANA, true);
	accept(c, under(wait, 800));
	assert_int_equal(c->out.ticket.state, TICKET_WAITING);
	assert_int_equal(c->out.ticket.waited_at, NOW);
	assert_int_equal(c->out.ticket.run_at, 0);
	assert_int_equal(c->out.ticket.first_answer_at, NOW);
	assert_int_equal(c->out.ticket.assignee, ANA);
	assert_int_equal(c->out.ticket.newest_public, REVISION);
	assert_true(c->out.ticket.newest_is_ours);
	assert_int_equal(c->out.ticket.message_count, 2);
	assert_int_equal(c->out.ticket.due_at, c->ticket.resolve_due_at);
	assert_int_equal(c->out.ticket.revision, REVISION);
	assert_int_equal(c->out.claim_step, CLAIM_END);
	assert_int_equal(c->out.generation, 0);
	assert_int_equal(c->out.draft_kind, DRAFT_REPLY);
	assert_int_equal(c->out.writes, WRITE_TICKET | WRITE_MESSAGE | WRITE_DRAFT_GONE);
}

static void the_message_is_queued_for_as_long_as_it_can_be_undone(void **state)
{
	struct rule_case *c = *state;
	accept(c, wait);
	const struct message *message = &c->out.message;
	assert_int_equal(message->state, MESSAGE_QUEUED);
	assert_int_equal(message->send_at, NOW + 10 * MS_SECOND);
	assert_int_equal(message->id, REVISION);
	assert_int_equal(message->author, ANA);
	assert_int_equal(message->channel, CHANNEL_EMAIL);
	assert_int_equal(message->direction, DIRECTION_OUT);
	assert_int_equal(message->run_at, c->ticket.run_at);
	assert_true(message->is_first);
	assert_string_equal(message->message_id, "<01020300-0000-0000-0000-000000000000@atende>");
}

static void what_is_said_is_sent_at_once(void **state)
{
	struct rule_case *c = *state;
	struct change change = wait;
	change.channel = CHANNEL_PHONE; /* though the question came by mail */
	accept(c, change);
	assert_int_equal(c->out.message.channel, CHANNEL_PHONE);
	assert_int_equal(c->out.message.state, MESSAGE_SENT);
	assert_int_equal(c->out.message.send_at, NOW + 10 * MS_SECOND); /* to take back */
}

static void a_resolve_asks_for_the_reason(void **state)
{
	struct rule_case *c = *state;
	accept(c, resolve);
	assert_int_equal(c->out.ticket.state, TICKET_RESOLVED);
	assert_int_equal(c->out.ticket.resolved_at, NOW);
	assert_int_equal(c->out.ticket.reason, 2);
	assert_int_equal(c->out.ticket.due_at, DUE_NEVER);
	struct change change = resolve;
	change.reason = 0;
	refuse(c, change, "missing");
	change.reason = 99;
	refuse(c, change, "no_reason");
	c->directory.reasons[1].enabled = false;
	refuse(c, resolve, "no_reason");
	c->directory.reason_count = 0;
	change.reason = 0;
	accept(c, change);
}

/* The first answer counts, the customer still waits. */
static void a_reply_that_stays_open_leaves_the_run_open(void **state)
{
	struct rule_case *c = *state;
	accept(c, stay);
	assert_int_equal(c->out.ticket.state, TICKET_OPEN);
	assert_int_equal(c->out.ticket.run_at, c->ticket.run_at);
	assert_int_equal(c->out.ticket.waiting_since, c->ticket.run_at);
	assert_int_equal(c->out.ticket.first_answer_at, NOW);
	assert_int_equal(c->out.ticket.answer_due_at, c->ticket.run_at + HOURS(4));
	c->ticket.state = TICKET_WAITING;
	accept(c, stay);
	assert_int_equal(c->out.ticket.state, TICKET_OPEN);
	go_on(c);
	c->directory.targets[0].next_answer_ms = HOURS(1);
	accept(c, having_seen(stay, REVISION));
	assert_int_equal(c->out.ticket.answer_due_at, c->ticket.run_at + HOURS(4));
	assert_int_equal(c->out.ticket.first_answer_at, NOW);
	assert_false(c->out.message.is_first);
}

static void a_free_ticket_is_claimed_by_the_reply(void **state)
{
	struct rule_case *c = *state;
	accept(c, wait);
	hold(c, BRUNO, false);
	accept(c, wait);
	assert_int_equal(c->out.claim_step, CLAIM_END);
	c->facts.claims_held = 5; /* it ends at once */
	accept(c, wait);
}

static void a_reply_against_anothers_claim_is_refused(void **state)
{
	struct rule_case *c = *state;
	hold(c, BRUNO, true);
	refuse(c, wait, "held");
	refuse(c, having_seen(wait, 500), "held");
	refuse(c, under(wait, 800), "stale");
	refuse(c, under(wait, 790), "stale");
}

static void a_stale_generation_is_refused(void **state)
{
	struct rule_case *c = *state;
	hold(c, ANA, true);
	refuse(c, under(wait, 799), "stale");
	assert_int_equal(c->err.code, ERROR_CONFLICT);
	c->facts.claim = NULL; /* released, or a reply of the other terminal ended it */
	refuse(c, under(wait, 800), "stale");
}

static void an_expired_claim_that_nobody_replaced_is_good(void **state)
{
	struct rule_case *c = *state;
	hold(c, ANA, false);
	c->claim.is_logged = true;
	accept(c, under(wait, 800));
	hold(c, BRUNO, false); /* bruno replaced it, then his ran out */
	refuse(c, under(wait, 799), "stale");
}

static void a_reply_to_a_covered_customer_is_refused(void **state)
{
	struct rule_case *c = *state;
	cover(c, BRUNO);
	refuse(c, wait, "covered");
	struct change change = wait;
	change.separate = FLAG_YES;
	accept(c, change);
	hold(c, ANA, true); /* taken separately before */
	accept(c, under(wait, 800));
	hold(c, ANA, false);
	refuse(c, under(wait, 800), "covered");
	c->claim.separate = true;
	accept(c, under(wait, 800));
}

static void something_unseen_is_refused(void **state)
{
	struct rule_case *c = *state;
	accept(c, having_seen(wait, 500));
	refuse(c, having_seen(wait, 499), "unseen");
	assert_int_equal(c->err.code, ERROR_CONFLICT);
	accept(c, having_seen(wait, 600)); /* what was undone since may have been seen */
}

static void a_reply_that_saw_nothing_must_not_follow_ours(void **state)
{
	struct rule_case *c = *state;
	accept(c, wait);
	c->ticket.newest_is_ours = true;
	refuse(c, wait, "ours_last");
	accept(c, having_seen(wait, 500));
	c->ticket.newest_public = 0;
	accept(c, wait);
}

static void a_reply_without_text_or_outcome_is_none(void **state)
{
	struct rule_case *c = *state;
	struct change change = wait;
	change.text = " \n";
	refuse(c, change, "blank");
	change.text = NULL;
	refuse(c, change, "missing");
	change = wait;
	change.outcome = OUTCOME_NONE;
	refuse(c, change, "missing");
	change = wait;
	change.message_state = MESSAGE_SENT;
	refuse(c, change, "value");
	c->ticket.state = TICKET_DISCARDED;
	refuse(c, wait, "discarded");
	c->facts.actor = NULL;
	c->ticket.state = TICKET_OPEN;
	refuse(c, wait, "no_operator");
}

static struct change history(struct change change, int64_t at)
{
	change.imported = true;
	change.at = at;
	return change;
}

static void history_needs_no_claim_and_ends_none(void **state)
{
	struct rule_case *c = *state;
	hold(c, BRUNO, true);
	struct change change = history(wait, NOW - HOURS(2));
	refuse(c, change, "role");
	act_as(c, DAVI);
	c->facts.now = change.at;
	change.operator_id = CARLA;
	accept(c, change);
	assert_int_equal(c->out.claim_step, CLAIM_KEEP);
	assert_int_equal(c->out.message.author, CARLA);
	assert_int_equal(c->out.message.state, MESSAGE_SENT);
	assert_int_equal(c->out.message.at, NOW - HOURS(2));
	change.operator_id = 99;
	refuse(c, change, "no_operator");
	change.at = 0;
	refuse(c, change, "value");
}

static void what_did_not_arrive_is_no_answer(void **state)
{
	struct rule_case *c = *state;
	act_as(c, DAVI);
	struct change change = history(wait, NOW);
	change.message_state = MESSAGE_BOUNCED;
	accept(c, change);
	assert_int_equal(c->out.ticket.state, TICKET_OPEN);
	assert_int_equal(c->out.ticket.run_at, c->ticket.run_at);
	assert_int_equal(c->out.ticket.first_answer_at, 0);
	assert_int_equal(c->out.message.run_at, 0);
	c->ticket.state = TICKET_WAITING; /* a bounce reopens */
	accept(c, change);
	assert_int_equal(c->out.ticket.state, TICKET_OPEN);
	change.message_state = MESSAGE_UNDONE;
	accept(c, change);
	assert_int_equal(c->out.ticket.newest_public, 500);
	assert_int_equal(c->out.ticket.message_count, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		RULE_TEST(a_reply_under_the_claim_waits_for_the_customer),
		RULE_TEST(the_message_is_queued_for_as_long_as_it_can_be_undone),
		RULE_TEST(what_is_said_is_sent_at_once),
		RULE_TEST(a_resolve_asks_for_the_reason),
		RULE_TEST(a_reply_that_stays_open_leaves_the_run_open),
		RULE_TEST(a_free_ticket_is_claimed_by_the_reply),
		RULE_TEST(a_reply_against_anothers_claim_is_refused),
		RULE_TEST(a_stale_generation_is_refused),
		RULE_TEST(an_expired_claim_that_nobody_replaced_is_good),
		RULE_TEST(a_reply_to_a_covered_customer_is_refused),
		RULE_TEST(something_unseen_is_refused),
		RULE_TEST(a_reply_that_saw_nothing_must_not_follow_ours),
		RULE_TEST(a_reply_without_text_or_outcome_is_none),
		RULE_TEST(history_needs_no_claim_and_ends_none),
		RULE_TEST(what_did_not_arrive_is_no_answer),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
