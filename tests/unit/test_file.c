#include "test.h"

#include "base/file.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/os.h"
#include "base/paths.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* What touches the file system: whole files, locks, the log, where things live. */

static char *folder;

static int make_folder(void **state)
{
	(void)state;
	folder = mem_printf(
		NULL, "%s/atende-file-XXXXXX", getenv("TMPDIR") ? getenv("TMPDIR") : "/tmp");
	return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state)
{
	(void)state;
	int rc = rmdir(folder);
	talloc_free(folder);
	return rc;
}

static char *path_of(const char *name)
{
	return mem_printf(folder, "%s/%s", folder, name);
}

static void a_file_is_replaced_whole_and_for_its_owner_alone(void **state)
{
	(void)state;
	char *path = path_of("draft");
	char *bytes;
	size_t size;
	assert_true(file_replace(path, "one\0two", 7, NULL));
	assert_true(file_replace(path, "three", 5, NULL));
	assert_true(file_read(folder, path, 100, &bytes, &size, NULL));
	assert_int_equal(size, 5);
	assert_string_equal(bytes, "three");
	struct stat info;
	assert_int_equal(stat(path, &info), 0);
	assert_int_equal(info.st_mode & 0777, 0600);
	assert_int_equal(unlink(path), 0); /* and nothing else is left: remove_folder */
}

static void big_files_are_read_up_to_the_limit(void **state)
{
	(void)state;
	char *path = path_of("big");
	size_t big = 100000;
	char *out = mem_array(folder, char, big);
	memset(out, 'x', big);
	assert_true(file_replace(path, out, big, NULL));
	char *bytes;
	size_t size;
	assert_true(file_read(folder, path, big, &bytes, &size, NULL));
	assert_int_equal(size, big);
	assert_int_equal(strlen(bytes), big);
	struct error err = {0};
	assert_false(file_read(folder, path, big - 1, &bytes, &size, &err));
	assert_int_equal(err.code, ERROR_INVALID);
	assert_string_equal(err.arg[0], "99999");
	unlink(path);
}

static void errors_name_the_path(void **state)
{
	(void)state;
	struct error err = {0};
	char *path = path_of("missing/file");
	char *bytes;
	size_t size;
	assert_false(file_read(folder, path, 10, &bytes, &size, &err));
	assert_int_equal(err.code, ERROR_NOT_FOUND);
	assert_string_equal(err.arg[0], path);
	assert_false(file_replace(path, "x", 1, &err));
	assert_string_equal(err.arg[0], path);
}

static void folders_are_made_with_their_parents(void **state)
{
	(void)state;
	char *path = path_of("a/b");
	assert_true(file_make_dirs(path, NULL));
	assert_true(file_make_dirs(path, NULL));
	struct stat info;
	assert_int_equal(stat(path, &info), 0);
	assert_int_equal(info.st_mode & 0777, 0700);
	rmdir(path);
	rmdir(path_of("a"));
	struct error err = {0};
	assert_false(file_make_dirs("/proc/none/of/these", &err));
	assert_int_not_equal(err.code, ERROR_NONE);
}

/* Locks belong to the description, not to the process: two of one process exclude each other. */
static void locks_exclude_other_descriptors(void **state)
{
	(void)state;
	char *path = path_of("lock");
	int one = open(path, O_RDWR | O_CREAT, 0600);
	int two = open(path, O_RDWR);
	assert_true(os_lock(one, 0, -1));
	assert_false(os_try_lock(two, 0));
	assert_true(os_try_lock(two, 1)); /* another byte */
	assert_false(os_lock(two, 0, 5));
	assert_int_equal(errno, EAGAIN);
	os_unlock(one, 0);
	assert_true(os_lock(two, 0, 5));
	close(two); /* lets go */
	assert_true(os_try_lock(one, 0));
	close(one);
	unlink(path);
}

static void the_log_has_one_line_an_event(void **state)
{
	(void)state;
	char *path = path_of("log");
	struct log *log = log_open(path);
	log_line(log, "start", "version %d", 7);
	log_line(log, "stop", "%s", "bye\nfor\tnow");
	log_close(log);
	log_close(NULL);
	log_line(NULL, "nowhere", "x");
	char *bytes;
	size_t size;
	assert_true(file_read(folder, path, 1000, &bytes, &size, NULL));
	assert_int_equal(bytes[10], 'T');
	assert_memory_equal(bytes + 19, "Z start version 7\n", 18);
	char *second = strchr(bytes, '\n') + 1;
	assert_string_equal(second + 19, "Z stop bye for now\n");
	unlink(path);
}

static void random_bytes_differ(void **state)
{
	(void)state;
	unsigned char one[32] = {0}, two[32] = {0};
	os_random(one, sizeof one);
	os_random(two, sizeof two);
	assert_memory_not_equal(one, two, sizeof one);
}

static void this_machine_can_be_asked(void **state)
{
	(void)state;
	assert_null(os_network_filesystem("/nonexistent"));
	assert_null(os_network_filesystem("/proc"));
	char *program = os_program_dir(folder);
	assert_non_null(program);
	assert_int_equal(program[0], '/');
	assert_int_not_equal(program[strlen(program) - 1], '/');
}

static void things_live_where_xdg_says(void **state)
{
	(void)state;
	setenv("HOME", "/nowhere/ana", 1);
	unsetenv("XDG_CONFIG_HOME");
	unsetenv("XDG_DATA_HOME");
	unsetenv("XDG_STATE_HOME");
	unsetenv("ATENDE_CONFIG");
	assert_string_equal(
		paths_config(folder, "keys.conf"), "/nowhere/ana/.config/atende/keys.conf");
	assert_string_equal(
		paths_data(folder, "desk.db"), "/nowhere/ana/.local/share/atende/desk.db");
	assert_string_equal(
		paths_state(folder, "drafts"), "/nowhere/ana/.local/state/atende/drafts");
	setenv("XDG_DATA_HOME", "/data", 1);
	assert_string_equal(paths_data(folder, "desk.db"), "/data/atende/desk.db");
	setenv("XDG_DATA_HOME", "relative", 1); /* the specification: to be ignored */
	assert_string_equal(
		paths_data(folder, "desk.db"), "/nowhere/ana/.local/share/atende/desk.db");
	setenv("ATENDE_CONFIG", "/etc/desk", 1);
	assert_string_equal(paths_config(folder, "keys.conf"), "/etc/desk/keys.conf");
	setenv("ATENDE_LOCALE_DIR", "/locale", 1);
	assert_string_equal(paths_locale(folder), "/locale");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_file_is_replaced_whole_and_for_its_owner_alone),
		cmocka_unit_test(big_files_are_read_up_to_the_limit),
		cmocka_unit_test(errors_name_the_path),
		cmocka_unit_test(folders_are_made_with_their_parents),
		cmocka_unit_test(locks_exclude_other_descriptors),
		cmocka_unit_test(the_log_has_one_line_an_event),
		cmocka_unit_test(random_bytes_differ),
		cmocka_unit_test(this_machine_can_be_asked),
		cmocka_unit_test(things_live_where_xdg_says),
	};
	return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
