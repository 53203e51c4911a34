#include "store/reads.h"

#include "base/mem.h"
#include "store/row.h"
#include "store/shape.h"
#include "store/statement.h"

/* Counters are kept by the changes; here what they do not know yet is added: what became due, and
 * what the actor sees outside of his teams. */

enum { OVERDUE_MAX = 1000 };

struct tally {
	struct desk *desk;
	void *scratch;
	struct scope scope;
	struct counts *counts;
	struct scope_key *due, *beside; /* due snoozes; open tickets beside the teams */
	size_t due_count, beside_count;
};

static bool add_counters(struct tally *tally, struct error *err)
{
	const struct scope *scope = &tally->scope;
	struct counts *counts = tally->counts;
	struct sql_query *query = sql_query(tally->desk->sql, READ_COUNTERS);
	bool has_row, ok;
	while ((ok = sql_step(query, &has_row, err)) && has_row) {
		int64_t n = sql_int(query, 2);
		if (!scope_has_team(scope, sql_int(query, 0))) {
			continue;
		}
		switch (sql_int(query, 1)) {
		case TICKET_OPEN:
			counts->open += n;
			break;
		case TICKET_WAITING:
			counts->waiting += n;
			break;
		case TICKET_SNOOZED:
			counts->snoozed += n;
			break;
		}
	}
	sql_done(query);
	return ok;
}

/* Waits that are over: they are as good as resolved. */
static bool subtract_ended_waits(struct tally *tally, struct error *err)
{
	const struct scope *scope = &tally->scope;
	struct sql_query *query = sql_query(tally->desk->sql, READ_WAITS_ENDED);
	sql_bind_int(query, 1, scope->now - scope->auto_resolve_ms);
	bool has_row, ok;
	while ((ok = sql_step(query, &has_row, err)) && has_row) {
		if (scope_has_team(scope, sql_int(query, 0))) {
			tally->counts->waiting -= sql_int(query, 1);
		}
	}
	sql_done(query);
	return ok;
}

/* Waiting tickets beside the teams, each looked at, for their wait may be over. */
static bool add_waiting_beside(struct tally *tally, struct error *err)
{
	const struct scope *scope = &tally->scope;
	struct scope_key *keys;
	size_t count;
	if (!scope_beside(tally->desk, tally->scratch, scope, TICKET_WAITING, &keys, &count, err)) {
		return false;
	}
	for (size_t i = 0; i < count; i++) {
		struct ticket ticket;
		bool found;
		if (!desk_ticket_get(tally->desk->sql, tally->scratch, keys[i].key.number, &ticket,
			    &found, err)) {
			return false;
		}
		ticket_settle(&ticket, scope->now, scope->auto_resolve_ms);
		tally->counts->waiting += ticket.state == TICKET_WAITING ? 1 : 0;
	}
	return true;
}

static bool count_states(struct tally *tally, struct error *err)
{
	struct counts *counts = tally->counts;
	struct scope_key *snoozed;
	size_t snoozed_count;
	if (!add_counters(tally, err) || !subtract_ended_waits(tally, err) ||
		!add_waiting_beside(tally, err) ||
		!scope_beside(tally->desk, tally->scratch, &tally->scope, TICKET_SNOOZED, &snoozed,
			&snoozed_count, err)) {
		return false;
	}
	counts->open += (int64_t)(tally->beside_count + tally->due_count);
	counts->snoozed += (int64_t)snoozed_count - (int64_t)tally->due_count;
	return true;
}

static bool has_number(const struct scope_key *keys, size_t count, int64_t number)
{
	for (size_t i = 0; i < count; i++) {
		if (keys[i].key.number == number) {
			return true;
		}
	}
	return false;
}

/* Free is what is open less the live claims on it (covered ones still count as free). */
static bool count_free(struct tally *tally, struct error *err)
{
	const struct scope *scope = &tally->scope;
	struct sql_query *query = sql_query(tally->desk->sql, READ_CLAIMED);
	sql_bind_int(query, 1, scope->now);
	bool has_row, ok;
	tally->counts->free = tally->counts->open;
	while ((ok = sql_step(query, &has_row, err)) && has_row) {
		int64_t number = sql_int(query, 0);
		bool is_open =
			sql_int(query, 2) == TICKET_OPEN
				? scope_has_team(scope, sql_int(query, 1)) ||
					  has_number(tally->beside, tally->beside_count, number)
				: has_number(tally->due, tally->due_count, number);
		tally->counts->free -= is_open ? 1 : 0;
	}
	sql_done(query);
	return ok;
}

/* Assigned ones whose assignment is not void, and held ones that are not among them. */
static bool count_mine(struct tally *tally, struct error *err)
{
	const struct scope *scope = &tally->scope;
	struct scope_key *keys;
	size_t count, assigned = 0;
	if (!scope->actor) {
		return true;
	}
	if (!scope_mine(tally->desk, tally->scratch, scope, &keys, &count, err)) {
		return false;
	}
	for (size_t i = 0; i < count; i++) {
		struct ticket ticket = {.assignee = scope->actor->id, .due_at = keys[i].key.due_at};
		bool is_mine = keys[i].is_held ? !has_number(keys, assigned, keys[i].key.number)
					       : ticket_assignee(&ticket, scope->now) != 0;
		tally->counts->mine += is_mine ? 1 : 0;
		if (is_mine && !keys[i].is_held) {
			keys[assigned++] = keys[i];
		}
	}
	return true;
}

static int64_t overdue_in(const struct tally *tally, const struct scope_key *keys, size_t count)
{
	int64_t n = 0;
	for (size_t i = 0; i < count; i++) {
		n += keys[i].key.due_at <= tally->scope.now ? 1 : 0;
	}
	return n;
}

static bool count_overdue(struct tally *tally, struct error *err)
{
	const struct scope *scope = &tally->scope;
	int64_t total = overdue_in(tally, tally->due, tally->due_count) +
			overdue_in(tally, tally->beside, tally->beside_count);
	for (size_t i = 0; i < scope->team_count && total < OVERDUE_MAX; i++) {
		struct sql_query *query = sql_query(tally->desk->sql, READ_OVERDUE);
		int64_t n;
		sql_bind_int(query, 1, scope->teams[i]);
		sql_bind_int(query, 2, scope->now);
		sql_bind_int(query, 3, OVERDUE_MAX - total);
		if (!sql_number(query, &n, err)) {
			return false;
		}
		total += n;
	}
	tally->counts->overdue_is_capped = total >= OVERDUE_MAX;
	tally->counts->overdue = total < OVERDUE_MAX ? total : OVERDUE_MAX;
	return true;
}

static bool count_drafts(struct tally *tally, struct error *err)
{
	struct sql_query *query = sql_query(tally->desk->sql, READ_DRAFT_COUNT);
	sql_bind_int(query, 1, tally->desk->store.actor);
	return sql_number(query, &tally->counts->drafts, err);
}

bool desk_counts(struct store *store, struct counts *counts, struct error *err)
{
	struct desk *desk = desk_of(store);
	*counts = (struct counts){0};
	if (!desk_read_begin(desk, err)) {
		return false;
	}
	struct tally tally = {.desk = desk, .scratch = mem_context(NULL), .counts = counts};
	scope_init(&tally.scope, desk, tally.scratch);
	bool ok = scope_due(desk, tally.scratch, &tally.scope, &tally.due, &tally.due_count, err) &&
		  scope_beside(desk, tally.scratch, &tally.scope, TICKET_OPEN, &tally.beside,
			  &tally.beside_count, err) &&
		  count_states(&tally, err) && count_free(&tally, err) && count_mine(&tally, err) &&
		  count_overdue(&tally, err) && count_drafts(&tally, err);
	talloc_free(tally.scratch);
	desk_read_end(desk);
	return ok;
}
