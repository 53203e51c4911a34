#include "test.h"

#include "base/clock.h"
#include "base/language.h"
#include "base/mem.h"
#include "scenes.h"
#include "tui/view.h"

#include <string.h>

/* A screen for screen readers: the cursor is where the focus is, and nothing changes by itself.
 * covers: 7.a11y 7.cursor */

/* As the terminal is drawn. */
static char *show(struct stage *stage, struct canvas *canvas)
{
	if (model_is_calm(stage->model)) {
		model_view_foot(stage->model, canvas);
	} else {
		model_view(stage->model, canvas);
	}
	return canvas_dump(stage, canvas);
}

static struct canvas *canvas_of(struct stage *stage)
{
	return canvas_create(stage, stage->model->columns, stage->model->rows, false);
}

/* Without the foot: what is told may take two lines. */
static size_t body_size(const struct stage *stage, const char *screen)
{
	const char *at = screen;
	for (int row = 0; row < stage->model->rows - 2; row++) {
		at = strchr(at, '\n') + 1;
	}
	return (size_t)(at - screen);
}

static struct stage *play_calm(const struct scene *scene)
{
	struct stage *stage = stage_create_calm(80, 24);
	if (scene->arrange) {
		scene->arrange(stage);
	}
	scene_go(stage, scene);
	return stage;
}

static void pass(struct stage *stage, struct canvas *canvas, int seconds)
{
	for (int i = 0; i < seconds; i++) {
		stage_wait(stage, MS_SECOND);
		stage_answer(stage);
		show(stage, canvas);
	}
}

static void time_alters_no_screen(void **state)
{
	(void)state;
	for (size_t i = 0; i < scene_count; i++) {
		struct stage *stage = play_calm(&scenes[i]);
		struct canvas *canvas = canvas_of(stage);
		model_view(stage->model, canvas);
		pass(stage, canvas, 3); /* what the last key asked for */
		char *before = show(stage, canvas);
		pass(stage, canvas, 150);
		char *after = show(stage, canvas);
		size_t size = body_size(stage, before);
		if (strncmp(before, after, size) != 0) {
			fail_msg("%s changed:\n%s\n--- was ---\n%s", scenes[i].name, after, before);
		}
		stage_destroy(stage);
	}
}

static void idle_draws_nothing(void **state)
{
	(void)state;
	struct stage *stage = play_calm(&scenes[0]);
	struct canvas *canvas = canvas_of(stage);
	model_view(stage->model, canvas);
	char *before = show(stage, canvas);
	pass(stage, canvas, 3600);
	assert_string_equal(show(stage, canvas), before);
	/* The ages of now come with the next key. */
	stage_do(stage, "j");
	assert_string_not_equal(show(stage, canvas), before);
	stage_destroy(stage);
}

static void an_event_is_one_line(void **state)
{
	(void)state;
	struct stage *stage = stage_create_calm(80, 24);
	stage_ticket(stage, 1008)->row.ticket.state = TICKET_WAITING;
	stage_answer(stage);
	struct canvas *canvas = canvas_of(stage);
	model_view(stage->model, canvas);
	pass(stage, canvas, 2);
	char *before = show(stage, canvas);
	stage_ticket(stage, 1008)->row.ticket.state = TICKET_OPEN;
	stage_feed(stage, CHANGE_REOPEN, CARLA, 1008);
	stage_answer(stage);
	char *after = show(stage, canvas);
	size_t size = body_size(stage, before);
	assert_memory_equal(before, after, size);
	assert_non_null(strstr(after + size, "a new ticket came; R shows it"));
	stage_do(stage, "R");
	assert_non_null(strstr(show(stage, canvas), "1008"));
	stage_destroy(stage);
}

static void check_cursor(const struct stage *stage, const char *name, const struct canvas *canvas)
{
	static const bool is_list[SCREENS] = {[SCREEN_QUEUE] = true,
		[SCREEN_FIND] = true,
		[SCREEN_DRAFTS] = true,
		[SCREEN_MESSAGES] = true,
		[SCREEN_SHIFT] = true};
	const struct model *model = stage->model;
	int row, column;
	if (!canvas_cursor_at(canvas, &row, &column)) {
		fail_msg("%s has no cursor", name);
	}
	bool is_asking = model->prompt || model->keys.pending_count;
	if (is_asking && row != model->rows - 1) {
		fail_msg("%s: the cursor is in row %d and not with the question", name, row);
	}
	bool has_rows = model->screen == SCREEN_QUEUE ? model->queue.count : list_count(model);
	if (!is_asking && is_list[model->screen] && has_rows) {
		char *text = canvas_row_text(stage, canvas, row);
		if (*text != '>' || column != 0) {
			fail_msg("%s: the cursor is at %d in \"%s\"", name, column, text);
		}
	}
	if (!is_asking && model->screen == SCREEN_COMPOSE) {
		assert_true(row > 1 && column >= TALK_GUTTER);
	}
}

static void the_cursor_is_at_the_focus(void **state)
{
	(void)state;
	for (size_t i = 0; i < scene_count; i++) {
		struct stage *stage = play_calm(&scenes[i]);
		struct canvas *canvas = canvas_of(stage);
		model_view(stage->model, canvas);
		check_cursor(stage, scenes[i].name, canvas);
		stage_destroy(stage);
	}
}

static void no_clock_no_graph(void **state)
{
	(void)state;
	struct stage *stage = stage_create_calm(80, 24);
	stage_answer(stage);
	char *queue = stage_screen(stage);
	assert_null(strstr(queue, "12:31"));
	assert_null(strstr(queue, " ms"));
	stage_do(stage, "Enter");
	assert_null(strstr(stage_screen(stage), "█"));
	assert_null(strstr(stage_screen(stage), "▕"));
	stage_destroy(stage);
}

int main(void)
{
	language_setup("en");
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(time_alters_no_screen),
		cmocka_unit_test(idle_draws_nothing),
		cmocka_unit_test(an_event_is_one_line),
		cmocka_unit_test(the_cursor_is_at_the_focus),
		cmocka_unit_test(no_clock_no_graph),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
