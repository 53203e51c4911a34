#include "test.h"

#include "base/language.h"
#include "base/mem.h"
#include "core/problem.h"
#include "stage.h"

#include <string.h>

/* The last look before a text goes out: nothing is sent unseen, nothing twice.
 * covers: 6.no-mail */

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

/* A reply to 1002, looked at for the last time. */
static void review_shown(struct stage *stage)
{
	stage_do(stage, "j r 'Olá' Esc");
	stage_look(stage);
}

/* What the desk was asked for, but for the time that was worked. */
static const struct change *asked_for(struct stage *stage)
{
	const struct change *change = &stage_first(stage, EFFECT_APPLY)->apply.changes[0];
	return change->kind == CHANGE_WORKED ? &stage->effects->items[1]->apply.changes[0] : change;
}

static void the_review_discards_what_was_typed_ahead(void **state)
{
	struct stage *stage = *state;
	stage_do(stage, "j r 'Olá'");
	stage_play(stage, "Esc y Y o");
	assert_int_equal(stage->model->screen, SCREEN_REVIEW);
	assert_null(strstr(stage->done, "apply(reply"));
	stage_look(stage);
	assert_string_equal(stage_play(stage, "y"), "apply(worked 1002) apply(reply 1002 wait)");
}

static void a_sent_reply_leaves_the_list_and_can_be_taken_back(void **state)
{
	struct stage *stage = *state;
	stage_do(stage, "j r 'Olá'");
	stage_wait(stage, 3000);
	stage_answer(stage);
	stage_play(stage, "Esc");
	stage_look(stage);
	stage_play(stage, "y");
	const struct change *change = asked_for(stage);
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
	review_shown(stage);
	stage_play(stage, "y j");
	assert_int_equal(queue_selected(stage->model), 1002);
	stage_answer(stage);
	assert_int_equal(queue_selected(stage->model), 1003);
}

static void something_unseen_is_shown_then_sent_by_a_second_key(void **state)
{
	struct stage *stage = *state;
	review_shown(stage);
	stage_add_message(stage, 1002, 0, stage->now, "Esqueçam!");
	int64_t newest = stage_ticket(stage, 1002)->row.ticket.newest_public;
	problem(&stage->refusal, PROBLEM_UNSEEN, "1002", NULL);
	stage_do(stage, "y"); /* the desk knows before we do */
	assert_int_equal(stage->model->screen, SCREEN_REVIEW);
	assert_true(stage_shows(stage, "João Lima wrote meanwhile: Esqueçam!"));
	stage_look(stage);
	stage_play(stage, "y");
	assert_int_equal(stage_first(stage, EFFECT_APPLY)->apply.changes[0].seen, newest);
}

static void news_that_came_while_reviewing_are_shown_before_the_send(void **state)
{
	struct stage *stage = *state;
	review_shown(stage);
	stage_add_message(stage, 1002, 0, stage->now, "Esqueçam!");
	stage_feed(stage, CHANGE_RECEIVE, 0, 1002);
	stage_answer(stage);
	assert_true(stage_shows(stage, "! João Lima wrote meanwhile: Esqueçam!"));
}

static void a_variable_not_filled_in_blocks_the_send(void **state)
{
	struct stage *stage = *state;
	stage_do(stage, "j r ';ola' Tab");
	assert_true(strstr(stage_text(stage), "Olá João,") == stage_text(stage));
	stage_do(stage, "';prazo' Tab Esc");
	stage_look(stage);
	assert_true(stage_shows(stage, "{{order.date}} is not filled in"));
	assert_null(strstr(stage_play(stage, "y"), "apply(reply"));
}

static void all_that_was_written_meanwhile_is_shown_whole(void **state)
{
	struct stage *stage = *state;
	stage_do(stage, "j r 'Olá'");
	stage_add_message(stage, 1002, 0, stage->now, "Um\ndois\ntrês\nquatro\ncinco");
	stage_add_message(stage, 1002, BRUNO, stage->now, "Já resolvi");
	stage_feed(stage, CHANGE_RECEIVE, 0, 1002);
	stage_answer(stage);
	stage_do(stage, "Esc");
	assert_true(stage_shows(stage, "! João Lima wrote meanwhile: Um"));
	assert_true(stage_shows(stage, "   cinco"));
	assert_true(stage_shows(stage, "! bruno wrote meanwhile: Já resolvi"));
}

static void many_warnings_can_all_be_read_in_a_small_window(void **state)
{
	(void)state;
	struct stage *stage = stage_begin(40, 12);
	stage_do(stage, "j r 'the first line' Enter 'attached'");
	stage_add_message(stage, 1002, 0, stage->now, "a\nb\nc\nd\ne\nf\ng\nh");
	stage_add_message(stage, 1002, BRUNO, stage->now, "the last one");
	stage_feed(stage, CHANGE_RECEIVE, 0, 1002);
	stage_answer(stage);
	stage_do(stage, "Esc");
	stage_look(stage);
	assert_true(stage_shows(stage, "! João Lima wrote meanwhile"));
	bool seen = false;
	for (int i = 0; i < 5 && !seen; i++) {
		stage_do(stage, "PgDn");
		char *screen = stage_screen(stage);
		seen = strstr(screen, "! the text speaks of") != NULL;
	}
	assert_true(seen);
	stage_do(stage, "PgDn PgDn PgDn PgDn");
	assert_true(stage_shows(stage, "this desk sends no mail"));
	stage_do(stage, "PgUp PgUp PgUp PgUp PgUp PgUp");
	assert_true(stage_shows(stage, "the first line"));
	stage_destroy(stage);
}

static void news_that_came_at_the_last_moment_must_be_readable_first(void **state)
{
	struct stage *stage = *state;
	review_shown(stage);
	stage_add_message(stage, 1002, 0, stage->now, "Esqueçam!");
	stage_feed(stage, CHANGE_RECEIVE, 0, 1002);
	stage_answer(stage);
	assert_null(strstr(stage_play(stage, "y"), "apply(reply"));
	stage_look(stage);
	assert_true(strstr(stage_play(stage, "y"), "apply(reply") != NULL);
}

static void what_becomes_of_the_reply_is_said_before(void **state)
{
	struct stage *stage = *state;
	stage_do(stage, "j r 'Olá' Esc");
	assert_true(stage_shows(stage, "this desk sends no mail: the reply is kept in it"));
	stage->model->directory->settings.delivery = true;
	assert_true(stage_shows(stage, "goes out 10 s after it is sent"));
	stage_look(stage);
	stage_do(stage, "e");
	stage_look(stage);
	stage_do(stage, "Ctrl-X p j j r 'Sim' Esc"); /* a call: nothing has to go out */
	stage->model->directory->settings.delivery = false;
	char *screen = stage_screen(stage);
	assert_null(strstr(screen, "sends no mail"));
}

static void an_attachment_that_is_mentioned_is_asked_about(void **state)
{
	struct stage *stage = *state;
	stage_do(stage, "j r 'see the attached file' Esc");
	assert_true(stage_shows(stage, "! the text speaks of"));
}

static struct address *second_address(struct stage *stage)
{
	struct customer_view *customer = &stage_ticket(stage, 1002)->customer;
	customer->addresses = mem_grow(stage, customer->addresses, struct address, 3);
	customer->addresses[1] = (struct address){.id = 91,
		.kind = ADDRESS_HANDLE,
		.value = mem_strdup(stage, "@joao"),
		.key = mem_strdup(stage, "@joao")};
	customer->addresses[2] = (struct address){.id = 92,
		.kind = ADDRESS_CPF,
		.value = mem_strdup(stage, "111.444.777-35"),
		.key = mem_strdup(stage, "11144477735")};
	customer->address_count = 3;
	return &customer->addresses[1];
}

static void the_address_is_one_of_the_customer_s(void **state)
{
	struct stage *stage = *state;
	review_shown(stage);
	stage_do(stage, "t");
	assert_true(stage_shows(stage, "no other address"));
	second_address(stage);
	stage_do(stage, "e Ctrl-X p");
	stage_do(stage, "k j e Esc");
	stage_look(stage);
	stage_do(stage, "t");
	assert_true(stage_shows(stage, "@joao"));
	char *screen = stage_screen(stage);
	assert_null(strstr(screen, "111.444"));
	stage_do(stage, "2");
	assert_true(stage_shows(stage, "to João Lima <@joao>"));
	stage_play(stage, "y");
	assert_string_equal(asked_for(stage)->address, "@joao");
}

static void a_file_is_attached_and_taken_out(void **state)
{
	struct stage *stage = *state;
	stage_do(stage, "j r 'segue o anexo' Esc");
	stage_look(stage);
	stage_do(stage, "a");
	assert_true(stage_shows(stage, "boleto.pdf"));
	stage_do(stage, "'fotos/'");
	assert_true(stage_shows(stage, "frente.png"));
	stage_do(stage, "'v' Tab Enter");
	assert_true(stage_shows(stage, "[1] verso.png  84 KB  image/png"));
	char *screen = stage_screen(stage);
	assert_null(strstr(screen, "speaks of"));
	stage_do(stage, "a");
	assert_true(stage_shows(stage, "take out verso.png"));
	stage_do(stage, "1"); /* another one */
	stage_do(stage, "'fo' Tab Tab Enter");
	stage_do(stage, "a");
	assert_true(stage_shows(stage, "take out foto"));
	stage_do(stage, "2");
	screen = stage_screen(stage);
	assert_null(strstr(screen, "verso.png"));
	assert_string_equal(stage->model->compose.attachments.items[0].name, "foto.png");
	assert_int_equal(stage->model->compose.attachments.count, 1);
	stage_do(stage, "Esc p");
	stage_do(stage, "e");
	assert_int_equal(stage->model->compose.attachments.count, 1);
	stage_do(stage, "Esc");
	stage_look(stage);
	stage_do(stage, "i"); /* it stays with the text */
	assert_int_equal(stage->model->compose.kind, DRAFT_NOTE);
	assert_int_equal(stage->model->compose.attachments.count, 1);
}

static void a_file_that_cannot_be_attached_is_told(void **state)
{
	struct stage *stage = *state;
	review_shown(stage);
	stage_play(stage, "a 'x.png' Enter");
	assert_true(stage_shows(stage, "! a file is still being read"));
	assert_null(strstr(stage_play(stage, "y"), "apply(reply"));
	error_set(&stage->refusal, ERROR_INVALID, N_("{0} is empty; choose another file"), "x.png",
		NULL);
	stage_answer(stage);
	assert_true(stage_shows(stage, "x.png is empty"));
	assert_int_equal(stage->model->compose.attachments.count, 0);
	assert_true(strstr(stage_play(stage, "y"), "apply(reply") != NULL);
}

static void another_open_ticket_of_the_customer_is_named(void **state)
{
	struct stage *stage = *state;
	stage_ticket(stage, 1002)->customer.history[1].state = TICKET_OPEN;
	stage_do(stage, "j r 'Olá' Esc");
	assert_true(stage_shows(stage, "! the same customer waits in 901 too"));
}

static void an_uncertain_send_is_settled_before_anything_else(void **state)
{
	struct stage *stage = *state;
	review_shown(stage);
	stage->is_uncertain = true;
	stage_do(stage, "y");
	assert_int_equal(stage->model->screen, SCREEN_REVIEW);
	assert_string_equal(stage_text(stage), "Olá");
	assert_null(strstr(stage_play(stage, "y"), "reply"));
	assert_true(strstr(stage_wait(stage, 2500), "apply(reply 1002 wait)") != NULL);
	stage_answer(stage);
	assert_int_equal(stage->model->screen, SCREEN_QUEUE);
}

static void a_text_on_its_way_cannot_be_altered(void **state)
{
	struct stage *stage = *state;
	review_shown(stage);
	stage->is_uncertain = true;
	stage_do(stage, "y");
	stage_play(stage, "Ctrl-C e d x i");
	assert_int_equal(stage->model->screen, SCREEN_REVIEW);
	assert_string_equal(stage_text(stage), "Olá");
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
	review_shown(stage);
	stage_add_message(stage, 1002, 0, stage->now, "Esqueçam!");
	problem(&stage->refusal, PROBLEM_UNSEEN, "1002", NULL);
	stage_play(stage, "y y");
	stage->done = mem_strdup(stage, "");
	stage_answer(stage);
	assert_null(strstr(stage->done, "apply(reply"));
}

static void a_refusal_stays_in_the_review_until_the_next_try(void **state)
{
	struct stage *stage = *state;
	review_shown(stage);
	problem(&stage->refusal, PROBLEM_ROLE, "supervisor", NULL);
	stage_do(stage, "y");
	stage_look(stage);
	assert_string_equal(stage_text(stage), "Olá");
	stage_do(stage, "PgUp"); /* the last line has gone on, the reason has not */
	assert_true(stage_shows(stage, "! not sent: this takes the role \"supervisor\""));
	stage_do(stage, "y");
	assert_int_equal(stage->model->screen, SCREEN_QUEUE);
}

static void a_desk_that_is_not_there_sends_nothing_and_keeps_the_text(void **state)
{
	struct stage *stage = *state;
	review_shown(stage);
	stage->is_unreachable = true;
	stage_do(stage, "y");
	assert_true(stage_shows(stage, "! not sent: the desk is busy"));
	stage->is_unreachable = false;
	stage_look(stage);
	stage_do(stage, "y");
	assert_int_equal(stage->model->screen, SCREEN_QUEUE);
}

static void a_send_that_takes_long_says_so_and_can_be_left(void **state)
{
	struct stage *stage = *state;
	review_shown(stage);
	stage_play(stage, "y");
	char *screen = stage_screen(stage);
	assert_null(strstr(screen, "sending for"));
	stage_wait(stage, 2000);
	assert_true(stage_shows(stage, "sending for 2 s"));
	assert_true(strstr(stage_play(stage, "Ctrl-C"), "cancel") != NULL);
	assert_int_equal(stage->model->screen, SCREEN_REVIEW);
	assert_string_equal(stage_text(stage), "Olá");
}

static void a_refusal_of_a_text_put_away_says_nothing_of_another(void **state)
{
	struct stage *stage = *state;
	review_shown(stage);
	problem(&stage->refusal, PROBLEM_STALE, "1002", NULL);
	stage_play(stage, "y Ctrl-C p");
	stage_play(stage, "j r 'Sim'");
	stage->model->compose.hold = HOLD_MINE;
	stage_answer(stage);
	assert_int_equal(stage->model->compose.ticket, 1003);
	assert_int_equal(stage->model->compose.hold, HOLD_MINE);
}

static void nothing_but_its_own_key_sends(void **state)
{
	struct stage *stage = *state;
	review_shown(stage);
	struct msg *msg = stage_msg(stage, MSG_PASTE);
	msg->text = mem_strdup(msg, "y");
	stage->done = mem_strdup(stage, "");
	stage_send(stage, msg);
	assert_string_equal(stage->done, "");
	msg = stage_msg(stage, MSG_KEY);
	msg->key = (struct key){.rune = 'y', .meta = true};
	stage_send(stage, msg);
	assert_string_equal(stage->done, "");
	stage_play(stage, "Y"); /* Caps Lock: asks the reason first */
	assert_null(strstr(stage->done, "apply(reply"));
	assert_true(stage_shows(stage, "reason"));
	stage_play(stage, "Esc");
	/* An arrow key that arrives in pieces: Esc goes on writing, the rest is text. */
	stage_play(stage, "Esc [ A");
	assert_int_equal(stage->model->screen, SCREEN_COMPOSE);
	assert_string_equal(stage_text(stage), "Olá[A");
	assert_null(strstr(stage->done, "apply(reply"));
}

static void a_reply_becomes_a_note(void **state)
{
	struct stage *stage = *state;
	stage_do(stage, "j r 'entre nós' Esc");
	stage_look(stage);
	stage_do(stage, "i");
	assert_int_equal(stage->model->compose.kind, DRAFT_NOTE);
	assert_string_equal(stage_text(stage), "entre nós");
	stage_do(stage, "Esc");
	stage_look(stage);
	assert_true(strstr(stage_play(stage, "y"), "apply(note 1002)") != NULL);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
	language_setup("en");
	const struct CMUnitTest tests[] = {
		TEST(the_review_discards_what_was_typed_ahead),
		TEST(a_sent_reply_leaves_the_list_and_can_be_taken_back),
		TEST(keys_wait_for_the_send_and_go_to_what_it_leads_to),
		TEST(something_unseen_is_shown_then_sent_by_a_second_key),
		TEST(news_that_came_while_reviewing_are_shown_before_the_send),
		TEST(a_variable_not_filled_in_blocks_the_send),
		TEST(all_that_was_written_meanwhile_is_shown_whole),
		cmocka_unit_test(many_warnings_can_all_be_read_in_a_small_window),
		TEST(news_that_came_at_the_last_moment_must_be_readable_first),
		TEST(what_becomes_of_the_reply_is_said_before),
		TEST(an_attachment_that_is_mentioned_is_asked_about),
		TEST(the_address_is_one_of_the_customer_s),
		TEST(a_file_is_attached_and_taken_out),
		TEST(a_file_that_cannot_be_attached_is_told),
		TEST(another_open_ticket_of_the_customer_is_named),
		TEST(an_uncertain_send_is_settled_before_anything_else),
		TEST(a_text_on_its_way_cannot_be_altered),
		TEST(keys_typed_ahead_of_a_refused_send_do_not_answer_the_refusal),
		TEST(a_refusal_stays_in_the_review_until_the_next_try),
		TEST(a_desk_that_is_not_there_sends_nothing_and_keeps_the_text),
		TEST(a_send_that_takes_long_says_so_and_can_be_left),
		TEST(a_refusal_of_a_text_put_away_says_nothing_of_another),
		TEST(nothing_but_its_own_key_sends),
		TEST(a_reply_becomes_a_note),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
