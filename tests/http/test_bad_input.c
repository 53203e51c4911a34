#include "service.h"

#include "base/mem.h"
#include "test.h"

#include <string.h>

/* What nobody should send: each is told what is wrong, and nothing is done half. */

static void test_addresses(void **state)
{
	static const struct {
		const char *path, *reason;
		int status;
	} cases[] = {
		{"/", "no_route", 404},
		{"/v1", "no_route", 404},
		{"/v1/", "no_route", 404},
		{"/v1/tickets/", "no_route", 404},
		{"/v2/tickets", "version", 404},
		{"/v0/tickets/1001", "version", 404},
		{"/v1x/tickets", "no_route", 404},
		{"/v1/tickets/12x", "no_route", 404},
		{"/v1/tickets/-1", "no_route", 404},
		{"/v1/tickets/99999999999999999999999", "no_route", 404},
		{"/v1/tickets/%00", "encoding", 400},
		{"/v1/tickets/10%001", "encoding", 400},
		{"/v1/tickets/%ff", "encoding", 400},
		{"/v1/tickets/%zz", "encoding", 400},
		{"/v1/tickets/%4", "encoding", 400},
		{"/v1/search?q=a%00b", "encoding", 400},
		{"/v1/search?q=%c3%28", "encoding", 400},
		{"/v1/search?q=%ed%a0%80", "encoding", 400},
		{"/v1/search?q%00=a", "encoding", 400},
		{"/v1/counts?x=1", "query", 400},
		{"/v1/counts?x", "query", 400},
		{"/v1/tickets?limit=5&limit=6", "query", 400},
		{"/v1/tickets?limit=0", "query", 400},
		{"/v1/tickets?limit=501", "query", 400},
		{"/v1/tickets?limit=-1", "query", 400},
		{"/v1/tickets?limit=5.0", "query", 400},
		{"/v1/tickets?limit=99999999999999999999", "query", 400},
		{"/v1/tickets?limit=", "query", 400},
		{"/v1/tickets?list=nothing", "query", 400},
		{"/v1/tickets?state=nothing", "query", 400},
		{"/v1/tickets?state=open&list=mine", "query", 400},
		{"/v1/tickets?order=up", "query", 400},
		{"/v1/tickets?team=nowhere", "query", 400},
		{"/v1/tickets?after=here", "query", 400},
		{"/v1/drafts?bin=maybe", "query", 400},
		{"/v1/log?since=-1", "query", 400},
	};
	struct service *s = *state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct reply answer = service_ask(s, "ana", "GET", cases[i].path, NULL);
		reply_is_problem(&answer, cases[i].status, cases[i].reason);
	}
}

static void test_query_is_named(void **state)
{
	struct service *s = *state;
	struct reply answer = service_ask(s, "ana", "GET", "/v1/tickets?limite=5", NULL);
	assert_non_null(strstr(reply_text(&answer, "detail"), "\"limite\""));
	assert_non_null(strstr(reply_text(&answer, "detail"), "filter"));
}

static void test_bodies(void **state)
{
	static const char *const bodies[] = {
		"",
		"[",
		"[{]",
		"[{\"kind\":\"claim\",\"ticket\":1001},]",
		"[{\"kind\":\"claim\",\"kind\":\"note\",\"ticket\":1001}]",
		"[{\"kind\":\"claim\",\"ticket\":1e300}]",
		"[{\"kind\":\"claim\",\"ticket\":9007199254740993}]",
		"[{\"kind\":\"claim\",\"ticket\":1001.5}]",
		"[{\"kind\":\"claim\",\"ticket\":\"1001\"}]",
		"[{\"kind\":\"claim\",\"ticket\":[1001]}]",
		"[{\"kind\":\"claim\",\"ticket\":1001,\"group\":-1}]",
		"[{\"kind\":\"dance\",\"ticket\":1001}]",
		"[{\"kind\":7,\"ticket\":1001}]",
		"[{\"ticket\":1001}]",
		"[{\"kind\":\"note\",\"ticket\":1001,\"text\":\"a\\u0000b\"}]",
		"[{\"kind\":\"note\",\"ticket\":1001,\"text\":\"\\ud800\"}]",
		"[{\"kind\":\"note\",\"ticket\":1001,\"text\":\"\xff\"}]",
		"[{\"id\":\"17\",\"kind\":\"claim\",\"ticket\":1001}]",
		"[{\"kind\":\"claim\",\"ticket\":1001},7]",
		"[{\"kind\":\"claim\",\"ticket\":1001},{\"kind\":\"claim\",\"tickets\":1001}]",
	};
	struct service *s = *state;
	fixture_ticket(s->f, "joana@example.com", "entrega");
	for (size_t i = 0; i < ARRAY_LEN(bodies); i++) {
		struct reply answer = service_ask(s, "ana", "POST", "/v1/changes", bodies[i]);
		if (answer.status != 400) {
			fail_msg("%s: %d %s", bodies[i], answer.status, answer.body);
		}
	}
	assert_int_equal(fixture_view(s->f, NULL, 1001)->row.claim.operator_id, 0);
}

/* Where one request ends and the next begins is beyond doubt, for whoever stands in between. */
static void test_heads(void **state)
{
	static const char *const heads[] = {
		"Content-Length: 2\r\nContent-Length: 30\r\n",
		"Content-Length: 2\r\nContent-Length: 2\r\n",
		"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n",
		"Transfer-Encoding: gzip, chunked\r\n",
		"Transfer-Encoding: xchunked\r\nContent-Length: 2\r\n",
		"Transfer-Encoding: identity\r\nTransfer-Encoding: chunked\r\n",
		"Transfer-Encoding : chunked\r\n",
		"Content-Length : 2\r\n",
		"Host: y\r\n",
		"Atende-As: eva\r\nContent-Length: 2\r\n",
		"Atende-As : eva\r\nContent-Length: 2\r\n",
	};
	struct service *s = *state;
	for (size_t i = 0; i < ARRAY_LEN(heads); i++) {
		char *request = mem_printf(s,
			"POST /v1/changes HTTP/1.1\r\nHost: x\r\nAtende-As: ana\r\n%s\r\n"
			"[]GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n",
			heads[i]);
		struct reply answer = service_send(s, request, strlen(request));
		reply_is_problem(&answer, 400, "header");
		assert_null(strstr(answer.body, "HTTP/1.1"));
	}
}

/* A body whose end is out of reach is not waited for. */
static void test_endless(void **state)
{
	static const char *const sizes[] = {
		"99999999999", "18446744073709551614", "18446744073709551615"};
	struct service *s = *state;
	for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
		char *header = mem_printf(s, "Content-Length: %s\r\n", sizes[i]);
		struct reply answer =
			service_ask_with(s, NULL, "POST", "/v1/changes", header, NULL);
		reply_is_problem(&answer, 413, "too_large");
	}
}

static void test_absolute(void **state)
{
	struct service *s = *state;
	service_must(s, "ana", "GET", "http://desk.example/v1/me", NULL, 200);
	service_must(s, "ana", "GET", "HTTPS://desk.example/v1/nowhere", NULL, 404);
	service_must(s, "ana", "GET", "http://desk.example", NULL, 404);
}

static void test_unclean_login(void **state)
{
	struct service *s = *state;
	struct reply answer = service_ask(s, "an\xff\x1b[31m", "GET", "/v1/me", NULL);
	reply_is_problem(&answer, 404, "no_operator");
	assert_null(strstr(answer.body, "\xff"));
	assert_null(strstr(answer.body, "u001b"));
}

static void test_nul_in_body(void **state)
{
	static const char request[] = "POST /v1/changes HTTP/1.1\r\nHost: x\r\nAtende-As: ana\r\n"
				      "Connection: close\r\nContent-Length: 5\r\n\r\n[1,\0]";
	struct service *s = *state;
	struct reply answer = service_send(s, request, sizeof request - 1);
	assert_int_equal(answer.status, 400);
}

static void test_deep(void **state)
{
	struct service *s = *state;
	char *body = mem_array(s, char, 100001);
	memset(body, '[', 100000);
	assert_int_equal(service_ask(s, "ana", "POST", "/v1/changes", body).status, 400);
}

static void test_unknown_field_is_named(void **state)
{
	struct service *s = *state;
	struct reply answer = service_ask(s, "ana", "POST", "/v1/changes",
		"[{\"kind\":\"claim\",\"ticket\":1001,\"tiket\":1}]");
	assert_int_equal(answer.status, 400);
	assert_non_null(strstr(reply_text(&answer, "detail"), "\"tiket\""));
}

/* Every refusal that is about a name says it apart from the sentence, and where it stands. */
static void test_fields(void **state)
{
	static const struct {
		const char *path, *body, *name;
	} cases[] = {
		{"/v1/changes", "[{\"kind\":\"claim\",\"ticket\":1001,\"tiket\":1}]", "[0].tiket"},
		{"/v1/changes", "[{\"kind\":\"claim\",\"ticket\":1},{\"kind\":7}]", "[1].kind"},
		{"/v1/changes", "[{\"kind\":\"claim\",\"ticket\":true}]", "[0].ticket"},
		{"/v1/changes", "[{\"kind\":\"dance\"}]", "[0].kind"},
		{"/v1/renewals", "{}", "ticket"},
		{"/v1/renewals", "{\"x\":1}", "x"},
	};
	struct service *s = *state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct reply reply = service_ask(s, "ana", "POST", cases[i].path, cases[i].body);
		struct reply field = {.json = json_at(json_get(reply.json, "fields"), 0)};
		assert_int_equal(reply.status, 400);
		assert_string_equal(reply_text(&field, "name"), cases[i].name);
		assert_string_equal(reply_text(&field, "problem"), reply_text(&reply, "detail"));
	}
	struct reply reply = service_ask(s, "ana", "GET", "/v1/tickets?limite=5", NULL);
	struct reply field = {.json = json_at(json_get(reply.json, "fields"), 0)};
	assert_string_equal(reply_text(&field, "name"), "limite");
}

static void test_methods(void **state)
{
	struct service *s = *state;
	struct reply answer = service_ask(s, "ana", "DELETE", "/v1/tickets", NULL);
	reply_is_problem(&answer, 405, "method");
	assert_string_equal(reply_header(s, &answer, "Allow"), "GET, HEAD, OPTIONS");
	answer = service_ask(s, "ana", "GET", "/v1/tickets/1001/drafts/reply", NULL);
	assert_string_equal(reply_header(s, &answer, "Allow"), "PUT, DELETE, OPTIONS");
	answer = service_ask(s, "ana", "BREW", "/v1/counts", NULL);
	reply_is_problem(&answer, 405, "method");
	answer = service_must(s, NULL, "OPTIONS", "/v1/changes", NULL, 204);
	assert_string_equal(reply_header(s, &answer, "Allow"), "POST, OPTIONS");
	answer = service_ask(s, NULL, "OPTIONS", "/v1/nothing", NULL);
	reply_is_problem(&answer, 404, "no_route");
}

static void test_head(void **state)
{
	struct service *s = *state;
	struct reply get = service_must(s, "ana", "GET", "/v1/counts", NULL, 200);
	struct reply head = service_must(s, "ana", "HEAD", "/v1/counts", NULL, 200);
	assert_int_equal(head.size, 0);
	assert_string_equal(
		reply_header(s, &head, "Content-Length"), reply_header(s, &get, "Content-Length"));
	assert_int_equal(service_ask(s, "ana", "HEAD", "/v1/changes", NULL).status, 405);
}

static void test_media_types(void **state)
{
	static const struct {
		const char *header;
		int status;
	} cases[] = {
		{"Content-Type: application/json\r\n", 400},
		{"Content-Type: Application/JSON; charset=utf-8\r\n", 400},
		{"Content-Type: application/x-www-form-urlencoded\r\n", 400},
		{"Content-Type: text/html\r\n", 415},
		{"Content-Type: multipart/form-data; boundary=x\r\n", 415},
		{"Accept: application/json\r\n", 400},
		{"Accept: */*\r\n", 400},
		{"Accept: text/html, application/*;q=0.1\r\n", 400},
		{"Accept: text/html\r\n", 406},
		{"Accept: application/json;q=0\r\n", 406},
		{"Accept: ,,,;\r\n", 406},
	};
	struct service *s = *state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct reply answer =
			service_ask_with(s, "ana", "POST", "/v1/changes", cases[i].header, "[]");
		if (answer.status != cases[i].status) {
			fail_msg("%s: %d %s", cases[i].header, answer.status, answer.body);
		}
	}
}

static void test_body_where_none_is(void **state)
{
	struct service *s = *state;
	struct reply answer = service_ask(s, "ana", "GET", "/v1/counts", "{}");
	reply_is_problem(&answer, 400, "body");
}

static void test_chunked(void **state)
{
	static const char request[] =
		"POST /v1/changes HTTP/1.1\r\nHost: x\r\nAtende-As: ana\r\nConnection: close\r\n"
		"Transfer-Encoding: chunked\r\n\r\n1\r\n[\r\n1\r\n]\r\n0\r\n\r\n";
	struct service *s = *state;
	struct reply answer = service_send(s, request, sizeof request - 1);
	reply_is_problem(&answer, 400, "changes");
}

static void test_expect(void **state)
{
	struct service *s = *state;
	struct reply answer =
		service_ask_with(s, "ana", "POST", "/v1/changes", "Expect: 100-continue\r\n", "[]");
	reply_is_problem(&answer, 400, "changes");
	answer = service_ask_with(s, "ana", "POST", "/v1/nothing", "Expect: 100-continue\r\n", "");
	reply_is_problem(&answer, 404, "no_route");
}

static void test_lengths(void **state)
{
	static const char *const requests[] = {
		"POST /v1/changes HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n[]",
		"POST /v1/changes HTTP/1.1\r\nHost: x\r\nContent-Length: 2x\r\n\r\n[]",
		"POST /v1/changes HTTP/1.1\r\nHost: x\r\nAtende-As: ana\r\nContent-Length: "
		"99999999999999999999999\r\n\r\n[]",
		"POST /v1/changes HTTP/1.1\r\nHost: x\r\nAtende-As: ana\r\nConnection: close\r\n"
		"Content-Length: 9000000\r\nExpect: 100-continue\r\n\r\n",
		"POST /v1/changes HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: "
		"chunked\r\n\r\nzz\r\n[]",
		"POST /v1/changes HTTP/1.1\r\nContent-Length: 2\r\n\r\n[]",
		"GARBAGE\r\n\r\n",
	};
	struct service *s = *state;
	for (size_t i = 0; i < ARRAY_LEN(requests); i++) {
		struct reply answer = service_send(s, requests[i], strlen(requests[i]));
		if (answer.status != 0 && (answer.status < 400 || answer.status > 499)) {
			fail_msg("%s: %d", requests[i], answer.status);
		}
	}
	/* One that never comes whole is no request. */
	const char *cut = "POST /v1/changes HTTP/1.1\r\nHost: x\r\nAtende-As: ana\r\n"
			  "Content-Length: 100\r\n\r\n[{\"kind\":\"claim\",\"ticket\":1001}]";
	fixture_ticket(s->f, "joana@example.com", "entrega");
	service_leave(s, cut, strlen(cut));
	service_must(s, "ana", "GET", "/v1/counts", NULL, 200);
	assert_int_equal(fixture_view(s->f, NULL, 1001)->row.claim.operator_id, 0);
}

static void test_too_large(void **state)
{
	struct service *s = *state;
	size_t size = 9 * 1024 * 1024;
	char *body = mem_array(s, char, size + 1);
	memset(body, ' ', size);
	struct reply answer = service_ask(s, "ana", "POST", "/v1/changes", body);
	reply_is_problem(&answer, 413, "too_large");
}

static void test_unknown_operator(void **state)
{
	struct service *s = *state;
	struct reply answer = service_ask(s, "zoe", "GET", "/v1/counts", NULL);
	assert_int_equal(answer.status / 100, 4);
	fixture_do(s->f, "eva",
		(struct change){.kind = CHANGE_OPERATOR, .key = "carla", .enabled = FLAG_NO});
	answer = service_ask(s, "carla", "GET", "/v1/counts", NULL);
	reply_is_problem(&answer, 403, "disabled");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		with_service(test_addresses),
		with_service(test_query_is_named),
		with_service(test_bodies),
		with_service(test_heads),
		with_service(test_endless),
		with_service(test_absolute),
		with_service(test_unclean_login),
		with_service(test_nul_in_body),
		with_service(test_deep),
		with_service(test_unknown_field_is_named),
		with_service(test_fields),
		with_service(test_methods),
		with_service(test_head),
		with_service(test_media_types),
		with_service(test_body_where_none_is),
		with_service(test_chunked),
		with_service(test_expect),
		with_service(test_lengths),
		with_service(test_too_large),
		with_service(test_unknown_operator),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
