#include "test.h"

#include "base/language.h"
#include "base/mem.h"
#include "drawing.h"
#include "golden.h"
#include "scenes.h"
#include "svg.h"
#include "tui/view.h"

#include <string.h>

/*
 * The pictures of the guides and the README are what the real terminal code shows today, in the
 * language SCREENS_LANG. UPDATE_SCREENS=1 makes them anew, as test_screens.c says.
 */

static const struct {
	const char *scene;
	struct scene_size size;
} pictures[] = {
	{"queue", {80, 24}},
	{"queue_live", {132, 30}},
	{"ticket", {80, 24}},
	{"customer", {80, 24}},
	{"reply", {80, 24}},
	{"review", {80, 24}},
	{"note", {80, 24}},
	{"lost_claim", {80, 24}},
	{"offline_sent", {80, 24}},
	{"prefix", {80, 24}},
	{"reasons", {80, 24}},
	{"marked", {80, 24}},
	{"find", {80, 24}},
	{"palette", {80, 24}},
	{"help", {80, 24}},
	{"shift", {80, 24}},
};

static const struct scene *scene_named(const char *name)
{
	for (size_t i = 0; i < scene_count; i++) {
		if (strcmp(scenes[i].name, name) == 0) {
			return &scenes[i];
		}
	}
	fail_msg("there is no scene %s", name);
	return NULL;
}

static char *draw(const void *mem, const struct scene *scene, struct scene_size size)
{
	struct stage *stage = scene_play(scene, size);
	struct canvas *canvas = canvas_create(stage, size.columns, size.rows, false);
	model_view(stage->model, canvas);
	struct drawing *drawing =
		drawing_open(NULL, size.columns, size.rows, theme_find(NULL), false);
	drawing_draw(drawing, canvas);
	assert_null(drawing_fault(stage, drawing, canvas));
	char *svg = svg_of(mem, drawing_terminal(drawing), canvas);
	drawing_close(drawing);
	stage_destroy(stage);
	return svg;
}

static void pictures_show_the_screens_of_today(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(pictures); i++) {
		void *mem = mem_context(NULL);
		char *name = mem_printf(mem, "%s.%s.svg", pictures[i].scene, golden_language());
		golden_check("PICTURES_DIR", name,
			draw(mem, scene_named(pictures[i].scene), pictures[i].size));
		talloc_free(mem);
	}
}

int main(void)
{
	language_setup(golden_language());
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pictures_show_the_screens_of_today),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
