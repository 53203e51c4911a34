#include "test.h"

#include "base/language.h"
#include "base/mem.h"
#include "stage.h"

#include <string.h>

/*
 * A desk that takes its time.
 * covers: 6.slow 6.cancel key.Ctrl-C.queue key.Ctrl-C.ticket
 */

static int begin(void **state)
{
	*state = stage_begin(80, 24);
	return 0;
}

static int end(void **state)
{
	stage_destroy(*state);
	return 0;
}

/* The status line. */
static bool says(struct stage *stage, const char *text)
{
	const char *at = stage_screen(stage);
	for (int row = 0; row < 22; row++) {
		at = strchr(at, '\n') + 1;
	}
	char *line = mem_strndup(stage, at, strcspn(at, "\n"));
	if (!strstr(line, text)) {
		print_error("%s\n", line);
	}
	return strstr(line, text) != NULL;
}

static void what_takes_a_while_is_named(void **state)
{
	struct stage *stage = *state;
	stage_play(stage, "R");
	stage_wait(stage, 200);
	assert_true(says(stage, "online"));
	stage_wait(stage, 150);
	assert_true(says(stage, "fetching the list… 0.3 s, Ctrl-C stops it"));
	stage_wait(stage, 2000);
	assert_true(says(stage, "fetching the list… 2.3 s"));
	stage_answer(stage);
	assert_true(says(stage, "online"));
	stage_play(stage, "Enter");
	stage_wait(stage, 400);
	assert_true(says(stage, "fetching the ticket… 0.4 s"));
}

static void it_shows_without_a_key(void **state)
{
	struct stage *stage = *state;
	stage_play(stage, "R");
	assert_true(model_deadline(stage->model) <= stage->now + 300);
}

static void it_is_cut_short_and_never_left(void **state)
{
	struct stage *stage = *state;
	static const char *const screens[] = {"", "Enter"};
	for (size_t i = 0; i < ARRAY_LEN(screens); i++) {
		stage_do(stage, screens[i]);
		stage_play(stage, "R");
		assert_string_equal(stage_play(stage, "Ctrl-C"), "cancel");
		stage->is_cut_short = true;
		stage_answer(stage);
		stage->is_cut_short = false;
		/* The desk is not taken for lost, and what was shown stays. */
		assert_int_equal(stage->model->link.down_since, 0);
		assert_true(stage_shows(stage, "the request was cancelled"));
		stage_do(stage, "R");
		assert_true(stage_shows(stage, "Maria Souza"));
		assert_string_equal(stage_play(stage, "Ctrl-C"), "");
	}
}

int main(void)
{
	language_setup("en");
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(what_takes_a_while_is_named, begin, end),
		cmocka_unit_test_setup_teardown(it_shows_without_a_key, begin, end),
		cmocka_unit_test_setup_teardown(it_is_cut_short_and_never_left, begin, end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
