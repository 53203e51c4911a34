#include "test.h"

#include "base/mem.h"
#include "net/http.h"
#include "raw.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* What a client sends, and what it makes of a good answer. */

#define OK "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"

static struct http *open_at(const char *location, const char *token)
{
	struct http *http;
	struct error err = {0};
	struct http_options options = {
		.location = location, .token = token, .proxy = "", .stall_ms = 10000};
	if (!http_open(&options, &http, &err)) {
		fail_msg("%s", err.text);
	}
	return http;
}

static struct http_answer get(struct http *http, const void *mem, const char *path)
{
	struct http_answer answer;
	struct error err = {0};
	struct http_request request = {.method = "GET", .path = path};
	if (!http_send(http, &request, mem, &answer, &err)) {
		fail_msg("%s", err.text);
	}
	return answer;
}

static void an_answer_has_status_headers_and_body(void **state)
{
	(void)state;
	static const struct raw_step steps[] = {
		READ,
		SEND("HTTP/1.1 404 Not Found\r\nETag: \"a\"\r\nAtende-Directory: 17\r\n"
		     "Retry-After: soon\r\nX-Odd: \x1B[1m\tred \xFF\r\nContent-Length: 5\r\n\r\n"
		     "he\0lo"),
		END,
	};
	void *mem = mem_context(NULL);
	struct raw *raw = raw_start(steps, NULL);
	struct http *http = open_at(raw_location(raw), NULL);
	struct http_answer answer = get(http, mem, "/v1/me?a=b%20c");
	assert_int_equal(answer.status, 404);
	assert_int_equal(answer.body_size, 5);
	assert_memory_equal(answer.body, "he\0lo", 6);
	assert_true(answer.was_sent);
	assert_string_equal(http_header_of(&answer, "etag"), "\"a\"");
	assert_int_equal(http_header_number(&answer, "Atende-Directory", -1), 17);
	assert_int_equal(http_header_number(&answer, "Retry-After", -1), -1);
	assert_string_equal(http_header_of(&answer, "X-Odd"), "[1m red \xEF\xBF\xBD");
	assert_null(http_header_of(&answer, "X-None"));
	const char *request = raw_request(raw, 0);
	assert_memory_equal(request, "GET /v1/me?a=b%20c HTTP/1.1\r\n", 29);
	assert_non_null(strstr(request, "\r\nAccept-Encoding: gzip\r\n"));
	assert_non_null(strstr(request, "\r\nUser-Agent: atende\r\n"));
	assert_null(strstr(request, "Authorization"));
	http_close(http);
	raw_stop(raw);
	talloc_free(mem);
}

static void a_request_has_headers_token_and_body(void **state)
{
	(void)state;
	static const struct raw_step steps[] = {
		READ, SEND("HTTP/1.1 304 Not Modified\r\n\r\n"), END};
	void *mem = mem_context(NULL);
	struct raw *raw = raw_start(steps, NULL);
	struct http *http = open_at(raw_location(raw), "ab.c");
	struct http_answer answer;
	const char *headers[] = {"Atende-As: ana", NULL};
	struct http_request request = {
		.method = "PUT",
		.path = "/a",
		.headers = headers,
		.if_none_match = "\"x\"",
		.body = "{}",
		.body_size = 2,
	};
	assert_true(http_send(http, &request, mem, &answer, NULL));
	assert_int_equal(answer.status, 304);
	assert_int_equal(answer.body_size, 0);
	assert_string_equal(answer.body, "");
	const char *sent = raw_request(raw, 0);
	assert_memory_equal(sent, "PUT /a HTTP/1.1\r\n", 17);
	assert_non_null(strstr(sent, "\r\nAuthorization: Bearer ab.c\r\n"));
	assert_non_null(strstr(sent, "\r\nAtende-As: ana\r\n"));
	assert_non_null(strstr(sent, "\r\nIf-None-Match: \"x\"\r\n"));
	assert_non_null(strstr(sent, "\r\nContent-Type: application/json\r\n"));
	assert_non_null(strstr(sent, "\r\nContent-Length: 2\r\n"));
	assert_null(strstr(sent, "Expect"));
	assert_string_equal(strstr(sent, "\r\n\r\n"), "\r\n\r\n{}");
	http_close(http);
	raw_stop(raw);
	talloc_free(mem);
}

/* As a server of this kind packs it; the limit is on what comes out: test_failures.c. */
static void a_packed_answer_is_unpacked(void **state)
{
	(void)state;
	static const struct raw_step steps[] = {READ,
		SEND("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 28\r\n\r\n"
		     "\037\213\010\000\000\000\000\000\002\003\313\110\315\311\311\127\310\100\047"
		     "\001\343\121\075\215\027\000\000\000"),
		END};
	void *mem = mem_context(NULL);
	struct raw *raw = raw_start(steps, NULL);
	struct http *http = open_at(raw_location(raw), NULL);
	struct http_answer answer = get(http, mem, "/");
	assert_int_equal(answer.body_size, 23);
	assert_string_equal(answer.body, "hello hello hello hello");
	http_close(http);
	raw_stop(raw);
	talloc_free(mem);
}

/* Packing would cost both sides more than it spares. */
static void nothing_is_packed_within_the_machine(void **state)
{
	(void)state;
	static const struct raw_step steps[] = {READ, SEND(OK), END};
	const char *top = getenv("TMPDIR");
	char *folder = mem_printf(NULL, "%s/atende-net-XXXXXX", top ? top : "/tmp");
	assert_non_null(mkdtemp(folder));
	char *path = mem_printf(folder, "%s/socket", folder);
	struct raw *raw = raw_start(steps, path);
	struct http *http = open_at(raw_location(raw), NULL);
	get(http, folder, "/");
	assert_null(strstr(raw_request(raw, 0), "Accept-Encoding"));
	http_close(http);
	raw_stop(raw);
	unlink(path);
	assert_int_equal(rmdir(folder), 0);
	talloc_free(folder);
}

static void a_connection_is_used_again(void **state)
{
	(void)state;
	/* A second connection would not be answered. */
	static const struct raw_step steps[] = {READ, SEND(OK), READ,
		SEND("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n"),
		READ, SEND(OK), HANG, END};
	void *mem = mem_context(NULL);
	struct raw *raw = raw_start(steps, NULL);
	struct http *http = open_at(raw_location(raw), NULL);
	for (size_t i = 0; i < 3; i++) {
		struct http_answer answer = get(http, mem, "/");
		assert_string_equal(answer.body, i == 1 ? "a" : "ok");
	}
	http_close(http);
	raw_stop(raw);
	talloc_free(mem);
}

static void a_redirect_is_not_followed(void **state)
{
	(void)state;
	static const int statuses[] = {301, 302, 303, 307, 308};
	static const struct raw_step none[] = {READ, SEND(OK), END};
	void *mem = mem_context(NULL);
	for (size_t i = 0; i < ARRAY_LEN(statuses); i++) {
		struct raw *other = raw_start(none, NULL);
		char *text = mem_printf(mem,
			"HTTP/1.1 %d On\r\nLocation: %s/\r\nContent-Length: 0\r\n\r\n", statuses[i],
			raw_location(other));
		const struct raw_step steps[] = {READ, SEND_BYTES(text, strlen(text)), END};
		struct raw *raw = raw_start(steps, NULL);
		struct http *http = open_at(raw_location(raw), "ab.c");
		assert_int_equal(get(http, mem, "/").status, statuses[i]);
		assert_string_equal(raw_request(other, 0), "");
		http_close(http);
		raw_stop(raw);
		raw_stop(other);
	}
	talloc_free(mem);
}

static void what_others_could_read_is_not_sent(void **state)
{
	(void)state;
	static const char *const locations[] = {
		"http://desk.invalid", "http://192.0.2.1:8420", "http://127.0.0.1.invalid"};
	static const struct raw_step steps[] = {READ, SEND(OK), END};
	void *mem = mem_context(NULL);
	struct raw *raw = raw_start(steps, NULL);
	for (size_t i = 0; i < ARRAY_LEN(locations); i++) {
		struct http_options options = {
			.location = locations[i], .token = "ab.c", .proxy = raw_location(raw)};
		struct http *http;
		struct error err = {0};
		assert_false(http_open(&options, &http, &err));
		assert_null(http);
		assert_int_equal(err.code, ERROR_INVALID);
		assert_string_equal(err.reason, "insecure");
		char *sentence = error_sentence(mem, &err, NULL);
		assert_non_null(strstr(sentence, "https://"));
		assert_non_null(strstr(sentence, "insecure = yes"));
		assert_null(strstr(sentence, "ab.c"));
	}
	assert_string_equal(raw_request(raw, 0), "");
	raw_stop(raw);
	talloc_free(mem);
}

/* A proxy on the way to this machine is another one. */
static void no_proxy_is_asked_for_this_machine(void **state)
{
	(void)state;
	static const struct raw_step steps[] = {READ, SEND(OK), END};
	void *mem = mem_context(NULL);
	struct raw *proxy = raw_start(steps, NULL);
	struct raw *raw = raw_start(steps, NULL);
	struct http_options options = {.location = raw_location(raw), .token = "ab.c"};
	struct http *http;
	setenv("http_proxy", raw_location(proxy), 1);
	setenv("all_proxy", raw_location(proxy), 1);
	assert_true(http_open(&options, &http, NULL));
	assert_int_equal(get(http, mem, "/").status, 200);
	unsetenv("http_proxy");
	unsetenv("all_proxy");
	assert_string_equal(raw_request(proxy, 0), "");
	http_close(http);
	raw_stop(proxy);
	raw_stop(raw);
	talloc_free(mem);
}

static void interim_answers_do_not_count(void **state)
{
	(void)state;
	static const struct raw_step steps[] = {READ,
		SEND("HTTP/1.1 103 Early Hints\r\nETag: \"early\"\r\n\r\n"
		     "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\n"
		     "Content-Length: 0\r\n\r\n"),
		END};
	void *mem = mem_context(NULL);
	struct raw *raw = raw_start(steps, NULL);
	struct http *http = open_at(raw_location(raw), NULL);
	struct http_answer answer = get(http, mem, "/");
	assert_int_equal(answer.status, 302);
	assert_null(http_header_of(&answer, "ETag"));
	assert_non_null(http_header_of(&answer, "Location"));
	http_close(http);
	raw_stop(raw);
	talloc_free(mem);
}

static void a_proxy_is_asked_for_the_whole_address(void **state)
{
	(void)state;
	static const struct raw_step steps[] = {READ, SEND(OK), END};
	void *mem = mem_context(NULL);
	struct raw *raw = raw_start(steps, NULL);
	struct http_options options = {.location = "http://desk.invalid:8080/atende/",
		.insecure = true,
		.proxy = raw_location(raw)};
	struct http *http;
	assert_true(http_open(&options, &http, NULL));
	assert_int_equal(get(http, mem, "/v1/me").status, 200);
	const char *wanted = "GET http://desk.invalid:8080/atende/v1/me HTTP/1.1\r\n";
	assert_memory_equal(raw_request(raw, 0), wanted, strlen(wanted));
	http_close(http);
	raw_stop(raw);
	talloc_free(mem);
}

/* --- streams --- */

struct taken {
	size_t size;
	size_t calls;
	size_t end_after;
};

static bool take(void *data, const char *bytes, size_t size, struct error *err)
{
	struct taken *taken = data;
	assert_int_equal(bytes[0], 'x');
	taken->size += size;
	taken->calls++;
	return taken->size < taken->end_after ||
	       error_set(err, ERROR_INTERNAL, "the disk is full", NULL);
}

static void a_long_body_is_taken_as_it_comes(void **state)
{
	(void)state;
	enum { SIZE = 100000 };
	void *mem = mem_context(NULL);
	char *body = mem_array(mem, char, SIZE);
	memset(body, 'x', SIZE);
	char *head = mem_printf(mem, "HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n", SIZE);
	const struct raw_step steps[] = {READ, SEND_BYTES(head, strlen(head)),
		SEND_BYTES(body, SIZE), READ,
		SEND("HTTP/1.1 403 No\r\nContent-Length: 2\r\n\r\nno"), READ,
		SEND_BYTES(head, strlen(head)), SEND_BYTES(body, SIZE), END};
	struct raw *raw = raw_start(steps, NULL);
	struct http_options options = {
		.location = raw_location(raw), .proxy = "", .answer_max = 1000};
	struct http *http;
	assert_true(http_open(&options, &http, NULL));
	struct taken taken = {.end_after = SIZE + 1};
	struct http_request request = {
		.method = "GET", .path = "/", .take = take, .take_data = &taken};
	struct http_answer answer;
	assert_true(http_send(http, &request, mem, &answer, NULL));
	assert_int_equal(taken.size, SIZE);
	assert_int_equal(answer.body_size, 0);
	/* A refusal is kept. */
	assert_true(http_send(http, &request, mem, &answer, NULL));
	assert_string_equal(answer.body, "no");
	/* Who takes can end it. */
	taken = (struct taken){.end_after = 1};
	struct error err = {0};
	assert_false(http_send(http, &request, mem, &answer, &err));
	assert_string_equal(err.text, "the disk is full");
	assert_int_equal(taken.calls, 1);
	http_close(http);
	raw_stop(raw);
	talloc_free(mem);
}

static bool give(void *data, char *bytes, size_t max, size_t *size, struct error *err)
{
	int *left = data;
	assert_true(max >= 3);
	if (*left == -1) {
		return error_set(err, ERROR_INTERNAL, "the file is gone", NULL);
	}
	*size = *left > 0 ? 3 : 0;
	memcpy(bytes, "abc", *size);
	*left -= *left > 0;
	return true;
}

static void a_long_body_is_given_in_chunks(void **state)
{
	(void)state;
	static const struct raw_step steps[] = {READ, SEND(OK), HANG, END};
	void *mem = mem_context(NULL);
	struct raw *raw = raw_start(steps, NULL);
	struct http *http = open_at(raw_location(raw), NULL);
	int left = 2;
	struct http_request request = {.method = "POST",
		.path = "/v1/files",
		.give = give,
		.give_data = &left,
		.body_type = "application/octet-stream"};
	struct http_answer answer;
	struct error err = {0};
	assert_true(http_send(http, &request, mem, &answer, &err));
	const char *sent = raw_request(raw, 0);
	assert_memory_equal(sent, "POST /v1/files HTTP/1.1\r\n", 25);
	assert_non_null(strstr(sent, "\r\nContent-Type: application/octet-stream\r\n"));
	assert_string_equal(strstr(sent, "\r\n\r\n"), "\r\n\r\n3\r\nabc\r\n3\r\nabc\r\n0\r\n\r\n");
	left = -1;
	assert_false(http_send(http, &request, mem, &answer, &err));
	assert_string_equal(err.text, "the file is gone");
	http_close(http);
	raw_stop(raw);
	talloc_free(mem);
}

/* --- what a caller may not give --- */

static void what_is_no_header_is_refused(void **state)
{
	(void)state;
	void *mem = mem_context(NULL);
	struct http *http = open_at("http://127.0.0.1:1", NULL);
	static const char *const tokens[] = {"", "a b", "a\r\nX: y", "\xC3\xA9"};
	for (size_t i = 0; i < ARRAY_LEN(tokens); i++) {
		struct error err = {0};
		assert_false(http_set_token(http, tokens[i], &err));
		assert_int_equal(err.code, ERROR_INVALID);
		assert_string_equal(err.arg[0], "");
	}
	const char *headers[] = {"Atende-As: ana\r\nX: y", NULL};
	struct http_request request = {.method = "GET", .path = "/", .headers = headers};
	struct http_answer answer;
	struct error err = {0};
	assert_false(http_send(http, &request, mem, &answer, &err));
	assert_int_equal(err.code, ERROR_INVALID);
	assert_false(answer.was_sent);
	http_close(http);
	http_close(NULL);
	talloc_free(mem);
}

static void a_text_becomes_part_of_a_query(void **state)
{
	(void)state;
	void *mem = mem_context(NULL);
	assert_string_equal(http_escape(mem, "a-1._~ é/&%"), "a-1._~%20%C3%A9%2F%26%25");
	assert_string_equal(http_escape(mem, ""), "");
	talloc_free(mem);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_answer_has_status_headers_and_body),
		cmocka_unit_test(a_request_has_headers_token_and_body),
		cmocka_unit_test(a_packed_answer_is_unpacked),
		cmocka_unit_test(nothing_is_packed_within_the_machine),
		cmocka_unit_test(a_connection_is_used_again),
		cmocka_unit_test(a_redirect_is_not_followed),
		cmocka_unit_test(what_others_could_read_is_not_sent),
		cmocka_unit_test(no_proxy_is_asked_for_this_machine),
		cmocka_unit_test(interim_answers_do_not_count),
		cmocka_unit_test(a_proxy_is_asked_for_the_whole_address),
		cmocka_unit_test(a_long_body_is_taken_as_it_comes),
		cmocka_unit_test(a_long_body_is_given_in_chunks),
		cmocka_unit_test(what_is_no_header_is_refused),
		cmocka_unit_test(a_text_becomes_part_of_a_query),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
