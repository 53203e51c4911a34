#include "store/reads.h"

#include "base/mem.h"
#include "core/address.h"
#include "core/problem.h"
#include "store/row.h"
#include "store/shape.h"
#include "store/statement.h"

enum { HISTORY_MAX = 100 };

static struct sql_query *of_customer(struct desk *desk, int statement, int64_t id)
{
	struct sql_query *query = sql_query(desk->sql, statement);
	sql_bind_int(query, 1, id);
	return query;
}

/* Columns: the ticket's, then its claim's. */
static bool add_history(struct desk *desk, const void *mem, const struct scope *scope,
	struct sql_query *query, struct customer_view *view, struct error *err)
{
	struct ticket ticket;
	struct claim claim;
	bool sees;
	shape_read(&claim_shape, query, mem, shape_read(&ticket_shape, query, mem, 0, &ticket),
		&claim);
	if (!row_sees(desk, scope, &ticket, &claim, &sees, err)) {
		return false;
	}
	ticket_settle(&ticket, scope->now, scope->auto_resolve_ms);
	view->history[view->history_count++] = (struct history_row){.number = ticket.number,
		.state = ticket.state,
		.opened_at = ticket.opened_at,
		.subject = sees ? ticket.subject : mem_strdup(mem, "")};
	return true;
}

static bool load_history(struct desk *desk, const void *mem, const struct scope *scope,
	struct customer_view *view, struct error *err)
{
	struct sql_query *query = of_customer(desk, READ_HISTORY, view->customer.id);
	sql_bind_int(query, 2, HISTORY_MAX + 1);
	view->history = mem_array(mem, struct history_row, HISTORY_MAX + 1);
	bool has_row, ok;
	while ((ok = sql_step(query, &has_row, err)) && has_row) {
		if (!add_history(desk, view->history, scope, query, view, err)) {
			ok = false;
			break;
		}
	}
	sql_done(query);
	if (view->history_count > HISTORY_MAX) {
		view->has_more_history = true;
		view->history_count = HISTORY_MAX;
	}
	return ok;
}

bool customer_load(struct desk *desk, const void *mem, const struct scope *scope, int64_t id,
	struct customer_view *view, bool *found, struct error *err)
{
	void *addresses, *notes;
	if (!shape_read_one(&customer_shape, of_customer(desk, READ_CUSTOMER, id), mem,
		    &view->customer, found, err)) {
		return false;
	}
	if (!*found) {
		return true;
	}
	if (!shape_read_all(&address_shape, of_customer(desk, READ_ADDRESSES, id), mem, &addresses,
		    &view->address_count, err) ||
		!shape_read_all(&customer_note_shape, of_customer(desk, READ_CUSTOMER_NOTES, id),
			mem, &notes, &view->note_count, err)) {
		return false;
	}
	view->addresses = addresses;
	view->notes = notes;
	return load_history(desk, mem, scope, view, err);
}

bool desk_customer(struct store *store, const void *mem, int64_t id, struct customer_view *view,
	struct error *err)
{
	struct desk *desk = desk_of(store);
	*view = (struct customer_view){0};
	if (!desk_read_begin(desk, err)) {
		return false;
	}
	void *scratch = mem_context(NULL);
	struct scope scope;
	bool found;
	scope_init(&scope, desk, scratch);
	bool ok = customer_load(desk, mem, &scope, id, view, &found, err);
	if (ok && !found) {
		ok = problem_number(err, PROBLEM_NO_CUSTOMER, id, NULL);
	}
	talloc_free(scratch);
	desk_read_end(desk);
	return ok;
}

static bool find_address(struct desk *desk, const char *key, int64_t *id, struct error *err)
{
	if (!desk_read_begin(desk, err)) {
		return false;
	}
	struct sql_query *query = sql_query(desk->sql, READ_ADDRESS_OWNER);
	sql_bind_text(query, 1, key);
	bool ok = sql_number(query, id, err);
	desk_read_end(desk);
	return ok;
}

bool desk_customer_find(
	struct store *store, const void *mem, const char *address, int64_t *id, struct error *err)
{
	void *scratch = mem_context(mem);
	struct address_parts parts;
	*id = 0;
	bool ok = address_parse(scratch, address, &parts, err) &&
		  find_address(desk_of(store), parts.key, id, err);
	if (ok && *id == 0) {
		ok = problem(err, PROBLEM_NO_CUSTOMER, parts.value, NULL);
	}
	talloc_free(scratch);
	return ok;
}
