#include "conformance.h"

#include "base/clock.h"
#include "base/mem.h"
#include "test.h"

#include <string.h>

/* Replies: the fence, what was seen, outcomes, undo, and that no text is lost. */

static const char *const text = "O pedido chega amanhã.";

static void a_reply_ends_the_claim_and_leaves_the_queue(void **state)
{
	struct fixture *f = *state;
	int64_t number = fixture_ticket(f, "joao@exemplo.com", "entrega");
	struct change reply = fixture_reply(number, text, OUTCOME_WAIT);
	reply.generation = fixture_claim(f, "ana", number);
	struct result result = fixture_do(f, "ana", reply);
	assert_int_equal(result.generation, 0);
	const struct ticket_view *view = fixture_view(f, "bruno", number);
	assert_int_equal(view->row.claim.operator_id, 0);
	assert_int_equal(view->row.ticket.state, TICKET_WAITING);
	assert_int_equal(view->row.ticket.run_at, 0);
	assert_int_equal(view->row.ticket.first_answer_at, f->now);
	assert_int_equal(view->row.ticket.assignee, fixture_id(f, "ana"));
	const struct message *message = &view->messages[1];
	assert_int_equal(message->id, result.revision);
	assert_int_equal(message->state, MESSAGE_QUEUED);
	assert_int_equal(message->send_at, f->now + 10 * MS_SECOND);
	assert_true(strlen(message->message_id) > 20);
	assert_true(message->is_first);
	assert_int_equal(fixture_counts(f, "bruno").open, 0);
	assert_int_equal(fixture_counts(f, "bruno").waiting, 1);
}

static void a_reply_on_a_free_ticket_claims_first(void **state)
{
	struct fixture *f = *state;
	int64_t number = fixture_ticket(f, "joao@exemplo.com", "entrega");
	fixture_do(f, "ana", fixture_reply(number, text, OUTCOME_STAY_OPEN));
	assert_int_equal(fixture_see(f, number)->state, TICKET_OPEN);
	int64_t held = fixture_ticket(f, "maria@exemplo.com", "entrega");
	fixture_claim(f, "bruno", held);
	struct result result =
		fixture_refuse(f, "ana", fixture_reply(held, text, OUTCOME_WAIT), "held");
	assert_int_equal(result.holder, fixture_id(f, "bruno"));
}

static void a_reply_is_good_after_expiry_while_nobody_took_it(void **state)
{
	struct fixture *f = *state;
	int64_t number = fixture_ticket(f, "joao@exemplo.com", "entrega");
	struct change reply = fixture_reply(number, text, OUTCOME_WAIT);
	reply.generation = fixture_claim(f, "ana", number);
	f->now += MS_HOUR;
	fixture_ticket(f, "maria@exemplo.com", "entrega"); /* logs the expiry */
	fixture_do(f, "ana", reply);
	assert_int_equal(fixture_see(f, number)->message_count, 2);
}

static void a_stale_reply_is_refused_and_its_text_kept(void **state)
{
	struct fixture *f = *state;
	int64_t number = fixture_ticket(f, "joao@exemplo.com", "entrega");
	struct change reply = fixture_reply(number, text, OUTCOME_WAIT);
	reply.generation = fixture_claim(f, "ana", number);
	f->now += MS_HOUR;
	fixture_claim(f, "bruno", number);
	struct result result = fixture_refuse(f, "ana", reply, "stale");
	assert_int_equal(result.err.code, ERROR_CONFLICT);
	assert_int_equal(result.holder, fixture_id(f, "bruno"));
	assert_string_equal(fixture_draft(f, "ana", number)->text, text);
	fixture_refuse(f, "ana", reply, "stale");
	assert_string_equal(fixture_draft(f, "ana", number)->text, text);
	assert_int_equal(fixture_see(f, number)->message_count, 1);
}

static void the_holder_sees_and_adopts_a_stale_text(void **state)
{
	struct fixture *f = *state;
	struct error err = {0};
	int64_t number = fixture_ticket(f, "joao@exemplo.com", "entrega");
	struct change reply = fixture_reply(number, text, OUTCOME_WAIT);
	reply.generation = fixture_claim(f, "ana", number);
	f->now += MS_HOUR;
	int64_t generation = fixture_claim(f, "bruno", number);
	fixture_refuse(f, "ana", reply, "stale");
	int64_t ana = fixture_id(f, "ana");
	const struct ticket_view *view = fixture_view(f, "bruno", number);
	assert_int_equal(view->draft_count, 1);
	assert_string_equal(view->drafts[0].text, text);
	assert_false(store_draft_adopt(fixture_as(f, "carla"), number, ana, DRAFT_REPLY, &err));
	assert_true(store_draft_adopt(fixture_as(f, "bruno"), number, ana, DRAFT_REPLY, &err));
	const struct draft *draft = fixture_draft(f, "bruno", number);
	assert_string_equal(draft->text, text);
	assert_int_equal(draft->generation, generation);
	assert_null(fixture_draft(f, "ana", number));
	struct draft_list bin;
	assert_true(store_drafts(fixture_as(f, "ana"), f, true, &bin, &err));
	assert_int_equal(bin.count, 1);
	assert_string_equal(bin.drafts[0].text, text);
}

static void what_its_author_has_not_seen_stops_a_reply(void **state)
{
	struct fixture *f = *state;
	int64_t number = fixture_ticket(f, "joao@exemplo.com", "entrega");
	struct change reply = fixture_reply(number, text, OUTCOME_WAIT);
	reply.generation = fixture_claim(f, "ana", number);
	reply.seen = fixture_see(f, number)->newest_public;
	fixture_do(f, NULL,
		(struct change){.kind = CHANGE_RECEIVE, .ticket = number, .text = "Chegou!"});
	struct result result = fixture_refuse(f, "ana", reply, "unseen");
	assert_int_equal(result.newest, fixture_see(f, number)->newest_public);
	assert_string_equal(fixture_draft(f, "ana", number)->text, text);
	reply.seen = result.newest;
	fixture_do(f, "ana", reply);
	assert_null(fixture_draft(f, "ana", number));
}

static void without_seen_ours_may_not_be_last(void **state)
{
	struct fixture *f = *state;
	int64_t number = fixture_ticket(f, "joao@exemplo.com", "entrega");
	fixture_do(f, "ana", fixture_reply(number, text, OUTCOME_WAIT));
	fixture_refuse(f, "bruno", fixture_reply(number, text, OUTCOME_WAIT), "ours_last");
	struct change reply = fixture_reply(number, "E mais.", OUTCOME_WAIT);
	reply.seen = fixture_see(f, number)->newest_public;
	fixture_do(f, "bruno", reply);
}

static void resolving_wants_a_reason_where_there_are_any(void **state)
{
	struct fixture *f = *state;
	int64_t number = fixture_ticket(f, "joao@exemplo.com", "entrega");
	fixture_do(f, "davi", (struct change){.kind = CHANGE_REASON, .key = "atraso"});
	struct change reply = fixture_reply(number, text, OUTCOME_RESOLVE);
	fixture_refuse(f, "ana", reply, "missing");
	const struct directory *directory;
	struct error err = {0};
	assert_true(store_directory(fixture_as(f, "ana"), &directory, &err));
	reply.reason = directory_reason_key(directory, "atraso")->id;
	fixture_do(f, "ana", reply);
	assert_int_equal(fixture_see(f, number)->state, TICKET_RESOLVED);
	assert_int_equal(fixture_see(f, number)->reason, reply.reason);
}

static void a_reply_by_telephone_is_sent_when_recorded(void **state)
{
	struct fixture *f = *state;
	int64_t number = fixture_ticket(f, "joao@exemplo.com", "entrega");
	struct change reply = fixture_reply(number, text, OUTCOME_WAIT);
	reply.channel = CHANNEL_PHONE;
	fixture_do(f, "ana", reply);
	assert_int_equal(fixture_view(f, "ana", number)->messages[1].state, MESSAGE_SENT);
}

static void undo_gives_text_claim_and_queue_back(void **state)
{
	struct fixture *f = *state;
	int64_t number = fixture_ticket(f, "joao@exemplo.com", "entrega");
	const struct ticket before = *fixture_see(f, number);
	fixture_claim(f, "ana", number);
	int64_t sent = fixture_do(f, "ana", fixture_reply(number, text, OUTCOME_WAIT)).revision;
	f->now += 5 * MS_SECOND;
	struct change undo = {.kind = CHANGE_UNDO, .undo = sent};
	fixture_refuse(f, "bruno", undo, "not_yours");
	struct result result = fixture_do(f, "ana", undo);
	const struct ticket_view *view = fixture_view(f, "ana", number);
	assert_int_equal(view->row.ticket.state, TICKET_OPEN);
	assert_int_equal(view->row.ticket.run_at, before.run_at);
	assert_int_equal(view->row.ticket.newest_public, before.newest_public);
	assert_int_equal(view->row.ticket.message_count, 1);
	assert_int_equal(view->row.ticket.first_answer_at, 0);
	assert_int_equal(view->row.claim.generation, result.generation);
	assert_int_equal(view->row.claim.operator_id, fixture_id(f, "ana"));
	assert_int_equal(view->messages[1].state, MESSAGE_UNDONE);
	assert_string_equal(fixture_draft(f, "ana", number)->text, text);
	fixture_refuse(f, "ana", undo, "undone");
}

static void undo_is_late_once_the_message_goes_out(void **state)
{
	struct fixture *f = *state;
	int64_t number = fixture_ticket(f, "joao@exemplo.com", "entrega");
	int64_t sent = fixture_do(f, "ana", fixture_reply(number, text, OUTCOME_WAIT)).revision;
	f->now += 10 * MS_SECOND;
	fixture_refuse(f, "ana", (struct change){.kind = CHANGE_UNDO, .undo = sent}, "undo_late");
}

static void the_draft_of_what_was_sent_is_gone_another_is_kept(void **state)
{
	struct fixture *f = *state;
	struct error err = {0};
	int64_t number = fixture_ticket(f, "joao@exemplo.com", "entrega");
	struct draft draft = {.ticket = number, .kind = DRAFT_REPLY, .text = (char *)"O pedido"};
	assert_true(store_draft_save(fixture_as(f, "ana"), &draft, &err));
	fixture_do(f, "ana", fixture_reply(number, text, OUTCOME_STAY_OPEN));
	assert_null(fixture_draft(f, "ana", number));
	struct draft_list bin;
	assert_true(store_drafts(fixture_as(f, "ana"), f, true, &bin, &err));
	assert_int_equal(bin.count, 0);
	draft.text = (char *)"Outra coisa, muito longa";
	assert_true(store_draft_save(fixture_as(f, "ana"), &draft, &err));
	struct change reply = fixture_reply(number, "De novo.", OUTCOME_WAIT);
	reply.seen = fixture_see(f, number)->newest_public;
	fixture_do(f, "ana", reply);
	assert_true(store_drafts(fixture_as(f, "ana"), f, true, &bin, &err));
	assert_int_equal(bin.count, 1);
	assert_string_equal(bin.drafts[0].text, draft.text);
}

static const char *sent_to(struct fixture *f, int64_t number)
{
	const struct ticket_view *view = fixture_view(f, "ana", number);
	return view->messages[view->message_count - 1].address;
}

static void add_address(struct fixture *f, int64_t number, const char *address)
{
	fixture_do(f, "ana",
		(struct change){.kind = CHANGE_ADDRESS_ADD,
			.customer = fixture_see(f, number)->customer,
			.address = address});
}

static void a_reply_goes_where_the_newest_message_came_from(void **state)
{
	struct fixture *f = *state;
	int64_t number = fixture_ticket(f, "Joao@exemplo.com", "entrega");
	struct change reply = fixture_reply(number, text, OUTCOME_STAY_OPEN);
	struct change received = {.kind = CHANGE_RECEIVE, .ticket = number, .text = "De onde?"};
	reply.seen = INT64_MAX;
	assert_string_equal(sent_to(f, number), "Joao@exemplo.com"); /* it came from there */
	add_address(f, number, "trabalho@exemplo.com");
	add_address(f, number, "+5511987654321");
	fixture_do(f, "ana", reply);
	assert_string_equal(sent_to(f, number), "Joao@exemplo.com");
	received.address = "trabalho@exemplo.com";
	fixture_do(f, "ana", received);
	fixture_do(f, "ana", reply);
	assert_string_equal(sent_to(f, number), "trabalho@exemplo.com");
	reply.channel = CHANNEL_WHATSAPP;
	fixture_do(f, "ana", reply);
	assert_string_equal(sent_to(f, number), "+5511987654321");
	/* That address is gone: the first that is left. */
	fixture_do(f, "ana",
		(struct change){.kind = CHANGE_ADDRESS_REMOVE,
			.customer = fixture_see(f, number)->customer,
			.address = "trabalho@exemplo.com"});
	reply.channel = CHANNEL_EMAIL;
	fixture_do(f, "ana", reply);
	assert_string_equal(sent_to(f, number), "Joao@exemplo.com");
	received.address = "estranho@exemplo.com";
	fixture_refuse(f, "ana", received, "not_address");
}

static void a_reply_may_name_an_address_of_the_customer(void **state)
{
	struct fixture *f = *state;
	int64_t number = fixture_ticket(f, "joao@exemplo.com", "entrega");
	fixture_ticket(f, "maria@exemplo.com", "entrega");
	add_address(f, number, "trabalho@exemplo.com");
	add_address(f, number, "123.456.789-09");
	struct change reply = fixture_reply(number, text, OUTCOME_STAY_OPEN);
	reply.address = "maria@exemplo.com";
	fixture_refuse(f, "ana", reply, "not_address");
	reply.address = "ninguem@exemplo.com";
	fixture_refuse(f, "ana", reply, "not_address");
	reply.address = "cpf:12345678909";
	fixture_refuse(f, "ana", reply, "address_channel");
	reply.address = "no address@";
	fixture_refuse(f, "ana", reply, "address");
	reply.address = "TRABALHO@exemplo.com";
	fixture_do(f, "ana", reply);
	assert_string_equal(sent_to(f, number), "TRABALHO@exemplo.com");
	assert_int_equal(fixture_see(f, number)->message_count, 2);
}

/* A CPF only tells who it is: nothing comes from there and nothing goes there. */
static void without_an_address_a_reply_goes_nowhere_yet(void **state)
{
	struct fixture *f = *state;
	int64_t number = fixture_ticket(f, "123.456.789-09", "entrega");
	assert_string_equal(sent_to(f, number), "");
	fixture_do(f, "ana", fixture_reply(number, text, OUTCOME_STAY_OPEN));
	assert_string_equal(sent_to(f, number), "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		with_fixture(a_reply_ends_the_claim_and_leaves_the_queue),
		with_fixture(a_reply_on_a_free_ticket_claims_first),
		with_fixture(a_reply_is_good_after_expiry_while_nobody_took_it),
		with_fixture(a_stale_reply_is_refused_and_its_text_kept),
		with_fixture(the_holder_sees_and_adopts_a_stale_text),
		with_fixture(what_its_author_has_not_seen_stops_a_reply),
		with_fixture(without_seen_ours_may_not_be_last),
		with_fixture(resolving_wants_a_reason_where_there_are_any),
		with_fixture(a_reply_by_telephone_is_sent_when_recorded),
		with_fixture(undo_gives_text_claim_and_queue_back),
		with_fixture(undo_is_late_once_the_message_goes_out),
		with_fixture(the_draft_of_what_was_sent_is_gone_another_is_kept),
		with_fixture(a_reply_goes_where_the_newest_message_came_from),
		with_fixture(a_reply_may_name_an_address_of_the_customer),
		with_fixture(without_an_address_a_reply_goes_nowhere_yet),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
