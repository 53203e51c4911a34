#include "store/writes.h"

#include "base/mem.h"
#include "core/problem.h"
#include "store/shape.h"
#include "store/statement.h"

#include <string.h>

/* Who is where: rows that live for a minute, on the connection that does not wait for the disk. */

/* --- telling --- */

/* On the reading connection: the turn to write is not held for it. */
static bool may_be_there(struct desk *desk, int64_t ticket, struct error *err)
{
	bool sees = true;
	if (!ticket) {
		return true;
	}
	bool ok = desk_read_begin(desk, err) && desk_sees_number(desk, ticket, &sees, err);
	desk_read_end(desk);
	return ok && (sees || problem_number(err, PROBLEM_NO_TICKET, ticket, NULL));
}

static bool purge(struct desk *desk, const struct presence *presence, struct error *err)
{
	struct sql_query *query = sql_query(desk->soft, PRESENCE_PURGE);
	sql_bind_int(query, 1, presence->since);
	sql_bind_int(query, 2, presence->operator_id);
	sql_bind_text(query, 3, presence->terminal);
	sql_bind_int(query, 4, PRESENCE_TERMINALS - 1);
	return sql_run(query, err);
}

static bool put(struct desk *desk, const struct presence *presence, struct error *err)
{
	if (!purge(desk, presence, err)) {
		return false;
	}
	bool is_gone = presence->doing == DOING_GONE;
	struct sql_query *query = sql_query(desk->soft, is_gone ? PRESENCE_DELETE : PRESENCE_PUT);
	shape_bind(&presence_shape, query, 1, presence);
	return sql_run(query, err);
}

bool desk_presence(struct store *store, const struct presence *presence, struct error *err)
{
	struct desk *desk = desk_of(store);
	struct presence row = *presence;
	row.operator_id = store->actor ? store->actor : presence->operator_id;
	row.since = store_now(store);
	row.expires_at = row.since + PRESENCE_MS;
	if (!presence_check(&row, err) || !may_be_there(desk, row.ticket, err) ||
		!desk_write_begin(desk, desk->soft, err)) {
		return false;
	}
	bool ok = directory_operator(desk->directory, row.operator_id)
			  ? put(desk, &row, err)
			  : problem_number(err, PROBLEM_NO_OPERATOR, row.operator_id, NULL);
	return desk_write_end(desk, desk->soft, ok, err) && ok;
}

/* --- looking --- */

bool desk_presence_all(
	struct desk *desk, const void *mem, struct presence_list *list, struct error *err)
{
	struct sql_query *query = sql_query(desk->sql, READ_PRESENCES);
	void *rows;
	sql_bind_int(query, 1, store_now(&desk->store));
	bool ok = shape_read_all(&presence_shape, query, mem, &rows, &list->count, err);
	list->items = rows;
	for (size_t i = 0; ok && i < list->count; i++) {
		struct presence *presence = &list->items[i];
		const struct operator_ *who =
			directory_operator(desk->directory, presence->operator_id);
		if (who && who->paused_at) {
			presence->doing = DOING_PAUSED;
			presence->since = who->paused_at;
		}
	}
	return ok;
}

/* That a colleague is there everybody may know, but not on which ticket. */
static bool veil(struct desk *desk, struct presence_list *list, struct error *err)
{
	for (size_t i = 0; i < list->count; i++) {
		bool sees = true;
		if (list->items[i].ticket &&
			!desk_sees_number(desk, list->items[i].ticket, &sees, err)) {
			return false;
		}
		list->items[i].ticket = sees ? list->items[i].ticket : 0;
	}
	return true;
}

static void keep_ticket(struct presence_list *list, int64_t ticket)
{
	size_t kept = 0;
	for (size_t i = 0; i < list->count; i++) {
		if (list->items[i].ticket == ticket) {
			list->items[kept++] = list->items[i];
		}
	}
	list->count = kept;
}

bool desk_presences(struct store *store, const void *mem, int64_t ticket,
	struct presence_list *list, struct error *err)
{
	struct desk *desk = desk_of(store);
	bool ok = desk_read_begin(desk, err) && desk_presence_all(desk, mem, list, err) &&
		  veil(desk, list, err);
	desk_read_end(desk);
	if (ok && ticket) {
		keep_ticket(list, ticket);
	}
	return ok;
}
