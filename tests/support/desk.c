#include "support/desk.h"

#include "test.h"

#include "base/error.h"
#include "base/file.h"
#include "base/mem.h"

#include <ftw.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { READ_MAX = 1 << 30, OPEN_DIRS = 16 };

static int remove_entry(const char *path, const struct stat *entry, int type, struct FTW *walk)
{
	(void)entry;
	(void)type;
	(void)walk;
	return remove(path);
}

static int desk_finish(struct desk *desk)
{
	nftw(desk->path, remove_entry, OPEN_DIRS, FTW_DEPTH | FTW_PHYS);
	return 0;
}

struct desk *desk_create(const void *mem)
{
	struct desk *desk = mem_new(mem, struct desk);
	const char *temporary = getenv("TMPDIR");
	desk->path = mem_printf(
		desk, "%s/atende-test-XXXXXX", temporary && *temporary == '/' ? temporary : "/tmp");
	assert_non_null(mkdtemp(desk->path));
	talloc_set_destructor(desk, desk_finish);
	desk->file = desk_path(desk, "desk.db");
	return desk;
}

char *desk_path(const struct desk *desk, const char *name)
{
	return mem_printf(desk, "%s/%s", desk->path, name);
}

char *desk_write(const struct desk *desk, const char *name, const char *text)
{
	char *path = desk_path(desk, name);
	struct error err = {0};
	if (!file_replace(path, text, strlen(text), &err)) {
		fail_msg("%s: %s", path, err.text);
	}
	return path;
}

char *desk_read(const struct desk *desk, const char *name)
{
	char *path = desk_path(desk, name);
	char *bytes = NULL;
	size_t size;
	struct error err = {0};
	if (!file_read(desk, path, READ_MAX, &bytes, &size, &err)) {
		fail_msg("%s: %s", path, err.text);
	}
	talloc_free(path);
	return bytes;
}

struct environment {
	const char **entries; /* ended by NULL */
	size_t count;
};

static void environment_take(struct environment *environment, const char *entry)
{
	size_t name = strcspn(entry, "=") + 1;
	size_t at = 0;
	while (at < environment->count && strncmp(environment->entries[at], entry, name) != 0) {
		at++;
	}
	if (at == environment->count) {
		environment->entries = mem_grow(talloc_parent(environment->entries),
			environment->entries, const char *, ++environment->count + 1);
	}
	environment->entries[at] = entry;
	if (entry[name] == '\0') {
		environment->entries[at] = environment->entries[--environment->count];
	}
	environment->entries[environment->count] = NULL;
}

static void environment_inherit(struct environment *environment, const void *mem, const char *name)
{
	const char *value = getenv(name);
	if (value) {
		environment_take(environment, mem_printf(mem, "%s=%s", name, value));
	}
}

const char *const *desk_environment(const struct desk *desk, const char *const *more)
{
	static const char *const inherited[] = {"ASAN_OPTIONS", "LSAN_OPTIONS", "PATH",
		"TSAN_OPTIONS", "UBSAN_OPTIONS", "ATENDE_LOCALE_DIR"};
	static const char *const fixed[] = {
		"TERM=xterm-256color", "LC_ALL=C.UTF-8", "LANGUAGE=en", "TZ=UTC"};
	struct environment environment = {mem_array(desk, const char *, 1), 0};
	for (size_t i = 0; i < ARRAY_LEN(inherited); i++) {
		environment_inherit(&environment, desk, inherited[i]);
	}
	for (size_t i = 0; i < ARRAY_LEN(fixed); i++) {
		environment_take(&environment, fixed[i]);
	}
	static const char *const places[] = {"HOME=%s", "TMPDIR=%s", "XDG_CONFIG_HOME=%s/config",
		"XDG_DATA_HOME=%s/data", "XDG_STATE_HOME=%s/state", "ATENDE_DESK=%s/desk.db"};
	for (size_t i = 0; i < ARRAY_LEN(places); i++) {
		const char *slot = strstr(places[i], "%s");
		environment_take(&environment, mem_printf(desk, "%.*s%s%s", (int)(slot - places[i]),
						       places[i], desk->path, slot + 2));
	}
	for (; more && *more; more++) {
		environment_take(&environment, *more);
	}
	return environment.entries;
}

const char *desk_program(void)
{
	const char *program = getenv("ATENDE_PROGRAM");
	if (!program) {
		fail_msg("ATENDE_PROGRAM does not name the program under test");
	}
	return program;
}

struct program_result *desk_run(
	const struct desk *desk, const char *as, const char *const *arguments, const char *input)
{
	size_t count = 0;
	while (arguments[count]) {
		count++;
	}
	const char **argv = mem_array(desk, const char *, count + 2);
	argv[0] = desk_program();
	memcpy(argv + 1, arguments, count * sizeof *arguments);
	const char *more[] = {as ? mem_printf(desk, "ATENDE_AS=%s", as) : NULL, NULL};
	struct program program = {
		.argv = argv, .environment = desk_environment(desk, more), .input = input};
	return program_run(desk, &program);
}

char *desk_do(const struct desk *desk, const char *as, const char *input, ...)
{
	const char **arguments = mem_array(desk, const char *, 1);
	size_t count = 0;
	va_list args;
	va_start(args, input);
	for (const char *arg = va_arg(args, const char *); arg; arg = va_arg(args, const char *)) {
		arguments = mem_grow(desk, arguments, const char *, count + 2);
		arguments[count++] = arg;
		arguments[count] = NULL;
	}
	va_end(args);
	struct program_result *result = desk_run(desk, as, arguments, input);
	if (result->status != 0) {
		fail_msg("atende %s ended with %d\n%s%s", count ? arguments[0] : "", result->status,
			result->out, result->err);
	}
	return result->out;
}
