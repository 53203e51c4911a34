#include "conformance.h"

#include "base/mem.h"
#include "test.h"

#include <string.h>

/* Customers, their addresses and notes. */

static struct change on(enum change_kind kind, int64_t customer)
{
	return (struct change){.kind = kind, .customer = customer};
}

static const struct customer_view *see(struct fixture *f, int64_t id)
{
	struct customer_view *view = mem_new(f, struct customer_view);
	struct error err = {0};
	assert_true(store_customer(fixture_as(f, "ana"), view, id, view, &err));
	return view;
}

static int64_t find(struct fixture *f, const char *words)
{
	struct search_query query = {.text = words};
	struct search_page page;
	struct error err = {0};
	assert_true(store_search(fixture_as(f, "ana"), f, &query, &page, &err));
	return page.count ? page.rows[0].ticket.number : 0;
}

static void one_address_is_one_customer(void **state)
{
	struct fixture *f = *state;
	int64_t first = fixture_ticket(f, "Joao@Exemplo.com", "entrega");
	int64_t second = fixture_ticket(f, "joao@exemplo.com", "entrega");
	assert_int_equal(fixture_see(f, first)->customer, fixture_see(f, second)->customer);
	int64_t id;
	struct error err = {0};
	assert_true(store_customer_find(f->desk, f, "JOAO@exemplo.com", &id, &err));
	assert_int_equal(id, fixture_see(f, first)->customer);
}

static void addresses_come_and_go_and_are_found(void **state)
{
	struct fixture *f = *state;
	int64_t number = fixture_ticket(f, "joao@exemplo.com", "entrega");
	int64_t id = fixture_see(f, number)->customer;
	struct change add = on(CHANGE_ADDRESS_ADD, id);
	add.address = "@joaozinho";
	fixture_do(f, "ana", add);
	assert_int_equal(see(f, id)->address_count, 2);
	assert_int_equal(find(f, "joaozinho"), number);
	fixture_refuse(f, "ana", add, "same");
	int64_t other = fixture_ticket(f, "maria@exemplo.com", "entrega");
	add.customer = fixture_see(f, other)->customer;
	fixture_refuse(f, "ana", add, "address_taken");
	struct change gone = on(CHANGE_ADDRESS_REMOVE, id);
	gone.address = "@joaozinho";
	fixture_do(f, "ana", gone);
	assert_int_equal(see(f, id)->address_count, 1);
	assert_int_equal(find(f, "joaozinho"), 0);
	fixture_do(f, "ana", add);
}

static void a_customer_is_made_without_a_ticket(void **state)
{
	struct fixture *f = *state;
	struct change change = on(CHANGE_CUSTOMER_NEW, 0);
	change.id = uuid_make(f->now);
	change.name = "Rosa Lima";
	change.address = "529.982.247-25";
	change.ref = "C-7";
	int64_t id = fixture_do(f, "ana", change).customer;
	assert_int_equal(fixture_do(f, "ana", change).customer, id);
	assert_string_equal(see(f, id)->customer.name, "Rosa Lima");
	assert_int_equal(see(f, id)->addresses[0].kind, ADDRESS_CPF);
	change.id = uuid_make(f->now);
	change.address = NULL;
	fixture_refuse(f, "ana", change, "ref_taken");
	int64_t found;
	struct error err = {0};
	assert_true(store_ref_find(f->desk, true, "C-7", &found, &err));
	assert_int_equal(found, id);
}

static void a_new_name_is_found_in_old_texts(void **state)
{
	struct fixture *f = *state;
	int64_t number = fixture_ticket(f, "joao@exemplo.com", "entrega");
	struct change change = on(CHANGE_CUSTOMER, fixture_see(f, number)->customer);
	change.name = "João Tavares";
	change.do_not_call = FLAG_YES;
	fixture_do(f, "ana", change);
	assert_int_equal(find(f, "tavares pedido"), number);
	assert_true(see(f, change.customer)->customer.do_not_call);
}

static void notes_on_a_customer_stay_and_can_be_hidden(void **state)
{
	struct fixture *f = *state;
	int64_t number = fixture_ticket(f, "joao@exemplo.com", "entrega");
	int64_t id = fixture_see(f, number)->customer;
	struct change note = on(CHANGE_CUSTOMER_NOTE, id);
	note.text = "Fala baixo";
	fixture_do(f, "ana", note);
	note.text = "Surdo do lado esquerdo";
	note.pinned = FLAG_YES;
	int64_t pinned = fixture_do(f, "ana", note).revision;
	assert_int_equal(see(f, id)->notes[0].id, pinned);
	struct change edit = on(CHANGE_CUSTOMER_NOTE_EDIT, id);
	edit.note = pinned;
	edit.text = "Surdo";
	fixture_do(f, "bruno", edit);
	assert_string_equal(see(f, id)->notes[0].text, "Surdo");
	edit.text = NULL;
	edit.enabled = FLAG_NO;
	fixture_do(f, "bruno", edit);
	assert_int_equal(see(f, id)->note_count, 1);
	edit.note = 4711;
	fixture_refuse(f, "bruno", edit, "no_note");
}

static void of_other_teams_tickets_only_number_and_state_show(void **state)
{
	struct fixture *f = *state;
	int64_t number = fixture_ticket(f, "joao@exemplo.com", "entrega");
	fixture_ticket(f, "joao@exemplo.com", "cobranca");
	const struct customer_view *view = see(f, fixture_see(f, number)->customer);
	assert_int_equal(view->history_count, 2);
	assert_string_equal(view->history[0].subject, "");
	assert_int_equal(view->history[0].state, TICKET_OPEN);
	assert_string_not_equal(view->history[1].subject, "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		with_fixture(one_address_is_one_customer),
		with_fixture(addresses_come_and_go_and_are_found),
		with_fixture(a_customer_is_made_without_a_ticket),
		with_fixture(a_new_name_is_found_in_old_texts),
		with_fixture(notes_on_a_customer_stay_and_can_be_hidden),
		with_fixture(of_other_teams_tickets_only_number_and_state_show),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
