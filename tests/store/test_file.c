#include "conformance.h"

#include "base/file.h"
#include "base/mem.h"
#include "store/desk_file.h"
#include "store/drivers.h"
#include "store/schema.h"
#include "store/sql.h"
#include "test.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* What a SQLite desk does with files that are not as they should be. */

static const struct store_driver *const drivers[] = {&store_sqlite};

static char *path_of(struct fixture *f, const char *name)
{
	return mem_printf(f, "%s/%s", f->dir, name);
}

static bool open_path(
	const char *path, struct store_options options, struct store **store, struct error *err)
{
	return store_open(NULL, path, drivers, ARRAY_LEN(drivers), &options, store, err);
}

static void refuse_open(
	const char *path, struct store_options options, enum error_code code, const char *reason)
{
	struct store *store;
	struct error err = {0};
	assert_false(open_path(path, options, &store, &err));
	assert_int_equal(err.code, code);
	assert_string_equal(err.reason, reason);
	assert_non_null(strstr(err.arg[0], strrchr(path, '/') + 1));
}

/* The desk's file, by hand. */
static struct sql *by_hand(struct fixture *f, const char *name, bool create)
{
	struct sql_open_options options = {.create = create, .sync = SYNC_NORMAL};
	struct sql *sql;
	struct error err = {0};
	assert_true(sql_open(f, path_of(f, name), &options, &sql, &err));
	return sql;
}

static void do_by_hand(struct fixture *f, const char *name, const char *text)
{
	struct sql *sql = by_hand(f, name, true);
	struct error err = {0};
	assert_true(sql_exec(sql, text, &err));
	sql_close(sql);
}

static void write_file(struct fixture *f, const char *name, const char *text)
{
	struct error err = {0};
	assert_true(file_replace(path_of(f, name), text, strlen(text), &err));
}

static void a_missing_file_is_named(void **state)
{
	struct fixture *f = *state;
	refuse_open(path_of(f, "no.db"), (struct store_options){0}, ERROR_UNAVAILABLE, "no_file");
	assert_int_equal(access(path_of(f, "no.db"), F_OK), -1);
}

/* What would be written into a file that has gone nobody would ever see. */
static void a_file_that_went_away_is_noticed(void **state)
{
	struct fixture *f = *state;
	struct error err = {0};
	struct counts counts;
	int64_t number = fixture_ticket(f, "joao@exemplo.com", "entrega");
	struct store *store = fixture_as(f, "ana");
	assert_int_equal(rename(path_of(f, "desk.db"), path_of(f, "away.db")), 0);
	assert_false(store_counts(store, &counts, &err));
	assert_int_equal(err.code, ERROR_UNAVAILABLE);
	assert_string_equal(err.reason, "moved");
	struct draft draft = {.ticket = number, .kind = DRAFT_REPLY, .text = (char *)"kept"};
	assert_false(store_draft_save(store, &draft, &err));
	struct change change = {.kind = CHANGE_TAG, .ticket = number, .key = "vip"};
	change.id = uuid_make(f->now);
	struct result result;
	assert_false(store_apply(store, &change, 1, &result, &err));
	assert_string_equal(err.reason, "moved");
	assert_int_equal(rename(path_of(f, "away.db"), path_of(f, "desk.db")), 0);
	assert_true(store_counts(store, &counts, &err));
}

static void a_location_of_no_driver_is_refused(void **state)
{
	(void)state;
	struct store *store;
	struct error err = {0};
	assert_false(open_path("gopher://desk", (struct store_options){0}, &store, &err));
	assert_int_equal(err.code, ERROR_INVALID);
	assert_false(open_path("sqlite:", (struct store_options){0}, &store, &err));
	assert_int_equal(err.code, ERROR_INVALID);
}

static void creating_never_touches_what_is_there(void **state)
{
	struct fixture *f = *state;
	struct store_options options = {.create = true, .creator = "zoe"};
	int64_t number = fixture_ticket(f, "joao@exemplo.com", "entrega");
	refuse_open(path_of(f, "desk.db"), options, ERROR_CONFLICT, "exists");
	assert_int_equal(fixture_see(f, number)->message_count, 1);
	write_file(f, "carta.txt", "Prezado");
	refuse_open(path_of(f, "carta.txt"), options, ERROR_CONFLICT, "exists");
	char *text;
	size_t size;
	struct error err = {0};
	assert_true(file_read(f, path_of(f, "carta.txt"), 100, &text, &size, &err));
	assert_string_equal(text, "Prezado");
	assert_int_equal(
		access(mem_printf(f, "%s/desk.db.new-%ld", f->dir, (long)getpid()), F_OK), -1);
}

static void files_that_are_no_desks_are_refused(void **state)
{
	struct fixture *f = *state;
	struct store_options none = {0};
	char *letter = mem_strdup(f, "");
	for (int i = 0; i < 100; i++) {
		letter = mem_printf(f, "%sPrezada senhora, o pedido\n", letter);
	}
	write_file(f, "carta.db", letter);
	refuse_open(path_of(f, "carta.db"), none, ERROR_INVALID, "no_desk");
	do_by_hand(f, "outro.db", "CREATE TABLE t(x)");
	refuse_open(path_of(f, "outro.db"), none, ERROR_INVALID, "other_program");
	write_file(f, "vazio.db", "");
	refuse_open(path_of(f, "vazio.db"), none, ERROR_INVALID, "other_program");
}

static void a_newer_schema_is_refused_with_both_numbers(void **state)
{
	struct fixture *f = *state;
	do_by_hand(f, "desk.db", "PRAGMA user_version=99");
	struct store *store;
	struct error err = {0};
	assert_false(open_path(path_of(f, "desk.db"), (struct store_options){0}, &store, &err));
	assert_int_equal(err.code, ERROR_INVALID);
	assert_string_equal(err.reason, "newer");
	assert_string_equal(err.arg[1], "99");
	assert_string_equal(err.arg[2], mem_printf(f, "%d", schema_version));
	char *back = mem_printf(f, "PRAGMA user_version=%d", schema_version);
	do_by_hand(f, "desk.db", back);
}

/* A column that was added later stands where ALTER TABLE put it. */
static char *without_blanks(const void *mem, const char *text)
{
	char *packed = mem_strdup(mem, text);
	char *end = packed;
	for (const char *at = text; *at; at++) {
		if (!strchr(" \t\n", *at)) {
			*end++ = *at;
		}
	}
	*end = '\0';
	return packed;
}

/* All of the schema as text, a line each. */
static char *schema_of(struct fixture *f, const char *name)
{
	struct sql *sql = by_hand(f, name, false);
	struct sql_query *query = sql_prepare(sql,
		"SELECT type || ' ' || name || ' ' || tbl_name || ' ' || coalesce(sql, '') "
		"FROM sqlite_schema ORDER BY type, name");
	char *text = mem_strdup(f, "");
	bool has_row;
	struct error err = {0};
	while (sql_step(query, &has_row, &err) && has_row) {
		text = mem_printf(f, "%s%s\n", text, without_blanks(f, sql_peek(query, 0)));
	}
	sql_done(query);
	sql_close(sql);
	return text;
}

/* Fails with the line in which the schemas first differ, from shortly before. */
static void same_schema(const char *upgraded, const char *fresh)
{
	size_t same = 0, line = 0;
	for (; upgraded[same] && upgraded[same] == fresh[same]; same++) {
		line = upgraded[same] == '\n' ? same + 1 : line;
	}
	if (upgraded[same] || fresh[same]) {
		size_t from = same > line + 20 ? same - 20 : line;
		fail_msg("%.40s…: after the steps of data/sql there is\n%.60s\nand in "
			 "data/sql/schema.sql\n%.60s",
			upgraded + line, upgraded + from, fresh + from);
	}
}

static void an_upgraded_desk_equals_a_fresh_one(void **state)
{
	struct fixture *f = *state;
	struct error err = {0};
	for (int version = 0; version < schema_version; version++) {
		char *name = mem_printf(f, "velho%d.db", version);
		struct sql *sql = by_hand(f, name, true);
		for (int i = 0; i < version; i++) {
			assert_true(sql_exec(sql, schema_steps[i], &err));
		}
		char *identity = mem_printf(f, "PRAGMA application_id=%d; PRAGMA user_version=%d",
			DESK_APPLICATION_ID, version);
		assert_true(sql_exec(sql, identity, &err));
		sql_close(sql);
		struct store *store;
		struct store_options read_only = {.read_only = true};
		refuse_open(path_of(f, name), read_only, ERROR_INVALID, "older");
		assert_true(open_path(path_of(f, name), (struct store_options){0}, &store, &err));
		store_close(store);
		same_schema(schema_of(f, name), schema_of(f, "desk.db"));
	}
}

static void a_desk_for_reading_is_not_written(void **state)
{
	struct fixture *f = *state;
	int64_t number = fixture_ticket(f, "joao@exemplo.com", "entrega");
	struct store *store;
	struct error err = {0};
	struct store_options options = {.read_only = true};
	assert_true(open_path(path_of(f, "desk.db"), options, &store, &err));
	struct ticket_view view;
	assert_true(store_ticket(store, f, number, &view, &err));
	struct change change = {
		.id = uuid_make(f->now), .kind = CHANGE_NOTE, .ticket = number, .text = "Nota"};
	struct result result;
	assert_false(store_apply(store, &change, 1, &result, &err));
	assert_int_equal(err.code, ERROR_DENIED);
	assert_string_equal(err.reason, "read_only");
	store_close(store);
}

static void a_desk_that_another_program_holds_is_busy(void **state)
{
	struct fixture *f = *state;
	int64_t number = fixture_ticket(f, "joao@exemplo.com", "entrega");
	struct sql *sql = by_hand(f, "desk.db", false);
	struct error err = {0};
	assert_true(sql_begin_write(sql, &err));
	struct change change = {
		.id = uuid_make(f->now), .kind = CHANGE_NOTE, .ticket = number, .text = "Nota"};
	struct result result;
	assert_false(store_apply(f->desk, &change, 1, &result, &err));
	assert_int_equal(err.code, ERROR_UNAVAILABLE);
	assert_string_equal(err.reason, "busy");
	assert_int_equal(fixture_view(f, NULL, number)->note_count, 0); /* readers go on */
	sql_rollback(sql);
	sql_close(sql);
	fixture_do(f, NULL, change);
}

/* A row that the schema refuses stands for a fault of ours or damage. */
static void what_cannot_be_written_takes_nothing_with_it(void **state)
{
	struct fixture *f = *state;
	int64_t number = fixture_ticket(f, "joao@exemplo.com", "entrega");
	int64_t since = fixture_feed(f, NULL, -1).revision;
	do_by_hand(f, "desk.db",
		"CREATE TRIGGER no BEFORE INSERT ON message BEGIN SELECT RAISE(ABORT, 'no'); END");
	struct change note = {.kind = CHANGE_NOTE, .ticket = number, .text = "Nota"};
	struct change received = {.kind = CHANGE_RECEIVE, .ticket = number, .text = "Oi"};
	struct change batch[] = {note, received, note};
	struct result results[3];
	struct error err = {0};
	for (size_t i = 0; i < 3; i++) {
		batch[i].id = uuid_make(f->now);
	}
	assert_true(store_apply(f->desk, batch, 3, results, &err));
	assert_true(results[0].ok && results[2].ok);
	assert_false(results[1].ok);
	assert_int_equal(results[1].err.code, ERROR_INTERNAL);
	assert_int_equal(results[2].revision, since + 2);
	assert_false(store_apply(f->desk, &batch[1], 1, results, &err));
	assert_int_equal(err.code, ERROR_INTERNAL);
	do_by_hand(f, "desk.db", "DROP TRIGGER no");
	fixture_do(f, NULL, batch[1]);
	assert_int_equal(fixture_see(f, number)->message_count, 2);
	assert_int_equal(fixture_see(f, number)->note_count, 2);
}

static void a_damaged_desk_says_so(void **state)
{
	struct fixture *f = *state;
	struct sql *sql = by_hand(f, "desk.db", false);
	struct error err = {0};
	assert_true(sql_backup(sql, path_of(f, "ruim.db"), NULL, NULL, &err));
	sql_close(sql);
	FILE *file = fopen(path_of(f, "ruim.db"), "r+");
	assert_non_null(file);
	fseek(file, 4096, SEEK_SET);
	for (int i = 0; i < 10 * 4096; i++) {
		fputc('x', file);
	}
	fclose(file);
	struct store *store;
	assert_false(open_path(path_of(f, "ruim.db"), (struct store_options){0}, &store, &err));
	assert_int_equal(err.code, ERROR_INTERNAL);
	assert_string_equal(err.reason, "damaged");
}

static void a_new_desk_is_for_nobody_else(void **state)
{
	struct fixture *f = *state;
	struct store_options options = {.create = true, .creator = "zoe"};
	struct store *store;
	struct error err = {0};
	struct stat info;
	mode_t before = umask(0);
	assert_true(open_path(path_of(f, "nova.db"), options, &store, &err));
	umask(before);
	assert_int_equal(stat(path_of(f, "nova.db"), &info), 0);
	assert_int_equal(info.st_mode & 0777, 0600);
	assert_int_equal(stat(path_of(f, "nova.db-lock"), &info), 0);
	assert_int_equal(info.st_mode & 0777, 0600);
	store_close(store);
}

static void who_may_write_the_desk_may_lock_it(void **state)
{
	struct fixture *f = *state;
	struct stat info;
	mode_t before = umask(077);
	assert_int_equal(chmod(path_of(f, "desk.db"), 0660), 0);
	assert_int_equal(unlink(path_of(f, "desk.db-lock")), 0);
	store_close(fixture_open(f, "ana"));
	assert_int_equal(stat(path_of(f, "desk.db-lock"), &info), 0);
	assert_int_equal(info.st_mode & 0777, 0660);
	umask(before);
}

static void a_desk_is_kept_in_write_ahead_mode(void **state)
{
	struct fixture *f = *state;
	do_by_hand(f, "copia.db", "CREATE TABLE t(x)");
	fixture_rest(f);
	do_by_hand(f, "desk.db", "PRAGMA journal_mode=DELETE");
	fixture_wake(f);
	assert_int_equal(access(path_of(f, "desk.db-wal"), F_OK), 0);
}

static void a_network_file_system_is_told_from_a_disk(void **state)
{
	struct fixture *f = *state;
	struct error err = {0};
	assert_true(desk_file_is_local(path_of(f, "desk.db"), &err));
	assert_true(desk_file_is_local("desk-that-is-not-there.db", &err));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		with_fixture(a_missing_file_is_named),
		with_fixture(a_file_that_went_away_is_noticed),
		with_fixture(a_location_of_no_driver_is_refused),
		with_fixture(creating_never_touches_what_is_there),
		with_fixture(files_that_are_no_desks_are_refused),
		with_fixture(a_newer_schema_is_refused_with_both_numbers),
		with_fixture(an_upgraded_desk_equals_a_fresh_one),
		with_fixture(a_desk_for_reading_is_not_written),
		with_fixture(a_desk_that_another_program_holds_is_busy),
		with_fixture(what_cannot_be_written_takes_nothing_with_it),
		with_fixture(a_damaged_desk_says_so),
		with_fixture(a_new_desk_is_for_nobody_else),
		with_fixture(who_may_write_the_desk_may_lock_it),
		with_fixture(a_desk_is_kept_in_write_ahead_mode),
		with_fixture(a_network_file_system_is_told_from_a_disk),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
