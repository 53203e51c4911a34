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

/* After the columns of ticket and claim: name, shared, address, covered_by, has_draft. */
static void read_row(struct sql_query *query, const void *mem, struct ticket_row *row)
{
	int column = shape_read(&ticket_shape, query, mem, 0, &row->ticket);
	column = shape_read(&claim_shape, query, mem, column, &row->claim);
	row->customer_name = sql_text(query, mem, column);
	row->customer_shared = sql_int(query, column + 1) != 0;
	row->customer_address = sql_text(query, mem, column + 2);
	row->covered_by = sql_int(query, column + 3);
	row->has_draft = sql_int(query, column + 4) != 0;
	row->snippet = mem_strdup(mem, "");
}

bool row_load(struct desk *desk, const void *mem, const struct scope *scope, int64_t number,
	struct ticket_row *row, bool *sees, struct error *err)
{
	struct sql_query *query = sql_query(desk->sql, READ_ROW);
	sql_bind_int(query, 1, number);
	sql_bind_int(query, 2, scope->actor ? scope->actor->id : 0);
	sql_bind_int(query, 3, scope->now);
	bool ok = sql_first(query, sees, err);
	if (ok && *sees) {
		read_row(query, mem, row);
	}
	sql_done(query);
	if (!ok || !*sees) {
		return ok;
	}
	if (!row_sees(desk, scope, &row->ticket, &row->claim, sees, err)) {
		return false;
	}
	ticket_settle(&row->ticket, scope->now, scope->auto_resolve_ms);
	if (!claim_is_live(&row->claim, scope->now)) {
		row->claim = (struct claim){0};
	}
	row->key = key_of(row);
	return true;
}
