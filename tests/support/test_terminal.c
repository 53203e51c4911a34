#include "test.h"

#include "base/mem.h"
#include "support/terminal.h"

#include <string.h>

static struct terminal *shown(const char *bytes)
{
	struct terminal *terminal = terminal_create(NULL, 5, 20);
	terminal_feed(terminal, bytes, strlen(bytes));
	return terminal;
}

static void lines_are_text_without_trailing_blanks(void **state)
{
	(void)state;
	struct terminal *terminal = shown("ol\xC3\xA1 Jo\xC3\xA3o  \r\n\033[3;4Hx");
	char *text = terminal_text(terminal, terminal);
	assert_string_equal(text, "ol\xC3\xA1 Jo\xC3\xA3o\n\n   x\n\n\n");
	int column;
	assert_int_equal(terminal_find(terminal, 0, "Jo", &column), 0);
	assert_int_equal(column, 4);
	assert_int_equal(terminal_find(terminal, 1, "Jo", NULL), -1);
	assert_true(terminal_shows(terminal, "x"));
	talloc_free(terminal);
}

static void wide_characters_take_two_cells(void **state)
{
	(void)state;
	struct terminal *terminal = shown("\xE6\x97\xA5\xE6\x9C\xAC x");
	assert_string_equal(terminal_line(terminal, terminal, 0), "\xE6\x97\xA5\xE6\x9C\xAC x");
	int column;
	terminal_find(terminal, 0, "x", &column);
	assert_int_equal(column, 5);
	assert_int_equal(terminal_cell(terminal, 0, 0).width, 2);
	assert_string_equal(terminal_cell(terminal, 0, 1).text, "");
	talloc_free(terminal);
}

static void cells_have_their_attributes(void **state)
{
	(void)state;
	struct terminal *terminal = shown("a\033[1;31mb\033[m\033[7mc\033[m\033[44md");
	struct terminal_cell plain = terminal_cell(terminal, 0, 0);
	struct terminal_cell red = terminal_cell(terminal, 0, 1);
	assert_false(plain.bold || plain.reverse);
	assert_int_equal(plain.foreground, TERMINAL_DEFAULT_COLOUR);
	assert_int_equal(plain.background, TERMINAL_DEFAULT_COLOUR);
	assert_true(red.bold);
	assert_int_equal(red.foreground % 8, 1);
	assert_true(terminal_cell(terminal, 0, 2).reverse);
	assert_int_equal(terminal_cell(terminal, 0, 3).background, 4);
	talloc_free(terminal);
}

static void cursor_and_screens_are_known(void **state)
{
	(void)state;
	struct terminal *terminal = shown("before\033[?1049h\033[H\033[2J\033[2;3Hin\033[?25l");
	int row;
	int column;
	bool visible;
	terminal_cursor(terminal, &row, &column, &visible);
	assert_int_equal(row, 1);
	assert_int_equal(column, 4);
	assert_false(visible);
	assert_true(terminal_is_alternate(terminal));
	assert_false(terminal_shows(terminal, "before"));
	terminal_feed(terminal, "\033[?1049l", 8);
	assert_false(terminal_is_alternate(terminal));
	assert_true(terminal_shows(terminal, "before"));
	talloc_free(terminal);
}

/* ncurses uses these for xterm-256color; a terminal without them would show garbage. */
static void sequences_of_ncurses_are_understood(void **state)
{
	(void)state;
	struct terminal *terminal =
		shown("ab\033[4bc\033[2;1H123456\033[2;2H\033[2P\033[2;3H\033[2@"
		      "\033[3;1Hxxxx\033[3;2H\033[2X");
	assert_string_equal(terminal_line(terminal, terminal, 0), "abbbbbc");
	assert_string_equal(terminal_line(terminal, terminal, 1), "14  56");
	assert_string_equal(terminal_line(terminal, terminal, 2), "x  x");
	talloc_free(terminal);
}

static void resize_keeps_the_terminal(void **state)
{
	(void)state;
	struct terminal *terminal = shown("text");
	terminal_resize(terminal, 10, 40);
	assert_int_equal(terminal_rows(terminal), 10);
	assert_int_equal(terminal_columns(terminal), 40);
	assert_true(terminal_shows(terminal, "text"));
	talloc_free(terminal);
}

static void requests_are_answered_and_faults_kept(void **state)
{
	(void)state;
	struct terminal *terminal = shown("ok");
	assert_null(terminal_fault(terminal));
	terminal_feed(terminal, "\033[6n", 4);
	size_t size;
	assert_string_equal(terminal_answers(terminal, terminal, &size), "\033[1;3R");
	assert_int_equal(size, 6);
	assert_string_equal(terminal_fault(terminal), "byte 5: ESC [ 6 n");
	talloc_free(terminal);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_are_text_without_trailing_blanks),
		cmocka_unit_test(wide_characters_take_two_cells),
		cmocka_unit_test(cells_have_their_attributes),
		cmocka_unit_test(cursor_and_screens_are_known),
		cmocka_unit_test(sequences_of_ncurses_are_understood),
		cmocka_unit_test(resize_keeps_the_terminal),
		cmocka_unit_test(requests_are_answered_and_faults_kept),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
