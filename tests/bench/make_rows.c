#include "make_rows.h"

#include "base/mem.h"
#include "store/desk_file.h"
#include "store/schema.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Table and number of values for each statement. */
static const struct {
	const char *table;
	int count;
} tables[ROW_STATEMENTS] = {
	[ROW_TEAM] = {"team", 5},
	[ROW_OPERATOR] = {"operator", 9},
	[ROW_OPERATOR_TEAM] = {"operator_team", 2},
	[ROW_REASON] = {"reason", 5},
	[ROW_CUSTOMER] = {"customer", 8},
	[ROW_ADDRESS] = {"address", 5},
	[ROW_CUSTOMER_NOTE] = {"customer_note", 7},
	[ROW_TICKET] = {"ticket", 32},
	[ROW_MESSAGE] = {"message", 16},
	[ROW_NOTE] = {"note", 5},
	[ROW_QUESTION] = {"question", 10},
	[ROW_INVOLVEMENT] = {"involvement", 3},
	[ROW_COUNTER] = {"counter", 3},
	[ROW_LOG] = {"change_log", 13},
	[ROW_TEXT] = {"text_index(rowid, text, about)", 3},
};

static void check(struct rows *rows, bool ok, const char *what)
{
	if (!ok) {
		fprintf(stderr, "make_desk: %s: %s\n", what, sqlite3_errmsg(rows->db));
		exit(1);
	}
}

static void run(struct rows *rows, const char *text)
{
	check(rows, sqlite3_exec(rows->db, text, NULL, NULL, NULL) == SQLITE_OK, text);
}

/* Runs the text that a query gives, made by ourselves. False when it gives none. */
static bool run_next(struct rows *rows, const char *query)
{
	sqlite3_stmt *stmt;
	char *text = NULL;
	check(rows, sqlite3_prepare_v2(rows->db, query, -1, &stmt, NULL) == SQLITE_OK, query);
	if (sqlite3_step(stmt) == SQLITE_ROW) {
		text = mem_strdup(NULL, (const char *)sqlite3_column_text(stmt, 0));
	}
	sqlite3_finalize(stmt);
	if (text) {
		run(rows, text);
	}
	talloc_free(text);
	return text != NULL;
}

/* Indexes that are filled at the end are sorted, not searched. Their texts wait in a table. */
static void drop_indexes(struct rows *rows)
{
	run(rows, "CREATE TEMP TABLE later AS SELECT name, sql FROM sqlite_schema "
		  "WHERE type = 'index' AND sql IS NOT NULL");
	while (run_next(rows, "SELECT 'DROP INDEX ' || name FROM sqlite_schema "
			      "WHERE type = 'index' AND sql IS NOT NULL LIMIT 1")) {
	}
}

static void make_indexes(struct rows *rows)
{
	while (run_next(rows, "SELECT sql FROM later WHERE name NOT IN "
			      "(SELECT name FROM sqlite_schema) LIMIT 1")) {
	}
}

static void prepare(struct rows *rows, enum row_statement statement)
{
	char *text = mem_printf(NULL, "INSERT INTO %s VALUES (?", tables[statement].table);
	for (int i = 1; i < tables[statement].count; i++) {
		text = mem_printf(text, "%s, ?", text);
	}
	char *whole = mem_printf(NULL, "%s)", text);
	check(rows,
		sqlite3_prepare_v2(rows->db, whole, -1, &rows->statements[statement], NULL) ==
			SQLITE_OK,
		whole);
	talloc_free(whole);
}

void rows_open(struct rows *rows, const char *path)
{
	*rows = (struct rows){0};
	check(rows, sqlite3_open(path, &rows->db) == SQLITE_OK, path);
	run(rows, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
		  "PRAGMA locking_mode = EXCLUSIVE; PRAGMA cache_size = -1000000;"
		  "PRAGMA foreign_keys = OFF; PRAGMA threads = 2");
	drop_indexes(rows);
	run(rows, "BEGIN");
	for (int i = 0; i < ROW_STATEMENTS; i++) {
		prepare(rows, (enum row_statement)i);
	}
}

void rows_close(struct rows *rows)
{
	for (int i = 0; i < ROW_STATEMENTS; i++) {
		sqlite3_finalize(rows->statements[i]);
	}
	make_indexes(rows);
	run(rows, "COMMIT");
	run(rows, "DROP TABLE temp.later");
	run(rows, "PRAGMA locking_mode = NORMAL; PRAGMA journal_mode = WAL");
	check(rows, sqlite3_close(rows->db) == SQLITE_OK, "close");
}

void rows_add(struct rows *rows, enum row_statement statement, const char *types, ...)
{
	sqlite3_stmt *stmt = rows->statements[statement];
	va_list values;
	assert((int)strlen(types) == tables[statement].count);
	va_start(values, types);
	for (int i = 1; *types; i++, types++) {
		if (*types == 'i') {
			sqlite3_bind_int64(stmt, i, va_arg(values, int64_t));
		} else if (*types == 's') {
			sqlite3_bind_text(stmt, i, va_arg(values, const char *), -1, SQLITE_STATIC);
		} else {
			sqlite3_bind_blob(stmt, i, va_arg(values, const void *), 16, SQLITE_STATIC);
		}
	}
	va_end(values);
	check(rows, sqlite3_step(stmt) == SQLITE_DONE, tables[statement].table);
	sqlite3_reset(stmt);
}
