#include "conformance.h"

#include "base/clock.h"
#include "base/mem.h"
#include "test.h"

#include <string.h>

/* Drafts: nothing that anyone typed is thrown away by someone else's action. */

static void save(struct fixture *f, const char *login, int64_t number, const char *text)
{
	struct error err = {0};
	struct draft draft = {.ticket = number, .kind = DRAFT_REPLY, .text = mem_strdup(f, text)};
	assert_true(store_draft_save(fixture_as(f, login), &draft, &err));
}

static struct draft_list bin(struct fixture *f, const char *login)
{
	struct draft_list list;
	struct error err = {0};
	assert_true(store_drafts(fixture_as(f, login), f, true, &list, &err));
	return list;
}

static void a_draft_is_one_a_ticket_operator_and_kind(void **state)
{
	struct fixture *f = *state;
	struct error err = {0};
	int64_t number = fixture_ticket(f, "joao@exemplo.com", "entrega");
	save(f, "ana", number, "Bom");
	save(f, "ana", number, "Bom dia");
	struct draft note = {.ticket = number, .kind = DRAFT_NOTE, .text = mem_strdup(f, "Ver")};
	assert_true(store_draft_save(fixture_as(f, "ana"), &note, &err));
	save(f, "bruno", number, "Boa tarde");
	assert_string_equal(fixture_draft(f, "bruno", number)->text, "Boa tarde");
	struct draft_list list;
	assert_true(store_drafts(fixture_as(f, "ana"), f, false, &list, &err));
	assert_int_equal(list.count, 2);
	assert_int_equal(bin(f, "ana").count, 0);
	assert_true(fixture_view(f, "ana", number)->row.has_draft);
	assert_false(
		fixture_view(f, "carla", fixture_ticket(f, "x@exemplo.com", ""))->row.has_draft);
}

static void an_emptied_draft_is_none(void **state)
{
	struct fixture *f = *state;
	int64_t number = fixture_ticket(f, "joao@exemplo.com", "entrega");
	save(f, "ana", number, "Bom dia");
	save(f, "ana", number, " \n");
	assert_null(fixture_draft(f, "ana", number));
}

static void a_discarded_draft_stays_in_the_bin_for_a_while(void **state)
{
	struct fixture *f = *state;
	struct error err = {0};
	int64_t number = fixture_ticket(f, "joao@exemplo.com", "entrega");
	save(f, "ana", number, "Bom dia");
	assert_true(store_draft_discard(fixture_as(f, "ana"), number, DRAFT_REPLY, &err));
	assert_null(fixture_draft(f, "ana", number));
	f->now += 7 * MS_DAY - 1;
	assert_int_equal(bin(f, "ana").count, 1);
	assert_int_equal(bin(f, "bruno").count, 0);
	f->now += 1;
	assert_int_equal(bin(f, "ana").count, 0);
	assert_true(store_draft_discard(fixture_as(f, "ana"), number, DRAFT_REPLY, &err));
	assert_false(store_draft_restore(fixture_as(f, "ana"), number, DRAFT_REPLY, &err));
	assert_int_equal(err.code, ERROR_NOT_FOUND);
}

static void restoring_trades_places_with_what_is_there(void **state)
{
	struct fixture *f = *state;
	struct error err = {0};
	int64_t number = fixture_ticket(f, "joao@exemplo.com", "entrega");
	save(f, "ana", number, "Primeiro");
	assert_true(store_draft_discard(fixture_as(f, "ana"), number, DRAFT_REPLY, &err));
	save(f, "ana", number, "Segundo");
	assert_true(store_draft_restore(fixture_as(f, "ana"), number, DRAFT_REPLY, &err));
	assert_string_equal(fixture_draft(f, "ana", number)->text, "Primeiro");
	assert_int_equal(bin(f, "ana").count, 1);
	assert_string_equal(bin(f, "ana").drafts[0].text, "Segundo");
}

static void adopting_adds_below_ones_own(void **state)
{
	struct fixture *f = *state;
	struct error err = {0};
	int64_t number = fixture_ticket(f, "joao@exemplo.com", "entrega");
	save(f, "ana", number, "Da Ana");
	save(f, "bruno", number, "Do Bruno");
	int64_t ana = fixture_id(f, "ana");
	assert_false(store_draft_adopt(fixture_as(f, "bruno"), number, ana, DRAFT_REPLY, &err));
	assert_int_equal(err.code, ERROR_DENIED);
	fixture_claim(f, "bruno", number);
	assert_true(store_draft_adopt(fixture_as(f, "bruno"), number, ana, DRAFT_REPLY, &err));
	assert_string_equal(fixture_draft(f, "bruno", number)->text, "Do Bruno\n\nDa Ana");
	assert_string_equal(bin(f, "ana").drafts[0].text, "Da Ana");
	assert_false(store_draft_adopt(fixture_as(f, "bruno"), number, ana, DRAFT_REPLY, &err));
	assert_int_equal(err.code, ERROR_NOT_FOUND);
}

static void supervisors_see_the_drafts_of_their_teams(void **state)
{
	struct fixture *f = *state;
	struct error err = {0};
	int64_t number = fixture_ticket(f, "joao@exemplo.com", "entrega");
	save(f, "ana", number, "Da Ana");
	struct draft_list list;
	assert_true(store_drafts(fixture_as(f, "davi"), f, false, &list, &err));
	assert_int_equal(list.count, 1);
	assert_true(store_drafts(fixture_as(f, "bruno"), f, false, &list, &err));
	assert_int_equal(list.count, 0);
	fixture_claim(f, "bruno", number);
	assert_true(store_drafts(fixture_as(f, "bruno"), f, false, &list, &err));
	assert_int_equal(list.count, 1);
	assert_string_equal(list.drafts[0].text, "Da Ana");
}

static void there_is_no_draft_where_one_may_not_look(void **state)
{
	struct fixture *f = *state;
	struct error err = {0};
	int64_t number = fixture_ticket(f, "joao@exemplo.com", "cobranca");
	struct draft draft = {.ticket = number, .kind = DRAFT_REPLY, .text = mem_strdup(f, "Oi")};
	assert_false(store_draft_save(fixture_as(f, "ana"), &draft, &err));
	assert_int_equal(err.code, ERROR_NOT_FOUND);
	draft.ticket = 4711;
	assert_false(store_draft_save(fixture_as(f, "ana"), &draft, &err));
	assert_int_equal(err.code, ERROR_NOT_FOUND);
}

static void an_undone_text_joins_what_was_typed_since(void **state)
{
	struct fixture *f = *state;
	int64_t number = fixture_ticket(f, "joao@exemplo.com", "entrega");
	int64_t sent =
		fixture_do(f, "ana", fixture_reply(number, "Enviado.", OUTCOME_WAIT)).revision;
	save(f, "ana", number, "Novo.");
	fixture_do(f, "ana", (struct change){.kind = CHANGE_UNDO, .undo = sent});
	assert_string_equal(fixture_draft(f, "ana", number)->text, "Novo.\n\nEnviado.");
}

static void drafts_and_renewals_leave_no_trace_in_the_log(void **state)
{
	struct fixture *f = *state;
	struct error err = {0};
	int64_t number = fixture_ticket(f, "joao@exemplo.com", "entrega");
	struct renewal renewal = {.ticket = number, .generation = fixture_claim(f, "ana", number)};
	int64_t revision = fixture_feed(f, NULL, -1).revision;
	save(f, "ana", number, "Bom dia");
	assert_true(store_renew(fixture_as(f, "ana"), &renewal, &err));
	assert_int_equal(fixture_feed(f, NULL, -1).revision, revision);
}

static void save_kind(struct fixture *f, const char *login, int64_t number, enum draft_kind kind,
	const char *text)
{
	struct error err = {0};
	struct draft draft = {.ticket = number, .kind = kind, .text = mem_strdup(f, text)};
	assert_true(store_draft_save(fixture_as(f, login), &draft, &err));
}

static size_t alive(struct fixture *f, const char *login)
{
	struct draft_list list;
	struct error err = {0};
	assert_true(store_drafts(fixture_as(f, login), f, false, &list, &err));
	return list.count;
}

/* Each change ends the draft of its kind and no other. */
static void what_is_written_ends_its_draft(void **state)
{
	struct fixture *f = *state;
	int64_t number = fixture_ticket(f, "joao@exemplo.com", "entrega");
	int64_t customer = fixture_see(f, number)->customer;
	const struct change changes[] = {
		{.kind = CHANGE_NOTE, .ticket = number, .text = "Texto, até o fim"},
		{.kind = CHANGE_CUSTOMER_NOTE, .customer = customer, .text = "Texto, até o fim"},
		{.kind = CHANGE_CALL,
			.ticket = number,
			.contact = CONTACT_NO_ANSWER,
			.text = "Texto, até o fim"},
		{.kind = CHANGE_ASK,
			.ticket = number,
			.team = f->cobranca,
			.text = "Texto, até o fim"},
		{.kind = CHANGE_ESCALATE, .ticket = number, .text = "Texto, até o fim"},
		{.kind = CHANGE_MEMO,
			.ticket = number,
			.team = f->cobranca,
			.text = "Texto, até o fim"},
		{.kind = CHANGE_TRANSFER,
			.ticket = number,
			.operator_id = fixture_id(f, "bruno"),
			.text = "Texto, até o fim"},
	};
	for (int kind = DRAFT_REPLY; kind <= DRAFT_MEMO; kind++) {
		if (kind == DRAFT_QUESTION_ANSWER) {
			continue;
		}
		save_kind(f, "ana", number, (enum draft_kind)kind, "Texto");
	}
	save_kind(f, "bruno", number, DRAFT_CUSTOMER_NOTE, "Texto");
	for (size_t i = 0; i < ARRAY_LEN(changes); i++) {
		fixture_do(f, "ana", changes[i]);
		assert_int_equal(alive(f, "ana"), ARRAY_LEN(changes) - i);
	}
	assert_string_equal(fixture_draft(f, "ana", number)->text, "Texto"); /* the reply's */
	assert_int_equal(alive(f, "bruno"), 1);
	assert_int_equal(bin(f, "ana").count, 0);
}

/* Made without a text they leave alone what was typed for another. */
static void what_says_nothing_ends_no_draft(void **state)
{
	struct fixture *f = *state;
	int64_t number = fixture_ticket(f, "joao@exemplo.com", "entrega");
	save_kind(f, "ana", number, DRAFT_TRANSFER, "Texto");
	save_kind(f, "ana", number, DRAFT_ESCALATION, "Texto");
	fixture_do(f, "ana", (struct change){.kind = CHANGE_ESCALATE, .ticket = number});
	fixture_do(f, "ana",
		(struct change){.kind = CHANGE_TRANSFER,
			.ticket = number,
			.operator_id = fixture_id(f, "bruno")});
	assert_int_equal(alive(f, "ana"), 2);
	fixture_do(
		f, "ana", (struct change){.kind = CHANGE_MEMO, .team = f->cobranca, .text = "Oi"});
	assert_int_equal(alive(f, "ana"), 2);
}

/* A remark that was begun on one ticket of a customer may be written on another. */
static void a_customer_note_ends_its_draft_on_any_ticket(void **state)
{
	struct fixture *f = *state;
	int64_t one = fixture_ticket(f, "joao@exemplo.com", "entrega");
	int64_t two = fixture_ticket(f, "joao@exemplo.com", "entrega");
	int64_t other = fixture_ticket(f, "maria@exemplo.com", "entrega");
	save_kind(f, "ana", one, DRAFT_CUSTOMER_NOTE, "Prefere");
	save_kind(f, "ana", two, DRAFT_CUSTOMER_NOTE, "Outra coisa");
	save_kind(f, "ana", other, DRAFT_CUSTOMER_NOTE, "Prefere");
	fixture_do(f, "ana",
		(struct change){.kind = CHANGE_CUSTOMER_NOTE,
			.customer = fixture_see(f, one)->customer,
			.text = "Prefere manhãs"});
	assert_null(fixture_draft(f, "ana", one));
	assert_null(fixture_draft(f, "ana", two));
	assert_non_null(fixture_draft(f, "ana", other));
	assert_int_equal(bin(f, "ana").count, 1);
	assert_string_equal(bin(f, "ana").drafts[0].text, "Outra coisa");
}

static int64_t write_note(struct fixture *f, int64_t customer, const char *text)
{
	return fixture_do(f, "ana",
		(struct change){.kind = CHANGE_CUSTOMER_NOTE, .customer = customer, .text = text})
		.revision;
}

static void save_edit(struct fixture *f, int64_t number, int64_t note, const char *text)
{
	struct error err = {0};
	struct draft draft = {.ticket = number,
		.kind = DRAFT_CUSTOMER_NOTE_EDIT,
		.seen = note,
		.text = mem_strdup(f, text)};
	assert_true(store_draft_save(fixture_as(f, "ana"), &draft, &err));
}

/* What is being changed in one note is no text of another. */
static void a_changed_note_ends_its_own_draft(void **state)
{
	struct fixture *f = *state;
	int64_t one = fixture_ticket(f, "joao@exemplo.com", "entrega");
	int64_t two = fixture_ticket(f, "joao@exemplo.com", "entrega");
	int64_t customer = fixture_see(f, one)->customer;
	int64_t first = write_note(f, customer, "Manhã");
	int64_t second = write_note(f, customer, "Portaria");
	save_edit(f, one, first, "Manhãs");
	save_edit(f, two, second, "Portaria 2");
	struct change change = {.kind = CHANGE_CUSTOMER_NOTE_EDIT,
		.customer = customer,
		.note = first,
		.pinned = FLAG_YES};
	fixture_do(f, "ana", change);
	assert_int_equal(alive(f, "ana"), 2);
	change.pinned = FLAG_UNSET;
	change.text = "Manhãs";
	fixture_do(f, "ana", change);
	assert_null(fixture_draft(f, "ana", one));
	assert_int_equal(fixture_draft(f, "ana", two)->seen, second);
	assert_int_equal(bin(f, "ana").count, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		with_fixture(a_draft_is_one_a_ticket_operator_and_kind),
		with_fixture(an_emptied_draft_is_none),
		with_fixture(a_discarded_draft_stays_in_the_bin_for_a_while),
		with_fixture(restoring_trades_places_with_what_is_there),
		with_fixture(adopting_adds_below_ones_own),
		with_fixture(supervisors_see_the_drafts_of_their_teams),
		with_fixture(there_is_no_draft_where_one_may_not_look),
		with_fixture(an_undone_text_joins_what_was_typed_since),
		with_fixture(drafts_and_renewals_leave_no_trace_in_the_log),
		with_fixture(what_is_written_ends_its_draft),
		with_fixture(what_says_nothing_ends_no_draft),
		with_fixture(a_customer_note_ends_its_draft_on_any_ticket),
		with_fixture(a_changed_note_ends_its_own_draft),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
