#include "store/writes.h"

#include "core/problem.h"
#include "store/statement.h"

/* Fenced: only the lease of that generation is renewed, and only while it lives. */
static bool renew(struct desk *desk, struct renewal *renewal, struct error *err)
{
	const struct settings *settings = &desk->directory->settings;
	int64_t now = store_now(&desk->store);
	int64_t expires_at = now + (renewal->grace ? settings->claim_grace_ms : settings->claim_ms);
	struct sql_query *query = sql_query(desk->soft, CLAIM_RENEW);
	sql_bind_int(query, 1, renewal->ticket);
	sql_bind_int(query, 2, renewal->generation);
	sql_bind_int(query, 3, now);
	sql_bind_int(query, 4, expires_at);
	sql_bind_int(query, 5, renewal->grace);
	sql_bind_int(query, 6, renewal->worked_from);
	sql_bind_int(query, 7, renewal->worked_to);
	sql_bind_int(query, 8, desk->store.actor);
	if (!sql_run(query, err)) {
		return false;
	}
	if (sql_changed(desk->soft) != 1) {
		return problem_number(err, PROBLEM_STALE, renewal->ticket, NULL);
	}
	renewal->expires_at = expires_at;
	return true;
}

bool desk_renew(struct store *store, struct renewal *renewal, struct error *err)
{
	struct desk *desk = desk_of(store);
	if (!desk_write_begin(desk, desk->soft, err)) {
		return false;
	}
	bool ok = renew(desk, renewal, err);
	return desk_write_end(desk, desk->soft, ok, err) && ok;
}
