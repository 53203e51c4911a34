#include "test.h"

#include "base/language.h"
#include "base/mem.h"
#include "core/problem.h"
#include "stage.h"

#include <string.h>

/* Texts: never lost, never sent twice, never sent unseen. */

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

static void the_editor_opens_at_once_and_the_claim_runs_behind_it(void **state)
{
	struct stage *stage = *state;
	assert_string_equal(stage_play(stage, "j r 'Olá'"), "ticket(1002) apply(claim 1002)");
	assert_string_equal(stage_text(stage), "Olá");
	assert_int_equal(stage->model->compose.hold, HOLD_CLAIMING);
	stage_answer(stage);
	assert_int_equal(stage->model->compose.hold, HOLD_MINE);
	assert_true(stage_shows(stage, "REPLY to joao@exemplo.com.br"));
}

static void a_text_is_in_the_spool_in_half_a_second_and_in_the_store_in_two(void **state)
{
	struct stage *stage = *state;
	stage_do(stage, "j r");
	stage_play(stage, "'a'");
	stage_wait(stage, 300);
	stage_play(stage, "'b'"); /* the oldest key counts, not the newest */
	assert_string_equal(stage_wait(stage, 200), "spool_save(1002 reply)");
	assert_string_equal(stage_first(stage, EFFECT_SPOOL_SAVE)->draft.text, "ab");
	assert_string_equal(stage_wait(stage, 1500), "draft_save(1002 reply)");
	stage_answer(stage);
	assert_true(stage_shows(stage, "saved 12:31:"));
	assert_string_equal(stage_wait(stage, 10000), "");
}

static void a_store_that_fails_gets_the_text_later(void **state)
{
	struct stage *stage = *state;
	stage_do(stage, "j r 'a'");
	stage_wait(stage, 2000);
	stage->is_unreachable = true;
	stage_answer(stage);
	assert_int_equal(stage->model->compose.saved_at, 0);
	stage->is_unreachable = false;
	assert_true(strstr(stage_wait(stage, 8000), "draft_save(1002 reply)") != NULL);
}

static void a_narrow_window_says_who_will_read_it_first(void **state)
{
	(void)state;
	struct stage *stage = stage_begin(40, 12);
	stage_do(stage, "j r 'Olá'");
	stage_wait(stage, 3000);
	stage_answer(stage);
	assert_true(stage_shows(stage, "REPLY to joao@exemplo.com.br"));
	stage_do(stage, "Ctrl-X p j k i 'x'");
	stage_wait(stage, 3000);
	stage_answer(stage);
	assert_true(stage_shows(stage, "INTERNAL NOTE, the customer"));
	stage_destroy(stage);
}

static void a_spool_that_fails_is_told_and_tried_again(void **state)
{
	struct stage *stage = *state;
	stage_do(stage, "j r 'a'");
	assert_true(strstr(stage_wait(stage, 600), "spool_save(1002 reply)") != NULL);
	struct msg *msg = stage_msg(stage, MSG_SPOOL_FAILED);
	error_set(&msg->err, ERROR_INTERNAL, N_("{0} cannot be written: {1}"), "x", "disk full",
		NULL);
	stage_send(stage, msg);
	assert_true(stage_shows(stage, "disk full"));
	stage_answer(stage);
	assert_null(strstr(stage_wait(stage, 3000), "spool_save"));
	assert_true(strstr(stage_wait(stage, 4000), "spool_save(1002 reply)") != NULL);
	assert_null(strstr(stage_wait(stage, 60000), "spool_save"));
}

static void a_hang_up_spools_at_once(void **state)
{
	struct stage *stage = *state;
	stage_do(stage, "j r");
	stage_play(stage, "'a'");
	stage->done = mem_strdup(stage, "");
	stage_send(stage, stage_msg(stage, MSG_HANGUP));
	assert_string_equal(stage->done, "spool_save(1002 reply) draft_save(1002 reply) "
					 "renew(1002 grace) quit");
}

static void what_the_spool_had_is_offered_unless_the_store_is_newer(void **state)
{
	(void)state;
	struct stage *stage = stage_create(80, 24);
	struct draft stored = {.ticket = 1001,
		.operator_id = ANA,
		.kind = DRAFT_REPLY,
		.text = (char *)"from the store",
		.updated_at = STAGE_NOW - 1000};
	stage->drafts = (struct draft_list){1, mem_dup(stage, &stored, sizeof stored)};
	struct draft spooled[2] = {stored, stored};
	spooled[0].text = (char *)"older";
	spooled[0].updated_at -= 1000;
	spooled[1].ticket = 1002;
	spooled[1].text = (char *)"only here";
	struct msg *msg = stage_msg(stage, MSG_SPOOLED);
	msg->drafts = (struct draft_list){2, spooled};
	stage_send(stage, msg);
	assert_true(stage_answer_one(stage, EFFECT_DRAFTS));
	assert_true(stage_answer_one(stage, EFFECT_DRAFTS));
	assert_true(strstr(stage->done, "draft_save(1002 reply)") != NULL);
	assert_null(strstr(stage->done, "draft_save(1001 reply)"));
	assert_true(stage_shows(stage, "1 unfinished text was recovered"));
	stage->drafts.count = 0;
	stage_answer(stage);
	stage_do(stage, "e");
	assert_string_equal(stage_text(stage), "from the store");
	stage_destroy(stage);
}

static void another_has_it_so_it_is_read_only(void **state)
{
	struct stage *stage = *state;
	assert_string_equal(stage_play(stage, "j j j r"), "");
	assert_int_equal(stage->model->screen, SCREEN_QUEUE);
	assert_true(stage_shows(stage, "1004 is with bruno since 12:28: read only"));
	stage_play(stage, "i");
	assert_int_equal(stage->model->compose.kind, DRAFT_NOTE);
	assert_string_equal(stage_text(stage), "@bruno ");
	stage_play(stage, "'veja com @da' Tab");
	assert_string_equal(stage_text(stage), "@bruno veja com @davi ");
}

static void a_cover_noticed_while_writing_asks_nothing(void **state)
{
	struct stage *stage = *state;
	stage_play(stage, "j r 'on'");
	problem(&stage->refusal, PROBLEM_COVERED, "1009", "bruno", NULL);
	stage_answer(stage);
	stage_play(stage, "'y'");
	assert_string_equal(stage_text(stage), "ony");
	assert_true(stage_shows(stage, "! ticket 1009 of the same customer is with bruno"));
	stage_play(stage, "Ctrl-X s");
	assert_int_equal(stage_first(stage, EFFECT_APPLY)->apply.changes[0].separate, FLAG_YES);
	stage_answer(stage);
	assert_int_equal(stage->model->compose.hold, HOLD_MINE);
}

static void a_refused_claim_keeps_the_text_and_blocks_the_send(void **state)
{
	struct stage *stage = *state;
	stage_play(stage, "j r 'Olá'");
	problem(&stage->refusal, PROBLEM_HELD, "1002", "bruno", "2s", NULL);
	stage_answer(stage);
	assert_true(stage_shows(stage, "! bruno took 1002 2 s before you"));
	assert_string_equal(stage_text(stage), "Olá");
	stage_play(stage, "Esc");
	stage_look(stage);
	assert_null(strstr(stage_play(stage, "y"), "apply(reply"));
	stage_play(stage, "e");
	assert_true(strstr(stage_play(stage, "Ctrl-X c"), "apply(claim 1002)") != NULL);
	stage_answer(stage);
	stage_play(stage, "Esc");
	stage_look(stage);
	assert_true(strstr(stage_play(stage, "y"), "apply(reply 1002 wait)") != NULL);
}

static void a_lost_claim_stays_on_the_screen(void **state)
{
	struct stage *stage = *state;
	stage_do(stage, "j r 'Olá'");
	stage_claim(stage, 1002, DAVI, stage->now);
	stage_feed(stage, CHANGE_TAKE_OVER, DAVI, 1002);
	stage_answer(stage);
	stage_play(stage, "'!'");
	assert_true(stage_shows(stage, "! davi took 1002; your text is kept"));
	assert_string_equal(stage_text(stage), "Olá!");
}

static void what_has_no_value_is_gone_to_and_replaced_by_what_is_typed(void **state)
{
	struct stage *stage = *state;
	stage_do(stage, "j r ';prazo' Tab");
	assert_true(stage_shows(stage, "{{order.date}} has no value here"));
	stage_do(stage, "'26/11'");
	assert_string_equal(stage_text(stage), "O pedido chega até 26/11.");
	stage_do(stage, "Ctrl-_");
	assert_string_equal(stage_text(stage), "O pedido chega até {{order.date}}.");
	stage_do(stage, "End 'x' Tab 'hoje'"); /* Tab goes round to the next one */
	assert_string_equal(stage_text(stage), "O pedido chega até hoje.x");
}

static void a_move_lets_the_variable_be(void **state)
{
	struct stage *stage = *state;
	stage_do(stage, "j r ';prazo' Tab Right 'x' Home Tab Backspace");
	assert_string_equal(stage_text(stage), "O pedido chega até {x{order.date}}.");
	stage_do(stage, "Ctrl-_ Home Tab Backspace");
	assert_string_equal(stage_text(stage), "O pedido chega até .");
}

static void tab_offers_what_a_beginning_may_mean(void **state)
{
	struct stage *stage = *state;
	stage_do(stage, "j r 'a ;pra' Tab"); /* the only one that begins so */
	assert_string_equal(stage_text(stage), "a O pedido chega até {{order.date}}.");
	stage_do(stage, "Ctrl-_ ' ;' Tab");
	assert_true(stage_shows(stage, "which answer:"));
	assert_true(stage_shows(stage, ";ola Saudação"));
	assert_true(stage_shows(stage, ";prazo Prazo de entrega"));
	stage_do(stage, "Esc");
	assert_string_equal(stage_text(stage), "a ;pra ;");
	stage_do(stage, "Tab Down Enter");
	assert_string_equal(stage_text(stage), "a ;pra O pedido chega até {{order.date}}.");
	stage_do(stage, "' ;xyz' Ctrl-E Tab");
	assert_int_equal(stage->model->screen, SCREEN_COMPOSE);
}

static void several_names_are_offered(void **state)
{
	struct stage *stage = *state;
	stage_do(stage, "j i '@' Tab");
	assert_true(stage_shows(stage, "whom:"));
	stage_do(stage, "'dav' Enter");
	assert_string_equal(stage_text(stage), "@davi ");
}

static void a_paste_that_is_too_long_is_left_out_in_words(void **state)
{
	struct stage *stage = *state;
	stage_do(stage, "j r 'a'");
	for (int i = 0; i < 2; i++) {
		struct msg *msg = stage_msg(stage, MSG_PASTE);
		msg->text = mem_array(msg, char, CHANGE_TEXT_MAX);
		memset(msg->text, 'x', CHANGE_TEXT_MAX - 2);
		stage_send(stage, msg);
	}
	assert_int_equal(strlen(stage_text(stage)), CHANGE_TEXT_MAX - 1);
	assert_true(stage_shows(stage, "the pasted text was left out"));
	stage_do(stage, "'more words' Esc");
	stage_look(stage);
	assert_true(stage_shows(stage, "at most 1024 kB can be sent"));
	assert_null(strstr(stage_play(stage, "y"), "apply(reply"));
}

static void an_answer_is_found_and_put_in(void **state)
{
	struct stage *stage = *state;
	stage_do(stage, "j m 'saud' Enter");
	assert_int_equal(stage->model->screen, SCREEN_COMPOSE);
	assert_true(strstr(stage_text(stage), "Olá João,") == stage_text(stage));
}

static void a_text_kept_is_continued(void **state)
{
	struct stage *stage = *state;
	stage_do(stage, "j r 'Olá' Esc");
	stage_look(stage);
	assert_true(strstr(stage_play(stage, "p"), "reply") == NULL);
	assert_int_equal(stage->model->screen, SCREEN_QUEUE);
	assert_true(stage_shows(stage, "kept as a draft"));
	stage_do(stage, "k");
	assert_true(stage_shows(stage, " *d  1002"));
	stage_do(stage, "j e");
	assert_string_equal(stage_text(stage), "Olá");
}

static void a_text_thrown_away_goes_to_the_bin(void **state)
{
	struct stage *stage = *state;
	stage_do(stage, "j r");
	stage_play(stage, "'Olá' Esc");
	stage_look(stage);
	stage_play(stage, "d x");
	assert_string_equal(stage->done, "draft_discard(1002 reply) spool_remove(1002 reply) "
					 "apply(worked 1002)");
	assert_int_equal(stage->model->drafts.count, 0);
}

static void a_text_left_behind_can_be_adopted(void **state)
{
	struct stage *stage = *state;
	struct draft left = {.ticket = 1002,
		.operator_id = BRUNO,
		.kind = DRAFT_REPLY,
		.text = (char *)"de bruno",
		.updated_at = STAGE_NOW};
	struct ticket_view *view = stage_ticket(stage, 1002);
	view->draft_count = 1;
	view->drafts = &left;
	stage_do(stage, "j Enter");
	assert_true(stage_shows(stage, "text of bruno"));
	stage_do(stage, "e");
	assert_true(stage_shows(stage, "Make the text of bruno yours?"));
	assert_string_equal(stage_play(stage, "y"), "draft_adopt(1002 reply)");
	view->draft_count = 0;
}

static void the_editor_of_the_operator_counts_as_work(void **state)
{
	struct stage *stage = *state;
	stage_do(stage, "j r 'Olá'");
	assert_true(strstr(stage_play(stage, "Ctrl-X Ctrl-E"), "edit") != NULL);
	stage_wait(stage, 30000);
	struct msg *msg = stage_msg(stage, MSG_EDITED);
	msg->edited.ok = true;
	msg->edited.text = mem_strdup(msg, "Olá João");
	stage_send(stage, msg);
	assert_string_equal(stage_text(stage), "Olá João");
	assert_true(stage->model->compose.is_editing);
	assert_int_equal(stage->model->claims.items[0].active_at, stage->now);
}

static void a_call_is_logged_without_leaving_the_text(void **state)
{
	struct stage *stage = *state;
	stage_do(stage, "j r 'Olá'");
	stage_play(stage, "Ctrl-X l o n 'caixa postal' Enter");
	assert_string_equal(
		stage->done, "spool_save(1002 call) draft_save(1002 call) apply(call 1002)");
	assert_int_equal(stage->model->screen, SCREEN_COMPOSE);
	assert_string_equal(stage_text(stage), "Olá");
}

static void a_paste_is_taken_literally(void **state)
{
	struct stage *stage = *state;
	stage_do(stage, "j r");
	struct msg *msg = stage_msg(stage, MSG_PASTE);
	msg->text = mem_strdup(msg, "y\n;ola\ty");
	stage_send(stage, msg);
	assert_string_equal(stage_text(stage), "y\n;ola\ty");
	assert_int_equal(stage->model->screen, SCREEN_COMPOSE);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
	language_setup("en");
	const struct CMUnitTest tests[] = {
		TEST(the_editor_opens_at_once_and_the_claim_runs_behind_it),
		TEST(a_text_is_in_the_spool_in_half_a_second_and_in_the_store_in_two),
		TEST(a_store_that_fails_gets_the_text_later),
		cmocka_unit_test(a_narrow_window_says_who_will_read_it_first),
		TEST(a_spool_that_fails_is_told_and_tried_again),
		TEST(a_hang_up_spools_at_once),
		cmocka_unit_test(what_the_spool_had_is_offered_unless_the_store_is_newer),
		TEST(another_has_it_so_it_is_read_only),
		TEST(a_cover_noticed_while_writing_asks_nothing),
		TEST(a_refused_claim_keeps_the_text_and_blocks_the_send),
		TEST(a_lost_claim_stays_on_the_screen),
		TEST(what_has_no_value_is_gone_to_and_replaced_by_what_is_typed),
		TEST(a_move_lets_the_variable_be),
		TEST(tab_offers_what_a_beginning_may_mean),
		TEST(several_names_are_offered),
		TEST(a_paste_that_is_too_long_is_left_out_in_words),
		TEST(an_answer_is_found_and_put_in),
		TEST(a_text_kept_is_continued),
		TEST(a_text_thrown_away_goes_to_the_bin),
		TEST(a_text_left_behind_can_be_adopted),
		TEST(the_editor_of_the_operator_counts_as_work),
		TEST(a_call_is_logged_without_leaving_the_text),
		TEST(a_paste_is_taken_literally),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
