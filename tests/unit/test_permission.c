#include "rule_case.h"

#include "core/permission.h"

static const struct operator_ *person(const struct rule_case *c, int64_t id)
{
	return directory_operator(&c->directory, id);
}

static bool sees(const struct rule_case *c, int64_t id)
{
	return permission_sees_ticket(
		person(c, id), &c->ticket, c->facts.claim, c->facts.is_involved);
}

static void a_ticket_is_seen_by_its_team(void **state)
{
	struct rule_case *c = *state;
	assert_true(sees(c, ANA));
	assert_true(sees(c, BRUNO));
	assert_true(sees(c, DAVI));
	assert_true(sees(c, EVA)); /* an admin sees all */
	assert_false(sees(c, CARLA));
	c->ticket.team = 0;
	assert_true(sees(c, CARLA));
	c->ticket.team = COBRANCA;
	assert_true(sees(c, CARLA));
	assert_false(sees(c, DAVI));
}

static void and_by_who_holds_it_has_it_or_is_mentioned(void **state)
{
	struct rule_case *c = *state;
	hold(c, CARLA, true);
	assert_true(sees(c, CARLA));
	hold(c, BRUNO, true);
	assert_false(sees(c, CARLA));
	c->ticket.assignee = CARLA;
	assert_true(sees(c, CARLA));
	c->ticket.assignee = 0;
	c->facts.is_involved = true;
	assert_true(sees(c, CARLA));
}

static void a_supervisor_is_one_of_his_teams(void **state)
{
	struct rule_case *c = *state;
	assert_true(permission_supervises(person(c, DAVI), person(c, ANA)));
	assert_false(permission_supervises(person(c, DAVI), person(c, CARLA)));
	assert_true(permission_supervises(person(c, DAVI), person(c, EVA))); /* in no team */
	assert_true(permission_supervises(person(c, EVA), person(c, CARLA)));
	assert_false(permission_supervises(person(c, ANA), person(c, BRUNO)));
	assert_false(permission_supervises(person(c, ANA), person(c, ANA)));
}

static void a_draft_is_seen_by_author_supervisor_and_holder(void **state)
{
	struct rule_case *c = *state;
	const struct claim *none = NULL;
	assert_true(permission_sees_draft(person(c, ANA), person(c, ANA), none, NOW));
	assert_false(permission_sees_draft(person(c, BRUNO), person(c, ANA), none, NOW));
	assert_true(permission_sees_draft(person(c, DAVI), person(c, ANA), none, NOW));
	hold(c, BRUNO, true);
	assert_true(permission_sees_draft(person(c, BRUNO), person(c, ANA), &c->claim, NOW));
	assert_false(permission_sees_draft(person(c, CARLA), person(c, ANA), &c->claim, NOW));
	hold(c, BRUNO, false);
	assert_false(permission_sees_draft(person(c, BRUNO), person(c, ANA), &c->claim, NOW));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		RULE_TEST(a_ticket_is_seen_by_its_team),
		RULE_TEST(and_by_who_holds_it_has_it_or_is_mentioned),
		RULE_TEST(a_supervisor_is_one_of_his_teams),
		RULE_TEST(a_draft_is_seen_by_author_supervisor_and_holder),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
