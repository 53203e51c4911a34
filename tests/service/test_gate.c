#include "service/identity.h"

#include "base/clock.h"
#include "base/mem.h"
#include "base/secret.h"
#include "conformance.h"
#include "test.h"

#include <pthread.h>
#include <string.h>
#include <unistd.h>

/* Who asks: by uid, by token; and that what ended opens nothing from then on. */

enum { STRANGER = 54321 };

static struct gate *gate;

static int setup(void **state)
{
	gate = gate_create();
	return fixture_setup(state);
}

static int teardown(void **state)
{
	gate_destroy(gate);
	return fixture_teardown(state);
}

/* --- by uid --- */

static const struct directory *directory(struct fixture *f)
{
	const struct directory *result;
	struct error err = {0};
	assert_true(store_directory(f->desk, &result, &err));
	return result;
}

static struct identity enter(struct fixture *f, unsigned uid, const char *as)
{
	struct identity identity;
	struct error err = {0};
	if (!gate_by_uid(gate, f, directory(f), uid, as, &identity, &err)) {
		fail_msg("%s", error_sentence(f, &err, NULL));
	}
	return identity;
}

static const char *refusal(struct fixture *f, unsigned uid, const char *as)
{
	struct identity identity;
	struct error err = {0};
	assert_false(gate_by_uid(gate, f, directory(f), uid, as, &identity, &err));
	return err.reason;
}

static void the_servers_own_user_may_act_as_anyone(void **state)
{
	struct fixture *f = *state;
	const unsigned own[] = {0, (unsigned)getuid()};
	for (size_t i = 0; i < ARRAY_LEN(own); i++) {
		struct identity desk = enter(f, own[i], NULL);
		assert_int_equal(desk.operator_id, 0);
		assert_int_equal(desk.role, ROLE_NONE);
		assert_true(desk.is_trusted);
		struct identity ana = enter(f, own[i], "ana");
		assert_string_equal(ana.login, "ana");
		assert_int_equal(ana.role, ROLE_OPERATOR);
		assert_string_equal(refusal(f, own[i], "zoe"), "no_operator");
	}
	fixture_do(f, "eva",
		(struct change){.kind = CHANGE_OPERATOR, .key = "ana", .enabled = FLAG_NO});
	assert_string_equal(refusal(f, own[1], "ana"), "disabled");
}

static void other_users_are_who_the_map_says(void **state)
{
	struct fixture *f = *state;
	assert_string_equal(refusal(f, STRANGER, NULL), "no_uid");
	assert_string_equal(refusal(f, STRANGER, "ana"), "no_uid");
	const struct uid_entry entries[] = {{STRANGER, "ana"}, {STRANGER + 1, "zoe"}};
	gate_set_uids(gate, (struct uid_map){entries, ARRAY_LEN(entries), false});
	struct identity ana = enter(f, STRANGER, NULL);
	assert_string_equal(ana.login, "ana");
	assert_false(ana.is_trusted);
	assert_int_equal(ana.via, VIA_SOCKET);
	enter(f, STRANGER, "ana");
	assert_string_equal(refusal(f, STRANGER, "bruno"), "not_yours");
	assert_string_equal(refusal(f, STRANGER + 1, NULL), "no_uid");
	fixture_do(f, "eva",
		(struct change){.kind = CHANGE_OPERATOR, .key = "ana", .enabled = FLAG_NO});
	assert_string_equal(refusal(f, STRANGER, NULL), "disabled");
}

/* "daemon" has uid 1 wherever this is built. */
static void a_user_may_be_the_operator_of_the_same_name(void **state)
{
	struct fixture *f = *state;
	fixture_do(f, "eva", (struct change){.kind = CHANGE_OPERATOR, .key = "daemon"});
	assert_string_equal(refusal(f, 1, NULL), "no_uid");
	gate_set_uids(gate, (struct uid_map){.by_name = true});
	assert_string_equal(enter(f, 1, NULL).login, "daemon");
	assert_string_equal(refusal(f, STRANGER, NULL), "no_uid");
}

/* --- by token --- */

static char *add(struct fixture *f, const char *login, const char *rights, int64_t *id)
{
	char *token = token_make(f);
	struct change change = {.kind = CHANGE_TOKEN_ADD,
		.name = "painel",
		.value = rights,
		.secret = token_hash(f, token)};
	if (!rights) {
		change.kind = CHANGE_SESSION;
		change.operator_id = fixture_id(f, login);
	}
	*id = fixture_do(f, rights ? login : NULL, change).revision;
	return token;
}

static bool note_use;

static struct identity show_as(struct fixture *f, const char *token, const char *as)
{
	struct identity identity;
	struct error err = {0};
	directory(f);
	if (!gate_by_token(gate, f, f->desk, token, as, &identity, &note_use, &err)) {
		fail_msg("%s", error_sentence(f, &err, NULL));
	}
	return identity;
}

static struct identity show(struct fixture *f, const char *token)
{
	return show_as(f, token, NULL);
}

static const char *token_refusal(struct fixture *f, const char *token, const char *as)
{
	struct identity identity;
	struct error err = {0};
	directory(f);
	assert_false(gate_by_token(gate, f, f->desk, token, as, &identity, &note_use, &err));
	char *sentence = error_sentence(f, &err, NULL);
	assert_true(!*token || !strstr(sentence, token));
	return err.reason;
}

static void a_session_has_all_rights_and_a_token_its_own(void **state)
{
	struct fixture *f = *state;
	int64_t session_id, token_id;
	char *session = add(f, "ana", NULL, &session_id);
	char *token = add(f, "davi", "read,metrics", &token_id);
	struct identity ana = show(f, session);
	assert_string_equal(ana.login, "ana");
	assert_int_equal(ana.via, VIA_SESSION);
	assert_int_equal(ana.token, session_id);
	assert_int_equal(ana.rights, RIGHTS_ALL);
	assert_false(ana.is_trusted);
	struct identity davi = show_as(f, token, "davi");
	assert_int_equal(davi.via, VIA_TOKEN);
	assert_int_equal(davi.token, token_id);
	assert_int_equal(davi.rights, RIGHT_READ | RIGHT_METRICS);
	assert_string_equal(token_refusal(f, token, "ana"), "not_yours");
	/* What his role has no more, his token has no more. */
	fixture_do(f, "eva",
		(struct change){.kind = CHANGE_OPERATOR, .key = "davi", .role = ROLE_OPERATOR});
	assert_int_equal(show(f, token).rights, RIGHT_READ);
}

static void what_is_no_token_opens_nothing(void **state)
{
	struct fixture *f = *state;
	static const char *const bad[] = {"", "atd_", "segredo",
		"atd_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "' OR 1=1 --"};
	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		assert_string_equal(token_refusal(f, bad[i], NULL), "signed_out");
	}
	int64_t id;
	char *token = add(f, "ana", "read", &id);
	/* The hash is not the token. */
	assert_string_equal(token_refusal(f, token_hash(f, token), NULL), "signed_out");
}

/* Each after it was used, and so is known to the gate. */
static void what_ended_opens_nothing_from_then_on(void **state)
{
	struct fixture *f = *state;
	int64_t id;
	char *token = add(f, "ana", "read", &id);
	show(f, token);
	fixture_do(f, "ana", (struct change){.kind = CHANGE_TOKEN_REVOKE, .token = id});
	assert_string_equal(token_refusal(f, token, NULL), "signed_out");
	char *session = add(f, "ana", NULL, &id), *other = add(f, "ana", "read", &id);
	show(f, session);
	struct password_change password = {.id = uuid_make(f->now), .password = "nova senha"};
	struct error err = {0};
	assert_true(store_password_set(fixture_as(f, "ana"), &password, &err));
	assert_string_equal(token_refusal(f, session, NULL), "signed_out");
	session = add(f, "ana", NULL, &id);
	show(f, session);
	show(f, other);
	fixture_do(f, "eva",
		(struct change){.kind = CHANGE_OPERATOR, .key = "ana", .enabled = FLAG_NO});
	assert_string_equal(token_refusal(f, session, NULL), "signed_out");
	assert_string_equal(token_refusal(f, other, NULL), "disabled");
}

static void a_session_ends_by_rest_and_age(void **state)
{
	struct fixture *f = *state;
	int64_t id;
	fixture_do(f, "eva",
		(struct change){.kind = CHANGE_SETTING, .key = "session_idle", .value = "2h"});
	fixture_do(f, "eva",
		(struct change){.kind = CHANGE_SETTING, .key = "session_age", .value = "9h"});
	char *session = add(f, "ana", NULL, &id);
	for (int i = 0; i < 4; i++) {
		f->now += 2 * MS_HOUR - 1;
		show(f, session);
	}
	f->now += MS_HOUR; /* nearly nine by now, and a little */
	f->now += 5;
	assert_string_equal(token_refusal(f, session, NULL), "signed_out");
	session = add(f, "ana", NULL, &id);
	show(f, session);
	f->now += 2 * MS_HOUR;
	/* Asking in vain is no use that would keep it alive. */
	assert_string_equal(token_refusal(f, session, NULL), "signed_out");
	assert_string_equal(token_refusal(f, session, NULL), "signed_out");
}

/* A write once in a while, and the gate of the next server knows it from the desk. */
static void use_is_noted_now_and_then(void **state)
{
	struct fixture *f = *state;
	int64_t id;
	struct error err = {0};
	char *session = add(f, "ana", NULL, &id);
	show(f, session);
	assert_false(note_use);
	f->now += USE_NOTED_MS - 1;
	show(f, session);
	assert_false(note_use);
	f->now++;
	show(f, session);
	assert_true(note_use);
	show(f, session);
	assert_false(note_use);
	assert_true(store_token_used(f->desk, id, f->now, &err));
	gate_destroy(gate);
	gate = gate_create();
	f->now += 12 * (int64_t)MS_HOUR - 1;
	show(f, session);
	assert_true(note_use);
}

static void what_goes_on_for_long_is_checked_again(void **state)
{
	struct fixture *f = *state;
	int64_t id;
	struct error err = {0};
	char *token = add(f, "ana", "read", &id);
	struct identity by_token = show(f, token);
	struct identity by_uid = enter(f, (unsigned)getuid(), "ana");
	struct identity desk = enter(f, (unsigned)getuid(), NULL);
	assert_true(gate_check(gate, f->desk, &by_token, &err));
	assert_true(gate_check(gate, f->desk, &by_uid, &err));
	fixture_do(f, "ana", (struct change){.kind = CHANGE_TOKEN_REVOKE, .token = id});
	assert_false(gate_check(gate, f->desk, &by_token, &err));
	assert_string_equal(err.reason, "signed_out");
	assert_true(gate_check(gate, f->desk, &by_uid, &err));
	fixture_do(f, "eva",
		(struct change){.kind = CHANGE_OPERATOR, .key = "ana", .role = ROLE_SUPERVISOR});
	assert_false(gate_check(gate, f->desk, &by_uid, &err));
	assert_string_equal(err.reason, "signed_out");
	by_uid = enter(f, (unsigned)getuid(), "ana");
	fixture_do(f, "eva",
		(struct change){.kind = CHANGE_OPERATOR, .key = "ana", .enabled = FLAG_NO});
	assert_false(gate_check(gate, f->desk, &by_uid, &err));
	assert_string_equal(err.reason, "disabled");
	assert_true(gate_check(gate, f->desk, &desk, &err));
}

/* --- what --- */

static bool may(struct identity identity, enum change_kind kind)
{
	struct error err = {0};
	struct change change = {.kind = kind};
	bool ok = identity_may_change(&identity, &change, &err);
	assert_true(ok || err.code == ERROR_DENIED);
	return ok;
}

static void a_token_changes_what_it_has_the_right_to(void **state)
{
	(void)state;
	const struct identity desk = {.is_trusted = true, .rights = RIGHTS_ALL};
	const struct identity session = {
		.operator_id = 1, .via = VIA_SESSION, .rights = RIGHTS_ALL};
	const struct identity reads = {.operator_id = 1, .via = VIA_TOKEN, .rights = RIGHT_READ};
	const struct identity writes = {.operator_id = 1, .via = VIA_TOKEN, .rights = RIGHT_WRITE};
	const struct identity manages = {
		.operator_id = 1, .via = VIA_TOKEN, .rights = RIGHT_MANAGE};
	const struct identity admins = {.operator_id = 1, .via = VIA_TOKEN, .rights = RIGHT_ADMIN};
	for (int i = 1; i < CHANGE_KINDS; i++) {
		enum change_kind kind = (enum change_kind)i;
		bool is_password = kind == CHANGE_PASSWORD;
		bool is_secret = is_password || kind == CHANGE_TOKEN_ADD ||
				 kind == CHANGE_TOKEN_REVOKE || kind == CHANGE_SESSION;
		bool is_desk = change_kinds[i].subject == ON_DESK;
		assert_true(may(desk, kind));
		assert_int_equal(may(session, kind), !is_password);
		assert_false(may(reads, kind));
		assert_int_equal(may(writes, kind), !is_secret && !is_desk);
		assert_int_equal(may(manages, kind), is_desk);
		assert_int_equal(may(admins, kind), is_secret && !is_password);
	}
}

/* --- many threads --- */

struct runner {
	struct fixture *f;
	struct store *store;
	const char *token;
	pthread_t thread;
	int entered;
};

static void *run(void *data)
{
	struct runner *runner = data;
	for (int i = 0; i < 2000; i++) {
		void *mem = mem_context(NULL);
		struct identity identity;
		struct error err = {0};
		bool note;
		const struct directory *directory;
		store_directory(runner->store, &directory, &err);
		runner->entered += gate_by_token(
			gate, mem, runner->store, runner->token, NULL, &identity, &note, &err);
		talloc_free(mem);
	}
	return NULL;
}

static void threads_share_a_gate(void **state)
{
	struct fixture *f = *state;
	enum { THREADS = 3 };
	struct runner runners[THREADS];
	int64_t id;
	char *kept = add(f, "ana", "read", &id), *revoked = add(f, "bruno", "read", &id);
	for (int i = 0; i < THREADS; i++) {
		runners[i] = (struct runner){
			.f = f, .store = fixture_open(f, NULL), .token = i ? kept : revoked};
		assert_int_equal(pthread_create(&runners[i].thread, NULL, run, &runners[i]), 0);
	}
	fixture_do(f, "bruno", (struct change){.kind = CHANGE_TOKEN_REVOKE, .token = id});
	assert_string_equal(token_refusal(f, revoked, NULL), "signed_out");
	for (int i = 0; i < THREADS; i++) {
		pthread_join(runners[i].thread, NULL);
		assert_true(i == 0 || runners[i].entered == 2000);
		store_close(runners[i].store);
	}
	assert_string_equal(token_refusal(f, revoked, NULL), "signed_out");
}

#define with_gate(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		with_gate(the_servers_own_user_may_act_as_anyone),
		with_gate(other_users_are_who_the_map_says),
		with_gate(a_user_may_be_the_operator_of_the_same_name),
		with_gate(a_session_has_all_rights_and_a_token_its_own),
		with_gate(what_is_no_token_opens_nothing),
		with_gate(what_ended_opens_nothing_from_then_on),
		with_gate(a_session_ends_by_rest_and_age),
		with_gate(use_is_noted_now_and_then),
		with_gate(what_goes_on_for_long_is_checked_again),
		cmocka_unit_test(a_token_changes_what_it_has_the_right_to),
		with_gate(threads_share_a_gate),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
