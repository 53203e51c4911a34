#include "model.h"

#include "base/clock.h"
#include "base/mem.h"
#include "core/address.h"
#include "core/permission.h"

#include <string.h>

#define GROW(model, array, count, type)                                                            \
	((model)->array = mem_grow(model, (model)->array, type, (unsigned)(model)->count + 1),     \
		&(model)->array[(model)->count++])

struct model *model_create(
	const void *mem, const struct directory *directory, int64_t revision, int64_t newest_at)
{
	struct model *m = mem_new(mem, struct model);
	m->directory = directory;
	m->newest_at = newest_at;
	while (m->entry_count < (size_t)revision) {
		*GROW(m, entries, entry_count, struct model_entry) = (struct model_entry){0};
	}
	return m;
}

static struct ticket *ticket_at(const struct model *m, int64_t number)
{
	int64_t index = number - MODEL_FIRST;
	return index >= 0 && index < (int64_t)m->ticket_count ? &m->tickets[index] : NULL;
}

const struct ticket *model_ticket(const struct model *m, int64_t number)
{
	return ticket_at(m, number);
}

static struct claim *claim_at(const struct model *m, int64_t number)
{
	struct claim *claim = ticket_at(m, number) ? &m->claims[number - MODEL_FIRST] : NULL;
	return claim && claim->operator_id ? claim : NULL;
}

static struct customer *customer_at(const struct model *m, int64_t id)
{
	return id > 0 && id <= (int64_t)m->customer_count ? &m->customers[id - 1] : NULL;
}

static struct message *message_at(const struct model *m, int64_t id)
{
	for (size_t i = 0; i < m->message_count; i++) {
		if (m->messages[i].id == id) {
			return &m->messages[i];
		}
	}
	return NULL;
}

/* --- facts --- */

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
				facts->customer = customer_at(m, facts->address_owner);
			}
		}
	}
	talloc_free(scratch);
}

static void customers_of(const struct model *m, const struct change *change, struct facts *facts)
{
	facts->customer = customer_at(m, change->customer);
	facts->other_customer = customer_at(m, change->other);
	facts->claim = claim_around(m, change->customer, 0, 0, facts->now);
	int64_t holder = facts->claim ? facts->claim->operator_id : 0;
	facts->other_claim = claim_around(m, change->other, 0, holder, facts->now);
	if (!facts->other_claim) {
		facts->other_claim = claim_around(m, change->other, 0, 0, facts->now);
	}
}

static void gather(const struct model *m, struct change *change, struct undone *undone,
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
	facts->ticket = ticket_at(m, change->ticket);
	if (facts->ticket) {
		int64_t number = change->ticket;
		facts->is_involved = is_mentioned(m, change->actor, number);
		facts->claim = claim_at(m, number);
		facts->customer = customer_at(m, facts->ticket->customer);
		facts->cover = claim_around(m, facts->ticket->customer, number, change->actor, now);
		facts->claims_held = held_by(m, change->actor, number, now);
		facts->other_ticket = ticket_at(m, change->other);
		facts->other_claim = claim_at(m, change->other);
	} else if (change->customer) {
		customers_of(m, change, facts);
	}
	facts->message =
		message_at(m, change->kind == CHANGE_UNDO ? change->undo : change->message);
	address_of(m, change, facts);
}

/* --- writing --- */

static void put_ticket(struct model *m, const struct ticket *ticket)
{
	if (!ticket_at(m, ticket->number)) {
		size_t count = m->ticket_count;
		GROW(m, tickets, ticket_count, struct ticket);
		m->ticket_count = count;
		*GROW(m, claims, ticket_count, struct claim) = (struct claim){0};
	}
	struct ticket *kept = ticket_at(m, ticket->number);
	*kept = *ticket;
	kept->subject = mem_strdup(m, ticket->subject);
	kept->tags = mem_strdup(m, ticket->tags);
	kept->ref = mem_strdup(m, ticket->ref);
}

static void put_customer(struct model *m, struct decision *d, const struct change *change)
{
	if (d->customer.id == 0) {
		d->customer.id = (int64_t)m->customer_count + 1;
		d->ticket.customer = d->customer.id;
		*GROW(m, customers, customer_count, struct customer) = (struct customer){0};
	}
	struct customer *kept = customer_at(m, d->customer.id);
	*kept = d->customer;
	kept->name = mem_strdup(m, kept->name);
	kept->ref = mem_strdup(m, kept->ref);
	if (d->writes & WRITE_ADDRESS) {
		struct address_parts parts;
		if (address_parse(m, change->address, &parts, NULL)) {
			*GROW(m, addresses, address_count, struct model_address) =
				(struct model_address){parts.key, d->customer.id};
		}
	}
}

static void put_texts(struct model *m, const struct decision *d)
{
	if (d->writes & WRITE_MESSAGE) {
		*GROW(m, messages, message_count, struct message) = d->message;
	}
	if (d->writes & WRITE_MESSAGE_STATE) {
		message_at(m, d->message.id)->state = d->message.state;
	}
	if (d->writes & WRITE_NOTE) {
		*GROW(m, notes, note_count, struct note) = d->note;
	}
	for (size_t i = 0; (d->writes & WRITE_MENTIONS) && i < d->mention_count; i++) {
		*GROW(m, mentions, mention_count, struct model_mention) =
			(struct model_mention){d->mentions[i], d->ticket.number};
	}
}

static void put_claims(struct model *m, const struct decision *d, int64_t number)
{
	if (d->claim_step == CLAIM_TAKE) {
		m->claims[number - MODEL_FIRST] = d->claim;
	} else if (d->claim_step == CLAIM_END) {
		m->claims[number - MODEL_FIRST] = (struct claim){0};
	} else if (d->claim_step == CLAIM_MARK_EXPIRED) {
		claim_at(m, number)->is_logged = true;
	}
}

/* --- moves --- */

static void move(
	struct model *m, int64_t revision, char what, int64_t id, int64_t *place, int64_t to)
{
	*GROW(m, moved, moved_count, struct model_moved) =
		(struct model_moved){revision, id, *place, what};
	*place = to;
}

static void recount(struct model *m, int64_t number)
{
	struct ticket *ticket = ticket_at(m, number);
	ticket->message_count = ticket->note_count = ticket->newest_public = 0;
	ticket->newest_is_ours = false;
	for (size_t i = 0; i < m->message_count; i++) {
		const struct message *message = &m->messages[i];
		if (message->ticket == number && message->state != MESSAGE_UNDONE) {
			ticket->message_count++;
			ticket->newest_public = message->id;
			ticket->newest_is_ours = message->direction == DIRECTION_OUT ||
						 message->contact == CONTACT_ANSWERED;
		}
	}
	for (size_t i = 0; i < m->note_count; i++) {
		ticket->note_count += m->notes[i].ticket == number;
	}
}

static void move_texts(struct model *m, const struct decision *d, int64_t revision)
{
	int64_t from = d->ticket.number, to = d->other_ticket.number;
	for (size_t i = 0; i < m->message_count; i++) {
		struct message *message = &m->messages[i];
		if (message->ticket == from && message->id >= d->move_from) {
			move(m, revision, 'm', message->id, &message->ticket, to);
		}
	}
	for (size_t i = 0; i < m->note_count; i++) {
		if (m->notes[i].ticket == from && m->notes[i].id >= d->move_from) {
			move(m, revision, 'n', m->notes[i].id, &m->notes[i].ticket, to);
		}
	}
	for (size_t i = 0, n = m->mention_count; i < n; i++) {
		if (m->mentions[i].ticket == from) {
			*GROW(m, mentions, mention_count, struct model_mention) =
				(struct model_mention){m->mentions[i].operator_id, to};
		}
	}
}

static void move_customer(struct model *m, int64_t from, int64_t to, int64_t revision)
{
	for (size_t i = 0; i < m->ticket_count; i++) {
		struct ticket *ticket = &m->tickets[i];
		if (ticket->customer == from) {
			move(m, revision, 't', ticket->number, &ticket->customer, to);
			ticket->revision = revision;
			m->claims[i].customer = m->claims[i].customer ? to : 0;
		}
	}
	for (size_t i = 0; i < m->address_count; i++) {
		if (m->addresses[i].customer == from) {
			move(m, revision, 'a', (int64_t)i, &m->addresses[i].customer, to);
		}
	}
}

static int64_t *place_of(struct model *m, const struct model_moved *moved)
{
	switch (moved->what) {
	case 'm':
		return &message_at(m, moved->id)->ticket;
	case 't':
		return &ticket_at(m, moved->id)->customer;
	case 'a':
		return &m->addresses[moved->id].customer;
	default:
		break;
	}
	for (size_t i = 0; i < m->note_count; i++) {
		if (m->notes[i].id == moved->id) {
			return &m->notes[i].ticket;
		}
	}
	return NULL;
}

static void move_back(struct model *m, const struct undone *undone, int64_t revision)
{
	for (size_t i = 0; i < m->moved_count; i++) {
		const struct model_moved *moved = &m->moved[i];
		if (moved->revision != undone->revision || *place_of(m, moved) != undone->other) {
			continue;
		}
		*place_of(m, moved) = moved->former;
		if (moved->what == 't') {
			ticket_at(m, moved->id)->revision = revision;
			struct claim *claim = claim_at(m, moved->id);
			if (claim && claim->customer) {
				claim->customer = moved->former;
			}
		}
	}
}

static void put_moves(struct model *m, const struct decision *d, const struct facts *facts)
{
	if (d->writes & WRITE_MOVE_TEXTS) {
		move_texts(m, d, facts->revision);
	} else if (d->writes & WRITE_MOVE_CUSTOMER) {
		move_customer(m, d->customer.id, d->other_customer.id, facts->revision);
	} else if (d->writes & WRITE_MOVE_BACK) {
		move_back(m, facts->undone, facts->revision);
	}
	bool texts = d->ticket.number && d->other_ticket.number;
	if (texts && (d->writes & (WRITE_MOVE_TEXTS | WRITE_MOVE_BACK))) {
		recount(m, d->ticket.number);
		recount(m, d->other_ticket.number);
	}
}

/* --- the log, and one change --- */

/* Another's text is in the way of nothing: former ticket only where it is kept at all. */
static struct model_entry entry_of(
	const struct change *change, const struct facts *facts, const struct decision *d)
{
	bool on_ticket = change_kinds[change->kind].subject == ON_TICKET;
	struct model_entry entry = {.kind = change->kind,
		.actor = change->actor,
		.ticket = on_ticket ? d->ticket.number : 0,
		.customer = on_ticket ? d->ticket.customer : d->customer.id,
		.other = change->kind == CHANGE_SPLIT ? d->other_ticket.number : change->other,
		.at = facts->now};
	if (facts->ticket) {
		entry.former = *facts->ticket;
		entry.has_former = true;
	}
	if (facts->other_ticket && (d->writes & WRITE_OTHER_TICKET)) {
		entry.former_other = *facts->other_ticket;
		entry.has_former_other = true;
	}
	if (change->kind == CHANGE_RECEIVE && facts->ticket->number != d->ticket.number) {
		entry.other = facts->ticket->number;
	}
	return entry;
}

static struct result apply_one(struct model *m, const struct change *given, int64_t now)
{
	struct change change = *given;
	struct result result = {0};
	struct undone undone = {0};
	struct facts facts;
	struct decision d;
	gather(m, &change, &undone, &facts, now);
	if (!change_validate(given, &result.err) ||
		!change_decide(m, &change, &facts, &d, &result.err)) {
		return result;
	}
	struct model_entry entry = entry_of(&change, &facts, &d);
	if (d.writes & WRITE_CUSTOMER) {
		put_customer(m, &d, &change);
		entry.customer = d.customer.id;
	}
	if (d.writes & WRITE_TICKET) {
		put_ticket(m, &d.ticket);
	}
	if (d.writes & WRITE_OTHER_TICKET) {
		put_ticket(m, &d.other_ticket);
	}
	put_texts(m, &d);
	put_claims(m, &d, change.ticket);
	put_moves(m, &d, &facts);
	if (change.kind == CHANGE_UNDO) {
		m->entries[change.undo - 1].is_undone = true;
	}
	*GROW(m, entries, entry_count, struct model_entry) = entry;
	m->newest_at = now;
	result.ok = true;
	result.revision = facts.revision;
	result.ticket = change.kind == CHANGE_SPLIT ? entry.other : entry.ticket;
	result.customer = entry.customer;
	result.generation = d.generation;
	return result;
}

/* --- what is due --- */

static void log_due(
	struct model *m, enum change_kind kind, int64_t ticket, int64_t operator_id, int64_t now)
{
	struct change change = {
		.id = uuid_make(now), .kind = kind, .ticket = ticket, .operator_id = operator_id};
	apply_one(m, &change, now);
}

static int64_t due_at(const struct model *m, enum change_kind kind, size_t i)
{
	const struct ticket *ticket = &m->tickets[i];
	const struct claim *claim = &m->claims[i];
	switch (kind) {
	case CHANGE_EXPIRE:
		return claim->operator_id && !claim->is_logged ? claim->expires_at : DUE_NEVER;
	case CHANGE_WAKE:
		return ticket->state == TICKET_SNOOZED ? ticket->snoozed_until : DUE_NEVER;
	default:
		return ticket->state == TICKET_WAITING
			       ? ticket->waited_at + m->directory->settings.auto_resolve_ms
			       : DUE_NEVER;
	}
}

/* Earliest first, then by number. */
static void settle(struct model *m, enum change_kind kind, int64_t now)
{
	for (;;) {
		size_t next = m->ticket_count;
		for (size_t i = 0; i < m->ticket_count; i++) {
			int64_t at = due_at(m, kind, i);
			if (at <= now && (next == m->ticket_count || at < due_at(m, kind, next))) {
				next = i;
			}
		}
		if (next == m->ticket_count) {
			return;
		}
		log_due(m, kind, MODEL_FIRST + (int64_t)next,
			kind == CHANGE_EXPIRE ? m->claims[next].operator_id : 0, now);
	}
}

struct result model_apply(struct model *m, const struct change *change, int64_t now)
{
	now = now < m->newest_at ? m->newest_at : now;
	size_t before = m->entry_count;
	settle(m, CHANGE_EXPIRE, now);
	settle(m, CHANGE_WAKE, now);
	settle(m, CHANGE_AUTO_RESOLVE, now);
	(void)before;
	return apply_one(m, change, now);
}
