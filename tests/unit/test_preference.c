#include "test.h"

#include "base/mem.h"
#include "core/preference.h"

#include <string.h>

static void every_preference_is_whole(void **state)
{
	(void)state;
	for (size_t i = 0; i < preference_info_count; i++) {
		const struct preference_info *info = &preference_infos[i];
		assert_non_null(info->words);
		assert_true(info->summary && *info->summary);
		assert_true(preference_check(info->name, info->initial, NULL));
		assert_string_equal(preference_value(NULL, info->name), info->initial);
		for (size_t k = 0; k < i; k++) {
			assert_string_not_equal(info->name, preference_infos[k].name);
		}
	}
	assert_int_equal(queue_column_names.count, QUEUE_COLUMNS);
}

static void values_are_words_of_their_table(void **state)
{
	(void)state;
	static const struct {
		const char *name, *value, *reason;
	} all[] = {
		{"order", "waiting", ""},
		{"order", "", ""},
		{"order", "sideways", "preference_value"},
		{"order", "due,waiting", "preference_value"},
		{"theme", "high-contrast", ""},
		{"tour", "seen", ""},
		{"columns", "number", ""},
		{"columns", "subject,due,number", ""},
		{"columns", "due,due", "preference_value"},
		{"columns", "due,", "preference_value"},
		{"columns", ",due", "preference_value"},
		{"columns", "due, subject", "preference_value"},
		{"font", "large", "no_preference"},
		{"", "", "no_preference"},
	};
	for (size_t i = 0; i < ARRAY_LEN(all); i++) {
		struct error err = {0};
		bool ok = preference_check(all[i].name, all[i].value, &err);
		assert_string_equal(ok ? "" : err.reason, all[i].reason);
	}
}

static void what_was_not_chosen_is_initial(void **state)
{
	(void)state;
	struct preference chosen[] = {{(char *)"order", (char *)"newest"},
		{(char *)"theme", (char *)""}, {(char *)"newer", (char *)"thing"}};
	struct operator_ ana = {.preference_count = ARRAY_LEN(chosen), .preferences = chosen};
	assert_string_equal(preference_value(&ana, "order"), "newest");
	assert_string_equal(preference_value(&ana, "theme"), "");
	assert_string_equal(preference_value(&ana, "columns"), "");
	assert_null(preference_value(NULL, "font"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_preference_is_whole),
		cmocka_unit_test(values_are_words_of_their_table),
		cmocka_unit_test(what_was_not_chosen_is_initial),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
