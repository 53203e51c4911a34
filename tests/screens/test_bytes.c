#include "test.h"

#include "base/clock.h"
#include "base/language.h"
#include "base/mem.h"
#include "drawing.h"
#include "stage.h"
#include "tui/view.h"

/*
 * How many bytes go to the terminal, at 80 columns and 24 rows, on a queue that is
 * longer than the screen. Bytes are counted, not timed: they are the same in every run.
 */

enum {
	ROWS = 60,
	BAR = 250,
	MARKER = 64,
	MARKER_SCROLLS = 160,
	PREVIEW = 400,
	IDLE = 30,
	REPAINT = 4096
};

static struct stage *stage;
static struct drawing *drawing;

static size_t draw(void)
{
	struct canvas *canvas = canvas_create(NULL, 80, 24, false);
	model_view(stage->model, canvas);
	drawing_sent(drawing);
	drawing_draw(drawing, canvas);
	char *fault = drawing_fault(canvas, drawing, canvas);
	if (fault) {
		fail_msg("%s", fault);
	}
	talloc_free(canvas);
	return drawing_sent(drawing);
}

static size_t drawn(const char *what, size_t most)
{
	size_t sent = draw();
	if (sent > most) {
		fail_msg("%s: %zu bytes, at most %zu\n%s", what, sent, most, stage_screen(stage));
	}
	return sent;
}

static void begin(bool slow, const struct theme *theme)
{
	stage = stage_create(80, 24);
	stage->model->slow = slow;
	stage_grow(stage, ROWS);
	stage_answer(stage);
	stage_wait(stage, 200);
	stage_answer(stage);
	drawing = drawing_open(NULL, 80, 24, theme, false);
	draw();
}

static void end(void)
{
	drawing_close(drawing);
	stage_destroy(stage);
}

/* The preview follows when the keys rest. */
static void rest(void)
{
	stage_wait(stage, 150);
	stage_answer(stage);
	drawn("preview", PREVIEW);
}

static void a_step_costs_little(void **state)
{
	(void)state;
	for (size_t theme = 0; theme < theme_count; theme++) {
		begin(false, &themes[theme]);
		for (int i = 0; i < 8; i++) {
			stage_play(stage, "j");
			drawn(themes[theme].name, BAR);
			rest();
		}
		stage_play(stage, "k");
		drawn(themes[theme].name, BAR);
		end();
	}
}

static void a_step_costs_less_on_a_slow_link(void **state)
{
	(void)state;
	begin(true, theme_find(NULL));
	int rows = 0;
	for (; rows < 8; rows++) {
		stage_play(stage, "j");
		drawn("marker down", MARKER);
		rest();
	}
	for (; rows < 40; rows++) {
		stage_play(stage, "j");
		drawn("marker down, scrolling", MARKER_SCROLLS);
	}
	end();
}

static void waiting_costs_next_to_nothing(void **state)
{
	(void)state;
	begin(false, theme_find(NULL));
	size_t sent = 0;
	for (int minute = 0; minute < 10; minute++) {
		stage_wait(stage, MS_MINUTE);
		stage_answer(stage);
		sent += draw();
	}
	assert_true(sent <= 10 * 60 * IDLE);
	end();
}

static void all_of_the_screen_is_not_much(void **state)
{
	(void)state;
	static const char *const keys[] = {"", "Enter", "r", "?"};
	for (size_t i = 0; i < ARRAY_LEN(keys); i++) {
		begin(false, theme_find(NULL));
		stage_follow(stage, keys[i]);
		drawing_close(drawing);
		drawing = drawing_open(NULL, 80, 24, theme_find("dark"), false);
		drawn(keys[i], REPAINT);
		end();
	}
}

int main(void)
{
	language_setup("en");
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_step_costs_little),
		cmocka_unit_test(a_step_costs_less_on_a_slow_link),
		cmocka_unit_test(waiting_costs_next_to_nothing),
		cmocka_unit_test(all_of_the_screen_is_not_much),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
