#include "tui/width.h"

#include "test.h"

#include <locale.h>
#include <string.h>

static void counts_columns(void **state)
{
	static const struct {
		const char *text;
		int columns;
	} cases[] = {
		{"", 0}, {"abc", 3}, {"ação", 4}, {"e\u0302\u0323", 1}, {"日本", 4}, {"a\tb", 9},
		{"12345678\tb", 17}, {"👍🏽", 2}, /* the skin tone is left out */
		{"👩‍💻", 4},		      /* joined: each by itself */
		{"❤️", 1},			      /* without its selector */
		{"\U0001F1E7\U0001F1F7", 2},	      /* a flag: BR */
		{"क्षि", 3},			      /* a sign that takes a place */
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		int columns = width_text(cases[i].text, strlen(cases[i].text));
		if (columns != cases[i].columns) {
			fail_msg("%s: %d", cases[i].text, columns);
		}
	}
	(void)state;
}

static void shows_what_is_certain(void **state)
{
	assert_int_equal(width_shown('a'), 'a');
	assert_int_equal(width_shown(0x200D), 0);
	assert_int_equal(width_shown(0xFE0F), 0);
	assert_int_equal(width_shown(0x1F3FD), 0);
	assert_int_equal(width_shown(0x1F1E6), 'A');
	assert_int_equal(width_shown(0x202E), 0); /* an override never gets here; nor out */
	assert_int_equal(width_shown(0x1B), 0x25A1);
	assert_int_equal(width_shown(0x9B), 0x25A1);
	assert_int_equal(width_shown(0x0301), 0x0301);
	(void)state;
}

static void fits_whole_clusters(void **state)
{
	const char *text = "aé日x";
	size_t size = strlen(text);
	assert_int_equal(width_fit(text, size, 0), 0);
	assert_int_equal(width_fit(text, size, 2), 3);
	assert_int_equal(width_fit(text, size, 3), 3); /* half of 日 is none of it */
	assert_int_equal(width_fit(text, size, 4), 6);
	assert_int_equal(width_fit(text, size, 99), size);
	assert_int_equal(width_fit(text, 3, 99), 3);
	(void)state;
}

int main(void)
{
	setlocale(LC_CTYPE, "C.UTF-8");
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(counts_columns),
		cmocka_unit_test(shows_what_is_certain),
		cmocka_unit_test(fits_whole_clusters),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
