#include "core/rule.h"

#include "base/mem.h"
#include "core/mention.h"
#include "core/name.h"
#include "core/problem.h"
#include "core/recipient.h"

#include <string.h>

void rule_run_due(struct rule *rule, struct ticket *ticket)
{
	const struct directory *directory = rule->facts->directory;
	struct target target =
		directory_target(directory, ticket->team, ticket->channel, ticket->priority);
	int64_t allowed_ms =
		ticket->first_answer_at ? target.next_answer_ms : target.first_answer_ms;
	ticket->answer_due_at = DUE_NEVER;
	if (ticket->run_at && allowed_ms) {
		ticket->answer_due_at =
			calendar_add(directory_team_calendar(directory, ticket->team),
				ticket->run_at, allowed_ms);
	}
}

void rule_run_start(struct rule *rule, struct ticket *ticket, int64_t at)
{
	if (ticket->run_at == 0) {
		ticket->run_at = at;
		rule_run_due(rule, ticket);
	}
}

void rule_run_close(struct ticket *ticket)
{
	ticket->run_at = 0;
	ticket->answer_due_at = DUE_NEVER;
}

void rule_set_priority(struct rule *rule, struct ticket *ticket, enum priority priority)
{
	int64_t due_at = ticket->answer_due_at;
	ticket->priority = priority;
	rule_run_due(rule, ticket);
	if (due_at < ticket->answer_due_at) {
		ticket->answer_due_at = due_at;
	}
}

void rule_set_state(struct rule *rule, struct ticket *ticket, enum ticket_state state)
{
	int64_t now = rule->facts->now;
	bool was_open = ticket->state == TICKET_OPEN;
	ticket->state = state;
	ticket->snoozed_until = 0;
	if (state == TICKET_WAITING) {
		ticket->waited_at = now;
	}
	if (state == TICKET_OPEN) {
		ticket->waiting_since = ticket->run_at ? ticket->run_at
					: was_open     ? ticket->waiting_since
						       : now;
	}
	if (state == TICKET_RESOLVED) {
		ticket->resolved_at = now;
		ticket->resolved_by_time = false;
	}
}

/* The end of a snooze is kept, so that "no answer needed" can give it back. */
void rule_reopen_by_customer(struct rule *rule, struct ticket *ticket)
{
	int64_t snoozed_until = ticket->snoozed_until;
	if (ticket->state != TICKET_OPEN) {
		ticket->former_state = ticket->state;
	}
	rule_set_state(rule, ticket, TICKET_OPEN);
	ticket->snoozed_until = snoozed_until;
}

void rule_add_out_message(struct rule *rule, struct ticket *ticket, enum channel channel)
{
	const struct change *change = rule->change;
	const struct facts *facts = rule->facts;
	char uuid[UUID_TEXT_SIZE];
	uuid_format(&change->id, uuid);
	bool is_sent = change->imported || channel_is_spoken(channel);
	enum message_state state = is_sent ? MESSAGE_SENT : MESSAGE_QUEUED;
	if (change->imported && change->message_state) {
		state = (enum message_state)change->message_state;
	}
	rule->out->message = (struct message){.id = facts->revision,
		.ticket = ticket->number,
		.direction = DIRECTION_OUT,
		.author = rule_author(rule),
		.channel = channel,
		.at = facts->now,
		.text = mem_strdup(rule->mem, change->text),
		.state = state,
		.send_at = facts->now + (change->imported ? 0 : facts->directory->settings.undo_ms),
		.message_id = mem_printf(rule->mem, "<%s@atende>", uuid),
		.address = mem_strdup(rule->mem, "")};
	rule->out->writes |= WRITE_MESSAGE;
	if (state != MESSAGE_UNDONE) {
		ticket->message_count++;
		ticket->newest_public = facts->revision;
		ticket->newest_is_ours = true;
	}
}

bool rule_address_of(struct rule *rule, int64_t customer, struct address_parts *parts)
{
	if (!address_parse(rule->mem, rule->change->address, parts, rule->err)) {
		return false;
	}
	if (rule->facts->address_owner == customer) {
		return true;
	}
	char *number = mem_printf(NULL, "%lld", (long long)customer);
	problem(rule->err, PROBLEM_NOT_ADDRESS, parts->value, number, NULL);
	talloc_free(number);
	return false;
}

char *rule_usual_recipient(const struct rule *rule, enum channel channel)
{
	const struct facts *facts = rule->facts;
	const struct address *usual = recipient_usual(
		channel, facts->last_address, facts->addresses, facts->address_count);
	return mem_strdup(rule->mem, usual ? usual->value : "");
}

bool rule_recipient(struct rule *rule, int64_t customer, enum channel channel, char **address)
{
	struct address_parts parts;
	if (!rule->change->address) {
		*address = rule_usual_recipient(rule, channel);
		return true;
	}
	if (!rule_address_of(rule, customer, &parts)) {
		return false;
	}
	*address = parts.value;
	return recipient_suits(parts.kind, channel) ||
	       problem(rule->err, PROBLEM_ADDRESS_CHANNEL, parts.value,
		       name_of(&channel_names, (int)channel), NULL);
}

void rule_end_draft(struct rule *rule, enum draft_kind kind)
{
	rule->out->draft_kind = kind;
	rule->out->writes |= WRITE_DRAFT_GONE;
}

int64_t rule_author(const struct rule *rule)
{
	if (rule->change->imported && rule->change->operator_id) {
		return rule->change->operator_id;
	}
	return rule->facts->actor ? rule->facts->actor->id : 0;
}

void rule_add_note(struct rule *rule, const char *text)
{
	struct decision *out = rule->out;
	out->note = (struct note){.id = rule->facts->revision,
		.ticket = out->ticket.number,
		.author = rule_author(rule),
		.at = rule->facts->now,
		.text = mem_strdup(rule->mem, text)};
	int64_t *ids = NULL;
	out->mention_count = mention_find(rule->mem, text, rule->facts->directory, &ids);
	out->mentions = ids;
	out->ticket.note_count++;
	out->writes |= WRITE_NOTE | WRITE_TICKET | (out->mention_count ? WRITE_MENTIONS : 0);
}

bool rule_team_exists(struct rule *rule, int64_t team)
{
	if (team <= 0 || directory_team(rule->facts->directory, team)) {
		return true;
	}
	return problem_number(rule->err, PROBLEM_NO_TEAM, team, NULL);
}

bool rule_operator_exists(struct rule *rule, int64_t operator_id)
{
	const struct operator_ *operator_ = directory_operator(rule->facts->directory, operator_id);
	if (!operator_) {
		return problem_number(rule->err, PROBLEM_NO_OPERATOR, operator_id, NULL);
	}
	return operator_->enabled || rule->change->imported ||
	       problem(rule->err, PROBLEM_DISABLED, operator_->login, NULL);
}

static bool desk_has_reasons(const struct directory *directory)
{
	for (size_t i = 0; i < directory->reason_count; i++) {
		if (directory->reasons[i].enabled) {
			return true;
		}
	}
	return false;
}

bool rule_reason_given(struct rule *rule)
{
	int64_t reason = rule->change->reason;
	if (reason) {
		const struct reason *found = directory_reason(rule->facts->directory, reason);
		return (found && (found->enabled || rule->change->imported)) ||
		       problem_number(rule->err, PROBLEM_NO_REASON, reason, NULL);
	}
	if (rule->change->imported || !desk_has_reasons(rule->facts->directory)) {
		return true;
	}
	return problem(rule->err, PROBLEM_MISSING, "reason", NULL);
}

static bool refuse_with_target(
	struct rule *rule, enum problem which, int64_t number, int64_t target_number)
{
	char *target = mem_printf(NULL, "%lld", (long long)target_number);
	problem_number(rule->err, which, number, target);
	talloc_free(target);
	return false;
}

bool rule_refuse_merged(struct rule *rule, const struct ticket *ticket)
{
	return refuse_with_target(rule, PROBLEM_MERGED, ticket->number, ticket->merged_into);
}

bool rule_customer_is_alive(struct rule *rule, const struct customer *customer)
{
	return customer->merged_into == 0 || refuse_with_target(rule, PROBLEM_CUSTOMER_MERGED,
						     customer->id, customer->merged_into);
}
