#include "test.h"

#include "base/file.h"
#include "base/language.h"
#include "base/mem.h"
#include "scenes.h"

#include <stdlib.h>
#include <string.h>

/*
 * What the screens look like, against the files in golden/. After a change that was meant, run
 * UPDATE_SCREENS=1 meson test -C build --suite screens
 * and read the difference before committing it. SCREENS_LANG chooses the language.
 */

static char *golden_path(const void *mem, const char *name, size_t size)
{
	const char *lang = getenv("SCREENS_LANG");
	return mem_printf(mem, "%s/%s.%dx%d.%s.txt", getenv("SCREENS_DIR"), name,
		scene_sizes[size].columns, scene_sizes[size].rows, lang ? lang : "en");
}

static void check_golden(const void *mem, const char *path, const char *screen)
{
	struct error err = {0};
	if (getenv("UPDATE_SCREENS")) {
		assert_true(file_replace(path, screen, strlen(screen), &err));
		return;
	}
	char *wanted = NULL;
	size_t size;
	if (!file_read(mem, path, 100000, &wanted, &size, &err)) {
		fail_msg("%s is not there: UPDATE_SCREENS=1 makes it", path);
	}
	if (strcmp(wanted, screen) != 0) {
		fail_msg("%s differs:\n%s\n--- instead of ---\n%s", path, screen, wanted);
	}
}

static void check_scene(size_t scene, size_t size)
{
	struct stage *stage = stage_begin(scene_sizes[size].columns, scene_sizes[size].rows);
	scenes[scene].play(stage);
	check_golden(stage, golden_path(stage, scenes[scene].name, size), stage_screen(stage));
	stage_destroy(stage);
}

static void screens_look_as_agreed(void **state)
{
	(void)state;
	for (size_t scene = 0; scene < scene_count; scene++) {
		size_t count = scenes[scene].in_all_sizes ? scene_size_count : 2;
		for (size_t size = 0; size < count; size++) {
			check_scene(scene, size);
		}
	}
}

int main(void)
{
	language_setup(getenv("SCREENS_LANG"));
	const struct CMUnitTest tests[] = {cmocka_unit_test(screens_look_as_agreed)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
