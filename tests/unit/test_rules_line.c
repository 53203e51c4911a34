#include "rule_case.h"

#include <string.h>

static const struct change to_bruno = {.kind = CHANGE_MEMO, .operator_id = BRUNO, .text = "Oi"};
static const struct change to_cobranca = {.kind = CHANGE_MEMO, .team = COBRANCA, .text = "Oi"};
static const struct change to_all = {.kind = CHANGE_MEMO, .text = "Reunião às 15h"};

static void assert_readers(const struct rule_case *c, size_t count, const int64_t *ids)
{
	assert_int_equal(c->out.reader_count, count);
	for (size_t i = 0; i < count; i++) {
		assert_int_equal(c->out.readers[i], ids[i]);
	}
}

static void a_memo_goes_to_an_operator_of_any_team(void **state)
{
	struct rule_case *c = *state;
	accept(c, to_bruno);
	assert_int_equal(c->out.writes, WRITE_MEMO);
	assert_int_equal(c->out.memo.id, REVISION);
	assert_int_equal(c->out.memo.author, ANA);
	assert_int_equal(c->out.memo.at, NOW);
	assert_int_equal(c->out.memo.operator_id, BRUNO);
	assert_string_equal(c->out.memo.text, "Oi");
	assert_readers(c, 1, (const int64_t[]){BRUNO});
	act_as(c, CARLA);
	accept(c, to_bruno);
}

static void a_memo_to_a_team_goes_to_its_members(void **state)
{
	struct rule_case *c = *state;
	accept(c, to_cobranca);
	assert_readers(c, 1, (const int64_t[]){CARLA});
	accept(c, (struct change){.kind = CHANGE_MEMO, .team = ENTREGA, .text = "Oi"});
	assert_readers(c, 2, (const int64_t[]){BRUNO, DAVI});
	act_as(c, CARLA);
	refuse(c, to_cobranca, "nobody");
}

static void to_all_writes_who_supervises_to_whom_he_supervises(void **state)
{
	struct rule_case *c = *state;
	refuse(c, to_all, "role");
	act_as(c, DAVI);
	accept(c, to_all);
	assert_readers(c, 3, (const int64_t[]){ANA, BRUNO, EVA});
	act_as(c, EVA);
	accept(c, to_all);
	assert_readers(c, 4, (const int64_t[]){ANA, BRUNO, CARLA, DAVI});
}

static void who_is_disabled_gets_none(void **state)
{
	struct rule_case *c = *state;
	c->directory.operators[BRUNO - 1].enabled = false;
	refuse(c, to_bruno, "disabled");
	act_as(c, EVA);
	accept(c, to_all);
	assert_readers(c, 3, (const int64_t[]){ANA, CARLA, DAVI});
}

static void receivers_must_be_there_and_be_others(void **state)
{
	struct rule_case *c = *state;
	refuse(c, (struct change){.kind = CHANGE_MEMO, .operator_id = ANA, .text = "Oi"},
		"memo_self");
	refuse(c, (struct change){.kind = CHANGE_MEMO, .operator_id = 99, .text = "Oi"},
		"no_operator");
	refuse(c, (struct change){.kind = CHANGE_MEMO, .team = 99, .text = "Oi"}, "no_team");
	struct change both = to_bruno;
	both.team = COBRANCA;
	refuse(c, both, "value");
}

static char *repeated(const struct rule_case *c, const char *what, size_t count)
{
	char *text = mem_strdup(c->mem, "");
	for (size_t i = 0; i < count; i++) {
		text = mem_check(talloc_strdup_append_buffer(text, what));
	}
	return text;
}

/* Characters, not bytes. */
static void a_memo_is_short(void **state)
{
	struct rule_case *c = *state;
	struct change change = to_bruno;
	change.text = repeated(c, "ã", MEMO_TEXT_MAX);
	accept(c, change);
	change.text = repeated(c, "a", MEMO_TEXT_MAX + 1);
	refuse(c, change, "memo_long");
	assert_string_equal(c->err.arg[0], "2000");
}

static void it_is_about_what_its_author_may_see(void **state)
{
	struct rule_case *c = *state;
	struct change change = to_bruno;
	change.ticket = 1001;
	accept(c, change);
	assert_int_equal(c->out.memo.ticket, 1001);
	assert_int_equal(c->out.writes, WRITE_MEMO | WRITE_DRAFT_GONE);
	assert_int_equal(c->out.draft_kind, DRAFT_MEMO);
	act_as(c, CARLA);
	refuse(c, change, "no_ticket");
	c->facts.ticket = NULL;
	act_as(c, ANA);
	refuse(c, change, "no_ticket");
}

static void what_one_has_read_is_ones_own_affair(void **state)
{
	struct rule_case *c = *state;
	accept(c, (struct change){.kind = CHANGE_MEMO_READ, .seen = 12});
	assert_int_equal(c->out.writes, WRITE_MEMO_READ);
	c->facts.actor = NULL;
	refuse(c, (struct change){.kind = CHANGE_MEMO_READ, .seen = 12}, "no_operator");
}

/* --- presence --- */

static void a_stamp_tells_who_is_where_and_not_for_how_long(void **state)
{
	(void)state;
	struct presence items[] = {{.operator_id = ANA,
					   .terminal = (char *)"a",
					   .ticket = 1001,
					   .doing = DOING_READING,
					   .since = NOW,
					   .expires_at = NOW + 1},
		{.operator_id = BRUNO, .terminal = (char *)"b", .doing = DOING_HERE}};
	struct presence_list list = {2, items};
	int64_t stamp = presence_stamp(&list);
	assert_int_equal(presence_stamp(&(struct presence_list){0}), 0);
	items[0].expires_at += 1000;
	assert_int_equal(presence_stamp(&list), stamp);
	items[0].doing = DOING_WRITING;
	assert_int_not_equal(presence_stamp(&list), stamp);
	items[0].doing = DOING_READING;
	items[0].ticket = 1002;
	assert_int_not_equal(presence_stamp(&list), stamp);
	items[0].ticket = 1001;
	items[1].terminal = (char *)"c";
	assert_int_not_equal(presence_stamp(&list), stamp);
	list.count = 1;
	assert_int_not_equal(presence_stamp(&list), stamp);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		RULE_TEST(a_memo_goes_to_an_operator_of_any_team),
		RULE_TEST(a_memo_to_a_team_goes_to_its_members),
		RULE_TEST(to_all_writes_who_supervises_to_whom_he_supervises),
		RULE_TEST(who_is_disabled_gets_none),
		RULE_TEST(receivers_must_be_there_and_be_others),
		RULE_TEST(a_memo_is_short),
		RULE_TEST(it_is_about_what_its_author_may_see),
		RULE_TEST(what_one_has_read_is_ones_own_affair),
		RULE_TEST(a_stamp_tells_who_is_where_and_not_for_how_long),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
