#include "tui/history.h"

#include "test.h"

#include "atende/past.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/paths.h"
#include "support/desk.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static void a_line_stands_once_and_the_oldest_go(void **state)
{
	(void)state;
	void *mem = mem_context(NULL);
	struct history history = {0};
	history_add(mem, &history, "claim");
	history_add(mem, &history, "tag vip");
	history_add(mem, &history, "claim");
	assert_int_equal(history.count, 2);
	assert_string_equal(history.lines[1], "claim");
	for (int i = 0; i < HISTORY_KEPT; i++) {
		history_add(mem, &history, mem_printf(mem, "tag %d", i));
	}
	assert_int_equal(history.count, HISTORY_KEPT);
	assert_string_equal(history.lines[0], "tag 0");
	talloc_free(mem);
}

static void what_was_loaded_is_older(void **state)
{
	(void)state;
	void *mem = mem_context(NULL);
	struct history history = {0};
	history_add(mem, &history, "now");
	history_load(mem, &history, "first\nsecond\n\nnow\n");
	assert_int_equal(history.count, 3);
	assert_string_equal(history.lines[0], "first");
	assert_string_equal(history.lines[2], "now");
	talloc_free(mem);
}

static void finds_by_beginning_and_tells_how_recent(void **state)
{
	(void)state;
	void *mem = mem_context(NULL);
	struct history history = {0};
	history_load(mem, &history, "tag vip\nclaim\ntag late\n");
	assert_int_equal(history_find(&history, 3, -1, "", 9), 2);
	assert_int_equal(history_find(&history, 2, -1, "tag", 9), 0);
	assert_int_equal(history_find(&history, 0, -1, "tag", 9), 9);
	assert_int_equal(history_find(&history, 0, 1, "tag", 9), 2);
	assert_int_equal(history_find(&history, 2, 1, "", 9), 9);
	assert_int_equal(history_rank(&history, "tag"), 3);
	assert_int_equal(history_rank(&history, "claim"), 2);
	assert_int_equal(history_rank(&history, "ta"), 0);
	talloc_free(mem);
}

static void is_kept_for_its_owner_alone(void **state)
{
	(void)state;
	void *mem = mem_context(NULL);
	assert_string_equal(past_read(mem), "");
	past_add("claim");
	past_add("tag vip");
	assert_string_equal(past_read(mem), "claim\ntag vip\n");
	struct stat about;
	assert_int_equal(stat(paths_state(mem, "history"), &about), 0);
	assert_int_equal(about.st_mode & 0777, 0600);
	talloc_free(mem);
}

static void a_long_file_is_cut_to_its_newest_lines(void **state)
{
	(void)state;
	void *mem = mem_context(NULL);
	for (int i = 0; i < 4000; i++) {
		past_add(mem_printf(mem, "tag number%d", i));
	}
	char *text = past_read(mem);
	assert_true(strlen(text) <= 16 * 1024);
	assert_memory_equal(text, "tag number", 10);
	assert_string_equal(text + strlen(text) - 15, "tag number3999\n");
	assert_string_equal(past_read(mem), text);
	talloc_free(mem);
}

static int start(void **state)
{
	struct desk *desk = desk_create(NULL);
	setenv("XDG_STATE_HOME", desk_path(desk, "state"), 1);
	*state = desk;
	return 0;
}

static int stop(void **state)
{
	talloc_free(*state);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_line_stands_once_and_the_oldest_go),
		cmocka_unit_test(what_was_loaded_is_older),
		cmocka_unit_test(finds_by_beginning_and_tells_how_recent),
		cmocka_unit_test_setup_teardown(is_kept_for_its_owner_alone, start, stop),
		cmocka_unit_test_setup_teardown(
			a_long_file_is_cut_to_its_newest_lines, start, stop),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
