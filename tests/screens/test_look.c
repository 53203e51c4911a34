#include "test.h"

#include "base/language.h"
#include "base/mem.h"
#include "stage.h"
#include "stage_desk.h"
#include "tui/look.h"

#include <string.h>

/* Order, columns and colours: chosen, kept in the desk, taken from there. */

static bool has_head(struct stage *stage, const char *head)
{
	const char *screen = stage_screen(stage);
	const char *heads = strchr(screen, '\n') + 1;
	return strstr(mem_strndup(stage, heads, strcspn(heads, "\n")), head) != NULL;
}

static const char *play_line(struct stage *stage, const char *line)
{
	stage_play(stage, ":");
	stage_play(stage, mem_printf(stage, "'%s'", line));
	return stage_play(stage, "Enter");
}

static void columns_are_chosen_while_the_list_is_seen(void **state)
{
	(void)state;
	struct stage *stage = stage_begin(80, 24);
	assert_true(has_head(stage, "Wait"));
	play_line(stage, "columns");
	assert_true(stage_shows(stage, "waiting time  shown"));
	assert_string_equal(stage_play(stage, "1"), "");
	assert_false(has_head(stage, "Wait"));
	stage_play(stage, "5");
	assert_true(has_head(stage, "Prio"));
	assert_string_equal(stage_play(stage, "Esc"), "apply(preference)");
	const struct effect *last = stage->effects->items[stage->effects->count - 1];
	const struct change *change = &last->apply.changes[0];
	assert_string_equal(change->key, "columns");
	assert_string_equal(change->value, "number,due,channel,priority,holder,customer,subject");
	stage_destroy(stage);
}

static void the_usual_columns_are_none_chosen(void **state)
{
	(void)state;
	struct stage *stage = stage_begin(80, 24);
	play_line(stage, "columns");
	stage_play(stage, "1 1");
	assert_string_equal(stage_play(stage, "Esc"), "");
	stage_destroy(stage);
}

static void columns_are_named_on_the_line(void **state)
{
	(void)state;
	struct stage *stage = stage_begin(132, 43);
	assert_true(strstr(play_line(stage, "columns team, due"), "apply(") == NULL);
	assert_true(strstr(play_line(stage, "columns team due"), "apply(preference)") != NULL);
	assert_true(has_head(stage, "Team"));
	assert_true(has_head(stage, "Subject"));
	assert_false(has_head(stage, "Channel"));
	play_line(stage, "columns kettle");
	assert_true(stage_shows(stage, "kettle"));
	assert_true(has_head(stage, "Team"));
	stage_destroy(stage);
}

static void colours_are_chosen_and_kept(void **state)
{
	(void)state;
	struct stage *stage = stage_begin(80, 24);
	const char *done = play_line(stage, "theme light");
	assert_true(strstr(done, "theme") && strstr(done, "apply(preference)"));
	assert_string_equal(stage->model->theme->name, "light");
	play_line(stage, "theme");
	assert_true(stage_shows(stage, "light windows  as now"));
	assert_true(strstr(stage_play(stage, "5"), "theme") != NULL);
	assert_string_equal(stage->model->theme->name, "mono");
	play_line(stage, "theme beige");
	assert_true(stage_shows(stage, "there are no colours \"beige\""));
	stage_destroy(stage);
}

static void a_console_begins_as_the_desk_keeps_it(void **state)
{
	(void)state;
	struct stage *stage = stage_create(80, 24);
	stage_prefer(stage->directory, "order", "newest");
	stage_prefer(stage->directory, "columns", "number,due,subject");
	stage_prefer(stage->directory, "theme", "dark");
	stage_answer(stage);
	assert_string_equal(stage->model->theme->name, "dark");
	assert_int_equal(stage->model->queue.order, ORDER_NEWEST);
	assert_false(has_head(stage, "Channel"));
	stage_destroy(stage);
}

static void the_order_is_kept(void **state)
{
	(void)state;
	struct stage *stage = stage_begin(80, 24);
	assert_true(strstr(play_line(stage, "order newest"), "apply(preference)") != NULL);
	stage_destroy(stage);
}

/* --theme and atende.conf. */
static void what_is_asked_for_here_wins(void **state)
{
	(void)state;
	struct stage *stage = stage_create(80, 24);
	stage_prefer(stage->directory, "theme", "dark");
	stage->model->theme = theme_find("light");
	stage->model->theme_is_given = true;
	stage_answer(stage);
	assert_string_equal(stage->model->theme->name, "light");
	stage_destroy(stage);
}

int main(void)
{
	language_setup("en");
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(columns_are_chosen_while_the_list_is_seen),
		cmocka_unit_test(the_usual_columns_are_none_chosen),
		cmocka_unit_test(columns_are_named_on_the_line),
		cmocka_unit_test(colours_are_chosen_and_kept),
		cmocka_unit_test(a_console_begins_as_the_desk_keeps_it),
		cmocka_unit_test(the_order_is_kept),
		cmocka_unit_test(what_is_asked_for_here_wins),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
