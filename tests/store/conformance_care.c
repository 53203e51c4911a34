#include "chance.h"

#include "base/file.h"
#include "base/mem.h"
#include "base/text.h"
#include "test.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Copies of a desk: whole, consistent, and equal. */

/* --- records --- */

struct records {
	void *mem;
	size_t count;
	struct record *records;
	char *text; /* all of it, to compare */
	size_t size, room;
};

static void add_text(struct records *records, const char *text)
{
	size_t length = strlen(text);
	if (records->size + length + 1 > records->room) {
		records->room = 2 * (records->size + length + 1);
		records->text = mem_grow(records->mem, records->text, char, records->room);
	}
	memcpy(records->text + records->size, text, length + 1);
	records->size += length;
}

static bool keep(void *data, const struct record *record, struct error *err)
{
	struct records *records = data;
	(void)err;
	records->records =
		mem_grow(records->mem, records->records, struct record, records->count + 1);
	struct record *copy = &records->records[records->count++];
	*copy = (struct record){.type = mem_strdup(records->mem, record->type),
		.count = record->count,
		.values = mem_dup(
			records->mem, record->values, record->count * sizeof *record->values)};
	add_text(records, record->type);
	for (size_t i = 0; i < record->count; i++) {
		struct record_value *value = &copy->values[i];
		value->name = mem_strdup(records->mem, value->name);
		value->text = value->is_text	? mem_strdup(records->mem, value->text)
			      : value->is_bytes ? mem_dup(records->mem, value->text, value->size)
						: NULL;
		add_text(records, value->is_text ? mem_printf(records->mem, " %s=\"%s\"",
							   value->name, value->text)
						 : mem_printf(records->mem, " %s=%lld", value->name,
							   (long long)value->number));
	}
	add_text(records, "\n");
	return true;
}

static struct records dump(struct fixture *f, struct store *store)
{
	struct records records = {.mem = mem_context(f)};
	struct error err = {0};
	assert_true(store_dump(store, keep, &records, &err));
	return records;
}

static struct store *open_second(struct fixture *f, bool create, const char *dir)
{
	char *path = mem_printf(f, "%s/%s", f->dir, dir);
	struct store_options options = {
		.clock = fixture_clock(f), .create = create, .creator = "zoe"};
	struct store *store;
	struct error err = {0};
	if (create) {
		assert_int_equal(mkdir(path, 0700), 0);
	}
	if (!place_open(f, path, &options, &store, &err)) {
		fail_msg("%s", error_sentence(f, &err, NULL));
	}
	return store;
}

/* How many were added. */
static size_t restore(struct store *store, const struct records *records)
{
	size_t count = 0;
	struct error err = {0};
	assert_true(store_restore_begin(store, &err));
	for (size_t i = 0; i < records->count; i++) {
		bool added;
		if (!store_restore(store, &records->records[i], &added, &err)) {
			fail_msg("%s", error_sentence(NULL, &err, NULL));
		}
		count += added ? 1 : 0;
	}
	if (!store_restore_end(store, true, &err)) {
		fail_msg("%s", error_sentence(NULL, &err, NULL));
	}
	return count;
}

static void is_sound(struct fixture *f, struct store *store)
{
	struct findings findings;
	struct error err = {0};
	assert_true(store_check(store, f, NULL, NULL, &findings, &err));
	for (size_t i = 0; i < findings.count; i++) {
		print_error("%s\n", findings.items[i].text);
		assert_false(findings.items[i].is_error);
	}
}

static void lively_desk(struct fixture *f)
{
	uint64_t dice = 99;
	chance_changes(f, &dice, 300);
	chance_files(f, &dice, 10);
	chance_memos(f, &dice, 20);
	fixture_do(f, "ana",
		(struct change){.kind = CHANGE_PREFERENCE, .key = "order", .value = "waiting"});
	int64_t one = fixture_ticket(f, "juntar@exemplo.com", "entrega");
	int64_t two = fixture_ticket(f, "juntar@exemplo.com", "entrega");
	fixture_do(f, "davi", (struct change){.kind = CHANGE_MERGE, .ticket = one, .other = two});
	struct draft draft = {
		.ticket = two, .kind = DRAFT_NOTE, .text = mem_strdup(f, "meio\ntexto \"é\"")};
	struct error err = {0};
	assert_true(store_draft_save(fixture_as(f, "davi"), &draft, &err));
}

static void a_dump_restored_is_an_equal_desk(void **state)
{
	struct fixture *f = *state;
	lively_desk(f);
	struct records first = dump(f, f->desk);
	struct store *copy = open_second(f, true, "copy");
	assert_int_equal(restore(copy, &first), first.count);
	struct records second = dump(f, copy);
	assert_string_equal(first.text, second.text);
	is_sound(f, copy);
	assert_int_equal(restore(copy, &first), 0);
	assert_string_equal(dump(f, copy).text, first.text);
	/* Zoe, who made the copy, is not of the desk that it is now. */
	struct error err = {0};
	assert_false(store_act_as(copy, "zoe", &err));
	assert_true(store_act_as(copy, "ana", &err));
	struct search_query query = {.text = "verificar"};
	struct search_page here, there;
	assert_true(store_search(fixture_as(f, "ana"), f, &query, &here, &err));
	assert_true(store_search(copy, f, &query, &there, &err));
	assert_true(here.count > 0);
	assert_int_equal(here.count, there.count);
	store_close(copy);
}

static bool try_record(struct store *store, const struct record *record, struct error *err)
{
	bool added;
	assert_true(store_restore_begin(store, err));
	bool ok = store_restore(store, record, &added, err);
	bool ended = store_restore_end(store, ok, err);
	return ok && ended;
}

static void a_record_that_does_not_fit_is_refused(void **state)
{
	struct fixture *f = *state;
	struct record_value setting[] = {{.name = "name", .is_text = true, .text = "desk_name"},
		{.name = "value", .is_text = true, .text = "Loja"}, {.name = "more", .number = 1}};
	struct record_value address[] = {{.name = "id", .number = 900},
		{.name = "customer", .number = 12345}, {.name = "kind", .number = 1},
		{.name = "value", .is_text = true, .text = "a@b.c"},
		{.name = "key", .is_text = true, .text = "email:a@b.c"}};
	struct record_value wrong[] = {
		{.name = "name", .number = 5}, {.name = "value", .is_text = true, .text = ""}};
	const struct record records[] = {{"nonsense", 0, NULL}, {"sqlite_schema", 0, NULL},
		{"setting", 1, setting}, {"setting", 3, setting}, {"setting", 2, wrong},
		{"address", 5, address}};
	char *before = dump(f, f->desk).text;
	for (size_t i = 0; i < ARRAY_LEN(records); i++) {
		struct error err = {0};
		assert_false(try_record(f->desk, &records[i], &err));
		assert_int_equal(err.code, ERROR_INVALID);
	}
	/* A desk without customers is emptied for what comes: not for good if that has no admin. */
	struct error err = {0};
	const struct record good = {"setting", 2, setting};
	assert_false(try_record(f->desk, &good, &err));
	assert_int_equal(err.code, ERROR_INVALID);
	assert_string_equal(dump(f, f->desk).text, before);
	fixture_ticket(f, "a@exemplo.com", "");
	assert_true(try_record(f->desk, &good, &err));
}

static void only_admins_take_the_desk_as_a_whole(void **state)
{
	struct fixture *f = *state;
	struct records records = {.mem = f};
	struct error err = {0};
	assert_false(store_dump(fixture_as(f, "davi"), keep, &records, &err));
	assert_int_equal(err.code, ERROR_DENIED);
	assert_int_equal(records.count, 0);
	assert_false(store_restore_begin(fixture_as(f, "ana"), &err));
	assert_int_equal(err.code, ERROR_DENIED);
	/* Nothing is left under way. */
	fixture_ticket(f, "a@exemplo.com", "");
	assert_true(store_dump(fixture_as(f, "eva"), keep, &records, &err));
	assert_true(records.count > 0);
}

/* --- backup --- */

struct busy {
	struct fixture *f;
	int calls, stop_at;
};

/* Somebody writes at each step of the copy. */
static bool write_meanwhile(void *data, int64_t done, int64_t total)
{
	struct busy *busy = data;
	assert_true(done >= 0 && done <= total);
	fixture_do(busy->f, "davi",
		(struct change){.kind = CHANGE_NEW,
			.channel = CHANNEL_WEB,
			.address = "durante@exemplo.com",
			.subject = "Durante a cópia",
			.text = "durante"});
	return ++busy->calls != busy->stop_at;
}

static void a_backup_is_of_one_moment(void **state)
{
	struct fixture *f = *state;
	lively_desk(f);
	char *before = dump(f, f->desk).text;
	char *dir = mem_printf(f, "%s/saved", f->dir);
	assert_int_equal(mkdir(dir, 0700), 0);
	char *path = mem_printf(f, "%s/desk.db", dir);
	struct busy busy = {.f = f};
	struct error err = {0};
	fixture_as(f, "davi");
	assert_true(store_backup(f->desk, path, write_meanwhile, &busy, &err));
	assert_true(busy.calls > 1);
	struct store *copy = open_second(f, false, "saved");
	assert_string_equal(dump(f, copy).text, before);
	is_sound(f, copy);
	store_close(copy);
	assert_string_not_equal(dump(f, f->desk).text, before);
}

static void a_backup_harms_no_file(void **state)
{
	struct fixture *f = *state;
	char *path = mem_printf(f, "%s/precious", f->dir);
	struct error err = {0};
	char *bytes;
	size_t size;
	assert_true(file_replace(path, "precious", 8, &err));
	assert_false(store_backup(f->desk, path, NULL, NULL, &err));
	assert_int_equal(err.code, ERROR_CONFLICT);
	assert_true(file_read(f, path, 100, &bytes, &size, &err));
	assert_string_equal(bytes, "precious");
	assert_false(
		store_backup(f->desk, mem_printf(f, "%s/nowhere/x.db", f->dir), NULL, NULL, &err));
	assert_int_equal(err.code, ERROR_UNAVAILABLE);
	struct busy busy = {.f = f, .stop_at = 1};
	path = mem_printf(f, "%s/stopped.db", f->dir);
	assert_false(store_backup(f->desk, path, write_meanwhile, &busy, &err));
	assert_string_equal(err.reason, "cancelled");
	assert_int_not_equal(access(path, F_OK), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		with_fixture(a_dump_restored_is_an_equal_desk),
		with_fixture(a_record_that_does_not_fit_is_refused),
		with_fixture(only_admins_take_the_desk_as_a_whole),
		with_fixture(a_backup_is_of_one_moment),
		with_fixture(a_backup_harms_no_file),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
