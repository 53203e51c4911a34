#include "test.h"

#include "base/clock.h"
#include "base/config.h"
#include "base/file.h"
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void spans_of_time(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		int64_t span_ms;
	} good[] = {{"250ms", 250}, {"90s", 90000}, {"10m", 600000}, {"10min", 600000},
		{"1h30m", 5400000}, {"7d", 604800000}, {"2w", 1209600000}, {"0s", 0}};
	for (size_t i = 0; i < ARRAY_LEN(good); i++) {
		int64_t span_ms = -1;
		assert_true(config_duration(good[i].text, &span_ms));
		assert_int_equal(span_ms, good[i].span_ms);
	}
	static const char *const bad[] = {"", "10", "s", "-5s", "+5s", " 5s", "5 s", "5x", "1h30",
		"99999999999999999999s", "99999999999d", "365250d365250d", "1.5h", "5sm"};
	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		int64_t span_ms = 42;
		assert_false(config_duration(bad[i], &span_ms));
		assert_int_equal(span_ms, 42);
	}
}

struct target {
	char *desk;
	bool mouse;
	int64_t idle_ms, rows;
	int link;
};

static const char *const links[] = {"auto", "slow", NULL};

static const struct config_key keys[] = {
	{"", "desk", CONFIG_TEXT, offsetof(struct target, desk), "desk", NULL},
	{"ui", "mouse", CONFIG_BOOL, offsetof(struct target, mouse), "mouse", NULL},
	{"ui", "idle", CONFIG_DURATION, offsetof(struct target, idle_ms), "idle", NULL},
	{"ui", "rows", CONFIG_INT, offsetof(struct target, rows), "rows", NULL},
	{"ui", "link", CONFIG_WORD, offsetof(struct target, link), "link", links},
};

static char *folder;

static int make_folder(void **state)
{
	(void)state;
	folder = mem_printf(
		NULL, "%s/atende-config-XXXXXX", getenv("TMPDIR") ? getenv("TMPDIR") : "/tmp");
	return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state)
{
	(void)state;
	char *path = mem_printf(folder, "%s/atende.conf", folder);
	unlink(path);
	rmdir(folder);
	talloc_free(folder);
	return 0;
}

static bool load(const char *content, struct target *target, struct error *err)
{
	char *path = mem_printf(folder, "%s/atende.conf", folder);
	assert_true(file_replace(path, content, strlen(content), NULL));
	*err = (struct error){0};
	return config_load(folder, path, keys, ARRAY_LEN(keys), target, err);
}

static void a_file_fills_the_target(void **state)
{
	(void)state;
	struct target target = {.rows = 50};
	struct error err;
	assert_true(load("desk = /srv/desk.db\n[ui]\nmouse = yes\nidle = 90s\n", &target, &err));
	assert_string_equal(target.desk, "/srv/desk.db");
	assert_true(target.mouse);
	assert_int_equal(target.idle_ms, 90000);
	assert_int_equal(target.rows, 50);
	assert_int_equal(target.link, 0);
	assert_true(load("[ui]\nlink = slow\nrows = -3\nmouse = no\n", &target, &err));
	assert_int_equal(target.rows, -3);
	assert_false(target.mouse);
	assert_int_equal(target.link, 1);
}

static void a_mistake_names_file_and_line(void **state)
{
	(void)state;
	static const struct {
		const char *content, *where, *what;
	} all[] = {{"[ui]\nmouse = maybe\n", "atende.conf:2", "maybe"},
		{"[ui]\n\nidle = 90\n", "atende.conf:3", "90"},
		{"[ui]\nlink = Slow\n", "atende.conf:2", "Slow"},
		{"colour = blue\n", "atende.conf:1", "colour"},
		{"desk = a\n  rows = 3\n", "atende.conf:2", "desk"},
		{"[ui]\nrows = 3\nmouse = no\nrows = 4\n", "atende.conf:4", "rows"},
		{"desk = a\nnot an entry\n", "atende.conf:2", ""},
		{"[ui]\nrows = 99999999999999999999\n", "atende.conf:2", "99999999999999999999"}};
	for (size_t i = 0; i < ARRAY_LEN(all); i++) {
		struct target target = {0};
		struct error err;
		assert_false(load(all[i].content, &target, &err));
		assert_int_equal(err.code, ERROR_USAGE);
		assert_non_null(strstr(err.arg[0], all[i].where));
		assert_string_equal(err.arg[1], all[i].what);
	}
}

/* inih would take the rest of it for a line of its own. */
static void a_line_too_long_is_a_mistake(void **state)
{
	(void)state;
	struct target target = {0};
	struct error err;
	char *content = mem_printf(folder, "[ui]\ndesk = %0190d", 0);
	assert_false(load(content, &target, &err));
	content = mem_printf(folder, "# %0500d\ndesk = a", 0);
	assert_false(load(content, &target, &err));
	assert_non_null(strstr(err.arg[0], "atende.conf:1"));
	content = mem_printf(folder, "desk = %0190d\n", 0);
	assert_true(load(content, &target, &err));
	assert_int_equal(strlen(target.desk), 190);
}

static void no_file_is_no_mistake(void **state)
{
	(void)state;
	struct target target = {.rows = 7};
	assert_true(config_load(
		NULL, "/nonexistent/atende.conf", keys, ARRAY_LEN(keys), &target, NULL));
	assert_int_equal(target.rows, 7);
}

static void a_value_is_put_and_the_rest_stays(void **state)
{
	(void)state;
	char *path = mem_printf(folder, "%s/put/atende.conf", folder);
	const struct config_value first[] = {{"desk", "/srv/desk.db"}, {"as", "ana"}};
	assert_true(config_put(path, first, ARRAY_LEN(first), NULL));
	const char *text = "# mine\ndesk = x\nlang=pt_BR\ndesk: y\n\n[ui]\nas = other\n";
	assert_true(file_replace(path, text, strlen(text), NULL));
	assert_true(config_put(path, first, ARRAY_LEN(first), NULL));
	char *bytes;
	size_t size;
	assert_true(file_read(NULL, path, 10000, &bytes, &size, NULL));
	assert_string_equal(bytes, "# mine\ndesk = /srv/desk.db\nlang=pt_BR\n\nas = ana\n[ui]\n"
				   "as = other\n");
	talloc_free(bytes);
	unlink(path);
	rmdir(mem_printf(folder, "%s/put", folder));
}

static void what_a_file_cannot_hold_is_refused(void **state)
{
	(void)state;
	static const char *const bad[] = {"", " a", "a ", "a ;b", "a\nb", ";a"};
	char *path = mem_printf(folder, "%s/refused.conf", folder);
	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		const struct config_value value = {"desk", bad[i]};
		assert_false(config_put(path, &value, 1, NULL));
	}
	assert_int_not_equal(access(path, F_OK), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(spans_of_time),
		cmocka_unit_test(a_file_fills_the_target),
		cmocka_unit_test(a_mistake_names_file_and_line),
		cmocka_unit_test(a_line_too_long_is_a_mistake),
		cmocka_unit_test(no_file_is_no_mistake),
		cmocka_unit_test(a_value_is_put_and_the_rest_stays),
		cmocka_unit_test(what_a_file_cannot_hold_is_refused),
	};
	return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
