#include "again.h"
#include "test.h"

#include "base/mem.h"
#include "codec/change_json.h"
#include "codec/result_json.h"
#include "core/name.h"

#include <string.h>

static bool read(const void *mem, const char *text, struct change *change, struct error *err)
{
	const struct json *json;
	return json_parse(mem, text, strlen(text), 1, &json, err) &&
	       change_from_json(mem, json, change, err);
}

static const struct attachment file = {
	.name = (char *)"foto.png", .media_type = (char *)"image/png", .blob = (char *)"00ff"};

static void set_field(struct change *change, enum change_field field)
{
	void *at = (char *)change + change_fields[field].offset;
	switch (change_fields[field].type) {
	case FIELD_TEXT:
	case FIELD_LINE:
		*(const char **)at = "caf\xC3\xA9 \"com\"\nleite";
		break;
	case FIELD_ID:
	case FIELD_INT:
		*(int64_t *)at = INT64_MAX - field;
		break;
	case FIELD_TIME:
		*(int64_t *)at = INT64_C(1795361465250) + field;
		break;
	case FIELD_NAME:
		*(int *)at = (int)change_fields[field].names->count - 1;
		break;
	case FIELD_FILES:
		*(struct attachment_list *)at =
			(struct attachment_list){1, (struct attachment *)&file};
		break;
	}
}

static void assert_same_files(const struct attachment_list *a, const struct attachment_list *b)
{
	assert_int_equal(a->count, b->count);
	for (size_t i = 0; i < a->count; i++) {
		assert_string_equal(a->items[i].name, b->items[i].name);
		assert_string_equal(a->items[i].media_type, b->items[i].media_type);
		assert_string_equal(a->items[i].blob, b->items[i].blob);
	}
}

static void assert_same_fields(const struct change *a, const struct change *b)
{
	for (int field = 0; field < CHANGE_FIELDS; field++) {
		const struct change_field_info *info = &change_fields[field];
		const char *x = (const char *)a + info->offset;
		const char *y = (const char *)b + info->offset;
		assert_int_equal(change_has(a, (enum change_field)field),
			change_has(b, (enum change_field)field));
		if (info->type <= FIELD_LINE && change_has(a, (enum change_field)field)) {
			assert_string_equal(*(const char *const *)x, *(const char *const *)y);
		} else if (info->type == FIELD_NAME) {
			assert_int_equal(*(const int *)x, *(const int *)y);
		} else if (info->type == FIELD_FILES) {
			assert_same_files((const void *)x, (const void *)y);
		} else if (info->type > FIELD_LINE) {
			assert_true(*(const int64_t *)x == *(const int64_t *)y);
		}
	}
}

/* One field at a time, then all: a field that is new in the table is covered by itself. */
static void every_field_makes_the_trip(void **state)
{
	(void)state;
	for (int only = 0; only <= CHANGE_FIELDS; only++) {
		void *mem = mem_context(NULL);
		struct change change = {.kind = CHANGE_REPLY}, back;
		struct error err = {0};
		for (int field = 0; field < CHANGE_FIELDS; field++) {
			if (only == field || only == CHANGE_FIELDS) {
				set_field(&change, (enum change_field)field);
			}
		}
		char *text = json_print(mem, change_json(mem, &change));
		if (!read(mem, text, &back, &err)) {
			fail_msg("%s: %s", text, error_sentence(mem, &err, NULL));
		}
		assert_same_fields(&change, &back);
		talloc_free(mem);
	}
}

static void the_frame_makes_the_trip(void **state)
{
	(void)state;
	void *mem = mem_context(NULL);
	struct change change = {.id = uuid_make(INT64_C(1795361465250)),
		.kind = CHANGE_NOTE,
		.ticket = 1001,
		.customer = 12,
		.actor = 3,
		.group = 2,
		.imported = true,
		.at = 250,
		.text = "x"};
	struct change back;
	struct error err = {0};
	char *text = json_print(mem, change_json(mem, &change));
	assert_true(read(mem, text, &back, &err));
	assert_true(uuid_equal(&change.id, &back.id));
	assert_int_equal(back.kind, CHANGE_NOTE);
	assert_int_equal(back.ticket, 1001);
	assert_int_equal(back.customer, 12);
	assert_int_equal(back.actor, 3);
	assert_int_equal(back.group, 2);
	assert_true(back.imported);
	assert_int_equal(back.at, 250);
	assert_string_equal(back.text, "x");
	talloc_free(mem);
}

static void shape_is_as_documented(void **state)
{
	(void)state;
	void *mem = mem_context(NULL);
	struct change change = {.kind = CHANGE_TRANSFER,
		.ticket = 1001,
		.team = TEAM_NONE,
		.separate = FLAG_YES,
		.until_at = INT64_C(1795361465000)};
	assert_string_equal(json_print(mem, change_json(mem, &change)),
		"{\"kind\":\"transfer\",\"ticket\":1001,\"team\":-1,"
		"\"until\":\"2026-11-22T15:31:05Z\",\"separate\":\"yes\"}");
	talloc_free(mem);
}

static void what_is_no_change_is_refused(void **state)
{
	(void)state;
	static const struct {
		const char *text, *names;
	} cases[] = {
		{"[]", ""},
		{"{}", "kind"},
		{"{\"kind\":\"nothing\"}", "kind"},
		{"{\"kind\":5}", "kind"},
		{"{\"kind\":\"note\",\"ticker\":1}", "ticker"},
		{"{\"kind\":\"note\",\"id\":\"1\"}", "id"},
		{"{\"kind\":\"note\",\"ticket\":\"1001\"}", "ticket"},
		{"{\"kind\":\"note\",\"ticket\":1.5}", "ticket"},
		{"{\"kind\":\"note\",\"text\":1}", "text"},
		{"{\"kind\":\"note\",\"channel\":\"telegraph\"}", "channel"},
		{"{\"kind\":\"note\",\"channel\":\"\"}", "channel"},
		{"{\"kind\":\"note\",\"pinned\":true}", "pinned"},
		{"{\"kind\":\"note\",\"until\":\"tomorrow\"}", "until"},
		{"{\"kind\":\"note\",\"imported\":1}", "imported"},
		{"{\"kind\":\"note\",\"group\":-1}", "group"},
		{"{\"kind\":\"note\",\"group\":4294967297}", "group"},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		void *mem = mem_context(NULL);
		struct change change;
		struct error err = {0};
		assert_false(read(mem, cases[i].text, &change, &err));
		assert_int_equal(err.code, ERROR_INVALID);
		assert_string_equal(err.arg[0], cases[i].names);
		talloc_free(mem);
	}
}

static void detail_keeps_all_but_frame_text_and_secret(void **state)
{
	(void)state;
	void *mem = mem_context(NULL);
	struct change change = {.id = uuid_make(1), .kind = CHANGE_REPLY, .ticket = 1, .at = 1};
	for (int field = 0; field < CHANGE_FIELDS; field++) {
		set_field(&change, (enum change_field)field);
	}
	const struct json *json;
	struct error err = {0};
	struct change back = {0};
	struct json *detail = change_detail(mem, &change);
	assert_int_equal(json_count(again(mem, detail)), CHANGE_FIELDS - 2);
	json_add_text(detail, "kind", "reply");
	char *text = json_print(mem, detail);
	assert_true(json_parse(mem, text, strlen(text), 1, &json, &err));
	assert_true(change_from_json(mem, json, &back, &err));
	assert_null(back.text);
	assert_null(back.secret);
	back.text = change.text;
	back.secret = change.secret;
	assert_same_fields(&change, &back);
	talloc_free(mem);
}

static void detail_keeps_why_somebody_pauses(void **state)
{
	(void)state;
	void *mem = mem_context(NULL);
	struct change change = {.kind = CHANGE_PAUSE, .text = "almo\xC3\xA7o"};
	assert_string_equal(
		json_print(mem, change_detail(mem, &change)), "{\"text\":\"almo\xC3\xA7o\"}");
	talloc_free(mem);
}

static void results_tell_what_became_of_it(void **state)
{
	(void)state;
	void *mem = mem_context(NULL);
	char login[] = "bruno";
	struct operator_ bruno = {.id = 2, .login = login};
	struct directory directory = {.operator_count = 1, .operators = &bruno};
	struct result result = {.ok = true, .revision = 17, .ticket = 1001, .generation = 17};
	assert_string_equal(json_print(mem, result_json(mem, &result, &directory, NULL)),
		"{\"ok\":true,\"repeat\":false,\"revision\":17,\"ticket\":1001,\"customer\":null,"
		"\"generation\":17}");
	result = (struct result){.ticket = 1001, .holder = 2, .holder_since = 1000};
	error_set_reason(&result.err, ERROR_CONFLICT, "held", "{0} has it", "bruno", NULL);
	assert_string_equal(json_print(mem, result_json(mem, &result, &directory, "{0} pegou")),
		"{\"ok\":false,\"error\":{\"code\":\"conflict\",\"reason\":\"held\","
		"\"message\":\"bruno pegou\",\"text\":\"{0} has "
		"it\",\"args\":[\"bruno\"]},\"ticket\":1001,\"holder\":\"bruno\","
		"\"holder_since\":\"1970-01-01T00:00:01Z\",\"newest\":null,"
		"\"customer\":null,\"generation\":null}");
	talloc_free(mem);
}

static void errors_have_code_reason_and_sentence(void **state)
{
	(void)state;
	void *mem = mem_context(NULL);
	struct error err = {0};
	error_set(&err, ERROR_NOT_FOUND, "No ticket {0}.", "7", NULL);
	assert_string_equal(json_print(mem, error_json(mem, &err, NULL)),
		"{\"error\":{\"code\":\"not_found\",\"reason\":null,\"message\":\"No ticket "
		"7.\",\"text\":\"No ticket {0}.\",\"args\":[\"7\"]}}");
	talloc_free(mem);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_field_makes_the_trip),
		cmocka_unit_test(the_frame_makes_the_trip),
		cmocka_unit_test(shape_is_as_documented),
		cmocka_unit_test(what_is_no_change_is_refused),
		cmocka_unit_test(detail_keeps_all_but_frame_text_and_secret),
		cmocka_unit_test(detail_keeps_why_somebody_pauses),
		cmocka_unit_test(results_tell_what_became_of_it),
		cmocka_unit_test(errors_have_code_reason_and_sentence),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
