#include "store/apply.h"

#include "base/mem.h"
#include "codec/change_json.h"
#include "codec/json.h"
#include "core/problem.h"
#include "store/shape_json.h"
#include "store/statement.h"

#include <string.h>

/* The log: rows in, and what later changes need of them out. */

static int64_t log_ticket(const struct work *work)
{
	if (change_kinds[work->change.kind].subject != ON_TICKET) {
		return 0;
	}
	bool is_new = work->change.kind == CHANGE_NEW || work->change.kind == CHANGE_RECEIVE;
	return is_new		    ? work->decision.ticket.number
	       : work->facts.ticket ? work->facts.ticket->number
				    : 0;
}

static int64_t log_customer(const struct work *work)
{
	if (log_ticket(work)) {
		return work->decision.ticket.customer;
	}
	return work->decision.customer.id;
}

/* The other ticket or customer it is about: merged into, split off, continued by a new one. */
static int64_t log_other(const struct work *work)
{
	if (work->change.kind == CHANGE_SPLIT) {
		return work->decision.other_ticket.number;
	}
	if (work->change.kind == CHANGE_RECEIVE &&
		work->decision.ticket.number != work->facts.ticket->number) {
		return work->facts.ticket->number;
	}
	return work->change.other;
}

/* --- detail --- */

/* Of the ticket before a reply, what its undo gives back: a reply is frequent, its row stays small.
 */
static const struct column reply_columns[] = {
	{"assignee", COLUMN_INT, offsetof(struct ticket, assignee)},
	{"run_at", COLUMN_INT, offsetof(struct ticket, run_at)},
	{"answer_due_at", COLUMN_INT, offsetof(struct ticket, answer_due_at)},
	{"resolved_at", COLUMN_INT, offsetof(struct ticket, resolved_at)},
	{"reason", COLUMN_INT, offsetof(struct ticket, reason)},
	{"resolved_by_time", COLUMN_BOOL, offsetof(struct ticket, resolved_by_time)},
	{"former_state", COLUMN_ENUM, offsetof(struct ticket, former_state)},
};
static const struct shape reply_shape = {
	"ticket", sizeof(struct ticket), ARRAY_LEN(reply_columns), reply_columns};

static void add_former(const struct work *work, struct json *detail)
{
	const struct ticket *ticket = work->facts.ticket;
	const struct ticket *other = work->facts.other_ticket;
	if (work->change.kind == CHANGE_REPLY) {
		json_add_int(detail, "former_public", ticket->newest_public);
		json_add_bool(detail, "former_is_ours", ticket->newest_is_ours);
		shape_add_json(detail, "former", &reply_shape, ticket);
	} else if (change_keeps_former(work->change.kind)) {
		shape_add_json(detail, "former", &ticket_shape, ticket);
		if (other && (work->decision.writes & WRITE_OTHER_TICKET)) {
			shape_add_json(detail, "former_other", &ticket_shape, other);
		}
	}
}

/* Whoever loses sight of the ticket or his claim by this change is told of it by the feed. */
static void add_losses(const struct work *work, struct json *detail)
{
	const struct ticket *before = work->facts.ticket;
	const struct claim *claim = work->facts.claim;
	if (before && before->team != work->decision.ticket.team &&
		(work->decision.writes & WRITE_TICKET)) {
		json_add_int(detail, "former_team", before->team ? before->team : TEAM_NONE);
	}
	if (before && before->assignee && before->assignee != work->decision.ticket.assignee &&
		(work->decision.writes & WRITE_TICKET)) {
		json_add_int(detail, "former_assignee", before->assignee);
	}
	bool ends =
		work->decision.claim_step == CLAIM_TAKE || work->decision.claim_step == CLAIM_END;
	if (claim && ends && claim->operator_id != work->change.actor) {
		json_add_int(detail, "former_holder", claim->operator_id);
	}
}

static void add_freed(const struct work *work, struct json *detail)
{
	if (work->freed_count == 0) {
		return;
	}
	struct json *freed = json_add_array(detail, "freed");
	for (size_t i = 0; i < work->freed_count; i++) {
		json_add_int(freed, NULL, work->freed[i]);
	}
}

static const char *make_detail(const struct work *work)
{
	struct json *detail = change_detail(work->mem, work->given);
	add_former(work, detail);
	add_losses(work, detail);
	add_freed(work, detail);
	if (work->decision.writes & WRITE_WORKED) {
		json_add_int(detail, "worked_operator", work->decision.worked_operator);
		json_add_int(detail, "worked_from", work->decision.worked_from);
		json_add_int(detail, "worked_to", work->decision.worked_to);
	}
	return json_print(work->mem, detail);
}

/* --- rows in --- */

static bool mark_undone(struct work *work)
{
	if (work->change.kind != CHANGE_UNDO) {
		return true;
	}
	struct sql_query *query = sql_query(work->sql, LOG_MARK_UNDONE);
	sql_bind_int(query, 1, work->change.undo);
	sql_bind_int(query, 2, work->facts.revision);
	return sql_run(query, work->err);
}

static void fill_result(struct work *work)
{
	struct result *result = work->result;
	bool split = work->change.kind == CHANGE_SPLIT;
	result->ok = true;
	result->revision = work->facts.revision;
	result->ticket = split ? log_other(work) : log_ticket(work);
	result->customer = log_customer(work);
	result->generation = work->decision.generation;
}

bool log_write(struct work *work)
{
	struct apply *apply = work->apply;
	int64_t recorded_at = work->change.imported ? apply->newest_at : work->facts.now;
	struct sql_query *query = sql_query(work->sql, LOG_INSERT);
	sql_bind_int(query, 1, work->facts.revision);
	sql_bind_blob(query, 2, work->change.id.bytes, sizeof work->change.id.bytes);
	sql_bind_int(query, 3, work->facts.now);
	sql_bind_int(query, 4, recorded_at);
	sql_bind_int(query, 5, work->change.actor);
	sql_bind_text(query, 6, change_kinds[work->change.kind].name);
	sql_bind_int(query, 7, log_ticket(work));
	sql_bind_int(query, 8, log_customer(work));
	sql_bind_int(query, 9, log_other(work));
	sql_bind_int(query, 10, work->decision.generation);
	sql_bind_int(query, 11, work->change.imported);
	sql_bind_text(query, 12, make_detail(work));
	if (!sql_run(query, work->err) || !mark_undone(work)) {
		return false;
	}
	apply->revision = work->facts.revision;
	apply->newest_at = recorded_at;
	apply->is_dirty = true;
	fill_result(work);
	return true;
}

/* --- rows out --- */

static bool is_same_change(const struct work *work, struct sql_query *row)
{
	const struct change *change = &work->change;
	int64_t ticket = sql_int(row, 3), customer = sql_int(row, 4), other = sql_int(row, 5);
	if (strcmp(sql_peek(row, 2), change_kinds[change->kind].name) != 0 ||
		sql_int(row, 1) != change->actor) {
		return false;
	}
	enum change_subject subject = change_kinds[change->kind].subject;
	if (subject == ON_TICKET && change->ticket) {
		return change->ticket == ticket ||
		       (change->kind == CHANGE_RECEIVE && change->ticket == other);
	}
	return subject != ON_CUSTOMER || !change->customer || change->customer == customer;
}

static void repeat_result(const struct work *work, struct sql_query *row)
{
	bool split = work->change.kind == CHANGE_SPLIT;
	*work->result = (struct result){.ok = true,
		.is_repeat = true,
		.revision = sql_int(row, 0),
		.ticket = sql_int(row, split ? 5 : 3),
		.customer = sql_int(row, 4),
		.generation = sql_int(row, 6)};
}

bool log_find_repeat(struct work *work, bool *found)
{
	struct sql_query *query = sql_query(work->sql, LOG_BY_ID);
	sql_bind_blob(query, 1, work->change.id.bytes, sizeof work->change.id.bytes);
	bool ok = sql_first(query, found, work->err);
	if (ok && *found) {
		if (is_same_change(work, query)) {
			repeat_result(work, query);
		} else {
			char id[UUID_TEXT_SIZE];
			uuid_format(&work->change.id, id);
			problem(&work->result->err, PROBLEM_CHANGE_ID, id, NULL);
		}
	}
	sql_done(query);
	return ok;
}

static bool read_former(struct work *work, const char *detail)
{
	struct undone *undone = &work->loaded.undone;
	const struct json *json;
	if (!json_parse(work->mem, detail, strlen(detail), 1, &json, work->err)) {
		return false;
	}
	const struct json *former = json_get(json, "former");
	const struct json *other = json_get(json, "former_other");
	undone->former_is_ours = json_bool(json_get(json, "former_is_ours"));
	if (former) {
		shape_from_json(&ticket_shape, former, work->mem, &work->loaded.former);
		undone->former = &work->loaded.former;
	}
	if (other) {
		shape_from_json(&ticket_shape, other, work->mem, &work->loaded.former_other);
		undone->former_other = &work->loaded.former_other;
	}
	return json_get_int(json, "former_public", &undone->former_public, work->err);
}

static bool read_undone(struct work *work, struct sql_query *row)
{
	enum change_kind kind;
	struct undone *undone = &work->loaded.undone;
	if (!change_kind_find(sql_peek(row, 1), &kind)) {
		return true; /* of a newer program: nothing that this one can undo */
	}
	*undone = (struct undone){.kind = kind,
		.revision = sql_int(row, 0),
		.actor = sql_int(row, 2),
		.ticket = sql_int(row, 3),
		.customer = sql_int(row, 4),
		.other = sql_int(row, 5),
		.at = sql_int(row, 6),
		.is_undone = sql_int(row, 7) != 0};
	if (work->change.ticket && work->change.ticket != undone->ticket) {
		return true;
	}
	work->facts.undone = undone;
	work->change.ticket = undone->ticket;
	work->change.customer = undone->customer;
	work->change.other = undone->other;
	return read_former(work, sql_peek(row, 8));
}

bool log_load_undone(struct work *work)
{
	struct sql_query *query = sql_query(work->sql, LOG_GET);
	sql_bind_int(query, 1, work->change.undo);
	bool has_row;
	bool ok = sql_first(query, &has_row, work->err) && (!has_row || read_undone(work, query));
	sql_done(query);
	return ok;
}
