#include "model.h"

#include "base/mem.h"
#include "core/address.h"

#include <string.h>

/* What the rules are told of the desk in memory. */

struct ticket *model_ticket(const struct model *m, int64_t number)
{
	int64_t index = number - MODEL_FIRST;
	return index >= 0 && index < (int64_t)m->ticket_count ? &m->tickets[index] : NULL;
}

struct claim *model_claim(const struct model *m, int64_t number)
{
	struct claim *claim = model_ticket(m, number) ? &m->claims[number - MODEL_FIRST] : NULL;
	return claim && claim->operator_id ? claim : NULL;
}

struct customer *model_customer(const struct model *m, int64_t id)
{
	return id > 0 && id <= (int64_t)m->customer_count ? &m->customers[id - 1] : NULL;
}

struct message *model_message(const struct model *m, int64_t id)
{
	for (size_t i = 0; i < m->message_count; i++) {
		if (m->messages[i].id == id) {
			return &m->messages[i];
		}
	}
	return NULL;
}

static bool is_mentioned(const struct model *m, int64_t operator_id, int64_t ticket)
{
	for (size_t i = 0; i < m->mention_count; i++) {
		if (m->mentions[i].operator_id == operator_id && m->mentions[i].ticket == ticket) {
			return true;
		}
	}
	return false;
}

/* The oldest live claim on any ticket of the customer but this, by others than this operator. */
static const struct claim *claim_around(
	const struct model *m, int64_t customer, int64_t ticket, int64_t not_by, int64_t now)
{
	const struct claim *found = NULL;
	for (size_t i = 0; i < m->ticket_count; i++) {
		const struct claim *claim = &m->claims[i];
		if (claim->customer == customer && customer && claim->ticket != ticket &&
			claim->operator_id != not_by && claim_is_live(claim, now) &&
			(!found || claim->generation < found->generation)) {
			found = claim;
		}
	}
	return found;
}

static int64_t held_by(const struct model *m, int64_t operator_id, int64_t ticket, int64_t now)
{
	int64_t count = 0;
	for (size_t i = 0; i < m->ticket_count; i++) {
		const struct claim *claim = &m->claims[i];
		count += claim->operator_id && claim->operator_id == operator_id &&
			 claim->ticket != ticket && claim->expires_at > now;
	}
	return count;
}

static void undone_of(
	const struct model *m, struct change *change, struct undone *undone, struct facts *facts)
{
	if (change->undo <= 0 || change->undo > (int64_t)m->entry_count) {
		return;
	}
	const struct model_entry *entry = &m->entries[change->undo - 1];
	*undone = (struct undone){.kind = entry->kind,
		.revision = change->undo,
		.actor = entry->actor,
		.ticket = entry->ticket,
		.customer = entry->customer,
		.other = entry->other,
		.at = entry->at,
		.is_undone = entry->is_undone,
		.former = entry->has_former ? &entry->former : NULL,
		.former_other = entry->has_former_other ? &entry->former_other : NULL,
		.former_public = entry->former.newest_public,
		.former_is_ours = entry->former.newest_is_ours};
	facts->undone = undone;
	change->ticket = entry->ticket;
	change->customer = entry->customer;
	change->other = entry->other;
}

static void address_of(const struct model *m, const struct change *change, struct facts *facts)
{
	struct address_parts parts;
	void *scratch = mem_context(NULL);
	if (change->address && address_parse(scratch, change->address, &parts, NULL)) {
		for (size_t i = 0; i < m->address_count; i++) {
			if (strcmp(m->addresses[i].key, parts.key) == 0) {
				facts->address_owner = m->addresses[i].customer;
			}
		}
	}
	talloc_free(scratch);
	if (change->kind == CHANGE_NEW && facts->address_owner) {
		facts->customer = model_customer(m, facts->address_owner);
	}
}

/* Where a reply goes that does not say it. The array lives as long as the model. */
static void recipient_of(const struct model *m, const struct change *change, struct facts *facts)
{
	bool is_ours = change->kind == CHANGE_REPLY || change->direction == DIRECTION_OUT;
	if (!is_ours || change->address || !facts->customer) {
		return;
	}
	struct address *addresses = mem_array(m, struct address, m->address_count);
	for (size_t i = 0; i < m->address_count; i++) {
		if (m->addresses[i].customer == facts->customer->id) {
			addresses[facts->address_count++] = m->addresses[i];
		}
	}
	facts->addresses = addresses;
	for (size_t i = 0; i < m->message_count; i++) {
		const struct message *message = &m->messages[i];
		if (message->ticket == change->ticket && message->direction == DIRECTION_IN &&
			*message->address) {
			facts->last_address = message->address;
		}
	}
}

static void files_of(const struct model *m, const struct change *change, struct facts *facts)
{
	int64_t *sizes = mem_array(m, int64_t, change->attachments.count);
	for (size_t i = 0; i < change->attachments.count; i++) {
		sizes[i] = -1;
		for (size_t k = 0; k < m->blob_count; k++) {
			bool is_it = strcmp(m->blobs[k], change->attachments.items[i].blob) == 0;
			sizes[i] = is_it ? 1 : sizes[i];
		}
	}
	facts->blob_sizes = sizes;
}

static void customers_of(const struct model *m, const struct change *change, struct facts *facts)
{
	facts->customer = model_customer(m, change->customer);
	facts->other_customer = model_customer(m, change->other);
	facts->claim = claim_around(m, change->customer, 0, 0, facts->now);
	int64_t holder = facts->claim ? facts->claim->operator_id : 0;
	facts->other_claim = claim_around(m, change->other, 0, holder, facts->now);
	if (!facts->other_claim) {
		facts->other_claim = claim_around(m, change->other, 0, 0, facts->now);
	}
}

void model_facts(const struct model *m, struct change *change, struct undone *undone,
	struct facts *facts, int64_t now)
{
	*facts = (struct facts){.directory = m->directory,
		.now = now,
		.revision = (int64_t)m->entry_count + 1,
		.actor = directory_operator(m->directory, change->actor),
		.next_number = MODEL_FIRST + (int64_t)m->ticket_count};
	if (change->kind == CHANGE_UNDO) {
		undone_of(m, change, undone, facts);
	}
	facts->ticket = model_ticket(m, change->ticket);
	if (facts->ticket) {
		int64_t number = change->ticket;
		facts->is_involved = is_mentioned(m, change->actor, number);
		facts->claim = model_claim(m, number);
		facts->customer = model_customer(m, facts->ticket->customer);
		facts->cover = claim_around(m, facts->ticket->customer, number, change->actor, now);
		facts->claims_held = held_by(m, change->actor, number, now);
		facts->other_ticket = model_ticket(m, change->other);
		facts->is_other_involved = is_mentioned(m, change->actor, change->other);
		facts->is_taker_involved = is_mentioned(m, change->operator_id, number);
		facts->taker_held = held_by(m, change->operator_id, 0, now);
		facts->taker_cover =
			claim_around(m, facts->ticket->customer, number, change->operator_id, now);
		facts->other_claim = model_claim(m, change->other);
	} else if (change->customer) {
		customers_of(m, change, facts);
	}
	facts->message =
		model_message(m, change->kind == CHANGE_UNDO ? change->undo : change->message);
	address_of(m, change, facts);
	recipient_of(m, change, facts);
	files_of(m, change, facts);
}
