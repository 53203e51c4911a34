#include "test.h"

#include "base/clock.h"
#include "base/language.h"
#include "base/mem.h"
#include "stage.h"
#include "tui/layout.h"
#include "tui/words.h"

/* Values as words, times as people type them, columns shared out. */

static const struct zone zone = {.name = (char *)"x", .first_offset_ms = -3 * MS_HOUR};

static void arguments_are_put_in_once(void **state)
{
	(void)state;
	void *mem = mem_context(NULL);
	assert_string_equal(words_put(mem, "{1} {0} {2} {", "a", "{0}", NULL), "{0} a {2} {");
	assert_string_equal(words_put(mem, "", NULL), "");
	talloc_free(mem);
}

static void spans_are_short(void **state)
{
	(void)state;
	void *mem = mem_context(NULL);
	assert_string_equal(words_hours(mem, 46 * (int64_t)MS_MINUTE), "0h46");
	assert_string_equal(words_hours(mem, -12 * (int64_t)MS_MINUTE), "-0h12");
	assert_string_equal(words_hours(mem, 26 * (int64_t)MS_HOUR), "26h00");
	assert_string_equal(words_hours(mem, 101 * (int64_t)MS_HOUR), "4d");
	assert_string_equal(words_age(mem, 5000), "5 s");
	assert_string_equal(words_age(mem, 3 * (int64_t)MS_MINUTE), "3 min");
	assert_string_equal(words_age(mem, 5 * (int64_t)MS_HOUR), "5 h");
	assert_string_equal(words_age(mem, 8 * (int64_t)MS_DAY), "8 d");
	assert_string_equal(words_age(mem, -1), "0 s");
	talloc_free(mem);
}

static void times_are_those_of_the_reader(void **state)
{
	(void)state;
	void *mem = mem_context(NULL);
	assert_string_equal(words_clock(mem, &zone, STAGE_NOW), "12:31");
	assert_string_equal(words_seconds(mem, &zone, STAGE_NOW), "12:31:05");
	assert_string_equal(words_day(mem, &zone, STAGE_NOW), "22 Nov 2026");
	assert_string_equal(words_moment(mem, &zone, STAGE_NOW, STAGE_NOW), "22 Nov 12:31");
	assert_string_equal(words_moment(mem, &zone, STAGE_NOW, STAGE_NOW + 60 * (int64_t)MS_DAY),
		"22 Nov 2026 12:31");
	assert_string_equal(words_when(mem, &zone, STAGE_NOW, STAGE_NOW), "Sunday, 22 Nov 12:31");
	assert_string_equal(words_when(mem, &zone, STAGE_NOW, 0), "Sunday, 22 Nov 2026 12:31");
	talloc_free(mem);
}

static void columns_give_way_in_their_order(void **state)
{
	(void)state;
	for (int width = 10; width < 120; width++) {
		struct column columns[] = {{6, 8, 0, 0, false, 0}, {10, 18, 1, 2, false, 0},
			{6, 9, 2, 1, false, 0}, {12, 12, 0, 0, true, 0}};
		layout_columns(columns, ARRAY_LEN(columns), width);
		int sum = 0;
		for (size_t i = 0; i < ARRAY_LEN(columns); i++) {
			assert_true(columns[i].width >= 0);
			sum += columns[i].width;
		}
		assert_true(width < 20 || sum == width);
		assert_int_equal(columns[0].width, 8);
		assert_true(width < 20 || columns[3].width >= 12);
		/* The second gives before the third. */
		assert_true(columns[2].width == 9 || columns[1].width <= 10);
	}
}

static void panes_stay_inside_the_screen(void **state)
{
	(void)state;
	for (int columns = 1; columns < 200; columns++) {
		for (int rows = 1; rows < 60; rows++) {
			const struct layout layouts[] = {layout_queue(columns, rows, true),
				layout_queue(columns, rows, false),
				layout_ticket(columns, rows, true),
				layout_ticket(columns, rows, false), layout_compose(columns, rows)};
			for (size_t i = 0; i < ARRAY_LEN(layouts); i++) {
				const struct layout *layout = &layouts[i];
				assert_int_equal(layout->is_too_small, columns < 40 || rows < 8);
				const struct area *areas[] = {
					&layout->list, &layout->preview, &layout->customer};
				for (size_t n = 0; n < ARRAY_LEN(areas); n++) {
					assert_true(areas[n]->row + areas[n]->rows < rows);
					assert_true(
						areas[n]->column + areas[n]->columns <= columns);
					assert_true(areas[n]->rows >= 0);
				}
			}
		}
	}
}

int main(void)
{
	language_setup("en");
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(arguments_are_put_in_once),
		cmocka_unit_test(spans_are_short),
		cmocka_unit_test(times_are_those_of_the_reader),
		cmocka_unit_test(columns_give_way_in_their_order),
		cmocka_unit_test(panes_stay_inside_the_screen),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
