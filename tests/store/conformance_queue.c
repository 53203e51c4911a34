#include "chance.h"

#include "base/clock.h"
#include "base/mem.h"
#include "test.h"

#include <string.h>

/* Every list, in every order, both ways, against desks made by chance and sorted plainly. */

enum { SEEDS = 3, ROUNDS = 4, CHANGES = 150, PAGE = 7 };

static const char *const people[] = {"ana", "bruno", "carla", "davi", "eva"};

static void set_targets(struct fixture *f)
{
	fixture_do(f, NULL,
		(struct change){.kind = CHANGE_TARGET,
			.first_answer_ms = 2 * MS_HOUR,
			.next_answer_ms = 4 * MS_HOUR});
	fixture_do(f, NULL,
		(struct change){.kind = CHANGE_TARGET,
			.priority = PRIORITY_URGENT,
			.first_answer_ms = 20 * MS_MINUTE,
			.next_answer_ms = MS_HOUR,
			.resolution_ms = 8 * MS_HOUR});
}

/* A whole list by pages, in display order. */
static size_t page_through(struct fixture *f, const char *login, struct queue_query query,
	int64_t *numbers, size_t room)
{
	size_t count = 0;
	query.limit = PAGE;
	for (bool more = true; more;) {
		struct queue_page page;
		struct error err = {0};
		assert_true(store_queue(fixture_as(f, login), f, &query, &page, &err));
		assert_true(page.count <= PAGE && count + page.count <= room);
		if (query.backwards) {
			memmove(numbers + page.count, numbers, count * sizeof *numbers);
		}
		int64_t *to = numbers + (query.backwards ? 0 : count);
		for (size_t i = 0; i < page.count; i++) {
			to[i] = page.rows[i].ticket.number;
		}
		count += page.count;
		more = page.has_more;
		query.after = page.next;
		query.has_after = true;
	}
	return count;
}

static void list_is_as_it_should(
	struct fixture *f, const struct plain *plain, const char *login, struct queue_query query)
{
	int64_t *expected;
	size_t count = plain_list(f, plain, login, &query, &expected);
	int64_t *numbers = mem_array(f, int64_t, plain->count + PAGE);
	for (int way = 0; way < 2; way++) {
		query.backwards = way == 1;
		size_t found = page_through(f, login, query, numbers, plain->count + PAGE);
		if (found != count || memcmp(numbers, expected, count * sizeof *numbers) != 0) {
			print_error("list %d order %d of %s, way %d: %zu rows, not %zu\n",
				(int)query.list, (int)query.order, login, way, found, count);
			fail();
		}
	}
}

static void all_lists(struct fixture *f, const struct plain *plain)
{
	for (size_t who = 0; who < ARRAY_LEN(people); who++) {
		for (int list = 0; list < QUEUE_LISTS; list++) {
			for (int order = 0; order < QUEUE_ORDERS; order++) {
				struct queue_query query = {.list = (enum queue_list)list,
					.order = (enum queue_order)order};
				list_is_as_it_should(f, plain, people[who], query);
			}
		}
	}
}

static void filtered_lists(struct fixture *f, const struct plain *plain)
{
	static const char *const texts[] = {"nota", "!cobranca", "priority:urgent priority:high",
		"is:free", "is:overdue !tag:vip", "team:entrega", "assignee:me", "assignee:bruno",
		"assignee:ana assignee:bruno", "assignee:none", "waiting:>1h"};
	const struct directory *directory;
	struct error err = {0};
	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		struct filter filter;
		assert_true(store_directory(f->desk, &directory, &err));
		assert_true(filter_parse(f, texts[i], directory, 0, &filter, &err));
		for (int list = LIST_QUEUE; list <= LIST_SNOOZED; list++) {
			struct queue_query query = {
				.list = (enum queue_list)list, .filter = &filter};
			list_is_as_it_should(f, plain, "davi", query);
			list_is_as_it_should(f, plain, "ana", query);
		}
	}
	const int64_t teams[] = {TEAM_NONE, f->entrega, f->cobranca};
	for (size_t i = 0; i < ARRAY_LEN(teams); i++) {
		struct queue_query query = {.team = teams[i]};
		list_is_as_it_should(f, plain, "carla", query);
	}
}

static void lists_are_as_sorted_plainly(void **state)
{
	struct fixture *f = *state;
	set_targets(f);
	uint64_t seed = 11;
	for (int round = 0; round < ROUNDS; round++) {
		chance_changes(f, &seed, CHANGES);
		/* Snoozes and waits come true without anybody writing. */
		f->now += (round % 2) * 2 * MS_HOUR;
		struct plain *plain = plain_load(f);
		all_lists(f, plain);
		filtered_lists(f, plain);
		talloc_free(plain);
	}
	f->now += 6 * (int64_t)MS_DAY;
	all_lists(f, plain_load(f));
}

static int64_t length_of(
	struct fixture *f, const struct plain *plain, const char *login, enum queue_list list)
{
	int64_t *numbers;
	struct queue_query query = {.list = list};
	return (int64_t)plain_list(f, plain, login, &query, &numbers);
}

/* Free is what is open less the claims on it. */
static int64_t count_free(struct fixture *f, const struct plain *plain, const char *login)
{
	int64_t *numbers;
	struct queue_query query = {.list = LIST_QUEUE};
	size_t count = plain_list(f, plain, login, &query, &numbers);
	int64_t free = (int64_t)count;
	for (size_t i = 0; i < count; i++) {
		free -= plain_view(plain, numbers[i])->row.claim.operator_id ? 1 : 0;
	}
	return free;
}

static void counts_are_the_lengths_of_the_lists(void **state)
{
	struct fixture *f = *state;
	set_targets(f);
	for (uint64_t seed = 1; seed <= SEEDS; seed++) {
		uint64_t dice = seed;
		chance_changes(f, &dice, CHANGES);
		f->now += (int64_t)(seed % 2) * 2 * MS_HOUR;
		struct plain *plain = plain_load(f);
		for (size_t who = 0; who < ARRAY_LEN(people); who++) {
			const char *login = people[who];
			struct counts counts = fixture_counts(f, login);
			assert_int_equal(counts.open, length_of(f, plain, login, LIST_QUEUE));
			assert_int_equal(counts.free, count_free(f, plain, login));
			assert_int_equal(counts.mine, length_of(f, plain, login, LIST_MINE));
			assert_int_equal(counts.overdue, length_of(f, plain, login, LIST_OVERDUE));
			assert_int_equal(counts.waiting, length_of(f, plain, login, LIST_WAITING));
			assert_int_equal(counts.snoozed, length_of(f, plain, login, LIST_SNOOZED));
		}
	}
	f->now += 6 * (int64_t)MS_DAY;
	struct plain *plain = plain_load(f);
	assert_int_equal(fixture_counts(f, "ana").waiting, 0);
	assert_int_equal(fixture_counts(f, "ana").open, length_of(f, plain, "ana", LIST_QUEUE));
}

/* Mine and free first, then what is free, each by due. */
static int64_t plain_next(struct fixture *f, const struct plain *plain, const char *login)
{
	int64_t *mine, *free;
	struct queue_query query = {.list = LIST_MINE};
	size_t mine_count = plain_list(f, plain, login, &query, &mine);
	query.list = LIST_FREE;
	size_t free_count = plain_list(f, plain, login, &query, &free);
	for (size_t i = 0; i < mine_count; i++) {
		for (size_t k = 0; k < free_count; k++) {
			if (mine[i] == free[k]) {
				return mine[i];
			}
		}
	}
	return free_count ? free[0] : 0;
}

static void next_is_ones_own_then_the_most_due(void **state)
{
	struct fixture *f = *state;
	set_targets(f);
	uint64_t dice = 5;
	for (int round = 0; round < 6; round++) {
		chance_changes(f, &dice, CHANGES / 3);
		struct plain *plain = plain_load(f);
		for (size_t who = 0; who < ARRAY_LEN(people); who++) {
			struct ticket_row row;
			struct error err = {0};
			assert_true(store_next(fixture_as(f, people[who]), f, &row, &err));
			assert_int_equal(row.ticket.number, plain_next(f, plain, people[who]));
		}
		talloc_free(plain);
	}
}

/* What nobody touches from the first page to the last is there once, nothing is there twice, in
 * spite of all that comes and goes meanwhile. */
static void paging_survives_changes(void **state)
{
	struct fixture *f = *state;
	uint64_t dice = 23;
	chance_changes(f, &dice, 2 * CHANGES);
	struct plain *before = plain_load(f);
	int64_t *numbers;
	struct queue_query query = {.list = LIST_QUEUE, .order = ORDER_NEWEST, .limit = PAGE};
	size_t count = plain_list(f, before, "eva", &query, &numbers), untouched = 0;
	int seen[1000] = {0};
	for (bool more = true; more;) {
		struct queue_page page;
		struct error err = {0};
		assert_true(store_queue(fixture_as(f, "eva"), f, &query, &page, &err));
		for (size_t i = 0; i < page.count; i++) {
			seen[page.rows[i].ticket.number - FIRST_TICKET]++;
		}
		more = page.has_more;
		query.after = page.next;
		query.has_after = true;
		chance_changes(f, &dice, 5);
	}
	for (size_t i = 0; i < ARRAY_LEN(seen); i++) {
		assert_true(seen[i] <= 1);
	}
	for (size_t i = 0; i < count; i++) {
		int64_t revision = plain_view(before, numbers[i])->row.ticket.revision;
		if (fixture_see(f, numbers[i])->revision == revision) {
			assert_int_equal(seen[numbers[i] - FIRST_TICKET], 1);
			untouched++;
		}
	}
	assert_true(untouched > 10);
}

static void rows_come_in_the_order_asked(void **state)
{
	struct fixture *f = *state;
	int64_t first = fixture_ticket(f, "a@exemplo.com", "entrega");
	int64_t hidden = fixture_ticket(f, "b@exemplo.com", "cobranca");
	int64_t last = fixture_ticket(f, "c@exemplo.com", "");
	const int64_t wanted[] = {last, hidden, 9999, first, last};
	struct queue_page page;
	struct error err = {0};
	assert_true(store_rows(fixture_as(f, "ana"), f, wanted, ARRAY_LEN(wanted), &page, &err));
	assert_int_equal(page.count, 3);
	assert_int_equal(page.rows[0].ticket.number, last);
	assert_int_equal(page.rows[1].ticket.number, first);
	assert_int_equal(page.rows[2].ticket.number, last);
}

static void a_row_tells_of_cover_and_draft(void **state)
{
	struct fixture *f = *state;
	int64_t one = fixture_ticket(f, "maria@exemplo.com", "entrega");
	int64_t two = fixture_ticket(f, "maria@exemplo.com", "entrega");
	fixture_claim(f, "bruno", one);
	struct draft draft = {.ticket = two, .kind = DRAFT_NOTE, .text = mem_strdup(f, "Olá")};
	struct error err = {0};
	assert_true(store_draft_save(fixture_as(f, "ana"), &draft, &err));
	const struct ticket_row *row = &fixture_view(f, "ana", two)->row;
	assert_int_equal(row->covered_by, fixture_id(f, "bruno"));
	assert_true(row->has_draft);
	assert_int_equal(row->claim.operator_id, 0);
	assert_string_equal(row->customer_address, "maria@exemplo.com");
	row = &fixture_view(f, "bruno", two)->row;
	assert_int_equal(row->covered_by, 0);
	assert_false(row->has_draft);
	assert_int_equal(
		fixture_view(f, "ana", one)->row.claim.operator_id, fixture_id(f, "bruno"));
}

/* However many others are put off: those of one operator are not looked for among them. */
static void what_is_put_off_for_one_is_found_at_once(void **state)
{
	enum { OTHERS = 20 };
	struct fixture *f = *state;
	struct error err = {0};
	int64_t number = 0;
	for (int i = 0; i <= OTHERS; i++) {
		number = fixture_ticket(f, "joao@exemplo.com", "entrega");
		fixture_do(f, "davi",
			(struct change){.kind = CHANGE_SNOOZE,
				.ticket = number,
				.until_at = f->now + MS_DAY});
	}
	fixture_do(f, "davi",
		(struct change){.kind = CHANGE_TRANSFER,
			.ticket = number,
			.operator_id = fixture_id(f, "ana")});
	fixture_do(f, "davi",
		(struct change){.kind = CHANGE_SNOOZE,
			.ticket = number,
			.until_at = f->now + 2 * (int64_t)MS_DAY});
	const struct directory *directory;
	struct filter filter;
	struct queue_page page;
	assert_true(store_directory(f->desk, &directory, &err));
	assert_true(filter_parse(f, "assignee:me", directory, 0, &filter, &err));
	struct queue_query query = {.list = LIST_SNOOZED, .filter = &filter};
	assert_true(store_queue(fixture_as(f, "ana"), f, &query, &page, &err));
	assert_int_equal(page.count, 1);
	assert_int_equal(page.rows[0].ticket.number, number);
	assert_int_equal(page.scanned, 1);
}

/* A filter that fits little ends the page early and tells where to go on. */
static void a_page_stops_after_five_thousand_rows(void **state)
{
	struct fixture *f = *state;
	enum { MANY = 5200, BATCH = 400 };
	struct change *changes = mem_array(f, struct change, BATCH);
	struct result *results = mem_array(f, struct result, BATCH);
	struct error err = {0};
	for (int made = 0; made < MANY; made += BATCH) {
		for (int i = 0; i < BATCH; i++) {
			changes[i] = (struct change){.id = uuid_make(f->now),
				.kind = CHANGE_NEW,
				.channel = CHANNEL_WEB,
				.address = "loja@exemplo.com",
				.subject = made + i == MANY - 1 ? "agulha" : "palha",
				.text = "palha"};
		}
		assert_true(store_apply(f->desk, changes, BATCH, results, &err));
	}
	const struct directory *directory;
	struct filter filter;
	assert_true(store_directory(f->desk, &directory, &err));
	assert_true(filter_parse(f, "agulha", directory, 0, &filter, &err));
	struct queue_query query = {.order = ORDER_WAITING, .filter = &filter};
	struct queue_page page;
	assert_true(store_queue(f->desk, f, &query, &page, &err));
	assert_int_equal(page.count, 0);
	assert_int_equal(page.scanned, 5000);
	assert_true(page.has_more);
	query.after = page.next;
	query.has_after = true;
	assert_true(store_queue(f->desk, f, &query, &page, &err));
	assert_int_equal(page.count, 1);
	assert_false(page.has_more);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		with_fixture(lists_are_as_sorted_plainly),
		with_fixture(counts_are_the_lengths_of_the_lists),
		with_fixture(next_is_ones_own_then_the_most_due),
		with_fixture(paging_survives_changes),
		with_fixture(rows_come_in_the_order_asked),
		with_fixture(a_row_tells_of_cover_and_draft),
		with_fixture(what_is_put_off_for_one_is_found_at_once),
		with_fixture(a_page_stops_after_five_thousand_rows),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
