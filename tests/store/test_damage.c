#include "chance.h"

#include "base/clock.h"
#include "base/mem.h"
#include "test.h"

#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

/* Each kind of damage to a desk in a SQLite file is found and said. */

static const struct damage {
	const char *what; /* done to a sound desk … */
	const char *said; /* … which the check tells in these words */
} damages[] = {
	{"DELETE FROM change_log WHERE revision = 30", "the changes from 30 to 30 are missing"},
	{"DELETE FROM message WHERE id = (SELECT min(id) FROM message)", "is missing"},
	{"DELETE FROM message WHERE id = (SELECT min(id) FROM message)",
		"the search index has an entry"},
	{"DELETE FROM note WHERE id = (SELECT min(id) FROM note)", "the note of change"},
	{"DELETE FROM question WHERE id = (SELECT min(id) FROM question)",
		"the question of change"},
	{"UPDATE change_log SET kind = 'tag' WHERE revision = (SELECT min(id) FROM message)",
		"has no change in the log"},
	{"UPDATE note SET id = id + 1000000 WHERE id = (SELECT min(id) FROM note)",
		"has no change in the log"},
	{"UPDATE ticket SET message_count = message_count + 1 WHERE number = 1003",
		"ticket 1003 says that it has"},
	{"UPDATE ticket SET note_count = 77 WHERE number = 1003", "says that it has 77 notes"},
	{"UPDATE ticket SET newest_public = 1 WHERE number = 1003",
		"says that its newest message is 1;"},
	{"UPDATE ticket SET due_at = 5 WHERE number = 1003", "ticket 1003 is due at 5"},
	{"UPDATE ticket SET state = 9 WHERE number = 1003", "ticket 1003 is in state 9"},
	{"UPDATE ticket SET revision = 999999 WHERE number = 1003",
		"was last altered by change 999999"},
	{"UPDATE ticket SET team = 77 WHERE number = 1003", "belongs to team 77"},
	{"UPDATE ticket SET assignee = 77 WHERE number = 1003", "assigned to operator 77"},
	{"UPDATE ticket SET customer = 999 WHERE number = 1003", "belongs to a customer"},
	{"UPDATE counter SET n = n + 1 WHERE state = 1", "the counter of team"},
	{"DELETE FROM counter", "there is no counter of team"},
	{"UPDATE claim SET generation = 1 WHERE ticket = (SELECT max(ticket) FROM claim)",
		"is not in the log"},
	{"UPDATE claim SET customer = 999 WHERE ticket = (SELECT max(ticket) FROM claim)",
		"covers customer 999"},
	{"INSERT INTO claim SELECT 1001, customer, operator + 1, generation, since, expires_at, 0, "
	 "0, "
	 "0, 0, 0 FROM claim WHERE ticket = (SELECT max(ticket) FROM claim)",
		"is held by 2 operators at once"},
	{"INSERT INTO text_index(text_index) VALUES ('delete-all')", "is not in the search index"},
	{"UPDATE message SET text = 'inteiramente outra' WHERE id = (SELECT min(id) FROM message)",
		"under other words"},
	{"UPDATE address SET key = 'email:x' WHERE id = 1", "it will not be found"},
	{"UPDATE preference SET revision = 1", "preference order of operator"},
	{"UPDATE attachment SET text = 999999 WHERE id = 1", "belongs to text 999999"},
	{"UPDATE attachment SET size_bytes = 5 WHERE id = 1", "says that it has 5 bytes"},
	{"UPDATE draft_attachment SET size_bytes = 5", "says that it has 5 bytes"},
	{"DELETE FROM attachment WHERE id = 1", "names 1 files more than it has"},
	{"UPDATE attachment SET name = '../x' WHERE id = 1", "is called \"../x\""},
	{"UPDATE blob_part SET bytes = x'00' WHERE rowid = 1", "is not what it was"},
	{"DELETE FROM blob_part WHERE rowid = 1", "is not what it was"},
	{"DELETE FROM blob WHERE key = (SELECT blob FROM attachment LIMIT 1)",
		"belongs to a blob that is not there"},
	{"UPDATE blob SET check_at = 0; DELETE FROM attachment", "is kept for nobody"},
	{"UPDATE blob SET check_at = 1", "would be removed though a text has it"},
	{"DELETE FROM memo", "the memo of change"},
	{"DELETE FROM memo_reader", "is nobody's"},
	{"UPDATE memo SET id = id + 100000", "has no change in the log"},
	{"DROP INDEX ticket_due", "the index ticket_due is missing"},
	{"DROP INDEX ticket_due; CREATE INDEX ticket_due ON ticket(number)",
		"the index ticket_due is not as this program makes it"},
	{"UPDATE change_log SET at = at + 100000000 WHERE revision = 25", "the clock was set back"},
};

static char *copy_of(struct fixture *f, size_t which)
{
	char *path = mem_printf(f, "%s/damaged-%zu.db", f->dir, which);
	struct error err = {0};
	assert_true(store_backup(f->desk, path, NULL, NULL, &err));
	return path;
}

static void do_damage(const char *path, const char *what)
{
	sqlite3 *db;
	char *message = NULL;
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	if (sqlite3_exec(db, what, NULL, NULL, &message) != SQLITE_OK) {
		fail_msg("%s: %s", what, message);
	}
	sqlite3_close(db);
}

static struct findings look(struct fixture *f, const char *path)
{
	struct store_options options = {0};
	const struct store_driver *drivers[] = {place.driver};
	struct store *store;
	struct findings findings;
	struct error err = {0};
	assert_true(store_open(f, path, drivers, 1, &options, &store, &err));
	if (!store_check(store, f, NULL, NULL, &findings, &err)) {
		fail_msg("%s", error_sentence(f, &err, NULL));
	}
	store_close(store);
	return findings;
}

static bool is_said(const struct findings *findings, const char *what)
{
	for (size_t i = 0; i < findings->count; i++) {
		if (strstr(findings->items[i].text, what)) {
			return true;
		}
	}
	return false;
}

static void each_damage_is_said(void **state)
{
	struct fixture *f = *state;
	uint64_t dice = 3;
	chance_changes(f, &dice, 200);
	chance_files(f, &dice, 10);
	fixture_do(f, "ana",
		(struct change){.kind = CHANGE_PREFERENCE, .key = "order", .value = "waiting"});
	fixture_do(f, "ana",
		(struct change){
			.kind = CHANGE_MEMO, .operator_id = fixture_id(f, "bruno"), .text = "Oi"});
	int64_t number = fixture_ticket(f, "dono@exemplo.com", "entrega");
	fixture_claim(f, "ana", number);
	char *sound = copy_of(f, ARRAY_LEN(damages));
	assert_int_equal(look(f, sound).count, 0);
	for (size_t i = 0; i < ARRAY_LEN(damages); i++) {
		char *path = copy_of(f, i);
		do_damage(path, damages[i].what);
		struct findings findings = look(f, path);
		if (!is_said(&findings, damages[i].said)) {
			for (size_t k = 0; k < findings.count; k++) {
				print_error("  %s\n", findings.items[k].text);
			}
			fail_msg("not said of %s", damages[i].what);
		}
	}
}

/* Bytes of one page of an index, which nothing reads when the desk is opened. */
static void spoil_index(const char *path, const char *name)
{
	sqlite3 *db;
	sqlite3_stmt *stmt;
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	char *text = mem_printf(NULL,
		"SELECT (rootpage - 1) * (SELECT page_size FROM pragma_page_size) FROM "
		"sqlite_schema WHERE name = '%s'",
		name);
	assert_int_equal(sqlite3_prepare_v2(db, text, -1, &stmt, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
	long at = (long)sqlite3_column_int64(stmt, 0);
	sqlite3_finalize(stmt);
	sqlite3_close(db);
	talloc_free(text);
	FILE *file = fopen(path, "r+b");
	assert_non_null(file);
	assert_int_equal(fseek(file, at + 8, SEEK_SET), 0);
	assert_int_equal(fwrite("\xFF\xFF\xFF\xFF\xFF\xFF", 1, 6, file), 6);
	assert_int_equal(fclose(file), 0);
}

static void a_damaged_page_is_said(void **state)
{
	struct fixture *f = *state;
	fixture_ticket(f, "a@exemplo.com", "entrega");
	fixture_ticket(f, "b@exemplo.com", "entrega");
	char *path = copy_of(f, 0);
	spoil_index(path, "message_ticket");
	struct findings findings = look(f, path);
	assert_true(is_said(&findings, "the file is damaged"));
}

static void ten_of_a_kind_are_enough(void **state)
{
	struct fixture *f = *state;
	for (int i = 0; i < 25; i++) {
		fixture_ticket(f, "a@exemplo.com", "");
	}
	char *path = copy_of(f, 0);
	do_damage(path, "UPDATE ticket SET note_count = 5");
	struct findings findings = look(f, path);
	assert_int_equal(findings.count, 11);
	assert_string_equal(findings.items[10].text, "… and 15 more like this");
}

static void a_clock_that_ran_ahead_is_told(void **state)
{
	struct fixture *f = *state;
	f->now += 30 * (int64_t)MS_DAY;
	fixture_ticket(f, "a@exemplo.com", "");
	f->now -= 30 * (int64_t)MS_DAY;
	struct findings findings;
	struct error err = {0};
	assert_true(store_check(f->desk, f, NULL, NULL, &findings, &err));
	assert_int_equal(findings.count, 1);
	assert_false(findings.items[0].is_error);
	assert_non_null(strstr(findings.items[0].text, "ahead of this machine's clock"));
}

static bool stop_at_third(void *data, int64_t done, int64_t total)
{
	(void)data;
	assert_true(done < total);
	return done < 2;
}

static void a_check_can_be_stopped(void **state)
{
	struct fixture *f = *state;
	struct findings findings;
	struct error err = {0};
	assert_false(store_check(f->desk, f, stop_at_third, NULL, &findings, &err));
	assert_string_equal(err.reason, "cancelled");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		with_fixture(each_damage_is_said),
		with_fixture(a_damaged_page_is_said),
		with_fixture(ten_of_a_kind_are_enough),
		with_fixture(a_clock_that_ran_ahead_is_told),
		with_fixture(a_check_can_be_stopped),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
