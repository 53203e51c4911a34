#include "conformance.h"

#include "base/clock.h"
#include "base/mem.h"
#include "test.h"

#include <string.h>

/* What a ticket waits for, what time alone makes true, and what the counters say of it. */

static struct change on(enum change_kind kind, int64_t number)
{
	return (struct change){.kind = kind, .ticket = number};
}

static void receive(struct fixture *f, int64_t number)
{
	struct change change = on(CHANGE_RECEIVE, number);
	change.text = "Alguma novidade?";
	fixture_do(f, NULL, change);
}

static void a_snooze_comes_back_and_is_logged_by_who_writes_next(void **state)
{
	struct fixture *f = *state;
	int64_t number = fixture_ticket(f, "joao@exemplo.com", "entrega");
	struct change snooze = on(CHANGE_SNOOZE, number);
	snooze.until_at = f->now + MS_HOUR;
	int64_t since = fixture_do(f, "ana", snooze).revision;
	assert_int_equal(fixture_counts(f, "ana").open, 0);
	assert_int_equal(fixture_counts(f, "ana").snoozed, 1);
	f->now += MS_HOUR;
	assert_int_equal(fixture_counts(f, "ana").open, 1);
	assert_int_equal(fixture_see(f, number)->state, TICKET_OPEN);
	/* A server writes it by itself, at any time from now on. */
	assert_true(place.serve || fixture_feed(f, NULL, since).count == 0);
	fixture_ticket(f, "maria@exemplo.com", "entrega");
	struct feed feed = fixture_feed(f, NULL, since);
	assert_int_equal(feed.items[0].kind, CHANGE_WAKE);
	assert_int_equal(feed.items[0].ticket, number);
	assert_int_equal(fixture_counts(f, "ana").open, 2);
}

static void a_change_of_a_ticket_that_is_due_finds_it_open(void **state)
{
	struct fixture *f = *state;
	int64_t number = fixture_ticket(f, "joao@exemplo.com", "entrega");
	struct change snooze = on(CHANGE_SNOOZE, number);
	snooze.until_at = f->now + MS_HOUR;
	fixture_do(f, "ana", snooze);
	f->now += MS_HOUR;
	fixture_refuse(f, "ana", on(CHANGE_REOPEN, number), "state");
}

static void more_than_one_transaction_takes_is_settled_all_the_same(void **state)
{
	struct fixture *f = *state;
	int64_t last = 0;
	for (int i = 0; i < 60; i++) {
		char *address = mem_printf(f, "cliente%d@exemplo.com", i);
		last = fixture_ticket(f, address, "entrega");
		struct change snooze = on(CHANGE_SNOOZE, last);
		snooze.until_at = f->now + MS_HOUR + i;
		fixture_do(f, "ana", snooze);
	}
	f->now += MS_DAY;
	assert_int_equal(fixture_counts(f, "ana").open, 60);
	struct change note = on(CHANGE_NOTE, last);
	note.text = "Visto.";
	fixture_do(f, "ana", note);
	assert_int_equal(fixture_counts(f, "ana").open, 60);
	fixture_ticket(f, "mais@exemplo.com", "entrega");
	assert_int_equal(fixture_counts(f, "ana").open, 61);
}

static void waiting_long_enough_resolves_by_time(void **state)
{
	struct fixture *f = *state;
	int64_t number = fixture_ticket(f, "joao@exemplo.com", "entrega");
	f->now += MS_HOUR;
	int64_t waited_at = f->now;
	int64_t since =
		fixture_do(f, "ana", fixture_reply(number, "Certo?", OUTCOME_WAIT)).revision;
	f->now += 5 * MS_DAY;
	assert_int_equal(fixture_counts(f, "ana").waiting, 0);
	fixture_ticket(f, "maria@exemplo.com", "entrega");
	assert_int_equal(fixture_feed(f, NULL, since).items[0].kind, CHANGE_AUTO_RESOLVE);
	const struct ticket *ticket = fixture_see(f, number);
	assert_int_equal(ticket->state, TICKET_RESOLVED);
	assert_int_equal(ticket->resolved_at, waited_at);
	assert_true(ticket->resolved_by_time);
}

static void a_customers_message_reopens(void **state)
{
	struct fixture *f = *state;
	int64_t number = fixture_ticket(f, "joao@exemplo.com", "entrega");
	fixture_do(f, "ana", on(CHANGE_RESOLVE, number));
	f->now += 7 * MS_DAY;
	receive(f, number);
	const struct ticket *ticket = fixture_see(f, number);
	assert_int_equal(ticket->state, TICKET_OPEN);
	assert_int_equal(ticket->run_at, f->now);
	assert_int_equal(ticket->former_state, TICKET_RESOLVED);
	fixture_do(f, "ana", on(CHANGE_NO_ANSWER, number));
	ticket = fixture_see(f, number);
	assert_int_equal(ticket->state, TICKET_RESOLVED);
	assert_int_equal(ticket->resolved_at, f->now - 7 * MS_DAY);
}

static void after_the_window_it_is_a_new_ticket(void **state)
{
	struct fixture *f = *state;
	int64_t number = fixture_ticket(f, "joao@exemplo.com", "entrega");
	fixture_do(f, "ana", on(CHANGE_RESOLVE, number));
	f->now += 7 * MS_DAY + 1;
	struct change change = on(CHANGE_RECEIVE, number);
	change.id = uuid_make(f->now);
	change.text = "Outra coisa.";
	struct result result = fixture_do(f, NULL, change);
	assert_int_equal(result.ticket, number + 1);
	assert_int_equal(fixture_see(f, result.ticket)->linked_to, number);
	assert_int_equal(fixture_see(f, number)->state, TICKET_RESOLVED);
	assert_int_equal(fixture_see(f, number)->message_count, 1);
	struct result again = fixture_do(f, NULL, change);
	assert_true(again.is_repeat);
	assert_int_equal(again.ticket, result.ticket);
}

static void a_transfer_takes_it_out_of_sight_and_says_so(void **state)
{
	struct fixture *f = *state;
	int64_t number = fixture_ticket(f, "joao@exemplo.com", "entrega");
	struct change transfer = on(CHANGE_TRANSFER, number);
	transfer.team = f->cobranca;
	int64_t revision = fixture_do(f, "ana", transfer).revision;
	struct ticket_view view;
	struct error err = {0};
	assert_false(store_ticket(fixture_as(f, "bruno"), f, number, &view, &err));
	assert_int_equal(err.code, ERROR_NOT_FOUND);
	assert_int_equal(fixture_counts(f, "bruno").open, 0);
	assert_int_equal(fixture_counts(f, "carla").open, 1);
	assert_int_equal(fixture_feed(f, "bruno", revision - 1).count, 1);
	struct change note = on(CHANGE_NOTE, number);
	note.text = "Recebido.";
	revision = fixture_do(f, "carla", note).revision;
	assert_int_equal(fixture_feed(f, "bruno", revision - 1).count, 0);
	assert_int_equal(fixture_feed(f, "davi", revision - 1).count, 1);
}

static void a_mention_opens_the_ticket(void **state)
{
	struct fixture *f = *state;
	int64_t number = fixture_ticket(f, "joao@exemplo.com", "entrega");
	struct change note = on(CHANGE_NOTE, number);
	note.text = "@carla, isto é teu?";
	int64_t revision = fixture_do(f, "ana", note).revision;
	assert_int_equal(fixture_view(f, "carla", number)->note_count, 1);
	assert_int_equal(fixture_feed(f, "carla", revision - 1).count, 1);
}

static void an_escalation_tells_the_supervisors(void **state)
{
	struct fixture *f = *state;
	int64_t number = fixture_ticket(f, "joao@exemplo.com", "entrega");
	struct change escalate = on(CHANGE_ESCALATE, number);
	escalate.text = "Advogado.";
	fixture_do(f, "ana", escalate);
	const struct ticket_view *view = fixture_view(f, "davi", number);
	assert_int_equal(view->row.ticket.priority, PRIORITY_HIGH);
	assert_int_equal(view->row.ticket.escalated_at, f->now);
	assert_int_equal(view->note_count, 1);
	struct queue_query query = {.list = LIST_MENTIONS};
	struct queue_page page;
	struct error err = {0};
	assert_true(store_queue(fixture_as(f, "davi"), f, &query, &page, &err));
	assert_int_equal(page.count, 1);
}

static void another_team_is_asked_and_answers(void **state)
{
	struct fixture *f = *state;
	int64_t number = fixture_ticket(f, "joao@exemplo.com", "entrega");
	struct change ask = on(CHANGE_ASK, number);
	ask.team = f->cobranca;
	ask.text = "O boleto foi pago?";
	int64_t question = fixture_do(f, "ana", ask).revision;
	struct change answer = on(CHANGE_ANSWER_QUESTION, number);
	answer.question = question;
	answer.text = "Foi, ontem.";
	fixture_do(f, "carla", answer);
	const struct ticket_view *view = fixture_view(f, "ana", number);
	assert_int_equal(view->question_count, 1);
	assert_string_equal(view->questions[0].answer, "Foi, ontem.");
	assert_int_equal(view->questions[0].answered_by, fixture_id(f, "carla"));
	fixture_refuse(f, "carla", answer, "same");
}

static int64_t find(struct fixture *f, const char *login, const char *words)
{
	struct search_query query = {.text = words};
	struct search_page page;
	struct error err = {0};
	assert_true(store_search(fixture_as(f, login), f, &query, &page, &err));
	return page.count ? page.rows[0].ticket.number : 0;
}

static void the_index_follows_subject_and_answers(void **state)
{
	struct fixture *f = *state;
	int64_t number = fixture_ticket(f, "joao@exemplo.com", "entrega");
	assert_int_equal(find(f, "ana", "pedido"), number);
	struct change subject = on(CHANGE_SUBJECT, number);
	subject.subject = "Geladeira amassada";
	int64_t revision = fixture_do(f, "ana", subject).revision;
	assert_int_equal(find(f, "ana", "geladeira"), number);
	assert_int_equal(find(f, "ana", "onde"), 0);
	fixture_do(f, "ana", (struct change){.kind = CHANGE_UNDO, .undo = revision});
	assert_int_equal(find(f, "ana", "geladeira"), 0);
	assert_int_equal(find(f, "ana", "onde"), number);
	struct change ask = on(CHANGE_ASK, number);
	ask.team = f->cobranca;
	ask.text = "Boleto?";
	struct change answer = on(CHANGE_ANSWER_QUESTION, number);
	answer.question = fixture_do(f, "ana", ask).revision;
	answer.text = "Quitado ontem.";
	assert_int_equal(find(f, "ana", "boleto"), number);
	fixture_do(f, "carla", answer);
	assert_int_equal(find(f, "ana", "quitado"), number);
}

static void tags_priority_and_undo_of_them(void **state)
{
	struct fixture *f = *state;
	int64_t number = fixture_ticket(f, "joao@exemplo.com", "entrega");
	struct change tag = on(CHANGE_TAG, number);
	tag.key = "vip";
	fixture_do(f, "ana", tag);
	assert_string_equal(fixture_see(f, number)->tags, " vip ");
	struct change priority = on(CHANGE_PRIORITY, number);
	priority.priority = PRIORITY_URGENT;
	int64_t revision = fixture_do(f, "ana", priority).revision;
	fixture_do(f, "ana", (struct change){.kind = CHANGE_UNDO, .undo = revision});
	assert_int_equal(fixture_see(f, number)->priority, PRIORITY_NORMAL);
	assert_string_equal(fixture_see(f, number)->tags, " vip ");
	revision = fixture_do(f, "ana", priority).revision;
	tag.kind = CHANGE_UNTAG;
	fixture_do(f, "ana", tag);
	fixture_refuse(
		f, "ana", (struct change){.kind = CHANGE_UNDO, .undo = revision}, "undo_late");
}

static void a_call_is_recorded_with_its_outcome(void **state)
{
	struct fixture *f = *state;
	int64_t number = fixture_ticket(f, "joao@exemplo.com", "entrega");
	struct change call = on(CHANGE_CALL, number);
	call.contact = CONTACT_NO_ANSWER;
	call.until_at = f->now + MS_HOUR;
	fixture_do(f, "ana", call);
	const struct ticket_view *view = fixture_view(f, "ana", number);
	assert_int_equal(view->row.ticket.state, TICKET_SNOOZED);
	assert_int_equal(view->messages[1].contact, CONTACT_NO_ANSWER);
	assert_true(view->row.ticket.run_at > 0);
}

static void spans_of_one_operator_never_overlap(void **state)
{
	struct fixture *f = *state;
	int64_t number = fixture_ticket(f, "joao@exemplo.com", "entrega");
	int64_t start = f->now;
	f->now += MS_HOUR;
	struct change worked = on(CHANGE_WORKED, number);
	worked.from_at = start;
	worked.to_at = start + 10 * MS_MINUTE;
	fixture_do(f, "ana", worked);
	worked.from_at = start + 5 * MS_MINUTE;
	worked.to_at = start + 20 * MS_MINUTE;
	int64_t revision = fixture_do(f, "ana", worked).revision;
	char *span = mem_printf(f, "\"worked_from\":%lld,\"worked_to\":%lld",
		(long long)(start + 10 * MS_MINUTE), (long long)(start + 20 * MS_MINUTE));
	assert_non_null(strstr(fixture_feed(f, NULL, revision - 1).items[0].detail, span));
	fixture_refuse(f, "ana", worked, "span");
}

static void release_logs_the_open_span(void **state)
{
	struct fixture *f = *state;
	struct error err = {0};
	int64_t number = fixture_ticket(f, "joao@exemplo.com", "entrega");
	struct renewal renewal = {.ticket = number,
		.generation = fixture_claim(f, "ana", number),
		.worked_from = f->now,
		.worked_to = f->now + MS_MINUTE};
	f->now += MS_MINUTE;
	assert_true(store_renew(fixture_as(f, "ana"), &renewal, &err));
	int64_t revision = fixture_do(f, "ana", on(CHANGE_RELEASE, number)).revision;
	assert_non_null(
		strstr(fixture_feed(f, NULL, revision - 1).items[0].detail, "\"worked_operator\""));
	struct change worked = on(CHANGE_WORKED, number);
	worked.from_at = renewal.worked_from;
	worked.to_at = renewal.worked_to;
	fixture_refuse(f, "ana", worked, "span");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		with_fixture(a_snooze_comes_back_and_is_logged_by_who_writes_next),
		with_fixture(a_change_of_a_ticket_that_is_due_finds_it_open),
		with_fixture(more_than_one_transaction_takes_is_settled_all_the_same),
		with_fixture(waiting_long_enough_resolves_by_time),
		with_fixture(a_customers_message_reopens),
		with_fixture(after_the_window_it_is_a_new_ticket),
		with_fixture(a_transfer_takes_it_out_of_sight_and_says_so),
		with_fixture(a_mention_opens_the_ticket),
		with_fixture(an_escalation_tells_the_supervisors),
		with_fixture(another_team_is_asked_and_answers),
		with_fixture(the_index_follows_subject_and_answers),
		with_fixture(tags_priority_and_undo_of_them),
		with_fixture(a_call_is_recorded_with_its_outcome),
		with_fixture(spans_of_one_operator_never_overlap),
		with_fixture(release_logs_the_open_span),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
