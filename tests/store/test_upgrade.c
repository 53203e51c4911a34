#include "chance.h"

#include "base/mem.h"
#include "store/desk_file.h"
#include "store/drivers.h"
#include "store/schema.h"
#include "test.h"

#include <sqlite3.h>
#include <stdatomic.h>
#include <string.h>

/* Desks of earlier versions, with data in them, brought up to date: nothing of it is lost. */

static char *path_of(struct fixture *f, const char *name)
{
	return mem_printf(f, "%s/%s", f->dir, name);
}

/* The program's own connections do not let anybody write what FTS5 keeps. */
static void do_by_hand(sqlite3 *db, const char *text)
{
	char *message = NULL;
	if (sqlite3_exec(db, text, NULL, NULL, &message) != SQLITE_OK) {
		fail_msg("%s: %s", text, message);
	}
}

/* The first column of each row, on the fixture. */
static char **words_of(struct fixture *f, sqlite3 *db, const char *query, size_t *count)
{
	sqlite3_stmt *stmt;
	char **words = NULL;
	*count = 0;
	assert_int_equal(sqlite3_prepare_v2(db, query, -1, &stmt, NULL), SQLITE_OK);
	while (sqlite3_step(stmt) == SQLITE_ROW) {
		words = mem_grow(f, words, char *, *count + 1);
		words[(*count)++] = mem_strdup(f, (const char *)sqlite3_column_text(stmt, 0));
	}
	sqlite3_finalize(stmt);
	return words;
}

/* The columns that a table has in this version, "a,b,c". */
static char *columns_of(struct fixture *f, sqlite3 *db, const char *table)
{
	size_t count;
	char *query = mem_printf(f, "SELECT name FROM pragma_table_info('%s')", table);
	char **names = words_of(f, db, query, &count);
	char *columns = mem_strdup(f, "");
	for (size_t i = 0; i < count; i++) {
		columns = mem_printf(f, "%s%s\"%s\"", columns, i ? "," : "", names[i]);
	}
	return columns;
}

/* Every row of today's desk, as far as the version knows it. What FTS5 keeps is copied as it is:
 * the version's index says the same as today's. */
static void copy_rows(struct fixture *f, sqlite3 *db)
{
	size_t count;
	char **tables = words_of(f, db,
		"SELECT name FROM main.sqlite_schema WHERE type = 'table' AND sql NOT LIKE "
		"'CREATE VIRTUAL%' AND name NOT LIKE 'sqlite_%' ORDER BY rowid",
		&count);
	for (size_t i = 0; i < count; i++) {
		char *columns = columns_of(f, db, tables[i]);
		do_by_hand(db, mem_printf(f, "DELETE FROM main.%s", tables[i]));
		do_by_hand(db, mem_printf(f, "INSERT INTO main.%s(%s) SELECT %s FROM today.%s",
				       tables[i], columns, columns, tables[i]));
	}
}

/* A desk as a program of that version left it. */
static void make_old(struct fixture *f, const char *name, int version)
{
	sqlite3 *db;
	assert_int_equal(sqlite3_open(path_of(f, name), &db), SQLITE_OK);
	for (int i = 0; i < version; i++) {
		do_by_hand(db, schema_steps[i]);
	}
	do_by_hand(db, mem_printf(f, "ATTACH '%s' AS today", path_of(f, "desk.db")));
	copy_rows(f, db);
	do_by_hand(db, mem_printf(f,
			       "DETACH today; PRAGMA application_id=%d; PRAGMA "
			       "user_version=%d",
			       DESK_APPLICATION_ID, version));
	sqlite3_close(db);
}

struct records {
	struct fixture *f;
	size_t count;
	char **lines;
};

static bool keep(void *data, const struct record *record, struct error *err)
{
	struct records *records = data;
	(void)err;
	char *line = mem_strdup(records->f, record->type);
	for (size_t i = 0; i < record->count; i++) {
		const struct record_value *value = &record->values[i];
		line = mem_check(value->is_text ? talloc_asprintf_append(
							  line, " %s=%s", value->name, value->text)
						: talloc_asprintf_append(line, " %s=%lld",
							  value->name, (long long)value->number));
	}
	records->lines = mem_grow(records->f, records->lines, char *, records->count + 1);
	records->lines[records->count++] = line;
	return true;
}

static struct records dump(struct fixture *f, struct store *store)
{
	struct records records = {.f = f};
	struct error err = {0};
	assert_true(store_dump(store, keep, &records, &err));
	return records;
}

static void is_sound(struct fixture *f, struct store *store)
{
	struct findings findings;
	struct error err = {0};
	assert_true(store_check(store, f, NULL, NULL, &findings, &err));
	for (size_t i = 0; i < findings.count; i++) {
		print_error("%s\n", findings.items[i].text);
	}
	assert_int_equal(findings.count, 0);
}

static int64_t now_of(void *data)
{
	return atomic_load((const _Atomic int64_t *)data);
}

static struct store *open_desk(struct fixture *f, const char *name)
{
	static const struct store_driver *const drivers[] = {&store_sqlite};
	struct store_options options = {.clock = {now_of, &f->now}};
	struct store *store;
	struct error err = {0};
	if (!store_open(f, path_of(f, name), drivers, 1, &options, &store, &err)) {
		fail_msg("%s", error_sentence(f, &err, NULL));
	}
	return store;
}

static void a_desk_of_the_first_version_keeps_all_it_has(void **state)
{
	struct fixture *f = *state;
	uint64_t dice = 7;
	chance_changes(f, &dice, 400);
	int64_t number = fixture_ticket(f, "joao@exemplo.com", "entrega");
	struct draft draft = {.ticket = number, .kind = DRAFT_REPLY, .text = (char *)"Meio"};
	struct error err = {0};
	assert_true(store_draft_save(fixture_as(f, "ana"), &draft, &err));
	fixture_rest(f);
	make_old(f, "velho.db", 1);
	/* What the first version did not know: where messages came from and went to. */
	sqlite3 *today;
	assert_int_equal(sqlite3_open(path_of(f, "desk.db"), &today), SQLITE_OK);
	do_by_hand(today, "UPDATE message SET address = ''");
	sqlite3_close(today);
	fixture_wake(f);
	struct store *old = open_desk(f, "velho.db");
	struct records was = dump(f, f->desk), is = dump(f, old);
	assert_int_equal(was.count, is.count);
	assert_true(was.count > 500);
	for (size_t i = 0; i < was.count; i++) {
		assert_string_equal(was.lines[i], is.lines[i]);
	}
	is_sound(f, old);
	/* And goes on: a reply with a file, by the rules of today. */
	assert_true(store_act_as(old, "ana", &err));
	struct attachment file = {.name = (char *)"a.txt", .media_type = (char *)"text/plain"};
	assert_true(store_blob_put(old, f, "um", 2, &file.blob, &err));
	struct change reply = fixture_reply(number, "Segue", OUTCOME_WAIT);
	reply.id = uuid_make(f->now);
	reply.actor = store_actor(old);
	reply.attachments = (struct attachment_list){1, &file};
	struct result result;
	assert_true(store_apply(old, &reply, 1, &result, &err));
	assert_true(result.ok);
	struct ticket_view view;
	assert_true(store_ticket(old, f, number, &view, &err));
	assert_string_equal(view.messages[1].address, "joao@exemplo.com");
	assert_int_equal(view.messages[1].attachments.count, 1);
	assert_true(store_act_as(old, "eva", &err));
	is_sound(f, old);
	store_close(old);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		with_fixture(a_desk_of_the_first_version_keeps_all_it_has),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
