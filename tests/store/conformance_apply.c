#include "conformance.h"

#include "base/clock.h"
#include "base/mem.h"
#include "test.h"

#include <string.h>

/* Exactly once, batches, groups, times, and who may at all. */

static struct change note(struct fixture *f, const char *login, int64_t number)
{
	return (struct change){.id = uuid_make(f->now),
		.kind = CHANGE_NOTE,
		.actor = fixture_id(f, login),
		.ticket = number,
		.text = "Ligou ontem."};
}

static void the_same_change_twice_is_one(void **state)
{
	struct fixture *f = *state;
	int64_t number = fixture_ticket(f, "joao@exemplo.com", "entrega");
	struct change change = note(f, "ana", number);
	struct result first = fixture_do(f, "ana", change);
	f->now += MS_DAY;
	struct result second = fixture_do(f, "ana", change);
	assert_false(first.is_repeat);
	assert_true(second.is_repeat);
	assert_int_equal(second.revision, first.revision);
	assert_int_equal(second.ticket, number);
	assert_int_equal(second.customer, first.customer);
	assert_int_equal(fixture_view(f, "ana", number)->note_count, 1);
}

static void a_repeat_gives_the_generation_and_the_new_ticket_again(void **state)
{
	struct fixture *f = *state;
	struct change change = {.id = uuid_make(f->now),
		.kind = CHANGE_NEW,
		.channel = CHANNEL_PHONE,
		.address = "11 98765-4321",
		.subject = "Troca",
		.text = "Quer trocar."};
	struct result made = fixture_do(f, "ana", change);
	assert_int_equal(fixture_do(f, "ana", change).ticket, made.ticket);
	struct change claim = {
		.id = uuid_make(f->now), .kind = CHANGE_CLAIM, .ticket = made.ticket};
	struct result held = fixture_do(f, "ana", claim);
	assert_int_equal(held.generation, held.revision);
	assert_int_equal(fixture_do(f, "ana", claim).generation, held.generation);
}

static void an_id_belongs_to_one_change(void **state)
{
	struct fixture *f = *state;
	int64_t number = fixture_ticket(f, "joao@exemplo.com", "entrega");
	int64_t other = fixture_ticket(f, "maria@exemplo.com", "entrega");
	struct change change = note(f, "ana", number);
	fixture_do(f, "ana", change);
	struct change by_another = change;
	by_another.actor = fixture_id(f, "bruno");
	assert_int_equal(
		fixture_refuse(f, "bruno", by_another, "change_id").err.code, ERROR_CONFLICT);
	struct change elsewhere = change;
	elsewhere.ticket = other;
	fixture_refuse(f, "ana", elsewhere, "change_id");
	struct change of_another_kind = change;
	of_another_kind.kind = CHANGE_ESCALATE;
	fixture_refuse(f, "ana", of_another_kind, "change_id");
}

static void a_refusal_is_not_remembered(void **state)
{
	struct fixture *f = *state;
	int64_t number = fixture_ticket(f, "joao@exemplo.com", "entrega");
	fixture_claim(f, "ana", number);
	struct change claim = {.id = uuid_make(f->now), .kind = CHANGE_CLAIM, .ticket = number};
	fixture_refuse(f, "bruno", claim, "held");
	fixture_do(f, "ana", (struct change){.kind = CHANGE_RELEASE, .ticket = number});
	assert_false(fixture_do(f, "bruno", claim).is_repeat);
}

static void each_change_of_a_batch_has_its_own_result(void **state)
{
	struct fixture *f = *state;
	int64_t number = fixture_ticket(f, "joao@exemplo.com", "entrega");
	struct change batch[3] = {
		note(f, "ana", number), note(f, "ana", 4711), note(f, "ana", number)};
	struct result results[3];
	struct error err = {0};
	assert_true(store_apply(fixture_as(f, "ana"), batch, 3, results, &err));
	assert_true(results[0].ok);
	assert_false(results[1].ok);
	assert_string_equal(results[1].err.reason, "no_ticket");
	assert_true(results[2].ok);
	assert_int_equal(results[2].revision, results[0].revision + 1);
}

static void the_same_id_twice_in_a_batch_is_one(void **state)
{
	struct fixture *f = *state;
	int64_t number = fixture_ticket(f, "joao@exemplo.com", "entrega");
	struct change change = note(f, "ana", number);
	struct change batch[2] = {change, change};
	struct result results[2];
	struct error err = {0};
	assert_true(store_apply(fixture_as(f, "ana"), batch, 2, results, &err));
	assert_true(results[0].ok && results[1].ok);
	assert_true(results[1].is_repeat);
	assert_int_equal(results[1].revision, results[0].revision);
	assert_int_equal(fixture_view(f, "ana", number)->note_count, 1);
}

static void a_group_stops_at_its_first_refusal(void **state)
{
	struct fixture *f = *state;
	int64_t number = fixture_ticket(f, "joao@exemplo.com", "entrega");
	struct change batch[4] = {note(f, "ana", number), note(f, "ana", 4711),
		note(f, "ana", number), note(f, "ana", number)};
	batch[0].group = batch[1].group = batch[2].group = 7;
	batch[3].group = 8;
	struct result results[4];
	struct error err = {0};
	assert_true(store_apply(fixture_as(f, "ana"), batch, 4, results, &err));
	assert_true(results[0].ok);
	assert_string_equal(results[1].err.reason, "no_ticket");
	assert_string_equal(results[2].err.reason, "group");
	assert_true(results[3].ok);
	assert_int_equal(fixture_view(f, "ana", number)->note_count, 2);
}

static void a_later_change_of_a_batch_sees_the_earlier(void **state)
{
	struct fixture *f = *state;
	struct change batch[2] = {
		{.id = uuid_make(f->now), .kind = CHANGE_TEAM, .key = "troca"},
		{.id = uuid_make(f->now),
			.kind = CHANGE_OPERATOR,
			.key = "ana",
			.value = "entrega troca"},
	};
	struct result results[2];
	struct error err = {0};
	assert_true(store_apply(f->desk, batch, 2, results, &err));
	assert_true(results[0].ok && results[1].ok);
	struct directory *directory;
	assert_true(store_directory_copy(fixture_as(f, "bruno"), f, &directory, &err));
	assert_int_equal(directory_login(directory, "ana")->team_count, 2);
}

static void nobody_acts_for_another(void **state)
{
	struct fixture *f = *state;
	int64_t number = fixture_ticket(f, "joao@exemplo.com", "entrega");
	struct change change = note(f, "bruno", number);
	assert_int_equal(fixture_refuse(f, "ana", change, "not_yours").err.code, ERROR_DENIED);
	fixture_do(f, NULL, change);
	struct change desk = {.id = uuid_make(f->now), .kind = CHANGE_WAKE, .ticket = number};
	struct result result;
	struct error err = {0};
	assert_true(store_apply(fixture_as(f, "ana"), &desk, 1, &result, &err));
	assert_false(result.ok);
}

static void what_only_admins_may_others_may_not(void **state)
{
	struct fixture *f = *state;
	struct change change = {.kind = CHANGE_TEAM, .key = "troca"};
	fixture_refuse(f, "ana", change, "role");
	fixture_refuse(f, "davi", change, "role");
	fixture_do(f, "eva", change);
}

static void a_malformed_change_is_refused(void **state)
{
	struct fixture *f = *state;
	int64_t number = fixture_ticket(f, "joao@exemplo.com", "entrega");
	struct change change = note(f, "ana", number);
	change.text = NULL;
	fixture_refuse(f, "ana", change, "missing");
	change.text = "com \x1b[31mcor";
	fixture_refuse(f, "ana", change, "value");
	change.text = "sim";
	change.until_at = f->now;
	fixture_refuse(f, "ana", change, "unknown_field");
}

static int64_t at_of_newest(struct fixture *f, int64_t revision)
{
	struct feed feed = fixture_feed(f, NULL, revision - 1);
	return feed.items[0].at;
}

static void time_in_the_log_never_runs_back(void **state)
{
	struct fixture *f = *state;
	int64_t number = fixture_ticket(f, "joao@exemplo.com", "entrega");
	int64_t newest = f->now;
	f->now -= 4 * MS_MINUTE;
	int64_t revision = fixture_do(f, "ana", note(f, "ana", number)).revision;
	assert_int_equal(at_of_newest(f, revision), newest);
	f->now = newest - 6 * MS_MINUTE; /* the other clock had jumped ahead */
	revision = fixture_do(f, "ana", note(f, "ana", number)).revision;
	assert_int_equal(at_of_newest(f, revision), f->now);
}

static void imported_history_keeps_its_times(void **state)
{
	struct fixture *f = *state;
	int64_t then = f->now - 300 * (int64_t)MS_DAY;
	struct change change = {.kind = CHANGE_NEW,
		.channel = CHANNEL_EMAIL,
		.address = "velho@exemplo.com",
		.subject = "Antigo",
		.text = "Faz tempo.",
		.ref = "X-1",
		.imported = true,
		.at = then};
	fixture_refuse(f, "ana", change, "role");
	struct result made = fixture_do(f, "davi", change);
	assert_int_equal(fixture_see(f, made.ticket)->opened_at, then);
	struct change reply = fixture_reply(made.ticket, "Resolvido.", OUTCOME_RESOLVE);
	reply.imported = true;
	reply.at = then + MS_HOUR;
	reply.operator_id = fixture_id(f, "ana");
	fixture_do(f, "davi", reply);
	const struct ticket_view *view = fixture_view(f, NULL, made.ticket);
	assert_int_equal(view->row.ticket.state, TICKET_RESOLVED);
	assert_int_equal(view->row.ticket.resolved_at, then + MS_HOUR);
	assert_int_equal(view->messages[1].author, fixture_id(f, "ana"));
	assert_int_equal(view->messages[1].state, MESSAGE_SENT);
	fixture_refuse(f, "davi", change, "ref_taken");
	int64_t revision = fixture_do(
		f, "ana", note(f, "ana", fixture_ticket(f, "novo@exemplo.com", "entrega")))
				   .revision;
	assert_int_equal(at_of_newest(f, revision), f->now);
}

static void history_is_not_overtaken_while_it_comes_in(void **state)
{
	struct fixture *f = *state;
	int64_t then = f->now - 300 * (int64_t)MS_DAY;
	struct change change = {.kind = CHANGE_NEW,
		.channel = CHANNEL_EMAIL,
		.address = "velho@exemplo.com",
		.subject = "Antigo",
		.text = "Faz tempo.",
		.imported = true,
		.at = then};
	int64_t number = fixture_do(f, "davi", change).ticket;
	struct change reply = fixture_reply(number, "Espero.", OUTCOME_WAIT);
	reply.imported = true;
	reply.at = then + MS_HOUR;
	int64_t since = fixture_do(f, "davi", reply).revision;
	fixture_do(f, "davi",
		(struct change){.kind = CHANGE_RECEIVE,
			.ticket = number,
			.text = "Sim?",
			.imported = true,
			.at = then + 2 * MS_HOUR});
	struct feed feed = fixture_feed(f, NULL, since);
	assert_int_equal(feed.count, 1);
	assert_int_equal(feed.items[0].kind, CHANGE_RECEIVE);
	assert_int_equal(fixture_see(f, number)->state, TICKET_OPEN);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		with_fixture(the_same_change_twice_is_one),
		with_fixture(a_repeat_gives_the_generation_and_the_new_ticket_again),
		with_fixture(an_id_belongs_to_one_change),
		with_fixture(a_refusal_is_not_remembered),
		with_fixture(each_change_of_a_batch_has_its_own_result),
		with_fixture(the_same_id_twice_in_a_batch_is_one),
		with_fixture(a_group_stops_at_its_first_refusal),
		with_fixture(a_later_change_of_a_batch_sees_the_earlier),
		with_fixture(nobody_acts_for_another),
		with_fixture(what_only_admins_may_others_may_not),
		with_fixture(a_malformed_change_is_refused),
		with_fixture(time_in_the_log_never_runs_back),
		with_fixture(imported_history_keeps_its_times),
		with_fixture(history_is_not_overtaken_while_it_comes_in),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
