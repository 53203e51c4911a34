#include "store/apply.h"

#include "base/clock.h"
#include "base/mem.h"
#include "codec/zone.h"
#include "core/problem.h"
#include "store/statement.h"
#include "store/writes.h"

#include <string.h>

/* A batch of changes as one transaction, and one change as a sequence of steps. */

enum { CLOCK_JUMP_MS = 5 * MS_MINUTE };

int64_t apply_now(const struct apply *apply)
{
	int64_t now = store_now(&apply->desk->store);
	bool jumped = apply->newest_at - now > CLOCK_JUMP_MS;
	return now < apply->newest_at && !jumped ? apply->newest_at : now;
}

/* --- one change --- */

/* The tables say what is due, the log does not yet: more was due than one transaction takes. */
static bool is_due(const struct work *work)
{
	const struct facts *facts = &work->facts;
	const struct ticket *ticket = facts->ticket;
	if (!ticket || work->change.imported || change_kinds[work->change.kind].role == ROLE_NONE) {
		return false;
	}
	int64_t auto_resolve_ms = facts->directory->settings.auto_resolve_ms;
	bool wakes = ticket->state == TICKET_SNOOZED && ticket->snoozed_until <= facts->now;
	bool ends = ticket->state == TICKET_WAITING &&
		    ticket->waited_at + auto_resolve_ms <= facts->now;
	bool expires = facts->claim && !facts->claim->is_logged &&
		       !claim_is_live(facts->claim, facts->now);
	return wakes || ends || expires;
}

static bool load(struct work *work)
{
	struct apply *apply = work->apply;
	const struct directory *directory = apply->desk->directory;
	work->change = *work->given;
	work->loaded = (struct loaded){0};
	work->facts = (struct facts){.directory = directory,
		.now = work->change.imported ? work->change.at : apply_now(apply),
		.revision = apply->revision + 1,
		.actor = work->change.actor ? directory_operator(directory, work->change.actor)
					    : NULL};
	return facts_load(work);
}

static bool load_all(struct work *work)
{
	if (!load(work)) {
		return false;
	}
	return !is_due(work) ||
	       (due_apply_ticket(work->apply, work->facts.ticket->number, work->err) && load(work));
}

/* Whom the loser has to ask, and what he has not seen. */
static void explain(const struct work *work)
{
	struct result *result = work->result;
	const struct facts *facts = &work->facts;
	if (result->err.code != ERROR_CONFLICT || !facts->ticket) {
		return;
	}
	bool held = claim_is_live(facts->claim, facts->now) &&
		    facts->claim->operator_id != work->change.actor;
	const struct claim *claim = held ? facts->claim : facts->cover;
	result->ticket = facts->ticket->number;
	result->customer = facts->ticket->customer;
	result->newest = facts->ticket->newest_public;
	if (claim) {
		result->holder = claim->operator_id;
		result->holder_since = claim->since;
	}
}

/* Each is a release of its own in the log, after the sign-out. */
static bool free_claims(struct work *work)
{
	struct sql_query *query = sql_query(work->sql, CLAIMS_OF_OPERATOR);
	sql_bind_int(query, 1, work->change.actor);
	int64_t *tickets = mem_array(work->mem, int64_t, 0);
	size_t count = 0;
	bool has_row;
	bool ok;
	while ((ok = sql_step(query, &has_row, work->err)) && has_row) {
		tickets = mem_grow(work->mem, tickets, int64_t, (unsigned)count + 1);
		tickets[count++] = sql_int(query, 0);
	}
	sql_done(query);
	for (size_t i = 0; ok && i < count; i++) {
		struct change change = {.id = uuid_make(work->facts.now),
			.kind = CHANGE_RELEASE,
			.actor = work->change.actor,
			.ticket = tickets[i]};
		struct result result = {0};
		ok = apply_change(work->apply, &change, &result, work->err);
	}
	return ok;
}

static bool follow_up(struct work *work)
{
	enum change_subject subject = change_kinds[work->change.kind].subject;
	bool is_desk = subject == ON_DESK || subject == ON_OPERATOR;
	if (is_desk && !desk_directory_refresh(work->apply->desk, work->sql, work->err)) {
		return false;
	}
	return work->change.kind != CHANGE_SIGN_OUT || free_claims(work);
}

static bool refuse(struct work *work)
{
	explain(work);
	return work->change.kind != CHANGE_REPLY || work->result->err.code != ERROR_CONFLICT ||
	       write_refused_text(work);
}

/* The rules do not know zones: a calendar of one that cannot be loaded is refused here. */
static bool zone_is_known(struct work *work)
{
	struct zone zone;
	return work->change.kind != CHANGE_CALENDAR ||
	       zone_load(work->mem, work->decision.calendar.zone, &zone, &work->result->err);
}

static bool carry_out(struct work *work)
{
	bool is_repeat;
	work->change = *work->given;
	if (!change_validate(work->given, &work->result->err)) {
		return true;
	}
	if (!log_find_repeat(work, &is_repeat)) {
		return false;
	}
	if (is_repeat) {
		return true;
	}
	if (!load_all(work)) {
		return false;
	}
	if (work->change.actor && !work->facts.actor) {
		problem_number(&work->result->err, PROBLEM_NO_OPERATOR, work->change.actor, NULL);
		return true;
	}
	if (!change_decide(
		    work->mem, &work->change, &work->facts, &work->decision, &work->result->err) ||
		!zone_is_known(work)) {
		return refuse(work);
	}
	return write_decision(work) && log_write(work) && follow_up(work);
}

bool apply_change(
	struct apply *apply, const struct change *change, struct result *result, struct error *err)
{
	struct work *work = mem_new(NULL, struct work);
	work->apply = apply;
	work->sql = apply->sql;
	work->mem = work;
	work->given = change;
	work->result = result;
	work->err = err;
	bool ok = carry_out(work);
	talloc_free(work);
	return ok;
}

/* --- a batch --- */

static bool begin(struct apply *apply, struct error *err)
{
	struct sql_query *query = sql_query(apply->sql, LOG_NEWEST);
	bool has_row;
	bool ok = sql_first(query, &has_row, err);
	if (ok && has_row) {
		apply->revision = sql_int(query, 0);
		apply->newest_at = sql_int(query, 1);
	}
	sql_done(query);
	return ok;
}

/* A change of a group of which an earlier one was refused. */
static bool is_stopped(const struct change *changes, const struct result *results, size_t at)
{
	for (size_t i = 0; changes[at].group > 0 && i < at; i++) {
		if (changes[i].group == changes[at].group && !results[i].ok) {
			return true;
		}
	}
	return false;
}

static bool is_the_actors(const struct apply *apply, const struct change *change)
{
	int64_t actor = apply->desk->store.actor;
	return actor == 0 || change->actor == actor;
}

/* A row that the schema refuses is a fault of ours or of the desk, and no reason to refuse the
 * other changes of the batch. */
static bool apply_in_savepoint(
	struct apply *apply, const struct change *change, struct result *result, struct error *err)
{
	const struct apply before = *apply;
	if (!sql_savepoint(apply->sql, err)) {
		return false;
	}
	if (apply_change(apply, change, result, err)) {
		return sql_savepoint_release(apply->sql, err);
	}
	if (!sql_in_transaction(apply->sql) || err->code != ERROR_INTERNAL ||
		!sql_savepoint_rollback(apply->sql, NULL)) {
		return false;
	}
	*apply = before;
	apply->desk->directory->revision = -1;
	*result = (struct result){.err = *err};
	return desk_directory_refresh(apply->desk, apply->sql, err);
}

static bool apply_all(struct apply *apply, const struct change *changes, size_t count,
	struct result *results, struct error *err)
{
	for (size_t i = 0; i < count; i++) {
		if (is_stopped(changes, results, i)) {
			problem(&results[i].err, PROBLEM_GROUP, NULL);
			continue;
		}
		if (!is_the_actors(apply, &changes[i])) {
			problem(&results[i].err, PROBLEM_NOT_YOURS,
				directory_login_of(apply->desk->directory, changes[i].actor), NULL);
			continue;
		}
		bool ok = apply->is_careful
				  ? apply_in_savepoint(apply, &changes[i], &results[i], err)
				  : apply_change(apply, &changes[i], &results[i], err);
		if (!ok) {
			return false;
		}
	}
	return true;
}

/* History that is coming in shall not be overtaken by what its last line makes due. */
static bool is_history(const struct change *changes, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (!changes[i].imported) {
			return false;
		}
	}
	return count > 0;
}

/* One transaction. */
static bool apply_batch(struct desk *desk, bool is_careful, const struct change *changes,
	size_t count, struct result *results, struct error *err)
{
	if (!desk_write_begin(desk, desk->sql, err)) {
		return false;
	}
	struct apply apply = {.desk = desk, .sql = desk->sql, .is_careful = is_careful};
	bool ok = begin(&apply, err) && (is_history(changes, count) || due_apply(&apply, err)) &&
		  apply_all(&apply, changes, count, results, err);
	bool commit = ok && apply.is_dirty;
	bool ended = desk_write_end(desk, desk->sql, commit, err);
	if (apply.is_dirty && (!commit || !ended)) {
		desk->directory->revision = -1; /* it may hold what was taken back */
	}
	if (!ok || !ended) {
		memset(results, 0, count * sizeof *results);
	}
	return ok && ended;
}

/* Savepoints cost a third of a batch, and hardly ever is one needed: it is done again with them
 * when a change of it fails. */
bool desk_apply(struct store *store, const struct change *changes, size_t count,
	struct result *results, struct error *err)
{
	struct desk *desk = desk_of(store);
	struct error unused;
	err = err ? err : &unused;
	if (apply_batch(desk, false, changes, count, results, err)) {
		return true;
	}
	return count > 1 && err->code == ERROR_INTERNAL &&
	       apply_batch(desk, true, changes, count, results, err);
}
