#include "tui/editor.h"

#include "base/mem.h"
#include "base/text.h"
#include "test.h"

#include <locale.h>
#include <string.h>

enum { COLUMNS = 11, ROWS = 3 };

/* An editor in the notation: '|' is the cursor. */
static struct editor *edit(const char *notation)
{
	struct editor *editor = editor_create(NULL, false);
	editor_resize(editor, COLUMNS, ROWS);
	const char *bar = strchr(notation, '|');
	char *text = mem_printf(editor, "%.*s%s", (int)(bar - notation), notation, bar + 1);
	editor_set(editor, text);
	while (editor_cursor(editor) > (size_t)(bar - notation)) {
		editor_move(editor, MOVE_LEFT);
	}
	return editor;
}

static void press(struct editor *editor, const char *keys)
{
	struct key key;
	while (*keys) {
		assert_true(key_parse(&keys, &key));
		assert_true(editor_key(editor, &key));
	}
}

static char *shown(const struct editor *editor)
{
	size_t at = editor_cursor(editor);
	return mem_printf(
		editor, "%.*s|%s", (int)at, editor_text(editor), editor_text(editor) + at);
}

static void does(const char *before, const char *keys, const char *after)
{
	struct editor *editor = edit(before);
	press(editor, keys);
	assert_string_equal(shown(editor), after);
	assert_true(text_is_clean(editor_text(editor)));
	talloc_free(editor);
}

static void types_and_deletes(void **state)
{
	does("|", "a b Space ç", "ab ç|");
	does("ab|c", "Enter", "ab\n|c");
	does("aé|c", "Backspace", "a|c");
	does("a|éc", "Delete", "a|c");
	does("|a", "Backspace", "|a");
	does("a|", "Delete", "a|");
	does("ab\n|c", "Backspace", "ab|c");
	does("👩‍💻|", "Backspace", "|"); /* a cluster is one step */
	(void)state;
}

static void accents_join_their_letter(void **state)
{
	struct editor *editor = edit("cafe|s");
	assert_true(editor_key(editor, &(struct key){.rune = 0x301}));
	assert_string_equal(shown(editor), "café|s");
	talloc_free(editor);
	editor = edit("|");
	assert_true(editor_key(editor, &(struct key){.rune = 0x301})); /* alone it is nothing */
	assert_string_equal(shown(editor), "|");
	talloc_free(editor);
	(void)state;
}

static void moves(void **state)
{
	does("one two|", "Ctrl-Left", "one |two");
	does("one| two", "Ctrl-Right", "one two|");
	does("ab\ncd|", "Home", "ab\n|cd");
	does("a|b\ncd", "End", "ab|\ncd");
	does("a|b\ncd", "Ctrl-End", "ab\ncd|");
	does("ab\nc|d", "Ctrl-Home", "|ab\ncd");
	does("日|a", "Left", "|日a");
	(void)state;
}

static void moves_by_lines_as_shown(void **state)
{
	does("abcd|ef\nx\nabcdef", "Down Down", "abcdef\nx\nabcd|ef"); /* keeps the column */
	does("one two th|ree four", "Up", "on|e two three four");
	does("one tw|o three four", "Down", "one two three |four"); /* not past the line */
	does("one two |three", "Home", "one two |three");
	does("o|ne two three", "End", "one two| three"); /* in front of the soft break */
	does("a|b", "Up", "|ab");
	does("a|b", "Down", "ab|");
	(void)state;
}

static void kills_and_yanks(void **state)
{
	does("one |two\nx", "Ctrl-K", "one |\nx");
	does("one |\nx", "Ctrl-K", "one |x");
	does("one two| x", "Ctrl-W Ctrl-W", "| x");
	does("one two| x", "Ctrl-W Ctrl-W Ctrl-E Ctrl-Y", " xone two|");
	does("one |two", "Ctrl-U Ctrl-Y Ctrl-Y", "one one |two");
	(void)state;
}

static void undoes_by_words(void **state)
{
	does("|", "a b Space c d Ctrl-_", "ab |");
	does("|", "a b Space c d Ctrl-_ Ctrl-_", "|");
	does("|", "a b Space c d Ctrl-_ Ctrl-_ Ctrl-R Ctrl-R", "ab cd|");
	does("abc|", "Backspace Backspace Ctrl-_", "abc|");
	does("one two|", "Ctrl-W Ctrl-_", "one two|");
	does("|", "a Ctrl-_ b Ctrl-R", "b|"); /* what was typed since took its place */
	(void)state;
}

static void pastes_literally_as_one_step(void **state)
{
	struct editor *editor = edit("a|b");
	uint64_t version = editor_version(editor);
	editor_insert(editor, "x\ny", true);
	assert_string_equal(shown(editor), "ax\ny|b");
	assert_true(editor_version(editor) > version);
	assert_true(editor_undo(editor));
	assert_string_equal(shown(editor), "a|b");
	assert_false(editor_undo(editor));
	editor_complete(editor, 1, "answer");
	assert_string_equal(shown(editor), "answer|b");
	editor_replace(editor, "short");
	assert_true(editor_undo(editor));
	assert_string_equal(editor_text(editor), "answerb");
	talloc_free(editor);
	(void)state;
}

static void scrolls_the_cursor_into_sight(void **state)
{
	struct editor *editor = edit("1\n2\n3\n4\n5|");
	int row, column;
	assert_int_equal(editor_top(editor), 2);
	editor_cursor_at(editor, &row, &column);
	assert_int_equal(row, 2);
	assert_int_equal(column, 1);
	press(editor, "Ctrl-Home");
	assert_int_equal(editor_top(editor), 0);
	editor_resize(editor, COLUMNS, 9);
	editor_move(editor, MOVE_TEXT_END);
	assert_int_equal(editor_top(editor), 0);
	talloc_free(editor);
	(void)state;
}

static void cursor_has_a_place_behind_a_full_line(void **state)
{
	struct editor *editor = edit("0123456789|");
	int row, column;
	editor_cursor_at(editor, &row, &column);
	assert_int_equal(row, 0);
	assert_int_equal(column, COLUMNS - 1);
	editor_set(editor, "012345678         ");
	editor_cursor_at(editor, &row, &column);
	assert_true(column < COLUMNS);
	talloc_free(editor);
	(void)state;
}

static void one_line_scrolls_sideways(void **state)
{
	struct editor *editor = editor_create(NULL, true);
	editor_resize(editor, 5, 1);
	editor_insert(editor, "one\ntwo\tx", true);
	assert_string_equal(editor_text(editor), "one two x");
	int row, column;
	editor_cursor_at(editor, &row, &column);
	assert_int_equal(row, 0);
	assert_int_equal(column, 4);
	assert_int_equal(editor_left(editor), 5);
	editor_move(editor, MOVE_LINE_START);
	assert_int_equal(editor_left(editor), 0);
	assert_false(editor_key(editor, &(struct key){.name = K_ENTER}));
	assert_false(editor_key(editor, &(struct key){.name = K_UP}));
	talloc_free(editor);
	(void)state;
}

static void leaves_other_keys_to_the_screen(void **state)
{
	struct editor *editor = edit("|");
	const struct key keys[] = {{.name = K_ESC}, {.name = K_TAB}, {.name = K_PAGE_UP},
		{.name = K_F1}, {.rune = 'x', .ctrl = true}, {.rune = 'a', .meta = true}};
	for (size_t i = 0; i < ARRAY_LEN(keys); i++) {
		assert_false(editor_key(editor, &keys[i]));
	}
	assert_true(editor_is_blank(editor));
	talloc_free(editor);
	(void)state;
}

int main(void)
{
	setlocale(LC_CTYPE, "C.UTF-8");
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(types_and_deletes),
		cmocka_unit_test(accents_join_their_letter),
		cmocka_unit_test(moves),
		cmocka_unit_test(moves_by_lines_as_shown),
		cmocka_unit_test(kills_and_yanks),
		cmocka_unit_test(undoes_by_words),
		cmocka_unit_test(pastes_literally_as_one_step),
		cmocka_unit_test(scrolls_the_cursor_into_sight),
		cmocka_unit_test(cursor_has_a_place_behind_a_full_line),
		cmocka_unit_test(one_line_scrolls_sideways),
		cmocka_unit_test(leaves_other_keys_to_the_screen),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
