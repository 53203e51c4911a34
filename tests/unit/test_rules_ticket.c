#include "rule_case.h"

#include <string.h>

static struct change new_ticket(void)
{
	return (struct change){.kind = CHANGE_NEW,
		.channel = CHANNEL_EMAIL,
		.subject = "Where is my order",
		.text = "I ordered on Monday.",
		.customer = CUSTOMER};
}

/* Facts of a change without a ticket. */
static void no_ticket(struct rule_case *c)
{
	c->facts.ticket = NULL;
}

static void a_customers_first_message_opens_a_ticket(void **state)
{
	struct rule_case *c = *state;
	no_ticket(c);
	struct change change = new_ticket();
	change.team = ENTREGA;
	accept(c, change);
	const struct ticket *ticket = &c->out.ticket;
	assert_int_equal(ticket->number, 1100);
	assert_int_equal(ticket->state, TICKET_OPEN);
	assert_int_equal(ticket->customer, CUSTOMER);
	assert_int_equal(ticket->team, ENTREGA);
	assert_int_equal(ticket->priority, PRIORITY_NORMAL);
	assert_int_equal(ticket->opened_at, NOW);
	assert_int_equal(ticket->opened_by, 0);
	assert_int_equal(ticket->run_at, NOW);
	assert_int_equal(ticket->waiting_since, NOW);
	assert_int_equal(ticket->answer_due_at, NOW + HOURS(2));
	assert_int_equal(ticket->resolve_due_at, NOW + HOURS(8));
	assert_int_equal(ticket->due_at, NOW + HOURS(2));
	assert_int_equal(ticket->newest_public, REVISION);
	assert_int_equal(ticket->message_count, 1);
	assert_int_equal(ticket->revision, REVISION);
	assert_int_equal(c->out.message.direction, DIRECTION_IN);
	assert_int_equal(c->out.message.state, MESSAGE_RECEIVED);
	assert_int_equal(c->out.message.ticket, 1100);
	assert_int_equal(c->out.writes, WRITE_TICKET | WRITE_MESSAGE);
}

static void the_priority_chooses_the_target(void **state)
{
	struct rule_case *c = *state;
	no_ticket(c);
	struct change change = new_ticket();
	change.priority = PRIORITY_URGENT;
	accept(c, change);
	assert_int_equal(c->out.ticket.answer_due_at, NOW + MINUTES(30));
	assert_int_equal(c->out.ticket.resolve_due_at, NOW + HOURS(8));
	c->directory.target_count = 0;
	accept(c, change);
	assert_int_equal(c->out.ticket.due_at, DUE_NEVER);
}

/* Monday to Friday, 9 to 12 and 13 to 18, in a zone 3 h west; NOW is a Saturday. */
static void due_times_are_working_time(void **state)
{
	struct rule_case *c = *state;
	no_ticket(c);
	struct calendar calendar = {.id = 1,
		.name = mem_strdup(c->mem, "desk"),
		.zone = {.first_offset_ms = -HOURS(3)}};
	assert_true(calendar_parse_hours(c->mem, "mon-fri 09:00-12:00 13:00-18:00",
		&calendar.intervals, &calendar.interval_count, NULL));
	c->directory.calendar_count = 1;
	c->directory.calendars = &calendar;
	c->directory.teams[0].calendar = 1;
	struct change change = new_ticket();
	change.team = ENTREGA;
	accept(c, change);
	assert_int_equal(c->out.ticket.answer_due_at, NOW + HOURS(48 + 2));  /* Monday 11:00 */
	assert_int_equal(c->out.ticket.resolve_due_at, NOW + HOURS(48 + 9)); /* past lunch */
}

static void an_unknown_address_makes_a_customer(void **state)
{
	struct rule_case *c = *state;
	no_ticket(c);
	c->facts.customer = NULL;
	struct change change = new_ticket();
	refuse(c, change, "no_customer");
	change.customer = 0;
	refuse(c, change, "missing");
	change.address = "maria@example.com";
	accept(c, change);
	assert_string_equal(c->out.customer.name, "maria@example.com");
	assert_int_equal(
		c->out.writes, WRITE_TICKET | WRITE_MESSAGE | WRITE_CUSTOMER | WRITE_ADDRESS);
	change.name = "Maria Souza";
	accept(c, change);
	assert_string_equal(c->out.customer.name, "Maria Souza");
	change.address = "maria@";
	refuse(c, change, "address");
}

static void a_new_ticket_names_what_exists(void **state)
{
	struct rule_case *c = *state;
	no_ticket(c);
	struct change change = new_ticket();
	change.team = 99;
	refuse(c, change, "no_team");
	change.team = TEAM_NONE;
	accept(c, change);
	assert_int_equal(c->out.ticket.team, 0);
	change.ref = "Z-17";
	accept(c, change);
	assert_string_equal(c->out.ticket.ref, "Z-17");
	c->facts.ref_owner = 1001;
	refuse(c, change, "ref_taken");
	c->facts.ref_owner = 0;
	c->customer.merged_into = OTHER_CUSTOMER;
	refuse(c, change, "customer_merged");
	assert_string_equal(c->err.arg[1], "8");
}

static void an_outbound_ticket_waits_and_has_no_run(void **state)
{
	struct rule_case *c = *state;
	no_ticket(c);
	struct change change = new_ticket();
	change.direction = DIRECTION_OUT;
	accept(c, change);
	assert_int_equal(c->out.ticket.state, TICKET_WAITING);
	assert_int_equal(c->out.ticket.opened_by, ANA);
	assert_int_equal(c->out.ticket.assignee, ANA);
	assert_int_equal(c->out.ticket.run_at, 0);
	assert_int_equal(c->out.ticket.first_answer_at, 0);
	assert_int_equal(c->out.ticket.waited_at, NOW);
	assert_true(c->out.ticket.waiting_since != 0);
	assert_int_equal(c->out.ticket.answer_due_at, DUE_NEVER);
	assert_int_equal(c->out.writes, WRITE_TICKET | WRITE_MESSAGE);
	assert_true(c->out.ticket.newest_is_ours);
	assert_int_equal(c->out.message.state, MESSAGE_QUEUED);
	assert_int_equal(c->out.message.author, ANA);
	change.channel = CHANNEL_COUNTER;
	accept(c, change);
	assert_int_equal(c->out.message.state, MESSAGE_SENT);
}

static void a_note_is_written_beside_any_claim(void **state)
{
	struct rule_case *c = *state;
	hold(c, BRUNO, true);
	accept(c, (struct change){.kind = CHANGE_NOTE, .text = "ask @Bruno, @carla. and ana@x.br"});
	assert_int_equal(c->out.note.id, REVISION);
	assert_int_equal(c->out.note.author, ANA);
	assert_int_equal(c->out.note.ticket, 1001);
	assert_int_equal(c->out.ticket.note_count, 1);
	assert_int_equal(c->out.mention_count, 2);
	assert_int_equal(c->out.mentions[0], BRUNO);
	assert_int_equal(c->out.mentions[1], CARLA);
	assert_int_equal(c->out.claim_step, CLAIM_KEEP);
	assert_int_equal(c->out.draft_kind, DRAFT_NOTE);
	assert_int_equal(
		c->out.writes, WRITE_TICKET | WRITE_NOTE | WRITE_MENTIONS | WRITE_DRAFT_GONE);
	assert_int_equal(c->out.ticket.newest_public, 500); /* the customer does not see it */
	c->ticket.state = TICKET_DISCARDED;
	accept(c, (struct change){.kind = CHANGE_NOTE, .text = "spam"});
}

static struct change tag(enum change_kind kind, const char *word)
{
	return (struct change){.kind = kind, .key = word};
}

static void tags_are_words(void **state)
{
	struct rule_case *c = *state;
	accept(c, tag(CHANGE_TAG, "vip"));
	assert_string_equal(c->out.ticket.tags, " vip ");
	go_on(c);
	accept(c, tag(CHANGE_TAG, "late"));
	assert_string_equal(c->out.ticket.tags, " late vip ");
	go_on(c);
	refuse(c, tag(CHANGE_TAG, "vip"), "same");
	refuse(c, tag(CHANGE_TAG, "two words"), "value");
	accept(c, tag(CHANGE_UNTAG, "vip"));
	assert_string_equal(c->out.ticket.tags, " late ");
	go_on(c);
	refuse(c, tag(CHANGE_UNTAG, "lat"), "same");
	accept(c, tag(CHANGE_UNTAG, "late"));
	assert_string_equal(c->out.ticket.tags, "");
}

static void a_subject_can_be_changed(void **state)
{
	struct rule_case *c = *state;
	accept(c, (struct change){.kind = CHANGE_SUBJECT, .subject = "Lost parcel"});
	assert_string_equal(c->out.ticket.subject, "Lost parcel");
	refuse(c, (struct change){.kind = CHANGE_SUBJECT, .subject = "a\nb"}, "value");
	refuse(c, (struct change){.kind = CHANGE_SUBJECT, .subject = " "}, "blank");
}

static void a_priority_can_make_it_due_earlier_never_later(void **state)
{
	struct rule_case *c = *state;
	const struct change urgent = {.kind = CHANGE_PRIORITY, .priority = PRIORITY_URGENT};
	accept(c, urgent);
	assert_int_equal(c->out.ticket.priority, PRIORITY_URGENT);
	assert_int_equal(c->out.ticket.answer_due_at, c->ticket.run_at + MINUTES(30));
	go_on(c);
	refuse(c, urgent, "same");
	accept(c, (struct change){.kind = CHANGE_PRIORITY, .priority = PRIORITY_LOW});
	assert_int_equal(c->out.ticket.priority, PRIORITY_LOW);
	assert_int_equal(c->out.ticket.answer_due_at, c->ticket.run_at + MINUTES(30));
}

static struct change split_at(int64_t message)
{
	return (struct change){.kind = CHANGE_SPLIT, .message = message, .subject = "Another"};
}

static void make_two_messages(struct rule_case *c)
{
	c->message = (struct message){
		.id = 600, .ticket = 1001, .direction = DIRECTION_IN, .at = NOW - MINUTES(20)};
	c->facts.message = &c->message;
	c->ticket.message_count = 2;
	c->ticket.newest_public = 600;
}

static void a_split_moves_what_follows_to_a_new_ticket(void **state)
{
	struct rule_case *c = *state;
	make_two_messages(c);
	c->ticket.escalated_at = NOW;
	accept(c, split_at(600));
	const struct ticket *ticket = &c->out.other_ticket;
	assert_int_equal(ticket->number, 1100);
	assert_int_equal(ticket->state, TICKET_OPEN);
	assert_int_equal(ticket->linked_to, 1001);
	assert_int_equal(ticket->opened_at, NOW - MINUTES(20));
	assert_int_equal(ticket->run_at, NOW - MINUTES(20));
	assert_int_equal(ticket->waiting_since, NOW - MINUTES(20));
	assert_int_equal(ticket->answer_due_at, NOW - MINUTES(20) + HOURS(2));
	assert_int_equal(ticket->resolve_due_at, NOW - MINUTES(20) + HOURS(8));
	assert_int_equal(ticket->escalated_at, 0);
	assert_string_equal(ticket->subject, "Another");
	assert_int_equal(c->out.move_from, 600);
	assert_int_equal(c->out.ticket.run_at, c->ticket.run_at);
	assert_int_equal(c->out.writes, WRITE_TICKET | WRITE_OTHER_TICKET | WRITE_MOVE_TEXTS);
}

static void a_run_goes_with_its_message(void **state)
{
	struct rule_case *c = *state;
	make_two_messages(c);
	c->ticket.run_at = NOW - MINUTES(20); /* the first was answered */
	accept(c, split_at(600));
	assert_int_equal(c->out.ticket.run_at, 0);
	assert_int_equal(c->out.ticket.answer_due_at, DUE_NEVER);
	assert_int_equal(c->out.other_ticket.run_at, NOW - MINUTES(20));
	assert_int_equal(c->out.other_ticket.opened_by, 0);
	c->message.direction = DIRECTION_OUT;
	c->message.author = BRUNO;
	accept(c, split_at(600));
	assert_int_equal(c->out.other_ticket.opened_by, BRUNO);
	assert_int_equal(c->out.other_ticket.run_at, 0);
	c->message.direction = DIRECTION_IN;
	c->ticket.newest_is_ours = true; /* so was the second */
	accept(c, split_at(600));
	assert_int_equal(c->out.other_ticket.run_at, 0);
}

static void a_split_needs_a_later_message_and_no_other_holder(void **state)
{
	struct rule_case *c = *state;
	refuse(c, split_at(600), "no_message");
	make_two_messages(c);
	hold(c, BRUNO, true);
	refuse(c, split_at(600), "held");
	c->facts.claim = NULL;
	c->message.ticket = 1002;
	refuse(c, split_at(600), "no_message");
	c->message.ticket = 1001;
	c->message.at = c->ticket.opened_at;
	refuse(c, split_at(500), "first_message");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		RULE_TEST(a_customers_first_message_opens_a_ticket),
		RULE_TEST(the_priority_chooses_the_target),
		RULE_TEST(due_times_are_working_time),
		RULE_TEST(an_unknown_address_makes_a_customer),
		RULE_TEST(a_new_ticket_names_what_exists),
		RULE_TEST(an_outbound_ticket_waits_and_has_no_run),
		RULE_TEST(a_note_is_written_beside_any_claim),
		RULE_TEST(tags_are_words),
		RULE_TEST(a_subject_can_be_changed),
		RULE_TEST(a_priority_can_make_it_due_earlier_never_later),
		RULE_TEST(a_split_moves_what_follows_to_a_new_ticket),
		RULE_TEST(a_run_goes_with_its_message),
		RULE_TEST(a_split_needs_a_later_message_and_no_other_holder),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
