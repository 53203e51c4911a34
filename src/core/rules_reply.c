#include "base/mem.h"
#include "core/problem.h"
#include "core/rule.h"

/* Answers: written ones and calls. */

static bool check_seen(struct rule *rule)
{
	const struct ticket *ticket = rule->facts->ticket;
	if (rule->change->imported || ticket->newest_public == 0) {
		return true;
	}
	if (rule->change->seen == 0) {
		return !ticket->newest_is_ours ||
		       problem_number(rule->err, PROBLEM_OURS_LAST, ticket->number, NULL);
	}
	return rule->change->seen >= ticket->newest_public ||
	       problem_number(rule->err, PROBLEM_UNSEEN, ticket->number, NULL);
}

/* The fence: good under the live lease, and under an expired one that nobody replaced. */
static bool check_fence(struct rule *rule)
{
	const struct change *change = rule->change;
	const struct claim *claim = rule->facts->claim;
	if (change->imported) {
		return true;
	}
	if (!rule->facts->actor) {
		return problem(rule->err, PROBLEM_NO_OPERATOR, "0", NULL);
	}
	int64_t actor = rule->facts->actor->id;
	bool matches =
		claim && claim->operator_id == actor && claim->generation == change->generation;
	if (change->generation && !matches) {
		return problem_number(rule->err, PROBLEM_STALE, change->ticket, NULL);
	}
	if (claim_is_held_by(claim, actor, rule->facts->now)) {
		return true;
	}
	return rule_not_held_by_other(rule) &&
	       ((matches && claim->separate) || rule_not_covered(rule));
}

/* What did not reach the customer is no answer. */
static bool is_answer(enum message_state state)
{
	return state != MESSAGE_BOUNCED && state != MESSAGE_FAILED && state != MESSAGE_UNDONE;
}

static bool add_reply_message(struct rule *rule)
{
	const struct change *change = rule->change;
	struct ticket *ticket = &rule->out->ticket;
	enum channel channel = change->channel ? (enum channel)change->channel : ticket->channel;
	rule_add_out_message(rule, ticket, channel);
	struct message *message = &rule->out->message;
	if (is_answer(message->state)) {
		message->run_at = ticket->run_at;
		message->is_first = ticket->first_answer_at == 0 && ticket->run_at != 0;
	}
	return rule_recipient(rule, ticket->customer, channel, &message->address);
}

/* What an answer of ours does to the ticket, whatever its channel. After the first, the open run is
 * due by the target of the next. */
static void answer_ticket(struct rule *rule, int64_t at)
{
	struct ticket *ticket = &rule->out->ticket;
	int64_t author = rule_author(rule);
	if (ticket->first_answer_at == 0 && ticket->run_at) {
		ticket->first_answer_at = at;
		rule_run_due(rule, ticket);
	}
	ticket->former_state = TICKET_NO_STATE;
	if (author) {
		ticket->assignee = author;
	}
}

/* Only an answer ends the customer's waiting; a resolve without one ends it as missed. */
static void apply_outcome(struct rule *rule, enum outcome outcome, bool answered)
{
	struct ticket *ticket = &rule->out->ticket;
	switch (outcome) {
	case OUTCOME_WAIT:
		if (answered) {
			rule_run_close(ticket);
		}
		rule_set_state(rule, ticket, TICKET_WAITING);
		break;
	case OUTCOME_RESOLVE:
		rule_run_close(ticket);
		rule_set_state(rule, ticket, TICKET_RESOLVED);
		ticket->reason = rule->change->reason;
		ticket->former_state = TICKET_NO_STATE;
		break;
	case OUTCOME_STAY_OPEN:
		rule_set_state(rule, ticket, TICKET_OPEN);
		break;
	case OUTCOME_NONE:
		break;
	}
}

bool rule_reply(struct rule *rule)
{
	const struct change *change = rule->change;
	if (!check_seen(rule) || !check_fence(rule)) {
		return false;
	}
	if (change->outcome == OUTCOME_RESOLVE && !rule_reason_given(rule)) {
		return false;
	}
	if (change->operator_id && !rule_operator_exists(rule, change->operator_id)) {
		return false;
	}
	if (!add_reply_message(rule)) {
		return false;
	}
	if (is_answer(rule->out->message.state)) {
		answer_ticket(rule, rule->facts->now);
		apply_outcome(rule, (enum outcome)change->outcome, true);
	} else {
		apply_outcome(rule, OUTCOME_STAY_OPEN, false);
	}
	rule_end_claim(rule);
	rule_end_draft(rule, DRAFT_REPLY);
	rule->out->writes |= WRITE_TICKET | WRITE_MESSAGE;
	return true;
}

/* A customer who called and was not answered waits as if he had written. */
static bool is_missed(const struct rule *rule)
{
	return rule->change->direction == DIRECTION_IN && rule->change->contact != CONTACT_ANSWERED;
}

static void add_call_message(struct rule *rule)
{
	const struct change *change = rule->change;
	struct ticket *ticket = &rule->out->ticket;
	bool answered = change->contact == CONTACT_ANSWERED;
	int direction = change->direction ? change->direction : DIRECTION_OUT;
	rule->out->message = (struct message){.id = rule->facts->revision,
		.ticket = ticket->number,
		.direction = (enum direction)direction,
		.author = rule_author(rule),
		.channel = change->channel ? (enum channel)change->channel : CHANNEL_PHONE,
		.at = rule->facts->now,
		.text = mem_strdup(rule->mem, change->text ? change->text : ""),
		.state = direction == DIRECTION_IN ? MESSAGE_RECEIVED : MESSAGE_SENT,
		.send_at = rule->facts->now,
		.message_id = mem_strdup(rule->mem, ""),
		.run_at = answered ? ticket->run_at : 0,
		.is_first = answered && ticket->first_answer_at == 0 && ticket->run_at != 0,
		.contact = (enum contact_outcome)change->contact,
		.from_at = change->from_at,
		.to_at = change->to_at,
		.address = mem_strdup(rule->mem, "")};
	ticket->message_count++;
	ticket->newest_public = rule->facts->revision;
	ticket->newest_is_ours = !is_missed(rule);
	rule->out->writes |= WRITE_TICKET | WRITE_MESSAGE;
}

static bool check_call(struct rule *rule)
{
	const struct change *change = rule->change;
	int64_t now = rule->facts->now;
	if (change->from_at && change->to_at && change->from_at > change->to_at) {
		return problem(rule->err, PROBLEM_SPAN, NULL);
	}
	if (change->until_at && change->outcome) {
		return problem(rule->err, PROBLEM_VALUE, "until", NULL);
	}
	if (change->until_at && change->until_at <= now && !change->imported) {
		return problem(rule->err, PROBLEM_PAST, NULL);
	}
	if (change->operator_id && !rule_operator_exists(rule, change->operator_id)) {
		return false;
	}
	return change->outcome != OUTCOME_RESOLVE || rule_reason_given(rule);
}

/* A call taken counts as answered when it was taken, told by a clock that is not ours.
 */
static int64_t taken_at(const struct rule *rule)
{
	int64_t from = rule->change->from_at;
	bool is_sane = from >= rule->out->ticket.run_at && from <= rule->facts->now;
	return from && is_sane ? from : rule->facts->now;
}

/* The customer waits since he called. */
static void miss_call(struct rule *rule)
{
	struct ticket *ticket = &rule->out->ticket;
	rule_run_start(rule, ticket, rule->facts->now);
	if (rule->change->outcome == OUTCOME_NONE && !rule->change->until_at) {
		rule_reopen_by_customer(rule, ticket);
	}
}

/* A call or a counter contact that took place: recorded whatever else is going on, but what it ends
 * is ended under the claim only. */
bool rule_call(struct rule *rule)
{
	const struct change *change = rule->change;
	struct ticket *ticket = &rule->out->ticket;
	bool answered = change->contact == CONTACT_ANSWERED;
	bool ends = change->outcome == OUTCOME_WAIT || change->outcome == OUTCOME_RESOLVE ||
		    change->until_at;
	if ((ends && !rule_not_held_by_other(rule)) || !check_call(rule)) {
		return false;
	}
	add_call_message(rule);
	if (answered) {
		answer_ticket(rule, taken_at(rule));
	} else if (is_missed(rule)) {
		miss_call(rule);
	}
	apply_outcome(rule, (enum outcome)change->outcome, answered);
	if (change->until_at) {
		rule_set_state(rule, ticket, TICKET_SNOOZED);
		ticket->snoozed_until = change->until_at;
	}
	if (ends) {
		rule_end_claim(rule);
	}
	rule_end_draft(rule, DRAFT_CALL);
	return true;
}
