#include "store/apply.h"

#include "base/mem.h"
#include "store/reads.h"
#include "store/statement.h"

/*
 * Expiries, snoozes that end and waits that have lasted too long come true by the clock alone; here
 * whoever writes next enters them in the log. Reads treat them as done before that.
 */

enum { DUE_MAX = 50 };

struct due_item {
	int64_t ticket, operator_id;
};

static bool load_due(struct apply *apply, int statement, int64_t by, int64_t ticket,
	struct due_item *items, size_t *count, struct error *err)
{
	struct sql_query *query = sql_query(apply->sql, statement);
	sql_bind_int(query, 1, by);
	sql_bind_int(query, 2, ticket ? ticket : DUE_MAX);
	bool has_row;
	bool ok;
	*count = 0;
	while ((ok = sql_step(query, &has_row, err)) && has_row && *count < DUE_MAX) {
		items[(*count)++] = (struct due_item){sql_int(query, 0), sql_int(query, 1)};
	}
	sql_done(query);
	return ok;
}

static bool log_due(struct apply *apply, enum change_kind kind, int statement, int64_t by,
	int64_t ticket, struct error *err)
{
	struct due_item items[DUE_MAX];
	size_t count;
	if (!load_due(apply, statement, by, ticket, items, &count, err)) {
		return false;
	}
	for (size_t i = 0; i < count; i++) {
		struct change change = {.id = uuid_make(apply_now(apply)),
			.kind = kind,
			.ticket = items[i].ticket,
			.operator_id = items[i].operator_id};
		struct result result = {0};
		if (!apply_change(apply, &change, &result, err)) {
			return false;
		}
	}
	return true;
}

bool due_apply(struct apply *apply, struct error *err)
{
	int64_t now = apply_now(apply);
	int64_t auto_resolve_ms = apply->desk->directory->settings.auto_resolve_ms;
	return log_due(apply, CHANGE_EXPIRE, DUE_CLAIMS, now, 0, err) &&
	       log_due(apply, CHANGE_WAKE, DUE_SNOOZES, now, 0, err) &&
	       log_due(apply, CHANGE_AUTO_RESOLVE, DUE_WAITS, now - auto_resolve_ms, 0, err) &&
	       due_blobs(apply, err);
}

bool due_apply_ticket(struct apply *apply, int64_t ticket, struct error *err)
{
	int64_t now = apply_now(apply);
	int64_t auto_resolve_ms = apply->desk->directory->settings.auto_resolve_ms;
	return log_due(apply, CHANGE_EXPIRE, DUE_CLAIM_OF, now, ticket, err) &&
	       log_due(apply, CHANGE_WAKE, DUE_SNOOZE_OF, now, ticket, err) &&
	       log_due(apply, CHANGE_AUTO_RESOLVE, DUE_WAIT_OF, now - auto_resolve_ms, ticket, err);
}

/* 0 stands for never. */
static int64_t earlier(int64_t one, int64_t other)
{
	return one == 0 || (other != 0 && other < one) ? other : one;
}

bool desk_due_at(struct store *store, int64_t *at, struct error *err)
{
	struct desk *desk = desk_of(store);
	if (!desk_read_begin(desk, err)) {
		return false;
	}
	int64_t auto_resolve_ms = desk->directory->settings.auto_resolve_ms;
	struct sql_query *query = sql_query(desk->sql, READ_DUE);
	bool has_row;
	bool ok = sql_first(query, &has_row, err);
	if (ok && has_row) {
		int64_t waited_at = sql_int(query, 2);
		*at = earlier(sql_int(query, 0), sql_int(query, 1));
		*at = earlier(*at, waited_at ? waited_at + auto_resolve_ms : 0);
	}
	sql_done(query);
	desk_read_end(desk);
	return ok;
}
