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

/* --- writing --- */

static void put_ticket(struct model *m, const struct ticket *ticket)
{
	if (!model_ticket(m, ticket->number)) {
		size_t count = m->ticket_count;
		GROW(m, tickets, ticket_count, struct ticket);
		m->ticket_count = count;
		*GROW(m, claims, ticket_count, struct claim) = (struct claim){0};
	}
	struct ticket *kept = model_ticket(m, ticket->number);
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
	struct customer *kept = model_customer(m, d->customer.id);
	*kept = d->customer;
	kept->name = mem_strdup(m, kept->name);
	kept->ref = mem_strdup(m, kept->ref);
	if (d->writes & WRITE_ADDRESS) {
		struct address_parts parts;
		if (address_parse(m, change->address, &parts, NULL)) {
			*GROW(m, addresses, address_count, struct address) =
				(struct address){(int64_t)m->address_count, d->customer.id,
					parts.kind, parts.value, parts.key};
		}
	}
}

static void put_texts(struct model *m, const struct decision *d)
{
	if (d->writes & WRITE_MESSAGE) {
		*GROW(m, messages, message_count, struct message) = d->message;
	}
	for (size_t i = 0; (d->writes & WRITE_ATTACHMENTS) && i < d->attachments.count; i++) {
		const struct attachment *file = &d->attachments.items[i];
		*GROW(m, files, file_count, struct model_file) = (struct model_file){
			file->text, mem_strdup(m, file->name), mem_strdup(m, file->blob)};
	}
	if (d->writes & WRITE_MESSAGE_STATE) {
		model_message(m, d->message.id)->state = d->message.state;
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
		model_claim(m, number)->is_logged = true;
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
	struct ticket *ticket = model_ticket(m, number);
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
		return &model_message(m, moved->id)->ticket;
	case 't':
		return &model_ticket(m, moved->id)->customer;
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
			model_ticket(m, moved->id)->revision = revision;
			struct claim *claim = model_claim(m, moved->id);
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
	model_facts(m, &change, &undone, &facts, now);
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

void model_put(struct model *m, const char *key)
{
	*GROW(m, blobs, blob_count, char *) = mem_strdup(m, key);
}
