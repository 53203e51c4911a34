#include "base/clock.h"
#include "base/mem.h"
#include "base/timestamp.h"
#include "core/permission.h"
#include "core/problem.h"
#include "core/rule.h"

/* Claims: design "The claim". The lease is fenced by the revision of the change that took it. */

static bool held_by_other(const struct rule *rule)
{
	const struct claim *claim = rule->facts->claim;
	const struct operator_ *actor = rule->facts->actor;
	return claim_is_live(claim, rule->facts->now) && actor && claim->operator_id != actor->id;
}

static bool held_by_actor(const struct rule *rule)
{
	const struct operator_ *actor = rule->facts->actor;
	return actor && claim_is_held_by(rule->facts->claim, actor->id, rule->facts->now);
}

bool rule_not_held_by_other(struct rule *rule)
{
	if (rule->change->imported || !held_by_other(rule)) {
		return true;
	}
	const struct claim *claim = rule->facts->claim;
	char *number = mem_printf(NULL, "%lld", (long long)claim->ticket);
	int64_t held_ms = rule->facts->now - claim->since; /* a clock may have jumped back */
	char *span = timestamp_span(number, held_ms > 0 ? held_ms : 0);
	problem(rule->err, PROBLEM_HELD, number,
		directory_login_of(rule->facts->directory, claim->operator_id), span, NULL);
	talloc_free(number);
	return false;
}

bool rule_not_covered(struct rule *rule)
{
	const struct claim *cover = rule->facts->cover;
	if (!cover || rule->change->separate == FLAG_YES || rule->change->imported) {
		return true;
	}
	return problem_number(rule->err, PROBLEM_COVERED, cover->ticket,
		directory_login_of(rule->facts->directory, cover->operator_id));
}

/* The handle span that the holder's console reported last and nobody logged: due whenever his claim
 * ends, is replaced or runs out. */
static void close_span(struct rule *rule)
{
	const struct claim *claim = rule->facts->claim;
	int64_t from = claim->worked_from;
	if (from < rule->facts->holder_worked_until) {
		from = rule->facts->holder_worked_until;
	}
	if (from < claim->worked_to) {
		rule->out->worked_operator = claim->operator_id;
		rule->out->worked_from = from;
		rule->out->worked_to = claim->worked_to;
		rule->out->writes |= WRITE_WORKED;
	}
}

void rule_take(struct rule *rule)
{
	const struct facts *facts = rule->facts;
	bool shared = facts->customer && facts->customer->shared;
	if (facts->claim) {
		close_span(rule);
	}
	rule->out->claim_step = CLAIM_TAKE;
	rule->out->claim = (struct claim){.ticket = facts->ticket->number,
		.customer = shared ? 0 : facts->ticket->customer,
		.operator_id = facts->actor->id,
		.generation = facts->revision,
		.since = facts->now,
		.expires_at = facts->now + facts->directory->settings.claim_ms,
		.separate = rule->change->separate == FLAG_YES};
	rule->out->generation = facts->revision;
}

void rule_end_claim(struct rule *rule)
{
	const struct claim *claim = rule->facts->claim;
	bool is_anothers = claim_is_live(claim, rule->facts->now) && !held_by_actor(rule);
	if (claim && !is_anothers) {
		close_span(rule);
		rule->out->claim_step = CLAIM_END;
	}
}

static bool has_actor(struct rule *rule)
{
	return rule->facts->actor || problem(rule->err, PROBLEM_NO_OPERATOR, "0", NULL);
}

bool rule_may_hold_more(const struct rule *rule)
{
	return rule->facts->claims_held < rule->facts->directory->settings.max_claims;
}

static bool holds_not_too_many(struct rule *rule)
{
	if (rule_may_hold_more(rule)) {
		return true;
	}
	const struct facts *facts = rule->facts;
	char *which = mem_strdup(NULL, "");
	for (int64_t i = 0; i < facts->claims_held && i < HELD_NAMED; i++) {
		which = mem_check(talloc_asprintf_append_buffer(
			which, "%s%lld", *which ? ", " : "", (long long)facts->held[i]));
	}
	const char *more = facts->claims_held > HELD_NAMED ? ", …" : "";
	which = mem_check(talloc_asprintf_append_buffer(which, "%s", more));
	problem_number(rule->err, PROBLEM_TOO_MANY, facts->claims_held, which);
	talloc_free(which);
	return false;
}

/* To claim what one holds already is a renewal, and a success. */
static void renew(struct rule *rule)
{
	const struct facts *facts = rule->facts;
	struct decision *out = rule->out;
	out->claim_step = CLAIM_TAKE;
	out->claim = *facts->claim;
	out->claim.expires_at = facts->now + facts->directory->settings.claim_ms;
	out->claim.grace = false;
	out->generation = facts->claim->generation;
}

bool rule_claim(struct rule *rule)
{
	if (!has_actor(rule)) {
		return false;
	}
	if (held_by_actor(rule)) {
		renew(rule);
		return true;
	}
	if (!rule_not_held_by_other(rule) || !rule_not_covered(rule) || !holds_not_too_many(rule)) {
		return false;
	}
	rule_take(rule);
	return true;
}

bool rule_release(struct rule *rule)
{
	const struct facts *facts = rule->facts;
	const struct claim *claim = facts->claim;
	if (!rule_not_held_by_other(rule)) {
		return false;
	}
	if (!claim || !facts->actor || claim->operator_id != facts->actor->id) {
		return problem_number(rule->err, PROBLEM_NOT_HELD, facts->ticket->number, NULL);
	}
	if (rule->change->generation && rule->change->generation != claim->generation) {
		return problem_number(rule->err, PROBLEM_STALE, facts->ticket->number, NULL);
	}
	rule_end_claim(rule);
	return true;
}

static bool may_take_from(struct rule *rule, const struct claim *claim)
{
	if (!claim_is_live(claim, rule->facts->now)) {
		return true;
	}
	const struct operator_ *holder =
		directory_operator(rule->facts->directory, claim->operator_id);
	return !holder || permission_supervises(rule->facts->actor, holder) ||
	       problem(rule->err, PROBLEM_NOT_YOURS, holder->login, NULL);
}

/* Of two tickets that one holder has of one customer each would cover the other: taken from a
 * holder whom the actor supervises, it is beside the cover. */
bool rule_take_over(struct rule *rule)
{
	if (!has_actor(rule)) {
		return false;
	}
	if (held_by_actor(rule)) {
		renew(rule);
		return true;
	}
	if (!may_take_from(rule, rule->facts->claim) || !may_take_from(rule, rule->facts->cover) ||
		!holds_not_too_many(rule)) {
		return false;
	}
	rule_take(rule);
	rule->out->claim.separate = rule->facts->cover != NULL;
	return true;
}

/* Nothing is altered by it: the log row tells the holder. */
bool rule_ask_for(struct rule *rule)
{
	const struct facts *facts = rule->facts;
	if (!has_actor(rule)) {
		return false;
	}
	if (!claim_is_live(facts->claim, facts->now)) {
		return problem_number(rule->err, PROBLEM_FREE, facts->ticket->number, NULL);
	}
	return held_by_other(rule) || problem(rule->err, PROBLEM_SAME, NULL);
}

/* The ticket becomes softly his too, so that it is not lost if he is not there to renew. */
static void give(struct rule *rule, const struct operator_ *taker)
{
	const struct facts *facts = rule->facts;
	struct decision *out = rule->out;
	close_span(rule);
	out->claim_step = CLAIM_TAKE;
	out->claim = *facts->claim;
	out->claim.operator_id = taker->id;
	out->claim.generation = facts->revision;
	out->claim.since = facts->now;
	out->claim.expires_at = facts->now + facts->directory->settings.claim_ms;
	out->claim.grace = out->claim.is_logged = false;
	out->claim.separate = facts->claim->separate || facts->taker_cover;
	out->claim.worked_from = out->claim.worked_to = 0;
	out->ticket.assignee = taker->id;
	out->writes |= WRITE_TICKET | WRITE_DRAFT_OVER;
}

bool rule_hand_over(struct rule *rule)
{
	const struct facts *facts = rule->facts;
	const struct change *change = rule->change;
	int64_t number = facts->ticket->number;
	if (!has_actor(rule) || !rule_operator_exists(rule, change->operator_id)) {
		return false;
	}
	if (!held_by_actor(rule)) {
		return problem_number(rule->err, PROBLEM_NOT_HOLDER, number, NULL);
	}
	if (change->generation && change->generation != facts->claim->generation) {
		return problem_number(rule->err, PROBLEM_STALE, number, NULL);
	}
	const struct operator_ *taker = directory_operator(facts->directory, change->operator_id);
	if (taker->id == facts->actor->id) {
		return problem(rule->err, PROBLEM_SAME, NULL);
	}
	if (!permission_sees_ticket(taker, facts->ticket, NULL, facts->is_taker_involved)) {
		return problem_number(rule->err, PROBLEM_TAKER_BLIND, number, taker->login);
	}
	if (facts->taker_held >= facts->directory->settings.max_claims) {
		return problem_number(
			rule->err, PROBLEM_TAKER_FULL, facts->taker_held, taker->login);
	}
	give(rule, taker);
	return true;
}

bool rule_expire(struct rule *rule)
{
	const struct claim *claim = rule->facts->claim;
	if (!claim || claim_is_live(claim, rule->facts->now) || claim->is_logged ||
		claim->operator_id != rule->change->operator_id) {
		return problem(rule->err, PROBLEM_SAME, NULL);
	}
	close_span(rule);
	rule->out->claim_step = CLAIM_MARK_EXPIRED;
	return true;
}

enum { WORKED_MAX_MS = MS_DAY };

/* The end of a handle span. Only what no earlier span of the operator covers counts. */
bool rule_worked(struct rule *rule)
{
	const struct change *change = rule->change;
	int64_t from = change->from_at;
	int64_t to = change->to_at;
	int64_t who = change->operator_id ? change->operator_id : rule_author(rule);
	if (!rule_operator_exists(rule, who)) {
		return false;
	}
	if (!change->imported) {
		/* A console whose clock is ahead must not block the spans that follow. */
		to = to < rule->facts->now ? to : rule->facts->now;
		from = from > rule->facts->worked_until ? from : rule->facts->worked_until;
	}
	if (from >= to || to - from > WORKED_MAX_MS) {
		return problem(rule->err, PROBLEM_SPAN, NULL);
	}
	rule->out->worked_operator = who;
	rule->out->worked_from = from;
	rule->out->worked_to = to;
	rule->out->writes |= WRITE_WORKED;
	return true;
}
