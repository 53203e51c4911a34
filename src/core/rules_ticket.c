#include "base/mem.h"
#include "core/address.h"
#include "core/problem.h"
#include "core/recipient.h"
#include "core/rule.h"

#include <string.h>

/* A ticket's beginning, its customer's messages, and what is written about it. */

/* The customer: named, else whose address it is, else a new one. */
static bool choose_customer(struct rule *rule)
{
	const struct change *change = rule->change;
	const struct customer *customer = rule->facts->customer;
	if (customer) {
		return rule_customer_is_alive(rule, customer);
	}
	if (change->customer) {
		return problem_number(rule->err, PROBLEM_NO_CUSTOMER, change->customer, NULL);
	}
	if (!change->address) {
		return problem(rule->err, PROBLEM_MISSING, "address", NULL);
	}
	struct address_parts parts;
	if (!address_parse(rule->mem, change->address, &parts, rule->err)) {
		return false;
	}
	const char *name = change->name && *change->name ? change->name : parts.value;
	rule->out->customer = (struct customer){.name = mem_strdup(rule->mem, name),
		.created_at = rule->facts->now,
		.ref = mem_strdup(rule->mem, "")};
	rule->out->writes |= WRITE_CUSTOMER | WRITE_ADDRESS;
	return true;
}

/* Number, state and clocks of a ticket whose opened_at is set. */
static void begin_ticket(struct rule *rule, struct ticket *ticket)
{
	const struct facts *facts = rule->facts;
	ticket->number = facts->next_number;
	ticket->state = TICKET_OPEN;
	ticket->answer_due_at = DUE_NEVER;
	ticket->resolve_due_at = DUE_NEVER;
	ticket->waiting_since = ticket->opened_at;
	struct target target =
		directory_target(facts->directory, ticket->team, ticket->channel, ticket->priority);
	if (target.resolution_ms) {
		ticket->resolve_due_at =
			calendar_add(directory_team_calendar(facts->directory, ticket->team),
				ticket->opened_at, target.resolution_ms);
	}
}

/* The address that the ticket was opened with, if a message can come from or go to it: a CPF only
 * tells who it is. */
static char *opening_address(struct rule *rule, enum channel channel)
{
	const struct facts *facts = rule->facts;
	struct address_parts parts;
	bool is_his = !facts->customer || facts->address_owner == facts->customer->id;
	bool is_given = rule->change->address &&
			address_parse(rule->mem, rule->change->address, &parts, NULL);
	bool suits = is_given && is_his && recipient_suits(parts.kind, channel);
	return suits ? parts.value : mem_strdup(rule->mem, "");
}

static void add_in_message(struct rule *rule, struct ticket *ticket, enum channel channel)
{
	rule->out->message = (struct message){.id = rule->facts->revision,
		.ticket = ticket->number,
		.direction = DIRECTION_IN,
		.channel = channel,
		.at = rule->facts->now,
		.text = mem_strdup(rule->mem, rule->change->text),
		.state = MESSAGE_RECEIVED,
		.send_at = rule->facts->now,
		.message_id = mem_strdup(rule->mem, ""),
		.address = mem_strdup(rule->mem, "")};
	ticket->message_count++;
	ticket->newest_public = rule->facts->revision;
	ticket->newest_is_ours = false;
	rule_run_start(rule, ticket, rule->facts->now);
	rule->out->writes |= WRITE_MESSAGE;
}

/* An outbound ticket: our message is the first, the customer's answer is awaited. */
static void add_out_message(struct rule *rule, struct ticket *ticket)
{
	ticket->opened_by = rule_author(rule);
	ticket->assignee = ticket->opened_by;
	rule_add_out_message(rule, ticket, ticket->channel);
	char **address = &rule->out->message.address;
	*address = opening_address(rule, ticket->channel);
	if (**address == '\0') {
		*address = rule_usual_recipient(rule, ticket->channel);
	}
	rule_set_state(rule, ticket, TICKET_WAITING);
}

bool rule_new(struct rule *rule)
{
	const struct change *change = rule->change;
	if (!choose_customer(rule) || !rule_team_exists(rule, change->team)) {
		return false;
	}
	if (change->operator_id && !rule_operator_exists(rule, change->operator_id)) {
		return false;
	}
	if (rule->facts->ref_owner) {
		return problem(rule->err, PROBLEM_REF_TAKEN, change->ref, NULL);
	}
	struct ticket *ticket = &rule->out->ticket;
	*ticket = (struct ticket){.subject = mem_strdup(rule->mem, change->subject),
		.customer = rule->out->customer.id,
		.channel = (enum channel)change->channel,
		.team = change->team > 0 ? change->team : 0,
		.priority = change->priority ? (enum priority)change->priority : PRIORITY_NORMAL,
		.opened_at = rule->facts->now,
		.tags = mem_strdup(rule->mem, ""),
		.ref = mem_strdup(rule->mem, change->ref ? change->ref : "")};
	begin_ticket(rule, ticket);
	if (change->direction == DIRECTION_OUT) {
		add_out_message(rule, ticket);
	} else {
		add_in_message(rule, ticket, ticket->channel);
		rule->out->message.address = opening_address(rule, ticket->channel);
	}
	rule->out->writes |= WRITE_TICKET;
	return true;
}

/* Resolved longer ago than the reopen window: what comes now is another matter. */
static bool is_long_resolved(const struct rule *rule)
{
	const struct ticket *ticket = rule->facts->ticket;
	const struct settings *settings = &rule->facts->directory->settings;
	int64_t closed_at =
		ticket->resolved_at + (ticket->resolved_by_time ? settings->auto_resolve_ms : 0);
	return ticket->state == TICKET_RESOLVED && !rule->change->imported &&
	       rule->facts->now - closed_at > settings->reopen_ms;
}

static void begin_linked_ticket(struct rule *rule)
{
	const struct ticket *old = rule->facts->ticket;
	rule->out->ticket = (struct ticket){.subject = old->subject,
		.customer = old->customer,
		.channel = old->channel,
		.team = old->team,
		.priority = PRIORITY_NORMAL,
		.opened_at = rule->facts->now,
		.linked_to = old->number,
		.tags = mem_strdup(rule->mem, ""),
		.ref = mem_strdup(rule->mem, "")};
	begin_ticket(rule, &rule->out->ticket);
}

bool rule_receive(struct rule *rule)
{
	struct ticket *ticket = &rule->out->ticket;
	if (ticket->merged_into && !rule->change->imported) {
		return rule_refuse_merged(rule, ticket);
	}
	if (is_long_resolved(rule)) {
		begin_linked_ticket(rule);
	}
	int channel = rule->change->channel;
	enum ticket_state state = ticket->state;
	struct address_parts parts = {0};
	if (rule->change->address && !rule_address_of(rule, ticket->customer, &parts)) {
		return false;
	}
	add_in_message(rule, ticket, channel ? (enum channel)channel : ticket->channel);
	if (parts.value) {
		rule->out->message.address = parts.value;
	}
	if (state == TICKET_DISCARDED) {
		rule_run_close(ticket); /* spam stays spam; the text is kept */
	} else {
		rule_reopen_by_customer(rule, ticket);
	}
	rule->out->writes |= WRITE_TICKET;
	return true;
}

bool rule_note(struct rule *rule)
{
	if (rule->change->operator_id && !rule_operator_exists(rule, rule->change->operator_id)) {
		return false;
	}
	rule_add_note(rule, rule->change->text);
	rule_end_draft(rule, DRAFT_NOTE);
	return true;
}

bool rule_subject(struct rule *rule)
{
	rule->out->ticket.subject = mem_strdup(rule->mem, rule->change->subject);
	rule->out->writes |= WRITE_TICKET;
	return true;
}

static bool tag_word(struct rule *rule, char **word)
{
	if (strpbrk(rule->change->key, " ,:!\"")) {
		return problem(rule->err, PROBLEM_VALUE, "key", NULL);
	}
	*word = mem_printf(rule->mem, " %s ", rule->change->key);
	return true;
}

bool rule_tag(struct rule *rule)
{
	struct ticket *ticket = &rule->out->ticket;
	char *word;
	if (!tag_word(rule, &word)) {
		return false;
	}
	if (strstr(ticket->tags, word)) {
		return problem(rule->err, PROBLEM_SAME, NULL);
	}
	const char *rest = *ticket->tags ? ticket->tags + 1 : "";
	ticket->tags = mem_printf(rule->mem, "%s%s", word, rest);
	rule->out->writes |= WRITE_TICKET;
	return true;
}

bool rule_untag(struct rule *rule)
{
	struct ticket *ticket = &rule->out->ticket;
	char *word;
	if (!tag_word(rule, &word)) {
		return false;
	}
	const char *at = strstr(ticket->tags, word);
	if (!at) {
		return problem(rule->err, PROBLEM_SAME, NULL);
	}
	const char *rest = at + strlen(word) - 1;
	char *tags = mem_printf(rule->mem, "%.*s%s", (int)(at - ticket->tags), ticket->tags, rest);
	ticket->tags = strcmp(tags, " ") == 0 ? mem_strdup(rule->mem, "") : tags;
	rule->out->writes |= WRITE_TICKET;
	return true;
}

bool rule_priority(struct rule *rule)
{
	if (rule->out->ticket.priority == (enum priority)rule->change->priority) {
		return problem(rule->err, PROBLEM_SAME, NULL);
	}
	rule_set_priority(rule, &rule->out->ticket, (enum priority)rule->change->priority);
	rule->out->writes |= WRITE_TICKET;
	return true;
}

/* What the new ticket has of the old one, and where it begins. The customer waits there only if his
 * is the last word. */
static void begin_split_ticket(struct rule *rule, const struct message *first)
{
	const struct ticket *old = rule->facts->ticket;
	struct ticket *ticket = &rule->out->other_ticket;
	*ticket = (struct ticket){.subject = mem_strdup(rule->mem, rule->change->subject),
		.customer = old->customer,
		.channel = old->channel,
		.team = old->team,
		.priority = old->priority,
		.assignee = old->assignee,
		.opened_at = first->at,
		.opened_by = first->direction == DIRECTION_OUT ? first->author : 0,
		.linked_to = old->number,
		.tags = mem_strdup(rule->mem, ""),
		.ref = mem_strdup(rule->mem, "")};
	begin_ticket(rule, ticket);
	if (first->direction == DIRECTION_IN && !old->newest_is_ours) {
		rule_run_start(rule, ticket, first->at);
	}
}

/* The message named and all after it go to a new ticket. */
bool rule_split(struct rule *rule)
{
	const struct message *message = rule->facts->message;
	const struct ticket *old = rule->facts->ticket;
	if (!rule_not_held_by_other(rule)) {
		return false;
	}
	if (!message || message->ticket != old->number) {
		return problem_number(rule->err, PROBLEM_NO_MESSAGE, rule->change->message, NULL);
	}
	if (message->at == old->opened_at || old->message_count < 2) {
		return problem(rule->err, PROBLEM_FIRST_MESSAGE, NULL);
	}
	begin_split_ticket(rule, message);
	if (rule->out->ticket.run_at >= message->at) {
		rule_run_close(&rule->out->ticket);
	}
	rule->out->move_from = message->id;
	rule->out->writes |= WRITE_TICKET | WRITE_OTHER_TICKET | WRITE_MOVE_TEXTS;
	return true;
}
