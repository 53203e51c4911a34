#include "conformance.h"

#include "base/mem.h"
#include "test.h"

#include <string.h>

/* What a copy of the desk is made of: all that an operator may see of a ticket, and nothing that he
 * may not. */

struct told {
	struct fixture *f;
	const char *login;
	size_t heads, stubs, tickets, texts, drafts, claims;
	bool has_secret;
};

static int64_t number_of(const struct record *record, const char *name)
{
	for (size_t i = 0; i < record->count; i++) {
		if (strcmp(record->values[i].name, name) == 0) {
			return record->values[i].number;
		}
	}
	return 0;
}

static bool is_type(const struct record *record, const char *type)
{
	return strcmp(record->type, type) == 0;
}

static bool can_see(struct told *told, int64_t number)
{
	struct ticket_view view;
	struct error err = {0};
	void *mem = mem_context(NULL);
	bool ok = store_ticket(fixture_as(told->f, told->login), mem, number, &view, &err);
	talloc_free(mem);
	return ok;
}

static void look_for_secret(struct told *told, const struct record *record)
{
	for (size_t i = 0; i < record->count; i++) {
		const char *text = record->values[i].text;
		told->has_secret = told->has_secret || (text && strstr(text, "SEGREDO"));
	}
}

static bool note_record(void *data, const struct record *record, struct error *err)
{
	struct told *told = data;
	(void)err;
	look_for_secret(told, record);
	if (is_type(record, "mirror_ticket")) {
		told->heads++;
	} else if (is_type(record, "ticket")) {
		bool is_stub = number_of(record, "team") == -1;
		told->tickets += !is_stub;
		told->stubs += is_stub;
	} else if (is_type(record, "message") || is_type(record, "note") ||
		   is_type(record, "question")) {
		told->texts++;
	} else if (is_type(record, "draft")) {
		told->drafts++;
	} else if (is_type(record, "claim")) {
		told->claims++;
	}
	return true;
}

static struct mirror tell(struct told *told, struct mirror_query query)
{
	struct mirror mirror;
	struct error err = {0};
	struct store *store = told->login ? fixture_as(told->f, told->login) : told->f->desk;
	assert_true(store_mirror(store, &query, note_record, told, &mirror, &err));
	return mirror;
}

static struct told tell_ticket(struct fixture *f, const char *login, int64_t number)
{
	struct told told = {.f = f, .login = login};
	tell(&told, (struct mirror_query){.part = MIRROR_TICKETS, .numbers = &number, .count = 1});
	return told;
}

static void the_state_tells_desks_apart(void **state)
{
	struct fixture *f = *state;
	struct told told = {.f = f, .login = "ana"};
	struct mirror before = tell(&told, (struct mirror_query){.part = MIRROR_STATE});
	assert_int_equal(before.revision, fixture_feed(f, NULL, 0).revision);
	assert_false(uuid_is_zero(&before.id));
	assert_true(uuid_is_zero(&before.known_id));
	fixture_ticket(f, "maria@example.com", "entrega");
	struct mirror after =
		tell(&told, (struct mirror_query){.part = MIRROR_STATE, .known = before.revision});
	assert_true(after.revision > before.revision);
	assert_true(uuid_equal(&after.known_id, &before.id));
	assert_int_equal(told.heads, 0);
}

static void the_open_set_comes_page_by_page(void **state)
{
	struct fixture *f = *state;
	for (int i = 0; i < 5; i++) {
		fixture_ticket(f, "maria@example.com", i % 2 ? "cobranca" : "entrega");
	}
	struct told told = {.f = f, .login = "davi"};
	struct mirror_query query = {.part = MIRROR_OPEN, .limit = 2};
	struct mirror mirror;
	int pages = 0;
	do {
		mirror = tell(&told, query);
		query.after = mirror.next;
		query.has_after = true;
		pages++;
	} while (mirror.has_more);
	assert_int_equal(pages, 3);
	assert_int_equal(told.heads, 5);
	struct told hers = {.f = f, .login = "carla"};
	tell(&hers, (struct mirror_query){.part = MIRROR_OPEN});
	assert_int_equal(hers.heads, 2);
}

static void a_ticket_is_told_with_all_that_is_shown(void **state)
{
	struct fixture *f = *state;
	int64_t number = fixture_ticket(f, "maria@example.com", "entrega");
	fixture_claim(f, "ana", number);
	fixture_do(f, "ana", (struct change){.kind = CHANGE_NOTE, .ticket = number, .text = "x"});
	struct draft draft = {.ticket = number, .kind = DRAFT_REPLY, .text = (char *)"Olá"};
	struct error err = {0};
	assert_true(store_draft_save(fixture_as(f, "ana"), &draft, &err));
	struct told told = tell_ticket(f, "ana", number);
	assert_int_equal(told.heads, 1);
	assert_int_equal(told.tickets, 2); /* itself, and among those of its customer */
	assert_int_equal(told.texts, 2);
	assert_int_equal(told.drafts, 1);
	assert_true(told.claims > 0);
	told = tell_ticket(f, "bruno", number);
	assert_int_equal(told.drafts, 0);
}

static void nothing_unseen_is_in_any_record(void **state)
{
	struct fixture *f = *state;
	int64_t hers = fixture_ticket(f, "maria@example.com", "entrega");
	int64_t other = fixture_ticket(f, "maria@example.com", "cobranca");
	struct change changes[] = {
		{.kind = CHANGE_SUBJECT, .ticket = other, .subject = "SEGREDO no assunto"},
		{.kind = CHANGE_TAG, .ticket = other, .key = "segredo"},
		{.kind = CHANGE_CLAIM, .ticket = other},
		{.kind = CHANGE_NOTE, .ticket = other, .text = "SEGREDO na nota"},
	};
	for (size_t i = 0; i < ARRAY_LEN(changes); i++) {
		fixture_do(f, "carla", changes[i]);
	}
	struct draft draft = {.ticket = other, .kind = DRAFT_NOTE, .text = (char *)"SEGREDO"};
	struct error err = {0};
	assert_true(store_draft_save(fixture_as(f, "carla"), &draft, &err));
	for (int part = 0; part < MIRROR_PARTS; part++) {
		struct told told = {.f = f, .login = "ana"};
		int64_t numbers[] = {hers, other};
		tell(&told, (struct mirror_query){.part = (enum mirror_part)part,
				    .numbers = numbers,
				    .count = ARRAY_LEN(numbers)});
		assert_false(told.has_secret);
		assert_int_equal(told.drafts, 0);
	}
	struct told told = tell_ticket(f, "ana", other);
	assert_int_equal(told.heads, 1);
	assert_int_equal(told.tickets + told.texts + told.claims + told.stubs, 0);
	told = tell_ticket(f, "ana", hers);
	assert_int_equal(told.stubs, 1);
	assert_int_equal(told.claims, 1); /* it covers hers: she is told who holds it */
	told = tell_ticket(f, "carla", other);
	assert_true(told.has_secret);
	assert_false(can_see(&(struct told){.f = f, .login = "ana"}, other));
}

static void what_is_under_way_is_mine(void **state)
{
	struct fixture *f = *state;
	int64_t held = fixture_ticket(f, "maria@example.com", "entrega");
	int64_t begun = fixture_ticket(f, "joao@example.com", "entrega");
	fixture_ticket(f, "rita@example.com", "entrega");
	fixture_claim(f, "ana", held);
	struct draft draft = {.ticket = begun, .kind = DRAFT_NOTE, .text = (char *)"x"};
	struct error err = {0};
	assert_true(store_draft_save(fixture_as(f, "ana"), &draft, &err));
	struct told told = {.f = f, .login = "ana"};
	tell(&told, (struct mirror_query){.part = MIRROR_MINE});
	assert_int_equal(told.heads, 2);
	struct told claims = {.f = f, .login = "bruno"};
	tell(&claims, (struct mirror_query){.part = MIRROR_CLAIMS});
	assert_int_equal(claims.claims, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		with_fixture(the_state_tells_desks_apart),
		with_fixture(the_open_set_comes_page_by_page),
		with_fixture(a_ticket_is_told_with_all_that_is_shown),
		with_fixture(nothing_unseen_is_in_any_record),
		with_fixture(what_is_under_way_is_mine),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
