#ifndef ATENDE_STORE_SQL_H
#define ATENDE_STORE_SQL_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * A connection to an SQL database, as little of it as the verbs need. Statements come from one
 * table (store/statement.h) and are known by number; each is prepared once a connection and kept.
 * The only file that knows sqlite3 is store/sqlite.c (and the tests of its file system layer).
 *
 * One thread a connection; only sql_interrupt may be called by another.
 *
 * Errors: UNAVAILABLE when the file is busy or the call was cancelled (reason "busy", "cancelled"),
 * INTERNAL for a full disk ("full"), input and output errors ("io"), damage ("damaged") and faults
 * of ours; INVALID for a file that is no database; DENIED for one that may not be written. All say
 * what to do.
 */
struct sql;

enum sql_sync { SYNC_NORMAL, SYNC_FULL };

struct sql_open_options {
	bool create;	/* make the file where there is none; else it must be there */
	bool read_only; /* nothing can be written; several rules of SQLite files still apply */
	enum sql_sync sync;
};

bool sql_open(const void *mem, const char *path, const struct sql_open_options *options,
	struct sql **sql, struct error *err);
void sql_close(struct sql *sql); /* NULL is fine */

/* Ends the statement under way, from any thread. */
void sql_interrupt(struct sql *sql);

/* Runs text of ours (schema, pragmas), never anything from outside. */
bool sql_exec(struct sql *sql, const char *text, struct error *err);

/* The first column of the first row of such a text as a number; 0 without a row. */
bool sql_exec_int(struct sql *sql, const char *text, int64_t *value, struct error *err);

/* Write-ahead logging, on which all that is said about readers and durability rests; for good.
 * INTERNAL when the file or its file system does not allow it. */
bool sql_use_wal(struct sql *sql, struct error *err);

/* --- transactions --- */

/*
 * A write transaction holds the database's only write lock from the start; a read transaction sees
 * one state of it. sql_commit: UNCERTAIN when it cannot be known whether it took place; after any
 * failure the transaction is over.
 */
bool sql_begin_write(struct sql *sql, struct error *err);
bool sql_begin_read(struct sql *sql, struct error *err);
bool sql_commit(struct sql *sql, struct error *err);
void sql_rollback(struct sql *sql); /* also where none is open; ends every statement */
bool sql_in_transaction(const struct sql *sql);

/* One level: what is done after it can be taken back without ending the transaction. */
bool sql_savepoint(struct sql *sql, struct error *err);
bool sql_savepoint_release(struct sql *sql, struct error *err);
bool sql_savepoint_rollback(struct sql *sql, struct error *err);

/* --- statements --- */

/*
 * A statement under way. The same one may be under way several times at once (one list for each
 * team). Bind by the number of its `$n`; what is not bound is NULL, what it
 * does not have is passed over. Texts and bytes that are bound
 * are borrowed until sql_done.
 */
struct sql_query;

/* `statement` is an enum of store/statement.h. Never NULL: what is wrong with it the first step
 * tells. */
struct sql_query *sql_query(struct sql *sql, int statement);
void sql_bind_int(struct sql_query *query, int n, int64_t value);
void sql_bind_text(struct sql_query *query, int n, const char *text); /* NULL: SQL's NULL */
void sql_bind_blob(struct sql_query *query, int n, const void *bytes, size_t size);

/* The next row: *has_row false after the last. */
bool sql_step(struct sql_query *query, bool *has_row, struct error *err);

/* Columns of the present row, from 0. NULL is 0, "" and no bytes. */
int64_t sql_int(struct sql_query *query, int column);
char *sql_text(struct sql_query *query, const void *mem, int column);
const char *sql_peek(struct sql_query *query, int column);		 /* until the next step */
const void *sql_blob(struct sql_query *query, int column, size_t *size); /* until the next step */
bool sql_is_null(struct sql_query *query, int column);
bool sql_is_text(struct sql_query *query, int column);
bool sql_is_blob(struct sql_query *query, int column);
int sql_column_count(struct sql_query *query);
const char *sql_column_name(struct sql_query *query, int column);

/* Gives the statement back. NULL is fine. */
void sql_done(struct sql_query *query);

/* For statements without rows: steps once and gives the statement back. */
bool sql_run(struct sql_query *query, struct error *err);

/* For one row: true with *has_row telling whether there is one, still to be read and given back. */
bool sql_first(struct sql_query *query, bool *has_row, struct error *err);

/* The first column of the only row, 0 without one; gives the statement back. */
bool sql_number(struct sql_query *query, int64_t *value, struct error *err);

/* Rows altered by the last statement that was run. */
int64_t sql_changed(const struct sql *sql);

/* Changes whenever another connection has committed: cheap to ask. */
bool sql_data_version(struct sql *sql, int64_t *version, struct error *err);

/* False when the file was moved, deleted or replaced since it was opened: what is written now
 * nobody else will see. */
bool sql_is_there(struct sql *sql);

/* --- care --- */

/* Steps of a copy to a new file, a consistent one even while others write; *done when complete. */
typedef bool sql_progress_fn(void *data, int64_t done, int64_t total); /* false stops */
bool sql_backup(struct sql *sql, const char *path, sql_progress_fn *progress, void *data,
	struct error *err);

/* Runs an ad hoc text of ours (a check, a plan) with rows; ends as sql_query does. */
struct sql_query *sql_prepare(struct sql *sql, const char *text);

#endif
