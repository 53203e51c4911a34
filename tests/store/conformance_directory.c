#include "conformance.h"

#include "base/clock.h"
#include "base/mem.h"
#include "core/preference.h"
#include "test.h"

#include <string.h>

/* Operators, teams, calendars, targets, answers, reasons, settings, and an operator's day. */

static const struct directory *directory(struct fixture *f, const char *login)
{
	const struct directory *result;
	struct error err = {0};
	assert_true(store_directory(fixture_as(f, login), &result, &err));
	return result;
}

static void a_new_desk_has_its_maker_as_admin_and_no_teams(void **state)
{
	struct fixture *f = *state;
	const struct operator_ *eva = directory_login(directory(f, NULL), "eva");
	assert_non_null(eva);
	assert_int_equal(eva->role, ROLE_ADMIN);
	assert_int_equal(eva->team_count, 0);
	assert_int_equal(fixture_feed(f, NULL, 0).items[0].kind, CHANGE_OPERATOR);
}

static void what_one_handle_changes_the_others_know(void **state)
{
	struct fixture *f = *state;
	assert_null(directory_team_key(directory(f, "ana"), "troca"));
	fixture_do(f, "eva", (struct change){.kind = CHANGE_TEAM, .key = "troca", .name = "Troca"});
	const struct team *team = directory_team_key(directory(f, "ana"), "troca");
	assert_string_equal(team->name, "Troca");
	fixture_do(
		f, "eva", (struct change){.kind = CHANGE_OPERATOR, .key = "ana", .value = "troca"});
	const struct operator_ *ana = directory_login(directory(f, "bruno"), "ana");
	assert_int_equal(ana->team_count, 1);
	assert_true(operator_in_team(ana, team->id));
}

static void acting_as_is_for_enabled_operators(void **state)
{
	struct fixture *f = *state;
	struct store *store = fixture_open(f, NULL);
	struct error err = {0};
	assert_false(store_act_as(store, "zoe", &err));
	assert_int_equal(err.code, ERROR_NOT_FOUND);
	fixture_do(f, "eva",
		(struct change){.kind = CHANGE_OPERATOR, .key = "ana", .enabled = FLAG_NO});
	assert_false(store_act_as(store, "ana", &err));
	assert_int_equal(err.code, ERROR_DENIED);
	assert_true(store_act_as(store, "bruno", &err));
	store_close(store);
}

static void a_disabled_operator_does_nothing_more(void **state)
{
	struct fixture *f = *state;
	int64_t number = fixture_ticket(f, "joao@exemplo.com", "entrega");
	fixture_as(f, "ana");
	fixture_do(f, "eva",
		(struct change){.kind = CHANGE_OPERATOR, .key = "ana", .enabled = FLAG_NO});
	fixture_refuse(
		f, "ana", (struct change){.kind = CHANGE_CLAIM, .ticket = number}, "disabled");
}

static void one_admin_remains(void **state)
{
	struct fixture *f = *state;
	struct change change = {.kind = CHANGE_OPERATOR, .key = "eva", .role = ROLE_OPERATOR};
	fixture_refuse(f, "eva", change, "last_admin");
	fixture_do(f, "eva",
		(struct change){.kind = CHANGE_OPERATOR, .key = "davi", .role = ROLE_ADMIN});
	fixture_do(f, "eva", change);
}

static void a_calendar_and_a_target_make_tickets_due(void **state)
{
	struct fixture *f = *state;
	fixture_do(f, "eva",
		(struct change){.kind = CHANGE_CALENDAR,
			.key = "comercial",
			.value = "America/Sao_Paulo",
			.hours = "mon-fri 09:00-12:00 13:00-18:00",
			.holidays = "2026-01-01"});
	const struct directory *now = directory(f, NULL);
	assert_int_equal(now->calendar_count, 1);
	fixture_do(f, "eva",
		(struct change){
			.kind = CHANGE_TEAM, .key = "entrega", .calendar = now->calendars[0].id});
	fixture_do(f, "eva",
		(struct change){
			.kind = CHANGE_TARGET, .team = f->entrega, .first_answer_ms = 4 * MS_HOUR});
	int64_t number = fixture_ticket(f, "joao@exemplo.com", "entrega");
	/* Friday the second: three hours before lunch, one after it, in São Paulo. */
	int64_t due_at = f->now + MS_DAY + (14 + 3) * MS_HOUR;
	assert_int_equal(fixture_see(f, number)->due_at, due_at);
}

static void an_unknown_zone_is_refused(void **state)
{
	struct fixture *f = *state;
	struct result result = fixture_try(f, "eva",
		(struct change){
			.kind = CHANGE_CALENDAR, .key = "lua", .value = "Moon/Tranquility"});
	assert_false(result.ok);
	assert_int_equal(result.err.code, ERROR_INVALID);
	assert_int_equal(directory(f, NULL)->calendar_count, 0);
}

static void answers_reasons_and_settings_are_kept(void **state)
{
	struct fixture *f = *state;
	fixture_do(f, "davi",
		(struct change){.kind = CHANGE_ANSWER, .key = "prazo", .text = "Chega em 3 dias."});
	fixture_do(f, "davi", (struct change){.kind = CHANGE_REASON, .key = "entrega"});
	int64_t parent = directory_reason_key(directory(f, "davi"), "entrega")->id;
	fixture_do(f, "davi",
		(struct change){.kind = CHANGE_REASON, .key = "atraso", .reason = parent});
	fixture_do(
		f, "eva", (struct change){.kind = CHANGE_SETTING, .key = "claim", .value = "3m"});
	const struct directory *now = directory(f, "ana");
	assert_string_equal(directory_answer_key(now, "prazo")->text, "Chega em 3 dias.");
	assert_int_equal(directory_reason_key(now, "atraso")->parent, parent);
	assert_int_equal(now->settings.claim_ms, 3 * MS_MINUTE);
	int64_t number = fixture_ticket(f, "joao@exemplo.com", "entrega");
	fixture_claim(f, "ana", number);
	assert_int_equal(
		fixture_view(f, "ana", number)->row.claim.expires_at, f->now + 3 * MS_MINUTE);
}

static void a_day_begins_pauses_and_ends(void **state)
{
	struct fixture *f = *state;
	fixture_do(f, "ana", (struct change){.kind = CHANGE_SIGN_IN});
	assert_int_equal(directory_login(directory(f, "davi"), "ana")->signed_in_at, f->now);
	fixture_do(f, "ana", (struct change){.kind = CHANGE_PAUSE, .text = "Almoço"});
	fixture_refuse(f, "ana", (struct change){.kind = CHANGE_PAUSE}, "same");
	const struct operator_ *ana = directory_login(directory(f, "davi"), "ana");
	assert_int_equal(ana->paused_at, f->now);
	assert_string_equal(ana->pause_reason, "Almoço");
	fixture_do(f, "ana", (struct change){.kind = CHANGE_RESUME});
	assert_int_equal(directory_login(directory(f, "davi"), "ana")->paused_at, 0);
	fixture_do(f, "ana", (struct change){.kind = CHANGE_SIGN_OUT});
	assert_int_equal(directory_login(directory(f, "davi"), "ana")->signed_in_at, 0);
}

static const char *preference(struct fixture *f, const char *login, const char *name)
{
	return preference_value(directory_login(directory(f, login), login), name);
}

static void what_somebody_prefers_is_his_own(void **state)
{
	struct fixture *f = *state;
	struct change order = {.kind = CHANGE_PREFERENCE, .key = "order", .value = "waiting"};
	directory(f, "bruno"); /* loaded before */
	fixture_do(f, "ana", order);
	fixture_do(f, "bruno",
		(struct change){.kind = CHANGE_PREFERENCE, .key = "theme", .value = "dark"});
	assert_string_equal(preference(f, "ana", "order"), "waiting");
	assert_string_equal(preference(f, "ana", "theme"), "");
	assert_string_equal(preference(f, "bruno", "order"), "");
	assert_string_equal(preference(f, "bruno", "theme"), "dark");
	order.value = "newest";
	fixture_do(f, "ana", order);
	assert_string_equal(preference(f, "ana", "order"), "newest");
	order.value = "";
	fixture_do(f, "ana", order);
	assert_string_equal(preference(f, "ana", "order"), "");
	order.value = "sideways";
	fixture_refuse(f, "ana", order, "preference_value");
	order.key = "font";
	fixture_refuse(f, "ana", order, "no_preference");
	order = (struct change){.kind = CHANGE_PREFERENCE,
		.key = "order",
		.value = "due",
		.actor = fixture_id(f, "bruno")};
	fixture_refuse(f, "ana", order, "not_yours");
	fixture_refuse(f, NULL,
		(struct change){.kind = CHANGE_PREFERENCE, .key = "order", .value = "due"},
		"no_operator");
}

static int64_t version_of(struct fixture *f)
{
	int64_t version;
	struct error err = {0};
	assert_true(store_version(fixture_as(f, "ana"), &version, &err));
	return version;
}

/* Whatever is altered by another handle, a draft too, makes it another version; nothing else. */
static void test_version(void **state)
{
	struct fixture *f = *state;
	int64_t first = version_of(f);
	if (first < 0) {
		return; /* not known of this kind of store */
	}
	assert_int_equal(version_of(f), first);
	int64_t number = fixture_ticket(f, "joana@example.com", "entrega");
	int64_t second = version_of(f);
	assert_int_not_equal(second, first);
	struct draft draft = {.ticket = number, .kind = DRAFT_NOTE, .text = (char *)"x"};
	struct error err = {0};
	assert_true(store_draft_save(fixture_as(f, "bruno"), &draft, &err));
	assert_int_not_equal(version_of(f), second);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		with_fixture(test_version),
		with_fixture(a_new_desk_has_its_maker_as_admin_and_no_teams),
		with_fixture(what_one_handle_changes_the_others_know),
		with_fixture(acting_as_is_for_enabled_operators),
		with_fixture(a_disabled_operator_does_nothing_more),
		with_fixture(one_admin_remains),
		with_fixture(a_calendar_and_a_target_make_tickets_due),
		with_fixture(an_unknown_zone_is_refused),
		with_fixture(answers_reasons_and_settings_are_kept),
		with_fixture(a_day_begins_pauses_and_ends),
		with_fixture(what_somebody_prefers_is_his_own),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
