#include "test.h"

#include "base/mem.h"
#include "codec/json.h"
#include "core/ticket.h"

#include <string.h>

static const struct json *parsed(const void *mem, const char *text)
{
	const struct json *json;
	struct error err = {0};
	if (!json_parse(mem, text, strlen(text), 1, &json, &err)) {
		fail_msg("%s: %s", text, error_sentence(mem, &err, NULL));
	}
	return json;
}

/* Refused, with line and character, for the reason whose sentence holds `word`. */
static void refused_bytes(
	const char *text, size_t size, const char *line, const char *column, const char *word)
{
	const struct json *json;
	struct error err = {0};
	void *mem = mem_context(NULL);
	if (json_parse(mem, text, size, 1, &json, &err)) {
		fail_msg("accepted: %s", text);
	}
	assert_int_equal(err.code, ERROR_INVALID);
	assert_null(json);
	assert_string_equal(err.arg[0], line);
	assert_string_equal(err.arg[1], column);
	if (!strstr(error_sentence(mem, &err, NULL), word)) {
		fail_msg("%s: %s", text, error_sentence(mem, &err, NULL));
	}
	talloc_free(mem);
}

static void refused(const char *text, const char *line, const char *column, const char *word)
{
	refused_bytes(text, strlen(text), line, column, word);
}

static void values_have_their_types(void **state)
{
	(void)state;
	void *mem = mem_context(NULL);
	const struct json *json = parsed(mem, " {\"a\":[1,-0.5,1e3,0],\"b\":true,\"c\":null,\"d\":"
					      "\"x\\u00e9\\n\\uD83D\\uDE00\", \"e\":{}}\r\n");
	assert_int_equal(json_type_of(json), JSON_OBJECT);
	assert_int_equal(json_count(json), 5);
	assert_int_equal(json_count(json_get(json, "a")), 4);
	int64_t value = 7;
	assert_true(json_int(json_at(json_get(json, "a"), 0), &value));
	assert_int_equal(value, 1);
	assert_false(json_int(json_at(json_get(json, "a"), 1), &value));
	assert_int_equal(value, 1);
	assert_true(json_int(json_at(json_get(json, "a"), 2), &value));
	assert_int_equal(value, 1000);
	assert_null(json_at(json_get(json, "a"), 4));
	assert_true(json_bool(json_get(json, "b")));
	assert_int_equal(json_type_of(json_get(json, "c")), JSON_NULL);
	assert_string_equal(json_text(json_get(json, "d")), "x\xC3\xA9\n\xF0\x9F\x98\x80");
	assert_int_equal(json_type_of(json_get(json, "e")), JSON_OBJECT);
	assert_null(json_get(json, "A"));
	assert_null(json_first(json_get(json, "e")));
	assert_string_equal(json_key(json_next(json_first(json))), "b");
	talloc_free(mem);
}

static void nothing_is_a_value_too(void **state)
{
	(void)state;
	int64_t value;
	assert_int_equal(json_type_of(NULL), JSON_NULL);
	assert_null(json_get(NULL, "a"));
	assert_null(json_first(NULL));
	assert_null(json_next(NULL));
	assert_null(json_text(NULL));
	assert_false(json_int(NULL, &value));
	assert_int_equal(json_count(NULL), 0);
	assert_string_equal(json_key(NULL), "");
}

static void what_is_not_json_is_refused(void **state)
{
	(void)state;
	static const struct {
		const char *text, *line, *column;
	} cases[] = {
		{"", "1", "1"},
		{"{", "1", "2"},
		{"{\n\"\xC3\xA9\": x}", "2", "6"},
		{"[1,]", "1", "4"},
		{"[01]", "1", "3"},
		{"[+1]", "1", "2"},
		{"[1.]", "1", "4"},
		{"[.5]", "1", "2"},
		{"[1e]", "1", "4"},
		{"[-]", "1", "3"},
		{"{\"a\":1,}", "1", "8"},
		{"{a:1}", "1", "2"},
		{"{\"a\" 1}", "1", "6"},
		{"'a'", "1", "1"},
		{"\"a", "1", "3"},
		{"\"a\nb\"", "1", "3"},
		{"\"\t\"", "1", "2"},
		{"\"\\x\"", "1", "3"},
		{"\"\\u12G4\"", "1", "4"},
		{"nul", "1", "1"},
		{"TRUE", "1", "1"},
		{"NaN", "1", "1"},
		{"1 2", "1", "3"},
		{"[1] //", "1", "5"},
		{"\xEF\xBB\xBF{}", "1", "1"},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		refused(cases[i].text, cases[i].line, cases[i].column, "not valid JSON");
	}
}

static void what_would_be_lost_is_refused(void **state)
{
	(void)state;
	refused_bytes("[\"a\0b\"]", 7, "1", "4", "JSON");
	refused_bytes("[1]\0", 4, "1", "4", "JSON");
	refused("[\"a\\u0000b\"]", "1", "4", "NUL");
	refused("\n[\"\\ud800\"]", "2", "3", "surrogate");
	refused("[\"\\udc00\\ud800\"]", "1", "3", "surrogate");
	refused("[\"\\ud800\\u0041\"]", "1", "3", "surrogate");
	refused("[\"\xC3\"]", "1", "3", "UTF-8");
	refused("[\"\xC0\x80\"]", "1", "3", "UTF-8");
	refused("[\"\xED\xA0\x80\"]", "1", "3", "UTF-8");
	refused("[\"\xF4\x90\x80\x80\"]", "1", "3", "UTF-8");
	refused("{\"\xE0\x9F\xBF\":1}", "1", "3", "UTF-8");
	refused("{\"a\":1,\"b\":2,\"a\":3}", "1", "14", "twice");
	refused("{\"a\":1,\n\"\\u0061\":3}", "2", "1", "twice");
	refused("[{\"\xC3\xA9\":1,\"\\u00E9\":3}]", "1", "9", "twice");
	refused("[9007199254740993]", "1", "2", "too large");
	refused("[-9007199254740993]", "1", "2", "too large");
	refused("[1e400]", "1", "2", "too large");
	refused("[9007199254740993.0]", "1", "2", "too large");
	refused("[0.9007199254740993e16]", "1", "2", "too large");
}

static void the_largest_numbers_and_equal_keys_elsewhere_pass(void **state)
{
	(void)state;
	void *mem = mem_context(NULL);
	const struct json *json =
		parsed(mem, "[9007199254740992,-9007199254740992,{\"a\":{\"a\":1},\"b\":{\"a\":2}},"
			    "{\"a\":1,\"A\":2,\"\":3},1e-400,0.1,1.50e2]");
	int64_t value;
	assert_true(json_int(json_at(json, 0), &value));
	assert_int_equal(value, JSON_INT_MAX);
	assert_true(json_int(json_at(json, 1), &value));
	assert_int_equal(value, -JSON_INT_MAX);
	assert_true(json_int(json_at(json, 6), &value));
	assert_int_equal(value, 150);
	talloc_free(mem);
}

static char *nested(const void *mem, size_t depth)
{
	char *text = mem_array(mem, char, 2 * depth + 1);
	memset(text, '[', depth);
	memset(text + depth, ']', depth);
	return text;
}

static void depth_has_a_limit(void **state)
{
	(void)state;
	void *mem = mem_context(NULL);
	parsed(mem, nested(mem, JSON_DEPTH));
	refused(nested(mem, JSON_DEPTH + 1), "1", "65", "in one another");
	talloc_free(mem);
}

static void lines_are_counted_from_the_given_one(void **state)
{
	(void)state;
	const struct json *json;
	struct error err = {0};
	assert_false(json_parse(NULL, "\n}", 2, 17, &json, &err));
	assert_string_equal(err.arg[0], "18");
}

static void typed_members(void **state)
{
	(void)state;
	void *mem = mem_context(NULL);
	const struct json *json = parsed(mem,
		"{\"t\":\"x\",\"i\":5,\"b\":false,\"at\":\"2026-11-22T12:31:05-03:00\",\"ms\":250,"
		"\"naive\":\"2026-11-22T12:31:05\",\"null\":null}");
	struct error err = {0};
	const char *text = "before";
	int64_t value = 1;
	bool flag = true;
	assert_true(json_get_text(json, "none", &text, &err));
	assert_true(json_get_text(json, "null", &text, &err));
	assert_string_equal(text, "before");
	assert_true(json_get_text(json, "t", &text, &err));
	assert_string_equal(text, "x");
	assert_true(json_get_int(json, "i", &value, &err));
	assert_int_equal(value, 5);
	assert_true(json_get_bool(json, "b", &flag, &err));
	assert_false(flag);
	assert_true(json_get_time(json, "at", &value, &err));
	assert_int_equal(value, 1795361465000);
	assert_true(json_get_time(json, "ms", &value, &err));
	assert_int_equal(value, 250);
	assert_false(json_get_time(json, "naive", &value, &err));
	assert_string_equal(err.arg[0], "naive");
	assert_false(json_get_text(json, "i", &text, &err));
	assert_false(json_get_int(json, "t", &value, &err));
	assert_false(json_get_bool(json, "i", &flag, &err));
	assert_int_equal(err.code, ERROR_INVALID);
	assert_string_equal(err.arg[0], "i");
	talloc_free(mem);
}

static void unknown_keys_are_named(void **state)
{
	(void)state;
	static const char *const keys[] = {"a", "b"};
	void *mem = mem_context(NULL);
	struct error err = {0};
	assert_true(json_only_keys(parsed(mem, "{\"b\":1}"), keys, 2, &err));
	assert_false(json_only_keys(parsed(mem, "{\"b\":1,\"c\":2}"), keys, 2, &err));
	assert_string_equal(err.arg[0], "c");
	talloc_free(mem);
}

static void written_on_one_line(void **state)
{
	(void)state;
	void *mem = mem_context(NULL);
	struct json *json = json_object(mem);
	json_add_text(json, "t", "a\"\n\t\xC3\xA9");
	json_add_text(json, "none", NULL);
	json_add_int(json, "i", -17);
	json_add_int(json, "year", DUE_NEVER);
	json_add_bool(json, "b", true);
	json_add_id(json, "id", 0);
	json_add_time(json, "at", 250);
	json_add_time(json, "never", DUE_NEVER);
	struct json *array = json_add_array(json, "list");
	json_add_int(array, NULL, 1);
	json_add_bool(json_add_object(array, NULL), "x", false);
	json_add_raw(json, "raw", "{\"z\":1}");
	json_add_raw(json, "empty", "");
	struct json *other = json_array(mem);
	json_add_bool(json_add_object(json_add_array(other, NULL), NULL), "x", false);
	json_add_copy(json, "copy", other);
	json_add_copy(json, "read", parsed(mem, "[1.5, {\"y\": \"\"}]"));
	assert_string_equal(json_print(mem, json),
		"{\"t\":\"a\\\"\\n\\t\xC3\xA9\",\"none\":null,\"i\":-17,\"year\":253402300799999,"
		"\"b\":true,\"id\":null,\"at\":\"1970-01-01T00:00:00.250Z\",\"never\":null,"
		"\"list\":[1,{\"x\":false}],\"raw\":{\"z\":1},\"empty\":{},"
		"\"copy\":[[{\"x\":false}]],\"read\":[1.5,{\"y\":\"\"}]}");
	talloc_free(mem);
}

/* As RFC 8259, 7 has it, whatever stands around it. */
static void every_character_makes_the_trip(void **state)
{
	(void)state;
	void *mem = mem_context(NULL);
	char text[256];
	for (int c = 1; c < 128; c++) {
		snprintf(text, sizeof text, "%cx%c%c", c, c, c);
		struct json *json = json_object(mem);
		json_add_text(json, text, text);
		const char *line = json_print(mem, json);
		assert_int_equal(strcspn(line, "\b\f\n\r\t\x01\x1f"), strlen(line));
		const struct json *read = json_first(parsed(mem, line));
		assert_string_equal(json_key(read), text);
		assert_string_equal(json_text(read), text);
	}
	struct json *json = json_array(mem);
	json_add_text(json, NULL, "\b\f\n\r\t\x01\x1f\"\\/\x7f");
	assert_string_equal(
		json_print(mem, json), "[\"\\b\\f\\n\\r\\t\\u0001\\u001f\\\"\\\\/\x7f\"]");
	talloc_free(mem);
}

/* More than the first piece of memory holds; what is open is closed in what is printed alone. */
static void containers_end_when_what_is_around_them_goes_on(void **state)
{
	(void)state;
	enum { ROWS = 1000 };
	void *mem = mem_context(NULL);
	struct json *json = json_object(mem);
	struct json *rows = json_add_array(json, "rows");
	assert_string_equal(json_print(mem, json), "{\"rows\":[]}");
	for (int i = 0; i < ROWS; i++) {
		struct json *row = json_add_object(rows, NULL);
		json_add_int(row, "n", i);
		json_add_text(json_add_array(row, "words"), NULL, "deep");
	}
	json_add_bool(json, "end", true);
	const struct json *read = parsed(mem, json_print(mem, json));
	assert_int_equal(json_count(json_get(read, "rows")), ROWS);
	int64_t n = 0;
	assert_true(json_int(json_get(json_at(json_get(read, "rows"), ROWS - 1), "n"), &n));
	assert_int_equal(n, ROWS - 1);
	assert_true(json_bool(json_get(read, "end")));
	talloc_free(mem);
}

static void every_int64_makes_the_trip(void **state)
{
	(void)state;
	static const int64_t values[] = {0, 1, -1, INT64_C(999999999999999),
		INT64_C(1000000000000000), INT64_C(-1000000000000001), JSON_INT_MAX - 1,
		JSON_INT_MAX, -JSON_INT_MAX, JSON_INT_MAX + 1, -JSON_INT_MAX - 1, INT64_MAX,
		INT64_MIN};
	void *mem = mem_context(NULL);
	struct json *json = json_array(mem);
	for (size_t i = 0; i < ARRAY_LEN(values); i++) {
		json_add_int(json, NULL, values[i]);
	}
	const struct json *item = json_first(parsed(mem, json_print(mem, json)));
	for (size_t i = 0; i < ARRAY_LEN(values); i++, item = json_next(item)) {
		int64_t value = 7;
		assert_true(json_int(item, &value));
		assert_true(value == values[i]);
	}
	talloc_free(mem);
}

static void texts_of_small_numbers_are_no_numbers(void **state)
{
	(void)state;
	static const char *const texts[] = {"\"17\"", "\"\"", "\"-\"", "\" 9007199254740993\"",
		"\"09007199254740993\"", "\"+9007199254740993\"", "\"9007199254740993x\"",
		"\"9223372036854775808\""};
	void *mem = mem_context(NULL);
	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		int64_t value = 7;
		assert_false(json_int(parsed(mem, texts[i]), &value));
		assert_int_equal(value, 7);
	}
	talloc_free(mem);
}

static void values_have_a_limit(void **state)
{
	(void)state;
	void *mem = mem_context(NULL);
	char *text = mem_array(mem, char, 2 * JSON_VALUES + 2);
	for (size_t i = 0; i < JSON_VALUES; i++) {
		memcpy(text + 2 * i, i ? ",0" : "[0", 2);
	}
	text[2 * JSON_VALUES] = ']';
	refused(text, "1", "1000000", "more values");
	memset(text + 2 * JSON_VALUES - 2, ' ', 2); /* with the array one less */
	parsed(mem, text);
	talloc_free(mem);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(values_have_their_types),
		cmocka_unit_test(nothing_is_a_value_too),
		cmocka_unit_test(what_is_not_json_is_refused),
		cmocka_unit_test(what_would_be_lost_is_refused),
		cmocka_unit_test(the_largest_numbers_and_equal_keys_elsewhere_pass),
		cmocka_unit_test(depth_has_a_limit),
		cmocka_unit_test(values_have_a_limit),
		cmocka_unit_test(lines_are_counted_from_the_given_one),
		cmocka_unit_test(typed_members),
		cmocka_unit_test(unknown_keys_are_named),
		cmocka_unit_test(written_on_one_line),
		cmocka_unit_test(every_character_makes_the_trip),
		cmocka_unit_test(containers_end_when_what_is_around_them_goes_on),
		cmocka_unit_test(every_int64_makes_the_trip),
		cmocka_unit_test(texts_of_small_numbers_are_no_numbers),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
