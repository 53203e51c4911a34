#include "base/clock.h"
#include "base/mem.h"
#include "stage.h"
#include "test.h"

#include <string.h>

/* What a console tells of its operator, how often, and when it asks about the others. */

enum { BEGUN_MS = 3000 };

static struct stage *begin(void)
{
	struct stage *stage = stage_create(80, 24);
	stage->model->presence.terminal = mem_strdup(stage->model, "t1");
	stage_answer(stage);
	stage_wait(stage, BEGUN_MS);
	stage_answer(stage);
	return stage;
}

static const struct presence *told(const struct stage *stage)
{
	const struct effect *effect = stage_first(stage, EFFECT_PRESENCE);
	return effect ? &effect->presence : NULL;
}

static void assert_told(struct stage *stage, int64_t ticket, enum doing doing)
{
	const struct presence *presence = told(stage);
	assert_non_null(presence);
	assert_int_equal(presence->ticket, ticket);
	assert_int_equal(presence->doing, doing);
	assert_int_equal(presence->operator_id, ANA);
	assert_string_equal(presence->terminal, "t1");
	stage_answer(stage);
}

static void what_the_operator_does_is_told_as_it_changes(void **state)
{
	(void)state;
	struct stage *stage = begin();
	stage_play(stage, "j Enter");
	assert_told(stage, 1002, DOING_READING);
	stage_wait(stage, 2000);
	stage_answer(stage);
	stage_play(stage, "r");
	assert_told(stage, 1002, DOING_WRITING);
	stage_wait(stage, 2000);
	stage_answer(stage);
	stage_do(stage, "Ctrl-X p q");
	stage_wait(stage, 2000);
	stage_answer(stage);
	stage_play(stage, "L");
	assert_null(told(stage)); /* the kind of call is asked for first */
	stage_destroy(stage);
}

static void hurried_steps_are_told_once_a_second(void **state)
{
	(void)state;
	struct stage *stage = begin();
	stage_play(stage, "Enter");
	assert_told(stage, 1001, DOING_READING);
	stage_play(stage, "J J J");
	assert_null(told(stage));
	stage_wait(stage, 900);
	assert_null(told(stage));
	stage_wait(stage, 200);
	assert_told(stage, 1004, DOING_READING);
	stage_destroy(stage);
}

/* Nothing but what it takes to count as alive. */
static void an_idle_console_is_nearly_silent(void **state)
{
	(void)state;
	struct stage *stage = begin();
	stage_wait(stage, PRESENCE_RENEW_MS - BEGUN_MS);
	assert_told(stage, 0, DOING_HERE);
	stage_wait(stage, PRESENCE_RENEW_MS - 1000);
	assert_null(told(stage));
	assert_null(stage_first(stage, EFFECT_PRESENCES));
	stage_wait(stage, 1000);
	assert_told(stage, 0, DOING_HERE);
	assert_true(2 * PRESENCE_RENEW_MS < PRESENCE_MS);
	stage_destroy(stage);
}

static void whoever_leaves_says_so(void **state)
{
	(void)state;
	struct stage *stage = begin();
	const char *done = stage_play(stage, "q");
	assert_non_null(strstr(done, "presence quit"));
	assert_told(stage, 0, DOING_GONE);
	stage_wait(stage, PRESENCE_MS);
	assert_null(told(stage));
	stage_destroy(stage);
}

static void move(struct stage *stage, int64_t stamp)
{
	struct msg *msg = stage_msg(stage, MSG_FEED);
	msg->feed.ok = true;
	msg->feed.items.revision = stage->revision;
	msg->feed.items.presence = stamp;
	stage_send(stage, msg);
}

static void it_asks_when_somebody_moved_but_not_at_every_step(void **state)
{
	(void)state;
	struct stage *stage = begin();
	move(stage, 7);
	assert_non_null(stage_first(stage, EFFECT_PRESENCES));
	stage_answer(stage);
	move(stage, 7);
	stage_wait(stage, 5000);
	assert_null(stage_first(stage, EFFECT_PRESENCES));
	move(stage, 8);
	stage_answer(stage);
	move(stage, 9);
	stage_wait(stage, 1900);
	assert_null(stage_first(stage, EFFECT_PRESENCES));
	stage_wait(stage, 200);
	assert_non_null(stage_first(stage, EFFECT_PRESENCES));
	stage_destroy(stage);
}

/* Who is still there has told so since, which nobody was told. */
static void what_has_expired_is_asked_for_again(void **state)
{
	(void)state;
	struct stage *stage = begin();
	struct presence bruno = {.operator_id = BRUNO, .ticket = 1001, .doing = DOING_READING};
	bruno.expires_at = stage->now + PRESENCE_MS;
	stage->presences.items = mem_dup(stage, &bruno, sizeof bruno);
	stage->presences.count = 1;
	move(stage, 7);
	stage_answer(stage);
	assert_true(stage_shows(stage, ">o   1001"));
	stage_wait(stage, PRESENCE_MS - 1000);
	assert_null(stage_first(stage, EFFECT_PRESENCES));
	stage_wait(stage, 2000);
	assert_non_null(stage_first(stage, EFFECT_PRESENCES));
	stage->presences.count = 0;
	stage_answer(stage);
	assert_null(strstr(stage_screen(stage), ">o   1001"));
	stage_destroy(stage);
}

static void nobody_waits_for_its_answers(void **state)
{
	(void)state;
	struct stage *stage = begin();
	stage_play(stage, "Enter");
	stage_answer_one(stage, EFFECT_TICKET);
	assert_non_null(told(stage));
	assert_int_equal(stage->model->link.outstanding, 0);
	stage_destroy(stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_the_operator_does_is_told_as_it_changes),
		cmocka_unit_test(hurried_steps_are_told_once_a_second),
		cmocka_unit_test(an_idle_console_is_nearly_silent),
		cmocka_unit_test(whoever_leaves_says_so),
		cmocka_unit_test(it_asks_when_somebody_moved_but_not_at_every_step),
		cmocka_unit_test(what_has_expired_is_asked_for_again),
		cmocka_unit_test(nobody_waits_for_its_answers),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
