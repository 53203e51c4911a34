#include "test.h"

#include "base/clock.h"
#include "base/language.h"
#include "base/mem.h"
#include "core/problem.h"
#include "stage.h"

#include <string.h>

/* Keys, answers and the feed: what the console asks for, and what it shows. */

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

static int64_t selected(const struct stage *stage)
{
	return queue_selected(stage->model);
}

static void it_asks_for_what_it_shows_at_the_start(void **state)
{
	(void)state;
	struct stage *stage = stage_create(80, 24);
	assert_int_equal(stage->effects->count, 4);
	assert_int_equal(stage->effects->items[0]->type, EFFECT_DIRECTORY);
	assert_int_equal(stage->effects->items[1]->type, EFFECT_QUEUE);
	stage_answer(stage);
	assert_true(stage_shows(stage, "> "));
	assert_true(stage_shows(stage, "Cobrança em d"));
	stage_destroy(stage);
}

static void a_stale_answer_is_dropped(void **state)
{
	struct stage *stage = *state;
	stage_play(stage, "2");
	stage_play(stage, "Ctrl-C 1"); /* no patience */
	assert_true(stage_answer_one(stage, EFFECT_QUEUE));
	assert_int_equal(stage->model->queue.count, 0);
	assert_true(stage_answer_one(stage, EFFECT_QUEUE));
	assert_int_equal(stage->model->queue.count, 8);
}

static void the_preview_follows_when_the_keys_rest(void **state)
{
	struct stage *stage = *state;
	assert_string_equal(stage_play(stage, "j j"), "");
	assert_string_equal(stage_wait(stage, 100), "");
	assert_string_equal(stage_wait(stage, 60), "ticket(1003)");
}

/* --- the live list --- */

static void a_row_answered_by_another_greys_until_one_moves_on(void **state)
{
	struct stage *stage = *state;
	stage_do(stage, "j j");
	stage_ticket(stage, 1003)->row.ticket.state = TICKET_WAITING;
	stage_feed(stage, CHANGE_REPLY, BRUNO, 1003);
	assert_string_equal(stage->done, "counts rows ticket(1003)");
	stage_answer(stage);
	assert_int_equal(selected(stage), 1003);
	assert_true(stage_shows(stage, "(bruno: repl"));
	assert_int_equal(stage->model->queue.count, 8);
	stage_do(stage, "j");
	assert_int_equal(selected(stage), 1004);
	assert_int_equal(stage->model->queue.count, 7);
}

static void rows_above_that_leave_do_not_move_the_cursor(void **state)
{
	struct stage *stage = *state;
	stage_do(stage, "j j j");
	stage_ticket(stage, 1001)->row.ticket.state = TICKET_WAITING;
	stage_feed(stage, CHANGE_REPLY, BRUNO, 1001);
	stage_answer(stage);
	assert_int_equal(selected(stage), 1004);
	assert_int_equal(stage->model->queue.cursor, 3);
}

static void news_are_counted_and_shown_by_R(void **state)
{
	struct stage *stage = *state;
	stage_ticket(stage, 1008)->row.ticket.state = TICKET_WAITING;
	stage_do(stage, "R j");
	stage_ticket(stage, 1008)->row.ticket.state = TICKET_OPEN;
	stage_ticket(stage, 1008)->row.ticket.due_at = STAGE_NOW - MS_DAY;
	stage_feed(stage, CHANGE_REOPEN, BRUNO, 1008);
	stage_answer(stage);
	assert_true(stage_shows(stage, "+1 new (R shows)"));
	assert_int_equal(stage->model->queue.count, 7);
	stage_do(stage, "R");
	assert_int_equal(selected(stage), 1002);
	assert_int_equal(stage->model->queue.cursor, 2);
	assert_int_equal(stage->model->queue.news_count, 0);
}

static void a_command_is_for_the_ticket_under_the_cursor_at_its_key(void **state)
{
	struct stage *stage = *state;
	stage_play(stage, "j s r");
	stage_ticket(stage, 1001)->row.ticket.state = TICKET_RESOLVED;
	stage_feed(stage, CHANGE_RESOLVE, BRUNO, 1001);
	stage_answer(stage);
	assert_string_equal(stage_play(stage, "2"), "apply(resolve 1002)");
}

static void a_filter_works_while_it_is_typed(void **state)
{
	struct stage *stage = *state;
	stage_do(stage, "/ 'reembolso'");
	assert_int_equal(stage->model->queue.count, 1);
	assert_int_equal(selected(stage), 1007);
	stage_do(stage, "Enter");
	assert_true(stage_shows(stage, "filter: reembolso"));
	stage_do(stage, "/ Ctrl-U Enter");
	assert_int_equal(stage->model->queue.count, 8);
}

static void a_wrong_filter_says_what_is_wrong_and_keeps_the_list(void **state)
{
	struct stage *stage = *state;
	stage_do(stage, "/");
	struct msg *msg = stage_msg(stage, MSG_PASTE);
	msg->text = mem_strdup(msg, "team:nowhere");
	stage_send(stage, msg);
	stage_answer(stage);
	assert_int_equal(stage->model->queue.count, 8);
	assert_non_null(stage->model->queue.filter_problem);
}

/* --- commands --- */

static void the_next_ticket_gets_what_was_typed_meanwhile(void **state)
{
	struct stage *stage = *state;
	assert_string_equal(stage_play(stage, "j j n r"), "next");
	stage_answer(stage);
	assert_int_equal(stage->model->screen, SCREEN_COMPOSE);
	assert_int_equal(stage->model->compose.ticket, 1001);
	assert_int_equal(stage->model->claims.count, 1);
}

static void resolving_asks_for_the_reason_by_two_keys(void **state)
{
	struct stage *stage = *state;
	stage_play(stage, "s r 1");
	assert_true(stage_shows(stage, "Extravio"));
	assert_string_equal(stage_play(stage, "2"), "apply(resolve 1001)");
	assert_int_equal(stage->effects->items[0]->apply.changes[0].reason, 4);
	stage_answer(stage);
	assert_true(stage_shows(stage, "u takes it back"));
	assert_string_equal(stage_play(stage, "u"), "apply(undo 1001)");
	stage_answer(stage);
	assert_true(stage_shows(stage, "taken back"));
}

static void taking_back_is_offered_for_ten_seconds(void **state)
{
	struct stage *stage = *state;
	stage_do(stage, "s w");
	stage_wait(stage, 10500);
	assert_string_equal(stage_play(stage, "u"), "");
	assert_true(stage_shows(stage, "nothing to take back"));
}

static void a_snooze_says_what_it_understood(void **state)
{
	struct stage *stage = *state;
	stage_play(stage, "s z");
	assert_true(stage_shows(stage, "tomorrow  Monday, 23 Nov 09:00"));
	stage_play(stage, "'sex 14'");
	assert_true(stage_shows(stage, "Friday, 27 Nov 14:00"));
	stage_play(stage, "'x'");
	assert_true(stage_shows(stage, "that is no time"));
	assert_string_equal(stage_play(stage, "Enter"), "");
	assert_string_equal(stage_play(stage, "Backspace Enter"), "apply(snooze 1001)");
	const struct change *change = &stage->effects->items[0]->apply.changes[0];
	assert_int_equal(change->until_at, INT64_C(1795798800000));
	stage_answer(stage);
	stage_play(stage, "s z 'hoje 9h'");
	assert_true(stage_shows(stage, "that time is past"));
	assert_string_equal(stage_play(stage, "Enter Esc"), "");
}

static void a_snooze_offers_what_is_usual(void **state)
{
	struct stage *stage = *state;
	assert_string_equal(stage_play(stage, "s z Enter"), "apply(snooze 1001)");
	const struct change *change = &stage->effects->items[0]->apply.changes[0];
	assert_int_equal(change->until_at, stage->now + MS_HOUR);
}

static void a_marked_change_asks_with_the_count_and_names_the_refused(void **state)
{
	struct stage *stage = *state;
	stage_play(stage, "Space Space Space");
	assert_true(stage_shows(stage, "3 marked"));
	assert_string_equal(stage_play(stage, "s w"), "");
	assert_true(stage_shows(stage, "3 marked tickets: wait for the customer?"));
	problem(&stage->refusal, PROBLEM_HELD, "1002", "bruno", "2s", NULL);
	stage->refused_ticket = 1002;
	assert_string_equal(stage_play(stage, "y"), "apply(wait 1001, wait 1002, wait 1003)");
	stage_answer(stage);
	assert_true(stage_shows(stage, "1 was refused: 1002"));
	assert_int_equal(stage->model->queue.marked_count, 0);
	stage->refusal = (struct error){0};
	assert_string_equal(stage_play(stage, "u"), "apply(undo 1001, undo 1003)");
}

static void an_unknown_key_says_so_and_points_to_the_help(void **state)
{
	struct stage *stage = *state;
	assert_string_equal(stage_play(stage, "z"), "");
	assert_true(stage_shows(stage, "z has no meaning here; ? lists"));
	stage_play(stage, "g y");
	assert_true(stage_shows(stage, "g y has no meaning here"));
	stage_play(stage, "Esc"); /* at the top: nothing, in silence */
	assert_int_equal(stage->model->notices.unseen, 0);
}

static void messages_can_be_read_again(void **state)
{
	struct stage *stage = *state;
	stage_do(stage, "z c j g m");
	assert_true(stage_shows(stage, "z has no meaning here"));
	assert_true(stage_shows(stage, "1001 is with you"));
	stage_do(stage, "q");
	assert_int_equal(stage->model->screen, SCREEN_QUEUE);
}

static void the_help_finds_and_runs(void **state)
{
	struct stage *stage = *state;
	stage_do(stage, "? 'order'");
	assert_true(stage_shows(stage, "change the order"));
	stage_play(stage, "Enter");
	assert_int_equal(stage->model->screen, SCREEN_QUEUE);
	stage_do(stage, "w");
	assert_int_equal(stage->model->queue.order, ORDER_WAITING);
}

static void the_line_completes_and_runs(void **state)
{
	struct stage *stage = *state;
	assert_string_equal(stage_play(stage, ": 'esc' Tab Esc"), "");
	assert_string_equal(stage_play(stage, ": 'tag vip' Enter"), "apply(tag 1001) history");
	assert_string_equal(stage->effects->items[0]->apply.changes[0].key, "vip");
	stage_answer(stage);
	stage_play(stage, ": 'sno' Tab ' 2h' Enter");
	assert_int_equal(stage->effects->items[0]->apply.changes[0].kind, CHANGE_SNOOZE);
}

static void leaving_asks_when_something_is_mine(void **state)
{
	struct stage *stage = *state;
	assert_string_equal(stage_play(stage, "q"), "quit");
	stage_do(stage, "c");
	assert_string_equal(stage_play(stage, "q"), "");
	assert_true(stage_shows(stage, "1 ticket is with you"));
	assert_string_equal(stage_play(stage, "n"), "");
	assert_string_equal(stage_play(stage, "q y"), "quit");
}

static void the_end_of_a_shift_signs_out(void **state)
{
	struct stage *stage = *state;
	stage_do(stage, "c");
	stage_do(stage, "g e s o");
	assert_true(stage_shows(stage, "Sign out? 1 ticket goes back to the team"));
	assert_string_equal(stage_play(stage, "y"), "apply(sign_out)");
	assert_true(stage_answer_one(stage, EFFECT_APPLY));
	assert_true(stage->model->is_leaving);
}

static void a_pause_locks_the_screen(void **state)
{
	struct stage *stage = *state;
	assert_string_equal(stage_play(stage, "g p Enter Enter"), "apply(pause)");
	stage_answer(stage);
	assert_true(stage_shows(stage, "Pause since 12:31"));
	stage_play(stage, "r");
	assert_int_equal(stage->model->screen, SCREEN_PAUSED);
	stage_do(stage, "Enter");
	assert_int_equal(stage->model->screen, SCREEN_QUEUE);
}

static void a_broken_feed_is_told_once_and_asked_after(void **state)
{
	struct stage *stage = *state;
	for (int i = 0; i < 3; i++) {
		struct msg *msg = stage_msg(stage, MSG_FEED);
		error_set(&msg->feed.err, ERROR_UNAVAILABLE, N_("the desk is busy"), NULL);
		stage_send(stage, msg);
	}
	assert_int_equal(stage->model->notices.count, 1);
	assert_true(stage_shows(stage, "reconnecting"));
	stage_wait(stage, 100);
	stage_answer(stage);
	assert_true(stage_shows(stage, "online"));
}

static void a_long_customer_is_scrolled_to_its_end(void **state)
{
	struct stage *stage = *state;
	struct msg *msg = stage_msg(stage, MSG_RESIZE);
	msg->size.columns = 80;
	msg->size.rows = 12;
	stage_send(stage, msg);
	stage_do(stage, "j Enter v");
	assert_true(stage_shows(stage, "João Lima\n email"));
	stage_do(stage, "G");
	assert_true(stage_shows(stage, "702 resolved"));
	stage_do(stage, "Home");
	assert_true(stage_shows(stage, "João Lima\n email"));
}

static void a_broken_link_keeps_the_list_and_comes_back(void **state)
{
	struct stage *stage = *state;
	stage->is_unreachable = true;
	stage_do(stage, "R");
	assert_true(stage_shows(stage, "reconnecting 0 s"));
	for (int second = 0; second < 11; second++) {
		stage_wait(stage, MS_SECOND);
		stage_answer(stage);
	}
	assert_true(stage_shows(stage, "NO CONNECTION, data of 12:31:05"));
	assert_int_equal(stage->model->queue.count, 8);
	stage->is_unreachable = false;
	stage_wait(stage, 3000);
	stage_answer(stage);
	assert_true(stage_shows(stage, "online 3 ms"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
	language_setup("en");
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_asks_for_what_it_shows_at_the_start),
		TEST(a_stale_answer_is_dropped),
		TEST(the_preview_follows_when_the_keys_rest),
		TEST(a_row_answered_by_another_greys_until_one_moves_on),
		TEST(rows_above_that_leave_do_not_move_the_cursor),
		TEST(news_are_counted_and_shown_by_R),
		TEST(a_command_is_for_the_ticket_under_the_cursor_at_its_key),
		TEST(a_filter_works_while_it_is_typed),
		TEST(a_wrong_filter_says_what_is_wrong_and_keeps_the_list),
		TEST(the_next_ticket_gets_what_was_typed_meanwhile),
		TEST(resolving_asks_for_the_reason_by_two_keys),
		TEST(taking_back_is_offered_for_ten_seconds),
		TEST(a_snooze_says_what_it_understood),
		TEST(a_snooze_offers_what_is_usual),
		TEST(a_marked_change_asks_with_the_count_and_names_the_refused),
		TEST(an_unknown_key_says_so_and_points_to_the_help),
		TEST(messages_can_be_read_again),
		TEST(the_help_finds_and_runs),
		TEST(the_line_completes_and_runs),
		TEST(leaving_asks_when_something_is_mine),
		TEST(the_end_of_a_shift_signs_out),
		TEST(a_pause_locks_the_screen),
		TEST(a_broken_feed_is_told_once_and_asked_after),
		TEST(a_long_customer_is_scrolled_to_its_end),
		TEST(a_broken_link_keeps_the_list_and_comes_back),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
