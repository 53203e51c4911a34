#include "object_chance.h"

#include "again.h"
#include "test.h"

#include "base/kept.h"
#include "base/mem.h"
#include "codec/directory_json.h"
#include "codec/objects.h"
#include "codec/result_json.h"
#include "codec/ticket_json.h"
#include "core/problem.h"

#include <string.h>

/* What is written is read back as the same, for chance values of every field of every table. */

/* --- there and back --- */

static const struct {
	const char *what;
	const struct object_info *info;
	size_t size; /* of the struct: whoever adds a member to it finds out here */
	size_t left; /* bytes that no field covers: holes between members, and those named here */
} objects[] = {
	{"ticket_row", &ticket_row_object, 408, 41},
	{"queue_page", &queue_page_object, 80, 7},
	{"search_page", &search_page_object, 64, 23}, /* copied_at, copied: of who asks */
	{"message", &message_object, 136, 15},
	{"note", &note_object, 56, 0},
	{"question", &question_object, 80, 0},
	{"draft", &draft_object, 96, 4},
	{"attachment", &attachment_object, 48, 0},
	{"draft_list", &draft_list_object, 16, 0},
	{"outbox", &outbox_object, 16, 0},
	/* 25: row.customer_… and row.ticket.customer, which are those of its customer */
	{"ticket_view", &ticket_view_object, 608, 57 + 25},
	{"customer_view", &customer_view_object, 104, 9},
	{"counts", &counts_object, 64, 7},
	{"load_list", &load_list_object, 16, 0},
	{"feed_item", &feed_item_object, 96, 11},
	{"feed", &feed_object, 32, 0},
	{"presence_list", &presence_list_object, 16, 0},
	{"presence", &presence_object, 48, 4},
	{"memo_list", &memo_list_object, 32, 7},
	{"memo", &memo_object, 64, 7},
	{"token_list", &token_list_object, 16, 0},
	/* kind is an int; hash, revoked_at */
	{"token", &token_object, 80, 4 + 16},
	{"renewal", &renewal_object, 48, 7},
	/* settings, and the calendars as they are applied */
	{"directory", &directory_object, sizeof(struct settings) + 112,
		sizeof(struct settings) + sizeof(void *)},
	/* 800: err, and how it failed; 24: holder, holder_since, newest */
	{"applied", &applied_object, 856, 5 + 792 + 24},
	/* ok, is_repeat, err; revision */
	{"refused", &refused_object, 856, 800 + 8},
};

static void every_object_makes_the_trip(void **state)
{
	(void)state;
	for (int turn = 0; turn < 50; turn++) {
		for (size_t i = 0; i < ARRAY_LEN(objects); i++) {
			void *mem = mem_context(NULL);
			const struct object_info *info = objects[i].info;
			struct directory *directory = chance_directory(mem);
			char *row = mem_check(talloc_zero_size(mem, info->size));
			char *back = mem_check(talloc_zero_size(mem, info->size));
			struct error err = {0};
			object_fill(mem, info, row);
			struct json *object = json_object(mem);
			object_add_json(object, info, row, &(struct field_scope){directory, 0});
			char *text = json_print(mem, object);
			const struct json *read;
			assert_true(json_parse(mem, text, strlen(text), 1, &read, &err));
			if (!object_from_json(mem, read, info, back, directory, &err)) {
				fail_msg("%s: %s: %s", objects[i].what, err.arg[0], text);
			}
			object_same(info, row, back);
			talloc_free(mem);
		}
	}
}

static void cover(const struct object_info *info, size_t offset, char *covered)
{
	for (size_t i = 0; i < info->count; i++) {
		const struct field_info *field = &info->fields[i];
		bool is_part = field->object && field->shape != SHAPE_ROWS;
		if (is_part) {
			cover(field->object, offset + field->offset, covered);
		} else {
			memset(covered + offset + field->offset, 1, field_size(field));
		}
		if (field->shape == SHAPE_ROWS || field->shape == SHAPE_TEAMS) {
			memset(covered + offset + field->count, 1, sizeof(size_t));
		}
	}
}

static void every_member_of_a_struct_is_in_its_table(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(objects); i++) {
		const struct object_info *info = objects[i].info;
		char *covered = mem_check(talloc_zero_size(NULL, info->size));
		size_t left = 0;
		cover(info, 0, covered);
		for (size_t j = 0; j < info->size; j++) {
			left += covered[j] == 0;
		}
		if (info->size != objects[i].size || left != objects[i].left) {
			fail_msg("struct %s has %zu bytes, its table leaves out %zu",
				objects[i].what, info->size, left);
		}
		talloc_free(covered);
	}
}

static void a_view_has_its_customer_once(void **state)
{
	(void)state;
	void *mem = mem_context(NULL);
	struct directory *directory = chance_directory(mem);
	struct ticket_view view = {0}, back;
	object_fill(mem, &ticket_view_object, &view);
	const struct json *json = again(mem, ticket_view_json(mem, &view, directory, 0));
	assert_true(ticket_view_from_json(mem, json, &back, directory, NULL));
	object_same(&ticket_view_object, &view, &back);
	assert_int_equal(back.row.ticket.customer, view.customer.customer.id);
	assert_string_equal(back.row.customer_name, view.customer.customer.name);
	assert_string_equal(back.row.customer_address, view.customer.addresses[0].value);
	assert_true(back.row.customer_shared);
	talloc_free(mem);
}

static struct directory *whole_directory(const void *mem)
{
	struct directory *words = chance_directory(mem);
	struct directory *directory = mem_new(mem, struct directory);
	object_fill(mem, &directory_object, directory);
	for (size_t i = 0; i < directory->calendar_count; i++) {
		struct calendar_row *row = &directory->calendar_rows[i];
		*row = (struct calendar_row){.id = (int64_t)i + 1,
			.key = mem_printf(mem, "c-%zu", i),
			.zone = mem_strdup(mem, "America/Sao_Paulo"),
			.hours = mem_strdup(mem, "mon-fri 09:00-18:00"),
			.holidays = mem_strdup(mem, "2026-12-25 Natal")};
	}
	directory->teams = words->teams;
	directory->team_count = words->team_count;
	directory->teams[0].calendar = 1;
	for (int i = 0; i < SMALL; i++) {
		directory->teams[i].name = chance_text(mem, false);
	}
	directory->reasons = words->reasons;
	directory->reason_count = words->reason_count;
	for (int i = 0; i < SMALL; i++) {
		directory->reasons[i].name = chance_text(mem, false);
		directory->reasons[i].parent = i;
	}
	settings_init(directory, &directory->settings);
	directory->settings.claim_ms = 77000;
	directory->settings.delivery = true;
	return directory;
}

static void a_directory_refers_to_itself(void **state)
{
	(void)state;
	void *mem = mem_context(NULL);
	struct directory *directory = whole_directory(mem), *back;
	struct error err = {0};
	const struct json *json = again(mem, directory_json(mem, directory));
	if (!directory_from_json(mem, json, &back, &err)) {
		fail_msg("%s: %s", err.text, err.arg[0]);
	}
	object_same(&directory_object, directory, back);
	assert_int_equal(back->settings.claim_ms, 77000);
	assert_true(back->settings.delivery);
	assert_string_equal(back->settings.language, directory->settings.language);
	assert_int_equal(back->calendars[0].interval_count, 5);
	assert_int_equal(back->calendars[0].holiday_count, 1);
	assert_true(back->calendars[0].zone.count > 0);
	assert_string_equal(json_print(mem, directory_json(mem, back)),
		json_print(mem, directory_json(mem, directory)));
	talloc_free(mem);
}

static void a_due_time_that_is_never_stays_so(void **state)
{
	(void)state;
	void *mem = mem_context(NULL);
	struct directory *directory = chance_directory(mem);
	struct ticket_row row = {0}, back;
	object_fill(mem, &ticket_row_object, &row);
	row.ticket.due_at = row.ticket.answer_due_at = DUE_NEVER;
	row.ticket.snoozed_until = 0;
	row.claim = (struct claim){0};
	row.covered_by = 0;
	*row.snippet = *row.ticket.ref = *row.ticket.tags = '\0';
	struct json *object = json_object(mem);
	ticket_row_add_json(object, &row, directory, 0);
	assert_true(object_from_json(
		mem, again(mem, object), &ticket_row_object, &back, directory, NULL));
	object_same(&ticket_row_object, &row, &back);
	talloc_free(mem);
}

/* --- what became of it --- */

static void a_result_makes_the_trip(void **state)
{
	(void)state;
	void *mem = mem_context(NULL);
	struct directory *directory = chance_directory(mem);
	struct result result = {.ticket = 1001, .holder = 2, .holder_since = 1000}, back;
	problem(&result.err, PROBLEM_HELD, "1001", "bruno", "3m", NULL);
	const struct json *json = again(mem, result_json(mem, &result, directory, "pego"));
	assert_true(result_from_json(mem, json, &back, directory, NULL));
	assert_false(back.ok);
	object_same(&refused_object, &result, &back);
	assert_int_equal(back.err.code, result.err.code);
	assert_string_equal(back.err.reason, result.err.reason);
	assert_string_equal(back.err.text, result.err.text);
	assert_memory_equal(back.err.arg, result.err.arg, sizeof result.err.arg);

	result = (struct result){.ok = true, .is_repeat = true, .revision = 9, .customer = 4};
	json = again(mem, result_json(mem, &result, directory, NULL));
	assert_true(result_from_json(mem, json, &back, directory, NULL));
	object_same(&applied_object, &result, &back);
	assert_false(result_from_json(mem, again(mem, json_object(mem)), &back, directory, NULL));
	talloc_free(mem);
}

static void a_problem_makes_the_trip(void **state)
{
	(void)state;
	void *mem = mem_context(NULL);
	struct error err = {0}, back = {0};
	problem(&err, PROBLEM_NO_TICKET, "17", NULL);
	const struct json *object = again(mem, problem_json(mem, &err, 404, "Not Found", 5));
	assert_string_equal(json_text(json_get(object, "type")), "about:blank");
	assert_string_equal(json_text(json_get(object, "detail")), error_sentence(mem, &err, NULL));
	assert_true(error_from_json(object, &back));
	assert_int_equal(back.code, ERROR_NOT_FOUND);
	assert_string_equal(back.text, err.text);
	assert_string_equal(back.reason, err.reason);
	assert_memory_equal(back.arg, err.arg, sizeof err.arg);
	talloc_free(mem);
}

static bool read_error(const void *mem, const char *text, struct error *err)
{
	const struct json *json;
	assert_true(json_parse(mem, text, strlen(text), 1, &json, NULL));
	return error_from_json(json, err);
}

static void a_stranger_s_error_is_made_clean_and_kept_once(void **state)
{
	(void)state;
	void *mem = mem_context(NULL);
	struct error err, other;
	assert_true(read_error(mem,
		"{\"code\":\"denied\",\"reason\":\"a "
		"b\",\"text\":\"\\u001b[2J{0}\",\"detail\":\"d\","
		"\"args\":[\"\\u202ex\",7,null,\"\",\"more\"]}",
		&err));
	assert_null(err.reason);
	assert_string_equal(err.text, "[2J{0}");
	assert_string_equal(err.arg[0], "x");
	assert_string_equal(err.arg[1], "");
	assert_true(read_error(
		mem, "{\"code\":\"denied\",\"text\":\"\\u001b[2J{0}\",\"args\":[]}", &other));
	assert_ptr_equal(err.text, other.text);
	assert_false(read_error(mem, "{\"code\":\"denied\"}", &err));
	assert_false(read_error(mem, "{\"code\":\"?\",\"text\":\"a\"}", &err));
	assert_false(read_error(mem, "[]", &err));
	talloc_free(mem);
}

static void only_so_many_texts_are_kept(void **state)
{
	(void)state;
	void *mem = mem_context(NULL);
	struct error err;
	for (int i = 0; i < KEPT_MOST + 10; i++) {
		kept_text(mem_printf(mem, "sentence %d", i));
	}
	assert_null(kept_text("one more"));
	assert_true(read_error(
		mem, "{\"code\":\"invalid\",\"text\":\"new {0}\",\"detail\":\"new one\"}", &err));
	assert_string_equal(error_sentence(mem, &err, NULL), "new one");
	talloc_free(mem);
}

/* --- what is refused --- */

static bool read_row(const void *mem, const char *key, const char *value)
{
	struct directory *directory = chance_directory(mem);
	struct ticket_row row = {0}, back;
	struct error err = {0};
	object_fill(mem, &ticket_row_object, &row);
	struct json *object = json_object(mem), *changed = json_object(mem);
	ticket_row_add_json(object, &row, directory, 0);
	for (const struct json *item = json_first(again(mem, object)); item;
		item = json_next(item)) {
		if (strcmp(json_key(item), key) != 0) {
			json_add_copy(changed, json_key(item), item);
		} else if (value) {
			json_add_raw(changed, key, value);
		}
	}
	bool ok = object_from_json(
		mem, again(mem, changed), &ticket_row_object, &back, directory, &err);
	assert_true(ok || (err.code == ERROR_INVALID && strcmp(err.arg[0], key) == 0));
	return ok;
}

static void what_is_wrong_is_named(void **state)
{
	(void)state;
	void *mem = mem_context(NULL);
	static const struct {
		const char *key, *value;
		bool ok;
	} cases[] = {
		{"number", "1001", true},
		{"number", NULL, false},
		{"number", "\"x\"", false},
		{"state", "\"closed\"", false},
		{"state", "1", false},
		{"subject", NULL, false},
		{"subject", "[]", false},
		{"team", "\"nobody\"", false},
		{"team", "null", true},
		{"claimed_by", "\"stranger\"", false},
		{"claim_generation", "-1", false},
		{"claim_grace", "0", false},
		{"claim", "[]", false},
		{"claim", NULL, true},
		{"due_at", "\"tomorrow\"", false},
		{"due_at", "\"2026-01-01T00:00:00\"", false},
		{"tags", "[\"a b\"]", false},
		{"tags", "\"a\"", false},
		{"tags", "[1]", false},
		{"cursor", "\"AAAA\"", false},
		{"cursor", "\"////////////////////////////////////////////////\"", false},
		{"customer", "null", false},
		{"unheard_of", "1", true},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		if (read_row(mem, cases[i].key, cases[i].value) != cases[i].ok) {
			fail_msg("%s: %s", cases[i].key, cases[i].value);
		}
	}
	talloc_free(mem);
}

static void texts_are_made_clean(void **state)
{
	(void)state;
	void *mem = mem_context(NULL);
	static const char text[] =
		"{\"id\":1,\"name\":\"a\\u001b[31m\\nb\",\"media_type\":\"\\u202e\","
		"\"size_bytes\":1,\"blob\":\"00\",\"of\":null}";
	struct attachment back;
	const struct json *json;
	assert_true(json_parse(mem, text, strlen(text), 1, &json, NULL));
	assert_true(object_from_json(mem, json, &attachment_object, &back, NULL, NULL));
	assert_string_equal(back.name, "a[31m b");
	assert_string_equal(back.media_type, "");
	talloc_free(mem);
}

static void a_setting_out_of_range_is_refused(void **state)
{
	(void)state;
	void *mem = mem_context(NULL);
	struct directory *directory = whole_directory(mem), *back;
	struct error err = {0};
	directory->settings.max_claims = 0;
	assert_false(
		directory_from_json(mem, again(mem, directory_json(mem, directory)), &back, &err));
	assert_string_equal(err.arg[0], "max_claims");
	assert_null(back);
	talloc_free(mem);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_object_makes_the_trip),
		cmocka_unit_test(every_member_of_a_struct_is_in_its_table),
		cmocka_unit_test(a_view_has_its_customer_once),
		cmocka_unit_test(a_directory_refers_to_itself),
		cmocka_unit_test(a_due_time_that_is_never_stays_so),
		cmocka_unit_test(a_result_makes_the_trip),
		cmocka_unit_test(a_problem_makes_the_trip),
		cmocka_unit_test(a_stranger_s_error_is_made_clean_and_kept_once),
		cmocka_unit_test(what_is_wrong_is_named),
		cmocka_unit_test(texts_are_made_clean),
		cmocka_unit_test(a_setting_out_of_range_is_refused),
		cmocka_unit_test(only_so_many_texts_are_kept),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
