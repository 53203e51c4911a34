#include "rule_case.h"

static const struct change undo = {.kind = CHANGE_UNDO, .undo = REVISION};
static const struct change resolving = {
	.kind = CHANGE_REPLY, .text = "Done.", .outcome = OUTCOME_RESOLVE, .reason = 1};

/* Applies the change as ana, then looks at it a second later. */
static void apply(struct rule_case *c, struct change change)
{
	accept(c, change);
	bool was_ours = c->ticket.newest_is_ours;
	go_on(c);
	c->facts.now = NOW + MS_SECOND;
	c->undone = (struct undone){.kind = change.kind,
		.revision = REVISION,
		.actor = ANA,
		.ticket = 1001,
		.at = NOW,
		.former = &c->former,
		.former_public = 500,
		.former_is_ours = was_ours};
	c->facts.undone = &c->undone;
}

static void a_reply_taken_back_leaves_all_as_it_was(void **state)
{
	struct rule_case *c = *state;
	hold(c, ANA, true);
	c->ticket.resolved_at = NOW - HOURS(9);
	c->ticket.reason = 2;
	c->ticket.former_state = TICKET_RESOLVED;
	c->ticket.answer_due_at = NOW + MINUTES(7); /* of a target since changed */
	apply(c, resolving);
	accept(c, undo);
	assert_int_equal(c->out.message.state, MESSAGE_UNDONE);
	assert_int_equal(c->out.message.id, REVISION);
	assert_int_equal(c->out.ticket.state, TICKET_OPEN);
	assert_int_equal(c->out.ticket.run_at, NOW - HOURS(1));
	assert_int_equal(c->out.ticket.waiting_since, NOW - HOURS(1));
	assert_int_equal(c->out.ticket.answer_due_at, NOW + MINUTES(7));
	assert_int_equal(c->out.ticket.first_answer_at, 0);
	assert_int_equal(c->out.ticket.resolved_at, NOW - HOURS(9));
	assert_int_equal(c->out.ticket.reason, 2);
	assert_int_equal(c->out.ticket.former_state, TICKET_RESOLVED);
	assert_int_equal(c->out.ticket.assignee, 0);
	assert_int_equal(c->out.ticket.newest_public, 500);
	assert_false(c->out.ticket.newest_is_ours);
	assert_int_equal(c->out.ticket.message_count, 1);
	assert_int_equal(c->out.draft_kind, DRAFT_REPLY);
	assert_int_equal(c->out.writes, WRITE_TICKET | WRITE_MESSAGE_STATE | WRITE_DRAFT_BACK);
	assert_int_equal(c->out.claim_step, CLAIM_TAKE); /* claimed again, it is free */
	assert_int_equal(c->out.generation, REVISION + 1);
}

static void it_is_not_claimed_again_when_it_cannot_be(void **state)
{
	struct rule_case *c = *state;
	apply(c, resolving);
	hold(c, BRUNO, true);
	accept(c, undo);
	assert_int_equal(c->out.claim_step, CLAIM_KEEP);
	c->facts.claim = NULL;
	cover(c, BRUNO);
	accept(c, undo);
	assert_int_equal(c->out.claim_step, CLAIM_KEEP);
	c->facts.cover = NULL;
	c->facts.claims_held = 5;
	accept(c, undo);
	assert_int_equal(c->out.claim_step, CLAIM_KEEP);
	c->facts.claims_held = 0;
	act_as(c, DAVI); /* his supervisor takes it back; the text is the author's */
	accept(c, undo);
	assert_int_equal(c->out.claim_step, CLAIM_KEEP);
}

static void what_went_out_cannot_be_taken_back(void **state)
{
	struct rule_case *c = *state;
	apply(c, resolving);
	c->facts.now = NOW + 10 * MS_SECOND - 1;
	accept(c, undo);
	c->facts.now++;
	refuse(c, undo, "undo_late");
	c->facts.now = NOW;
	c->message.state = MESSAGE_SENDING;
	refuse(c, undo, "undo_late");
	c->facts.message = NULL;
	refuse(c, undo, "undo_late");
}

/* What was said by telephone goes nowhere, and has its ten seconds all the same. */
static void what_was_said_can_be_taken_back_as_long(void **state)
{
	struct rule_case *c = *state;
	struct change said = resolving;
	said.channel = CHANNEL_PHONE;
	apply(c, said);
	assert_int_equal(c->message.state, MESSAGE_SENT);
	accept(c, undo);
	assert_int_equal(c->out.message.state, MESSAGE_UNDONE);
	c->facts.now = NOW + 10 * MS_SECOND;
	refuse(c, undo, "undo_late");
	c->facts.now = NOW;
	c->message.channel = CHANNEL_EMAIL;
	refuse(c, undo, "undo_late");
}

/* The customer wrote in those ten seconds: he waits since his first question again, and what he
 * wrote stays the newest. */
static void a_message_of_the_customer_meanwhile_stays(void **state)
{
	struct rule_case *c = *state;
	apply(c, resolving);
	struct message reply = c->message;
	accept(c, (struct change){.kind = CHANGE_RECEIVE, .text = "Anybody?"});
	go_on(c);
	c->facts.now = NOW + 2 * MS_SECOND;
	c->facts.message = &reply;
	struct ticket before_reply = c->undone.former ? *c->undone.former : c->ticket;
	before_reply.run_at = NOW - HOURS(1);
	c->former = before_reply;
	accept(c, undo);
	assert_int_equal(c->out.ticket.state, TICKET_OPEN);
	assert_int_equal(c->out.ticket.run_at, NOW - HOURS(1));
	assert_int_equal(c->out.ticket.newest_public, REVISION + 1);
	assert_false(c->out.ticket.newest_is_ours);
	assert_int_equal(c->out.ticket.message_count, 2);
	assert_int_equal(c->out.ticket.first_answer_at, 0);
}

static void a_reply_that_stayed_open_is_undone_too(void **state)
{
	struct rule_case *c = *state;
	apply(c, (struct change){
			 .kind = CHANGE_REPLY, .text = "Soon.", .outcome = OUTCOME_STAY_OPEN});
	accept(c, undo);
	assert_int_equal(c->out.ticket.first_answer_at, 0);
	assert_int_equal(c->out.ticket.answer_due_at, NOW + HOURS(1));
}

static void assert_undone(struct rule_case *c, struct change change)
{
	struct ticket before = c->ticket;
	apply(c, change);
	accept(c, undo);
	assert_int_equal(c->out.ticket.revision, REVISION + 1);
	c->out.ticket.revision = before.revision;
	assert_memory_equal(&c->out.ticket, &before, sizeof before);
	c->ticket = before;
	c->facts.revision = REVISION;
	c->facts.now = NOW;
	c->facts.claim = NULL;
}

static void situations_and_labels_are_given_back_whole(void **state)
{
	struct rule_case *c = *state;
	assert_undone(c, (struct change){.kind = CHANGE_WAIT});
	assert_undone(c, (struct change){.kind = CHANGE_RESOLVE, .reason = 1});
	assert_undone(c, (struct change){.kind = CHANGE_SNOOZE, .until_at = NOW + HOURS(1)});
	assert_undone(c, (struct change){.kind = CHANGE_NO_ANSWER});
	assert_undone(c, (struct change){.kind = CHANGE_DISCARD, .discard = DISCARD_SPAM});
	assert_undone(c, (struct change){.kind = CHANGE_TRANSFER, .team = COBRANCA});
	assert_undone(c, (struct change){.kind = CHANGE_PRIORITY, .priority = PRIORITY_URGENT});
	assert_undone(c, (struct change){.kind = CHANGE_ESCALATE});
	assert_undone(c, (struct change){.kind = CHANGE_TAG, .key = "vip"});
	assert_undone(c, (struct change){.kind = CHANGE_SUBJECT, .subject = "Other"});
}

static void a_note_written_with_it_stays(void **state)
{
	struct rule_case *c = *state;
	apply(c, (struct change){.kind = CHANGE_TRANSFER, .team = COBRANCA, .text = "yours"});
	c->facts.is_involved = true;
	accept(c, undo);
	assert_int_equal(c->out.ticket.team, ENTREGA);
	assert_int_equal(c->out.ticket.note_count, 1);
}

static void not_after_something_else_has_changed_it(void **state)
{
	struct rule_case *c = *state;
	apply(c, (struct change){.kind = CHANGE_WAIT});
	c->ticket.revision++;
	refuse(c, undo, "undo_late");
	c->ticket.revision--;
	hold(c, BRUNO, true);
	refuse(c, undo, "held");
}

static void not_by_another_and_not_twice(void **state)
{
	struct rule_case *c = *state;
	apply(c, (struct change){.kind = CHANGE_WAIT});
	act_as(c, BRUNO);
	refuse(c, undo, "not_yours");
	assert_string_equal(c->err.arg[0], "ana");
	act_as(c, DAVI);
	accept(c, undo);
	c->undone.is_undone = true;
	refuse(c, undo, "undone");
}

static void not_what_cannot_be(void **state)
{
	struct rule_case *c = *state;
	refuse(c, undo, "no_change");
	apply(c, (struct change){.kind = CHANGE_WAIT});
	c->undone.ticket = 1002;
	refuse(c, undo, "no_change");
	c->undone.ticket = 1001;
	static const enum change_kind kinds[] = {
		CHANGE_RECEIVE, CHANGE_CALL, CHANGE_NOTE, CHANGE_CLAIM, CHANGE_NEW, CHANGE_UNDO};
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
		c->undone.kind = kinds[i];
		refuse(c, undo, "undo_kind");
	}
}

/* History of an older log: what is known of the message still counts. */
static void a_log_that_kept_nothing_is_good_enough(void **state)
{
	struct rule_case *c = *state;
	apply(c, resolving);
	c->undone.former = NULL;
	accept(c, undo);
	assert_int_equal(c->out.ticket.run_at, NOW - HOURS(1));
	assert_int_equal(c->out.ticket.answer_due_at, NOW + HOURS(1));
	assert_int_equal(c->out.ticket.resolved_at, 0);
	assert_int_equal(c->out.ticket.reason, 0);
	c->message.run_at = 0; /* it answered nobody */
	accept(c, undo);
	assert_int_equal(c->out.ticket.run_at, 0);
}

static void a_resolve_by_time_before_it_is_given_back(void **state)
{
	struct rule_case *c = *state;
	c->ticket.resolved_at = NOW - HOURS(9);
	c->ticket.resolved_by_time = true;
	apply(c, resolving);
	accept(c, undo);
	assert_true(c->out.ticket.resolved_by_time);
	assert_int_equal(c->out.ticket.resolved_at, NOW - HOURS(9));
	c->ticket.resolved_at = NOW + 1; /* resolved anew meanwhile */
	accept(c, undo);
	assert_int_equal(c->out.ticket.resolved_at, NOW + 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		RULE_TEST(a_reply_taken_back_leaves_all_as_it_was),
		RULE_TEST(it_is_not_claimed_again_when_it_cannot_be),
		RULE_TEST(what_went_out_cannot_be_taken_back),
		RULE_TEST(what_was_said_can_be_taken_back_as_long),
		RULE_TEST(a_message_of_the_customer_meanwhile_stays),
		RULE_TEST(a_reply_that_stayed_open_is_undone_too),
		RULE_TEST(a_log_that_kept_nothing_is_good_enough),
		RULE_TEST(a_resolve_by_time_before_it_is_given_back),
		RULE_TEST(situations_and_labels_are_given_back_whole),
		RULE_TEST(a_note_written_with_it_stays),
		RULE_TEST(not_after_something_else_has_changed_it),
		RULE_TEST(not_by_another_and_not_twice),
		RULE_TEST(not_what_cannot_be),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
