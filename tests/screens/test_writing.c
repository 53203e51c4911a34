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

static const char *text_of(const struct stage *stage)
{
	return editor_text(stage->model->compose.editor);
}

/* Waits until the review reads keys. */
static void look(struct stage *stage)
{
	stage_wait(stage, 300);
}

static const struct effect *first(const struct stage *stage, enum effect_type type)
{
	for (size_t i = 0; i < stage->effects->count; i++) {
		if (stage->effects->items[i]->type == type) {
			return stage->effects->items[i];
		}
	}
	fail_msg("no %s was asked for", effect_name(type));
	return NULL;
}

static void the_editor_opens_at_once_and_the_claim_runs_behind_it(void **state)
{
	struct stage *stage = *state;
	assert_string_equal(stage_play(stage, "j r 'Olá'"), "ticket(1002) apply(claim 1002)");
	assert_string_equal(text_of(stage), "Olá");
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
	assert_string_equal(first(stage, EFFECT_SPOOL_SAVE)->draft.text, "ab");
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
	assert_string_equal(text_of(stage), "from the store");
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
	assert_string_equal(text_of(stage), "@bruno ");
	stage_play(stage, "'veja com @da' Tab");
	assert_string_equal(text_of(stage), "@bruno veja com @davi ");
}

static void a_cover_noticed_while_writing_asks_nothing(void **state)
{
	struct stage *stage = *state;
	stage_play(stage, "j r 'on'");
	problem(&stage->refusal, PROBLEM_COVERED, "1009", "bruno", NULL);
	stage_answer(stage);
	stage_play(stage, "'y'");
	assert_string_equal(text_of(stage), "ony");
	assert_true(stage_shows(stage, "! ticket 1009 of the same customer is with bruno"));
	stage_play(stage, "Ctrl-X s");
	assert_int_equal(first(stage, EFFECT_APPLY)->apply.changes[0].separate, FLAG_YES);
	stage_answer(stage);
	assert_int_equal(stage->model->compose.hold, HOLD_MINE);
}

static void a_refused_claim_keeps_the_text_and_blocks_the_send(void **state)
{
	struct stage *stage = *state;
	stage_play(stage, "j r 'Olá'");
	problem(&stage->refusal, PROBLEM_HELD, "1002", "bruno", "2s", NULL);
	stage_answer(stage);
	assert_true(stage_shows(stage, "! ticket 1002 is with bruno"));
	assert_string_equal(text_of(stage), "Olá");
	stage_play(stage, "Esc");
	look(stage);
	assert_null(strstr(stage_play(stage, "y"), "apply(reply"));
	stage_play(stage, "e");
	assert_true(strstr(stage_play(stage, "Ctrl-X c"), "apply(claim 1002)") != NULL);
	stage_answer(stage);
	stage_play(stage, "Esc");
	look(stage);
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
	assert_string_equal(text_of(stage), "Olá!");
}

static void the_review_discards_what_was_typed_ahead(void **state)
{
	struct stage *stage = *state;
	stage_do(stage, "j r 'Olá'");
	stage_play(stage, "Esc y Y o");
	assert_int_equal(stage->model->screen, SCREEN_REVIEW);
	assert_null(strstr(stage->done, "apply(reply"));
	look(stage);
	assert_string_equal(stage_play(stage, "y"), "apply(worked 1002) apply(reply 1002 wait)");
}

static void a_sent_reply_leaves_the_list_and_can_be_taken_back(void **state)
{
	struct stage *stage = *state;
	stage_do(stage, "j r 'Olá'");
	stage_wait(stage, 3000);
	stage_answer(stage);
	stage_play(stage, "Esc");
	look(stage);
	stage_play(stage, "y");
	const struct change *change = &first(stage, EFFECT_APPLY)->apply.changes[0];
	change = change->kind == CHANGE_WORKED ? &stage->effects->items[1]->apply.changes[0]
					       : change;
	assert_string_equal(change->text, "Olá");
	assert_int_equal(change->seen, stage_ticket(stage, 1002)->row.ticket.newest_public);
	assert_true(change->generation > 0);
	stage->done = mem_strdup(stage, "");
	stage_answer(stage);
	assert_true(strstr(stage->done, "spool_remove(1002 reply)") != NULL);
	assert_int_equal(stage->model->screen, SCREEN_QUEUE);
	assert_int_equal(stage->model->compose.ticket, 0);
	assert_int_equal(stage->model->claims.count, 0);
	assert_true(stage_shows(stage, "reply kept, this desk sends no mail"));
	assert_string_equal(stage_play(stage, "u"), "apply(undo 1002)");
}

static void keys_wait_for_the_send_and_go_to_what_it_leads_to(void **state)
{
	struct stage *stage = *state;
	stage_do(stage, "j r 'Olá' Esc");
	look(stage);
	stage_play(stage, "y j");
	assert_int_equal(queue_selected(stage->model), 1002);
	stage_answer(stage);
	assert_int_equal(queue_selected(stage->model), 1003);
}

static void something_unseen_is_shown_then_sent_by_a_second_key(void **state)
{
	struct stage *stage = *state;
	stage_do(stage, "j r 'Olá' Esc");
	look(stage);
	stage_add_message(stage, 1002, 0, stage->now, "Esqueçam!");
	int64_t newest = stage_ticket(stage, 1002)->row.ticket.newest_public;
	problem(&stage->refusal, PROBLEM_UNSEEN, "1002", NULL);
	stage_do(stage, "y"); /* the desk knows before we do */
	assert_int_equal(stage->model->screen, SCREEN_REVIEW);
	assert_true(stage_shows(stage, "João Lima wrote meanwhile: Esqueçam!"));
	look(stage);
	stage_play(stage, "y");
	assert_int_equal(first(stage, EFFECT_APPLY)->apply.changes[0].seen, newest);
}

static void news_that_came_while_reviewing_are_shown_before_the_send(void **state)
{
	struct stage *stage = *state;
	stage_do(stage, "j r 'Olá' Esc");
	look(stage);
	stage_add_message(stage, 1002, 0, stage->now, "Esqueçam!");
	stage_feed(stage, CHANGE_RECEIVE, 0, 1002);
	stage_answer(stage);
	assert_true(stage_shows(stage, "! João Lima wrote meanwhile: Esqueçam!"));
}

static void a_variable_not_filled_in_blocks_the_send(void **state)
{
	struct stage *stage = *state;
	stage_do(stage, "j r ';ola' Tab");
	assert_true(strstr(text_of(stage), "Olá João,") == text_of(stage));
	stage_do(stage, "';prazo' Tab Esc");
	look(stage);
	assert_true(stage_shows(stage, "{{order.date}} is not filled in"));
	assert_null(strstr(stage_play(stage, "y"), "apply(reply"));
}

static void an_answer_is_found_and_put_in(void **state)
{
	struct stage *stage = *state;
	stage_do(stage, "j m 'saud' Enter");
	assert_int_equal(stage->model->screen, SCREEN_COMPOSE);
	assert_true(strstr(text_of(stage), "Olá João,") == text_of(stage));
}

static void an_attachment_that_is_mentioned_is_asked_about(void **state)
{
	struct stage *stage = *state;
	stage_do(stage, "j r 'see the attached file' Esc");
	assert_true(stage_shows(stage, "! an attachment is mentioned"));
}

static void another_open_ticket_of_the_customer_is_named(void **state)
{
	struct stage *stage = *state;
	stage_ticket(stage, 1002)->customer.history[1].state = TICKET_OPEN;
	stage_do(stage, "j r 'Olá' Esc");
	assert_true(stage_shows(stage, "! the same customer waits in 901 too"));
}

static void a_text_kept_is_continued(void **state)
{
	struct stage *stage = *state;
	stage_do(stage, "j r 'Olá' Esc");
	look(stage);
	assert_true(strstr(stage_play(stage, "p"), "reply") == NULL);
	assert_int_equal(stage->model->screen, SCREEN_QUEUE);
	assert_true(stage_shows(stage, "kept as a draft"));
	stage_do(stage, "k");
	assert_true(stage_shows(stage, " *d  1002"));
	stage_do(stage, "j e");
	assert_string_equal(text_of(stage), "Olá");
}

static void a_text_thrown_away_goes_to_the_bin(void **state)
{
	struct stage *stage = *state;
	stage_do(stage, "j r");
	stage_play(stage, "'Olá' Esc");
	look(stage);
	stage_play(stage, "d x");
	assert_string_equal(stage->done, "draft_discard(1002 reply) spool_remove(1002 reply) "
					 "apply(worked 1002)");
	assert_int_equal(stage->model->drafts.count, 0);
}

static void a_reply_becomes_a_note(void **state)
{
	struct stage *stage = *state;
	stage_do(stage, "j r 'entre nós' Esc");
	look(stage);
	stage_do(stage, "i");
	assert_int_equal(stage->model->compose.kind, DRAFT_NOTE);
	assert_string_equal(text_of(stage), "entre nós");
	stage_do(stage, "Esc");
	look(stage);
	assert_true(strstr(stage_play(stage, "y"), "apply(note 1002)") != NULL);
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

static void an_uncertain_send_is_settled_before_anything_else(void **state)
{
	struct stage *stage = *state;
	stage_do(stage, "j r 'Olá' Esc");
	look(stage);
	stage->is_uncertain = true;
	stage_do(stage, "y");
	assert_int_equal(stage->model->screen, SCREEN_REVIEW);
	assert_string_equal(text_of(stage), "Olá");
	assert_null(strstr(stage_play(stage, "y"), "reply"));
	assert_true(strstr(stage_wait(stage, 2500), "apply(reply 1002 wait)") != NULL);
	stage_answer(stage);
	assert_int_equal(stage->model->screen, SCREEN_QUEUE);
}

static void a_text_on_its_way_cannot_be_altered(void **state)
{
	struct stage *stage = *state;
	stage_do(stage, "j r 'Olá' Esc");
	look(stage);
	stage->is_uncertain = true;
	stage_do(stage, "y");
	stage_play(stage, "Ctrl-C e d x i");
	assert_int_equal(stage->model->screen, SCREEN_REVIEW);
	assert_string_equal(text_of(stage), "Olá");
	stage_do(stage, "p");
	assert_int_equal(stage->model->screen, SCREEN_QUEUE);
	stage_wait(stage, 3000);
	stage_answer(stage);
	assert_int_equal(stage->model->drafts.count, 0);
	assert_int_equal(stage_ticket(stage, 1002)->message_count, 3);
}

static void keys_typed_ahead_of_a_refused_send_do_not_answer_the_refusal(void **state)
{
	struct stage *stage = *state;
	stage_do(stage, "j r 'Olá' Esc");
	look(stage);
	stage_add_message(stage, 1002, 0, stage->now, "Esqueçam!");
	problem(&stage->refusal, PROBLEM_UNSEEN, "1002", NULL);
	stage_play(stage, "y y");
	stage->done = mem_strdup(stage, "");
	stage_answer(stage);
	assert_null(strstr(stage->done, "apply(reply"));
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
	assert_string_equal(text_of(stage), "Olá João");
	assert_true(stage->model->compose.is_editing);
	assert_int_equal(stage->model->claims.items[0].active_at, stage->now);
}

static void a_call_is_logged_without_leaving_the_text(void **state)
{
	struct stage *stage = *state;
	stage_do(stage, "j r 'Olá'");
	stage_play(stage, "Ctrl-X l n 'caixa postal' Enter");
	assert_string_equal(stage->done, "apply(call 1002)");
	assert_int_equal(stage->model->screen, SCREEN_COMPOSE);
	assert_string_equal(text_of(stage), "Olá");
}

static void a_paste_is_taken_literally(void **state)
{
	struct stage *stage = *state;
	stage_do(stage, "j r");
	struct msg *msg = stage_msg(stage, MSG_PASTE);
	msg->text = mem_strdup(msg, "y\n;ola\ty");
	stage_send(stage, msg);
	assert_string_equal(text_of(stage), "y\n;ola\ty");
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
		TEST(a_hang_up_spools_at_once),
		cmocka_unit_test(what_the_spool_had_is_offered_unless_the_store_is_newer),
		TEST(another_has_it_so_it_is_read_only),
		TEST(a_cover_noticed_while_writing_asks_nothing),
		TEST(a_refused_claim_keeps_the_text_and_blocks_the_send),
		TEST(a_lost_claim_stays_on_the_screen),
		TEST(the_review_discards_what_was_typed_ahead),
		TEST(a_sent_reply_leaves_the_list_and_can_be_taken_back),
		TEST(keys_wait_for_the_send_and_go_to_what_it_leads_to),
		TEST(something_unseen_is_shown_then_sent_by_a_second_key),
		TEST(news_that_came_while_reviewing_are_shown_before_the_send),
		TEST(a_variable_not_filled_in_blocks_the_send),
		TEST(an_answer_is_found_and_put_in),
		TEST(an_attachment_that_is_mentioned_is_asked_about),
		TEST(another_open_ticket_of_the_customer_is_named),
		TEST(a_text_kept_is_continued),
		TEST(a_text_thrown_away_goes_to_the_bin),
		TEST(a_reply_becomes_a_note),
		TEST(a_text_left_behind_can_be_adopted),
		TEST(an_uncertain_send_is_settled_before_anything_else),
		TEST(a_text_on_its_way_cannot_be_altered),
		TEST(keys_typed_ahead_of_a_refused_send_do_not_answer_the_refusal),
		TEST(the_editor_of_the_operator_counts_as_work),
		TEST(a_call_is_logged_without_leaving_the_text),
		TEST(a_paste_is_taken_literally),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
