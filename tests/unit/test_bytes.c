#include "test.h"

#include "base/bytes.h"
#include "base/mem.h"

static void sizes_are_said_in_whole_units(void **state)
{
	(void)state;
	static const struct {
		int64_t size;
		const char *text;
	} all[] = {{0, "0 B"}, {1023, "1023 B"}, {1024, "1 KB"}, {1025, "2 KB"},
		{84 * 1024, "84 KB"}, {25 * 1024 * 1024, "25 MB"}, {INT64_C(1) << 40, "1 TB"},
		{INT64_MAX, "8388608 TB"}};
	for (size_t i = 0; i < ARRAY_LEN(all); i++) {
		char *text = bytes_format(NULL, all[i].size);
		assert_string_equal(text, all[i].text);
		talloc_free(text);
	}
}

static void sizes_are_read_as_people_write_them(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		int64_t size;
	} all[] = {{"25 MB", 25 * 1024 * 1024}, {"25MB", 25 * 1024 * 1024}, {"500kb", 500 * 1024},
		{"1000", 1000}, {"0", 0}, {"7 B", 7}, {"1 TB", INT64_C(1) << 40}, {"", -1},
		{"MB", -1}, {"-1", -1}, {"+1", -1}, {" 1", -1}, {"1 ", -1}, {"1  MB", -1},
		{"1 XB", -1}, {"1 MBx", -1}, {"1.5 MB", -1}, {"2 TB", -1},
		{"99999999999999999999", -1}};
	for (size_t i = 0; i < ARRAY_LEN(all); i++) {
		int64_t size = -1;
		assert_int_equal(bytes_parse(all[i].text, &size), all[i].size >= 0);
		assert_int_equal(size, all[i].size);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sizes_are_said_in_whole_units),
		cmocka_unit_test(sizes_are_read_as_people_write_them),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
