#include "test.h"

#include "base/clock.h"
#include "base/language.h"
#include "base/mem.h"
#include "stage.h"

/* The window of rows out of a long list. */

enum { TICKETS = 1000, ROWS_MOST = 300 };

static int begin(void **state)
{
	struct stage *stage = stage_create(80, 24);
	stage_grow(stage, TICKETS);
	stage_answer(stage);
	*state = stage;
	return 0;
}

static int end(void **state)
{
	stage_destroy(*state);
	return 0;
}

static const struct queue_part *queue(const struct stage *stage)
{
	return &stage->model->queue;
}

static int64_t due(const struct stage *stage)
{
	return queue_row(stage->model)->row.ticket.due_at;
}

/* Goes on by one key until it goes no further; each step must go the right way, and once. */
static size_t walk(struct stage *stage, const char *key, int sign)
{
	size_t count = 1;
	for (;;) {
		int64_t before = due(stage);
		int64_t number = queue_selected(stage->model);
		stage_do(stage, key);
		if (queue_selected(stage->model) == number) {
			return count;
		}
		assert_true((due(stage) - before) * sign >= 0);
		assert_true(queue(stage)->count <= ROWS_MOST);
		count++;
	}
}

static void the_whole_list_is_walked_with_few_rows_in_memory(void **state)
{
	struct stage *stage = *state;
	assert_int_equal(walk(stage, "j", 1), TICKETS);
	assert_int_equal(walk(stage, "k", -1), TICKETS);
}

static void end_and_home_jump(void **state)
{
	struct stage *stage = *state;
	stage_do(stage, "G");
	assert_int_equal(queue_selected(stage->model), 1001 + TICKETS - 1);
	assert_false(queue(stage)->has_below);
	assert_true(queue(stage)->has_above);
	stage_do(stage, "k");
	assert_int_equal(queue_selected(stage->model), 1001 + TICKETS - 2);
	stage_do(stage, "Home");
	assert_int_equal(queue(stage)->cursor, 0);
	assert_false(queue(stage)->has_above);
	assert_int_equal(walk(stage, "PgDn", 1), TICKETS / (24 - 5 - 4 - 1) + 2);
}

static void a_reload_in_the_middle_stays_there(void **state)
{
	struct stage *stage = *state;
	for (int i = 0; i < 40; i++) {
		stage_do(stage, "PgDn");
	}
	int64_t number = queue_selected(stage->model);
	stage_do(stage, "R");
	assert_int_equal(queue_selected(stage->model), number);
	assert_true(queue(stage)->has_above);
	stage_do(stage, "j k");
	assert_int_equal(queue_selected(stage->model), number);
}

static void a_list_keeps_its_place_while_another_is_shown(void **state)
{
	struct stage *stage = *state;
	stage_do(stage, "j j j 3");
	stage_do(stage, "1");
	assert_int_equal(queue(stage)->cursor, 3);
}

static void every_size_keeps_the_cursor_in_sight(void **state)
{
	struct stage *stage = *state;
	stage_do(stage, "PgDn PgDn PgDn");
	for (int rows = 60; rows > 0; rows--) {
		struct msg *msg = stage_msg(stage, MSG_RESIZE);
		msg->size.columns = 10 + 3 * rows;
		msg->size.rows = rows;
		stage_send(stage, msg);
		talloc_free(stage_screen(stage));
		struct layout layout = layout_queue(10 + 3 * rows, rows, true);
		if (!layout.is_too_small) {
			assert_true(queue(stage)->cursor >= queue(stage)->top);
			assert_true(queue(stage)->cursor <
				    queue(stage)->top + (size_t)layout.list.rows);
		}
	}
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
	language_setup("en");
	const struct CMUnitTest tests[] = {
		TEST(the_whole_list_is_walked_with_few_rows_in_memory),
		TEST(end_and_home_jump),
		TEST(a_reload_in_the_middle_stays_there),
		TEST(a_list_keeps_its_place_while_another_is_shown),
		TEST(every_size_keeps_the_cursor_in_sight),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
