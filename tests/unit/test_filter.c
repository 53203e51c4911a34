#include "rule_case.h"

#include "core/filter.h"

static const char subject[] = "Cobrança em dobro";

static struct filter parsed(struct rule_case *c, const char *text)
{
	struct filter filter;
	if (!filter_parse(c->mem, text, &c->directory, -HOURS(3), &filter, &c->err)) {
		fail_msg("refused %s: %s", text, c->err.text);
	}
	return filter;
}

static struct filter_row row_of(struct rule_case *c)
{
	c->ticket.subject = mem_strdup(c->mem, subject);
	c->ticket.tags = mem_strdup(c->mem, " late vip ");
	c->ticket.reason = 2;
	c->ticket.assignee = BRUNO;
	c->ticket.opened_at = NOW - HOURS(1); /* 2026-11-21 08:00, three hours west */
	return (struct filter_row){.ticket = &c->ticket,
		.customer_name = "João Lima",
		.address = "+55 11 98765-4321",
		.holder = ANA};
}

static bool matches(struct rule_case *c, const char *text)
{
	struct filter filter = parsed(c, text);
	struct filter_row row = row_of(c);
	return filter_matches(&filter, &row, ANA, NOW);
}

static void words_occur_anywhere_all_of_them(void **state)
{
	struct rule_case *c = *state;
	static const char *const good[] = {"", "  ", "cobranca", "COBRANÇA dobro", "obro", "joao",
		"lima cobr", "vip", "1001", "100", "987654321", "98765", "8765",
		"number:1001 number:9", "\"em dobro\"", "dob*", "!pix", "!\"dobro em\"", "11", "!",
		"\"\"", "\xCC\x81", "\"em dobro"};
	for (size_t i = 0; i < ARRAY_LEN(good); i++) {
		assert_true(matches(c, good[i]));
	}
	static const char *const bad[] = {"pix", "cobranca pix", "!dobro", "\"dobro em\"", "obro*",
		"\"unclosed", "1002", "9876543210", "987654322"};
	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		assert_false(matches(c, bad[i]));
	}
}

static void terms_ask_for_one_thing(void **state)
{
	struct rule_case *c = *state;
	static const char *const good[] = {"team:entrega", "channel:email", "state:open", "due:<2h",
		"due:>30m", "due:90m", "waiting:>30m", "waiting:<2h", "waiting:30m",
		"priority:normal", "tag:vip", "tag:late", "assignee:bruno", "holder:ana",
		"holder:me", "reason:atraso", "reason:entrega", "before:2026-11-22",
		"after:2026-11-21", "is:mine", "number:1001", "before:2026-11-21T08:30",
		"after:2026-11-21T08:00"};
	static const char *const bad[] = {"team:cobranca", "team:none", "channel:chat",
		"state:waiting", "due:<30m", "due:>2h", "waiting:>2h", "waiting:<30m",
		"priority:urgent", "tag:vi", "tag:ip", "assignee:ana", "assignee:me",
		"assignee:none", "holder:bruno", "holder:none", "before:2026-11-21",
		"after:2026-11-22", "is:free", "is:overdue", "number:100",
		"after:2026-11-21T08:01"};
	for (size_t i = 0; i < ARRAY_LEN(good); i++) {
		char *negated = mem_printf(c->mem, "!%s", good[i]);
		assert_true(matches(c, good[i]));
		assert_false(matches(c, negated));
	}
	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		char *negated = mem_printf(c->mem, "!%s", bad[i]);
		assert_false(matches(c, bad[i]));
		assert_true(matches(c, negated));
	}
}

static void terms_of_one_name_are_alternatives(void **state)
{
	struct rule_case *c = *state;
	assert_true(matches(c, "team:cobranca team:entrega"));
	assert_true(matches(c, "team:entrega team:cobranca channel:chat channel:email"));
	assert_false(matches(c, "team:entrega channel:chat"));
	assert_false(matches(c, "team:entrega !team:entrega"));
	assert_false(matches(c, "!team:entrega !team:cobranca"));
	assert_true(matches(c, "reason:atraso"));
	assert_true(matches(c, "due:>30m due:<2h")); /* a range */
	assert_false(matches(c, "due:>30m due:<40m"));
	assert_false(matches(c, "is:mine is:overdue"));
	assert_true(matches(c, "after:2026-11-20 before:2026-11-22 dobro !pix"));
}

static void states_count_as_they_are_now(void **state)
{
	struct rule_case *c = *state;
	c->ticket.state = TICKET_SNOOZED;
	c->ticket.snoozed_until = NOW;
	assert_true(matches(c, "state:open"));
	assert_false(matches(c, "state:snoozed"));
	c->ticket.snoozed_until = NOW + 1;
	assert_true(matches(c, "state:snoozed"));
	c->ticket.due_at = NOW;
	assert_true(matches(c, "is:overdue"));
	assert_true(matches(c, "assignee:none")); /* void before due */
}

static void free_is_open_and_held_by_nobody(void **state)
{
	struct rule_case *c = *state;
	struct filter filter = parsed(c, "is:free");
	struct filter_row row = row_of(c);
	row.holder = 0;
	assert_true(filter_matches(&filter, &row, ANA, NOW));
	c->ticket.state = TICKET_RESOLVED;
	assert_false(filter_matches(&filter, &row, ANA, NOW));
	filter = parsed(c, "is:mine");
	row.holder = BRUNO;
	assert_false(filter_matches(&filter, &row, ANA, NOW));
	c->ticket.assignee = ANA;
	assert_true(filter_matches(&filter, &row, ANA, NOW));
	row.holder = 0;
	assert_false(filter_matches(&filter, &row, 0, NOW)); /* nobody has nothing */
}

static void words_can_be_left_to_the_index(void **state)
{
	struct rule_case *c = *state;
	struct filter_row row = row_of(c);
	struct filter filter = parsed(c, "nowhere !dobro team:entrega");
	assert_true(filter_matches_terms(&filter, &row, ANA, NOW));
	c->ticket.reason = 1;
	filter = parsed(c, "reason:atraso"); /* what is above is another */
	assert_false(filter_matches_terms(&filter, &row, ANA, NOW));
	filter = parsed(c, "dobro team:cobranca");
	assert_false(filter_matches_terms(&filter, &row, ANA, NOW));
}

static void words_are_folded_and_marked(void **state)
{
	struct rule_case *c = *state;
	struct filter filter = parsed(c, "AÇÃO* \"Em Dobro\" !http://a.br 12:30");
	assert_int_equal(filter.count, 4);
	assert_string_equal(filter.terms[0].word, "acao");
	assert_true(filter.terms[0].prefix);
	assert_string_equal(filter.terms[1].word, "em dobro");
	assert_true(filter.terms[1].phrase);
	assert_string_equal(filter.terms[2].word, "http://a.br");
	assert_true(filter.terms[2].negated);
	assert_string_equal(filter.terms[3].word, "12:30");
	assert_false(filter.terms[3].prefix || filter.terms[3].phrase || filter.terms[3].negated);
}

static void what_is_not_understood_is_told(void **state)
{
	struct rule_case *c = *state;
	static const struct {
		const char *text, *arg;
	} all[] = {{"team:vendas", "vendas"}, {"tema:entrega", "tema"}, {"channel:fax", "fax"},
		{"state:", "state"}, {"due:<soon", "<soon"}, {"waiting:1", "1"},
		{"assignee:zoe", "zoe"}, {"reason:pix", "pix"}, {"before:ontem", "ontem"},
		{"is:blue", "blue"}, {"number:10x", "10x"}, {"number:-1", "-1"},
		{"number:99999999999999999999", "99999999999999999999"},
		{"dobro !team:vendas", "vendas"}};
	for (size_t i = 0; i < ARRAY_LEN(all); i++) {
		struct filter filter;
		struct error err = {0};
		assert_false(filter_parse(c->mem, all[i].text, &c->directory, 0, &filter, &err));
		assert_int_equal(err.code, ERROR_INVALID);
		assert_string_equal(err.reason, "filter");
		assert_string_equal(err.arg[0], all[i].arg);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		RULE_TEST(words_occur_anywhere_all_of_them),
		RULE_TEST(terms_ask_for_one_thing),
		RULE_TEST(terms_of_one_name_are_alternatives),
		RULE_TEST(states_count_as_they_are_now),
		RULE_TEST(free_is_open_and_held_by_nobody),
		RULE_TEST(words_can_be_left_to_the_index),
		RULE_TEST(words_are_folded_and_marked),
		RULE_TEST(what_is_not_understood_is_told),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
