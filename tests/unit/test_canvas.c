#include "tui/canvas.h"

#include "base/mem.h"
#include "test.h"

#include <locale.h>
#include <string.h>

static void shows(const struct canvas *canvas, int row, const char *wanted)
{
	char *text = canvas_row_text(NULL, canvas, row);
	assert_string_equal(text, wanted);
	talloc_free(text);
}

static void puts_text_and_cuts_it(void **state)
{
	struct canvas *canvas = canvas_create(NULL, 12, 3, false);
	assert_int_equal(canvas_text(canvas, 0, 1, 8, STYLE_ALERT, "ação"), 4);
	shows(canvas, 0, " ação");
	assert_int_equal(canvas_style_at(canvas, 0, 1), STYLE_ALERT);
	assert_int_equal(canvas_style_at(canvas, 0, 5), STYLE_NORMAL);
	assert_int_equal(canvas_text(canvas, 1, 0, 5, STYLE_NORMAL, "atende"), 5);
	shows(canvas, 1, "aten…");
	assert_int_equal(canvas_text(canvas, 2, 0, 6, STYLE_NORMAL, "one\ntwo\tx"), 6);
	shows(canvas, 2, "one t…");
	talloc_free(canvas);
	(void)state;
}

static void never_halves_wide_characters(void **state)
{
	struct canvas *canvas = canvas_create(NULL, 6, 5, false);
	assert_int_equal(canvas_text(canvas, 0, 0, 4, STYLE_NORMAL, "日本語"), 3);
	shows(canvas, 0, "日…");
	assert_int_equal(canvas_bytes(canvas, 1, 0, 3, STYLE_NORMAL, "日本", 6), 2);
	shows(canvas, 1, "日");
	canvas_text(canvas, 2, 0, 6, STYLE_NORMAL, "日本");
	canvas_text(canvas, 2, 1, 1, STYLE_NORMAL, "x"); /* over the right half */
	shows(canvas, 2, " x本");
	canvas_text(canvas, 3, 0, 6, STYLE_NORMAL, "日本");
	canvas_text(canvas, 3, 2, 1, STYLE_NORMAL, "x"); /* over the left half */
	shows(canvas, 3, "日x");
	canvas_text(canvas, 4, 5, 2, STYLE_NORMAL, "日"); /* over the edge */
	shows(canvas, 4, "");
	talloc_free(canvas);
	(void)state;
}

static void fields_keep_their_columns(void **state)
{
	struct canvas *canvas = canvas_create(NULL, 10, 4, false);
	canvas_fill(canvas, 0, 0, 10, STYLE_NORMAL, '.');
	canvas_field(canvas, 0, 0, 5, STYLE_NORMAL, "ab");
	shows(canvas, 0, "ab   .....");
	canvas_field(canvas, 1, 0, 5, STYLE_NORMAL, "👩‍💻x"); /* its base alone */
	canvas_text(canvas, 1, 5, 1, STYLE_NORMAL, "|");
	shows(canvas, 1, "👩x  |");
	canvas_field_right(canvas, 2, 0, 5, STYLE_NORMAL, "é");
	shows(canvas, 2, "    é");
	canvas_field_right(canvas, 3, 0, 5, STYLE_NORMAL, "1234567");
	shows(canvas, 3, "1234…");
	talloc_free(canvas);
	(void)state;
}

static void keeps_marks_on_their_letter(void **state)
{
	struct canvas *canvas = canvas_create(NULL, 5, 1, false);
	canvas_text(canvas, 0, 0, 5, STYLE_NORMAL, "x\u0302y");
	shows(canvas, 0, "x\u0302y");
	uint32_t marks[CELL_MARKS];
	assert_int_equal(canvas_marks(canvas, canvas_cell(canvas, 0, 0), marks), 1);
	assert_int_equal(marks[0], 0x302);
	assert_int_equal(canvas_cell(canvas, 0, 1)->rune, 'y');
	talloc_free(canvas);
	(void)state;
}

static void paints_nothing_outside(void **state)
{
	struct canvas *canvas = canvas_create(NULL, 4, 2, false);
	canvas_text(canvas, -1, 0, 4, STYLE_NORMAL, "above");
	canvas_text(canvas, 2, 0, 4, STYLE_NORMAL, "below");
	canvas_text(canvas, 0, 2, 9, STYLE_NORMAL, "right");
	canvas_fill(canvas, 1, -2, 3, STYLE_NORMAL, '-');
	canvas_restyle(canvas, 1, -5, 99, STYLE_BAR);
	canvas_text(canvas, 1, 3, -2, STYLE_NORMAL, "none");
	shows(canvas, 0, "  ri");
	shows(canvas, 1, "-");
	assert_int_equal(canvas_style_at(canvas, 1, 3), STYLE_BAR);
	talloc_free(canvas);
	(void)state;
}

static void shows_ascii_alone_when_asked(void **state)
{
	struct canvas *canvas = canvas_create(NULL, 14, 2, true);
	canvas_text(canvas, 0, 0, 14, STYLE_NORMAL, "ação “Nº” ─│█");
	shows(canvas, 0, "acao \"No\" -|#");
	canvas_text(canvas, 1, 0, 4, STYLE_NORMAL, "日é longer");
	shows(canvas, 1, "??e>");
	talloc_free(canvas);
	(void)state;
}

static void tells_what_differs(void **state)
{
	struct canvas *a = canvas_create(NULL, 4, 1, false);
	struct canvas *b = canvas_create(NULL, 4, 1, false);
	canvas_text(a, 0, 0, 4, STYLE_NORMAL, "x\u0302b");
	canvas_text(b, 0, 0, 4, STYLE_NORMAL, "x\u0303b");
	assert_false(canvas_cell_equal(a, b, 0, 0));
	canvas_copy(b, a);
	assert_true(canvas_cell_equal(a, b, 0, 0));
	canvas_restyle(b, 0, 1, 1, STYLE_BAR);
	assert_false(canvas_cell_equal(a, b, 0, 1));
	int row, column;
	assert_false(canvas_cursor_at(b, &row, &column));
	canvas_cursor(b, 7, 9);
	assert_true(canvas_cursor_at(b, &row, &column));
	assert_int_equal(row, 0);
	assert_int_equal(column, 3);
	talloc_free(a);
	talloc_free(b);
	(void)state;
}

int main(void)
{
	setlocale(LC_CTYPE, "C.UTF-8");
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(puts_text_and_cuts_it),
		cmocka_unit_test(never_halves_wide_characters),
		cmocka_unit_test(fields_keep_their_columns),
		cmocka_unit_test(keeps_marks_on_their_letter),
		cmocka_unit_test(paints_nothing_outside),
		cmocka_unit_test(shows_ascii_alone_when_asked),
		cmocka_unit_test(tells_what_differs),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
