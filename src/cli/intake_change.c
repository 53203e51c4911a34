#include "cli/intake_change.h"

#include "base/digest.h"
#include "base/mem.h"
#include "base/text.h"

#include <string.h>

/* How an item reads as changes. Ids are digests of what makes the thing itself: a ticket's number
 * in the other system, a text's time, author and words. */

enum { SUBJECT_BYTES = 80 };

/* A zeroed imported change of this kind for that item. */
static struct change *intake_list_add(
	struct intake *intake, struct intake_list *list, size_t owner, enum change_kind kind)
{
	size_t n = list->count++;
	list->changes = mem_grow(list->mem, list->changes, struct change, list->count);
	list->owners = mem_grow(list->mem, list->owners, size_t, list->count);
	list->owners[n] = owner;
	list->changes[n] = (struct change){
		.kind = kind, .actor = store_actor(intake->call->store), .imported = true};
	return &list->changes[n];
}

static const struct import_item *item_of(const struct intake *intake, size_t owner)
{
	return &intake->items[owner].record.item;
}

/* What the item's ticket is known by: its number elsewhere, else the whole record. */
static void digest_ticket(struct digest *digest, const struct intake_item *item)
{
	if (*item->record.item.ticket_ref) {
		digest_text(digest, item->record.item.ticket_ref);
	} else {
		digest_number(digest, (int64_t)item->record.raw_size);
		digest_add(digest, item->record.raw, item->record.raw_size);
	}
}

static void digest_customer(struct digest *digest, const struct intake_item *item)
{
	const struct import_item *import = &item->record.item;
	if (*import->customer_ref) {
		digest_text(digest, import->customer_ref);
	} else if (import->address_count > 0) {
		digest_text(digest, import->addresses[0]);
	} else {
		digest_add(digest, item->record.raw, item->record.raw_size);
	}
}

static struct digest digest_begin(const char *what)
{
	struct digest digest;
	digest_init(&digest);
	digest_text(&digest, what);
	return digest;
}

/* When the customer was first heard of, as far as this record tells. */
static int64_t item_at(const struct intake *intake, const struct import_item *item)
{
	if (item->at) {
		return item->at;
	}
	return item->text_count ? item->texts[0].at : store_now(intake->call->store);
}

void intake_customer_changes(struct intake *intake, struct intake_list *list, size_t owner)
{
	const struct import_item *item = item_of(intake, owner);
	struct change *change = intake_list_add(intake, list, owner, CHANGE_CUSTOMER_NEW);
	struct digest digest = digest_begin("customer");
	digest_customer(&digest, &intake->items[owner]);
	change->id = digest_uuid(&digest, 0);
	change->at = item_at(intake, item);
	change->name = *item->customer_name  ? item->customer_name
		       : item->address_count ? item->addresses[0]
		       : *item->customer_ref ? item->customer_ref
					     : item->ticket_ref;
	change->ref = *item->customer_ref ? item->customer_ref : NULL;
	change->address = item->address_count ? item->addresses[0] : NULL;
	change->channel = item->customer_channel;
	change->do_not_call = item->do_not_call;
	change->shared = item->shared;
}

void intake_address_changes(struct intake *intake, struct intake_list *list, size_t owner)
{
	const struct import_item *item = item_of(intake, owner);
	for (size_t i = 0; i < item->address_count; i++) {
		int64_t known;
		if (store_customer_find(
			    intake->call->store, list->mem, item->addresses[i], &known, NULL)) {
			continue;
		}
		struct change *change = intake_list_add(intake, list, owner, CHANGE_ADDRESS_ADD);
		struct digest digest = digest_begin("address");
		digest_customer(&digest, &intake->items[owner]);
		digest_text(&digest, item->addresses[i]);
		change->id = digest_uuid(&digest, 0);
		change->at = item_at(intake, item);
		change->customer = intake->items[owner].customer;
		change->address = item->addresses[i];
	}
}

size_t intake_first_message(const struct import_item *item)
{
	size_t i = 0;
	while (i < item->text_count && item->texts[i].kind != IMPORT_MESSAGE) {
		i++;
	}
	return i;
}

static size_t last_message(const struct import_item *item)
{
	size_t last = item->text_count;
	for (size_t i = 0; i < item->text_count; i++) {
		last = item->texts[i].kind == IMPORT_MESSAGE ? i : last;
	}
	return last;
}

/* The words of the subject, else the beginning of what was written. */
static const char *subject_of(struct intake_list *list, const struct import_item *item)
{
	size_t first = intake_first_message(item);
	if (*item->subject) {
		return item->subject;
	}
	const char *text = first < item->text_count ? item->texts[first].text
			   : item->text_count	    ? item->texts[0].text
						    : item->ticket_ref;
	char *line = text_clean_line(list->mem, text, strlen(text), NULL);
	line[text_cut(line, SUBJECT_BYTES)] = '\0';
	return line;
}

void intake_ticket_changes(struct intake *intake, struct intake_list *list, size_t owner)
{
	const struct intake_item *whole = &intake->items[owner];
	const struct import_item *item = &whole->record.item;
	size_t first = intake_first_message(item);
	bool has_message = first < item->text_count;
	const struct import_text *text = has_message ? &item->texts[first] : NULL;
	struct change *change = intake_list_add(intake, list, owner, CHANGE_NEW);
	change->subject = subject_of(list, item);
	change->text = text ? text->text : change->subject;
	change->at = text ? text->at : item_at(intake, item);
	change->customer = whole->customer;
	change->channel = item->channel		  ? item->channel
			  : text && text->channel ? text->channel
						  : CHANNEL_WEB;
	change->priority = item->priority;
	change->team = whole->team;
	change->ref = *item->ticket_ref ? item->ticket_ref : NULL;
	if (text && text->direction == DIRECTION_OUT) {
		change->direction = DIRECTION_OUT;
		change->message_state = text->state;
		change->operator_id = whole->authors[first];
	}
	struct digest digest = digest_begin("ticket");
	digest_ticket(&digest, whole);
	digest_number(&digest, change->at);
	digest_text(&digest, change->text);
	change->id = digest_uuid(&digest, change->at);
}

/* What the answer at `index` did to the ticket, as far as the record tells. */
static enum outcome outcome_of(const struct import_item *item, size_t index)
{
	if (index == last_message(item)) {
		return item->state == TICKET_OPEN	? OUTCOME_STAY_OPEN
		       : item->state == TICKET_RESOLVED ? OUTCOME_RESOLVE
							: OUTCOME_WAIT;
	}
	for (size_t i = index + 1; i < item->text_count; i++) {
		if (item->texts[i].kind == IMPORT_MESSAGE) {
			return item->texts[i].direction == DIRECTION_OUT ? OUTCOME_STAY_OPEN
									 : OUTCOME_WAIT;
		}
	}
	return OUTCOME_WAIT;
}

static enum change_kind kind_of(const struct import_text *text)
{
	if (text->kind == IMPORT_NOTE) {
		return CHANGE_NOTE;
	}
	if (text->kind == IMPORT_REMARK) {
		return CHANGE_CUSTOMER_NOTE;
	}
	return text->direction == DIRECTION_OUT ? CHANGE_REPLY : CHANGE_RECEIVE;
}

/* How many texts before it say the same: they are told apart by that. */
static int64_t same_before(const struct import_item *item, size_t index)
{
	int64_t count = 0;
	for (size_t i = 0; i < index; i++) {
		const struct import_text *a = &item->texts[i], *b = &item->texts[index];
		count += a->at == b->at && a->kind == b->kind && a->direction == b->direction &&
			 strcmp(a->text, b->text) == 0;
	}
	return count;
}

static struct uuid text_id(const struct intake_item *whole, size_t index, enum change_kind kind)
{
	const struct import_text *text = &whole->record.item.texts[index];
	struct digest digest = digest_begin("text");
	if (kind == CHANGE_CUSTOMER_NOTE) {
		digest_customer(&digest, whole);
	} else {
		digest_ticket(&digest, whole);
	}
	digest_number(&digest, (int64_t)kind);
	digest_number(&digest, text->at);
	digest_text(&digest, text->author);
	digest_text(&digest, text->text);
	digest_number(&digest, same_before(&whole->record.item, index));
	return digest_uuid(&digest, text->at);
}

static void add_text(struct intake *intake, struct intake_list *list, size_t owner, size_t index)
{
	const struct intake_item *whole = &intake->items[owner];
	const struct import_text *text = &whole->record.item.texts[index];
	enum change_kind kind = kind_of(text);
	struct change *change = intake_list_add(intake, list, owner, kind);
	change->id = text_id(whole, index, kind);
	change->at = text->at;
	change->text = text->text;
	if (kind == CHANGE_CUSTOMER_NOTE) {
		change->customer = whole->customer;
		change->pinned = text->pinned;
	} else {
		change->ticket = whole->ticket;
	}
	if (kind == CHANGE_RECEIVE || kind == CHANGE_REPLY) {
		change->channel = text->channel;
	}
	if (kind == CHANGE_REPLY) {
		change->outcome = outcome_of(&whole->record.item, index);
		change->reason = change->outcome == OUTCOME_RESOLVE ? whole->reason : 0;
		change->message_state = text->state;
	}
	if (kind != CHANGE_RECEIVE) {
		change->operator_id = whole->authors[index];
	}
}

void intake_text_changes(struct intake *intake, struct intake_list *list, size_t owner)
{
	const struct intake_item *whole = &intake->items[owner];
	const struct import_item *item = &whole->record.item;
	size_t first = intake_first_message(item);
	for (size_t i = 0; i < item->text_count; i++) {
		bool is_in = whole->opened && i == first;
		bool lacks_ticket = item->texts[i].kind != IMPORT_REMARK && !whole->ticket;
		if (!is_in && !lacks_ticket) {
			add_text(intake, list, owner, i);
		}
	}
}

static struct uuid state_id(const struct intake_item *whole, const char *what, const char *word)
{
	struct digest digest = digest_begin(what);
	digest_ticket(&digest, whole);
	digest_text(&digest, word);
	return digest_uuid(&digest, whole->record.item.at);
}

/* What the texts have not brought about yet: the last answer resolved it, or let it wait. */
static enum change_kind state_change(const struct import_item *item)
{
	size_t last = last_message(item);
	bool is_ours = last < item->text_count && item->texts[last].direction == DIRECTION_OUT;
	bool is_opening = is_ours && last == intake_first_message(item);
	switch (item->state) {
	case TICKET_OPEN:
		return is_opening ? CHANGE_REOPEN : CHANGE_NONE;
	case TICKET_SNOOZED:
		if (item->until_at) {
			return CHANGE_SNOOZE;
		}
		return is_ours ? CHANGE_NONE : CHANGE_WAIT; /* until when, nothing says */
	case TICKET_WAITING:
		return is_ours ? CHANGE_NONE : CHANGE_WAIT;
	case TICKET_RESOLVED:
		return is_ours && !is_opening ? CHANGE_NONE : CHANGE_RESOLVE;
	case TICKET_DISCARDED:
		return CHANGE_DISCARD;
	default:
		return CHANGE_NONE;
	}
}

static void add_state(struct intake *intake, struct intake_list *list, size_t owner)
{
	const struct intake_item *whole = &intake->items[owner];
	const struct import_item *item = &whole->record.item;
	enum change_kind kind = state_change(item);
	if (kind == CHANGE_NONE) {
		return;
	}
	struct change *change = intake_list_add(intake, list, owner, kind);
	change->id = state_id(whole, "state", change_kinds[kind].name);
	change->ticket = whole->ticket;
	change->at =
		item->text_count ? item->texts[item->text_count - 1].at : item_at(intake, item);
	change->reason = kind == CHANGE_RESOLVE ? whole->reason : 0;
	change->until_at = kind == CHANGE_SNOOZE ? item->until_at : 0;
	change->discard = kind == CHANGE_DISCARD ? DISCARD_SPAM : DISCARD_NONE;
}

void intake_state_changes(struct intake *intake, struct intake_list *list, size_t owner)
{
	const struct intake_item *whole = &intake->items[owner];
	const struct import_item *item = &whole->record.item;
	for (size_t i = 0; i < item->tag_count; i++) {
		struct change *change = intake_list_add(intake, list, owner, CHANGE_TAG);
		change->id = state_id(whole, "tag", item->tags[i]);
		change->ticket = whole->ticket;
		change->at = item_at(intake, item);
		change->key = item->tags[i];
	}
	if (whole->assignee) {
		struct change *change = intake_list_add(intake, list, owner, CHANGE_TRANSFER);
		change->id = state_id(whole, "assignee", item->assignee);
		change->ticket = whole->ticket;
		change->operator_id = whole->assignee;
		/* Whose it is now is no history: no mapping says since when. */
		change->imported = false;
	}
	add_state(intake, list, owner);
}
