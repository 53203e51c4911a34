#include "store/copy.h"

#include "base/mem.h"
#include "store/care.h"
#include "store/drivers.h"
#include "store/statement.h"
#include "store/text_index.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/*
 * The counters follow the rows by themselves. The version goes up with any change of the tables
 * here: a copy of another one is made anew.
 */
enum { COPY_VERSION = 1 };
const char copy_tables_text[] =
	"CREATE TABLE IF NOT EXISTS copy_state(id INTEGER PRIMARY KEY, operator_id BIGINT, "
	"since BIGINT, log_from BIGINT, known BIGINT, known_id BLOB, newest BIGINT, directory "
	"BIGINT, is_complete BIGINT, has_after BIGINT, due_at BIGINT, priority BIGINT, "
	"waiting_since BIGINT, number BIGINT, data_at BIGINT, waiting BIGINT, snoozed BIGINT, "
	"total BIGINT, presence BIGINT, is_open_complete BIGINT);"
	"CREATE TABLE IF NOT EXISTS copy_ticket(number INTEGER PRIMARY KEY, revision BIGINT NOT "
	"NULL, is_gone BIGINT NOT NULL, taken_at BIGINT NOT NULL);"
	"CREATE TABLE IF NOT EXISTS copy_customer(id INTEGER PRIMARY KEY, revision BIGINT NOT "
	"NULL);"
	"CREATE TABLE IF NOT EXISTS copy_file(key TEXT PRIMARY KEY, size_bytes BIGINT NOT NULL, "
	"read_at BIGINT NOT NULL);"
	"CREATE TABLE IF NOT EXISTS copy_version_1(unused BIGINT);"
	"CREATE TRIGGER IF NOT EXISTS copy_in AFTER INSERT ON ticket BEGIN "
	"INSERT INTO counter VALUES (NEW.team, NEW.state, 1) ON CONFLICT DO UPDATE SET n = n + 1; "
	"END;"
	"CREATE TRIGGER IF NOT EXISTS copy_out AFTER DELETE ON ticket BEGIN "
	"UPDATE counter SET n = n - 1 WHERE team = OLD.team AND state = OLD.state; END;";

/* --- opening --- */

static bool is_ours(struct sql *sql, bool *ours, struct error *err)
{
	int64_t foreign;
	if (!sql_exec_int(sql,
		    "SELECT count(*) FROM sqlite_master WHERE name LIKE 'copy_version_%' AND "
		    "name <> 'copy_version_1'",
		    &foreign, err)) {
		return false;
	}
	*ours = foreign == 0;
	return true;
}

static bool set_up(struct desk *desk, struct error *err)
{
	struct sql *const both[] = {desk->sql, desk->soft};
	/* What is lost with the power is fetched again. */
	if (!sql_exec(desk->sql, "PRAGMA synchronous = NORMAL", err)) {
		return false;
	}
	for (size_t i = 0; i < ARRAY_LEN(both); i++) {
		if (!sql_exec(both[i], "PRAGMA foreign_keys = OFF", err)) {
			return false;
		}
	}
	bool ours;
	if (!is_ours(desk->sql, &ours, err)) {
		return false;
	}
	if (!ours) {
		return error_set_reason(err, ERROR_INVALID, "newer",
			N_("the copy {0} is of another version of this program"), desk->path, NULL);
	}
	return sql_exec(desk->sql, copy_tables_text, err);
}

static bool open_file(const void *mem, const char *path, const struct clock *clock, bool create,
	struct store **store, struct error *err)
{
	struct store_options options = {.clock = *clock, .create = create};
	if (!store_sqlite.open(mem, path, &options, store, err)) {
		return false;
	}
	if (!set_up(desk_of(*store), err)) {
		store_close(*store);
		return false;
	}
	return true;
}

static void remove_file(const char *path)
{
	static const char *const suffixes[] = {"", "-wal", "-shm", "-lock"};
	for (size_t i = 0; i < ARRAY_LEN(suffixes); i++) {
		char *name = mem_printf(NULL, "%s%s", path, suffixes[i]);
		unlink(name);
		talloc_free(name);
	}
}

/* Nothing in it cannot be had again: whatever is wrong with it, it is made anew. A file that is
 * busy or a disk that is full would be no better then. */
static bool is_worn(const struct error *err)
{
	return err->code == ERROR_INVALID || err->code == ERROR_INTERNAL ||
	       (err->reason && strcmp(err->reason, "no_file") == 0);
}

bool copy_open(const void *mem, const char *path, const struct clock *clock, struct store **store,
	struct error *err)
{
	struct error first = {0};
	if (open_file(mem, path, clock, false, store, &first)) {
		return true;
	}
	if (!is_worn(&first)) {
		*err = first;
		return false;
	}
	remove_file(path);
	if (!open_file(mem, path, clock, true, store, err)) {
		return err->reason && strcmp(err->reason, "exists") == 0 &&
		       open_file(mem, path, clock, false, store, err);
	}
	chmod(path, S_IRUSR | S_IWUSR);
	return true;
}

/* --- how current it is --- */

bool copy_state_read(struct desk *desk, struct copy_state *state, struct error *err)
{
	struct sql_query *query = sql_query(desk->sql, COPY_STATE_READ);
	bool has_row;
	bool ok = sql_first(query, &has_row, err);
	*state = (struct copy_state){.directory = -1};
	if (ok && has_row) {
		size_t size;
		const void *id = sql_blob(query, 5, &size);
		*state = (struct copy_state){.operator_id = sql_int(query, 1),
			.since = sql_int(query, 2),
			.log_from = sql_int(query, 3),
			.known = sql_int(query, 4),
			.newest = sql_int(query, 6),
			.directory = sql_int(query, 7),
			.is_complete = sql_int(query, 8) != 0,
			.has_after = sql_int(query, 9) != 0,
			.after = {.due_at = sql_int(query, 10),
				.priority = (int)sql_int(query, 11),
				.waiting_since = sql_int(query, 12),
				.number = sql_int(query, 13)},
			.data_at = sql_int(query, 14),
			.waiting = sql_int(query, 15),
			.snoozed = sql_int(query, 16),
			.total = sql_int(query, 17),
			.presence = sql_int(query, 18),
			.is_open_complete = sql_int(query, 19) != 0};
		if (size == sizeof state->known_id.bytes) {
			memcpy(state->known_id.bytes, id, size);
		}
	}
	sql_done(query);
	return ok;
}

bool copy_state_write(struct desk *desk, const struct copy_state *state, struct error *err)
{
	const int64_t numbers[] = {state->operator_id, state->since, state->log_from, state->known,
		0, state->newest, state->directory, state->is_complete, state->has_after,
		state->after.due_at, state->after.priority, state->after.waiting_since,
		state->after.number, state->data_at, state->waiting, state->snoozed, state->total,
		state->presence, state->is_open_complete};
	struct sql_query *query = sql_query(desk->sql, COPY_STATE_WRITE);
	for (size_t i = 0; i < ARRAY_LEN(numbers); i++) {
		sql_bind_int(query, (int)i + 1, numbers[i]);
	}
	sql_bind_blob(query, 5, state->known_id.bytes, sizeof state->known_id.bytes);
	return sql_run(query, err);
}

/* --- what is here --- */

bool copy_count(struct desk *desk, int64_t *count, struct error *err)
{
	return sql_number(sql_query(desk->sql, COPY_COUNT), count, err);
}

bool copy_has(struct desk *desk, int64_t number, bool *is_whole, bool *is_gone, struct error *err)
{
	struct sql_query *query = sql_query(desk->sql, COPY_HAS);
	bool has_row;
	sql_bind_int(query, 1, number);
	bool ok = sql_first(query, &has_row, err);
	*is_gone = ok && has_row && sql_int(query, 0) != 0;
	*is_whole = ok && has_row && !*is_gone;
	sql_done(query);
	return ok;
}

bool copy_has_customer(struct desk *desk, int64_t id, bool *has, struct error *err)
{
	int64_t number;
	struct sql_query *query = sql_query(desk->sql, COPY_HAS_CUSTOMER);
	sql_bind_int(query, 1, id);
	bool ok = sql_number(query, &number, err);
	*has = ok && number != 0;
	return ok;
}

bool copy_numbers_of(struct desk *desk, const void *mem, bool of_assignee, int64_t id,
	int64_t **numbers, size_t *count, struct error *err)
{
	struct sql_query *query =
		sql_query(desk->sql, of_assignee ? COPY_OF_ASSIGNEE : COPY_OF_CUSTOMER);
	bool has_row, ok;
	sql_bind_int(query, 1, id);
	while ((ok = sql_step(query, &has_row, err)) && has_row) {
		*numbers = mem_grow(mem, *numbers, int64_t, *count + 1);
		(*numbers)[(*count)++] = sql_int(query, 0);
	}
	sql_done(query);
	return ok;
}

static bool empty(struct desk *desk, struct error *err)
{
	bool ok = sql_exec(desk->sql,
		"DELETE FROM copy_state; DELETE FROM copy_ticket; DELETE FROM copy_customer; "
		"DELETE FROM copy_file",
		err);
	for (size_t i = 0; ok && i < dump_table_count; i++) {
		char *text = mem_printf(NULL, "DELETE FROM %s", dump_tables[i].type);
		ok = sql_exec(desk->sql, text, err);
		talloc_free(text);
	}
	return ok && sql_exec(desk->sql, "DELETE FROM counter", err);
}

bool copy_clear(struct desk *desk, struct error *err)
{
	if (!desk_write_begin(desk, desk->sql, err)) {
		return false;
	}
	bool ok = empty(desk, err);
	ok = desk_write_end(desk, desk->sql, ok, err) && ok;
	/* A new directory may have the revision of the old one. */
	talloc_free(desk->directory);
	desk->directory = NULL;
	return ok;
}

/* --- searching --- */

bool copy_index(struct desk *desk, int64_t *made, struct error *err)
{
	int64_t texts;
	if (!sql_number(sql_query(desk->sql, COPY_STAMP), &texts, err)) {
		return false;
	}
	if (texts == *made) {
		return true;
	}
	if (!desk_write_begin(desk, desk->sql, err)) {
		return false;
	}
	bool ok = sql_number(sql_query(desk->sql, COPY_STAMP), &texts, err) &&
		  text_index_rebuild(desk->sql, NULL, NULL, err);
	ok = desk_write_end(desk, desk->sql, ok, err) && ok;
	*made = ok ? texts : *made;
	return ok;
}
