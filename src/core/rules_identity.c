#include "base/mem.h"
#include "base/secret.h"
#include "core/problem.h"
#include "core/rule.h"

/* Passwords, sessions, tokens. What is kept of a secret is its hash, which goes no further than
 * its row: no log, no feed, no export has it. */

/* The operator that change.key names, else the actor; only an admin may name another. */
static const struct operator_ *subject_of(struct rule *rule)
{
	const struct operator_ *actor = rule->facts->actor;
	const char *login = rule->change->key;
	const struct operator_ *whose =
		login ? directory_login(rule->facts->directory, login) : actor;
	if (!whose) {
		problem(rule->err, PROBLEM_NO_OPERATOR, login ? login : "0", NULL);
		return NULL;
	}
	if (actor && whose->id != actor->id && actor->role < ROLE_ADMIN) {
		problem(rule->err, PROBLEM_NOT_YOURS, whose->login, NULL);
		return NULL;
	}
	return whose;
}

bool rule_password(struct rule *rule)
{
	const struct operator_ *whose = subject_of(rule);
	if (!whose) {
		return false;
	}
	if (!password_hash_is_ours(rule->change->secret)) {
		return problem(rule->err, PROBLEM_VALUE, "secret", NULL);
	}
	rule->out->operator_ = *whose;
	rule->out->writes |= WRITE_DESK;
	return true;
}

static bool add_token(struct rule *rule, const struct operator_ *whose, enum token_kind kind,
	int64_t rights, int64_t expires_at)
{
	if (!whose->enabled) {
		return problem(rule->err, PROBLEM_DISABLED, whose->login, NULL);
	}
	if (!token_hash_is_wellformed(rule->change->secret) || rule->facts->token) {
		return problem(rule->err, PROBLEM_VALUE, "secret", NULL);
	}
	rule->out->token = (struct token){.id = rule->facts->revision,
		.operator_id = whose->id,
		.name = mem_strdup(rule->mem, rule->change->name),
		.kind = kind,
		.hash = mem_strdup(rule->mem, rule->change->secret),
		.rights = rights,
		.created_at = rule->facts->now,
		.used_at = rule->facts->now,
		.expires_at = expires_at};
	rule->out->writes |= WRITE_DESK;
	return true;
}

bool rule_session(struct rule *rule)
{
	const struct operator_ *whose =
		directory_operator(rule->facts->directory, rule->change->operator_id);
	if (!whose) {
		return problem_number(
			rule->err, PROBLEM_NO_OPERATOR, rule->change->operator_id, NULL);
	}
	int64_t age_ms = rule->facts->directory->settings.session_age_ms;
	return add_token(rule, whose, TOKEN_SESSION, RIGHTS_ALL, rule->facts->now + age_ms);
}

/* More than its operator may a token never have; what his role gains later it does not get. */
bool rule_token_add(struct rule *rule)
{
	const struct change *change = rule->change;
	const struct operator_ *whose = subject_of(rule);
	int64_t rights = RIGHT_READ;
	if (!whose || (change->value && !rights_parse(change->value, &rights, rule->err))) {
		return false;
	}
	int64_t excess = rights & ~rights_of_role(whose->role);
	if (excess) {
		char *words = rights_format(rule->mem, excess);
		return problem(rule->err, PROBLEM_RIGHTS, whose->login, words, NULL);
	}
	if (change->until_at && change->until_at <= rule->facts->now) {
		return problem(rule->err, PROBLEM_PAST, NULL);
	}
	return add_token(rule, whose, TOKEN_SCRIPT, rights, change->until_at);
}

bool rule_token_revoke(struct rule *rule)
{
	const struct operator_ *actor = rule->facts->actor;
	const struct token *token = rule->facts->token;
	bool is_his =
		token && (!actor || actor->role == ROLE_ADMIN || token->operator_id == actor->id);
	if (!is_his) {
		return problem_number(rule->err, PROBLEM_NO_TOKEN, rule->change->token, NULL);
	}
	if (token->revoked_at) {
		return problem(rule->err, PROBLEM_SAME, NULL);
	}
	rule->out->token = *token;
	rule->out->token.revoked_at = rule->facts->now;
	rule->out->writes |= WRITE_DESK;
	return true;
}
