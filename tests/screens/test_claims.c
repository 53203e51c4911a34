#include "test.h"

#include "base/clock.h"
#include "base/language.h"
#include "base/mem.h"
#include "core/problem.h"
#include "stage.h"

#include <string.h>

/* Claims: taken, kept alive while worked on, told when they end; and the time that is worked. */

static int begin(void **state)
{
	*state = stage_begin(80, 24);
	return 0;
}

static int end(void **state)
{
	stage_destroy(*state);
	return 0;
}

static void a_claim_is_asked_for_and_shown(void **state)
{
	struct stage *stage = *state;
	assert_string_equal(stage_play(stage, "j c"), "apply(claim 1002)");
	stage_answer(stage);
	assert_true(stage_shows(stage, ">*   1002"));
	assert_true(stage_shows(stage, "1002 is with you"));
}

static void a_lost_race_names_the_winner_and_keeps_the_selection(void **state)
{
	struct stage *stage = *state;
	stage_play(stage, "j c");
	stage_claim(stage, 1002, BRUNO, stage->now - 2000);
	problem(&stage->refusal, PROBLEM_HELD, "1002", "bruno", "2s", NULL);
	stage_answer(stage);
	assert_int_equal(queue_selected(stage->model), 1002);
	assert_true(stage_shows(stage, "bruno took 1002 2 s before you"));
	assert_true(stage_shows(stage, ">=   1002"));
	assert_int_equal(stage->model->claims.count, 0);
}

static void a_covered_ticket_can_be_taken_separately(void **state)
{
	struct stage *stage = *state;
	stage_play(stage, "c");
	problem(&stage->refusal, PROBLEM_COVERED, "1009", "bruno", NULL);
	stage_answer(stage);
	assert_string_equal(stage_play(stage, "y"), ""); /* typed before it could be read */
	stage_wait(stage, 200);
	stage_answer(stage);
	stage_play(stage, "y");
	const struct effect *effect = stage->effects->items[0];
	assert_int_equal(effect->apply.changes[0].separate, FLAG_YES);
}

/* covers: 5.cover */
static void what_one_no_longer_looks_at_asks_nothing(void **state)
{
	struct stage *stage = *state;
	stage_play(stage, "c j");
	problem(&stage->refusal, PROBLEM_COVERED, "1009", "bruno", NULL);
	stage_answer(stage);
	assert_null(stage->model->prompt);
}

static void an_answer_that_never_came_is_asked_for_again_with_the_same_id(void **state)
{
	struct stage *stage = *state;
	stage_play(stage, "c");
	stage->effects->items[0]->apply.changes[0].id.bytes[0] = 0x42; /* its performer made it */
	stage->is_uncertain = true;
	stage_answer(stage);
	assert_true(strstr(stage_wait(stage, 2000), "apply(claim 1001)") != NULL);
	assert_int_equal(stage->effects->items[0]->apply.changes[0].id.bytes[0], 0x42);
	stage_answer(stage);
	assert_int_equal(stage->model->claims.count, 1);
}

static void a_claim_is_renewed_while_it_is_worked_on(void **state)
{
	struct stage *stage = *state;
	stage_do(stage, "c");
	assert_string_equal(stage_wait(stage, 39000), "");
	assert_string_equal(stage_wait(stage, 2000), "renew(1001)");
	stage_answer(stage);
	for (int minute = 0; minute < 9; minute++) {
		assert_true(strstr(stage_wait(stage, MS_MINUTE), "renew(1001)") != NULL);
		stage_answer(stage);
	}
	stage_wait(stage, MS_MINUTE);
	stage_answer(stage);
	assert_string_equal(stage_wait(stage, MS_MINUTE), "bell"); /* ten minutes without a key */
}

static void an_idle_claim_is_announced_then_ends(void **state)
{
	struct stage *stage = *state;
	stage_do(stage, "c");
	for (int step = 0; step < 61; step++) {
		stage_wait(stage, 10000);
		stage_answer(stage);
	}
	assert_true(stage_shows(stage, "your claim on 1001 ends in"));
	stage_wait(stage, 2 * (int64_t)MS_MINUTE);
	assert_int_equal(stage->model->claims.count, 0);
	assert_true(stage_shows(stage, "your claim on 1001 ran out"));
}

static void a_key_in_the_ticket_keeps_the_claim(void **state)
{
	struct stage *stage = *state;
	stage_do(stage, "c Enter");
	for (int step = 0; step < 61; step++) {
		stage_wait(stage, 10000);
		stage_answer(stage);
	}
	assert_true(strstr(stage_play(stage, "j"), "renew(1001)") != NULL);
}

static void handle_time_is_measured_without_idle_time(void **state)
{
	struct stage *stage = *state;
	stage_do(stage, "Enter c");
	int64_t from = stage->now;
	stage_do(stage, "j");
	stage_wait(stage, 20000);
	stage_play(stage, "k");
	stage_wait(stage, 90000); /* idle from the last key on */
	stage_answer(stage);
	assert_string_equal(stage_play(stage, "j"), "apply(worked 1001)");
	const struct change *change = &stage->effects->items[0]->apply.changes[0];
	assert_int_equal(change->from_at, from);
	assert_int_equal(change->to_at, from + 20000);
}

static void handle_time_ends_when_the_ticket_leaves_the_screen(void **state)
{
	struct stage *stage = *state;
	stage_do(stage, "Enter c");
	stage_do(stage, "j");
	stage_wait(stage, 5000);
	assert_string_equal(stage_play(stage, "q"), "apply(worked 1001)");
	stage_answer(stage);
	stage_wait(stage, 5000);
	assert_string_equal(stage_play(stage, "j k"), "");
}

/* Renewals are not in the feed. */
static void a_colleagues_claim_is_looked_at_again_before_it_seems_over(void **state)
{
	struct stage *stage = *state;
	for (int step = 0; step < 30; step++) {
		stage_wait(stage, 10000);
		stage_ticket(stage, 1004)->row.claim.expires_at = stage->now + 100000;
		stage_answer(stage);
		assert_true(stage_shows(stage, "\n =   1004"));
	}
	stage_ticket(stage, 1004)->row.claim = (struct claim){0};
	stage_wait(stage, 2 * (int64_t)MS_MINUTE);
	stage_answer(stage);
	assert_true(stage_shows(stage, "\n     1004"));
}

static void my_claim_on_another_terminal_is_left_to_it(void **state)
{
	(void)state;
	struct stage *stage = stage_create(80, 24);
	stage_claim(stage, 1001, ANA, STAGE_NOW - 1000);
	stage_answer(stage);
	assert_int_equal(stage->model->claims.count, 1);
	for (int step = 0; step < 30; step++) {
		assert_null(strstr(stage_wait(stage, 10000), "renew"));
		stage_ticket(stage, 1001)->row.claim.expires_at = stage->now + 100000;
		stage_answer(stage);
		assert_true(stage_shows(stage, "\n>*   1001"));
	}
	assert_int_equal(stage->model->notices.count, 0);
	stage_destroy(stage);
}

static void a_claim_taken_over_is_told(void **state)
{
	struct stage *stage = *state;
	stage_do(stage, "c");
	stage_claim(stage, 1001, DAVI, stage->now);
	stage_feed(stage, CHANGE_TAKE_OVER, DAVI, 1001);
	assert_true(strstr(stage->done, "bell") != NULL);
	assert_int_equal(stage->model->claims.count, 0);
	assert_true(stage_shows(stage, "davi took 1001"));
}

static void a_hang_up_keeps_the_claims_for_their_grace(void **state)
{
	struct stage *stage = *state;
	stage_do(stage, "c");
	stage->done = mem_strdup(stage, "");
	stage_send(stage, stage_msg(stage, MSG_HANGUP));
	assert_string_equal(stage->done, "renew(1001 grace) quit");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
	language_setup("en");
	const struct CMUnitTest tests[] = {
		TEST(a_claim_is_asked_for_and_shown),
		TEST(a_lost_race_names_the_winner_and_keeps_the_selection),
		TEST(a_covered_ticket_can_be_taken_separately),
		TEST(what_one_no_longer_looks_at_asks_nothing),
		TEST(an_answer_that_never_came_is_asked_for_again_with_the_same_id),
		TEST(a_claim_is_renewed_while_it_is_worked_on),
		TEST(an_idle_claim_is_announced_then_ends),
		TEST(a_key_in_the_ticket_keeps_the_claim),
		TEST(handle_time_is_measured_without_idle_time),
		TEST(handle_time_ends_when_the_ticket_leaves_the_screen),
		TEST(a_colleagues_claim_is_looked_at_again_before_it_seems_over),
		cmocka_unit_test(my_claim_on_another_terminal_is_left_to_it),
		TEST(a_claim_taken_over_is_told),
		TEST(a_hang_up_keeps_the_claims_for_their_grace),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
