#include "conformance.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/secret.h"
#include "test.h"

#include <string.h>

/* Passwords, sessions and tokens of a desk in a file: what the desk itself is told of them, and
 * that no secret goes where it does not belong. */

#define PASSWORD "correto cavalo bateria"

static void set_password(struct fixture *f, const char *as, const char *login)
{
	struct password_change change = {
		.id = uuid_make(f->now), .login = login, .password = PASSWORD};
	struct error err = {0};
	assert_true(store_password_set(fixture_as(f, as), &change, &err));
}

static char *credential(struct fixture *f, const char *login)
{
	char *hash;
	struct error err = {0};
	assert_true(store_credential(f->desk, f, fixture_id(f, login), &hash, &err));
	return hash;
}

/* Gives the hash of its secret. */
static char *add_session(struct fixture *f, const char *login, int64_t *id)
{
	char *hash = token_hash(f, token_make(f));
	struct result result = fixture_do(f, NULL,
		(struct change){.kind = CHANGE_SESSION,
			.operator_id = fixture_id(f, login),
			.name = "balcao",
			.secret = hash});
	*id = result.revision;
	return hash;
}

static char *add_token(struct fixture *f, const char *login, const char *rights, int64_t *id)
{
	char *hash = token_hash(f, token_make(f));
	struct result result = fixture_do(f, login,
		(struct change){.kind = CHANGE_TOKEN_ADD,
			.name = "painel",
			.value = rights,
			.secret = hash});
	*id = result.revision;
	return hash;
}

static struct token find(struct fixture *f, const char *hash)
{
	struct token token;
	struct error err = {0};
	assert_true(store_token_find(f->desk, f, hash, &token, &err));
	return token;
}

static bool is_over(struct fixture *f, const char *hash)
{
	return find(f, hash).revoked_at == f->now;
}

static struct token_list tokens(struct fixture *f, const char *login)
{
	struct token_list list;
	struct error err = {0};
	assert_true(store_tokens(fixture_as(f, login), f, &list, &err));
	for (size_t i = 0; i < list.count; i++) {
		assert_null(list.tokens[i].hash);
	}
	return list;
}

static int64_t directory_revision(struct fixture *f)
{
	const struct directory *directory;
	struct error err = {0};
	assert_true(store_directory(f->desk, &directory, &err));
	return directory->revision;
}

static void a_password_is_kept_as_a_hash(void **state)
{
	struct fixture *f = *state;
	assert_null(credential(f, "ana"));
	set_password(f, "ana", NULL);
	char *hash = credential(f, "ana");
	assert_true(password_verify(hash, PASSWORD));
	assert_null(credential(f, "bruno"));
	set_password(f, "eva", "bruno");
	assert_true(password_verify(credential(f, "bruno"), PASSWORD));
	struct password_change change = {
		.id = uuid_make(f->now), .login = "ana", .password = PASSWORD};
	struct error err = {0};
	assert_false(store_password_set(fixture_as(f, "bruno"), &change, &err));
	assert_string_equal(err.reason, "not_yours");
	change.password = "curta";
	assert_false(store_password_set(fixture_as(f, "ana"), &change, &err));
	assert_string_equal(err.reason, "password");
	assert_string_equal(credential(f, "ana"), hash);
}

static void a_token_is_found_by_its_hash(void **state)
{
	struct fixture *f = *state;
	int64_t before = directory_revision(f), id;
	char *hash = add_token(f, "ana", "read,write", &id);
	struct token token = find(f, hash);
	assert_int_equal(token.id, id);
	assert_int_equal(token.operator_id, fixture_id(f, "ana"));
	assert_int_equal(token.kind, TOKEN_SCRIPT);
	assert_int_equal(token.rights, RIGHT_READ | RIGHT_WRITE);
	assert_string_equal(token.name, "painel");
	/* Whoever kept what he knew of tokens sees that it is old. */
	assert_true(directory_revision(f) > before);
	struct error err = {0};
	assert_false(store_token_find(f->desk, f, "nada", &token, &err));
	assert_int_equal(err.code, ERROR_NOT_FOUND);
	f->now += MS_HOUR;
	assert_true(store_token_used(f->desk, id, f->now, &err));
	assert_true(store_token_used(f->desk, id, f->now - 1, &err));
	assert_int_equal(find(f, hash).used_at, f->now);
	fixture_do(f, "ana", (struct change){.kind = CHANGE_TOKEN_REVOKE, .token = id});
	assert_true(is_over(f, hash));
	assert_int_equal(directory_revision(f), fixture_feed(f, NULL, 0).revision);
}

static void the_same_change_makes_one_token(void **state)
{
	struct fixture *f = *state;
	struct change change = {.id = uuid_make(f->now),
		.kind = CHANGE_TOKEN_ADD,
		.name = "painel",
		.secret = token_hash(f, token_make(f))};
	struct result first = fixture_do(f, "ana", change);
	struct result again = fixture_do(f, "ana", change);
	assert_true(again.is_repeat);
	assert_int_equal(again.revision, first.revision);
	assert_int_equal(tokens(f, "ana").count, 1);
	/* The same secret under another id would be two owners of one key. */
	change.id = (struct uuid){{0}};
	fixture_refuse(f, "bruno", change, "value");
}

static void only_the_desk_itself_looks_up_secrets(void **state)
{
	struct fixture *f = *state;
	struct token token;
	struct error err = {0};
	char *hash;
	struct store *eva = fixture_as(f, "eva");
	assert_false(store_token_find(eva, f, "x", &token, &err));
	assert_int_equal(err.code, ERROR_DENIED);
	assert_false(store_credential(eva, f, fixture_id(f, "ana"), &hash, &err));
	assert_int_equal(err.code, ERROR_DENIED);
	assert_false(store_token_used(eva, 1, f->now, &err));
	assert_int_equal(err.code, ERROR_DENIED);
}

static void everybody_lists_his_own_and_an_admin_all(void **state)
{
	struct fixture *f = *state;
	int64_t ana, bruno, session;
	add_token(f, "ana", "read", &ana);
	add_token(f, "bruno", "read", &bruno);
	add_session(f, "ana", &session);
	struct token_list list = tokens(f, "ana");
	assert_int_equal(list.count, 2);
	assert_int_equal(list.tokens[0].id, session);
	assert_int_equal(list.tokens[1].id, ana);
	assert_int_equal(tokens(f, "davi").count, 0);
	assert_int_equal(tokens(f, "eva").count, 3);
	assert_int_equal(tokens(f, NULL).count, 3);
	fixture_do(f, "eva", (struct change){.kind = CHANGE_TOKEN_REVOKE, .token = ana});
	assert_int_equal(tokens(f, "ana").count, 1);
	f->now += 13 * MS_HOUR; /* the session rested for too long */
	assert_int_equal(tokens(f, "ana").count, 0);
	assert_int_equal(tokens(f, "eva").count, 1);
}

/* What a script has goes on: it is revoked by name. */
static void sessions_end_with_what_they_rest_on(void **state)
{
	struct fixture *f = *state;
	int64_t id;
	const struct change ends[] = {
		{.kind = CHANGE_OPERATOR, .key = "ana", .role = ROLE_SUPERVISOR},
		{.kind = CHANGE_OPERATOR, .key = "ana", .role = ROLE_OPERATOR},
		{.kind = CHANGE_OPERATOR, .key = "ana", .enabled = FLAG_NO},
	};
	char *script = add_token(f, "ana", "read", &id);
	char *other = add_session(f, "bruno", &id);
	for (size_t i = 0; i < ARRAY_LEN(ends); i++) {
		char *session = add_session(f, "ana", &id);
		fixture_do(f, "eva",
			(struct change){.kind = CHANGE_OPERATOR, .key = "ana", .name = "Ana"});
		assert_false(is_over(f, session));
		fixture_do(f, "eva", ends[i]);
		assert_true(is_over(f, session));
	}
	fixture_do(f, "eva",
		(struct change){.kind = CHANGE_OPERATOR, .key = "ana", .enabled = FLAG_YES});
	char *session = add_session(f, "ana", &id);
	set_password(f, "ana", NULL);
	assert_true(is_over(f, session));
	assert_int_equal(find(f, script).revoked_at, 0);
	assert_int_equal(find(f, other).revoked_at, 0);
}

static void old_sessions_are_forgotten(void **state)
{
	struct fixture *f = *state;
	int64_t id;
	struct token token;
	struct error err = {0};
	char *session = add_session(f, "ana", &id), *script = add_token(f, "ana", "read", &id);
	f->now += 61 * (int64_t)MS_DAY;
	add_session(f, "bruno", &id);
	assert_true(store_token_find(f->desk, f, session, &token, &err));
	add_session(f, "ana", &id);
	assert_false(store_token_find(f->desk, f, session, &token, &err));
	assert_true(store_token_find(f->desk, f, script, &token, &err));
}

/* --- nothing secret anywhere else --- */

struct search {
	const char *const *needles;
	size_t count, records;
};

static bool look(void *data, const struct record *record, struct error *err)
{
	struct search *search = data;
	(void)err;
	search->records++;
	assert_string_not_equal(record->type, "token");
	assert_string_not_equal(record->type, "credential");
	for (size_t i = 0; i < record->count; i++) {
		const struct record_value *value = &record->values[i];
		for (size_t n = 0; value->is_text && n < search->count; n++) {
			assert_null(strstr(value->text, search->needles[n]));
		}
	}
	return true;
}

static bool file_has(struct fixture *f, const char *path, const char *needle)
{
	char *bytes;
	size_t size;
	struct error err = {0};
	if (!file_read(f, path, SIZE_MAX, &bytes, &size, &err)) {
		return false;
	}
	size_t length = strlen(needle);
	for (size_t i = 0; i + length <= size; i++) {
		if (memcmp(bytes + i, needle, length) == 0) {
			return true;
		}
	}
	return false;
}

static void no_secret_is_in_log_feed_or_dump(void **state)
{
	struct fixture *f = *state;
	int64_t id;
	set_password(f, "ana", NULL);
	const char *const needles[] = {PASSWORD, credential(f, "ana"),
		add_token(f, "ana", "read", &id), add_session(f, "ana", &id), "argon2"};
	struct feed feed = fixture_feed(f, NULL, 0);
	for (size_t i = 0; i < feed.count; i++) {
		for (size_t n = 0; n < ARRAY_LEN(needles); n++) {
			assert_null(strstr(feed.items[i].detail, needles[n]));
		}
	}
	assert_int_equal(feed.items[feed.count - 2].kind, CHANGE_TOKEN_ADD);
	assert_non_null(strstr(feed.items[feed.count - 2].detail, "painel"));
	struct search search = {needles, ARRAY_LEN(needles), 0};
	struct error err = {0};
	assert_true(store_dump(f->desk, look, &search, &err));
	assert_true(search.records > 10);
}

static void a_copy_has_hashes_alone(void **state)
{
	struct fixture *f = *state;
	set_password(f, "ana", NULL);
	char *token = token_make(f);
	fixture_do(f, "ana",
		(struct change){.kind = CHANGE_TOKEN_ADD,
			.name = "painel",
			.secret = token_hash(f, token)});
	char *copy = mem_printf(f, "%s/copia.db", f->dir);
	struct error err = {0};
	assert_true(store_backup(f->desk, copy, NULL, NULL, &err));
	assert_true(file_has(f, copy, credential(f, "ana")));
	assert_true(file_has(f, copy, token_hash(f, token)));
	assert_false(file_has(f, copy, PASSWORD));
	assert_false(file_has(f, copy, token + 4));
}

/* Into a desk whose maker had a password: his row goes, and so must what hangs on it. */
static void records_go_into_a_desk_that_had_passwords(void **state)
{
	struct fixture *f = *state;
	int64_t id;
	struct error err = {0};
	set_password(f, "eva", NULL);
	add_token(f, "eva", "read", &id);
	assert_true(store_restore_begin(f->desk, &err));
	assert_false(store_restore_end(f->desk, true, &err));
	assert_string_equal(err.reason, "record");
	assert_non_null(strstr(err.text, "admin")); /* not that rows hang in the air */
	assert_non_null(credential(f, "eva"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		with_fixture(a_password_is_kept_as_a_hash),
		with_fixture(a_token_is_found_by_its_hash),
		with_fixture(the_same_change_makes_one_token),
		with_fixture(only_the_desk_itself_looks_up_secrets),
		with_fixture(everybody_lists_his_own_and_an_admin_all),
		with_fixture(sessions_end_with_what_they_rest_on),
		with_fixture(old_sessions_are_forgotten),
		with_fixture(no_secret_is_in_log_feed_or_dump),
		with_fixture(a_copy_has_hashes_alone),
		with_fixture(records_go_into_a_desk_that_had_passwords),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
