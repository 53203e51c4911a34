#include "base/base64.h"

#include "base/mem.h"
#include "test.h"

#include <string.h>

/* RFC 4648, 10. */
static void vectors(void **state)
{
	static const struct {
		const char *bytes, *text;
	} cases[] = {{"", ""}, {"f", "Zg=="}, {"fo", "Zm8="}, {"foo", "Zm9v"}, {"foob", "Zm9vYg=="},
		{"fooba", "Zm9vYmE="}, {"foobar", "Zm9vYmFy"}, {"\xFF\xFE\xFD", "//79"}};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		char *text = base64_encode(NULL, cases[i].bytes, strlen(cases[i].bytes));
		assert_string_equal(text, cases[i].text);
		char *back;
		size_t size;
		assert_true(base64_decode(text, text, &back, &size));
		assert_int_equal(size, strlen(cases[i].bytes));
		assert_memory_equal(back, cases[i].bytes, size);
		talloc_free(text);
	}
	(void)state;
}

static void what_is_not_base_64(void **state)
{
	static const char *const bad[] = {
		"Z", "Zg", "Zg=", "Zg==Zg==", "Zh==", "Zm9=", "====", "Zm 9"};
	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		void *mem = mem_context(NULL);
		char *bytes;
		size_t size;
		assert_false(base64_decode(mem, bad[i], &bytes, &size));
		talloc_free(mem);
	}
	(void)state;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(vectors),
		cmocka_unit_test(what_is_not_base_64),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
