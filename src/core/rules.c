#include "core/rules.h"

#include "base/mem.h"
#include "core/name.h"
#include "core/permission.h"
#include "core/problem.h"
#include "core/rule.h"

static rule_fn *const rules[CHANGE_KINDS] = {
	[CHANGE_NEW] = rule_new,
	[CHANGE_RECEIVE] = rule_receive,
	[CHANGE_CLAIM] = rule_claim,
	[CHANGE_RELEASE] = rule_release,
	[CHANGE_TAKE_OVER] = rule_take_over,
	[CHANGE_ASK_FOR] = rule_ask_for,
	[CHANGE_HAND_OVER] = rule_hand_over,
	[CHANGE_EXPIRE] = rule_expire,
	[CHANGE_REPLY] = rule_reply,
	[CHANGE_NOTE] = rule_note,
	[CHANGE_WAIT] = rule_wait,
	[CHANGE_RESOLVE] = rule_resolve,
	[CHANGE_REOPEN] = rule_reopen,
	[CHANGE_SNOOZE] = rule_snooze,
	[CHANGE_WAKE] = rule_wake,
	[CHANGE_AUTO_RESOLVE] = rule_auto_resolve,
	[CHANGE_NO_ANSWER] = rule_no_answer,
	[CHANGE_DISCARD] = rule_discard,
	[CHANGE_TRANSFER] = rule_transfer,
	[CHANGE_PRIORITY] = rule_priority,
	[CHANGE_ESCALATE] = rule_escalate,
	[CHANGE_TAG] = rule_tag,
	[CHANGE_UNTAG] = rule_untag,
	[CHANGE_SUBJECT] = rule_subject,
	[CHANGE_ASK] = rule_ask,
	[CHANGE_ANSWER_QUESTION] = rule_answer_question,
	[CHANGE_MERGE] = rule_merge,
	[CHANGE_SPLIT] = rule_split,
	[CHANGE_CALL] = rule_call,
	[CHANGE_WORKED] = rule_worked,
	[CHANGE_UNDO] = rule_undo,
	[CHANGE_CUSTOMER_NEW] = rule_customer_new,
	[CHANGE_CUSTOMER] = rule_customer,
	[CHANGE_ADDRESS_ADD] = rule_address_add,
	[CHANGE_ADDRESS_REMOVE] = rule_address_remove,
	[CHANGE_CUSTOMER_NOTE] = rule_customer_note,
	[CHANGE_CUSTOMER_NOTE_EDIT] = rule_customer_note_edit,
	[CHANGE_CUSTOMER_MERGE] = rule_customer_merge,
	[CHANGE_OPERATOR] = rule_operator,
	[CHANGE_TEAM] = rule_team,
	[CHANGE_CALENDAR] = rule_calendar,
	[CHANGE_TARGET] = rule_target,
	[CHANGE_ANSWER] = rule_answer,
	[CHANGE_REASON] = rule_reason,
	[CHANGE_SETTING] = rule_setting,
	[CHANGE_SIGN_IN] = rule_sign_in,
	[CHANGE_SIGN_OUT] = rule_sign_out,
	[CHANGE_PAUSE] = rule_pause,
	[CHANGE_RESUME] = rule_resume,
	[CHANGE_PREFERENCE] = rule_preference,
	[CHANGE_PASSWORD] = rule_password,
	[CHANGE_SESSION] = rule_session,
	[CHANGE_TOKEN_ADD] = rule_token_add,
	[CHANGE_TOKEN_REVOKE] = rule_token_revoke,
	[CHANGE_MEMO] = rule_memo,
	[CHANGE_MEMO_READ] = rule_memo_read,
};

static bool actor_may(struct rule *rule)
{
	const struct operator_ *actor = rule->facts->actor;
	if (!actor) {
		return true; /* the desk itself */
	}
	enum role least = change_kinds[rule->change->kind].role;
	if (rule->change->imported && least < ROLE_SUPERVISOR) {
		least = ROLE_SUPERVISOR;
	}
	if (!actor->enabled) {
		return problem(rule->err, PROBLEM_DISABLED, actor->login, NULL);
	}
	if (change_kinds[rule->change->kind].role == ROLE_NONE) {
		return problem(rule->err, PROBLEM_DESK_ONLY, NULL);
	}
	if (actor->role < least) {
		return problem(rule->err, PROBLEM_ROLE, name_of(&role_names, (int)least), NULL);
	}
	return true;
}

/* Who transferred a ticket out of his sight may still take that back. */
static bool ticket_is_seen(const struct rule *rule)
{
	const struct facts *facts = rule->facts;
	if (!facts->actor || rule->change->imported ||
		(facts->undone && facts->undone->actor == facts->actor->id)) {
		return true;
	}
	return permission_sees_ticket(
		facts->actor, facts->ticket, facts->claim, facts->is_involved);
}

/* The ticket is there for this actor, and alive if the kind needs that. */
static bool ticket_is_there(struct rule *rule)
{
	const struct facts *facts = rule->facts;
	const struct change *change = rule->change;
	if (change_kinds[change->kind].subject != ON_TICKET || change->kind == CHANGE_NEW ||
		(change->kind == CHANGE_UNDO && change->ticket == 0)) {
		return true;
	}
	if (!facts->ticket || !ticket_is_seen(rule)) {
		return problem_number(rule->err, PROBLEM_NO_TICKET, change->ticket, NULL);
	}
	const struct ticket *ticket = facts->ticket;
	if (!change_kinds[change->kind].needs_open || ticket->state != TICKET_DISCARDED) {
		return true;
	}
	return ticket->merged_into
		       ? rule_refuse_merged(rule, ticket)
		       : problem_number(rule->err, PROBLEM_DISCARDED, ticket->number, NULL);
}

/* The customer is there, and not merged into another. */
static bool customer_is_there(struct rule *rule)
{
	const struct change *change = rule->change;
	if (change_kinds[change->kind].subject != ON_CUSTOMER ||
		change->kind == CHANGE_CUSTOMER_NEW) {
		return true;
	}
	const struct customer *customer = rule->facts->customer;
	return customer ? rule_customer_is_alive(rule, customer)
			: problem_number(rule->err, PROBLEM_NO_CUSTOMER, change->customer, NULL);
}

/* Every kind that takes files makes one text, known by the revision. */
static bool attach(struct rule *rule)
{
	const struct attachment_list *given = &rule->change->attachments;
	struct attachment_list *list = &rule->out->attachments;
	list->items = mem_array(rule->mem, struct attachment, given->count);
	for (list->count = 0; list->count < given->count; list->count++) {
		struct attachment *attachment = &list->items[list->count];
		*attachment = given->items[list->count];
		attachment->id = 0;
		attachment->text = rule->facts->revision;
		attachment->size_bytes = rule->facts->blob_sizes[list->count];
		if (attachment->size_bytes < 0) {
			return problem(rule->err, PROBLEM_NO_BLOB, attachment->name, NULL);
		}
	}
	rule->out->writes |= list->count ? WRITE_ATTACHMENTS : 0;
	return true;
}

static void finish_ticket(struct rule *rule, struct ticket *ticket)
{
	ticket->revision = rule->facts->revision;
	ticket->due_at = ticket_due(ticket);
}

bool change_decide(const void *mem, const struct change *change, const struct facts *facts,
	struct decision *decision, struct error *err)
{
	struct rule rule = {mem, change, facts, decision, err};
	*decision = (struct decision){0};
	if (facts->ticket) {
		decision->ticket = *facts->ticket;
	}
	if (facts->other_ticket) {
		decision->other_ticket = *facts->other_ticket;
	}
	if (facts->customer) {
		decision->customer = *facts->customer;
	}
	if (!actor_may(&rule) || !ticket_is_there(&rule) || !customer_is_there(&rule) ||
		!rules[change->kind](&rule) || !attach(&rule)) {
		return false;
	}
	if (decision->writes & WRITE_TICKET) {
		finish_ticket(&rule, &decision->ticket);
	}
	if (decision->writes & WRITE_OTHER_TICKET) {
		finish_ticket(&rule, &decision->other_ticket);
	}
	return true;
}
