#include "test.h"

#include "base/mem.h"
#include "net/http.h"
#include "raw.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* No answer, or none that is any good: which reason is given, and whether the request may have
 * reached the server. */

enum { ANSWER_MAX = 100000, SHORT_MS = 50 };

#define OK "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
#define GZIP "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: "
#define LONG "1234567890123456789012345678901234567890123456789012345678901234567890"
/* gzip whose table has one bit for "258 bytes more of the same": each NUL that follows is 1 KB. */
#define BOMB "\x1F\x8B\x08\0\0\0\0\0\2\3\xEC\xC1\x01\x01\0\0\0\x80\x90\xFE\xAF\xEE\x08\x0A"

static struct http *open_with(const char *location, int stall_ms, int total_ms)
{
	struct http *http;
	struct error err = {0};
	struct http_options options = {
		.location = location,
		.token = "t0p.secret",
		.proxy = "",
		.stall_ms = stall_ms,
		.total_ms = total_ms,
		.answer_max = ANSWER_MAX,
	};
	if (!http_open(&options, &http, &err)) {
		fail_msg("%s", err.text);
	}
	return http;
}

static struct http *open_at(const char *location)
{
	return open_with(location, 0, 0);
}

static const struct http_request post = {
	.method = "POST", .path = "/v1/changes", .body = "[]", .body_size = 2};

static void fails(struct http *http, const struct http_request *request, const char *reason)
{
	void *mem = mem_context(NULL);
	struct http_answer answer;
	struct error err = {0};
	if (http_send(http, request, mem, &answer, &err)) {
		fail_msg("an answer of %zu bytes, not %s", answer.body_size, reason);
	}
	assert_int_equal(err.code, ERROR_UNAVAILABLE);
	if (strcmp(err.reason, reason) != 0) {
		fail_msg("%s, not %s: %s", err.reason, reason, err.text);
	}
	assert_true(answer.was_sent);
	const char *sentence = error_sentence(mem, &err, NULL);
	assert_null(strstr(sentence, "secret"));
	assert_null(strchr(sentence, '{'));
	talloc_free(mem);
}

struct bad {
	const char *name;
	struct raw_step step; /* after the request was read */
	const char *reason;
	int stall_ms;
	int total_ms;
};

static const struct bad bads[] = {
	{"no answer", CLOSE, "unreachable", 0, 0},
	{"reset", RESET, "unreachable", 0, 0},
	{"half a status line", SEND("HTTP/1."), "unreachable", 0, 0},
	{"half the headers", SEND("HTTP/1.1 200 OK\r\nContent-Len"), "unreachable", 0, 0},
	{"a body without an end", SEND("HTTP/1.1 200 OK\r\n\r\nok"), "unreachable", 0, 0},
	{"half a body", SEND("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhe"), "unreachable", 0,
		0},
	{"half a chunk", SEND("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhe"),
		"unreachable", 0, 0},
	{"no last chunk", SEND("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n"),
		"unreachable", 0, 0},
	{"a chunk of no size",
		SEND("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nhe\r\n"),
		"unreachable", 0, 0},
	{"no HTTP", SEND("220 mail.example ESMTP\r\n"), "broken", 0, 0},
	{"old HTTP", SEND("<html>hello</html>"), "broken", 0, 0},
	{"a length that is none", SEND("HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\nok"), "broken",
		0, 0},
	{"gzip that is none", SEND(GZIP "5\r\n\r\nhello"), "broken", 0, 0},
	{"an encoding nobody asked for",
		SEND("HTTP/1.1 200 OK\r\nContent-Encoding: none-such\r\nContent-Length: "
		     "2\r\n\r\nok"),
		"broken", 0, 0},
	{"an endless body", FLOOD("HTTP/1.1 200 OK\r\n\r\n"), "too_big", 0, 0},
	{"silence", HANG, "timeout", SHORT_MS, 0},
	{"a slow answer",
		DRIP("HTTP/1.1 200 OK\r\nA: " LONG "\r\nB: " LONG "\r\nC: " LONG "\r\nD: " LONG
		     "\r\nE: " LONG "\r\nF: " LONG "\r\n\r\n"),
		"timeout", 0, SHORT_MS},
};

static void a_bad_answer_is_none(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(bads); i++) {
		const struct raw_step steps[] = {READ, bads[i].step, CLOSE, END};
		struct raw *raw = raw_start(steps, NULL);
		struct http *http =
			open_with(raw_location(raw), bads[i].stall_ms, bads[i].total_ms);
		print_message("%s\n", bads[i].name);
		fails(http, &post, bads[i].reason);
		http_close(http);
		raw_stop(raw);
	}
}

static void a_flood_of_headers_is_stopped(void **state)
{
	(void)state;
	static const struct raw_step steps[] = {READ, SEND("HTTP/1.1 200 OK\r\n"),
		FLOOD("X: " LONG "\r\n"), CLOSE, READ, SEND("HTTP/1.1 200 OK\r\nX: "), FLOOD(LONG),
		END};
	struct raw *raw = raw_start(steps, NULL);
	struct http *http = open_at(raw_location(raw));
	fails(http, &post, "too_big");
	fails(http, &post, "too_big");
	http_close(http);
	raw_stop(raw);
}

static void what_is_behind_an_answer_does_not_count(void **state)
{
	(void)state;
	static const struct raw_step steps[] = {READ,
		SEND(OK "HTTP/1.1 500 Smuggled\r\nContent-Length: 0\r\n\r\n"), CLOSE, READ,
		SEND(OK), END};
	void *mem = mem_context(NULL);
	struct raw *raw = raw_start(steps, NULL);
	struct http *http = open_at(raw_location(raw));
	for (int i = 0; i < 2; i++) {
		struct http_answer answer;
		assert_true(http_send(http, &post, mem, &answer, NULL));
		assert_int_equal(answer.status, 200);
		assert_string_equal(answer.body, "ok");
	}
	http_close(http);
	raw_stop(raw);
	talloc_free(mem);
}

static void a_bomb_does_not_go_off(void **state)
{
	(void)state;
	enum { SIZE = 16000 };
	void *mem = mem_context(NULL);
	char *bomb = mem_array(mem, char, SIZE);
	memcpy(bomb, BOMB, sizeof BOMB - 1);
	char *head = mem_printf(mem, GZIP "%d\r\n\r\n", SIZE);
	const struct raw_step steps[] = {
		READ, SEND_BYTES(head, strlen(head)), SEND_BYTES(bomb, SIZE), END};
	struct raw *raw = raw_start(steps, NULL);
	struct http *http = open_at(raw_location(raw));
	fails(http, &post, "too_big");
	http_close(http);
	raw_stop(raw);
	talloc_free(mem);
}

/* --- nobody there --- */

static void not_reached(const char *location, const char *reason)
{
	void *mem = mem_context(NULL);
	struct http *http = open_at(location);
	struct http_answer answer;
	struct error err = {0};
	assert_false(http_send(http, &post, mem, &answer, &err));
	assert_int_equal(err.code, ERROR_UNAVAILABLE);
	assert_string_equal(err.reason, reason);
	assert_false(answer.was_sent);
	http_close(http);
	talloc_free(mem);
}

static char *folder_make(void)
{
	const char *top = getenv("TMPDIR");
	char *folder = mem_printf(NULL, "%s/atende-net-XXXXXX", top ? top : "/tmp");
	assert_non_null(mkdtemp(folder));
	return folder;
}

static void where_nobody_listens_nothing_was_sent(void **state)
{
	(void)state;
	static const struct raw_step nothing[] = {END};
	struct raw *raw = raw_start(nothing, NULL);
	char *location = mem_strdup(NULL, raw_location(raw));
	raw_stop(raw);
	not_reached(location, "refused");
	talloc_free(location);
	char *folder = folder_make();
	char *path = mem_printf(NULL, "%s/socket", folder);
	char *socket = mem_printf(path, "unix:%s", path);
	not_reached(socket, "refused"); /* none there */
	raw = raw_start(nothing, path);
	assert_int_equal(link(path, mem_printf(path, "%s.stale", path)), 0);
	raw_stop(raw);
	not_reached(mem_printf(path, "unix:%s.stale", path), "refused");
	unlink(mem_printf(path, "%s.stale", path));
	rmdir(folder);
	talloc_free(folder);
	talloc_free(path);
}

static void a_proxy_of_the_environment_is_not_for_sockets(void **state)
{
	(void)state;
	static const struct raw_step steps[] = {READ, SEND(OK), END};
	char *folder = folder_make();
	void *mem = mem_context(NULL);
	struct raw *raw = raw_start(steps, mem_printf(mem, "%s/socket", folder));
	struct http_options options = {.location = raw_location(raw)};
	struct http *http;
	assert_true(http_open(&options, &http, NULL));
	setenv("http_proxy", "http://127.0.0.1:1", 1);
	struct http_answer answer;
	assert_true(http_send(http, &post, mem, &answer, NULL));
	unsetenv("http_proxy");
	assert_string_equal(answer.body, "ok");
	http_close(http);
	raw_stop(raw);
	rmdir(folder);
	talloc_free(folder);
	talloc_free(mem);
}

/* --- a kept connection that is dead --- */

static void a_dead_connection_is_replaced(void **state)
{
	(void)state;
	static const struct raw_step steps[] = {READ, SEND(OK), READ, CLOSE, READ, SEND(OK), END};
	void *mem = mem_context(NULL);
	struct raw *raw = raw_start(steps, NULL);
	struct http *http = open_at(raw_location(raw));
	struct http_answer answer;
	assert_true(http_send(http, &post, mem, &answer, NULL));
	assert_true(http_send(http, &post, mem, &answer, NULL));
	assert_string_equal(answer.body, "ok");
	assert_string_equal(raw_request(raw, 1), raw_request(raw, 2));
	http_close(http);
	raw_stop(raw);
	talloc_free(mem);
}

static void what_goes_out_once_goes_out_once(void **state)
{
	(void)state;
	static const struct raw_step steps[] = {READ, SEND(OK), READ, CLOSE, READ, SEND(OK), END};
	void *mem = mem_context(NULL);
	struct raw *raw = raw_start(steps, NULL);
	struct http *http = open_at(raw_location(raw));
	struct http_answer answer;
	struct http_request request = post;
	request.is_once = true;
	assert_true(http_send(http, &request, mem, &answer, NULL));
	fails(http, &request, "unreachable");
	assert_string_equal(raw_request(raw, 2), "");
	assert_true(http_send(http, &request, mem, &answer, NULL));
	http_close(http);
	raw_stop(raw);
	talloc_free(mem);
}

static void one_that_was_sent_stays_sent(void **state)
{
	(void)state;
	/* The second request dies with its connection, and then nobody is there any more. */
	static const struct raw_step steps[] = {READ, SEND(OK), READ, RESET, CLOSE, END};
	void *mem = mem_context(NULL);
	struct raw *raw = raw_start(steps, NULL);
	struct http *http = open_at(raw_location(raw));
	struct http_answer answer;
	assert_true(http_send(http, &post, mem, &answer, NULL));
	struct error err = {0};
	assert_false(http_send(http, &post, mem, &answer, &err));
	assert_true(answer.was_sent);
	http_close(http);
	raw_stop(raw);
	talloc_free(mem);
}

/* --- cancelled --- */

struct canceller {
	struct http *http;
	pthread_t thread;
};

static void *cancel(void *data)
{
	struct canceller *canceller = data;
	http_cancel(canceller->http);
	return NULL;
}

/* The call is under way for certain once its first bytes have come. */
static bool start_cancel(void *data, const char *bytes, size_t size, struct error *err)
{
	(void)err;
	struct canceller *canceller = data;
	assert_memory_equal(bytes, "hello", size);
	return pthread_create(&canceller->thread, NULL, cancel, canceller) == 0;
}

static void another_thread_cancels(void **state)
{
	(void)state;
	static const struct raw_step steps[] = {READ,
		SEND("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello"), HANG, READ, SEND(OK),
		END};
	void *mem = mem_context(NULL);
	struct raw *raw = raw_start(steps, NULL);
	struct canceller canceller = {.http = open_at(raw_location(raw))};
	http_cancel(canceller.http); /* nothing is under way */
	struct http_request request = post;
	request.take = start_cancel;
	request.take_data = &canceller;
	fails(canceller.http, &request, "cancelled");
	pthread_join(canceller.thread, NULL);
	struct http_answer answer;
	assert_true(http_send(canceller.http, &post, mem, &answer, NULL));
	assert_string_equal(answer.body, "ok");
	http_close(canceller.http);
	raw_stop(raw);
	talloc_free(mem);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_bad_answer_is_none),
		cmocka_unit_test(a_flood_of_headers_is_stopped),
		cmocka_unit_test(what_is_behind_an_answer_does_not_count),
		cmocka_unit_test(a_bomb_does_not_go_off),
		cmocka_unit_test(where_nobody_listens_nothing_was_sent),
		cmocka_unit_test(a_proxy_of_the_environment_is_not_for_sockets),
		cmocka_unit_test(a_dead_connection_is_replaced),
		cmocka_unit_test(what_goes_out_once_goes_out_once),
		cmocka_unit_test(one_that_was_sent_stays_sent),
		cmocka_unit_test(another_thread_cancels),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
