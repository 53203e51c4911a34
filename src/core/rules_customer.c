#include "base/mem.h"
#include "core/address.h"
#include "core/problem.h"
#include "core/rule.h"

#include <string.h>

/* Customers, their addresses and the remarks that stay with them. */

static bool address_is_free(struct rule *rule, int64_t customer)
{
	struct address_parts parts;
	if (!address_parse(rule->mem, rule->change->address, &parts, rule->err)) {
		return false;
	}
	int64_t owner = rule->facts->address_owner;
	if (owner == 0) {
		return true;
	}
	if (owner == customer) {
		return problem(rule->err, PROBLEM_SAME, NULL);
	}
	char *number = mem_printf(rule->mem, "%lld", (long long)owner);
	return problem(rule->err, PROBLEM_ADDRESS_TAKEN, parts.value, number, NULL);
}

static void set_details(struct rule *rule)
{
	const struct change *change = rule->change;
	struct customer *customer = &rule->out->customer;
	if (change->name) {
		customer->name = mem_strdup(rule->mem, change->name);
	}
	if (change->channel) {
		customer->preferred_channel = (enum channel)change->channel;
	}
	if (change->do_not_call) {
		customer->do_not_call = change->do_not_call == FLAG_YES;
	}
	if (change->shared) {
		customer->shared = change->shared == FLAG_YES;
	}
	rule->out->writes |= WRITE_CUSTOMER;
}

bool rule_customer_new(struct rule *rule)
{
	const struct change *change = rule->change;
	if (rule->facts->ref_owner) {
		return problem(rule->err, PROBLEM_REF_TAKEN, change->ref, NULL);
	}
	if (change->address && !address_is_free(rule, 0)) {
		return false;
	}
	rule->out->customer = (struct customer){.created_at = rule->facts->now,
		.ref = mem_strdup(rule->mem, change->ref ? change->ref : "")};
	set_details(rule);
	rule->out->writes |= change->address ? WRITE_ADDRESS : 0;
	return true;
}

bool rule_customer(struct rule *rule)
{
	set_details(rule);
	return true;
}

bool rule_address_add(struct rule *rule)
{
	if (!address_is_free(rule, rule->facts->customer->id)) {
		return false;
	}
	rule->out->writes |= WRITE_ADDRESS;
	return true;
}

bool rule_address_remove(struct rule *rule)
{
	if (rule->facts->address_owner != rule->facts->customer->id) {
		return problem(rule->err, PROBLEM_VALUE, "address", NULL);
	}
	rule->out->writes |= WRITE_ADDRESS_REMOVED;
	return true;
}

bool rule_customer_note(struct rule *rule)
{
	rule->out->customer_note = (struct customer_note){.id = rule->facts->revision,
		.customer = rule->facts->customer->id,
		.author = rule_author(rule),
		.at = rule->facts->now,
		.text = mem_strdup(rule->mem, rule->change->text),
		.pinned = rule->change->pinned == FLAG_YES};
	rule_end_draft(rule, DRAFT_CUSTOMER_NOTE);
	rule->out->writes |= WRITE_CUSTOMER_NOTE;
	return true;
}

/* enabled = no removes the note from sight; the log keeps that it was there. */
bool rule_customer_note_edit(struct rule *rule)
{
	const struct change *change = rule->change;
	const struct customer_note *note = rule->facts->customer_note;
	if (!note || note->customer != rule->facts->customer->id) {
		return problem_number(rule->err, PROBLEM_NO_NOTE, change->note, NULL);
	}
	rule->out->customer_note = *note;
	if (change->text) {
		rule->out->customer_note.text = mem_strdup(rule->mem, change->text);
		rule_end_draft(rule, DRAFT_CUSTOMER_NOTE_EDIT);
	}
	if (change->pinned) {
		rule->out->customer_note.pinned = change->pinned == FLAG_YES;
	}
	if (change->enabled) {
		rule->out->customer_note.removed = change->enabled == FLAG_NO;
	}
	rule->out->writes |= WRITE_CUSTOMER_NOTE;
	return true;
}

/* Two people hold tickets of the two customers: merged, the customer would have two holders. */
bool rule_customer_merge(struct rule *rule)
{
	const struct facts *facts = rule->facts;
	if (!facts->other_customer) {
		return problem_number(rule->err, PROBLEM_NO_CUSTOMER, rule->change->other, NULL);
	}
	if (facts->other_customer->id == facts->customer->id) {
		return problem(rule->err, PROBLEM_SAME, NULL);
	}
	if (!rule_customer_is_alive(rule, facts->other_customer)) {
		return false;
	}
	if (claim_is_live(facts->claim, facts->now) &&
		claim_is_live(facts->other_claim, facts->now) &&
		facts->claim->operator_id != facts->other_claim->operator_id) {
		return problem_number(rule->err, PROBLEM_COVERED, facts->claim->ticket,
			directory_login_of(facts->directory, facts->claim->operator_id));
	}
	rule->out->other_customer = *facts->other_customer;
	rule->out->customer.merged_into = facts->other_customer->id;
	rule->out->writes |= WRITE_CUSTOMER | WRITE_MOVE_CUSTOMER;
	return true;
}
