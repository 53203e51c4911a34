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
	int64_t actor = rule->facts->actor->id;
	bool matches =
		claim && claim->operator_id == actor && claim->generation == change->generation;
	if (change->generation && !matches) {
		return problem_number(rule->err, PROBLEM_STALE, change->ticket, NULL);
	}
	if (claim_is_held_by(claim, actor, rule->facts->now)) {
		return true;
	}
	return rule_not_held_by_other(rule) && rule_not_covered(rule);
}

static bool sends_at_once(enum channel channel)
{
	return channel == CHANNEL_PHONE || channel == CHANNEL_COUNTER;
}

static void add_reply_message(struct rule *rule)
{
	const struct change *change = rule->change;
	const struct facts *facts = rule->facts;
	struct ticket *ticket = &rule->out->ticket;
	struct message *message = &rule->out->message;
	char uuid[UUID_TEXT_SIZE];
	uuid_format(&change->id, uuid);
	*message = (struct message){.id = facts->revision,
		.ticket = ticket->number,
		.direction = DIRECTION_OUT,
		.author = rule_author(rule),
		.channel = change->channel ? (enum channel)change->channel : ticket->channel,
		.at = facts->now,
		.text = mem_strdup(rule->mem, change->text),
		.state = MESSAGE_QUEUED,
		.send_at = facts->now + facts->directory->settings.undo_ms,
		.message_id = mem_printf(rule->mem, "<%s@atende>", uuid),
		.run_at = ticket->run_at,
		.is_first = ticket->first_answer_at == 0 && ticket->run_at != 0};
	if (change->imported) {
		message->state = change->message_state ? (enum message_state)change->message_state
						       : MESSAGE_SENT;
		message->send_at = facts->now;
	} else if (sends_at_once(message->channel)) {
		message->state = MESSAGE_SENT;
		message->send_at = facts->now;
	}
}

/* What an answer of ours does to the ticket, whatever its channel. */
static void answer_ticket(struct rule *rule)
{
	struct ticket *ticket = &rule->out->ticket;
	int64_t author = rule_author(rule);
	if (ticket->first_answer_at == 0 && ticket->run_at) {
		ticket->first_answer_at = rule->facts->now;
	}
	ticket->former_state = TICKET_NO_STATE;
	if (author) {
		ticket->assignee = author;
	}
}

static void apply_outcome(struct rule *rule, enum outcome outcome)
{
	struct ticket *ticket = &rule->out->ticket;
	switch (outcome) {
	case OUTCOME_WAIT:
		rule_run_close(ticket);
		rule_set_state(rule, ticket, TICKET_WAITING);
		break;
	case OUTCOME_RESOLVE:
		rule_run_close(ticket);
		rule_set_state(rule, ticket, TICKET_RESOLVED);
		ticket->reason = rule->change->reason;
		break;
	case OUTCOME_STAY_OPEN:
		rule_run_due(rule, ticket);
		rule_set_state(rule, ticket, TICKET_OPEN);
		break;
	case OUTCOME_NONE:
		rule_run_due(rule, ticket);
		break;
	}
}

static void count_message(struct rule *rule, bool is_ours)
{
	struct ticket *ticket = &rule->out->ticket;
	ticket->message_count++;
	ticket->newest_public = rule->facts->revision;
	ticket->newest_is_ours = is_ours;
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
	add_reply_message(rule);
	answer_ticket(rule);
	apply_outcome(rule, (enum outcome)change->outcome);
	count_message(rule, true);
	rule_end_claim(rule);
	rule->out->draft_kind = DRAFT_REPLY;
	rule->out->writes |= WRITE_TICKET | WRITE_MESSAGE | WRITE_DRAFT_GONE;
	return true;
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
		.to_at = change->to_at};
}

/* A call or a counter contact that took place: recorded whatever else is going on, but what it ends
 * is ended under the claim only. */
bool rule_call(struct rule *rule)
{
	const struct change *change = rule->change;
	struct ticket *ticket = &rule->out->ticket;
	bool ends = change->outcome == OUTCOME_WAIT || change->outcome == OUTCOME_RESOLVE ||
		    change->until_at;
	if (ends && !rule_not_held_by_other(rule)) {
		return false;
	}
	if (change->from_at && change->to_at && change->from_at > change->to_at) {
		return problem(rule->err, PROBLEM_SPAN, NULL);
	}
	if (change->until_at && change->until_at <= rule->facts->now && !change->imported) {
		return problem(rule->err, PROBLEM_PAST, NULL);
	}
	if (change->outcome == OUTCOME_RESOLVE && !rule_reason_given(rule)) {
		return false;
	}
	add_call_message(rule);
	if (change->contact == CONTACT_ANSWERED) {
		answer_ticket(rule);
	}
	apply_outcome(rule, (enum outcome)change->outcome);
	if (change->until_at) {
		rule_set_state(rule, ticket, TICKET_SNOOZED);
		ticket->snoozed_until = change->until_at;
	}
	count_message(rule, true);
	if (ends) {
		rule_end_claim(rule);
	}
	rule->out->writes |= WRITE_TICKET | WRITE_MESSAGE;
	return true;
}
