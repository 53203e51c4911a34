#include "conformance.h"
#include "test.h"

#include "base/clock.h"

/* What is under way: the actor's unsent messages, and how much every operator has. */

static struct outbox outbox_of(struct fixture *f, const char *login)
{
	struct outbox outbox;
	struct error err = {0};
	assert_true(store_outbox(fixture_as(f, login), f, &outbox, &err));
	return outbox;
}

static void the_outbox_has_what_is_not_sent_and_is_ones_own(void **state)
{
	struct fixture *f = *state;
	int64_t first = fixture_ticket(f, "joao@example.com", "entrega");
	int64_t second = fixture_ticket(f, "maria@example.com", "entrega");
	assert_int_equal(outbox_of(f, "ana").count, 0);
	fixture_do(f, "ana", fixture_reply(first, "Olá, João", OUTCOME_WAIT));
	struct result sent =
		fixture_do(f, "ana", fixture_reply(second, "Olá, Maria", OUTCOME_STAY_OPEN));
	struct outbox outbox = outbox_of(f, "ana");
	assert_int_equal(outbox.count, 2);
	assert_int_equal(outbox.rows[0].row.ticket.number, second);
	assert_string_equal(outbox.rows[0].message.text, "Olá, Maria");
	assert_int_equal(outbox.rows[0].message.state, MESSAGE_QUEUED);
	assert_int_equal(outbox.rows[1].message.ticket, first);
	assert_int_equal(outbox_of(f, "bruno").count, 0);
	fixture_do(f, "ana",
		(struct change){.kind = CHANGE_UNDO, .ticket = second, .undo = sent.revision});
	assert_int_equal(outbox_of(f, "ana").count, 1);
}

static int64_t load_of(struct fixture *f, const char *login)
{
	struct load_list loads;
	struct error err = {0};
	assert_true(store_loads(fixture_as(f, "davi"), f, &loads, &err));
	for (size_t i = 0; i < loads.count; i++) {
		if (loads.items[i].operator_id == fixture_id(f, login)) {
			return loads.items[i].tickets;
		}
	}
	fail_msg("%s is not among the loads", login);
	return 0;
}

static void a_load_is_what_is_assigned_or_held(void **state)
{
	struct fixture *f = *state;
	int64_t first = fixture_ticket(f, "joao@example.com", "entrega");
	int64_t second = fixture_ticket(f, "maria@example.com", "entrega");
	assert_int_equal(load_of(f, "ana"), 0);
	fixture_do(f, "davi",
		(struct change){.kind = CHANGE_TRANSFER,
			.ticket = first,
			.operator_id = fixture_id(f, "ana")});
	assert_int_equal(load_of(f, "ana"), 1);
	fixture_claim(f, "ana", first);
	assert_int_equal(load_of(f, "ana"), 1);
	fixture_claim(f, "ana", second);
	assert_int_equal(load_of(f, "ana"), 2);
	assert_int_equal(load_of(f, "bruno"), 0);
	f->now += 10 * (int64_t)MS_MINUTE; /* the claims run out */
	assert_int_equal(load_of(f, "ana"), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		with_fixture(the_outbox_has_what_is_not_sent_and_is_ones_own),
		with_fixture(a_load_is_what_is_assigned_or_held),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
