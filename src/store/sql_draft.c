#include "store/apply.h"

#include "base/mem.h"
#include "base/text.h"
#include "core/attachment.h"
#include "core/permission.h"
#include "core/problem.h"
#include "store/shape.h"
#include "store/statement.h"
#include "store/writes.h"

#include <string.h>

/* Drafts: the store's copy of unfinished texts. Whatever takes the place of a text that somebody
 * typed puts that text into his bin first, or keeps both. */

static struct sql_query *query_of(
	struct sql *sql, int statement, int64_t ticket, int64_t operator_id, enum draft_kind kind)
{
	struct sql_query *query = sql_query(sql, statement);
	sql_bind_int(query, 1, ticket);
	sql_bind_int(query, 2, operator_id);
	sql_bind_int(query, 3, kind);
	return query;
}

static bool get_alive(struct sql *sql, const void *mem, const struct draft *key,
	struct draft *draft, bool *found, struct error *err)
{
	return shape_read_one(&draft_shape,
		       query_of(sql, DRAFT_ALIVE, key->ticket, key->operator_id, key->kind), mem,
		       draft, found, err) &&
	       (!*found || desk_draft_attachments(sql, mem, draft->id, &draft->attachments, err));
}

static bool discard(struct sql *sql, const struct draft *key, int64_t now, struct error *err)
{
	struct sql_query *query =
		query_of(sql, DRAFT_DISCARD, key->ticket, key->operator_id, key->kind);
	sql_bind_int(query, 4, now);
	return sql_run(query, err);
}

static bool delete_alive(struct sql *sql, const struct draft *key, struct error *err)
{
	return sql_run(query_of(sql, DRAFT_DELETE, key->ticket, key->operator_id, key->kind), err);
}

static bool put_files(struct sql *sql, const struct draft *draft, struct error *err)
{
	struct sql_query *query = sql_query(sql, DRAFT_ATTACHMENTS_CLEAR);
	sql_bind_int(query, 1, draft->id);
	bool ok = sql_run(query, err);
	for (size_t i = 0; ok && i < draft->attachments.count; i++) {
		const struct attachment *attachment = &draft->attachments.items[i];
		query = sql_query(sql, DRAFT_ATTACHMENT_INSERT);
		sql_bind_int(query, 1, draft->id);
		sql_bind_text(query, 2, attachment->name);
		sql_bind_text(query, 3, attachment->media_type);
		sql_bind_text(query, 4, attachment->blob);
		ok = sql_run(query, err);
	}
	return ok;
}

static bool same_files(const struct attachment_list *a, const struct attachment_list *b)
{
	for (size_t i = 0; i < a->count && a->count == b->count; i++) {
		if (!attachment_list_has(b, &a->items[i])) {
			return false;
		}
	}
	return a->count == b->count;
}

/* Takes the place of the alive one, if there is one. */
static bool put(
	struct sql *sql, const struct draft *draft, const struct draft *present, struct error *err)
{
	struct draft row = *draft;
	row.address = draft->address ? draft->address : (char *)"";
	row.id = present ? present->id : 0;
	struct sql_query *query = sql_query(sql, present ? DRAFT_UPDATE : DRAFT_INSERT);
	shape_bind(&draft_shape, query, 1, &row);
	if (!(present ? sql_run(query, err) : sql_number(query, &row.id, err))) {
		return false;
	}
	static const struct attachment_list none;
	return same_files(&row.attachments, present ? &present->attachments : &none) ||
	       put_files(sql, &row, err);
}

/* Adds a text below what is there; nothing when it is there already. */
static bool put_below(
	struct sql *sql, const void *mem, const struct draft *draft, struct error *err)
{
	struct draft present;
	bool found;
	if (!get_alive(sql, mem, draft, &present, &found, err)) {
		return false;
	}
	struct draft both = *draft;
	if (found && strstr(present.text, draft->text)) {
		both.text = present.text;
	} else if (found && !strstr(draft->text, present.text)) {
		both.text = mem_printf(mem, "%s\n\n%s", present.text, draft->text);
	}
	if (found) {
		both.attachments = attachment_list_copy(mem, &present.attachments);
	}
	for (size_t i = 0; found && i < draft->attachments.count; i++) {
		attachment_list_add(mem, &both.attachments, &draft->attachments.items[i]);
	}
	bool is_there = found && both.text == present.text &&
			both.attachments.count == present.attachments.count;
	return is_there || put(sql, &both, found ? &present : NULL, err);
}

/* --- what changes do to drafts --- */

static struct draft draft_of(const struct work *work, int64_t operator_id, const char *text)
{
	return (struct draft){.ticket = work->facts.ticket->number,
		.operator_id = operator_id,
		.kind = DRAFT_REPLY,
		.text = mem_strdup(work->mem, text),
		.address = mem_strdup(work->mem, work->change.address),
		.attachments = work->change.attachments,
		.generation = work->decision.generation ? work->decision.generation
							: work->change.generation,
		.seen = work->change.seen,
		.updated_at = work->facts.now};
}

/* An earlier state of what was written, and no file that was left out. */
static bool was_sent(const struct change *change, const struct draft *draft)
{
	for (size_t i = 0; i < draft->attachments.count; i++) {
		if (!attachment_list_has(&change->attachments, &draft->attachments.items[i])) {
			return false;
		}
	}
	const char *text = change->text ? change->text : "";
	return strncmp(text, draft->text, strlen(draft->text)) == 0 || text_is_blank(draft->text);
}

/* A customer note may have been begun on any ticket of the customer. */
static bool drafts_concerned(
	struct work *work, struct draft **drafts, size_t *count, struct error *err)
{
	enum draft_kind kind = work->decision.draft_kind;
	struct sql_query *query;
	void *rows;
	if (work->facts.ticket) {
		query = query_of(work->sql, DRAFT_ALIVE, work->facts.ticket->number,
			work->change.actor, kind);
	} else {
		query = sql_query(work->sql, DRAFTS_OF_CUSTOMER);
		sql_bind_int(query, 1, work->change.actor);
		sql_bind_int(query, 2, kind);
		sql_bind_int(query, 3, work->decision.customer.id);
	}
	bool ok = shape_read_all(&draft_shape, query, work->mem, &rows, count, err);
	*drafts = rows;
	for (size_t i = 0; ok && i < *count; i++) {
		struct draft *draft = &(*drafts)[i];
		ok = desk_draft_attachments(
			work->sql, work->mem, draft->id, &draft->attachments, err);
	}
	return ok;
}

/* The draft of what was sent is gone; one that says something else goes to the bin. */
bool write_draft_gone(struct work *work)
{
	struct draft *drafts;
	size_t count;
	if (work->change.imported) {
		return true;
	}
	bool ok = drafts_concerned(work, &drafts, &count, work->err);
	for (size_t i = 0; ok && i < count; i++) {
		bool is_of_another = drafts[i].kind == DRAFT_CUSTOMER_NOTE_EDIT &&
				     drafts[i].seen != work->change.note;
		if (is_of_another) {
			continue;
		}
		ok = was_sent(&work->change, &drafts[i])
			     ? delete_alive(work->sql, &drafts[i], work->err)
			     : discard(work->sql, &drafts[i], work->facts.now, work->err);
	}
	return ok;
}

bool write_draft_back(struct work *work)
{
	const struct message *message = &work->decision.message;
	struct draft draft = draft_of(work, message->author, message->text);
	draft.seen = work->decision.ticket.newest_public;
	draft.address = message->address;
	return desk_attachments(work->sql, work->mem, message->id, &draft.attachments, work->err) &&
	       put_below(work->sql, work->mem, &draft, work->err);
}

/* The giver keeps his text in the bin. */
bool write_draft_over(struct work *work)
{
	struct draft key = {.ticket = work->facts.ticket->number,
		.operator_id = work->change.actor,
		.kind = DRAFT_REPLY};
	struct draft draft;
	bool found;
	if (!get_alive(work->sql, work->mem, &key, &draft, &found, work->err)) {
		return false;
	}
	if (!found) {
		return true;
	}
	draft.operator_id = work->decision.claim.operator_id;
	draft.generation = work->decision.claim.generation;
	draft.updated_at = work->facts.now;
	return put_below(work->sql, work->mem, &draft, work->err) &&
	       discard(work->sql, &key, work->facts.now, work->err);
}

bool write_refused_text(struct work *work)
{
	if (!work->facts.ticket || !work->facts.actor) {
		return true;
	}
	struct draft draft = draft_of(work, work->change.actor, work->change.text);
	work->apply->is_dirty = true;
	return put_below(work->sql, work->mem, &draft, work->err);
}

/* --- verbs: each one transaction on the connection that does not wait for the disk --- */

static bool begin(struct desk *desk, struct error *err)
{
	return desk_write_begin(desk, desk->soft, err);
}

static bool end(struct desk *desk, bool ok, struct error *err)
{
	return desk_write_end(desk, desk->soft, ok, err) && ok;
}

/* A draft is written only where its author may read. */
static bool check_ticket(struct desk *desk, int64_t number, struct error *err)
{
	bool sees;
	return desk_sees_number(desk, number, &sees, err) &&
	       (sees || problem_number(err, PROBLEM_NO_TICKET, number, NULL));
}

static bool save(struct desk *desk, const void *mem, const struct draft *draft, struct error *err)
{
	struct draft present;
	bool found;
	if (!attachment_list_check(&draft->attachments, err) ||
		!check_ticket(desk, draft->ticket, err) ||
		!get_alive(desk->soft, mem, draft, &present, &found, err)) {
		return false;
	}
	bool is_empty = text_is_blank(draft->text) && draft->attachments.count == 0;
	return is_empty ? delete_alive(desk->soft, draft, err)
			: put(desk->soft, draft, found ? &present : NULL, err);
}

bool desk_draft_save(struct store *store, const struct draft *draft, struct error *err)
{
	struct desk *desk = desk_of(store);
	struct draft mine = *draft;
	mine.operator_id = store->actor ? store->actor : draft->operator_id;
	mine.updated_at = store_now(store);
	mine.discarded_at = 0;
	if (!begin(desk, err)) {
		return false;
	}
	void *scratch = mem_context(NULL);
	bool ok = end(desk, save(desk, scratch, &mine, err), err);
	talloc_free(scratch);
	return ok;
}

static bool purge(struct desk *desk, int64_t now, struct error *err)
{
	struct sql_query *query = sql_query(desk->soft, DRAFT_PURGE);
	sql_bind_int(query, 1, now - desk->directory->settings.bin_ms);
	return sql_run(query, err);
}

bool desk_draft_discard(
	struct store *store, int64_t ticket, enum draft_kind kind, struct error *err)
{
	struct desk *desk = desk_of(store);
	struct draft key = {.ticket = ticket, .operator_id = store->actor, .kind = kind};
	int64_t now = store_now(store);
	return begin(desk, err) &&
	       end(desk, purge(desk, now, err) && discard(desk->soft, &key, now, err), err);
}

/* What is written now trades places with it. */
static bool restore(struct desk *desk, const struct draft *key, int64_t now, struct error *err)
{
	struct sql_query *query =
		query_of(desk->soft, DRAFT_IN_BIN, key->ticket, key->operator_id, key->kind);
	bool found;
	int64_t id = 0;
	bool ok = sql_first(query, &found, err);
	if (ok && found) {
		id = sql_int(query, 0);
	}
	sql_done(query);
	if (!ok || !found) {
		return ok &&
		       error_set_reason(err, ERROR_NOT_FOUND, "no_draft",
			       N_("there is no such text in the bin; look at \"drafts\""), NULL);
	}
	query = sql_query(desk->soft, DRAFT_RESTORE);
	sql_bind_int(query, 1, id);
	sql_bind_int(query, 2, now);
	if (!discard(desk->soft, key, now, err)) {
		sql_done(query);
		return false;
	}
	return sql_run(query, err);
}

bool desk_draft_restore(
	struct store *store, int64_t ticket, enum draft_kind kind, struct error *err)
{
	struct desk *desk = desk_of(store);
	struct draft key = {.ticket = ticket, .operator_id = store->actor, .kind = kind};
	return begin(desk, err) && end(desk, restore(desk, &key, store_now(store), err), err);
}

/* His supervisor may, and whoever holds the ticket now. */
static bool may_adopt(struct desk *desk, const struct draft *draft, const struct claim *claim,
	int64_t now, struct error *err)
{
	const struct operator_ *actor = desk_actor(desk);
	const struct operator_ *author = directory_operator(desk->directory, draft->operator_id);
	return (actor && author && permission_sees_draft(actor, author, claim, now)) ||
	       problem(err, PROBLEM_NOT_YOURS,
		       directory_login_of(desk->directory, draft->operator_id), NULL);
}

static bool adopt(struct desk *desk, const void *mem, const struct draft *key, struct error *err)
{
	struct draft draft;
	struct claim claim;
	bool found, has_claim;
	int64_t now = store_now(&desk->store);
	if (!check_ticket(desk, key->ticket, err) ||
		!get_alive(desk->soft, mem, key, &draft, &found, err) ||
		!desk_claim_get(desk->soft, key->ticket, &claim, &has_claim, err)) {
		return false;
	}
	if (!found || key->operator_id == desk->store.actor) {
		return error_set_reason(err, ERROR_NOT_FOUND, "no_draft",
			N_("there is no text of {0} to take on; it was sent or thrown away"),
			directory_login_of(desk->directory, key->operator_id), NULL);
	}
	if (!may_adopt(desk, &draft, has_claim ? &claim : NULL, now, err)) {
		return false;
	}
	struct draft mine = draft;
	mine.operator_id = desk->store.actor;
	mine.updated_at = now;
	bool holds = has_claim && claim_is_held_by(&claim, mine.operator_id, now);
	mine.generation = holds ? claim.generation : 0;
	return put_below(desk->soft, mem, &mine, err) && discard(desk->soft, key, now, err);
}

bool desk_draft_adopt(struct store *store, int64_t ticket, int64_t author, enum draft_kind kind,
	struct error *err)
{
	struct desk *desk = desk_of(store);
	struct draft key = {.ticket = ticket, .operator_id = author, .kind = kind};
	if (!begin(desk, err)) {
		return false;
	}
	void *scratch = mem_context(NULL);
	bool ok = end(desk, adopt(desk, scratch, &key, err), err);
	talloc_free(scratch);
	return ok;
}
