#include "test.h"

#include "base/clock.h"
#include "base/language.h"
#include "base/mem.h"
#include "console.h"

#include <string.h>

/* Two consoles on one desk: what one does, the other sees; what both want, one gets. */

struct pair {
	struct fixture *fixture;
	struct console *ana, *bruno;
	int64_t first, second;
};

static int begin(void **state)
{
	void *fixture;
	fixture_setup(&fixture);
	struct pair *pair = mem_new(NULL, struct pair);
	pair->fixture = fixture;
	pair->first = fixture_ticket(pair->fixture, "joao@example.com", "entrega");
	pair->fixture->now += MS_MINUTE;
	pair->second = fixture_ticket(pair->fixture, "maria@example.com", "entrega");
	pair->ana = console_create(pair->fixture, "ana");
	pair->bruno = console_create(pair->fixture, "bruno");
	*state = pair;
	return 0;
}

static int end(void **state)
{
	struct pair *pair = *state;
	void *fixture = pair->fixture;
	console_destroy(pair->ana);
	console_destroy(pair->bruno);
	talloc_free(pair);
	return fixture_teardown(&fixture);
}

static bool shows_row(struct console *console, const char *mark, int64_t number)
{
	char *row = mem_printf(NULL, "%s%lld", mark, (long long)number);
	bool shows = console_shows(console, row);
	talloc_free(row);
	return shows;
}

static void look(struct console *console)
{
	console_wait(console, 300);
}

static void one_claims_and_the_other_sees_it(void **state)
{
	struct pair *pair = *state;
	console_keys(pair->ana, "c");
	assert_true(shows_row(pair->ana, ">*   ", pair->first));
	console_hear(pair->bruno);
	assert_true(shows_row(pair->bruno, ">=   ", pair->first));
	assert_true(console_shows(pair->bruno, " ana "));
	console_keys(pair->bruno, "r");
	assert_int_equal(pair->bruno->model->screen, SCREEN_QUEUE);
	assert_true(console_shows(pair->bruno, "read only"));
}

static void of_two_who_claim_at_once_one_is_told_who_won(void **state)
{
	struct pair *pair = *state;
	console_press(pair->ana, "r");
	console_press(pair->bruno, "r 'minha'");
	console_settle(pair->ana);
	console_settle(pair->bruno);
	assert_int_equal(pair->ana->model->compose.hold, HOLD_MINE);
	assert_int_equal(pair->bruno->model->compose.hold, HOLD_REFUSED);
	assert_string_equal(editor_text(pair->bruno->model->compose.editor), "minha");
	assert_true(console_shows(pair->bruno, "ana took "));
}

static void a_reply_takes_the_ticket_out_of_both_queues(void **state)
{
	struct pair *pair = *state;
	console_keys(pair->ana, "r 'Olá, João' Esc");
	look(pair->ana);
	console_keys(pair->ana, "y");
	assert_int_equal(pair->ana->model->screen, SCREEN_QUEUE);
	assert_true(console_shows(pair->ana, "sends no mail; waits for the customer"));
	assert_true(console_shows(pair->ana, "(you: repl"));
	console_hear(pair->bruno);
	assert_true(console_shows(pair->bruno, "(ana: repl"));
	assert_true(console_shows(pair->bruno, "1 Queue 1"));
	console_keys(pair->bruno, "j");
	assert_int_equal(queue_selected(pair->bruno->model), pair->second);
	assert_int_equal(pair->bruno->model->queue.count, 1);
	const struct ticket *ticket = fixture_see(pair->fixture, pair->first);
	assert_int_equal(ticket->state, TICKET_WAITING);
}

static void a_reply_taken_back_is_being_written_again(void **state)
{
	struct pair *pair = *state;
	console_keys(pair->ana, "r 'Olá, João' Esc");
	look(pair->ana);
	console_keys(pair->ana, "y u");
	assert_true(console_shows(pair->ana, "nothing was sent, the text is here again"));
	console_hear(pair->ana);
	assert_int_equal(pair->ana->model->screen, SCREEN_COMPOSE);
	assert_string_equal(editor_text(pair->ana->model->compose.editor), "Olá, João");
	assert_int_equal(pair->ana->model->compose.hold, HOLD_MINE);
}

static void a_reply_taken_back_when_another_has_the_ticket_stays_with_its_author(void **state)
{
	struct pair *pair = *state;
	console_keys(pair->ana, "r 'Olá, João' Esc");
	look(pair->ana);
	console_keys(pair->ana, "y");
	fixture_do(pair->fixture, NULL,
		(struct change){.kind = CHANGE_RECEIVE, .ticket = pair->first, .text = "Oi?"});
	console_hear(pair->bruno);
	console_keys(pair->bruno, "1 R c");
	console_keys(pair->ana, "u");
	assert_string_equal(editor_text(pair->ana->model->compose.editor), "Olá, João");
	assert_int_equal(pair->ana->model->compose.hold, HOLD_REFUSED);
	assert_true(console_shows(pair->ana, "bruno took "));
}

static void what_the_customer_writes_meanwhile_is_seen_before_the_send(void **state)
{
	struct pair *pair = *state;
	console_keys(pair->ana, "r 'Olá' Esc");
	look(pair->ana);
	fixture_do(pair->fixture, NULL,
		(struct change){.kind = CHANGE_RECEIVE, .ticket = pair->first, .text = "Espere!"});
	console_keys(pair->ana, "y"); /* not heard of yet: the desk refuses */
	assert_true(console_shows(pair->ana, "wrote meanwhile: Espere!"));
	assert_int_equal(fixture_see(pair->fixture, pair->first)->state, TICKET_OPEN);
	look(pair->ana);
	console_keys(pair->ana, "y");
	assert_int_equal(fixture_see(pair->fixture, pair->first)->state, TICKET_WAITING);
}

static void a_claim_that_ran_out_and_was_taken_refuses_the_reply(void **state)
{
	struct pair *pair = *state;
	console_keys(pair->ana, "r 'Olá'");
	console_wait(pair->ana, 3000);
	pair->fixture->now += 30 * (int64_t)MS_MINUTE; /* asleep: the lid was closed */
	console_hear(pair->bruno);
	console_keys(pair->bruno, "c");
	assert_int_equal(pair->bruno->model->claims.count, 1);
	console_keys(pair->ana, "Esc");
	look(pair->ana);
	console_keys(pair->ana, "y");
	assert_int_equal(fixture_see(pair->fixture, pair->first)->message_count, 1);
	console_hear(pair->ana);
	console_keys(pair->ana, "e");
	assert_string_equal(editor_text(pair->ana->model->compose.editor), "Olá");
	/* … and who holds it now can go on with the text. */
	console_keys(pair->bruno, "Enter e");
	assert_true(console_shows(pair->bruno, "Make the text of ana yours?"));
	console_keys(pair->bruno, "y e");
	assert_string_equal(editor_text(pair->bruno->model->compose.editor), "Olá");
}

static void renewals_keep_a_claim_for_as_long_as_it_is_worked_on(void **state)
{
	struct pair *pair = *state;
	console_keys(pair->ana, "c Enter");
	for (int minute = 0; minute < 15; minute++) {
		console_wait(pair->ana, MS_MINUTE);
		console_keys(pair->ana, "j");
		console_hear(pair->bruno);
		console_wait(pair->bruno, 1);
		assert_true(shows_row(pair->bruno, ">=   ", pair->first));
	}
	pair->fixture->now += 3 * (int64_t)MS_MINUTE;
	console_keys(pair->bruno, "c");
	assert_int_equal(pair->bruno->model->claims.count, 1);
}

static void the_next_ticket_is_taken_by_one_only(void **state)
{
	struct pair *pair = *state;
	console_keys(pair->ana, "n");
	console_keys(pair->bruno, "n");
	assert_int_equal(pair->ana->model->ticket.number, pair->first);
	assert_int_equal(pair->bruno->model->ticket.number, pair->second);
	assert_int_equal(pair->bruno->model->claims.count, 1);
	console_keys(pair->bruno, "n k");
	assert_true(console_shows(pair->bruno, "nothing waits for an answer"));
}

static void a_note_and_its_mention_are_read_by_the_other(void **state)
{
	struct pair *pair = *state;
	console_keys(pair->ana, "c i '@bruno confere' Esc");
	look(pair->ana);
	console_keys(pair->ana, "y");
	console_hear(pair->bruno);
	console_keys(pair->bruno, "g @ Enter");
	assert_true(console_shows(pair->bruno, "ana · internal note"));
	assert_true(console_shows(pair->bruno, "@bruno confere"));
}

static void several_are_changed_at_once_and_taken_back_as_one(void **state)
{
	struct pair *pair = *state;
	console_keys(pair->ana, "Space Space s w y");
	assert_int_equal(fixture_see(pair->fixture, pair->first)->state, TICKET_WAITING);
	assert_int_equal(fixture_see(pair->fixture, pair->second)->state, TICKET_WAITING);
	console_keys(pair->ana, "u");
	assert_int_equal(fixture_see(pair->fixture, pair->first)->state, TICKET_OPEN);
	assert_int_equal(fixture_see(pair->fixture, pair->second)->state, TICKET_OPEN);
}

static void a_hung_up_console_leaves_text_and_grace(void **state)
{
	struct pair *pair = *state;
	console_keys(pair->ana, "r");
	console_press(pair->ana, "'meio caminho'");
	struct msg *msg = msg_create(MSG_HANGUP, pair->fixture->now);
	model_update(pair->ana->model, msg, pair->ana->effects);
	talloc_free(msg);
	console_settle(pair->ana);
	console_wait(pair->bruno, 4 * (int64_t)MS_MINUTE);
	console_hear(pair->bruno);
	assert_true(shows_row(pair->bruno, ">~   ", pair->first));
	struct console *again = console_create(pair->fixture, "ana");
	console_keys(again, "e");
	assert_string_equal(editor_text(again->model->compose.editor), "meio caminho");
	assert_int_equal(again->model->compose.hold, HOLD_MINE);
	console_destroy(again);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
	language_setup("en");
	const struct CMUnitTest tests[] = {
		TEST(one_claims_and_the_other_sees_it),
		TEST(of_two_who_claim_at_once_one_is_told_who_won),
		TEST(a_reply_takes_the_ticket_out_of_both_queues),
		TEST(a_reply_taken_back_is_being_written_again),
		TEST(a_reply_taken_back_when_another_has_the_ticket_stays_with_its_author),
		TEST(what_the_customer_writes_meanwhile_is_seen_before_the_send),
		TEST(a_claim_that_ran_out_and_was_taken_refuses_the_reply),
		TEST(renewals_keep_a_claim_for_as_long_as_it_is_worked_on),
		TEST(the_next_ticket_is_taken_by_one_only),
		TEST(a_note_and_its_mention_are_read_by_the_other),
		TEST(several_are_changed_at_once_and_taken_back_as_one),
		TEST(a_hung_up_console_leaves_text_and_grace),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
