#include "store/desk.h"

#include "base/mem.h"
#include "base/os.h"
#include "core/permission.h"
#include "store/shape.h"
#include "store/sql_directory.h"
#include "store/statement.h"

/* Bytes of FILE-lock that are locked. */
enum { TURNSTILE_NEXT, TURNSTILE_TURN };

struct desk *desk_of(struct store *store)
{
	return (struct desk *)store;
}

/* --- transactions --- */

bool desk_is_there(struct desk *desk, struct sql *sql, struct error *err)
{
	return sql_is_there(sql) ||
	       error_set_reason(err, ERROR_UNAVAILABLE, "moved",
		       N_("the desk {0} was moved, deleted or replaced; put it back"), desk->path,
		       NULL);
}

/* Within a transaction that has read: of which version that is. Who writes would not see its own.
 */
static bool set_shelf(struct desk *desk, struct error *err)
{
	int64_t version;
	if (!desk->shelf) {
		return true;
	}
	if (!sql_data_version(desk->sql, &version, err)) {
		return false;
	}
	row_shelf_set_version(desk->shelf, version);
	return true;
}

bool desk_read_begin(struct desk *desk, struct error *err)
{
	if (!desk_is_there(desk, desk->sql, err) || !sql_begin_read(desk->sql, err)) {
		return false;
	}
	if (!desk_directory_refresh(desk, desk->sql, err) || !set_shelf(desk, err)) {
		sql_rollback(desk->sql);
		return false;
	}
	return true;
}

void desk_read_end(struct desk *desk)
{
	sql_rollback(desk->sql);
}

/* The kernel keeps waiters in order; who has waited at `next` is the only one to wait at `turn`. */
static bool take_turn(struct desk *desk, struct error *err)
{
	if (desk->read_only) {
		return error_set_reason(err, ERROR_DENIED, "read_only",
			N_("the desk {0} was opened for reading only"), desk->path, NULL);
	}
	bool ok = os_lock(desk->turnstile, TURNSTILE_NEXT, -1);
	ok = ok && os_lock(desk->turnstile, TURNSTILE_TURN, -1);
	os_unlock(desk->turnstile, TURNSTILE_NEXT);
	return ok || error_set_reason(err, ERROR_UNAVAILABLE, "busy",
			     N_("the desk {0} is busy: its lock file cannot be locked"), desk->path,
			     NULL);
}

bool desk_write_begin(struct desk *desk, struct sql *sql, struct error *err)
{
	if (!take_turn(desk, err)) {
		return false;
	}
	if (!sql_begin_write(sql, err) || !desk_is_there(desk, sql, err) ||
		!desk_directory_refresh(desk, sql, err)) {
		sql_rollback(sql);
		os_unlock(desk->turnstile, TURNSTILE_TURN);
		return false;
	}
	return true;
}

bool desk_write_end(struct desk *desk, struct sql *sql, bool commit, struct error *err)
{
	bool ok = true;
	if (commit) {
		ok = sql_commit(sql, err);
	} else {
		sql_rollback(sql);
	}
	os_unlock(desk->turnstile, TURNSTILE_TURN);
	return ok;
}

/* --- directory and actor --- */

bool desk_directory_refresh(struct desk *desk, struct sql *sql, struct error *err)
{
	int64_t newest;
	if (!directory_newest(sql, &newest, err)) {
		return false;
	}
	if (desk->directory && desk->directory->revision == newest) {
		return true;
	}
	struct directory *directory;
	if (!directory_load(sql, desk, &directory, err)) {
		return false;
	}
	talloc_free(desk->directory);
	desk->directory = directory;
	return true;
}

bool desk_version(struct store *store, int64_t *version, struct error *err)
{
	struct desk *desk = desk_of(store);
	return desk_is_there(desk, desk->sql, err) && sql_data_version(desk->sql, version, err);
}

/* A change of the handle's own takes the revision away (sql_apply.c). */
static bool directory_is_current(const struct desk *desk, int64_t version)
{
	return desk->directory && desk->directory->revision >= 0 &&
	       desk->directory_version == version;
}

bool desk_directory(struct store *store, const struct directory **directory, struct error *err)
{
	struct desk *desk = desk_of(store);
	int64_t version;
	if (!desk_version(store, &version, err)) {
		return false;
	}
	if (!directory_is_current(desk, version)) {
		if (!desk_read_begin(desk, err)) {
			return false;
		}
		desk_read_end(desk);
		desk->directory_version = version;
	}
	*directory = desk->directory;
	return true;
}

const struct directory *desk_directory_known(const struct store *store)
{
	return ((const struct desk *)store)->directory;
}

bool desk_directory_copy(
	struct store *store, const void *mem, struct directory **directory, struct error *err)
{
	struct desk *desk = desk_of(store);
	bool ok = desk_read_begin(desk, err) && directory_load(desk->sql, mem, directory, err);
	desk_read_end(desk);
	return ok;
}

const struct operator_ *desk_actor(const struct desk *desk)
{
	return desk->store.actor ? directory_operator(desk->directory, desk->store.actor) : NULL;
}

/* --- rows --- */

bool desk_revision(struct desk *desk, int64_t *revision, struct error *err)
{
	return sql_number(sql_query(desk->sql, READ_REVISION), revision, err);
}

bool desk_ticket_get(struct sql *sql, const void *mem, int64_t number, struct ticket *ticket,
	bool *found, struct error *err)
{
	struct sql_query *query = sql_query(sql, TICKET_GET);
	sql_bind_int(query, 1, number);
	return shape_read_one(&ticket_shape, query, mem, ticket, found, err);
}

bool desk_claim_get(
	struct sql *sql, int64_t ticket, struct claim *claim, bool *found, struct error *err)
{
	struct sql_query *query = sql_query(sql, CLAIM_GET);
	sql_bind_int(query, 1, ticket);
	return shape_read_one(&claim_shape, query, NULL, claim, found, err);
}

bool desk_involved(
	struct sql *sql, int64_t operator_id, int64_t ticket, bool *is_involved, struct error *err)
{
	struct sql_query *query = sql_query(sql, INVOLVED_GET);
	sql_bind_int(query, 1, operator_id);
	sql_bind_int(query, 2, ticket);
	int64_t value;
	bool ok = sql_number(query, &value, err);
	*is_involved = value != 0;
	return ok;
}

bool desk_sees_ticket(struct desk *desk, const struct ticket *ticket, bool *sees, struct error *err)
{
	const struct operator_ *actor = desk_actor(desk);
	*sees = !actor || permission_sees_ticket(actor, ticket, NULL, false);
	if (*sees) {
		return true;
	}
	struct claim claim;
	bool has_claim, is_involved;
	if (!desk_claim_get(desk->sql, ticket->number, &claim, &has_claim, err) ||
		!desk_involved(desk->sql, actor->id, ticket->number, &is_involved, err)) {
		return false;
	}
	has_claim = has_claim && claim_is_live(&claim, store_now(&desk->store));
	*sees = permission_sees_ticket(actor, ticket, has_claim ? &claim : NULL, is_involved);
	return true;
}

bool desk_sees_number(struct desk *desk, int64_t number, bool *sees, struct error *err)
{
	void *scratch = mem_context(NULL);
	struct ticket ticket;
	bool found;
	*sees = false;
	bool ok = desk_ticket_get(desk->sql, scratch, number, &ticket, &found, err) &&
		  (!found || desk_sees_ticket(desk, &ticket, sees, err));
	talloc_free(scratch);
	return ok;
}
