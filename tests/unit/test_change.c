#include "rule_case.h"

#include "core/name.h"
#include "core/problem.h"
#include "core/query.h"

#include <string.h>

/* The tables of core are whole, and no name is in one twice. */

static bool is_word(const char *text)
{
	return *text && strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789_") == strlen(text);
}

static void every_kind_has_a_name_of_its_own(void **state)
{
	(void)state;
	for (int i = 1; i < CHANGE_KINDS; i++) {
		const struct change_kind_info *info = &change_kinds[i];
		if (!info->name) {
			fail_msg("the kind after %s has no row in change_kinds (core/change.c)",
				i > 1 ? change_kinds[i - 1].name : "none");
		}
		if (!is_word(info->name) || !info->summary) {
			fail_msg("%s: a kind has a name of a-z, 0-9 and _, and a summary",
				info->name);
		}
		assert_int_equal(info->required & info->optional, 0);
		enum change_kind found;
		assert_true(change_kind_find(info->name, &found));
		assert_int_equal(found, i);
		uint64_t known = FIELD_BIT(CHANGE_FIELDS) - 1;
		assert_int_equal((info->required | info->optional) & ~known, 0);
		assert_true(!info->needs_open || info->subject == ON_TICKET);
	}
	enum change_kind found;
	assert_false(change_kind_find("", &found));
	assert_false(change_kind_find("none", &found));
}

static int deciding; /* kind, 0: none */

/* A kind without a rule of its own crashes here; this says which one it was. */
static int name_undecided(void **state)
{
	if (deciding) {
		const char *name = change_kinds[deciding].name;
		print_error("%s: it has no rule in rules (core/rules.c), or that one fails\n",
			name ? name : "a kind without a row");
	}
	return rule_case_teardown(state);
}

static void every_kind_is_decided(void **state)
{
	struct rule_case *c = *state;
	for (int i = 1; i < CHANGE_KINDS; i++) {
		deciding = i;
		struct change change = {.id = {{1}},
			.kind = (enum change_kind)i,
			.actor = EVA,
			.ticket = 1001,
			.customer = CUSTOMER,
			.text = "x",
			.key = "x",
			.value = "x",
			.subject = "x",
			.name = "x",
			.address = "x@example.com"};
		c->err = (struct error){0};
		act_as(c, change_kinds[i].role == ROLE_NONE ? 0 : EVA);
		bool ok = change_decide(c->mem, &change, &c->facts, &c->out, &c->err);
		assert_int_equal(ok, c->err.code == ERROR_NONE);
		assert_true(ok || c->err.reason);
	}
	deciding = 0;
}

/* What the rules look at is loaded. */
static void every_kind_loads_what_its_fields_name(void **state)
{
	(void)state;
	static const struct {
		enum change_field field;
		unsigned need;
	} pairs[] = {{F_ADDRESS, NEED_ADDRESS}, {F_MESSAGE, NEED_MESSAGE}, {F_NOTE, NEED_NOTE},
		{F_QUESTION, NEED_QUESTION}, {F_UNDO, NEED_UNDONE}, {F_REF, NEED_REF},
		{F_OTHER, NEED_OTHER}};
	for (int i = 1; i < CHANGE_KINDS; i++) {
		uint64_t fields = change_kinds[i].required | change_kinds[i].optional;
		for (size_t p = 0; p < ARRAY_LEN(pairs); p++) {
			bool takes = fields & FIELD_BIT(pairs[p].field);
			if (takes && !(change_kinds[i].needs & pairs[p].need)) {
				fail_msg("%s takes %s but does not load it; add its NEED_",
					change_kinds[i].name, change_fields[pairs[p].field].name);
			}
		}
	}
}

static void every_field_has_a_name_and_a_place_of_its_own(void **state)
{
	(void)state;
	for (int i = 0; i < CHANGE_FIELDS; i++) {
		const struct change_field_info *info = &change_fields[i];
		assert_true(is_word(info->name));
		assert_int_equal(info->type == FIELD_NAME, info->names != NULL);
		assert_true(info->offset > 0 && info->offset < sizeof(struct change));
		for (int j = 0; j < i; j++) {
			assert_string_not_equal(info->name, change_fields[j].name);
			assert_int_not_equal(info->offset, change_fields[j].offset);
		}
	}
	assert_true(CHANGE_FIELDS <= 63);
}

static void every_problem_says_what_to_do(void **state)
{
	(void)state;
	for (int i = 0; i < PROBLEMS; i++) {
		const struct problem_info *info = &problem_infos[i];
		assert_int_not_equal(info->code, ERROR_NONE);
		assert_true(is_word(info->reason));
		assert_non_null(strpbrk(info->text, ";:,"));
		for (int j = 0; j < i; j++) {
			assert_string_not_equal(info->reason, problem_infos[j].reason);
			assert_string_not_equal(info->text, problem_infos[j].text);
		}
	}
}

static void conflicts_are_conflicts(void **state)
{
	(void)state;
	static const enum problem conflicts[] = {PROBLEM_HELD, PROBLEM_COVERED, PROBLEM_STALE,
		PROBLEM_UNSEEN, PROBLEM_OURS_LAST, PROBLEM_TOO_MANY, PROBLEM_NOT_HELD,
		PROBLEM_CHANGE_ID};
	for (size_t i = 0; i < ARRAY_LEN(conflicts); i++) {
		assert_int_equal(problem_infos[conflicts[i]].code, ERROR_CONFLICT);
	}
	static const enum problem denied[] = {
		PROBLEM_ROLE, PROBLEM_NOT_YOURS, PROBLEM_DISABLED, PROBLEM_DESK_ONLY};
	for (size_t i = 0; i < ARRAY_LEN(denied); i++) {
		assert_int_equal(problem_infos[denied[i]].code, ERROR_DENIED);
	}
	struct error err;
	assert_false(problem_number(&err, PROBLEM_HELD, 1001, "ana"));
	assert_string_equal(err.reason, "held");
	assert_string_equal(err.arg[0], "1001");
	assert_string_equal(err.arg[1], "ana");
	assert_false(problem(NULL, PROBLEM_SAME, NULL));
}

static void every_name_is_a_word_of_its_own(void **state)
{
	(void)state;
	static const struct name_table *const tables[] = {&channel_names, &ticket_state_names,
		&direction_names, &message_state_names, &priority_names, &role_names,
		&outcome_names, &contact_outcome_names, &discard_names, &address_kind_names,
		&draft_kind_names, &flag_names, &queue_order_names, &queue_list_names};
	for (size_t t = 0; t < ARRAY_LEN(tables); t++) {
		const struct name_table *table = tables[t];
		bool from_zero = table == &queue_order_names || table == &queue_list_names;
		assert_int_equal(*table->words[0] == '\0', !from_zero);
		for (size_t i = from_zero ? 0 : 1; i < table->count; i++) {
			int value;
			assert_true(is_word(table->words[i]));
			assert_true(name_find(table, table->words[i], &value));
			assert_int_equal(value, i);
			assert_string_equal(name_of(table, value), table->words[i]);
		}
		int value;
		assert_false(name_find(table, "", &value));
		assert_false(name_find(table, "no such word", &value));
		assert_string_equal(name_of(table, -1), "");
		assert_string_equal(name_of(table, (int)table->count), "");
	}
	char *list = name_list(NULL, &direction_names);
	assert_string_equal(list, "in, out");
	talloc_free(list);
}

/* Whoever is shown a word is shown one for each value; a message that came in needs none. */
static void every_value_has_something_to_show(void **state)
{
	(void)state;
	static const struct name_table *const tables[] = {&channel_names, &ticket_state_names,
		&message_state_names, &priority_names, &role_names, &contact_outcome_names,
		&address_kind_names, &draft_kind_names};
	for (size_t t = 0; t < ARRAY_LEN(tables); t++) {
		assert_non_null(tables[t]->said);
		assert_string_equal(name_said(tables[t], 0), "");
		for (int i = 1; i < (int)tables[t]->count; i++) {
			bool is_silent = tables[t] == &message_state_names && i == MESSAGE_RECEIVED;
			assert_int_equal(*name_said(tables[t], i) == '\0', is_silent);
		}
		assert_string_equal(name_said(tables[t], -1), "");
		assert_string_equal(name_said(tables[t], (int)tables[t]->count), "");
	}
	assert_string_equal(name_said(&outcome_names, OUTCOME_WAIT), "wait");
}

static void names_end_with_their_enumerations(void **state)
{
	(void)state;
	assert_int_equal(channel_names.count, CHANNEL_COMMUNITY + 1);
	assert_int_equal(ticket_state_names.count, TICKET_DISCARDED + 1);
	assert_int_equal(message_state_names.count, MESSAGE_UNDONE + 1);
	assert_int_equal(priority_names.count, PRIORITY_LOW + 1);
	assert_int_equal(role_names.count, ROLE_ADMIN + 1);
	assert_int_equal(outcome_names.count, OUTCOME_STAY_OPEN + 1);
	assert_int_equal(contact_outcome_names.count, CONTACT_WRONG_NUMBER + 1);
	assert_int_equal(discard_names.count, DISCARD_TEST + 1);
	assert_int_equal(address_kind_names.count, ADDRESS_HANDLE + 1);
	assert_int_equal(draft_kind_names.count, DRAFT_CUSTOMER_NOTE_EDIT + 1);
	assert_int_equal(flag_names.count, FLAG_YES + 1);
	assert_int_equal(queue_order_names.count, QUEUE_ORDERS);
	assert_int_equal(queue_list_names.count, QUEUE_LISTS);
}

static const char *refused(struct change change)
{
	struct error err = {0};
	return change_validate(&change, &err) ? "" : err.reason;
}

static struct change note(const char *text)
{
	return (struct change){
		.id = {{1}}, .kind = CHANGE_NOTE, .actor = 1, .ticket = 1001, .text = text};
}

static void a_change_is_checked_without_a_desk(void **state)
{
	(void)state;
	assert_string_equal(refused(note("fine")), "");
	assert_string_equal(refused(note(NULL)), "missing");
	assert_string_equal(refused(note(" \n\t ")), "blank");
	assert_string_equal(refused(note("esc \x1B[2J")), "value");
	assert_string_equal(refused(note("bad \xFF")), "value");
	struct change none = {.id = {{1}}, .kind = CHANGE_RESOLVE, .ticket = 1, .reason = ID_NONE};
	assert_string_equal(refused(none), "value");
	none = (struct change){.id = {{1}}, .kind = CHANGE_REASON, .key = "a", .reason = ID_NONE};
	assert_string_equal(refused(none), "");
	struct change change = note("x");
	change.id = (struct uuid){{0}};
	assert_string_equal(refused(change), "missing");
	change = note("x");
	change.ticket = 0;
	assert_string_equal(refused(change), "missing");
	change = note("x");
	change.subject = "not of a note";
	assert_string_equal(refused(change), "unknown_field");
	change = note("x");
	change.kind = CHANGE_KINDS;
	assert_string_equal(refused(change), "value");
	change.kind = CHANGE_NONE;
	assert_string_equal(refused(change), "value");
	change = (struct change){.id = {{1}}, .kind = CHANGE_PRIORITY, .ticket = 1, .priority = 9};
	assert_string_equal(refused(change), "value");
	change = (struct change){
		.id = {{1}}, .kind = CHANGE_SPLIT, .ticket = 1, .message = -4, .subject = "x"};
	assert_string_equal(refused(change), "value");
}

static void some_texts_may_be_empty(void **state)
{
	(void)state;
	struct change call = {
		.id = {{1}}, .kind = CHANGE_CALL, .ticket = 1, .contact = CONTACT_BUSY, .text = ""};
	assert_string_equal(refused(call), "");
	struct change change = {.id = {{1}},
		.kind = CHANGE_NEW,
		.channel = CHANNEL_EMAIL,
		.subject = "x",
		.text = "x",
		.name = "",
		.ref = ""};
	assert_string_equal(refused(change), "");
	change.text = "";
	assert_string_equal(refused(change), "blank");
	change = (struct change){.id = {{1}}, .kind = CHANGE_CUSTOMER, .customer = 1, .name = ""};
	assert_string_equal(refused(change), "blank");
	change.customer = 0;
	assert_string_equal(refused(change), "missing");
	change = (struct change){.id = {{1}}, .kind = CHANGE_SETTING, .key = "undo", .value = ""};
	assert_string_equal(refused(change), "");
}

/* -1 says "no team"; of anything else it says nothing. */
static void only_a_team_can_be_none(void **state)
{
	(void)state;
	struct change change = {
		.id = {{1}}, .kind = CHANGE_TRANSFER, .ticket = 1, .team = TEAM_NONE};
	assert_string_equal(refused(change), "");
	change.team = -2;
	assert_string_equal(refused(change), "value");
	change.team = 1;
	change.operator_id = TEAM_NONE;
	assert_string_equal(refused(change), "value");
}

static void texts_have_a_longest(void **state)
{
	(void)state;
	char *text = mem_array(NULL, char, 1024 * 1024 + 2);
	memset(text, 'x', 1024 * 1024 + 1);
	assert_string_equal(refused(note(text)), "too_long");
	text[1024 * 1024] = '\0';
	assert_string_equal(refused(note(text)), "");
	text[1001] = '\0';
	struct change change = {
		.id = {{1}}, .kind = CHANGE_SUBJECT, .ticket = 1001, .subject = text};
	assert_string_equal(refused(change), "too_long");
	talloc_free(text);
}

static void history_is_told_as_such(void **state)
{
	(void)state;
	struct change change = note("x");
	change.operator_id = 2;
	assert_string_equal(refused(change), "value");
	change.imported = true;
	assert_string_equal(refused(change), "value"); /* when was it? */
	change.at = 5;
	assert_string_equal(refused(change), "");
	change.kind = CHANGE_CLAIM;
	change.text = NULL;
	change.operator_id = 0;
	assert_string_equal(refused(change), "value");
}

static void fields_that_are_set_are_known(void **state)
{
	(void)state;
	struct change change = note("x");
	assert_true(change_has(&change, F_TEXT));
	assert_false(change_has(&change, F_TEAM));
	change.team = TEAM_NONE;
	assert_true(change_has(&change, F_TEAM));
	change.separate = FLAG_NO;
	assert_true(change_has(&change, F_SEPARATE));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_kind_has_a_name_of_its_own),
		cmocka_unit_test_setup_teardown(
			every_kind_is_decided, rule_case_setup, name_undecided),
		cmocka_unit_test(every_kind_loads_what_its_fields_name),
		cmocka_unit_test(every_field_has_a_name_and_a_place_of_its_own),
		cmocka_unit_test(every_problem_says_what_to_do),
		cmocka_unit_test(conflicts_are_conflicts),
		cmocka_unit_test(every_name_is_a_word_of_its_own),
		cmocka_unit_test(every_value_has_something_to_show),
		cmocka_unit_test(names_end_with_their_enumerations),
		cmocka_unit_test(a_change_is_checked_without_a_desk),
		cmocka_unit_test(some_texts_may_be_empty),
		cmocka_unit_test(only_a_team_can_be_none),
		cmocka_unit_test(texts_have_a_longest),
		cmocka_unit_test(history_is_told_as_such),
		cmocka_unit_test(fields_that_are_set_are_known),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
