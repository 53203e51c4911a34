#include "rule_case.h"

#include "core/mention.h"

#include <string.h>

static void what_is_there_is_found(void **state)
{
	struct rule_case *c = *state;
	const struct directory *directory = &c->directory;
	assert_int_equal(directory_operator(directory, BRUNO)->id, BRUNO);
	assert_int_equal(directory_login(directory, "bruno")->id, BRUNO);
	assert_null(directory_login(directory, "Bruno"));
	assert_null(directory_operator(directory, 0));
	assert_string_equal(directory_login_of(directory, DAVI), "davi");
	assert_string_equal(directory_login_of(directory, 99), "");
	assert_int_equal(directory_team(directory, COBRANCA)->id, COBRANCA);
	assert_int_equal(directory_team_key(directory, "cobranca")->id, COBRANCA);
	assert_null(directory_team_key(directory, "cobran"));
	assert_int_equal(directory_reason_key(directory, "atraso")->parent, 1);
	assert_null(directory_reason(directory, 99));
	struct answer answers[] = {{.id = 1, .key = mem_strdup(c->mem, "ola")},
		{.id = 2, .key = mem_strdup(c->mem, "ate")}};
	c->directory.answers = answers;
	c->directory.answer_count = 2;
	assert_int_equal(directory_answer(directory, 2)->id, 2);
	assert_int_equal(directory_answer_key(directory, "ate")->id, 2);
	c->directory.answer_count = 0;
	assert_null(directory_answer(directory, 1));
	assert_null(directory_answer_key(directory, "ola"));
	assert_null(directory_calendar(directory, 1));
	assert_null(directory_team_calendar(directory, ENTREGA)); /* day and night */
	assert_true(operator_in_team(directory_operator(directory, ANA), ENTREGA));
	assert_false(operator_in_team(directory_operator(directory, ANA), COBRANCA));
}

static void the_closest_target_counts_each_by_itself(void **state)
{
	struct rule_case *c = *state;
	struct target targets[] = {
		{0, CHANNEL_NONE, PRIORITY_NONE, HOURS(8), HOURS(9), HOURS(10)},
		{0, CHANNEL_NONE, PRIORITY_URGENT, HOURS(1), 0, 0},
		{0, CHANNEL_CHAT, PRIORITY_NONE, HOURS(2), 0, HOURS(3)},
		{ENTREGA, CHANNEL_NONE, PRIORITY_NONE, HOURS(4), HOURS(5), 0},
	};
	c->directory.targets = targets;
	c->directory.target_count = ARRAY_LEN(targets);
	struct target target =
		directory_target(&c->directory, ENTREGA, CHANNEL_CHAT, PRIORITY_URGENT);
	assert_int_equal(target.first_answer_ms, HOURS(4)); /* team before channel */
	assert_int_equal(target.next_answer_ms, HOURS(5));
	assert_int_equal(target.resolution_ms, HOURS(3)); /* the team has none */
	target = directory_target(&c->directory, 0, CHANNEL_CHAT, PRIORITY_URGENT);
	assert_int_equal(target.first_answer_ms, HOURS(2)); /* channel before priority */
	target = directory_target(&c->directory, 0, CHANNEL_EMAIL, PRIORITY_URGENT);
	assert_int_equal(target.first_answer_ms, HOURS(1));
	assert_int_equal(target.next_answer_ms, HOURS(9));
	c->directory.target_count = 0;
	target = directory_target(&c->directory, ENTREGA, CHANNEL_CHAT, PRIORITY_URGENT);
	assert_int_equal(target.first_answer_ms, 0);
}

static void settings_begin_as_designed(void **state)
{
	struct rule_case *c = *state;
	const struct settings *settings = &c->directory.settings;
	assert_int_equal(settings->claim_ms, 120000);
	assert_int_equal(settings->claim_idle_ms, MINUTES(10));
	assert_int_equal(settings->claim_grace_ms, MINUTES(5));
	assert_int_equal(settings->max_claims, 5);
	assert_int_equal(settings->reopen_ms, HOURS(7 * 24));
	assert_int_equal(settings->auto_resolve_ms, HOURS(5 * 24));
	assert_int_equal(settings->undo_ms, 10000);
	assert_int_equal(settings->bin_ms, HOURS(7 * 24));
	assert_int_equal(settings->idle_ms, 60000);
	assert_false(settings->delivery);
	assert_string_equal(settings->desk_name, "");
}

static void every_setting_is_whole(void **state)
{
	struct rule_case *c = *state;
	for (size_t i = 0; i < setting_info_count; i++) {
		const struct setting_info *info = &setting_infos[i];
		struct settings settings;
		settings_init(c->mem, &settings);
		assert_non_null(info->summary);
		assert_true(info->offset < sizeof settings);
		assert_true(settings_set(c->mem, &settings, info->name, info->initial, NULL));
		bool is_number = info->type == SETTING_DURATION || info->type == SETTING_INT ||
				 info->type == SETTING_BYTES;
		assert_int_equal(is_number, info->most > 0);
		for (size_t j = 0; j < i; j++) {
			assert_string_not_equal(info->name, setting_infos[j].name);
			assert_int_not_equal(info->offset, setting_infos[j].offset);
		}
	}
}

static void a_bad_value_changes_nothing(void **state)
{
	struct rule_case *c = *state;
	static const char *const bad[][2] = {{"max_claims", "0"}, {"max_claims", "many"},
		{"max_claims", ""}, {"max_claims", "5x"}, {"max_claims", "99999999999999999999"},
		{"claim", "120"}, {"claim", "900000d"}, {"delivery", "maybe"}};
	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		struct settings settings;
		settings_init(c->mem, &settings);
		assert_false(settings_set(c->mem, &settings, bad[i][0], bad[i][1], &c->err));
		assert_int_equal(c->err.code, ERROR_INVALID);
		assert_int_equal(settings.max_claims, 5);
		assert_int_equal(settings.claim_ms, 120000);
	}
	struct settings settings;
	settings_init(c->mem, &settings);
	assert_true(settings_set(c->mem, &settings, "delivery", "yes", NULL));
	assert_true(settings.delivery);
	assert_true(settings_set(c->mem, &settings, "desk_name", "Loja Sol", NULL));
	assert_string_equal(settings.desk_name, "Loja Sol");
}

static size_t mentions(struct rule_case *c, const char *text, int64_t **ids)
{
	return mention_find(c->mem, text, &c->directory, ids);
}

static void mentions_name_operators_once(void **state)
{
	struct rule_case *c = *state;
	int64_t *ids;
	assert_int_equal(mentions(c, "@bruno, @ana: ask @Bruno.", &ids), 2);
	assert_int_equal(ids[0], BRUNO);
	assert_int_equal(ids[1], ANA);
	assert_int_equal(mentions(c, "(@carla)", &ids), 1);
	static const char *const none[] = {"", "bruno", "mail@bruno", "joão@ana", "@brunos", "@",
		"@brunão", "x.@ana", "@@ana", "@nobody", "@bruno.souza"};
	for (size_t i = 0; i < ARRAY_LEN(none); i++) {
		assert_int_equal(mentions(c, none[i], &ids), 0);
	}
	c->directory.operators[BRUNO - 1].enabled = false;
	assert_int_equal(mentions(c, "@bruno", &ids), 0);
	c->directory.operators[ANA - 1].login = mem_strdup(c->mem, "ana.b");
	assert_int_equal(mentions(c, "@ana.b.", &ids), 1);
}

static void a_claim_lives_until_it_expires(void **state)
{
	struct rule_case *c = *state;
	hold(c, ANA, true);
	assert_true(claim_is_live(&c->claim, NOW));
	assert_true(claim_is_held_by(&c->claim, ANA, NOW));
	assert_false(claim_is_held_by(&c->claim, BRUNO, NOW));
	assert_false(claim_is_live(&c->claim, c->claim.expires_at));
	assert_false(claim_is_live(NULL, NOW));
	c->claim.operator_id = 0;
	assert_false(claim_is_live(&c->claim, NOW));
}

static void an_assignee_is_void_before_due(void **state)
{
	struct rule_case *c = *state;
	c->ticket.assignee = ANA;
	c->ticket.due_at = NOW + MINUTES(30) + 1;
	assert_int_equal(ticket_assignee(&c->ticket, NOW), ANA);
	c->ticket.due_at--;
	assert_int_equal(ticket_assignee(&c->ticket, NOW), 0);
	c->ticket.due_at = DUE_NEVER;
	assert_int_equal(ticket_assignee(&c->ticket, NOW), ANA);
}

static void a_ticket_counts_as_it_is_due(void **state)
{
	struct rule_case *c = *state;
	assert_true(ticket_is_open(&c->ticket, NOW));
	c->ticket.state = TICKET_SNOOZED;
	c->ticket.snoozed_until = NOW + 1;
	assert_false(ticket_is_open(&c->ticket, NOW));
	assert_true(ticket_is_open(&c->ticket, NOW + 1));
	struct ticket woken = c->ticket;
	ticket_settle(&woken, NOW + HOURS(1), HOURS(9));
	assert_int_equal(woken.state, TICKET_OPEN);
	assert_int_equal(woken.waiting_since, c->ticket.run_at);
	c->ticket.run_at = 0;
	woken = c->ticket;
	ticket_settle(&woken, NOW + HOURS(1), HOURS(9));
	assert_int_equal(woken.waiting_since, NOW + 1);
	struct ticket waiting = c->ticket;
	waiting.run_at = NOW - HOURS(2); /* unanswered all that time */
	waiting.answer_due_at = NOW;
	waiting.due_at = NOW;
	waiting.state = TICKET_WAITING;
	waiting.waited_at = NOW;
	ticket_settle(&waiting, NOW + HOURS(9) - 1, HOURS(9));
	assert_int_equal(waiting.state, TICKET_WAITING);
	ticket_settle(&waiting, NOW + HOURS(9), HOURS(9));
	assert_int_equal(waiting.state, TICKET_RESOLVED);
	assert_true(waiting.resolved_by_time);
	assert_int_equal(waiting.resolved_at, NOW);
	assert_int_equal(waiting.run_at, 0);
	assert_int_equal(waiting.answer_due_at, DUE_NEVER);
	assert_int_equal(waiting.due_at, DUE_NEVER);
}

static void a_ticket_is_due_at_its_earliest_unmet_target(void **state)
{
	struct rule_case *c = *state;
	c->ticket.answer_due_at = NOW + 5;
	c->ticket.resolve_due_at = NOW + 3;
	assert_int_equal(ticket_due(&c->ticket), NOW + 3);
	c->ticket.state = TICKET_RESOLVED;
	assert_int_equal(ticket_due(&c->ticket), NOW + 5);
	c->ticket.answer_due_at = DUE_NEVER;
	assert_int_equal(ticket_due(&c->ticket), DUE_NEVER);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		RULE_TEST(what_is_there_is_found),
		RULE_TEST(the_closest_target_counts_each_by_itself),
		RULE_TEST(settings_begin_as_designed),
		RULE_TEST(every_setting_is_whole),
		RULE_TEST(a_bad_value_changes_nothing),
		RULE_TEST(mentions_name_operators_once),
		RULE_TEST(a_claim_lives_until_it_expires),
		RULE_TEST(an_assignee_is_void_before_due),
		RULE_TEST(a_ticket_counts_as_it_is_due),
		RULE_TEST(a_ticket_is_due_at_its_earliest_unmet_target),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
