#include "rule_case.h"

static void only_an_admin_changes_the_desk(void **state)
{
	struct rule_case *c = *state;
	static const enum change_kind kinds[] = {
		CHANGE_OPERATOR, CHANGE_TEAM, CHANGE_CALENDAR, CHANGE_SETTING};
	for (int who = ANA; who < OPERATORS; who++) {
		act_as(c, who);
		for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
			bool sets = kinds[i] == CHANGE_SETTING;
			struct change change = {.kind = kinds[i],
				.key = sets ? "undo" : "x",
				.value = sets ? "20s" : NULL};
			if (who == EVA) {
				accept(c, change);
			} else {
				refuse(c, change, "role");
			}
		}
	}
	act_as(c, DAVI);
	accept(c, (struct change){.kind = CHANGE_REASON, .key = "x"});
	accept(c, (struct change){.kind = CHANGE_ANSWER, .key = "x", .text = "Hello"});
	act_as(c, ANA);
	refuse(c, (struct change){.kind = CHANGE_REASON, .key = "x"}, "role");
}

static void an_operator_is_made_and_altered(void **state)
{
	struct rule_case *c = *state;
	act_as(c, EVA);
	accept(c, (struct change){
			  .kind = CHANGE_OPERATOR, .key = "fabio", .value = "cobranca entrega"});
	assert_int_equal(c->out.operator_.id, 0);
	assert_int_equal(c->out.writes, WRITE_DESK);
	assert_string_equal(c->out.operator_.login, "fabio");
	assert_string_equal(c->out.operator_.name, "fabio");
	assert_string_equal(c->out.operator_.pause_reason, "");
	assert_int_equal(c->out.operator_.role, ROLE_OPERATOR);
	assert_true(c->out.operator_.enabled);
	assert_int_equal(c->out.operator_.team_count, 2);
	assert_int_equal(c->out.operator_.teams[0], ENTREGA);
	assert_int_equal(c->out.operator_.teams[1], COBRANCA);
	accept(c, (struct change){.kind = CHANGE_OPERATOR, .key = "ana", .role = ROLE_SUPERVISOR});
	assert_int_equal(c->out.operator_.id, ANA);
	assert_int_equal(c->out.operator_.role, ROLE_SUPERVISOR);
	assert_int_equal(c->out.operator_.team_count, 1);
	accept(c, (struct change){.kind = CHANGE_OPERATOR, .key = "ana", .value = ""});
	assert_int_equal(c->out.operator_.team_count, 0);
	refuse(c, (struct change){.kind = CHANGE_OPERATOR, .key = "ana", .value = "vendas"},
		"no_team");
	refuse(c, (struct change){.kind = CHANGE_OPERATOR, .key = "Ana Maria"}, "value");
	refuse(c, (struct change){.kind = CHANGE_OPERATOR, .key = "me"}, "value");
	refuse(c, (struct change){.kind = CHANGE_TEAM, .key = "none"}, "value");
}

static void a_desk_keeps_an_admin(void **state)
{
	struct rule_case *c = *state;
	act_as(c, EVA);
	refuse(c, (struct change){.kind = CHANGE_OPERATOR, .key = "eva", .enabled = FLAG_NO},
		"last_admin");
	refuse(c, (struct change){.kind = CHANGE_OPERATOR, .key = "eva", .role = ROLE_OPERATOR},
		"last_admin");
	c->directory.operators[DAVI - 1].role = ROLE_ADMIN;
	accept(c, (struct change){.kind = CHANGE_OPERATOR, .key = "eva", .enabled = FLAG_NO});
	c->directory.operators[DAVI - 1].enabled = false;
	refuse(c, (struct change){.kind = CHANGE_OPERATOR, .key = "eva", .enabled = FLAG_NO},
		"last_admin");
}

static void a_team_has_a_calendar_that_exists(void **state)
{
	struct rule_case *c = *state;
	act_as(c, EVA);
	refuse(c, (struct change){.kind = CHANGE_TEAM, .key = "entrega", .calendar = 4},
		"no_calendar");
	accept(c, (struct change){.kind = CHANGE_TEAM, .key = "cobranca", .name = "Billing"});
	assert_int_equal(c->out.team.id, COBRANCA);
	assert_string_equal(c->out.team.name, "Billing");
	assert_int_equal(c->out.team.question_ms, HOURS(1));
	assert_string_equal(c->out.team.key, "cobranca");
	assert_int_equal(c->out.writes, WRITE_DESK);
	struct calendar calendar = {.id = 4};
	c->directory.calendar_count = 1;
	c->directory.calendars = &calendar;
	accept(c, (struct change){.kind = CHANGE_TEAM,
			  .key = "vendas",
			  .calendar = 4,
			  .question_ms = HOURS(2)});
	assert_int_equal(c->out.team.calendar, 4);
	assert_int_equal(c->out.team.question_ms, HOURS(2));
	assert_string_equal(c->out.team.key, "vendas");
	assert_int_equal(c->out.team.id, 0);
	c->directory.teams[COBRANCA - 1].calendar = 4;
	accept(c, (struct change){.kind = CHANGE_TEAM, .key = "cobranca", .name = "X"});
	assert_int_equal(c->out.team.calendar, 4);
	accept(c, (struct change){.kind = CHANGE_TEAM, .key = "cobranca", .calendar = ID_NONE});
	assert_int_equal(c->out.team.calendar, 0);
}

static void a_calendar_is_understood_before_it_is_kept(void **state)
{
	struct rule_case *c = *state;
	act_as(c, EVA);
	struct change change = {.kind = CHANGE_CALENDAR,
		.key = "desk",
		.value = "America/Sao_Paulo",
		.hours = "mon-fri 09:00-18:00",
		.holidays = "2026-12-25 Natal"};
	accept(c, change);
	assert_int_equal(c->out.writes, WRITE_DESK);
	assert_string_equal(c->out.calendar.key, "desk");
	assert_string_equal(c->out.calendar.zone, "America/Sao_Paulo");
	assert_string_equal(c->out.calendar.hours, "mon-fri 09:00-18:00");
	change.hours = "monday to friday";
	refuse(c, change, "hours");
	change.hours = NULL;
	change.holidays = "25/12";
	refuse(c, change, "holidays");
	accept(c, (struct change){.kind = CHANGE_CALENDAR, .key = "desk"});
	assert_string_equal(c->out.calendar.hours, "always");
	struct calendar_row row = {6, mem_strdup(c->mem, "desk"), mem_strdup(c->mem, "UTC"),
		mem_strdup(c->mem, "sun 10:00-11:00"), mem_strdup(c->mem, "")};
	c->directory.calendar_count = 1;
	c->directory.calendar_rows = &row;
	accept(c,
		(struct change){.kind = CHANGE_CALENDAR, .key = "desk", .holidays = "2026-12-25"});
	assert_int_equal(c->out.calendar.id, 6);
	assert_string_equal(c->out.calendar.hours, "sun 10:00-11:00");
	assert_string_equal(c->out.calendar.holidays, "2026-12-25");
	accept(c, (struct change){.kind = CHANGE_CALENDAR, .key = "other"});
	assert_int_equal(c->out.calendar.id, 0);
}

static void reasons_are_a_tree(void **state)
{
	struct rule_case *c = *state;
	act_as(c, DAVI);
	accept(c, (struct change){.kind = CHANGE_REASON, .key = "perda", .reason = 1});
	assert_int_equal(c->out.reason.parent, 1);
	assert_string_equal(c->out.reason.key, "perda");
	assert_string_equal(c->out.reason.name, "perda");
	assert_int_equal(c->out.writes, WRITE_DESK);
	refuse(c, (struct change){.kind = CHANGE_REASON, .key = "perda", .reason = 99},
		"no_reason");
	refuse(c, (struct change){.kind = CHANGE_REASON, .key = "entrega", .reason = 2},
		"no_reason"); /* would be below itself */
	accept(c, (struct change){.kind = CHANGE_REASON, .key = "atraso", .enabled = FLAG_NO});
	assert_false(c->out.reason.enabled);
	assert_int_equal(c->out.reason.parent, 1);
	accept(c, (struct change){.kind = CHANGE_REASON, .key = "atraso", .reason = ID_NONE});
	assert_int_equal(c->out.reason.parent, 0);
}

static void an_answer_needs_a_text_once(void **state)
{
	struct rule_case *c = *state;
	struct answer answer = {1, mem_strdup(c->mem, "ola"), mem_strdup(c->mem, "Olá"),
		mem_strdup(c->mem, "Olá, {{customer.name}}"), ENTREGA, true};
	act_as(c, DAVI);
	refuse(c, (struct change){.kind = CHANGE_ANSWER, .key = "ola"}, "missing");
	c->directory.answer_count = 1;
	c->directory.answers = &answer;
	accept(c, (struct change){.kind = CHANGE_ANSWER, .key = "ola", .team = TEAM_NONE});
	assert_int_equal(c->out.answer.id, 1);
	assert_int_equal(c->out.answer.team, 0);
	assert_string_equal(c->out.answer.text, "Olá, {{customer.name}}");
	assert_string_equal(c->out.answer.name, "Olá");
	assert_int_equal(c->out.writes, WRITE_DESK);
	accept(c, (struct change){.kind = CHANGE_ANSWER,
			  .key = "ate",
			  .name = "Até",
			  .text = "Até logo",
			  .enabled = FLAG_NO});
	assert_int_equal(c->out.answer.id, 0);
	assert_string_equal(c->out.answer.key, "ate");
	assert_string_equal(c->out.answer.name, "Até");
	assert_string_equal(c->out.answer.text, "Até logo");
	assert_false(c->out.answer.enabled);
	refuse(c, (struct change){.kind = CHANGE_ANSWER, .key = "ola", .team = 99}, "no_team");
	refuse(c, (struct change){.kind = CHANGE_ANSWER, .key = "O LA", .text = "x"}, "value");
}

static void a_target_is_for_what_it_names(void **state)
{
	struct rule_case *c = *state;
	act_as(c, EVA);
	accept(c, (struct change){.kind = CHANGE_TARGET,
			  .team = ENTREGA,
			  .channel = CHANNEL_CHAT,
			  .first_answer_ms = MINUTES(5)});
	assert_int_equal(c->out.target.team, ENTREGA);
	assert_int_equal(c->out.target.channel, CHANNEL_CHAT);
	assert_int_equal(c->out.target.first_answer_ms, MINUTES(5));
	assert_int_equal(c->out.writes, WRITE_DESK);
	refuse(c, (struct change){.kind = CHANGE_TARGET, .first_answer_ms = -1}, "value");
	refuse(c, (struct change){.kind = CHANGE_TARGET, .team = 99}, "no_team");
}

static struct change set(const char *key, const char *value)
{
	return (struct change){.kind = CHANGE_SETTING, .key = key, .value = value};
}

static void settings_have_names_and_limits(void **state)
{
	struct rule_case *c = *state;
	act_as(c, EVA);
	accept(c, set("claim", "3m"));
	assert_int_equal(c->out.writes, WRITE_DESK);
	refuse(c, set("claim", "0s"), "setting_value");
	refuse(c, set("claim", "soon"), "setting_value");
	assert_string_equal(c->err.arg[2], "120s");
	refuse(c, set("colour", "blue"), "no_setting");
}

static void a_day_has_an_operator(void **state)
{
	struct rule_case *c = *state;
	accept(c, (struct change){.kind = CHANGE_SIGN_IN});
	assert_int_equal(c->out.operator_.id, ANA);
	assert_int_equal(c->out.operator_.signed_in_at, NOW);
	assert_int_equal(c->out.writes, WRITE_DAY);
	c->directory.operators[ANA - 1].signed_in_at = NOW - HOURS(2);
	c->directory.operators[ANA - 1].paused_at = NOW - HOURS(1);
	accept(c, (struct change){.kind = CHANGE_SIGN_IN}); /* a second terminal */
	assert_int_equal(c->out.operator_.signed_in_at, NOW - HOURS(2));
	assert_int_equal(c->out.operator_.paused_at, 0);
	accept(c, (struct change){.kind = CHANGE_SIGN_OUT});
	assert_int_equal(c->out.operator_.signed_in_at, 0);
	assert_int_equal(c->out.operator_.paused_at, 0);
	c->facts.actor = NULL;
	refuse(c, (struct change){.kind = CHANGE_SIGN_IN}, "no_operator");
}

static void pauses_begin_and_end_once(void **state)
{
	struct rule_case *c = *state;
	refuse(c, (struct change){.kind = CHANGE_RESUME}, "same");
	accept(c, (struct change){.kind = CHANGE_PAUSE, .text = "lunch"});
	assert_int_equal(c->out.operator_.paused_at, NOW);
	assert_string_equal(c->out.operator_.pause_reason, "lunch");
	c->directory.operators[ANA - 1].paused_at = NOW;
	refuse(c, (struct change){.kind = CHANGE_PAUSE}, "same");
	accept(c, (struct change){.kind = CHANGE_RESUME});
	assert_int_equal(c->out.operator_.paused_at, 0);
	assert_string_equal(c->out.operator_.pause_reason, "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		RULE_TEST(only_an_admin_changes_the_desk),
		RULE_TEST(an_operator_is_made_and_altered),
		RULE_TEST(a_desk_keeps_an_admin),
		RULE_TEST(a_team_has_a_calendar_that_exists),
		RULE_TEST(a_calendar_is_understood_before_it_is_kept),
		RULE_TEST(reasons_are_a_tree),
		RULE_TEST(an_answer_needs_a_text_once),
		RULE_TEST(a_target_is_for_what_it_names),
		RULE_TEST(settings_have_names_and_limits),
		RULE_TEST(a_day_has_an_operator),
		RULE_TEST(pauses_begin_and_end_once),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
