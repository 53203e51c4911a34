#include "store/row.h"

#include "base/mem.h"
#include "core/permission.h"
#include "store/shape.h"
#include "store/statement.h"

/* In the lists that are ordered by the ticket itself. */
static struct queue_key key_of(const struct ticket_row *row)
{
	return (struct queue_key){.due_at = row->ticket.due_at,
		.waiting_since = row->ticket.waiting_since,
		.number = row->ticket.number,
		.priority = (int)row->ticket.priority};
}

struct filter_row row_filtered(const struct ticket_row *row)
{
	return (struct filter_row){.ticket = &row->ticket,
		.customer_name = row->customer_name,
		.address = row->customer_address,
		.holder = row->claim.operator_id};
}

bool row_sees(struct desk *desk, const struct scope *scope, const struct ticket *ticket,
	const struct claim *claim, bool *sees, struct error *err)
{
	claim = claim_is_live(claim, scope->now) ? claim : NULL;
	*sees = !scope->actor || permission_sees_ticket(scope->actor, ticket, claim, false);
	if (*sees) {
		return true;
	}
	bool is_involved;
	if (!desk_involved(desk->sql, scope->actor->id, ticket->number, &is_involved, err)) {
		return false;
	}
	*sees = permission_sees_ticket(scope->actor, ticket, claim, is_involved);
	return true;
}

/* --- what is true for everybody --- */

/* After the columns of ticket and claim: name, shared, address, has_other_claims, has_drafts. */
static void shape_facts(struct sql_query *query, const void *mem, struct row_facts *facts)
{
	int column = shape_read(&ticket_shape, query, mem, 0, &facts->ticket);
	column = shape_read(&claim_shape, query, mem, column, &facts->claim);
	facts->customer_name = sql_text(query, mem, column);
	facts->customer_shared = sql_int(query, column + 1) != 0;
	facts->customer_address = sql_text(query, mem, column + 2);
	facts->has_other_claims = sql_int(query, column + 3) != 0;
	facts->has_drafts = sql_int(query, column + 4) != 0;
}

static bool read_facts(struct desk *desk, const void *mem, int64_t number, struct row_facts *facts,
	bool *found, struct error *err)
{
	struct sql_query *query = sql_query(desk->sql, READ_ROW);
	sql_bind_int(query, 1, number);
	bool ok = sql_first(query, found, err);
	if (ok && *found) {
		shape_facts(query, mem, facts);
	}
	sql_done(query);
	return ok;
}

static void own_texts(const void *mem, struct row_facts *facts)
{
	shape_own_texts(&ticket_shape, mem, &facts->ticket);
	facts->customer_name = mem_strdup(mem, facts->customer_name);
	facts->customer_address = mem_strdup(mem, facts->customer_address);
}

/* From the shelf, where there is one. */
static bool take_facts(struct desk *desk, const void *mem, int64_t number, struct row_facts *facts,
	bool *found, struct error *err)
{
	const struct row_facts *kept = desk->shelf ? row_shelf_find(desk->shelf, number) : NULL;
	if (!desk->shelf) {
		return read_facts(desk, mem, number, facts, found, err);
	}
	if (!kept) {
		void *own = mem_context(NULL);
		bool ok = read_facts(desk, own, number, facts, found, err);
		if (!ok || !*found) {
			talloc_free(own);
			return ok;
		}
		row_shelf_put(desk->shelf, facts, own);
		kept = facts;
	}
	*facts = *kept;
	own_texts(mem, facts);
	*found = true;
	return true;
}

/* --- what is the actor's --- */

static bool add_own_draft(
	struct desk *desk, int64_t actor, struct ticket_row *row, struct error *err)
{
	struct sql_query *query = sql_query(desk->sql, READ_HAS_DRAFT);
	sql_bind_int(query, 1, row->ticket.number);
	sql_bind_int(query, 2, actor);
	int64_t value;
	bool ok = sql_number(query, &value, err);
	row->has_draft = value != 0;
	return ok;
}

static bool add_covered_by(struct desk *desk, const struct scope *scope, int64_t actor,
	struct ticket_row *row, struct error *err)
{
	struct sql_query *query = sql_query(desk->sql, READ_COVERED_BY);
	sql_bind_int(query, 1, row->ticket.number);
	sql_bind_int(query, 2, actor);
	sql_bind_int(query, 3, scope->now);
	sql_bind_int(query, 4, row->ticket.customer);
	return sql_number(query, &row->covered_by, err);
}

static bool add_marks(struct desk *desk, const struct scope *scope, const struct row_facts *facts,
	struct ticket_row *row, struct error *err)
{
	int64_t actor = scope->actor ? scope->actor->id : 0;
	return (!facts->has_other_claims || add_covered_by(desk, scope, actor, row, err)) &&
	       (!facts->has_drafts || add_own_draft(desk, actor, row, err));
}

/* --- a row --- */

static struct ticket_row row_of(const void *mem, const struct row_facts *facts)
{
	return (struct ticket_row){.ticket = facts->ticket,
		.claim = facts->claim,
		.customer_name = facts->customer_name,
		.customer_address = facts->customer_address,
		.customer_shared = facts->customer_shared,
		.snippet = mem_strdup(mem, "")};
}

bool row_load(struct desk *desk, const void *mem, const struct scope *scope, int64_t number,
	struct ticket_row *row, bool *sees, struct error *err)
{
	struct row_facts facts;
	bool ok = take_facts(desk, mem, number, &facts, sees, err);
	if (!ok || !*sees) {
		return ok;
	}
	ok = row_sees(desk, scope, &facts.ticket, &facts.claim, sees, err);
	if (!ok || !*sees) {
		return ok;
	}
	*row = row_of(mem, &facts);
	if (!add_marks(desk, scope, &facts, row, err)) {
		return false;
	}
	ticket_settle(&row->ticket, scope->now, scope->auto_resolve_ms);
	if (!claim_is_live(&row->claim, scope->now)) {
		row->claim = (struct claim){0};
	}
	row->key = key_of(row);
	return true;
}
