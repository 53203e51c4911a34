#include "service.h"

#include "base/clock.h"
#include "base/mem.h"
#include "base/secret.h"
#include "service/attempts.h"
#include "test.h"

#include <string.h>

/* Signing in and out, tokens, passwords. */

#define PASSWORD "correto cavalo bateria"

static void set_password(struct service *s, const char *login, const char *password)
{
	struct password_change change = {
		.id = uuid_make(s->f->now), .login = login, .password = password};
	struct error err = {0};
	assert_true(store_password_set(s->f->desk, &change, &err));
}

static struct reply sign_in(struct service *s, const char *login, const char *password)
{
	char *body = mem_printf(
		s, "{\"login\":\"%s\",\"password\":\"%s\",\"name\":\"balcao\"}", login, password);
	return service_ask(s, NULL, "POST", "/v1/sign-in", body);
}

/* A token of a new session. */
static const char *signed_in(struct service *s, const char *login)
{
	struct reply answer = sign_in(s, login, PASSWORD);
	if (answer.status != 200) {
		fail_msg("%d %s", answer.status, answer.body);
	}
	return reply_text(&answer, "token");
}

static struct reply ask(struct service *s, const char *token, const char *method, const char *path,
	const char *body)
{
	return service_ask_with(
		s, NULL, method, path, mem_printf(s, "Authorization: Bearer %s\r\n", token), body);
}

static struct reply must(struct service *s, const char *token, const char *method, const char *path,
	const char *body, int status)
{
	struct reply answer = ask(s, token, method, path, body);
	if (answer.status != status) {
		fail_msg("%s %s: %d %s", method, path, answer.status, answer.body);
	}
	return answer;
}

static void is_signed_out(struct service *s, const char *token)
{
	struct reply answer = ask(s, token, "GET", "/v1/me", NULL);
	reply_is_problem(&answer, 401, "signed_out");
	assert_string_equal(reply_header(s, &answer, "WWW-Authenticate"), "Bearer");
	assert_null(strstr(answer.body, token));
}

static void who_signs_in_is_known_by_the_token(void **state)
{
	struct service *s = *state;
	set_password(s, "ana", PASSWORD);
	struct reply answer = sign_in(s, "ana", PASSWORD);
	assert_int_equal(answer.status, 200);
	assert_string_equal(reply_text(&answer, "operator"), "ana");
	assert_string_equal(reply_text(&answer, "expires_at"), "2026-01-31T00:00:00Z");
	const char *token = reply_text(&answer, "token");
	assert_true(token_is_wellformed(token));
	answer = must(s, token, "GET", "/v1/me", NULL, 200);
	struct reply me = {.json = json_get(answer.json, "operator")};
	assert_string_equal(reply_text(&me, "login"), "ana");
	assert_string_equal(reply_text(&answer, "role"), "operator");
	assert_string_equal(reply_text(&answer, "via"), "session");
	assert_string_equal(json_text(json_at(json_get(answer.json, "teams"), 0)), "entrega");
	assert_int_equal(reply_count(&answer, "rights"), 3);
	fixture_ticket(s->f, "joana@example.com", "entrega");
	fixture_ticket(s->f, "rui@example.com", "cobranca");
	answer = must(s, token, "GET", "/v1/tickets", NULL, 200);
	assert_int_equal(reply_count(&answer, "tickets"), 1);
	/* Nobody else's name goes with it. */
	answer = service_ask_with(s, "bruno", "GET", "/v1/me",
		mem_printf(s, "Authorization: Bearer %s\r\n", token), NULL);
	reply_is_problem(&answer, 403, "not_yours");
}

static void who_is_not_known_is_told_no_more_than_who_is_wrong(void **state)
{
	struct service *s = *state;
	set_password(s, "ana", PASSWORD);
	set_password(s, "carla", PASSWORD);
	fixture_do(s->f, "eva",
		(struct change){.kind = CHANGE_OPERATOR, .key = "carla", .enabled = FLAG_NO});
	static const char *const pairs[][2] = {{"ana", "errada"}, {"zoe", PASSWORD},
		{"bruno", PASSWORD}, {"carla", PASSWORD}, {"", PASSWORD}, {"ana", ""}};
	const char *first = NULL;
	for (size_t i = 0; i < ARRAY_LEN(pairs); i++) {
		struct reply answer = sign_in(s, pairs[i][0], pairs[i][1]);
		reply_is_problem(&answer, 403, "password_wrong");
		char *body = mem_strndup(
			s, answer.body, (size_t)(strstr(answer.body, "\"request\"") - answer.body));
		first = first ? first : body;
		assert_string_equal(body, first);
		assert_null(strstr(answer.body, "errada"));
	}
}

static void guessing_is_slowed_down(void **state)
{
	struct service *s = *state;
	set_password(s, "ana", PASSWORD);
	for (int i = 0; i < ATTEMPTS_ACCOUNT; i++) {
		struct reply wrong = sign_in(s, "ana", "errada");
		reply_is_problem(&wrong, 403, "password_wrong");
	}
	struct reply early = sign_in(s, "ana", PASSWORD);
	reply_is_problem(&early, 429, "attempts");
	assert_string_equal(reply_header(s, &early, "Retry-After"), "1");
	service_pass(s, MS_SECOND);
	signed_in(s, "ana");
	/* The same for one that does not exist. */
	for (int i = 0; i < ATTEMPTS_ACCOUNT; i++) {
		struct reply wrong = sign_in(s, "zoe", "errada");
		reply_is_problem(&wrong, 403, "password_wrong");
	}
	early = sign_in(s, "zoe", "errada");
	reply_is_problem(&early, 429, "attempts");
}

static void signing_out_ends_the_session(void **state)
{
	struct service *s = *state;
	set_password(s, "ana", PASSWORD);
	const char *token = signed_in(s, "ana"), *other = signed_in(s, "ana");
	struct reply answer = must(s, token, "POST", "/v1/sign-out", NULL, 200);
	assert_true(json_bool(json_get(answer.json, "ended")));
	is_signed_out(s, token);
	must(s, other, "GET", "/v1/me", NULL, 200);
	answer = service_must(s, "ana", "POST", "/v1/sign-out", NULL, 200);
	assert_false(json_bool(json_get(answer.json, "ended")));
}

static void sessions_end_with_what_they_rest_on(void **state)
{
	struct service *s = *state;
	const struct change ends[] = {
		{.kind = CHANGE_OPERATOR, .key = "ana", .role = ROLE_SUPERVISOR},
		{.kind = CHANGE_OPERATOR, .key = "ana", .enabled = FLAG_NO},
	};
	set_password(s, "ana", PASSWORD);
	for (size_t i = 0; i < ARRAY_LEN(ends); i++) {
		const char *token = signed_in(s, "ana");
		must(s, token, "GET", "/v1/me", NULL, 200);
		fixture_do(s->f, "eva", ends[i]);
		is_signed_out(s, token);
	}
	fixture_do(s->f, "eva",
		(struct change){.kind = CHANGE_OPERATOR, .key = "ana", .enabled = FLAG_YES});
	const char *token = signed_in(s, "ana");
	service_pass(s, 12 * (int64_t)MS_HOUR);
	is_signed_out(s, token);
}

static void a_token_is_made_used_and_revoked(void **state)
{
	struct service *s = *state;
	set_password(s, "ana", PASSWORD);
	const char *session = signed_in(s, "ana");
	struct reply answer = must(s, session, "POST", "/v1/tokens",
		"{\"name\":\"painel\",\"rights\":[\"read\"],\"expires_at\":\"2026-02-01T00:00:"
		"00Z\"}",
		200);
	const char *token = reply_text(&answer, "token");
	int64_t id = reply_int(&answer, "id");
	must(s, token, "GET", "/v1/tickets", NULL, 200);
	struct reply me = must(s, token, "GET", "/v1/me", NULL, 200);
	assert_string_equal(reply_text(&me, "via"), "token");
	assert_int_equal(reply_count(&me, "rights"), 1);
	/* No more than reading. */
	answer = ask(s, token, "POST", "/v1/changes", "[{\"kind\":\"sign_in\"}]");
	reply_is_problem(&answer, 403, "right");
	answer = ask(s, token, "POST", "/v1/files", "x");
	reply_is_problem(&answer, 403, "right");
	answer = ask(s, token, "POST", "/v1/tokens", "{\"name\":\"outro\"}");
	reply_is_problem(&answer, 403, "right");
	answer = ask(s, token, "GET", "/v1/tokens", NULL);
	reply_is_problem(&answer, 403, "right");
	answer = must(s, token, "POST", "/v1/sign-out", NULL, 200);
	assert_false(json_bool(json_get(answer.json, "ended")));
	answer = must(s, session, "GET", "/v1/tokens", NULL, 200);
	assert_int_equal(reply_count(&answer, "tokens"), 2);
	assert_null(strstr(answer.body, "hash"));
	assert_null(strstr(answer.body, token));
	must(s, session, "DELETE", mem_printf(s, "/v1/tokens/%lld", (long long)id), NULL, 204);
	is_signed_out(s, token);
	answer = ask(s, session, "POST", "/v1/tokens", "{\"name\":\"x\",\"rights\":[\"admin\"]}");
	reply_is_problem(&answer, 403, "rights");
	static const char *const bad[] = {"{\"name\":\"x\",\"rights\":[\"fly\"]}",
		"{\"name\":\"x\",\"rights\":[]}", "{\"name\":\"x\",\"rights\":[1]}",
		"{\"name\":\"x\",\"rights\":\"read\"}", "{}", "{\"name\":\"\"}", "[]",
		"{\"name\":\"x\",\"secret\":\"y\"}", "{\"name\":\"x\",\"id\":\"y\"}",
		"{\"name\":\"x\",\"expires_at\":\"2020-01-01T00:00:00Z\"}"};
	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		must(s, session, "POST", "/v1/tokens", bad[i], 400);
	}
}

static void the_same_id_gives_no_second_token(void **state)
{
	struct service *s = *state;
	const char *body = "{\"name\":\"x\",\"id\":\"01900000-0000-7000-8000-000000000001\"}";
	service_must(s, "ana", "POST", "/v1/tokens", body, 200);
	struct reply again = service_ask(s, "ana", "POST", "/v1/tokens", body);
	reply_is_problem(&again, 409, "change_id");
	assert_null(strstr(again.body, "atd_"));
}

static void a_password_takes_the_present_one(void **state)
{
	struct service *s = *state;
	static const char *const path = "/v1/operators/ana/password";
	set_password(s, "ana", PASSWORD);
	const char *token = signed_in(s, "ana");
	struct reply answer = ask(s, token, "PUT", path, "{\"password\":\"outra senha\"}");
	reply_is_problem(&answer, 403, "current");
	answer = ask(s, token, "PUT", path,
		"{\"password\":\"outra senha\",\"current\":\"chutada agora\"}");
	reply_is_problem(&answer, 403, "current");
	assert_null(strstr(answer.body, "chutada"));
	answer =
		ask(s, token, "PUT", path, "{\"password\":\"curta\",\"current\":\"" PASSWORD "\"}");
	reply_is_problem(&answer, 400, "password");
	/* Not by a change, which would ask for nothing. */
	char *hash = password_hash(s, "outra senha");
	answer = ask(s, token, "POST", "/v1/changes",
		mem_printf(s, "[{\"kind\":\"password\",\"secret\":\"%s\"}]", hash));
	reply_is_problem(&answer, 403, "current");
	answer = ask(s, token, "PUT", "/v1/operators/bruno/password",
		"{\"password\":\"outra senha\",\"current\":\"" PASSWORD "\"}");
	reply_is_problem(&answer, 403, "not_yours");
	must(s, token, "PUT", path, "{\"password\":\"outra senha\",\"current\":\"" PASSWORD "\"}",
		204);
	is_signed_out(s, token);
	assert_int_equal(sign_in(s, "ana", PASSWORD).status, 403);
	assert_int_equal(sign_in(s, "ana", "outra senha").status, 200);
	/* An admin sets another's without it, and guessing at one's own counts. */
	set_password(s, "eva", PASSWORD);
	token = signed_in(s, "eva");
	must(s, token, "PUT", path, "{\"password\":\"terceira senha\"}", 204);
	assert_int_equal(sign_in(s, "ana", "terceira senha").status, 200);
	for (int i = 0; i < ATTEMPTS_ACCOUNT; i++) {
		must(s, token, "PUT", "/v1/operators/eva/password",
			"{\"password\":\"outra senha\",\"current\":\"errada\"}", 403);
	}
	answer = ask(s, token, "PUT", "/v1/operators/eva/password",
		"{\"password\":\"outra senha\",\"current\":\"errada\"}");
	reply_is_problem(&answer, 429, "attempts");
	/* The server's own user sets anybody's. */
	service_must(s, NULL, "PUT", path, "{\"password\":\"quarta senha\"}", 204);
	assert_int_equal(sign_in(s, "ana", "quarta senha").status, 200);
	service_must(s, NULL, "PUT", "/v1/operators/zoe/password",
		"{\"password\":\"quarta senha\"}", 404);
}

static void what_is_no_sign_in_is_refused(void **state)
{
	struct service *s = *state;
	static const char *const bad[] = {"", "[]", "{}", "{\"login\":\"ana\"}",
		"{\"login\":1,\"password\":\"x\"}", "{\"login\":\"ana\",\"password\":null}",
		"{\"login\":\"ana\",\"password\":\"x\",\"more\":1}"};
	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		service_must(s, NULL, "POST", "/v1/sign-in", bad[i], 400);
	}
}

static void a_use_reaches_the_desk(void **state)
{
	struct service *s = *state;
	set_password(s, "ana", PASSWORD);
	const char *token = signed_in(s, "ana");
	service_pass(s, USE_NOTED_MS);
	must(s, token, "GET", "/v1/me", NULL, 200);
	/* The writer does what is no change in order: this comes after it. */
	service_must(s, "ana", "POST", "/v1/renewals", "{\"ticket\":1,\"generation\":1}", 409);
	struct token found;
	struct error err = {0};
	assert_true(store_token_find(s->f->desk, s, token_hash(s, token), &found, &err));
	assert_int_equal(found.used_at, s->f->now);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		with_service(who_signs_in_is_known_by_the_token),
		with_service(who_is_not_known_is_told_no_more_than_who_is_wrong),
		with_service(guessing_is_slowed_down),
		with_service(signing_out_ends_the_session),
		with_service(sessions_end_with_what_they_rest_on),
		with_service(a_token_is_made_used_and_revoked),
		with_service(the_same_id_gives_no_second_token),
		with_service(a_password_takes_the_present_one),
		with_service(what_is_no_sign_in_is_refused),
		with_service(a_use_reaches_the_desk),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
