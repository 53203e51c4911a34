#include "base/mem.h"
#include "core/name.h"
#include "core/permission.h"
#include "core/problem.h"
#include "core/rule.h"

/* Situations: what a ticket waits for, if anything. All but reopening end the actor's claim. */

static bool refuse_state(struct rule *rule)
{
	const struct ticket *ticket = rule->facts->ticket;
	return problem_number(rule->err, PROBLEM_STATE, ticket->number,
		name_of(&ticket_state_names, (int)ticket->state));
}

static void leave_queue(struct rule *rule, enum ticket_state state)
{
	rule_set_state(rule, &rule->out->ticket, state);
	rule_end_claim(rule);
	rule->out->writes |= WRITE_TICKET;
}

bool rule_wait(struct rule *rule)
{
	if (!rule_not_held_by_other(rule)) {
		return false;
	}
	if (rule->facts->ticket->state == TICKET_WAITING) {
		return refuse_state(rule);
	}
	leave_queue(rule, TICKET_WAITING);
	return true;
}

bool rule_resolve(struct rule *rule)
{
	struct ticket *ticket = &rule->out->ticket;
	if (!rule_not_held_by_other(rule) || !rule_reason_given(rule)) {
		return false;
	}
	if (ticket->state == TICKET_RESOLVED) {
		return refuse_state(rule);
	}
	rule_run_close(ticket);
	leave_queue(rule, TICKET_RESOLVED);
	ticket->reason = rule->change->reason;
	ticket->former_state = TICKET_NO_STATE;
	return true;
}

bool rule_reopen(struct rule *rule)
{
	struct ticket *ticket = &rule->out->ticket;
	if (!rule_not_held_by_other(rule)) {
		return false;
	}
	if (ticket->merged_into) {
		return rule_refuse_merged(rule, ticket);
	}
	if (ticket->state == TICKET_OPEN) {
		return refuse_state(rule);
	}
	rule_set_state(rule, ticket, TICKET_OPEN);
	rule->out->writes |= WRITE_TICKET;
	return true;
}

bool rule_snooze(struct rule *rule)
{
	if (!rule_not_held_by_other(rule)) {
		return false;
	}
	if (rule->change->until_at <= rule->facts->now && !rule->change->imported) {
		return problem(rule->err, PROBLEM_PAST, NULL);
	}
	leave_queue(rule, TICKET_SNOOZED);
	rule->out->ticket.snoozed_until = rule->change->until_at;
	return true;
}

bool rule_wake(struct rule *rule)
{
	struct ticket *ticket = &rule->out->ticket;
	if (ticket->state != TICKET_SNOOZED || ticket->snoozed_until > rule->facts->now) {
		return refuse_state(rule);
	}
	ticket_settle(ticket, rule->facts->now, rule->facts->directory->settings.auto_resolve_ms);
	rule->out->writes |= WRITE_TICKET;
	return true;
}

/* Dated at the time it began to wait, and marked. */
bool rule_auto_resolve(struct rule *rule)
{
	struct ticket *ticket = &rule->out->ticket;
	int64_t due_at = ticket->waited_at + rule->facts->directory->settings.auto_resolve_ms;
	if (ticket->state != TICKET_WAITING || due_at > rule->facts->now) {
		return refuse_state(rule);
	}
	ticket_settle(ticket, rule->facts->now, rule->facts->directory->settings.auto_resolve_ms);
	rule_end_claim(rule);
	rule->out->writes |= WRITE_TICKET;
	return true;
}

/* The "thanks" after a resolve: back to where the ticket was before the customer wrote, with the
 * times of then. A snooze that is over meanwhile leaves it in the queue. */
bool rule_no_answer(struct rule *rule)
{
	struct ticket *ticket = &rule->out->ticket;
	if (!rule_not_held_by_other(rule)) {
		return false;
	}
	if (ticket->run_at == 0) {
		return refuse_state(rule);
	}
	const struct ticket before = *ticket;
	enum ticket_state former = ticket->former_state;
	bool snooze_is_over = ticket->snoozed_until <= rule->facts->now;
	if (former == TICKET_SNOOZED && snooze_is_over) {
		former = TICKET_OPEN;
	}
	rule_run_close(ticket);
	leave_queue(rule, former ? former : TICKET_RESOLVED);
	if (former) {
		ticket->resolved_at = before.resolved_at;
		ticket->resolved_by_time = before.resolved_by_time;
		ticket->waited_at = before.waited_at;
		ticket->snoozed_until = former == TICKET_SNOOZED ? before.snoozed_until : 0;
	}
	ticket->former_state = TICKET_NO_STATE;
	return true;
}

/* The earlier start of the two, and the earlier due time. Who waited in either waits in the other.
 */
static void join_run(struct rule *rule)
{
	struct ticket *ticket = &rule->out->ticket;
	struct ticket *other = &rule->out->other_ticket;
	if (ticket->run_at && (other->run_at == 0 || ticket->run_at < other->run_at)) {
		other->run_at = ticket->run_at;
	}
	if (ticket->run_at && ticket->answer_due_at < other->answer_due_at) {
		other->answer_due_at = ticket->answer_due_at;
	}
	if (other->state != TICKET_OPEN && (ticket->run_at || ticket->state == TICKET_OPEN)) {
		rule_reopen_by_customer(rule, other);
	}
	if (other->state == TICKET_OPEN && other->run_at) {
		other->waiting_since = other->run_at;
	}
}

/* Whoever names a ticket that he does not see is told what a number that is none is told. */
static bool other_is_seen(const struct rule *rule)
{
	const struct facts *facts = rule->facts;
	return facts->other_ticket &&
	       (!facts->actor || rule->change->imported ||
		       permission_sees_ticket(facts->actor, facts->other_ticket, facts->other_claim,
			       facts->is_other_involved));
}

static bool other_is_alive(struct rule *rule)
{
	const struct ticket *other = rule->facts->other_ticket;
	if (!other_is_seen(rule)) {
		return problem_number(rule->err, PROBLEM_NO_TICKET, rule->change->other, NULL);
	}
	if (other->number == rule->facts->ticket->number) {
		return problem(rule->err, PROBLEM_SAME, NULL);
	}
	if (other->customer != rule->facts->ticket->customer) {
		char *number = mem_printf(NULL, "%lld", (long long)other->number);
		problem_number(
			rule->err, PROBLEM_OTHER_CUSTOMER, rule->facts->ticket->number, number);
		talloc_free(number);
		return false;
	}
	if (other->merged_into) {
		return rule_refuse_merged(rule, other);
	}
	return other->state != TICKET_DISCARDED ||
	       problem_number(rule->err, PROBLEM_DISCARDED, other->number, NULL);
}

bool rule_discard(struct rule *rule)
{
	bool duplicate = rule->change->discard == DISCARD_DUPLICATE;
	if (!rule_not_held_by_other(rule)) {
		return false;
	}
	if (duplicate != (rule->change->other != 0)) {
		return problem(rule->err, duplicate ? PROBLEM_MISSING : PROBLEM_UNKNOWN_FIELD,
			"other", "discard", NULL);
	}
	if (duplicate) {
		if (!other_is_alive(rule)) {
			return false;
		}
		join_run(rule);
		rule->out->ticket.merged_into = rule->change->other;
		rule->out->writes |= WRITE_OTHER_TICKET;
	}
	rule_run_close(&rule->out->ticket);
	leave_queue(rule, TICKET_DISCARDED);
	return true;
}

bool rule_merge(struct rule *rule)
{
	const struct facts *facts = rule->facts;
	if (!rule_not_held_by_other(rule) || !other_is_alive(rule)) {
		return false;
	}
	const struct claim *claim = facts->other_claim;
	if (claim_is_live(claim, facts->now) && facts->actor &&
		claim->operator_id != facts->actor->id) {
		return problem_number(rule->err, PROBLEM_COVERED, claim->ticket,
			directory_login_of(facts->directory, claim->operator_id));
	}
	join_run(rule);
	rule->out->ticket.merged_into = facts->other_ticket->number;
	rule->out->move_from = 1;
	rule_run_close(&rule->out->ticket);
	leave_queue(rule, TICKET_DISCARDED);
	rule->out->writes |= WRITE_OTHER_TICKET | WRITE_MOVE_TEXTS;
	return true;
}
