#include "test.h"

#include "base/error.h"
#include "base/mem.h"

#include <string.h>

static void sentence_puts_arguments_in(void **state)
{
	(void)state;
	struct error err = {0};
	assert_false(error_set(&err, ERROR_CONFLICT, "{1} took {0}, {9}", "1001", "bruno", NULL));
	char *text = error_sentence(NULL, &err, NULL);
	assert_string_equal(text, "bruno took 1001, {9}");
	talloc_free(text);
	text = error_sentence(NULL, &err, "{0}: {1}");
	assert_string_equal(text, "1001: bruno");
	talloc_free(text);
}

static void long_arguments_are_cut_at_a_character(void **state)
{
	(void)state;
	char arg[2 * ERROR_ARG_SIZE + 1];
	for (size_t i = 0; i < ERROR_ARG_SIZE; i++) {
		memcpy(arg + 2 * i, "\xC3\xA9", 2);
	}
	arg[2 * ERROR_ARG_SIZE] = '\0';
	struct error err = {0};
	error_set(&err, ERROR_INVALID, "{0}", arg, NULL);
	assert_int_equal(strlen(err.arg[0]) % 2, 0);
	assert_true(strlen(err.arg[0]) < ERROR_ARG_SIZE);
}

/* What was given by somebody is told back to him, and to his terminal. */
static void arguments_are_clean(void **state)
{
	(void)state;
	struct error err;
	error_set(&err, ERROR_INVALID, "{0} {1}", "a\x1b[31mb\xe2\x80\xae", "c\xff\xc3\xa9", NULL);
	assert_string_equal(err.arg[0], "a[31mb");
	assert_string_equal(err.arg[1], "c\xef\xbf\xbd\xc3\xa9");
}

static void every_code_has_a_name_and_a_status(void **state)
{
	(void)state;
	for (int code = 0; code < ERROR_CODES; code++) {
		assert_non_null(error_code_name((enum error_code)code));
		assert_int_equal(error_exit_status((enum error_code)code) == 0, code == ERROR_NONE);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sentence_puts_arguments_in),
		cmocka_unit_test(long_arguments_are_cut_at_a_character),
		cmocka_unit_test(arguments_are_clean),
		cmocka_unit_test(every_code_has_a_name_and_a_status),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
