#include "test.h"

#include "base/mem.h"
#include "codec/record_json.h"

#include <string.h>

static bool read(const void *mem, const char *text, struct record *record, struct error *err)
{
	return record_parse(mem, text, strlen(text), 17, record, err);
}

static void every_value_makes_the_trip(void **state)
{
	(void)state;
	void *mem = mem_context(NULL);
	struct record_value values[] = {
		{.name = "zero"},
		{.name = "least", .number = INT64_MIN},
		{.name = "most", .number = INT64_MAX},
		{.name = "edge", .number = INT64_C(9007199254740992)},
		{.name = "beyond", .number = INT64_C(9007199254740993)},
		{.name = "digits", .is_text = true, .text = "9007199254740993"},
		{.name = "empty", .is_text = true, .text = ""},
		{.name = "text", .is_text = true, .text = "a\"\\\n\t\xC3\xA9\xF0\x9F\x98\x80"},
		{.name = "none", .is_null = true},
	};
	struct record record = {"ticket", ARRAY_LEN(values), values}, back;
	struct error err = {0};
	char *line = record_print(mem, &record);
	assert_null(strchr(line, '\n'));
	assert_true(read(mem, line, &back, &err));
	assert_string_equal(back.type, "ticket");
	assert_int_equal(back.count, record.count);
	for (size_t i = 0; i < back.count; i++) {
		assert_string_equal(back.values[i].name, values[i].name);
		assert_int_equal(back.values[i].is_null, values[i].is_null);
		assert_int_equal(back.values[i].is_text, values[i].is_text);
		assert_true(back.values[i].number == values[i].number);
		if (values[i].is_text) {
			assert_string_equal(back.values[i].text, values[i].text);
		}
	}
	assert_string_equal(record_print(mem, &back), line);
	talloc_free(mem);
}

static void shape_is_as_documented(void **state)
{
	(void)state;
	struct record_value values[] = {{.name = "number", .number = 1001},
		{.name = "ref", .is_null = true},
		{.name = "n", .number = INT64_C(9007199254740993)}};
	struct record record = {"ticket", 3, values};
	char *line = record_print(NULL, &record);
	assert_string_equal(line,
		"{\"ticket\":{\"number\":1001,\"ref\":null,\"n\":{\"int\":\"9007199254740993\"}}}");
	talloc_free(line);
}

static void what_is_no_record_is_refused_with_its_line(void **state)
{
	(void)state;
	static const char *const texts[] = {"", "[]", "{}", "{\"a\":1}", "{\"a\":{},\"b\":{}}",
		"{\"a\":{\"x\":true}}", "{\"a\":{\"x\":1.5}}", "{\"a\":{\"x\":[]}}",
		"{\"a\":{\"x\":{}}}", "{\"a\":{\"x\":{\"int\":\"5\"}}}",
		"{\"a\":{\"x\":{\"int\":5}}}",
		"{\"a\":{\"x\":{\"int\":\"9007199254740993\",\"y\":1}}}"};
	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		void *mem = mem_context(NULL);
		struct record record;
		struct error err = {0};
		if (read(mem, texts[i], &record, &err)) {
			fail_msg("accepted: %s", texts[i]);
		}
		assert_int_equal(err.code, ERROR_INVALID);
		assert_string_equal(err.arg[0], "17");
		talloc_free(mem);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_value_makes_the_trip),
		cmocka_unit_test(shape_is_as_documented),
		cmocka_unit_test(what_is_no_record_is_refused_with_its_line),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
