#include "store/sql.h"

#include "base/mem.h"
#include "store/sqlite_start.h"
#include "store/statement.h"

#include <sqlite3.h>

#include <string.h>

enum { PARAMETERS_MAX = 40, BUSY_TIMEOUT_MS = 5000, BACKUP_PAGES = 64 };

enum control {
	BEGIN_WRITE,
	BEGIN_READ,
	COMMIT,
	ROLLBACK,
	SAVEPOINT,
	SAVEPOINT_RELEASE,
	SAVEPOINT_ROLLBACK,
	DATA_VERSION,
	CONTROLS
};

static const char *const control_texts[CONTROLS] = {
	[BEGIN_WRITE] = "BEGIN IMMEDIATE",
	[BEGIN_READ] = "BEGIN",
	[COMMIT] = "COMMIT",
	[ROLLBACK] = "ROLLBACK",
	[SAVEPOINT] = "SAVEPOINT one",
	[SAVEPOINT_RELEASE] = "RELEASE one",
	[SAVEPOINT_ROLLBACK] = "ROLLBACK TO one",
	[DATA_VERSION] = "PRAGMA data_version",
};

struct sql_query {
	struct sql *sql;
	sqlite3_stmt *stmt; /* NULL when it could not be prepared: rc says why */
	int rc;
	int statement;		   /* -1: ad hoc, finalized when done */
	struct sql_query *idle;	   /* next in the list of idle ones */
	int place[PARAMETERS_MAX]; /* $n is SQLite's parameter place[n] */
};

struct sql {
	sqlite3 *db;
	char *path;
	struct sql_query *idle[STATEMENTS_MAX];
	sqlite3_stmt *controls[CONTROLS];
};

/* What went wrong, for people. The first row whose primary code fits. */
static const struct {
	int rc;
	enum error_code code;
	const char *reason, *text;
} problems[] = {
	{SQLITE_BUSY, ERROR_UNAVAILABLE, "busy",
		N_("the desk {0} is busy: another program holds it; try again")},
	{SQLITE_LOCKED, ERROR_UNAVAILABLE, "busy",
		N_("the desk {0} is busy: another program holds it; try again")},
	{SQLITE_INTERRUPT, ERROR_UNAVAILABLE, "cancelled", N_("the request was cancelled")},
	{SQLITE_FULL, ERROR_INTERNAL, "full",
		N_("the disk of the desk {0} is full; make room on it and try again")},
	{SQLITE_IOERR, ERROR_INTERNAL, "io",
		N_("the desk {0} cannot be read or written ({1}); look after the disk, then run "
		   "\"atende doctor\"")},
	{SQLITE_CORRUPT, ERROR_INTERNAL, "damaged",
		N_("the desk {0} is damaged; run \"atende doctor\", and put back a backup")},
	{SQLITE_NOTADB, ERROR_INVALID, "no_desk",
		N_("{0} is no desk; give the right file with --desk")},
	{SQLITE_READONLY, ERROR_DENIED, "read_only",
		N_("the desk {0} cannot be written: you may only read it; ask for write permission "
		   "on the file and its folder")},
	{SQLITE_PERM, ERROR_DENIED, "permission",
		N_("you may not open the desk {0}; ask for permission on the file")},
	{SQLITE_CANTOPEN, ERROR_UNAVAILABLE, "cannot_open",
		N_("The desk {0} cannot be opened. Is the path right, and may you use it?")},
	{SQLITE_TOOBIG, ERROR_INVALID, "too_big", N_("a text is too long for the desk {0}")},
};

static bool fail(struct sql *sql, int rc, struct error *err)
{
	for (size_t i = 0; i < ARRAY_LEN(problems); i++) {
		if (problems[i].rc == (rc & 0xFF)) {
			return error_set_reason(err, problems[i].code, problems[i].reason,
				problems[i].text, sql->path, sqlite3_errstr(rc), NULL);
		}
	}
	return error_set_reason(err, ERROR_INTERNAL, "sql",
		N_("the desk {0} refused a statement of this program: {1}; please report this"),
		sql->path, sqlite3_errmsg(sql->db), NULL);
}

static int control_value(struct sql *sql, enum control which, int64_t *value)
{
	sqlite3_stmt **stmt = &sql->controls[which];
	if (!*stmt) {
		int rc = sqlite3_prepare_v3(
			sql->db, control_texts[which], -1, SQLITE_PREPARE_PERSISTENT, stmt, NULL);
		if (rc != SQLITE_OK) {
			return rc;
		}
	}
	int rc = sqlite3_step(*stmt);
	*value = rc == SQLITE_ROW ? sqlite3_column_int64(*stmt, 0) : 0;
	int reset = sqlite3_reset(*stmt);
	return rc == SQLITE_DONE || rc == SQLITE_ROW ? SQLITE_OK : reset ? reset : rc;
}

static int control(struct sql *sql, enum control which)
{
	return control_value(sql, which, &(int64_t){0});
}

static bool run_control(struct sql *sql, enum control which, struct error *err)
{
	int rc = control(sql, which);
	return rc == SQLITE_OK || fail(sql, rc, err);
}

/* --- opening --- */

/* A long log spares the disk: a page that is altered often is carried over once. */
static const char settings[] = "PRAGMA foreign_keys=ON; PRAGMA trusted_schema=OFF; "
			       "PRAGMA temp_store=MEMORY; PRAGMA wal_autocheckpoint=4000";

static bool set_up(struct sql *sql, const struct sql_open_options *options, struct error *err)
{
	sqlite3_extended_result_codes(sql->db, 1);
	sqlite3_busy_timeout(sql->db, BUSY_TIMEOUT_MS);
	sqlite3_db_config(sql->db, SQLITE_DBCONFIG_DEFENSIVE, 1, (int *)NULL);
	/* Else a value that a partial index's condition has makes a new plan each time. */
	sqlite3_db_config(sql->db, SQLITE_DBCONFIG_ENABLE_QPSG, 1, (int *)NULL);
	sqlite3_db_config(sql->db, SQLITE_DBCONFIG_DQS_DML, 0, (int *)NULL);
	sqlite3_db_config(sql->db, SQLITE_DBCONFIG_DQS_DDL, 0, (int *)NULL);
	/* What reads keeps the upper pages of a large desk: each row of a list goes by them. */
	bool is_full = options->sync == SYNC_FULL;
	const char *own = is_full ? "PRAGMA synchronous=FULL; PRAGMA cache_size=-2000"
				  : "PRAGMA synchronous=NORMAL; PRAGMA cache_size=-128";
	return sql_exec(sql, own, err) && sql_exec(sql, settings, err);
}

bool sql_open(const void *mem, const char *path, const struct sql_open_options *options,
	struct sql **out, struct error *err)
{
	struct sql *sql = mem_new(mem, struct sql);
	sqlite_start();
	sql->path = mem_strdup(sql, path);
	int flags = options->read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
	flags |= options->create ? SQLITE_OPEN_CREATE : 0;
	int rc = sqlite3_open_v2(path, &sql->db, flags | SQLITE_OPEN_NOMUTEX, NULL);
	if (rc != SQLITE_OK ? !fail(sql, rc, err) : !set_up(sql, options, err)) {
		sql_close(sql);
		return false;
	}
	*out = sql;
	return true;
}

void sql_close(struct sql *sql)
{
	if (!sql) {
		return;
	}
	for (size_t i = 0; i < STATEMENTS_MAX; i++) {
		for (struct sql_query *query = sql->idle[i]; query; query = query->idle) {
			sqlite3_finalize(query->stmt);
		}
	}
	for (size_t i = 0; i < CONTROLS; i++) {
		sqlite3_finalize(sql->controls[i]);
	}
	sqlite3_close_v2(sql->db);
	talloc_free(sql);
}

void sql_interrupt(struct sql *sql)
{
	sqlite3_interrupt(sql->db);
}

bool sql_exec(struct sql *sql, const char *text, struct error *err)
{
	int rc = sqlite3_exec(sql->db, text, NULL, NULL, NULL);
	return rc == SQLITE_OK || fail(sql, rc, err);
}

bool sql_exec_int(struct sql *sql, const char *text, int64_t *value, struct error *err)
{
	return sql_number(sql_prepare(sql, text), value, err);
}

bool sql_use_wal(struct sql *sql, struct error *err)
{
	struct sql_query *query = sql_prepare(sql, "PRAGMA journal_mode=WAL");
	bool has_row;
	bool ok = sql_step(query, &has_row, err);
	if (ok && (!has_row || strcmp(sql_peek(query, 0), "wal") != 0)) {
		ok = error_set_reason(err, ERROR_INTERNAL, "no_wal",
			N_("the desk {0} cannot keep a write-ahead log; move it to a local disk, "
			   "into a folder that you may write"),
			sql->path, NULL);
	}
	sql_done(query);
	return ok;
}

/* --- transactions --- */

bool sql_begin_write(struct sql *sql, struct error *err)
{
	return run_control(sql, BEGIN_WRITE, err);
}

bool sql_begin_read(struct sql *sql, struct error *err)
{
	return run_control(sql, BEGIN_READ, err);
}

/*
 * An input or output error while committing: the last frame may be in the log or not, and only the
 * next reader of the log finds out. A busy or full disk is certain: nothing was committed.
 */
bool sql_commit(struct sql *sql, struct error *err)
{
	int rc = control(sql, COMMIT);
	if (rc == SQLITE_OK) {
		return true;
	}
	fail(sql, rc, err);
	sql_rollback(sql);
	if ((rc & 0xFF) == SQLITE_IOERR) {
		return error_set_reason(err, ERROR_UNCERTAIN, "io",
			N_("whether the desk {0} took it is not known: the disk failed ({1})"),
			sql->path, sqlite3_errstr(rc), NULL);
	}
	return false;
}

void sql_rollback(struct sql *sql)
{
	if (sql_in_transaction(sql)) {
		control(sql, ROLLBACK);
	}
}

bool sql_in_transaction(const struct sql *sql)
{
	return !sqlite3_get_autocommit(sql->db);
}

bool sql_savepoint(struct sql *sql, struct error *err)
{
	return run_control(sql, SAVEPOINT, err);
}

bool sql_savepoint_release(struct sql *sql, struct error *err)
{
	return run_control(sql, SAVEPOINT_RELEASE, err);
}

bool sql_savepoint_rollback(struct sql *sql, struct error *err)
{
	return run_control(sql, SAVEPOINT_ROLLBACK, err) &&
	       run_control(sql, SAVEPOINT_RELEASE, err);
}

/* --- statements --- */

static void find_places(struct sql_query *query)
{
	char name[8];
	for (int n = 1; n < PARAMETERS_MAX; n++) {
		sqlite3_snprintf(sizeof name, name, "$%d", n);
		query->place[n] = sqlite3_bind_parameter_index(query->stmt, name);
	}
}

static struct sql_query *make_query(
	struct sql *sql, const char *text, int statement, unsigned flags)
{
	struct sql_query *query = mem_new(sql, struct sql_query);
	query->sql = sql;
	query->statement = statement;
	query->rc = sqlite3_prepare_v3(sql->db, text, -1, flags, &query->stmt, NULL);
	if (query->rc == SQLITE_OK) {
		find_places(query);
	}
	return query;
}

struct sql_query *sql_query(struct sql *sql, int statement)
{
	struct sql_query *query = sql->idle[statement];
	if (!query) {
		return make_query(
			sql, statement_text(statement), statement, SQLITE_PREPARE_PERSISTENT);
	}
	sql->idle[statement] = query->idle;
	query->idle = NULL;
	query->rc = SQLITE_OK;
	return query;
}

struct sql_query *sql_prepare(struct sql *sql, const char *text)
{
	return make_query(sql, text, -1, 0);
}

/* A shape may be bound to a statement that does not write all of its columns. */
static bool has_place(const struct sql_query *query, int n)
{
	return query->place[n] > 0;
}

static void note_rc(struct sql_query *query, int rc)
{
	if (query->rc == SQLITE_OK) {
		query->rc = rc;
	}
}

void sql_bind_int(struct sql_query *query, int n, int64_t value)
{
	if (has_place(query, n)) {
		note_rc(query, sqlite3_bind_int64(query->stmt, query->place[n], value));
	}
}

void sql_bind_text(struct sql_query *query, int n, const char *text)
{
	if (has_place(query, n)) {
		note_rc(query,
			sqlite3_bind_text(query->stmt, query->place[n], text, -1, SQLITE_STATIC));
	}
}

void sql_bind_blob(struct sql_query *query, int n, const void *bytes, size_t size)
{
	if (has_place(query, n)) {
		note_rc(query, sqlite3_bind_blob64(query->stmt, query->place[n], bytes ? bytes : "",
				       size, SQLITE_STATIC));
	}
}

bool sql_step(struct sql_query *query, bool *has_row, struct error *err)
{
	*has_row = false;
	if (query->rc == SQLITE_OK) {
		int rc = sqlite3_step(query->stmt);
		*has_row = rc == SQLITE_ROW;
		if (rc == SQLITE_ROW || rc == SQLITE_DONE) {
			return true;
		}
		query->rc = rc;
	}
	return fail(query->sql, query->rc, err);
}

int64_t sql_int(struct sql_query *query, int column)
{
	return sqlite3_column_int64(query->stmt, column);
}

char *sql_text(struct sql_query *query, const void *mem, int column)
{
	return mem_strdup(mem, sql_peek(query, column));
}

const char *sql_peek(struct sql_query *query, int column)
{
	const char *text = (const char *)sqlite3_column_text(query->stmt, column);
	return text ? text : "";
}

const void *sql_blob(struct sql_query *query, int column, size_t *size)
{
	const void *bytes = sqlite3_column_blob(query->stmt, column);
	*size = (size_t)sqlite3_column_bytes(query->stmt, column);
	return bytes;
}

bool sql_is_null(struct sql_query *query, int column)
{
	return sqlite3_column_type(query->stmt, column) == SQLITE_NULL;
}

bool sql_is_text(struct sql_query *query, int column)
{
	return sqlite3_column_type(query->stmt, column) == SQLITE_TEXT;
}

bool sql_is_blob(struct sql_query *query, int column)
{
	return sqlite3_column_type(query->stmt, column) == SQLITE_BLOB;
}

int sql_column_count(struct sql_query *query)
{
	return sqlite3_column_count(query->stmt);
}

const char *sql_column_name(struct sql_query *query, int column)
{
	return sqlite3_column_name(query->stmt, column);
}

void sql_done(struct sql_query *query)
{
	if (!query) {
		return;
	}
	if (query->statement < 0 || !query->stmt) {
		sqlite3_finalize(query->stmt);
		talloc_free(query);
		return;
	}
	sqlite3_reset(query->stmt);
	sqlite3_clear_bindings(query->stmt);
	query->idle = query->sql->idle[query->statement];
	query->sql->idle[query->statement] = query;
}

bool sql_run(struct sql_query *query, struct error *err)
{
	bool has_row;
	bool ok = sql_step(query, &has_row, err);
	sql_done(query);
	return ok;
}

bool sql_first(struct sql_query *query, bool *has_row, struct error *err)
{
	return sql_step(query, has_row, err);
}

bool sql_number(struct sql_query *query, int64_t *value, struct error *err)
{
	bool has_row;
	bool ok = sql_step(query, &has_row, err);
	*value = ok && has_row ? sql_int(query, 0) : 0;
	sql_done(query);
	return ok;
}

int64_t sql_changed(const struct sql *sql)
{
	return sqlite3_changes64(sql->db);
}

bool sql_data_version(struct sql *sql, int64_t *version, struct error *err)
{
	int rc = control_value(sql, DATA_VERSION, version);
	return rc == SQLITE_OK || fail(sql, rc, err);
}

bool sql_is_there(struct sql *sql)
{
	int has_moved = 0;
	sqlite3_file_control(sql->db, NULL, SQLITE_FCNTL_HAS_MOVED, &has_moved);
	return !has_moved;
}

/* --- care --- */

static bool copy_pages(struct sql *sql, sqlite3_backup *copy, sql_progress_fn *progress, void *data,
	struct error *err)
{
	int rc;
	do {
		rc = sqlite3_backup_step(copy, BACKUP_PAGES);
		int64_t total = sqlite3_backup_pagecount(copy);
		int64_t left = sqlite3_backup_remaining(copy);
		if (progress && !progress(data, total - left, total)) {
			rc = SQLITE_INTERRUPT;
		}
	} while (rc == SQLITE_OK);
	return rc == SQLITE_DONE || fail(sql, rc, err);
}

bool sql_backup(
	struct sql *sql, const char *path, sql_progress_fn *progress, void *data, struct error *err)
{
	struct sql *target;
	struct sql_open_options options = {.create = true, .sync = SYNC_FULL};
	if (!sql_open(sql, path, &options, &target, err)) {
		return false;
	}
	sqlite3_backup *copy = sqlite3_backup_init(target->db, "main", sql->db, "main");
	bool ok = copy ? copy_pages(sql, copy, progress, data, err)
		       : fail(target, sqlite3_errcode(target->db), err);
	int rc = sqlite3_backup_finish(copy);
	if (ok && rc != SQLITE_OK) {
		ok = fail(target, rc, err);
	}
	sql_close(target);
	return ok;
}
