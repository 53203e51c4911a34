#include "test.h"

#include "base/clock.h"
#include "base/language.h"
#include "base/mem.h"
#include "base/text.h"
#include "chance.h"
#include "core/problem.h"
#include "drawing.h"
#include "stage.h"
#include "tui/view.h"

#include <stdlib.h>
#include <string.h>

/*
 * Keys, pastes, answers, failures, changes of others and sizes by chance: whatever happens, nothing
 * breaks, and what watch.h says never happens. Each seed is a day; its frames are drawn, some of
 * them by the real terminal code. --long plays millions of keys, --seed N one day again.
 */

enum { DAYS = 20, DAYS_LONG = 2800, STEPS = 2000, FRAMES = 400 };

struct day {
	struct stage *stage;
	struct drawing *drawing;
	struct chance chance;
	uint64_t keys;
};

static void some_key(struct stage *stage, struct chance *chance)
{
	stage_play(stage, chance_key(chance));
}

static void some_paste(struct stage *stage, struct chance *chance)
{
	static const char *const texts[] = {"y", "c s w y", "linha\noutra\n", "", "Olá {{nome}}",
		"田中さん e\u0301 👍", "y\ny\ny\n"};
	struct msg *msg = stage_msg(stage, MSG_PASTE);
	const char *text = texts[chance_draw(chance, ARRAY_LEN(texts))];
	msg->text = text_clean(msg, text, strlen(text), NULL);
	stage_send(stage, msg);
}

static void some_answer(struct stage *stage, struct chance *chance)
{
	static const enum problem problems[] = {PROBLEM_HELD, PROBLEM_COVERED, PROBLEM_STALE,
		PROBLEM_UNSEEN, PROBLEM_TOO_MANY, PROBLEM_STATE};
	if (chance_draw(chance, 6) == 0) {
		problem(&stage->refusal, problems[chance_draw(chance, ARRAY_LEN(problems))], "1001",
			"bruno", "2s", NULL);
	}
	stage->is_unreachable = chance_draw(chance, 20) == 0;
	stage->is_uncertain = chance_draw(chance, 20) == 0;
	enum effect_type type = (enum effect_type)chance_draw(chance, EFFECT_TYPES);
	if (effect_is_for_desk(type)) {
		stage_answer_one(stage, type); /* not in the order it was asked */
	}
	if (chance_draw(chance, 2) == 0) {
		stage_answer(stage);
	}
	stage->is_unreachable = false;
	stage->refusal = (struct error){0};
}

static void some_link(struct stage *stage, struct chance *chance)
{
	stage->link.round_trip_ms = chance_draw(chance, 3000);
	stage->link.data_at = stage->now - chance_draw(chance, 100000);
	stage->link.refused = chance_draw(chance, 3);
	stage_link(stage, (enum link_state)chance_draw(chance, LINK_STATE_OFFLINE + 1));
}

static void some_change(struct stage *stage, struct chance *chance)
{
	static const enum change_kind kinds[] = {CHANGE_RECEIVE, CHANGE_REPLY, CHANGE_CLAIM,
		CHANGE_TAKE_OVER, CHANGE_RELEASE, CHANGE_RESOLVE, CHANGE_REOPEN, CHANGE_EXPIRE,
		CHANGE_SIGN_IN, CHANGE_NOTE, CHANGE_MERGE};
	int64_t number = 1001 + chance_draw(chance, 8);
	struct ticket *ticket = &stage_ticket(stage, number)->row.ticket;
	enum change_kind kind = kinds[chance_draw(chance, ARRAY_LEN(kinds))];
	if (kind == CHANGE_RECEIVE) {
		stage_add_message(stage, number, 0, stage->now, "mais uma");
	} else if (kind == CHANGE_CLAIM || kind == CHANGE_TAKE_OVER) {
		stage_claim(stage, number, BRUNO, stage->now);
	} else if (kind == CHANGE_RELEASE || kind == CHANGE_EXPIRE) {
		stage_ticket(stage, number)->row.claim = (struct claim){0};
	} else {
		ticket->state = chance_draw(chance, 2) ? TICKET_OPEN : TICKET_RESOLVED;
	}
	stage_feed(stage, kind, chance_draw(chance, 3), number);
}

static void some_size(struct stage *stage, struct chance *chance)
{
	struct msg *msg = stage_msg(stage, MSG_RESIZE);
	msg->size.columns = 1 + (int)chance_draw(chance, 160);
	msg->size.rows = 1 + (int)chance_draw(chance, 50);
	stage_send(stage, msg);
}

/* $EDITOR ended, or its file was saved. */
static void some_edit(struct stage *stage, struct chance *chance)
{
	struct msg *msg = stage_msg(stage, MSG_EDITED);
	msg->edited.done = chance_draw(chance, 2);
	msg->edited.ok = true;
	msg->edited.text = mem_strdup(msg, chance_draw(chance, 4) ? "no editor" : "");
	stage_send(stage, msg);
}

static void some_step(struct day *day)
{
	struct stage *stage = day->stage;
	struct chance *chance = &day->chance;
	uint32_t what = chance_draw(chance, 40);
	bool has_terminal = !stage->model->compose.is_editing;
	if (what < 25 && has_terminal) {
		some_key(stage, chance);
	} else if (what >= 25 && what < 32) {
		some_answer(stage, chance);
	} else if (what >= 32 && what < 34) {
		some_change(stage, chance);
	} else if (what >= 34 && what < 37) {
		stage_wait(stage,
			chance_draw(chance, chance_draw(chance, 5) == 0 ? 10 * MS_MINUTE : 3000));
	} else if (what == 37) {
		some_size(stage, chance);
	} else if (what == 38 && chance_draw(chance, 4) == 0) {
		some_link(stage, chance);
	} else if (has_terminal) {
		some_paste(stage, chance);
	} else {
		some_edit(stage, chance);
	}
}

static void check_model(const struct model *model)
{
	const struct queue_part *queue = &model->queue;
	assert_true(queue->cursor == 0 || queue->cursor < queue->count);
	assert_true(model->back_count <= SCREENS_BACK);
	assert_true((model->compose.ticket != 0) == (model->compose.editor != NULL));
	assert_true(!screen_is_writing(model->screen) || model->compose.ticket != 0);
	assert_true(!model->prompt || model->prompt->form != PROMPT_NONE);
}

/* The canvas asserts that all it is given is clean. */
static void look(struct day *day, int step)
{
	const struct model *model = day->stage->model;
	struct canvas *canvas = canvas_create(NULL, model->columns, model->rows, step % 7 == 0);
	model_view(model, canvas);
	if (step % FRAMES == 0 && model->columns > 1) {
		drawing_resize(day->drawing, model->columns, model->rows);
		drawing_draw(day->drawing, canvas);
		char *fault = drawing_fault(canvas, day->drawing, canvas);
		if (fault) {
			fail_msg("%s\n%s", fault, canvas_dump(canvas, canvas));
		}
	}
	talloc_free(canvas);
}

/* At the end of the day the terminal goes away: the spool has what was being written. */
static void hang_up(struct stage *stage)
{
	stage_send(stage, stage_msg(stage, MSG_HANGUP));
	watch_spooled(stage->watch, stage->model);
}

static void play(struct day *day, uint64_t seed)
{
	day->chance.state = seed;
	day->stage = stage_begin(80, 24);
	day->stage->watch = watch_create(day->stage);
	for (int step = 0; step < STEPS && !day->stage->model->is_leaving; step++) {
		some_step(day);
		check_model(day->stage->model);
		look(day, step);
	}
	hang_up(day->stage);
	day->keys += watch_keys(day->stage->watch);
	stage_destroy(day->stage);
}

static void nothing_breaks(void **state)
{
	const struct chance_run *run = *state;
	struct day day = {.drawing = drawing_open(NULL, 80, 24, theme_find(NULL), false)};
	for (uint64_t seed = run->first; seed <= run->last; seed++) {
		print_message("# seed %llu\n", (unsigned long long)seed);
		play(&day, seed);
	}
	print_message("# %llu keys\n", (unsigned long long)day.keys);
	drawing_close(day.drawing);
}

int main(int argc, char **argv)
{
	struct chance_run run = chance_run_of(argc, argv, DAYS, DAYS_LONG);
	language_setup("en");
	const struct CMUnitTest tests[] = {cmocka_unit_test_prestate(nothing_breaks, &run)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
