#include "base/mem.h"
#include "core/preference.h"
#include "core/problem.h"
#include "core/rule.h"

/* An operator's day. What a sign-out frees (claims, softly assigned tickets) the store lets go. */

static bool write_day(struct rule *rule, int64_t signed_in_at, int64_t paused_at, const char *why)
{
	if (!rule->facts->actor) {
		return problem_number(rule->err, PROBLEM_NO_OPERATOR, 0, NULL);
	}
	rule->out->operator_ = *rule->facts->actor;
	rule->out->operator_.signed_in_at = signed_in_at;
	rule->out->operator_.paused_at = paused_at;
	rule->out->operator_.pause_reason = mem_strdup(rule->mem, why ? why : "");
	rule->out->writes |= WRITE_DAY;
	return true;
}

/* A second terminal does not begin the day anew; a pause is over all the same. */
bool rule_sign_in(struct rule *rule)
{
	const struct operator_ *actor = rule->facts->actor;
	bool is_in = actor && actor->signed_in_at;
	return write_day(rule, is_in ? actor->signed_in_at : rule->facts->now, 0, NULL);
}

bool rule_sign_out(struct rule *rule)
{
	return write_day(rule, 0, 0, NULL);
}

bool rule_pause(struct rule *rule)
{
	const struct operator_ *actor = rule->facts->actor;
	if (actor && actor->paused_at) {
		return problem(rule->err, PROBLEM_SAME, NULL);
	}
	return write_day(
		rule, actor ? actor->signed_in_at : 0, rule->facts->now, rule->change->text);
}

bool rule_resume(struct rule *rule)
{
	const struct operator_ *actor = rule->facts->actor;
	if (actor && !actor->paused_at) {
		return problem(rule->err, PROBLEM_SAME, NULL);
	}
	return write_day(rule, actor ? actor->signed_in_at : 0, 0, NULL);
}

bool rule_preference(struct rule *rule)
{
	if (!rule->facts->actor) {
		return problem_number(rule->err, PROBLEM_NO_OPERATOR, 0, NULL);
	}
	rule->out->writes |= WRITE_DESK;
	return preference_check(rule->change->key, rule->change->value, rule->err);
}
