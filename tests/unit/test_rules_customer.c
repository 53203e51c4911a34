#include "rule_case.h"

static void a_customer_is_entered(void **state)
{
	struct rule_case *c = *state;
	struct change change = {.kind = CHANGE_CUSTOMER_NEW,
		.name = "Maria Souza",
		.address = "maria@example.com",
		.channel = CHANNEL_WHATSAPP,
		.do_not_call = FLAG_YES,
		.ref = "C-9"};
	accept(c, change);
	assert_int_equal(c->out.customer.id, 0);
	assert_string_equal(c->out.customer.name, "Maria Souza");
	assert_int_equal(c->out.customer.preferred_channel, CHANNEL_WHATSAPP);
	assert_true(c->out.customer.do_not_call);
	assert_false(c->out.customer.shared);
	assert_string_equal(c->out.customer.ref, "C-9");
	assert_int_equal(c->out.customer.created_at, NOW);
	assert_int_equal(c->out.writes, WRITE_CUSTOMER | WRITE_ADDRESS);
	c->facts.address_owner = OTHER_CUSTOMER;
	refuse(c, change, "address_taken");
	assert_string_equal(c->err.arg[1], "8");
	c->facts.ref_owner = OTHER_CUSTOMER;
	refuse(c, change, "ref_taken");
}

static void only_what_is_told_is_changed(void **state)
{
	struct rule_case *c = *state;
	c->customer.do_not_call = true;
	accept(c, (struct change){.kind = CHANGE_CUSTOMER, .shared = FLAG_YES});
	assert_true(c->out.customer.shared);
	assert_true(c->out.customer.do_not_call);
	assert_string_equal(c->out.customer.name, "João Lima");
	accept(c, (struct change){.kind = CHANGE_CUSTOMER, .do_not_call = FLAG_NO});
	assert_false(c->out.customer.do_not_call);
	c->facts.customer = NULL;
	refuse(c, (struct change){.kind = CHANGE_CUSTOMER, .name = "X"}, "no_customer");
}

static void an_address_is_of_one_customer(void **state)
{
	struct rule_case *c = *state;
	struct change add = {.kind = CHANGE_ADDRESS_ADD, .address = "+55 11 98765-4321"};
	accept(c, add);
	assert_int_equal(c->out.writes, WRITE_ADDRESS);
	c->facts.address_owner = CUSTOMER;
	refuse(c, add, "same");
	c->facts.address_owner = OTHER_CUSTOMER;
	refuse(c, add, "address_taken");
	add.address = "joao@@example.com";
	refuse(c, add, "address");
	struct change away = {.kind = CHANGE_ADDRESS_REMOVE, .address = "joao@example.com"};
	refuse(c, away, "value");
	c->facts.address_owner = CUSTOMER;
	accept(c, away);
	assert_int_equal(c->out.writes, WRITE_ADDRESS_REMOVED);
}

static void a_remark_stays_with_the_customer(void **state)
{
	struct rule_case *c = *state;
	accept(c,
		(struct change){.kind = CHANGE_CUSTOMER_NOTE, .text = "Deaf.", .pinned = FLAG_YES});
	assert_int_equal(c->out.customer_note.id, REVISION);
	assert_int_equal(c->out.customer_note.customer, CUSTOMER);
	assert_int_equal(c->out.customer_note.author, ANA);
	assert_true(c->out.customer_note.pinned);
	assert_int_equal(c->out.writes, WRITE_CUSTOMER_NOTE | WRITE_DRAFT_GONE);
	assert_int_equal(c->out.draft_kind, DRAFT_CUSTOMER_NOTE);
}

static void a_remark_can_be_changed_and_put_out_of_sight(void **state)
{
	struct rule_case *c = *state;
	struct customer_note note = {.id = 600,
		.customer = CUSTOMER,
		.author = BRUNO,
		.text = mem_strdup(c->mem, "Deaf."),
		.pinned = true};
	struct change edit = {
		.kind = CHANGE_CUSTOMER_NOTE_EDIT, .note = 600, .text = "Hears well."};
	refuse(c, edit, "no_note");
	c->facts.customer_note = &note;
	accept(c, edit);
	assert_string_equal(c->out.customer_note.text, "Hears well.");
	assert_true(c->out.customer_note.pinned);
	assert_int_equal(c->out.customer_note.author, BRUNO);
	assert_int_equal(c->out.writes, WRITE_CUSTOMER_NOTE | WRITE_DRAFT_GONE);
	assert_int_equal(c->out.draft_kind, DRAFT_CUSTOMER_NOTE_EDIT);
	edit.pinned = FLAG_NO;
	accept(c, edit);
	assert_false(c->out.customer_note.pinned);
	edit = (struct change){.kind = CHANGE_CUSTOMER_NOTE_EDIT, .note = 600, .enabled = FLAG_NO};
	accept(c, edit);
	assert_true(c->out.customer_note.removed);
	assert_string_equal(c->out.customer_note.text, "Deaf.");
	note.customer = OTHER_CUSTOMER;
	refuse(c, edit, "no_note");
}

static void a_merged_customer_names_the_other(void **state)
{
	struct rule_case *c = *state;
	c->customer.merged_into = OTHER_CUSTOMER;
	refuse(c, (struct change){.kind = CHANGE_CUSTOMER, .name = "X"}, "customer_merged");
	refuse(c, (struct change){.kind = CHANGE_CUSTOMER_NOTE, .text = "X"}, "customer_merged");
	assert_string_equal(c->err.arg[1], "8");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		RULE_TEST(a_customer_is_entered),
		RULE_TEST(only_what_is_told_is_changed),
		RULE_TEST(an_address_is_of_one_customer),
		RULE_TEST(a_remark_stays_with_the_customer),
		RULE_TEST(a_remark_can_be_changed_and_put_out_of_sight),
		RULE_TEST(a_merged_customer_names_the_other),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
