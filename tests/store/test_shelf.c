#include "conformance.h"

#include "base/mem.h"
#include "codec/ticket_json.h"
#include "core/query.h"
#include "test.h"

#include <string.h>

/* A handle that only reads gives one operator what it has read for another: the same as one that
 * was opened for him alone would give, whatever happens on the desk. */

static const char *const logins[] = {"ana", "bruno", "carla", "davi", "eva", NULL};

static int64_t now_of(void *data)
{
	return ((const struct fixture *)data)->now;
}

static struct store *open_reader(struct fixture *f)
{
	static const struct store_driver *drivers[1];
	struct store_options options = {.clock = {.now = now_of, .data = f}, .read_only = true};
	struct error err = {0};
	struct store *store;
	drivers[0] = place.driver;
	if (!store_open(f, f->location, drivers, 1, &options, &store, &err)) {
		fail_msg("%s", error_sentence(f, &err, NULL));
	}
	return store;
}

static char *page_of(struct fixture *f, struct store *store, const char *login, int list)
{
	struct queue_query query = {.list = (enum queue_list)list};
	struct queue_page page;
	const struct directory *directory;
	void *mem = mem_context(f);
	store_set_actor(store, login ? fixture_id(f, login) : 0);
	assert_true(store_directory(store, &directory, NULL));
	assert_true(store_queue(store, mem, &query, &page, NULL));
	char *text = json_print(f, queue_page_json(mem, &page, directory, f->now));
	talloc_free(mem);
	return text;
}

static void everybody_sees_his_own(struct fixture *f, struct store *reader, const char *what)
{
	for (int list = 0; list < QUEUE_LISTS; list++) {
		for (size_t i = 0; i < ARRAY_LEN(logins); i++) {
			struct store *fresh = open_reader(f);
			char *own = page_of(f, fresh, logins[i], list);
			char *shared = page_of(f, reader, logins[i], list);
			if (strcmp(own, shared) != 0) {
				fail_msg("%s, list %d, %s:\n%s\n%s", what, list,
					logins[i] ? logins[i] : "nobody", own, shared);
			}
			store_close(fresh);
		}
	}
}

/* --- what happens --- */

static void nothing(struct fixture *f)
{
	(void)f;
}

static void one_holds(struct fixture *f)
{
	fixture_claim(f, "ana", 1001);
}

/* 1002 is of the same customer: covered for all but the holder. */
static void another_holds_separately(struct fixture *f)
{
	fixture_do(f, "davi",
		(struct change){.kind = CHANGE_CLAIM, .ticket = 1002, .separate = FLAG_YES});
}

static void save_draft(struct fixture *f, const char *login)
{
	struct draft draft = {.ticket = 1002, .kind = DRAFT_NOTE, .text = (char *)(uintptr_t) "x"};
	assert_true(store_draft_save(fixture_as(f, login), &draft, NULL));
}

static void one_writes(struct fixture *f)
{
	save_draft(f, "bruno");
}

static void another_writes(struct fixture *f)
{
	save_draft(f, "eva");
}

static void one_throws_away(struct fixture *f)
{
	assert_true(store_draft_discard(fixture_as(f, "bruno"), 1002, DRAFT_NOTE, NULL));
}

static void one_is_mentioned(struct fixture *f)
{
	fixture_do(
		f, "ana", (struct change){.kind = CHANGE_NOTE, .ticket = 1001, .text = "@carla"});
}

static void one_is_given_another_team(struct fixture *f)
{
	fixture_do(f, "eva",
		(struct change){.kind = CHANGE_OPERATOR, .key = "carla", .value = "entrega"});
}

static void customer_has_another_name(struct fixture *f)
{
	int64_t customer = fixture_see(f, 1001)->customer;
	fixture_do(f, "ana",
		(struct change){
			.kind = CHANGE_CUSTOMER, .customer = customer, .name = "Joana D'Arc"});
}

/* Without anybody writing anything. */
static void leases_end(struct fixture *f)
{
	f->now += MS_DAY;
}

static void what_was_read_for_another_is_nobodys(void **state)
{
	static const struct {
		const char *what;
		void (*happens)(struct fixture *f);
	} steps[] = {
		{"nothing", nothing},
		{"one holds", one_holds},
		{"another holds separately", another_holds_separately},
		{"one writes", one_writes},
		{"another writes", another_writes},
		{"one throws away", one_throws_away},
		{"one is mentioned", one_is_mentioned},
		{"one is given another team", one_is_given_another_team},
		{"the customer has another name", customer_has_another_name},
		{"leases end", leases_end},
	};
	struct fixture *f = *state;
	fixture_ticket(f, "joana@example.com", "entrega");
	fixture_ticket(f, "joana@example.com", "entrega");
	fixture_ticket(f, "rui@example.com", "cobranca");
	fixture_ticket(f, "eva@example.com", "");
	struct store *reader = open_reader(f);
	for (size_t i = 0; i < ARRAY_LEN(steps); i++) {
		steps[i].happens(f);
		everybody_sees_his_own(f, reader, steps[i].what);
	}
	store_close(reader);
}

/* Tickets that fall together on the shelf. */
static void many_tickets_take_turns(void **state)
{
	enum { FAR = 1024, OTHERS = 3 };
	struct fixture *f = *state;
	struct change *changes = mem_array(f, struct change, FAR + OTHERS);
	struct result *results = mem_array(f, struct result, FAR + OTHERS);
	for (int i = 0; i < FAR + OTHERS; i++) {
		changes[i] = (struct change){.id = uuid_make(f->now),
			.kind = CHANGE_NEW,
			.channel = CHANNEL_EMAIL,
			.address = "joana@example.com",
			.subject = "x",
			.text = "x",
			.at = f->now};
	}
	assert_true(store_apply(f->desk, changes, FAR + OTHERS, results, NULL));
	assert_true(results[FAR].ok);
	struct store *reader = open_reader(f);
	int64_t numbers[] = {1001, 1001 + FAR, 1002, 1001};
	struct queue_page page;
	for (int i = 0; i < 2; i++) {
		assert_true(store_rows(reader, f, numbers, ARRAY_LEN(numbers), &page, NULL));
		assert_int_equal(page.count, ARRAY_LEN(numbers));
		for (size_t n = 0; n < page.count; n++) {
			assert_int_equal(page.rows[n].ticket.number, numbers[n]);
			assert_string_equal(page.rows[n].customer_address, "joana@example.com");
		}
	}
	store_close(reader);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		with_fixture(what_was_read_for_another_is_nobodys),
		with_fixture(many_tickets_take_turns),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
