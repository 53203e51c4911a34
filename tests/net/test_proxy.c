#include "test.h"

#include "base/mem.h"
#include "net/http.h"
#include "raw.h"
#include "support/proxy.h"
#include "support/proxy_message.h"

#include <string.h>

static struct message message_of(const char *text)
{
	struct message message = {0};
	message_add(&message, text, strlen(text));
	return message;
}

static void a_message_ends_where_its_headers_say(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		bool is_whole;
	} cases[] = {
		{"GET / HTTP/1.1\r\n", false},
		{"GET / HTTP/1.1\r\nA: b\r\n\r\n", true},
		{"PUT / HTTP/1.1\r\ncontent-length: 3\r\n\r\nab", false},
		{"PUT / HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc", true},
		{"HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n", true},
		{"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n", false},
		{"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n", true},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct message message = message_of(cases[i].text);
		assert_int_equal(message_is_whole(&message), cases[i].is_whole);
		talloc_free(message.bytes);
	}
}

static void half_of_a_body_says_that_it_is_all(void **state)
{
	(void)state;
	struct message message =
		message_of("HTTP/1.1 200 OK\r\nContent-Length: 10\r\nA: b\r\n\r\n0123456789");
	message_truncate(&message);
	assert_string_equal(
		message.bytes, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nA: b\r\n\r\n01234");
	assert_int_equal(message.size, strlen(message.bytes));
	talloc_free(message.bytes);
}

#define OK "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ngood"

static struct http *open_at(const char *location)
{
	struct http *http;
	struct http_options options = {.location = location, .proxy = ""};
	assert_true(http_open(&options, &http, NULL));
	return http;
}

static const struct {
	struct proxy_fault fault;
	const char *seen; /* by the client: the body, or the reason why there is none */
	int requests;	  /* that the server got, whole; -1: one or none */
} cases[] = {
	{{PROXY_CUT, PROXY_BEFORE_REQUEST, 0}, "unreachable", 0},
	{{PROXY_CUT, PROXY_IN_REQUEST, 0}, "unreachable", 0},
	{{PROXY_CUT, PROXY_AFTER_REQUEST, 0}, "unreachable", -1},
	{{PROXY_CUT, PROXY_BEFORE_ANSWER, 0}, "unreachable", 1},
	{{PROXY_CUT, PROXY_IN_ANSWER, 0}, "unreachable", 1},
	{{PROXY_CUT, PROXY_AFTER_ANSWER, 0}, "good", 1},
	{{PROXY_RESET, PROXY_BEFORE_REQUEST, 0}, "unreachable", 0},
	{{PROXY_RESET, PROXY_IN_ANSWER, 0}, "unreachable", 1},
	{{PROXY_STALL, PROXY_IN_REQUEST, 20}, "good", 1},
	{{PROXY_STALL, PROXY_IN_ANSWER, 20}, "good", 1},
	{{PROXY_TRUNCATE, PROXY_IN_REQUEST, 0}, "good", 1},
	{{PROXY_TRUNCATE, PROXY_IN_ANSWER, 0}, "go", 1},
	{{PROXY_DUPLICATE, PROXY_BEFORE_REQUEST, 0}, "good", 2},
};

static void faults_happen_once_and_where_they_shall(void **state)
{
	(void)state;
	static const struct raw_step steps[] = {
		READ, SEND(OK), READ, SEND(OK), READ, SEND(OK), END};
	static const struct http_request post = {
		.method = "POST", .path = "/", .body = "12345678", .body_size = 8};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		void *mem = mem_context(NULL);
		struct raw *raw = raw_start(steps, NULL);
		struct proxy *proxy = proxy_start(NULL, raw_location(raw));
		struct http *http = open_at(proxy_location(proxy));
		struct http_answer answer;
		struct error err = {0};
		proxy_next(proxy, cases[i].fault);
		bool ok = http_send(http, &post, mem, &answer, &err);
		assert_string_equal(ok ? answer.body : err.reason, cases[i].seen);
		assert_true(answer.was_sent);
		for (int n = 0; cases[i].requests >= 0 && n < 3; n++) {
			assert_int_equal(
				*raw_request(raw, (size_t)n) != '\0', n < cases[i].requests);
		}
		if (!http_send(http, &post, mem, &answer, &err)) {
			fail_msg("case %zu: %s", i, error_sentence(mem, &err, NULL));
		}
		assert_string_equal(answer.body, "good");
		assert_int_equal(proxy_count(proxy), 1);
		http_close(http);
		proxy_stop(proxy);
		raw_stop(raw);
		talloc_free(mem);
	}
}

static void a_cut_line_is_cut_until_it_is_there_again(void **state)
{
	(void)state;
	static const struct raw_step steps[] = {READ, SEND(OK), READ, SEND(OK), END};
	static const struct http_request get = {.method = "GET", .path = "/"};
	void *mem = mem_context(NULL);
	struct raw *raw = raw_start(steps, NULL);
	struct proxy *proxy = proxy_start(NULL, raw_location(raw));
	struct http *http = open_at(proxy_location(proxy));
	struct http_answer answer;
	proxy_delay(proxy, 1);
	assert_true(http_send(http, &get, mem, &answer, NULL));
	proxy_cut(proxy, true);
	assert_false(http_send(http, &get, mem, &answer, NULL));
	assert_false(http_send(http, &get, mem, &answer, NULL));
	proxy_cut(proxy, false);
	assert_true(http_send(http, &get, mem, &answer, NULL));
	assert_string_equal(answer.body, "good");
	http_close(http);
	proxy_stop(proxy);
	raw_stop(raw);
	talloc_free(mem);
}

static void a_stream_passes_as_it_comes(void **state)
{
	(void)state;
	static const struct raw_step steps[] = {READ,
		SEND("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\ngo\r\n"),
		DRIP("2\r\nod\r\n0\r\n\r\n"), READ, SEND(OK), END};
	static const struct http_request get = {.method = "GET", .path = "/"};
	void *mem = mem_context(NULL);
	struct raw *raw = raw_start(steps, NULL);
	struct proxy *proxy = proxy_start(NULL, raw_location(raw));
	struct http *http = open_at(proxy_location(proxy));
	for (int i = 0; i < 2; i++) {
		struct http_answer answer;
		assert_true(http_send(http, &get, mem, &answer, NULL));
		assert_string_equal(answer.body, "good");
	}
	http_close(http);
	proxy_stop(proxy);
	raw_stop(raw);
	talloc_free(mem);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_message_ends_where_its_headers_say),
		cmocka_unit_test(half_of_a_body_says_that_it_is_all),
		cmocka_unit_test(faults_happen_once_and_where_they_shall),
		cmocka_unit_test(a_cut_line_is_cut_until_it_is_there_again),
		cmocka_unit_test(a_stream_passes_as_it_comes),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
