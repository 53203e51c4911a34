#include "tui/key.h"

#include "base/mem.h"
#include "test.h"

#include <string.h>

static void names_come_back(void **state)
{
	static const char *const names[] = {"a", "A", "ç", "/", "-", "Space", "Enter", "Esc", "Tab",
		"Shift-Tab", "PgDn", "F12", "Ctrl-X", "Ctrl-_", "Ctrl-Left", "Meta-x", "Ctrl--"};
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		const char *at = names[i];
		struct key key;
		assert_true(key_parse(&at, &key));
		assert_string_equal(at, "");
		char *name = key_format(NULL, &key);
		assert_string_equal(name, names[i]);
		talloc_free(name);
	}
	(void)state;
}

static void sequences_are_read_one_by_one(void **state)
{
	const char *at = "Ctrl-X ctrl-E s";
	struct key key;
	assert_true(key_parse(&at, &key));
	assert_true(key_equal(&key, &(struct key){.rune = 'x', .ctrl = true}));
	assert_true(key_parse(&at, &key));
	assert_true(key_equal(&key, &(struct key){.rune = 'e', .ctrl = true}));
	assert_true(key_parse(&at, &key));
	assert_true(key_equal(&key, &(struct key){.rune = 's'}));
	assert_false(key_parse(&at, &key));
	(void)state;
}

static void what_is_no_key_is_refused(void **state)
{
	static const char *const names[] = {"", " ", "ab", "Ctrl-", "F13", "Shift-a", "Enterx"};
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		const char *at = names[i];
		struct key key;
		if (key_parse(&at, &key)) {
			fail_msg("%s", names[i]);
		}
	}
	(void)state;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_come_back),
		cmocka_unit_test(sequences_are_read_one_by_one),
		cmocka_unit_test(what_is_no_key_is_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
