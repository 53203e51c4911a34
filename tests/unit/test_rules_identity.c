#include "rule_case.h"

#include "base/secret.h"
#include "core/token.h"

#include <string.h>

/* Passwords, sessions, tokens: who may, for whom, and with which rights. */

#define HASH "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"
/* At the cost of base/secret.h. */
#define PASSWORD                                                                                   \
	"$argon2id$v=19$m=65536,t=2,p=1$c2FsdHNhbHRzYWx0c2FsdA$"                                   \
	"RdescudvJCsgt3ub+b/dWRWJTmaaJObGRdescudvJCs"

static void a_password_is_set_by_its_owner_or_an_admin(void **state)
{
	struct rule_case *c = *state;
	act_as(c, ANA);
	struct change change = {.kind = CHANGE_PASSWORD, .secret = PASSWORD};
	accept(c, change);
	assert_int_equal(c->out.operator_.id, ANA);
	assert_int_equal(c->out.writes, WRITE_DESK);
	change.key = "ana";
	accept(c, change);
	change.key = "bruno";
	refuse(c, change, "not_yours");
	act_as(c, DAVI);
	refuse(c, change, "not_yours");
	act_as(c, EVA);
	accept(c, change);
	assert_int_equal(c->out.operator_.id, BRUNO);
	change.key = "zoe";
	refuse(c, change, "no_operator");
	act_as(c, 0);
	refuse(c, change, "no_operator");
	change.key = NULL;
	refuse(c, change, "no_operator");
}

static void only_a_hash_of_our_cost_is_kept(void **state)
{
	struct rule_case *c = *state;
	act_as(c, ANA);
	refuse(c, (struct change){.kind = CHANGE_PASSWORD, .secret = "segredo"}, "value");
	refuse(c, (struct change){.kind = CHANGE_PASSWORD, .secret = HASH}, "value");
	refuse(c, (struct change){.kind = CHANGE_TOKEN_ADD, .name = "x", .secret = "atd_segredo"},
		"value");
}

static void a_session_is_made_by_the_desk_alone(void **state)
{
	struct rule_case *c = *state;
	struct change change = {
		.kind = CHANGE_SESSION, .operator_id = ANA, .name = "balcao", .secret = HASH};
	act_as(c, EVA);
	refuse(c, change, "desk_only");
	act_as(c, 0);
	c->directory.settings.session_age_ms = HOURS(24);
	accept(c, change);
	const struct token *token = &c->out.token;
	assert_int_equal(token->id, REVISION);
	assert_int_equal(token->operator_id, ANA);
	assert_int_equal(token->kind, TOKEN_SESSION);
	assert_int_equal(token->rights, RIGHTS_ALL);
	assert_int_equal(token->created_at, NOW);
	assert_int_equal(token->expires_at, NOW + HOURS(24));
	assert_string_equal(token->hash, HASH);
	change.operator_id = 99;
	refuse(c, change, "no_operator");
	c->directory.operators[ANA - 1].enabled = false;
	change.operator_id = ANA;
	refuse(c, change, "disabled");
}

static void a_token_has_no_more_than_its_operator(void **state)
{
	struct rule_case *c = *state;
	struct change change = {.kind = CHANGE_TOKEN_ADD, .name = "painel", .secret = HASH};
	act_as(c, ANA);
	accept(c, change);
	assert_int_equal(c->out.token.rights, RIGHT_READ);
	assert_int_equal(c->out.token.kind, TOKEN_SCRIPT);
	assert_int_equal(c->out.token.expires_at, 0);
	change.value = "read,write, feed";
	change.until_at = NOW + HOURS(1);
	accept(c, change);
	assert_int_equal(c->out.token.rights, RIGHT_READ | RIGHT_WRITE | RIGHT_FEED);
	assert_int_equal(c->out.token.expires_at, NOW + HOURS(1));
	change.until_at = NOW;
	refuse(c, change, "past");
	change.until_at = 0;
	static const char *const more[] = {"admin", "read,manage", "metrics"};
	for (size_t i = 0; i < ARRAY_LEN(more); i++) {
		change.value = more[i];
		refuse(c, change, "rights");
	}
	change.value = "read,fly";
	refuse(c, change, "right");
	change.value = ",";
	refuse(c, change, "right");
	act_as(c, DAVI);
	change.value = "manage,metrics";
	accept(c, change);
	change.key = "ana";
	refuse(c, change, "not_yours");
	act_as(c, EVA);
	refuse(c, change, "rights");
	change.value = "write";
	accept(c, change);
	assert_int_equal(c->out.token.operator_id, ANA);
	struct token same = {.id = 5};
	c->facts.token = &same;
	refuse(c, change, "value");
}

static void a_token_is_revoked_by_its_operator_or_an_admin(void **state)
{
	struct rule_case *c = *state;
	struct token token = {.id = 5, .operator_id = ANA, .kind = TOKEN_SCRIPT};
	struct change change = {.kind = CHANGE_TOKEN_REVOKE, .token = 5};
	act_as(c, ANA);
	refuse(c, change, "no_token");
	c->facts.token = &token;
	accept(c, change);
	assert_int_equal(c->out.token.revoked_at, NOW);
	act_as(c, DAVI);
	refuse(c, change, "no_token");
	act_as(c, EVA);
	accept(c, change);
	token.revoked_at = NOW - 1;
	refuse(c, change, "same");
}

static void a_session_ends_by_age_and_by_rest(void **state)
{
	(void)state;
	struct settings settings = {.session_idle_ms = HOURS(2), .session_age_ms = HOURS(9)};
	struct token token = {.kind = TOKEN_SESSION,
		.created_at = NOW,
		.used_at = NOW,
		.expires_at = NOW + HOURS(20)};
	assert_int_equal(token_end(&token, &settings, NOW + HOURS(2) - 1), TOKEN_ALIVE);
	assert_int_equal(token_end(&token, &settings, NOW + HOURS(2)), TOKEN_IDLE);
	token.used_at = NOW + HOURS(8);
	assert_int_equal(token_end(&token, &settings, NOW + HOURS(9) - 1), TOKEN_ALIVE);
	assert_int_equal(token_end(&token, &settings, NOW + HOURS(9)), TOKEN_EXPIRED);
	token.kind = TOKEN_SCRIPT;
	assert_int_equal(token_end(&token, &settings, NOW + HOURS(20) - 1), TOKEN_ALIVE);
	assert_int_equal(token_end(&token, &settings, NOW + HOURS(20)), TOKEN_EXPIRED);
	token.expires_at = 0;
	assert_int_equal(token_end(&token, &settings, NOW + HOURS(9999)), TOKEN_ALIVE);
	token.revoked_at = NOW;
	assert_int_equal(token_end(&token, &settings, NOW), TOKEN_REVOKED);
}

static void rights_are_words(void **state)
{
	struct rule_case *c = *state;
	int64_t rights;
	for (size_t i = 0; i < right_info_count; i++) {
		assert_true(rights_parse(right_infos[i].word, &rights, &c->err));
		assert_int_equal(rights, right_infos[i].bit);
	}
	assert_string_equal(rights_format(c->mem, RIGHT_READ | RIGHT_ADMIN), "read,admin");
	assert_true(rights_parse(rights_list(c->mem), &rights, &c->err));
	assert_int_equal(rights, RIGHTS_ALL);
	assert_int_equal(rights_of_role(ROLE_ADMIN), RIGHTS_ALL);
	assert_int_equal(rights_of_role(ROLE_NONE), 0);
}

static void a_password_can_be_typed_and_is_long_enough(void **state)
{
	struct rule_case *c = *state;
	assert_true(password_check("12345678", &c->err));
	assert_true(password_check("sete açãé", &c->err));
	static const char *const bad[] = {"", "1234567", "ççççççç", "com\ttabulador",
		"fim de linha\n", "sino\a do terminal", "\xff\xfe não é UTF-8"};
	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		assert_false(password_check(bad[i], &c->err));
		assert_string_equal(c->err.reason, "password");
		/* It is told how long, never what it was. */
		assert_string_equal(c->err.arg[0], "8");
		assert_string_equal(c->err.arg[1], "");
	}
	char *longest = mem_array(c->mem, char, PASSWORD_MAX + 2);
	memset(longest, 'a', PASSWORD_MAX + 1);
	longest[PASSWORD_MAX + 1] = '\0';
	assert_false(password_check(longest, &c->err));
	assert_true(password_check(longest + 1, &c->err));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		RULE_TEST(a_password_is_set_by_its_owner_or_an_admin),
		RULE_TEST(only_a_hash_of_our_cost_is_kept),
		RULE_TEST(a_session_is_made_by_the_desk_alone),
		RULE_TEST(a_token_has_no_more_than_its_operator),
		RULE_TEST(a_token_is_revoked_by_its_operator_or_an_admin),
		RULE_TEST(a_session_ends_by_age_and_by_rest),
		RULE_TEST(rights_are_words),
		RULE_TEST(a_password_can_be_typed_and_is_long_enough),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
