#include "base/language.h"
#include "base/mem.h"
#include "stage.h"
#include "test.h"

#include <string.h>

/*
 * The way to a desk behind a server, as its console shows it.
 * covers: 6.states 6.offline 6.returned
 */

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

static struct stage *online(void **state)
{
	struct stage *stage = *state;
	stage->link = (struct link_status){.round_trip_ms = 38, .data_at = stage->now};
	stage_link(stage, LINK_STATE_ONLINE);
	return stage;
}

static void each_state_has_its_words(void **state)
{
	struct stage *stage = online(state);
	assert_true(stage_shows(stage, "online 38 ms"));
	stage->link.round_trip_ms = 2400;
	stage_link(stage, LINK_STATE_SLOW);
	assert_true(stage_shows(stage, "slow 2.4 s"));
	stage_link(stage, LINK_STATE_RECONNECTING);
	stage_wait(stage, 8000);
	assert_true(stage_shows(stage, "reconnecting 8 s"));
	stage_link(stage, LINK_STATE_OFFLINE);
	assert_true(stage_shows(stage, "NO CONNECTION, data of 12:31:05"));
	stage->link.round_trip_ms = 38;
	stage_link(stage, LINK_STATE_ONLINE);
	assert_true(stage_shows(stage, "online 38 ms"));
	assert_true(stage_shows(stage, "the desk answers again"));
}

static void the_first_copy_says_how_far_it_is(void **state)
{
	struct stage *stage = online(state);
	stage->link.is_syncing = true;
	stage->link.synced = stage->link.total = 800;
	stage_link(stage, LINK_STATE_ONLINE);
	assert_true(stage_shows(stage, "fetching 800…"));
	stage->link.total = 2329;
	stage_link(stage, LINK_STATE_ONLINE);
	assert_true(stage_shows(stage, "fetching 800/2329"));
}

/* The replica answers from what is here: that is no sign that the desk can be reached. */
static void an_answer_from_here_is_no_connection(void **state)
{
	struct stage *stage = online(state);
	stage_link(stage, LINK_STATE_OFFLINE);
	stage_do(stage, "R");
	assert_true(stage_shows(stage, "NO CONNECTION"));
}

static void a_reply_is_kept_and_counted(void **state)
{
	struct stage *stage = online(state);
	stage_do(stage, "j Enter r 'Chega amanhã.' ");
	stage_link(stage, LINK_STATE_OFFLINE);
	stage_do(stage, "Esc");
	stage_wait(stage, 1000);
	stage_do(stage, "y");
	stage_link(stage, LINK_STATE_OFFLINE);
	assert_int_equal(stage->pending.count, 1);
	assert_string_equal(stage->pending.items[0].text, "Chega amanhã.");
	assert_true(stage_shows(stage, "the reply is kept and sent later"));
	assert_true(stage_shows(stage, "1 to send"));
	stage_do(stage, "u");
	assert_int_equal(stage->pending.count, 1);
}

static void a_claim_is_refused_with_the_reason(void **state)
{
	struct stage *stage = online(state);
	stage_link(stage, LINK_STATE_OFFLINE);
	stage_do(stage, "j c");
	assert_true(stage_shows(stage, "there is no connection to the desk"));
}

static void what_waits_is_taken_back_as_a_draft(void **state)
{
	struct stage *stage = online(state);
	stage_do(stage, "j Enter");
	stage_link(stage, LINK_STATE_OFFLINE);
	stage_do(stage, "i 'ligar' Esc");
	stage_wait(stage, 1000);
	stage_do(stage, "y g o d");
	assert_true(stage_shows(stage, "Its text becomes a draft"));
	stage_do(stage, "y");
	assert_int_equal(stage->pending.count, 0);
	assert_int_equal(stage->drafts.count, 1);
	assert_string_equal(stage->drafts.drafts[0].text, "ligar");
}

static void what_came_back_is_told_and_shown(void **state)
{
	struct stage *stage = online(state);
	stage_do(stage, "j Enter");
	stage_link(stage, LINK_STATE_OFFLINE);
	stage_do(stage, "i 'ligar' Esc");
	stage_wait(stage, 1000);
	stage_do(stage, "y");
	stage->pending.items[0].is_refused = true;
	error_set(&stage->pending.items[0].err, ERROR_CONFLICT,
		N_("ticket 1304 of the same customer is now with bruno"), NULL);
	stage->link.waiting = 0;
	stage->link.refused = 1;
	stage_link(stage, LINK_STATE_ONLINE);
	stage_answer(stage);
	assert_true(stage_shows(stage, "1 text came back: g o says why"));
	stage_do(stage, "g o");
	assert_true(stage_shows(stage, "came back"));
	assert_true(stage_shows(stage, "is now with bruno"));
	stage_do(stage, "d y");
	assert_int_equal(stage->pending.count, 0);
}

static void a_memo_waits_and_is_taken_back(void **state)
{
	struct stage *stage = online(state);
	stage_link(stage, LINK_STATE_OFFLINE);
	stage_do(stage, ": 'memo bruno pode olhar?' Enter");
	assert_true(stage_shows(stage, "no connection: the memo to bruno is kept and sent later"));
	stage_do(stage, "g o");
	assert_true(stage_shows(stage, "memo to bruno: pode olhar?"));
	assert_true(stage_shows(stage, ">        to send"));
	assert_true(stage_shows(stage, "to send"));
	stage_do(stage, "d");
	assert_true(stage_shows(stage, "Its text becomes a draft"));
	stage_do(stage, "y g d");
	assert_int_equal(stage->pending.count, 0);
	assert_true(stage_shows(stage, "pode olhar?"));
	/* One that came back is a draft of nothing that the desk knows: it is made one here. */
	stage_do(stage, "q : 'memo bruno e agora?' Enter");
	stage->pending.items[0].is_refused = true;
	error_set(&stage->pending.items[0].err, ERROR_DENIED, N_("bruno is gone"), NULL);
	stage_do(stage, "g o d");
	assert_true(stage_shows(stage, "bruno is gone"));
	assert_true(stage_shows(stage, "Its text becomes a draft"));
	stage_do(stage, "y g d");
	assert_true(stage_shows(stage, "e agora? pode olhar?"));
}

/* What was begun since stays behind it. */
static void what_is_taken_back_stands_before_what_was_begun_since(void **state)
{
	struct stage *stage = online(state);
	stage_do(stage, "j Enter");
	stage_link(stage, LINK_STATE_OFFLINE);
	stage_do(stage, "i 'ligar' Esc");
	stage_wait(stage, 1000);
	stage_do(stage, "y i 'depois'");
	stage_wait(stage, 3000);
	stage_do(stage, "Esc");
	stage_wait(stage, 1000);
	stage_do(stage, "p g o d y");
	assert_int_equal(stage->pending.count, 0);
	assert_int_equal(stage->drafts.count, 1);
	assert_string_equal(stage->drafts.drafts[0].text, "ligar\n\ndepois");
}

/* What was never asked cannot be shown, and says so instead of waiting for ever. */
static void memos_that_cannot_be_had_say_why(void **state)
{
	struct stage *stage = *state;
	stage_link(stage, LINK_STATE_OFFLINE);
	talloc_free(stage->model->memos.mem);
	stage->model->memos = (struct memos_part){0};
	stage_do(stage, "g r");
	assert_true(stage_shows(stage, "there is no connection to the desk"));
	stage_link(stage, LINK_STATE_ONLINE);
	stage_do(stage, "q g r");
	assert_true(stage_shows(stage, "no memos yet"));
}

static void a_search_tells_that_it_had_the_copy_alone(void **state)
{
	struct stage *stage = online(state);
	stage_do(stage, "f 'pedido' Enter");
	assert_true(stage_shows(stage, "Found: pedido\n"));

	stage_link(stage, LINK_STATE_OFFLINE);
	stage_do(stage, "f 'pedido' Enter");
	assert_true(
		stage_shows(stage, "Found: pedido (only in the copy of 22 Nov 12:31: 24 tickets)"));
}

static void the_first_connection_is_no_news(void **state)
{
	struct stage *stage = *state;
	stage_link(stage, LINK_STATE_RECONNECTING);
	size_t said = stage->model->notices.count;
	stage_link(stage, LINK_STATE_ONLINE);
	assert_int_equal(stage->model->notices.count, said);
}

/* A reply that went out is no draft any more. */
static void what_was_sent_is_looked_at_again(void **state)
{
	struct stage *stage = online(state);
	stage->link.waiting = 1;
	stage_link(stage, LINK_STATE_ONLINE);
	stage_answer(stage);
	stage->link.waiting = 0;
	stage_link(stage, LINK_STATE_ONLINE);
	assert_non_null(strstr(stage->done, "drafts"));
}

int main(void)
{
	language_setup("en");
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(each_state_has_its_words, begin, end),
		cmocka_unit_test_setup_teardown(the_first_copy_says_how_far_it_is, begin, end),
		cmocka_unit_test_setup_teardown(an_answer_from_here_is_no_connection, begin, end),
		cmocka_unit_test_setup_teardown(a_reply_is_kept_and_counted, begin, end),
		cmocka_unit_test_setup_teardown(a_claim_is_refused_with_the_reason, begin, end),
		cmocka_unit_test_setup_teardown(what_waits_is_taken_back_as_a_draft, begin, end),
		cmocka_unit_test_setup_teardown(what_came_back_is_told_and_shown, begin, end),
		cmocka_unit_test_setup_teardown(a_memo_waits_and_is_taken_back, begin, end),
		cmocka_unit_test_setup_teardown(
			what_is_taken_back_stands_before_what_was_begun_since, begin, end),
		cmocka_unit_test_setup_teardown(memos_that_cannot_be_had_say_why, begin, end),
		cmocka_unit_test_setup_teardown(
			a_search_tells_that_it_had_the_copy_alone, begin, end),
		cmocka_unit_test_setup_teardown(the_first_connection_is_no_news, begin, end),
		cmocka_unit_test_setup_teardown(what_was_sent_is_looked_at_again, begin, end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
