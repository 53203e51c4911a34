#include "store/statement.h"

#include "base/mem.h"
#include "store/copy.h"
#include "store/pending.h"
#include "store/schema.h"
#include "store/shape.h"
#include "test.h"

#include <string.h>

/* The tables of statements and shapes, held against the schema. */

static int open_empty(void **state)
{
	struct sql_open_options options = {.create = true, .sync = SYNC_NORMAL};
	struct sql *sql;
	struct error err = {0};
	if (!sql_open(NULL, ":memory:", &options, &sql, &err) ||
		!sql_exec(sql, schema_text, &err)) {
		return -1;
	}
	*state = sql;
	return 0;
}

static int close_empty(void **state)
{
	sql_close(*state);
	return 0;
}

static void every_statement_is_there_and_runs(void **state)
{
	struct sql *sql = *state;
	struct error failed = {0};
	assert_true(sql_exec(sql, copy_tables_text, &failed));
	assert_true(sql_exec(sql, pending_tables_text, &failed));
	for (int i = 0; i < STATEMENTS_WRITE_END; i++) {
		if (!statement_text(i)) {
			fail_msg("statement %d has no text", i);
		}
	}
	for (int i = 0; i < STATEMENTS_MAX; i++) {
		if (statement_text(i)) {
			struct sql_query *query = sql_query(sql, i);
			struct error err = {0};
			bool has_row;
			char *text = mem_printf(NULL, "EXPLAIN %s", statement_text(i));
			struct sql_query *plan = sql_prepare(sql, text);
			if (!sql_step(plan, &has_row, &err)) {
				fail_msg("%s: %s", statement_text(i), err.arg[1]);
			}
			sql_done(plan);
			sql_done(query);
			talloc_free(text);
		}
	}
	assert_true(sql_exec(sql, "DROP TRIGGER copy_in; DROP TRIGGER copy_out", &failed));
}

/* Tables that grow with the desk. The others are read whole now and then. */
static bool is_large(const char *detail)
{
	static const char *const large[] = {"ticket", "message", "note", "question", "customer",
		"address", "customer_note", "change_log", "draft", "claim", "involvement", "moved",
		"memo", "memo_reader"};
	const char *name = detail + strlen("SCAN ");
	size_t n = strcspn(name, " ");
	for (size_t i = 0; i < ARRAY_LEN(large); i++) {
		if (strlen(large[i]) == n && strncmp(large[i], name, n) == 0) {
			return true;
		}
	}
	return false;
}

/* min, max and "the newest" read one end of a table or index, whatever the plan calls it. */
static bool reads_one_end(int statement)
{
	return statement == TICKET_NEWEST || statement == LOG_NEWEST ||
	       statement == DIRECTORY_REVISION;
}

static void no_change_looks_through_a_table(void **state)
{
	struct sql *sql = *state;
	for (int i = 0; i < STATEMENTS_WRITE_END; i++) {
		char *text = mem_printf(NULL, "EXPLAIN QUERY PLAN %s", statement_text(i));
		struct sql_query *plan = sql_prepare(sql, text);
		struct error err = {0};
		bool has_row;
		while (sql_step(plan, &has_row, &err) && has_row) {
			const char *detail = sql_peek(plan, 3);
			bool scans = strncmp(detail, "SCAN ", 5) == 0 && is_large(detail);
			if (scans && !reads_one_end(i)) {
				fail_msg("%s\n%s", statement_text(i), detail);
			}
		}
		sql_done(plan);
		talloc_free(text);
	}
}

static const char *column_name(struct sql_query *query)
{
	return sql_peek(query, 1);
}

static void shapes_are_the_tables_of_the_schema(void **state)
{
	struct sql *sql = *state;
	struct error err = {0};
	for (size_t i = 0; i < shape_count; i++) {
		const struct shape *shape = shapes[i];
		char *text = mem_printf(NULL, "PRAGMA table_info(%s)", shape->table);
		struct sql_query *query = sql_prepare(sql, text);
		bool has_row;
		size_t n = 0;
		while (sql_step(query, &has_row, &err) && has_row) {
			const char *name = n < shape->count ? shape->columns[n].name : "none";
			if (strcmp(name, column_name(query)) != 0) {
				fail_msg("column %zu of %s is %s in data/sql/schema.sql, %s in "
					 "store/shape.c",
					n + 1, shape->table, column_name(query), name);
			}
			bool is_text = shape->columns[n].type == COLUMN_TEXT;
			assert_int_equal(is_text, strcmp(sql_peek(query, 2), "TEXT") == 0);
			n++;
		}
		assert_int_equal(n, shape->count);
		sql_done(query);
		talloc_free(text);
	}
}

static void column_lists_are_the_shapes(void **state)
{
	(void)state;
	static const struct {
		const struct shape *shape;
		const char *columns;
	} lists[] = {
		{&ticket_shape, TICKET_COLUMNS},
		{&message_shape, MESSAGE_COLUMNS},
		{&note_shape, NOTE_COLUMNS},
		{&question_shape, QUESTION_COLUMNS},
		{&claim_shape, CLAIM_COLUMNS},
		{&draft_shape, DRAFT_COLUMNS},
		{&attachment_shape, ATTACHMENT_COLUMNS},
		{&customer_shape, CUSTOMER_COLUMNS},
		{&address_shape, ADDRESS_COLUMNS},
		{&customer_note_shape, CUSTOMER_NOTE_COLUMNS},
	};
	for (size_t i = 0; i < ARRAY_LEN(lists); i++) {
		const struct shape *shape = lists[i].shape;
		char *text = mem_strdup(NULL, "");
		for (size_t n = 0; n < shape->count; n++) {
			char *more = mem_printf(NULL, "%s%s%s.%s", text, n ? "," : "", shape->table,
				shape->columns[n].name);
			talloc_free(text);
			text = more;
		}
		assert_string_equal(text, lists[i].columns);
		talloc_free(text);
	}
	if (ticket_shape.count != TICKET_COLUMN_COUNT || claim_shape.count != CLAIM_COLUMN_COUNT ||
		customer_shape.count != CUSTOMER_COLUMN_COUNT) {
		fail_msg("a _COLUMN_COUNT of store/shape.h is not the shape's: ticket %zu, claim "
			 "%zu, customer %zu",
			ticket_shape.count, claim_shape.count, customer_shape.count);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			every_statement_is_there_and_runs, open_empty, close_empty),
		cmocka_unit_test_setup_teardown(
			no_change_looks_through_a_table, open_empty, close_empty),
		cmocka_unit_test_setup_teardown(
			shapes_are_the_tables_of_the_schema, open_empty, close_empty),
		cmocka_unit_test(column_lists_are_the_shapes),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
