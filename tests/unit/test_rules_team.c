#include "rule_case.h"

static void a_transfer_ends_the_claim_and_restarts_no_clock(void **state)
{
	struct rule_case *c = *state;
	hold(c, ANA, true);
	c->ticket.assignee = ANA;
	accept(c, (struct change){.kind = CHANGE_TRANSFER, .team = COBRANCA});
	assert_int_equal(c->out.ticket.team, COBRANCA);
	assert_int_equal(c->out.ticket.assignee, 0);
	assert_int_equal(c->out.ticket.answer_due_at, c->ticket.answer_due_at);
	assert_int_equal(c->out.ticket.run_at, c->ticket.run_at);
	assert_int_equal(c->out.claim_step, CLAIM_END);
}

static void a_transfer_to_a_person_makes_him_assignee(void **state)
{
	struct rule_case *c = *state;
	accept(c, (struct change){
			  .kind = CHANGE_TRANSFER, .operator_id = CARLA, .text = "please, @carla"});
	assert_int_equal(c->out.ticket.assignee, CARLA);
	assert_int_equal(c->out.ticket.team, ENTREGA);
	assert_int_equal(c->out.ticket.note_count, 1);
	assert_string_equal(c->out.note.text, "please, @carla");
	assert_int_equal(c->out.mentions[0], CARLA);
	accept(c, (struct change){.kind = CHANGE_TRANSFER, .team = TEAM_NONE});
	assert_int_equal(c->out.ticket.team, 0);
}

static void a_transfer_must_change_something_that_exists(void **state)
{
	struct rule_case *c = *state;
	refuse(c, (struct change){.kind = CHANGE_TRANSFER}, "missing");
	refuse(c, (struct change){.kind = CHANGE_TRANSFER, .team = ENTREGA}, "same");
	refuse(c, (struct change){.kind = CHANGE_TRANSFER, .team = 99}, "no_team");
	refuse(c, (struct change){.kind = CHANGE_TRANSFER, .operator_id = 99}, "no_operator");
	c->directory.operators[BRUNO - 1].enabled = false;
	refuse(c, (struct change){.kind = CHANGE_TRANSFER, .operator_id = BRUNO}, "disabled");
	c->ticket.assignee = BRUNO; /* back to the whole team */
	accept(c, (struct change){.kind = CHANGE_TRANSFER, .team = ENTREGA});
	assert_int_equal(c->out.ticket.assignee, 0);
	hold(c, BRUNO, true);
	refuse(c, (struct change){.kind = CHANGE_TRANSFER, .team = COBRANCA}, "held");
}

static void an_escalation_raises_and_tells_the_supervisors(void **state)
{
	struct rule_case *c = *state;
	hold(c, BRUNO, true);
	accept(c, (struct change){.kind = CHANGE_ESCALATE, .text = "@davi @bruno look"});
	assert_int_equal(c->out.ticket.priority, PRIORITY_HIGH);
	assert_int_equal(c->out.ticket.escalated_at, NOW);
	assert_int_equal(c->out.claim_step, CLAIM_KEEP);
	assert_int_equal(c->out.mention_count, 2); /* davi once */
	assert_true(c->out.writes & WRITE_MENTIONS);
	c->ticket.priority = PRIORITY_HIGH;
	accept(c, (struct change){.kind = CHANGE_ESCALATE});
	assert_int_equal(c->out.ticket.priority, PRIORITY_URGENT);
	assert_int_equal(c->out.ticket.answer_due_at, c->ticket.run_at + MINUTES(30));
	assert_int_equal(c->out.mention_count, 1);
	assert_int_equal(c->out.mentions[0], DAVI);
	assert_int_equal(c->out.writes, WRITE_TICKET | WRITE_MENTIONS);
	c->ticket.priority = PRIORITY_URGENT;
	accept(c, (struct change){.kind = CHANGE_ESCALATE});
	assert_int_equal(c->out.ticket.priority, PRIORITY_URGENT);
}

static void where_a_team_has_no_supervisor_all_are_told(void **state)
{
	struct rule_case *c = *state;
	c->ticket.team = COBRANCA;
	act_as(c, CARLA);
	accept(c, (struct change){.kind = CHANGE_ESCALATE});
	assert_int_equal(c->out.mention_count, 2);
	assert_int_equal(c->out.mentions[0], DAVI);
	assert_int_equal(c->out.mentions[1], EVA);
}

static void a_question_has_a_clock_of_its_own(void **state)
{
	struct rule_case *c = *state;
	hold(c, BRUNO, true);
	accept(c, (struct change){.kind = CHANGE_ASK, .team = COBRANCA, .text = "Paid?"});
	assert_int_equal(c->out.question.id, REVISION);
	assert_int_equal(c->out.question.team, COBRANCA);
	assert_int_equal(c->out.question.asked_by, ANA);
	assert_int_equal(c->out.question.due_at, NOW + HOURS(1));
	assert_int_equal(c->out.writes, WRITE_QUESTION | WRITE_DRAFT_GONE);
	assert_int_equal(c->out.draft_kind, DRAFT_QUESTION);
	c->directory.teams[1].question_ms = 0;
	accept(c, (struct change){.kind = CHANGE_ASK, .team = COBRANCA, .text = "Paid?"});
	assert_int_equal(c->out.question.due_at, DUE_NEVER);
	refuse(c, (struct change){.kind = CHANGE_ASK, .team = ENTREGA, .text = "Paid?"}, "same");
	refuse(c, (struct change){.kind = CHANGE_ASK, .team = 99, .text = "Paid?"}, "no_team");
}

static void a_question_is_answered_once(void **state)
{
	struct rule_case *c = *state;
	const struct change answer = {
		.kind = CHANGE_ANSWER_QUESTION, .question = 600, .text = "Yes."};
	refuse(c, answer, "no_question");
	struct question question = {.id = 600, .ticket = 1001, .team = COBRANCA, .asked_by = ANA};
	c->facts.question = &question;
	act_as(c, CARLA);
	refuse(c, answer, "no_ticket");
	c->facts.is_involved = true; /* her team is asked */
	accept(c, answer);
	assert_int_equal(c->out.question.answered_at, NOW);
	assert_int_equal(c->out.question.answered_by, CARLA);
	assert_string_equal(c->out.question.answer, "Yes.");
	assert_int_equal(c->out.question.id, 600);
	assert_int_equal(c->out.question.asked_by, ANA);
	assert_int_equal(c->out.writes, WRITE_QUESTION | WRITE_DRAFT_GONE);
	assert_int_equal(c->out.draft_kind, DRAFT_QUESTION_ANSWER);
	question.answered_at = NOW;
	refuse(c, answer, "same");
	question.answered_at = 0;
	question.ticket = 1002;
	refuse(c, answer, "no_question");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		RULE_TEST(a_transfer_ends_the_claim_and_restarts_no_clock),
		RULE_TEST(a_transfer_to_a_person_makes_him_assignee),
		RULE_TEST(a_transfer_must_change_something_that_exists),
		RULE_TEST(an_escalation_raises_and_tells_the_supervisors),
		RULE_TEST(where_a_team_has_no_supervisor_all_are_told),
		RULE_TEST(a_question_has_a_clock_of_its_own),
		RULE_TEST(a_question_is_answered_once),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
