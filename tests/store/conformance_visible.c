#include "chance.h"

#include "base/mem.h"
#include "core/permission.h"
#include "core/problem.h"
#include "test.h"

#include <string.h>

/* What an operator may not see is in no answer of any reading verb. */

static const char *const people[] = {"ana", "bruno", "carla", "davi", "eva"};

static void views_are_of_what_one_sees(struct fixture *f, const struct plain *plain)
{
	for (size_t who = 0; who < ARRAY_LEN(people); who++) {
		struct store *store = fixture_as(f, people[who]);
		for (size_t i = 0; i < plain->count; i++) {
			const struct ticket_view *there = &plain->views[i];
			struct ticket_view view;
			struct error err = {0};
			bool sees = plain_sees(f, people[who], there);
			bool found = store_ticket(store, f, there->row.ticket.number, &view, &err);
			assert_int_equal(found, sees);
			if (!found) {
				assert_int_equal(err.code, ERROR_NOT_FOUND);
				assert_int_equal(view.message_count, 0);
			}
		}
	}
}

static void rows_are_of_what_one_sees(struct fixture *f, const struct plain *plain)
{
	int64_t *numbers = mem_array(f, int64_t, plain->count);
	for (size_t i = 0; i < plain->count; i++) {
		numbers[i] = plain->views[i].row.ticket.number;
	}
	for (size_t who = 0; who < ARRAY_LEN(people); who++) {
		struct queue_page page;
		struct error err = {0};
		size_t at = 0;
		assert_true(store_rows(
			fixture_as(f, people[who]), f, numbers, plain->count, &page, &err));
		for (size_t i = 0; i < plain->count; i++) {
			if (plain_sees(f, people[who], &plain->views[i])) {
				assert_int_equal(page.rows[at++].ticket.number, numbers[i]);
			}
		}
		assert_int_equal(at, page.count);
	}
}

/* Of the others number, state and date. */
static void history_tells_no_subject(struct fixture *f, const struct plain *plain)
{
	for (size_t who = 0; who < ARRAY_LEN(people); who++) {
		for (size_t i = 0; i < plain->count; i++) {
			struct customer_view view;
			struct error err = {0};
			assert_true(store_customer(fixture_as(f, people[who]), f,
				plain->views[i].row.ticket.customer, &view, &err));
			for (size_t k = 0; k < view.history_count; k++) {
				const struct history_row *row = &view.history[k];
				const struct ticket_view *there = plain_view(plain, row->number);
				bool sees = plain_sees(f, people[who], there);
				assert_int_equal(row->subject[0] != '\0', sees);
				assert_int_equal(row->state, there->row.ticket.state);
				assert_int_equal(row->opened_at, there->row.ticket.opened_at);
			}
			talloc_free(view.history);
		}
	}
}

/* What one sees, did oneself, or lost by the change. */
static bool may_be_told(struct fixture *f, const struct plain *plain, const char *login,
	const struct feed_item *item)
{
	bool lost = strstr(item->detail, "\"former_") || strstr(item->detail, "\"operator\"");
	return item->ticket == 0 || item->actor == fixture_id(f, login) || lost ||
	       plain_sees(f, login, plain_view(plain, item->ticket));
}

static void feed_tells_of_what_one_sees(struct fixture *f, const struct plain *plain)
{
	for (size_t who = 0; who < ARRAY_LEN(people); who++) {
		int64_t since = 0;
		for (struct feed feed; (feed = fixture_feed(f, people[who], since)).count;) {
			for (size_t i = 0; i < feed.count; i++) {
				assert_true(may_be_told(f, plain, people[who], &feed.items[i]));
			}
			since = feed.revision;
		}
	}
}

static bool is_told(const struct feed *feed, int64_t revision)
{
	for (size_t i = 0; i < feed->count; i++) {
		if (feed->items[i].revision == revision) {
			return true;
		}
	}
	return false;
}

/* A server that looks once for all readers tells each what he would have found himself. */
static void audiences_are_those_who_are_told(struct fixture *f)
{
	const struct directory *directory;
	struct audience *audiences;
	struct error err = {0};
	struct feed all = fixture_feed(f, NULL, 0);
	if (!store_audiences(f->desk, f, &all, &audiences, &err)) {
		assert_string_equal(err.reason, "no_audiences");
		return;
	}
	for (size_t who = 0; who < ARRAY_LEN(people); who++) {
		struct feed his = fixture_feed(f, people[who], 0);
		assert_true(store_directory(f->desk, &directory, &err));
		const struct operator_ *reader = directory_login(directory, people[who]);
		for (size_t i = 0; i < all.count && all.items[i].revision <= his.revision; i++) {
			assert_int_equal(permission_hears(reader, directory, &audiences[i]),
				is_told(&his, all.items[i].revision));
		}
	}
}

static void nothing_unseen_is_in_any_answer(void **state)
{
	struct fixture *f = *state;
	for (uint64_t seed = 1; seed <= 3; seed++) {
		uint64_t dice = seed * 1000;
		chance_changes(f, &dice, 120);
		chance_memos(f, &dice, 12);
		struct plain *plain = plain_load(f);
		views_are_of_what_one_sees(f, plain);
		rows_are_of_what_one_sees(f, plain);
		history_tells_no_subject(f, plain);
		feed_tells_of_what_one_sees(f, plain);
		audiences_are_those_who_are_told(f);
		talloc_free(plain);
	}
}

static void a_draft_is_seen_by_holder_and_supervisor(void **state)
{
	struct fixture *f = *state;
	int64_t number = fixture_ticket(f, "a@exemplo.com", "entrega");
	struct draft draft = {
		.ticket = number, .kind = DRAFT_REPLY, .text = mem_strdup(f, "Estou vendo")};
	struct error err = {0};
	assert_true(store_draft_save(fixture_as(f, "ana"), &draft, &err));
	assert_int_equal(fixture_view(f, "ana", number)->draft_count, 1);
	assert_int_equal(fixture_view(f, "bruno", number)->draft_count, 0);
	assert_int_equal(fixture_view(f, "davi", number)->draft_count, 1);
	fixture_claim(f, "bruno", number);
	assert_int_equal(fixture_view(f, "bruno", number)->draft_count, 1);
	assert_int_equal(fixture_counts(f, "ana").drafts, 1);
	assert_int_equal(fixture_counts(f, "bruno").drafts, 0);
}

static void an_escalation_shows_it_to_supervisors(void **state)
{
	struct fixture *f = *state;
	int64_t number = fixture_ticket(f, "a@exemplo.com", "cobranca");
	fixture_do(f, "carla", (struct change){.kind = CHANGE_ESCALATE, .ticket = number});
	struct queue_query query = {.list = LIST_MENTIONS};
	struct queue_page page;
	struct error err = {0};
	assert_true(store_queue(fixture_as(f, "davi"), f, &query, &page, &err));
	assert_int_equal(page.count, 1);
	assert_int_equal(page.rows[0].ticket.number, number);
	assert_true(store_queue(fixture_as(f, "ana"), f, &query, &page, &err));
	assert_int_equal(page.count, 0);
}

static void a_customer_is_found_by_any_form_of_an_address(void **state)
{
	struct fixture *f = *state;
	int64_t number = fixture_ticket(f, "(11) 98765-4321", "entrega");
	int64_t id, customer = fixture_see(f, number)->customer;
	static const char *const forms[] = {
		"11987654321", "+55 11 98765-4321", "phone:+5511987654321"};
	struct error err = {0};
	for (size_t i = 0; i < ARRAY_LEN(forms); i++) {
		assert_true(store_customer_find(fixture_as(f, "carla"), f, forms[i], &id, &err));
		assert_int_equal(id, customer);
	}
	assert_false(store_customer_find(f->desk, f, "11987654322", &id, &err));
	assert_int_equal(err.code, ERROR_NOT_FOUND);
	assert_string_equal(err.reason, problem_infos[PROBLEM_NO_CUSTOMER].reason);
	assert_false(store_customer_find(f->desk, f, " ", &id, &err));
	assert_int_equal(err.code, ERROR_INVALID);
	struct customer_view view;
	assert_false(store_customer(f->desk, f, 999, &view, &err));
	assert_int_equal(err.code, ERROR_NOT_FOUND);
}

static void notes_of_a_customer_pinned_first(void **state)
{
	struct fixture *f = *state;
	int64_t customer = fixture_see(f, fixture_ticket(f, "a@exemplo.com", "entrega"))->customer;
	static const struct {
		const char *text;
		enum flag pinned;
	} notes[] = {{"velha", FLAG_NO}, {"fixa", FLAG_YES}, {"nova", FLAG_NO}, {"fora", FLAG_NO}};
	int64_t last = 0;
	for (size_t i = 0; i < ARRAY_LEN(notes); i++) {
		last = fixture_do(f, "ana",
			(struct change){.kind = CHANGE_CUSTOMER_NOTE,
				.customer = customer,
				.text = notes[i].text,
				.pinned = (int)notes[i].pinned})
			       .revision;
	}
	fixture_do(f, "ana",
		(struct change){.kind = CHANGE_CUSTOMER_NOTE_EDIT,
			.customer = customer,
			.note = last,
			.enabled = FLAG_NO});
	struct customer_view view;
	struct error err = {0};
	assert_true(store_customer(fixture_as(f, "carla"), f, customer, &view, &err));
	assert_int_equal(view.note_count, 3);
	assert_string_equal(view.notes[0].text, "fixa");
	assert_string_equal(view.notes[1].text, "nova");
	assert_string_equal(view.notes[2].text, "velha");
}

static void only_the_newest_five_hundred_messages(void **state)
{
	struct fixture *f = *state;
	int64_t number = fixture_ticket(f, "a@exemplo.com", "entrega");
	enum { MANY = 505 };
	struct change *changes = mem_array(f, struct change, MANY);
	struct result *results = mem_array(f, struct result, MANY);
	struct error err = {0};
	for (int i = 0; i < MANY; i++) {
		changes[i] = (struct change){.id = uuid_make(f->now),
			.kind = CHANGE_RECEIVE,
			.ticket = number,
			.text = mem_printf(f, "n%d", i)};
	}
	assert_true(store_apply(f->desk, changes, MANY, results, &err));
	const struct ticket_view *view = fixture_view(f, "ana", number);
	assert_int_equal(view->message_count, 500);
	assert_true(view->has_more_messages);
	assert_string_equal(view->messages[499].text, "n504");
	assert_string_equal(view->messages[0].text, "n5");
	for (size_t i = 1; i < view->message_count; i++) {
		assert_true(view->messages[i - 1].id < view->messages[i].id);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		with_fixture(nothing_unseen_is_in_any_answer),
		with_fixture(a_draft_is_seen_by_holder_and_supervisor),
		with_fixture(an_escalation_shows_it_to_supervisors),
		with_fixture(a_customer_is_found_by_any_form_of_an_address),
		with_fixture(notes_of_a_customer_pinned_first),
		with_fixture(only_the_newest_five_hundred_messages),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
