#include "conformance.h"

#include "base/mem.h"
#include "test.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const logins[FIXTURE_OPERATORS] = {"ana", "bruno", "carla", "davi", "eva"};

static int64_t fixture_now(void *data)
{
	return *(const _Atomic int64_t *)data;
}

struct clock fixture_clock(struct fixture *f)
{
	return (struct clock){fixture_now, &f->now};
}

static void must(bool ok, const struct error *err)
{
	if (!ok) {
		char *text = error_sentence(NULL, err, NULL);
		print_error("%s\n", text);
		talloc_free(text);
	}
	assert_true(ok);
}

bool place_open(const void *mem, const char *dir, const struct store_options *options,
	struct store **store, struct error *err)
{
	const struct store_driver *drivers[] = {place.driver};
	struct store_options how = *options;
	if (place.serve) {
		if (!place.serve(mem, dir, options, err)) {
			return false;
		}
		how.create = false;
	}
	return store_open(mem, place.location(mem, dir), drivers, 1, &how, store, err);
}

static struct store *open_store(struct fixture *f, bool create)
{
	struct store_options options = {
		.clock = fixture_clock(f), .create = create, .creator = "eva"};
	struct store *store;
	struct error err = {0};
	must(place_open(f, f->dir, &options, &store, &err), &err);
	return store;
}

struct store *fixture_open(struct fixture *f, const char *login)
{
	struct error err = {0};
	struct store *store = open_store(f, false);
	if (login) {
		must(store_act_as(store, login, &err), &err);
	}
	return store;
}

struct store *fixture_as(struct fixture *f, const char *login)
{
	if (!login) {
		return f->desk;
	}
	for (size_t i = 0; i < FIXTURE_OPERATORS && logins[i]; i++) {
		if (strcmp(logins[i], login) == 0) {
			if (!f->handles[i]) {
				f->handles[i] = fixture_open(f, login);
			}
			return f->handles[i];
		}
	}
	fail_msg("no operator %s", login);
	return NULL;
}

int64_t fixture_id(struct fixture *f, const char *login)
{
	return store_actor(fixture_as(f, login));
}

void fixture_rest(struct fixture *f)
{
	for (size_t i = 0; i < FIXTURE_OPERATORS; i++) {
		store_close(f->handles[i]);
		f->handles[i] = NULL;
	}
	store_close(f->desk);
	f->desk = NULL;
}

void fixture_wake(struct fixture *f)
{
	f->desk = open_store(f, false);
}

struct result fixture_try(struct fixture *f, const char *login, struct change change)
{
	struct store *store = fixture_as(f, login);
	struct result result;
	struct error err = {0};
	if (uuid_is_zero(&change.id)) {
		change.id = uuid_make(f->now);
	}
	change.actor = change.actor ? change.actor : store_actor(store);
	must(store_apply(store, &change, 1, &result, &err), &err);
	return result;
}

struct result fixture_do(struct fixture *f, const char *login, struct change change)
{
	struct result result = fixture_try(f, login, change);
	must(result.ok, &result.err);
	return result;
}

struct result fixture_refuse(
	struct fixture *f, const char *login, struct change change, const char *reason)
{
	struct result result = fixture_try(f, login, change);
	assert_false(result.ok);
	assert_non_null(result.err.reason);
	assert_string_equal(result.err.reason, reason);
	assert_int_equal(result.revision, 0);
	return result;
}

static int64_t team_id(struct fixture *f, const char *key)
{
	const struct directory *directory;
	struct error err = {0};
	must(store_directory(f->desk, &directory, &err), &err);
	const struct team *team = directory_team_key(directory, key);
	return team ? team->id : 0;
}

static void fill_desk(struct fixture *f)
{
	static const struct {
		const char *login, *teams;
		enum role role;
	} staff[] = {
		{"ana", "entrega", ROLE_OPERATOR},
		{"bruno", "entrega", ROLE_OPERATOR},
		{"carla", "cobranca", ROLE_OPERATOR},
		{"davi", "entrega, cobranca", ROLE_SUPERVISOR},
	};
	fixture_do(f, NULL, (struct change){.kind = CHANGE_TEAM, .key = "entrega"});
	fixture_do(f, NULL, (struct change){.kind = CHANGE_TEAM, .key = "cobranca"});
	for (size_t i = 0; i < ARRAY_LEN(staff); i++) {
		fixture_do(f, NULL,
			(struct change){.kind = CHANGE_OPERATOR,
				.key = staff[i].login,
				.value = staff[i].teams,
				.role = staff[i].role});
	}
	f->entrega = team_id(f, "entrega");
	f->cobranca = team_id(f, "cobranca");
}

int fixture_setup(void **state)
{
	struct fixture *f = mem_new(NULL, struct fixture);
	f->dir = mem_printf(
		f, "%s/atende-store-XXXXXX", getenv("TMPDIR") ? getenv("TMPDIR") : "/tmp");
	if (!mkdtemp(f->dir)) {
		return -1;
	}
	f->now = INT64_C(1767225600000); /* 2026-01-01 */
	f->location = place.location(f, f->dir);
	f->desk = open_store(f, true);
	fill_desk(f);
	*state = f;
	return 0;
}

static int remove_one(const char *path, const struct stat *info, int flag, struct FTW *ftw)
{
	(void)info;
	(void)flag;
	(void)ftw;
	return remove(path);
}

static void check_desk(struct fixture *f)
{
	struct findings findings;
	struct error err = {0};
	must(store_check(f->desk, f, NULL, NULL, &findings, &err), &err);
	for (size_t i = 0; i < findings.count; i++) {
		if (findings.items[i].is_error) {
			fail_msg("%s", findings.items[i].text);
		}
	}
}

int fixture_teardown(void **state)
{
	struct fixture *f = *state;
	check_desk(f);
	fixture_rest(f);
	nftw(f->dir, remove_one, 8, FTW_DEPTH | FTW_PHYS);
	talloc_free(f);
	return 0;
}

int64_t fixture_ticket(struct fixture *f, const char *address, const char *team)
{
	struct change change = {.kind = CHANGE_NEW,
		.channel = CHANNEL_EMAIL,
		.address = address,
		.subject = "Onde está o meu pedido?",
		.text = "Bom dia, o pedido não chegou.",
		.team = *team ? team_id(f, team) : 0};
	return fixture_do(f, NULL, change).ticket;
}

int64_t fixture_claim(struct fixture *f, const char *login, int64_t number)
{
	return fixture_do(f, login, (struct change){.kind = CHANGE_CLAIM, .ticket = number})
		.generation;
}

struct change fixture_reply(int64_t number, const char *text, enum outcome outcome)
{
	return (struct change){
		.kind = CHANGE_REPLY, .ticket = number, .text = text, .outcome = (int)outcome};
}

const struct ticket_view *fixture_view(struct fixture *f, const char *login, int64_t number)
{
	struct ticket_view *view = mem_new(f, struct ticket_view);
	struct error err = {0};
	must(store_ticket(fixture_as(f, login), view, number, view, &err), &err);
	return view;
}

const struct ticket *fixture_see(struct fixture *f, int64_t number)
{
	return &fixture_view(f, NULL, number)->row.ticket;
}

struct counts fixture_counts(struct fixture *f, const char *login)
{
	struct counts counts;
	struct error err = {0};
	must(store_counts(fixture_as(f, login), &counts, &err), &err);
	return counts;
}

struct feed fixture_feed(struct fixture *f, const char *login, int64_t since)
{
	struct feed feed;
	struct error err = {0};
	must(store_feed(fixture_as(f, login), f, since, 0, &feed, &err), &err);
	return feed;
}

const struct draft *fixture_draft(struct fixture *f, const char *login, int64_t number)
{
	struct draft_list list;
	struct error err = {0};
	must(store_drafts(fixture_as(f, login), f, false, &list, &err), &err);
	for (size_t i = 0; i < list.count; i++) {
		if (list.drafts[i].ticket == number &&
			list.drafts[i].operator_id == fixture_id(f, login)) {
			return &list.drafts[i];
		}
	}
	return NULL;
}
