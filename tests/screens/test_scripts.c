#include "test.h"

#include "base/language.h"
#include "base/mem.h"
#include "script.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

/*
 * Runs the scripts of the folder given first, or those of them named behind it. UPDATE_SCREENS=1
 * writes the whole screens in them instead of comparing.
 */

enum { SCRIPTS = 500 };

/* 2026-11-23 09:00:00 in São Paulo, a Monday. */
static const int64_t MORNING = INT64_C(1795435200000);

struct run {
	struct fixture *fixture;
	struct script *script;
};

static int begin(void **state)
{
	void *fixture;
	const char *path = *state;
	if (fixture_setup(&fixture) != 0) {
		return -1;
	}
	struct run *run = mem_new(NULL, struct run);
	run->fixture = fixture;
	run->fixture->now = MORNING;
	run->script = script_read(run, path);
	run->script->updates = getenv("UPDATE_SCREENS") != NULL;
	*state = run;
	return 0;
}

static int end(void **state)
{
	struct run *run = *state;
	void *fixture = run->fixture;
	script_finish(run->script);
	talloc_free(run);
	return fixture_teardown(&fixture);
}

static void play(void **state)
{
	struct run *run = *state;
	script_run(run->script, run->fixture);
}

static int is_script(const struct dirent *entry)
{
	size_t size = strlen(entry->d_name);
	return size > 4 && strcmp(entry->d_name + size - 4, ".txt") == 0;
}

static bool is_wanted(const char *name, char **names)
{
	bool is_it = !*names;
	for (; *names && !is_it; names++) {
		is_it = strncmp(*names, name, strlen(*names)) == 0;
	}
	return is_it;
}

int main(int argc, char **argv)
{
	struct dirent **entries;
	void *mem = mem_context(NULL);
	struct CMUnitTest *tests = mem_array(mem, struct CMUnitTest, SCRIPTS);
	size_t count = 0;
	int found = argc > 1 ? scandir(argv[1], &entries, is_script, alphasort) : 0;
	for (int i = 0; i < found; i++) {
		char *name = mem_strdup(mem, entries[i]->d_name);
		free(entries[i]);
		if (is_wanted(name, argv + 2)) {
			assert_true(count < SCRIPTS);
			tests[count++] = (struct CMUnitTest){
				name, play, begin, end, mem_printf(mem, "%s/%s", argv[1], name)};
		}
	}
	if (found > 0) {
		free(entries);
	}
	language_setup("en");
	int failed = _cmocka_run_group_tests("scripts", tests, count, NULL, NULL);
	talloc_free(mem);
	return failed;
}
