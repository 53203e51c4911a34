#include "store/replica_parts.h"

#include "base/mem.h"
#include "store/pending.h"
#include "store/statement.h"
#include "store/writes.h"

#include <string.h>

/*
 * What may wait until the desk is reached goes through the pending, always: it is on this disk
 * before it is sent, so that neither a lost answer nor a killed console leaves a doubt that the
 * same id cannot settle. Everything else is asked of the desk at once, or refused.
 */

enum { PATIENCE_MS = 3000 };

static bool may_wait(const struct change *change)
{
	static const enum change_kind kinds[] = {
		CHANGE_REPLY, CHANGE_NOTE, CHANGE_CUSTOMER_NOTE, CHANGE_MEMO};
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
		if (change->kind == kinds[i]) {
			return !change->imported;
		}
	}
	return false;
}

static bool all_may_wait(const struct change *changes, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (!may_wait(&changes[i]) || (changes[i].group && count > 1)) {
			return false;
		}
	}
	return true;
}

/* --- what is looked at next must have it --- */

static void want(struct replica *replica, int64_t number)
{
	if (number) {
		replica->wanted =
			mem_grow(replica, replica->wanted, int64_t, replica->wanted_count + 1);
		replica->wanted[replica->wanted_count++] = number;
	}
}

static void want_change(
	struct replica *replica, const struct change *change, const struct result *result)
{
	enum change_subject subject = change_kinds[change->kind].subject;
	struct desk *copy = replica->own.copy ? desk_of(replica->own.copy) : NULL;
	struct error ignored = {0};
	if (subject == ON_DESK || subject == ON_OPERATOR) {
		want(replica, REQUEST_DIRECTORY);
	}
	want(replica, change->ticket);
	want(replica, result->ticket != change->ticket ? result->ticket : 0);
	want(replica, subject == ON_TICKET ? change->other : 0);
	if (copy && change->ticket == 0 && change->customer) {
		copy_numbers_of(copy, replica, false, change->customer, &replica->wanted,
			&replica->wanted_count, &ignored);
	}
}

static void want_all(struct replica *replica, const struct change *changes,
	const struct result *results, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		want_change(replica, &changes[i], &results[i]);
	}
}

/* --- through the pending --- */

static void register_awaiting(struct replica *replica, struct awaiting *awaiting)
{
	pthread_mutex_lock(&replica->lock);
	replica->awaiting = awaiting;
	pthread_mutex_unlock(&replica->lock);
}

static void send_now(struct replica *replica)
{
	struct error ignored = {0};
	if (replica->is_strict || replica->is_stepped) {
		if (replica->is_strict || !replica_is_down(replica)) {
			pending_flush(&replica->own, &ignored);
		}
	} else {
		replica_send(replica, PATIENCE_MS);
	}
}

/* The claim that it was written under still lives, as far as is known here. */
static bool has_claim(struct replica *replica, const struct change *change)
{
	struct desk *copy = reach_copy(&replica->own);
	struct claim claim;
	bool found;
	struct error ignored = {0};
	return copy && desk_claim_get(copy->sql, change->ticket, &claim, &found, &ignored) &&
	       found && claim_is_held_by(&claim, replica->store.actor, store_now(&replica->store));
}

static bool save_text(struct replica *replica, const struct change *change)
{
	struct draft draft = {.ticket = change->ticket,
		.kind = DRAFT_REPLY,
		.text = (char *)change->text,
		.generation = change->generation,
		.seen = change->seen,
		.address = (char *)change->address,
		.attachments = change->attachments};
	struct error ignored = {0};
	return replica_draft_save(&replica->store, &draft, &ignored);
}

/* Not sent as yet: it waits, but for a reply that nobody holds the ticket for. */
static bool queue_one(struct replica *replica, const struct change *change, struct result *result,
	struct error *err)
{
	bool dropped = false;
	if (change->kind == CHANGE_REPLY && !has_claim(replica, change) &&
		!pending_drop(replica->own.pending, &change->id, &dropped, err)) {
		return false;
	}
	if (dropped) {
		save_text(replica, change);
		char *number = mem_printf(NULL, "%lld", (long long)change->ticket);
		error_set_reason(&result->err, ERROR_UNAVAILABLE, "offline",
			N_("the desk cannot be reached and your claim on {0} has run out: the "
			   "reply was not sent, it is kept as a draft"),
			number, NULL);
		talloc_free(number);
		result->ticket = change->ticket;
		return true;
	}
	*result = (struct result){.ok = true,
		.is_queued = true,
		.ticket = change->ticket,
		.customer = change->customer};
	return true;
}

static bool refused_elsewhere(struct replica *replica, const struct change *change,
	struct result *result, struct error *err)
{
	void *mem = mem_context(NULL);
	struct pending_rows rows;
	bool ok = pending_list(replica->own.pending, mem, &rows, err);
	for (size_t i = 0; ok && i < rows.count; i++) {
		if (uuid_equal(&rows.items[i].change.id, &change->id)) {
			result->err = rows.items[i].err;
			result->ticket = change->ticket;
		}
	}
	talloc_free(mem);
	return ok;
}

/* Another console of this operator may have sent it: then the same id tells what came of it. */
static bool settle_one(struct replica *replica, const struct change *change, struct result *result,
	struct error *err)
{
	bool has, is_refused;
	struct store *inner;
	struct pending *pending = replica->own.pending;
	if (!pending_has(pending, &change->id, &has, &is_refused, err)) {
		return false;
	}
	if (is_refused) {
		return refused_elsewhere(replica, change, result, err);
	}
	if (has) {
		return queue_one(replica, change, result, err);
	}
	return reach_inner(&replica->own, &inner, err) &&
	       reach_told(&replica->own, store_apply(inner, change, 1, result, err), err);
}

static bool apply_waiting(struct replica *replica, const struct change *changes, size_t count,
	struct result *results, struct error *err)
{
	bool *is_settled = mem_array(NULL, bool, count + 1);
	struct awaiting awaiting = {changes, results, is_settled, count};
	register_awaiting(replica, &awaiting);
	bool ok =
		pending_put(replica->own.pending, changes, count, store_now(&replica->store), err);
	if (ok) {
		send_now(replica);
	}
	register_awaiting(replica, NULL);
	for (size_t i = 0; ok && i < count; i++) {
		ok = is_settled[i] || settle_one(replica, &changes[i], &results[i], err);
	}
	talloc_free(is_settled);
	pending_tell(&replica->own);
	return ok;
}

/* --- at once --- */

/* Some of them may wait although others may not: none of them was applied. */
static bool apply_offline(struct replica *replica, const struct change *changes, size_t count,
	struct result *results, struct error *err)
{
	for (size_t i = 0; i < count; i++) {
		results[i] = (struct result){0};
		if (may_wait(&changes[i]) && changes[i].group == 0 && replica->own.pending) {
			if (!pending_put(replica->own.pending, &changes[i], 1,
				    store_now(&replica->store), err) ||
				!queue_one(replica, &changes[i], &results[i], err)) {
				return false;
			}
		} else {
			refuse_offline(&results[i].err);
			results[i].ticket = changes[i].ticket;
		}
	}
	if (replica->own.pending) {
		pending_tell(&replica->own);
	}
	return true;
}

/* What waits goes first: it was written before. */
static void send_before(struct replica *replica)
{
	size_t waiting = 0;
	struct error ignored = {0};
	if (replica->own.pending &&
		pending_count(replica->own.pending, false, &waiting, &ignored) && waiting > 0) {
		send_now(replica);
	}
}

static bool apply_at_once(struct replica *replica, const struct change *changes, size_t count,
	struct result *results, struct error *err)
{
	struct store *inner;
	struct error failed = {0};
	send_before(replica);
	if (replica_inner(replica, &inner, &failed) &&
		reach_told(&replica->own, store_apply(inner, changes, count, results, &failed),
			&failed)) {
		want_all(replica, changes, results, count);
		return true;
	}
	if (failed.code == ERROR_UNAVAILABLE && is_link_error(&failed)) {
		return apply_offline(replica, changes, count, results, err);
	}
	*err = failed;
	return false;
}

static bool has_id(const struct change *changes, size_t count, const struct uuid *id)
{
	for (size_t i = 0; i < count; i++) {
		if (uuid_equal(&changes[i].id, id)) {
			return true;
		}
	}
	return false;
}

/* Has every one an actor and an id of its own, and is it in order as far as can be said without a
 * desk? */
static bool is_plain(struct replica *replica, const struct change *changes, size_t count)
{
	struct error ignored = {0};
	for (size_t i = 0; i < count; i++) {
		if (uuid_is_zero(&changes[i].id) || changes[i].actor != replica->store.actor ||
			has_id(changes, i, &changes[i].id) ||
			!change_validate(&changes[i], &ignored)) {
			return false;
		}
	}
	return true;
}

bool replica_apply(struct store *store, const struct change *changes, size_t count,
	struct result *results, struct error *err)
{
	struct replica *replica = replica_of(store);
	if (!replica_prepare(replica, err)) {
		return false;
	}
	if (store->actor != 0 && count > 0 && all_may_wait(changes, count) &&
		is_plain(replica, changes, count) && reach_pending(&replica->own)) {
		bool ok = apply_waiting(replica, changes, count, results, err);
		if (ok) {
			want_all(replica, changes, results, count);
		}
		return ok;
	}
	return apply_at_once(replica, changes, count, results, err);
}

/* --- drafts --- */

/* The text here is what the next look shows; nothing is lost if it cannot be kept. */
static void save_here(struct replica *replica, const struct draft *draft)
{
	struct desk *copy = reach_copy(&replica->own);
	struct error ignored = {0};
	if (!copy) {
		return;
	}
	if (desk_write_begin(copy, copy->sql, &ignored)) {
		bool ok = true;
		for (size_t i = 0; ok && i < draft->attachments.count; i++) {
			struct sql_query *query = sql_query(copy->sql, COPY_BLOB);
			sql_bind_text(query, 1, draft->attachments.items[i].blob);
			sql_bind_int(query, 2, draft->attachments.items[i].size_bytes);
			ok = sql_run(query, &ignored);
		}
		desk_write_end(copy, copy->sql, ok, &ignored);
	}
	desk_draft_save(&copy->store, draft, &ignored);
}

static bool keep_draft(struct replica *replica, const struct draft *draft, enum pending_what what,
	struct error *err)
{
	if (!reach_pending(&replica->own)) {
		return refuse_offline(err);
	}
	bool ok = pending_put_draft(
		replica->own.pending, draft, what, store_now(&replica->store), err);
	pending_tell(&replica->own);
	return ok;
}

bool replica_draft_save(struct store *store, const struct draft *draft, struct error *err)
{
	struct replica *replica = replica_of(store);
	if (!replica_prepare(replica, err)) {
		return false;
	}
	struct store *inner = replica_desk(replica, err);
	bool ok = inner && reach_told(&replica->own, store_draft_save(inner, draft, err), err);
	if (store->actor == 0 || (!ok && !is_link_error(err))) {
		return ok;
	}
	save_here(replica, draft);
	struct error ignored = {0};
	if (ok && reach_pending(&replica->own)) {
		pending_drop_draft(replica->own.pending, draft->ticket, draft->kind, &ignored);
	}
	return ok || keep_draft(replica, draft, PENDING_DRAFT, err);
}

bool replica_draft_discard(
	struct store *store, int64_t ticket, enum draft_kind kind, struct error *err)
{
	struct replica *replica = replica_of(store);
	struct draft key = {.ticket = ticket, .kind = kind};
	if (!replica_prepare(replica, err)) {
		return false;
	}
	struct store *inner = replica_desk(replica, err);
	bool ok = inner &&
		  reach_told(&replica->own, store_draft_discard(inner, ticket, kind, err), err);
	if (store->actor == 0 || (!ok && !is_link_error(err))) {
		return ok;
	}
	struct desk *copy = reach_copy(&replica->own);
	struct error ignored = {0};
	if (copy) {
		desk_draft_discard(&copy->store, ticket, kind, &ignored);
	}
	if (ok && reach_pending(&replica->own)) {
		pending_drop_draft(replica->own.pending, ticket, kind, &ignored);
	}
	return ok || keep_draft(replica, &key, PENDING_DISCARD, err);
}

bool replica_draft_restore(
	struct store *store, int64_t ticket, enum draft_kind kind, struct error *err)
{
	struct replica *replica = replica_of(store);
	want(replica, ticket);
	struct store *inner = replica_desk(replica, err);
	return inner &&
	       reach_told(&replica->own, store_draft_restore(inner, ticket, kind, err), err);
}

bool replica_draft_adopt(struct store *store, int64_t ticket, int64_t author, enum draft_kind kind,
	struct error *err)
{
	struct replica *replica = replica_of(store);
	want(replica, ticket);
	struct store *inner = replica_desk(replica, err);
	return inner &&
	       reach_told(&replica->own, store_draft_adopt(inner, ticket, author, kind, err), err);
}

/* --- leases --- */

bool replica_renew(struct store *store, struct renewal *renewal, struct error *err)
{
	struct replica *replica = replica_of(store);
	struct error ignored = {0};
	struct store *inner = replica_desk(replica, err);
	if (!inner || !reach_told(&replica->own, store_renew(inner, renewal, err), err)) {
		return false;
	}
	struct desk *copy = store->actor ? reach_copy(&replica->own) : NULL;
	if (copy && desk_write_begin(copy, copy->soft, &ignored)) {
		struct sql_query *query = sql_query(copy->soft, COPY_CLAIM_RENEWED);
		sql_bind_int(query, 1, renewal->ticket);
		sql_bind_int(query, 2, renewal->generation);
		sql_bind_int(query, 3, renewal->expires_at);
		sql_bind_int(query, 4, renewal->grace);
		bool ok = sql_run(query, &ignored);
		desk_write_end(copy, copy->soft, ok, &ignored);
	}
	return true;
}

/* --- what waits --- */

bool replica_pending(
	struct store *store, const void *mem, struct pending_list *list, struct error *err)
{
	struct replica *replica = replica_of(store);
	struct pending_rows rows;
	*list = (struct pending_list){0};
	if (!reach_pending(&replica->own)) {
		return true;
	}
	if (!pending_list(replica->own.pending, mem, &rows, err)) {
		return false;
	}
	list->items = mem_array(mem, struct pending_change, rows.count + 1);
	for (size_t i = 0; i < rows.count; i++) {
		const struct pending_row *row = &rows.items[i];
		if (row->what == PENDING_DISCARD) {
			continue;
		}
		list->items[list->count++] = (struct pending_change){.id = row->change.id,
			.is_draft = row->what == PENDING_DRAFT,
			.kind = row->change.kind,
			.ticket = row->change.ticket,
			.customer = row->change.customer,
			.operator_id = row->change.operator_id,
			.team = row->change.team,
			.text = mem_strdup(mem, row->change.text ? row->change.text : ""),
			.at = row->at,
			.is_refused = row->is_refused,
			.err = row->err};
	}
	return true;
}

bool replica_pending_drop(struct store *store, const struct uuid *id, struct error *err)
{
	struct replica *replica = replica_of(store);
	bool dropped = false, has = false, is_refused;
	struct pending *pending = reach_pending(&replica->own);
	if (pending && (!pending_drop(pending, id, &dropped, err) ||
			       !pending_has(pending, id, &has, &is_refused, err))) {
		return false;
	}
	if (dropped) {
		pending_tell(&replica->own);
		return true;
	}
	return has ? error_set_reason(err, ERROR_CONFLICT, "sending",
			     N_("it is being sent: the desk may have it already"), NULL)
		   : error_set_reason(err, ERROR_NOT_FOUND, "no_pending",
			     N_("nothing of that kind waits to be sent"), NULL);
}
