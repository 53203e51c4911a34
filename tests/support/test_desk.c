#include "test.h"

#include "base/mem.h"
#include "support/desk.h"

#include <string.h>
#include <unistd.h>

static void a_desk_is_empty_and_goes_away(void **state)
{
	(void)state;
	struct desk *desk = desk_create(NULL);
	char *path = mem_strdup(NULL, desk->path);
	assert_int_equal(access(path, W_OK), 0);
	assert_int_not_equal(access(desk->file, F_OK), 0);
	desk_write(desk, "note", "ol\xC3\xA1\n");
	assert_string_equal(desk_read(desk, "note"), "ol\xC3\xA1\n");
	talloc_free(desk);
	assert_int_not_equal(access(path, F_OK), 0);
	talloc_free(path);
}

static const char *value_of(const char *const *environment, const char *name)
{
	size_t size = strlen(name);
	for (; *environment; environment++) {
		if (strncmp(*environment, name, size) == 0 && (*environment)[size] == '=') {
			return *environment + size + 1;
		}
	}
	return NULL;
}

static void environment_is_of_the_desk_alone(void **state)
{
	(void)state;
	struct desk *desk = desk_create(NULL);
	const char *more[] = {"LANGUAGE=pt_BR", "TERM=", "DISPLAY=:0", NULL};
	const char *const *environment = desk_environment(desk, more);
	assert_string_equal(value_of(environment, "HOME"), desk->path);
	assert_string_equal(value_of(environment, "ATENDE_DESK"), desk->file);
	assert_string_equal(value_of(environment, "LANGUAGE"), "pt_BR");
	assert_string_equal(value_of(environment, "DISPLAY"), ":0");
	assert_null(value_of(environment, "TERM"));
	assert_null(value_of(environment, "USER"));
	talloc_free(desk);
}

static struct program_result *shell(const struct desk *desk, const char *script, const char *input)
{
	const char *argv[] = {"/bin/sh", "-c", script, NULL};
	struct program program = {
		.argv = argv, .environment = desk_environment(desk, NULL), .input = input};
	return program_run(desk, &program);
}

static void commands_have_output_and_status(void **state)
{
	(void)state;
	struct desk *desk = desk_create(NULL);
	struct program_result *result = shell(desk, "cat; echo oops >&2; exit 4", "in\n");
	assert_int_equal(result->status, 4);
	assert_string_equal(result->out, "in\n");
	assert_string_equal(result->err, "oops\n");
	assert_int_equal(shell(desk, "kill -9 $$", NULL)->status, 137);
	talloc_free(desk);
}

/* Neither side may block on a full pipe. */
static void much_goes_through(void **state)
{
	(void)state;
	struct desk *desk = desk_create(NULL);
	size_t size = 3 << 20;
	char *input = mem_array(desk, char, size + 1);
	memset(input, 'x', size);
	struct program_result *result = shell(desk, "tee /dev/stderr", input);
	assert_int_equal(result->out_size, size);
	assert_int_equal(result->err_size, size);
	assert_int_equal(shell(desk, "exit 0", input)->status, 0);
	talloc_free(desk);
}

static void commands_can_run_beside_each_other(void **state)
{
	(void)state;
	struct desk *desk = desk_create(NULL);
	const char *argv[] = {"/bin/sh", "-c", "exit 5", NULL};
	struct program program = {.argv = argv, .environment = desk_environment(desk, NULL)};
	pid_t first = program_start(&program);
	pid_t second = program_start(&program);
	assert_int_equal(program_wait(second), 5);
	assert_int_equal(program_wait(first), 5);
	talloc_free(desk);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_desk_is_empty_and_goes_away),
		cmocka_unit_test(environment_is_of_the_desk_alone),
		cmocka_unit_test(commands_have_output_and_status),
		cmocka_unit_test(much_goes_through),
		cmocka_unit_test(commands_can_run_beside_each_other),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
