#include "conformance.h"

#include "base/mem.h"
#include "core/query.h"
#include "store/statement.h"
#include "test.h"

#include <sqlite3.h>
#include <string.h>

/* What an operator looks at must not be searched for row by row: the plans say so. */

static char *plan_of(struct fixture *f, sqlite3 *db, int statement)
{
	char *text = mem_printf(f, "EXPLAIN QUERY PLAN %s", statement_text(statement));
	char *plan = mem_strdup(f, "");
	sqlite3_stmt *stmt;
	if (sqlite3_prepare_v2(db, text, -1, &stmt, NULL) != SQLITE_OK) {
		fail_msg("%s: %s", text, sqlite3_errmsg(db));
	}
	while (sqlite3_step(stmt) == SQLITE_ROW) {
		plan = mem_printf(f, "%s%s\n", plan, (const char *)sqlite3_column_text(stmt, 3));
	}
	sqlite3_finalize(stmt);
	return plan;
}

static sqlite3 *open_file(struct fixture *f)
{
	sqlite3 *db;
	char *path = mem_printf(f, "%s/desk.db", f->dir);
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_QPSG, 1, (int *)NULL);
	return db;
}

/* Every order of a list is an index read from its place on, both ways, without a ticket's row. */
static void lists_read_indexes_in_order(void **state)
{
	static const char *const indexes[QUEUE_ORDERS] = {
		"ticket_due", "ticket_waiting", "ticket_priority", "ticket_newest"};
	static const char *const places[QUEUE_ORDERS] = {"(due_at,priority,waiting_since)",
		"waiting_since", "(priority,due_at,waiting_since)", "number"};
	struct fixture *f = *state;
	sqlite3 *db = open_file(f);
	for (int order = 0; order < QUEUE_ORDERS; order++) {
		for (int back = 0; back < 2; back++) {
			char *plan = plan_of(f, db, READ_LIST_DUE + 2 * order + back);
			char *use = mem_printf(f,
				"SEARCH ticket USING COVERING INDEX %s (state=? AND team=? AND %s",
				indexes[order], places[order]);
			if (strncmp(plan, use, strlen(use)) != 0 || strstr(plan, "TEMP B-TREE")) {
				fail_msg("order %d, back %d: %s", order, back, plan);
			}
		}
	}
	sqlite3_close(db);
}

/* Reading statements that may scan: small tables, and what care takes whole. */
static bool may_scan(int statement)
{
	return statement >= INDEX_ALL || statement == READ_COUNTERS || statement == READ_CLAIMED ||
	       statement == READ_PRESENCES || statement == READ_REVISION;
}

static void nothing_is_scanned(void **state)
{
	struct fixture *f = *state;
	sqlite3 *db = open_file(f);
	for (int i = STATEMENT_READ_FIRST; i < STATEMENTS_READ_END; i++) {
		if (!statement_text(i) || may_scan(i)) {
			continue;
		}
		char *plan = plan_of(f, db, i);
		for (const char *at = plan; (at = strstr(at, "SCAN ")); at++) {
			bool is_own = at[5] == '(' || strncmp(at + 5, "CONSTANT ROW", 12) == 0 ||
				      strncmp(at + 5, "text_index VIRTUAL", 18) == 0;
			if (!is_own) {
				fail_msg("%s: %s", statement_text(i), plan);
			}
		}
	}
	sqlite3_close(db);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		with_fixture(lists_read_indexes_in_order),
		with_fixture(nothing_is_scanned),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
