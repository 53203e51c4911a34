#include "test.h"

#include "base/language.h"
#include "base/mem.h"
#include "drawing.h"
#include "scenes.h"
#include "tui/view.h"

/* Themes on terminals of every kind: without colours, with 8, 16 and 256.
 * covers: 7.colour */

static const struct scene_size size = {80, 24};

enum { STEP = 5 };

/* Each kind and theme gets other scenes. */
static void draw_some(const char *kind, const struct theme *theme, size_t from)
{
	struct drawing *drawing =
		drawing_open_on(NULL, kind, size.columns, size.rows, theme, false);
	for (size_t i = from % STEP; i < scene_count; i += STEP) {
		struct stage *stage = scene_play(&scenes[i], size);
		struct canvas *canvas = canvas_create(stage, size.columns, size.rows, false);
		model_view(stage->model, canvas);
		drawing_draw(drawing, canvas);
		char *fault = drawing_fault(stage, drawing, canvas);
		if (fault) {
			fail_msg("%s, %s, %s: %s", kind, theme->name, scenes[i].name, fault);
		}
		stage_destroy(stage);
	}
	drawing_close(drawing);
}

static void every_theme_shows_on_every_kind_of_terminal(void **state)
{
	(void)state;
	/* One that this machine does not describe is taken for xterm-256color. */
	static const char *const kinds[] = {"vt100", "xterm-mono", "linux", "screen",
		"tmux-256color", "xterm-16color", "xterm-256color"};
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
		for (size_t theme = 0; theme < theme_count; theme++) {
			draw_some(kinds[i], &themes[theme], i + theme);
		}
	}
}

/* A word is never written in the colour it stands on, and a theme for one background leaves out
 * what cannot be read there. */
static void themes_can_be_read(void **state)
{
	(void)state;
	static const struct {
		const char *theme;
		unsigned unreadable; /* colours, as bits */
	} all[] = {
		{"default", 1 << COLOUR_OF_BLACK | 1 << COLOUR_OF_WHITE | 1 << COLOUR_OF_BLUE},
		{"dark", 1 << COLOUR_OF_BLACK},
		{"light", 1 << COLOUR_OF_WHITE | 1 << COLOUR_OF_YELLOW | 1 << COLOUR_OF_CYAN |
				  1 << COLOUR_OF_GREEN},
		{"high-contrast", 0xFF},
		{"mono", 0xFF},
	};
	for (size_t i = 0; i < ARRAY_LEN(all); i++) {
		const struct theme *theme = theme_find(all[i].theme);
		for (int style = 0; style < STYLES; style++) {
			const struct look *look = &theme->looks[style];
			bool is_odd = look->foreground >= 0 &&
				      (all[i].unreadable & 1U << look->foreground);
			if (is_odd || look->background != COLOUR_DEFAULT) {
				fail_msg("%s: %s", theme->name, style_name((enum style)style));
			}
		}
	}
}

int main(void)
{
	language_setup("en");
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_theme_shows_on_every_kind_of_terminal),
		cmocka_unit_test(themes_can_be_read),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
