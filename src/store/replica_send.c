#include "store/replica_parts.h"

#include "base/mem.h"
#include "base/text.h"
#include "store/pending.h"

#include <string.h>

/* The pending is emptied: rows in their order, those of a ticket as one group, with the ids they
 * were made with. */

enum { ROWS_AT_ONCE = 100 };

struct sending {
	struct reach *reach;
	struct store *inner;
	struct pending *pending;
	struct pending_rows rows;
	const void *mem;
	int64_t *touched; /* tickets to be looked at anew */
	size_t touched_count;
};

/* --- what became of a change --- */

/* Whoever waits for it is told; false when nobody does any more. */
static bool tell_awaiting(
	struct replica *replica, const struct uuid *id, const struct result *result)
{
	bool told = false;
	pthread_mutex_lock(&replica->lock);
	struct awaiting *awaiting = replica->awaiting;
	for (size_t i = 0; awaiting && i < awaiting->count; i++) {
		if (uuid_equal(&awaiting->changes[i].id, id)) {
			awaiting->results[i] = *result;
			awaiting->is_settled[i] = told = true;
		}
	}
	pthread_cond_broadcast(&replica->moved);
	pthread_mutex_unlock(&replica->lock);
	return told;
}

/* A refused reply is kept by the desk itself; any other text goes back to where it was written, if
 * nothing newer is there. */
static void give_back(struct sending *sending, const struct pending_row *row)
{
	const struct change *change = &row->change;
	enum draft_kind kind = row->draft_kind;
	struct draft_list list;
	struct error ignored = {0};
	if (change->kind == CHANGE_REPLY || change->ticket == 0 ||
		!store_drafts(sending->inner, sending->mem, false, &list, &ignored)) {
		return;
	}
	for (size_t i = 0; i < list.count; i++) {
		const struct draft *other = &list.drafts[i];
		if (other->ticket == change->ticket && other->kind == kind &&
			other->operator_id == sending->inner->actor) {
			return;
		}
	}
	struct draft draft = {.ticket = change->ticket,
		.kind = kind,
		.text = mem_strdup(sending->mem, change->text),
		.attachments = change->attachments};
	store_draft_save(sending->inner, &draft, &ignored);
}

/* Whoever waits for a change looks at its ticket by himself. */
static void touch(struct sending *sending, int64_t ticket)
{
	if (ticket == 0) {
		return;
	}
	sending->touched =
		mem_grow(sending->mem, sending->touched, int64_t, sending->touched_count + 1);
	sending->touched[sending->touched_count++] = ticket;
}

static bool settle_one(struct sending *sending, const struct pending_row *row,
	const struct result *result, struct error *err)
{
	bool told = tell_awaiting(sending->reach->replica, &row->change.id, result);
	if (!told) {
		touch(sending, row->change.ticket);
		touch(sending, result->ticket);
	}
	if (result->ok || told) {
		return pending_settle(sending->pending, row->position, err);
	}
	return pending_refuse(sending->pending, row->position, &result->err, err);
}

static bool settle(struct sending *sending, const struct pending_row *const *rows,
	const struct result *results, size_t count, struct error *err)
{
	for (size_t i = 0; i < count; i++) {
		if (!results[i].ok) {
			give_back(sending, rows[i]);
		}
	}
	if (!pending_begin(sending->pending, err)) {
		return false;
	}
	bool ok = true;
	for (size_t i = 0; ok && i < count; i++) {
		ok = settle_one(sending, rows[i], &results[i], err);
	}
	return pending_end(sending->pending, ok, err) && ok;
}

/* --- sending --- */

/* Changes of one ticket are one group: what follows a refused one is not sent past it. A memo
 * stands alone: what it says does not rest on what went before. */
static int group_of(const struct change *changes, size_t i)
{
	if (changes[i].kind == CHANGE_MEMO) {
		return 0;
	}
	for (size_t j = 0; j < i; j++) {
		bool same = changes[i].ticket ? changes[j].ticket == changes[i].ticket
					      : changes[j].ticket == 0 &&
							changes[j].customer == changes[i].customer;
		if (same && changes[j].kind != CHANGE_MEMO) {
			return changes[j].group;
		}
	}
	return (int)i + 1;
}

static bool send_changes(struct sending *sending, struct error *err)
{
	const struct pending_rows *rows = &sending->rows;
	struct change *changes = mem_array(sending->mem, struct change, rows->count + 1);
	struct result *results = mem_array(sending->mem, struct result, rows->count + 1);
	const struct pending_row **sent =
		mem_array(sending->mem, const struct pending_row *, rows->count + 1);
	size_t count = 0;
	for (size_t i = 0; i < rows->count; i++) {
		if (rows->items[i].what == PENDING_CHANGE) {
			sent[count] = &rows->items[i];
			changes[count] = rows->items[i].change;
			changes[count].actor = sending->inner->actor;
			changes[count].group = group_of(changes, count);
			count++;
		}
	}
	return count == 0 ||
	       (reach_told(sending->reach,
			store_apply(sending->inner, changes, count, results, err), err) &&
		       settle(sending, sent, results, count, err));
}

static bool send_draft(struct sending *sending, const struct pending_row *row, struct error *err)
{
	const struct change *change = &row->change;
	struct draft draft = {.ticket = change->ticket,
		.kind = row->draft_kind,
		.text = mem_strdup(sending->mem, change->text ? change->text : ""),
		.generation = change->generation,
		.seen = change->seen,
		.address = mem_strdup(sending->mem, change->address),
		.attachments = change->attachments};
	bool ok = row->what == PENDING_DRAFT
			  ? store_draft_save(sending->inner, &draft, err)
			  : store_draft_discard(sending->inner, draft.ticket, draft.kind, err);
	touch(sending, change->ticket);
	if (!reach_told(sending->reach, ok, err) && is_link_error(err)) {
		return false;
	}
	struct error why = *err;
	if (!pending_begin(sending->pending, err)) {
		return false;
	}
	bool kept = ok ? pending_settle(sending->pending, row->position, err)
		       : pending_refuse(sending->pending, row->position, &why, err);
	return pending_end(sending->pending, kept, err) && kept;
}

static bool send_all(struct sending *sending, struct error *err)
{
	if (!pending_tried(sending->pending, sending->rows.items, sending->rows.count, err) ||
		!send_changes(sending, err)) {
		return false;
	}
	bool ok = true;
	for (size_t i = 0; ok && i < sending->rows.count; i++) {
		ok = sending->rows.items[i].what == PENDING_CHANGE ||
		     send_draft(sending, &sending->rows.items[i], err);
	}
	return ok;
}

static bool send_round(struct reach *reach, bool *more, struct error *err)
{
	void *mem = mem_context(NULL);
	struct sending sending = {.reach = reach, .pending = reach->pending, .mem = mem};
	bool ok = pending_waiting(sending.pending, mem, ROWS_AT_ONCE, &sending.rows, err);
	*more = ok && sending.rows.count == ROWS_AT_ONCE;
	if (ok && sending.rows.count > 0) {
		ok = reach_inner(reach, &sending.inner, err) && send_all(&sending, err);
		struct error ignored = {0};
		sync_numbers(reach, sending.touched, sending.touched_count, &ignored);
	}
	talloc_free(mem);
	return ok;
}

bool pending_strand(struct reach *reach, struct error *err)
{
	void *mem = mem_context(NULL);
	struct pending_rows rows = {0};
	struct error why = {0};
	error_set_reason(&why, ERROR_CONFLICT, "other_desk",
		N_("the desk is not the one any more that it was written for; it was not sent"),
		NULL);
	bool ok = !reach_pending(reach) || pending_list(reach->pending, mem, &rows, err);
	bool begun = ok && rows.count > 0;
	ok = ok && (!begun || pending_begin(reach->pending, err));
	for (size_t i = 0; ok && i < rows.count; i++) {
		ok = rows.items[i].is_refused ||
		     pending_refuse(reach->pending, rows.items[i].position, &why, err);
	}
	if (begun) {
		ok = pending_end(reach->pending, ok, err) && ok;
	}
	talloc_free(mem);
	return ok;
}

void pending_tell(struct reach *reach)
{
	struct replica *replica = reach->replica;
	struct error ignored = {0};
	size_t waiting, refused;
	if (pending_count(reach->pending, false, &waiting, &ignored) &&
		pending_count(reach->pending, true, &refused, &ignored)) {
		pthread_mutex_lock(&replica->lock);
		replica->status.waiting = waiting;
		replica->status.refused = refused;
		pthread_mutex_unlock(&replica->lock);
	}
}

bool pending_flush(struct reach *reach, struct error *err)
{
	bool more = true, ok = true;
	if (!reach_pending(reach)) {
		return true;
	}
	if (reach_copy(reach) && !sync_check(reach, err)) {
		return false;
	}
	if (!pending_lock(reach->pending)) {
		pending_tell(reach);
		return true;
	}
	while (ok && more) {
		ok = send_round(reach, &more, err);
	}
	pending_unlock(reach->pending);
	pending_tell(reach);
	return ok;
}
