#include "test.h"

#include "base/language.h"
#include "base/mem.h"
#include "drawing.h"
#include "golden.h"
#include "picture.h"
#include "scenes.h"
#include "tui/view.h"

/*
 * What the screens look like, against golden/, one file a scene and language; and that the real
 * terminal code shows them so, in UTF-8 and ASCII, in colour and without. After a change that was
 * meant, run
 * UPDATE_SCREENS=1 meson test -C build --suite screens
 * and read the difference before committing it. SCREENS_LANG chooses the language.
 * covers: 7.ascii
 */

/* How a canvas is shown; all of them show each picture. */
static const struct mode {
	bool ascii, no_colour;
} modes[] = {{false, false}, {false, true}, {true, false}, {true, true}};

/* --- scenes --- */

static bool is_shown_in(const struct scene *scene, size_t size)
{
	return !scene->only_size.columns ? size < scene_size_count : size == scene_size_count;
}

static struct scene_size size_of(const struct scene *scene, size_t size)
{
	return size < scene_size_count ? scene_sizes[size] : scene->only_size;
}

static struct canvas *view(struct stage *stage, bool ascii)
{
	struct canvas *canvas =
		canvas_create(stage, stage->model->columns, stage->model->rows, ascii);
	model_view(stage->model, canvas);
	return canvas;
}

static void every_scene_looks_as_agreed(void **state)
{
	(void)state;
	for (size_t i = 0; i < scene_count; i++) {
		void *mem = mem_context(NULL);
		char *text = mem_strdup(mem, "");
		for (size_t size = 0; size <= scene_size_count; size++) {
			if (!is_shown_in(&scenes[i], size)) {
				continue;
			}
			struct stage *stage = scene_play(&scenes[i], size_of(&scenes[i], size));
			char *picture = picture_of(stage, view(stage, false), view(stage, true));
			text = mem_check(talloc_strdup_append_buffer(text, picture));
			stage_destroy(stage);
		}
		golden_check("SCREENS_DIR",
			mem_printf(mem, "%s.%s.txt", scenes[i].name, golden_language()), text);
		talloc_free(mem);
	}
}

static void draw_scene(struct drawing *drawing, const struct scene *scene, struct scene_size size,
	const struct mode *mode)
{
	struct stage *stage = scene_play(scene, size);
	struct canvas *canvas = view(stage, mode->ascii);
	drawing_draw(drawing, canvas);
	char *fault = drawing_fault(stage, drawing, canvas);
	if (fault) {
		fail_msg("%s %dx%d%s%s: %s\n%s\n--- instead of ---\n%s", scene->name, size.columns,
			size.rows, mode->ascii ? " ASCII" : "", mode->no_colour ? " mono" : "",
			fault, terminal_text(stage, drawing_terminal(drawing)),
			canvas_dump(stage, canvas));
	}
	stage_destroy(stage);
}

/* Each scene is drawn over the one before: what stays is not sent again. */
static void the_terminal_shows_every_scene(void **state)
{
	(void)state;
	for (size_t size = 0; size < scene_size_count; size++) {
		for (size_t mode = 0; mode < ARRAY_LEN(modes); mode++) {
			struct drawing *drawing = drawing_open(NULL, scene_sizes[size].columns,
				scene_sizes[size].rows, theme_find(NULL), modes[mode].no_colour);
			for (size_t i = 0; i < scene_count; i++) {
				draw_scene(drawing, &scenes[i], scene_sizes[size], &modes[mode]);
			}
			drawing_close(drawing);
		}
	}
}

/* --- styles --- */

/* The terminal in memory knows nothing of dim: that is as the theme has it. */
static char *look_of(const void *mem, struct terminal_cell cell, bool is_dim)
{
	static const char *const colours[] = {
		"black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"};
	const char *front = cell.foreground >= 0 ? colours[cell.foreground] : "";
	const char *back = cell.background >= 0 ? colours[cell.background] : "";
	char *text = mem_printf(mem, "%s%s%s%s%s%s%s", front, *back ? " on " : "", back,
		cell.bold ? " bold" : "", cell.underline ? " underlined" : "",
		cell.reverse ? " reversed" : "", is_dim ? " dim" : "");
	return *text ? text + (*text == ' ') : mem_strdup(mem, "plain");
}

static char *looks(const void *mem, const struct theme *theme, enum style style)
{
	struct canvas *canvas = canvas_create(mem, 20, 1, false);
	canvas_text(canvas, 0, 0, 20, style, style_name(style));
	struct drawing *drawing = drawing_open(NULL, 20, 1, theme, false);
	drawing_draw(drawing, canvas);
	assert_null(drawing_fault(mem, drawing, canvas));
	char *look = look_of(mem, terminal_cell(drawing_terminal(drawing), 0, 0),
		(theme->looks[style].flags & LOOK_DIM) != 0);
	drawing_close(drawing);
	return look;
}

static void every_style_looks_as_agreed(void **state)
{
	(void)state;
	void *mem = mem_context(NULL);
	char *text = mem_strdup(mem, "");
	for (size_t i = 0; i < theme_count; i++) {
		text = mem_check(talloc_asprintf_append_buffer(text, "== %s\n", themes[i].name));
		for (int style = 0; style < STYLES; style++) {
			text = mem_check(talloc_asprintf_append_buffer(text, "%-12s %s\n",
				style_name((enum style)style),
				looks(mem, &themes[i], (enum style)style)));
		}
	}
	golden_check("SCREENS_DIR", "looks.txt", text);
	talloc_free(mem);
}

int main(void)
{
	language_setup(golden_language());
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_scene_looks_as_agreed),
		cmocka_unit_test(the_terminal_shows_every_scene),
		cmocka_unit_test(every_style_looks_as_agreed),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
