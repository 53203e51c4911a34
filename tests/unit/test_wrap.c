#include "tui/wrap.h"

#include "base/mem.h"
#include "test.h"

#include <locale.h>
#include <string.h>

/* The lines with '|' where one is broken and '$' where one ends. */
static void wraps(const char *text, int columns, const char *wanted)
{
	void *mem = mem_context(NULL);
	struct wrap wrap = wrap_text(mem, text, columns);
	char *shown = mem_strdup(mem, "");
	size_t end = 0;
	for (size_t i = 0; i < wrap.count; i++) {
		const struct wrap_line *line = &wrap.lines[i];
		assert_true(line->offset == end);
		end = line->offset + line->length + (line->is_soft ? 0 : 1);
		shown = mem_printf(mem, "%s%.*s%c", shown, (int)line->length, text + line->offset,
			line->is_soft ? '|' : '$');
	}
	assert_true(end == strlen(text) + 1);
	assert_string_equal(shown, wanted);
	talloc_free(mem);
}

static void breaks_between_words(void **state)
{
	wraps("", 10, "$");
	wraps("one two three", 8, "one two |three$");
	wraps("one two three", 7, "one two |three$"); /* the blank hangs over the edge */
	wraps("one\n\ntwo\n", 8, "one$$two$$");
	wraps("a well-known word", 8, "a well-|known |word$");
	wraps("-- x", 3, "-- |x$");
	(void)state;
}

static void cuts_what_has_no_break(void **state)
{
	wraps("abcdefgh", 3, "abc|def|gh$");
	wraps("x abcdefgh", 3, "x |abc|def|gh$");
	wraps("ação", 1, "a|ç|ã|o$");
	wraps("日本語", 4, "日本|語$");
	wraps("日本語", 3, "日|本|語$");
	wraps("日", 1, "日$"); /* does not fit at all */
	wraps("ab", 0, "a|b$");
	(void)state;
}

static void finds_the_line_of_a_place(void **state)
{
	void *mem = mem_context(NULL);
	struct wrap wrap = wrap_text(mem, "one two\nx", 4);
	assert_int_equal(wrap.count, 3);
	assert_int_equal(wrap_find(&wrap, 0), 0);
	assert_int_equal(wrap_find(&wrap, 3), 0);
	assert_int_equal(wrap_find(&wrap, 4), 1); /* a soft break belongs to the next */
	assert_int_equal(wrap_find(&wrap, 7), 1);
	assert_int_equal(wrap_find(&wrap, 8), 2);
	assert_int_equal(wrap_find(&wrap, 99), 2);
	assert_int_equal(wrap.lines[0].columns, 3);
	talloc_free(mem);
	(void)state;
}

int main(void)
{
	setlocale(LC_CTYPE, "C.UTF-8");
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(breaks_between_words),
		cmocka_unit_test(cuts_what_has_no_break),
		cmocka_unit_test(finds_the_line_of_a_place),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
