#include "service.h"

#include "base/mem.h"
#include "hearer.h"
#include "httpd/pack.h"
#include "test.h"

#include <stdlib.h>
#include <string.h>

/* What is packed, for whom, and that it says the same. */

static const char queue[] = "/v1/tickets?state=open";
static const char gzip[] = "Accept-Encoding: gzip\r\n";

static void who_wants_it(void **state)
{
	(void)state;
	static const struct {
		const char *accepted;
		bool is_wanted;
	} cases[] = {
		{NULL, false},
		{"", false},
		{"gzip", true},
		{"x-gzip", true},
		{"GZip", true},
		{"deflate, gzip, br", true},
		{"deflate,br", false},
		{"gzipped", false},
		{"*", true},
		{"*;q=0", false},
		{"gzip;q=0", false},
		{"gzip; q=0.000", false},
		{"gzip;q=0.001", true},
		{"gzip;q=0.001, identity;q=0.002", false},
		{"gzip;q=0, *", false},
		{"*;q=0, gzip", true},
		{"gzip;q=1.0", true},
		{"gzip ; Q=0.5 , identity;q=0.5", true},
		{"gzip;q=0.5, identity", false},
		{"identity;q=0.1, *;q=0.2", true},
		{"identity;q=0", false},
		{"gzip;q=2", false},
		{"gzip;q=1.5", false},
		{"gzip;q=-1", false},
		{"gzip;q=", false},
		{"gzip;q=0.5x", false},
		{"gzip;level=9", false},
		{" \t, ,gzip", true},
		{",;,;=,q", false},
		{"gzip;", false},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		const char *accepted = cases[i].accepted;
		if (pack_is_wanted(accepted) != cases[i].is_wanted) {
			fail_msg("%s", accepted ? accepted : "nothing");
		}
	}
}

static void what_is_packed(void **state)
{
	(void)state;
	assert_true(pack_is_useful("application/json", PACK_LEAST));
	assert_true(pack_is_useful("application/x-ndjson", PACK_MOST));
	assert_true(pack_is_useful("text/plain; version=0.0.4", PACK_LEAST));
	assert_false(pack_is_useful("application/json", PACK_LEAST - 1));
	assert_false(pack_is_useful("application/json", PACK_MOST + 1));
	assert_false(pack_is_useful("application/octet-stream", PACK_LEAST));
	assert_false(pack_is_useful("text/event-stream", PACK_LEAST));
	assert_false(pack_is_useful("image/png", PACK_LEAST));
	assert_false(pack_is_useful(NULL, PACK_LEAST));
}

static void noise_is_sent_as_it_is(void **state)
{
	(void)state;
	enum { SIZE = 4096 };
	void *mem = mem_context(NULL);
	char *noise = mem_array(mem, char, SIZE);
	uint64_t dice = 88172645463325252U;
	for (size_t i = 0; i < SIZE; i++) {
		dice ^= dice << 13;
		dice ^= dice >> 7;
		dice ^= dice << 17;
		noise[i] = (char)(dice >> 32);
	}
	size_t size;
	assert_null(pack_bytes(mem, noise, SIZE, &size));
	talloc_free(mem);
}

static void some_tickets(struct service *s)
{
	for (int i = 0; i < 12; i++) {
		fixture_ticket(s->f, mem_printf(s, "c%d@example.com", i), "entrega");
	}
}

static struct reply get(struct service *s, const char *login, const char *path, const char *headers)
{
	return service_ask_with(s, login, "GET", path, headers, NULL);
}

static void are_equal(struct service *s, const struct reply *plain, const struct reply *packed)
{
	assert_int_equal(plain->status, packed->status);
	assert_int_equal(plain->size, packed->size);
	assert_memory_equal(plain->body, packed->body, plain->size);
	assert_null(reply_header(s, plain, "Content-Encoding"));
	assert_string_equal(reply_header(s, plain, "Vary"), "Accept-Encoding");
	assert_string_equal(reply_header(s, packed, "Vary"), "Accept-Encoding");
}

/* First made, then kept; whoever asked first in whichever way. */
static void packed_says_the_same(void **state)
{
	struct service *s = *state;
	static const char *const paths[] = {
		"/v1/tickets?state=open", "/v1/directory", "/v1/log", "/v1/mirror?part=open"};
	some_tickets(s);
	for (size_t i = 0; i < ARRAY_LEN(paths); i++) {
		for (int turn = 0; turn < 4; turn++) {
			struct reply packed = get(s, "ana", paths[i], gzip);
			struct reply plain = get(s, "ana", paths[i], "");
			are_equal(s, &plain, &packed);
			assert_string_equal(reply_header(s, &packed, "Content-Encoding"), "gzip");
			assert_true(packed.came * 2 < plain.came);
			const char *length = reply_header(s, &packed, "Content-Length");
			assert_int_equal(strtol(length, NULL, 10), packed.came);
		}
	}
}

static void short_answers_are_not_packed(void **state)
{
	struct service *s = *state;
	struct reply packed = get(s, "ana", "/v1/counts", gzip);
	struct reply plain = get(s, "ana", "/v1/counts", "");
	assert_null(reply_header(s, &packed, "Content-Encoding"));
	are_equal(s, &plain, &packed);
}

static void nobody_gets_what_he_did_not_ask_for(void **state)
{
	struct service *s = *state;
	static const char *const refusing[] = {"", "Accept-Encoding: gzip;q=0\r\n",
		"Accept-Encoding: br, deflate\r\n", "Accept-Encoding: identity, gzip;q=0.5\r\n"};
	some_tickets(s);
	for (size_t i = 0; i < ARRAY_LEN(refusing); i++) {
		struct reply packed = get(s, "ana", queue, gzip);
		assert_non_null(reply_header(s, &packed, "Content-Encoding"));
		struct reply reply = get(s, "ana", queue, refusing[i]);
		assert_int_equal(reply.status, 200);
		assert_null(reply_header(s, &reply, "Content-Encoding"));
		assert_int_equal(reply_count(&reply, "tickets"), 12);
	}
}

static void each_his_own(void **state)
{
	struct service *s = *state;
	some_tickets(s);
	fixture_ticket(s->f, "rui@example.com", "cobranca");
	static const struct {
		const char *login;
		size_t count;
	} cases[] = {{"davi", 13}, {"ana", 12}, {"carla", 1}, {"davi", 13}, {"ana", 12}};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct reply reply = get(s, cases[i].login, queue, gzip);
		assert_int_equal(reply_count(&reply, "tickets"), cases[i].count);
	}
}

/* The tag of one coding is good for the other: it is weak. */
static void what_is_known_is_not_sent(void **state)
{
	struct service *s = *state;
	static const char *const ways[] = {"", gzip};
	some_tickets(s);
	for (size_t i = 0; i < ARRAY_LEN(ways); i++) {
		struct reply first = get(s, "ana", queue, ways[i]);
		const char *etag = reply_header(s, &first, "ETag");
		assert_memory_equal(etag, "W/\"", 3);
		for (size_t k = 0; k < ARRAY_LEN(ways); k++) {
			char *headers = mem_printf(s, "%sIf-None-Match: %s\r\n", ways[k], etag);
			struct reply again = get(s, "ana", queue, headers);
			assert_int_equal(again.status, 304);
			assert_int_equal(again.came, 0);
			assert_string_equal(reply_header(s, &again, "ETag"), etag);
			assert_string_equal(reply_header(s, &again, "Vary"), "Accept-Encoding");
			assert_null(reply_header(s, &again, "Content-Encoding"));
		}
	}
}

static void head_tells_of_the_same(void **state)
{
	struct service *s = *state;
	static const char *const names[] = {
		"Content-Encoding", "Content-Length", "ETag", "Vary", "Content-Type"};
	some_tickets(s);
	struct reply head = service_ask_with(s, "ana", "HEAD", queue, gzip, NULL);
	struct reply whole = get(s, "ana", queue, gzip);
	assert_int_equal(head.status, 200);
	assert_int_equal(head.came, 0);
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		assert_string_equal(
			reply_header(s, &head, names[i]), reply_header(s, &whole, names[i]));
	}
}

/* News that waits in a packer is none. */
static void a_feed_is_not_packed(void **state)
{
	struct service *s = *state;
	struct hearer *hearer = hearer_open(s, "ana", "", gzip);
	struct told told;
	assert_true(hearer_next(hearer, &told));
	int64_t number = fixture_ticket(s->f, "joana@example.com", "entrega");
	assert_int_equal(number, 1001);
	assert_true(hearer_change(hearer) > 0);
	hearer_close(hearer);
}

static void figures_are_packed_for_who_asks(void **state)
{
	struct service *s = *state;
	struct reply plain = get(s, NULL, "/metrics", "");
	assert_null(reply_header(s, &plain, "Content-Encoding"));
	struct reply packed = get(s, NULL, "/metrics", gzip);
	assert_string_equal(reply_header(s, &packed, "Content-Encoding"), "gzip");
	assert_non_null(strstr(packed.body, "# TYPE"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(who_wants_it),
		cmocka_unit_test(what_is_packed),
		cmocka_unit_test(noise_is_sent_as_it_is),
		with_service(packed_says_the_same),
		with_service(short_answers_are_not_packed),
		with_service(nobody_gets_what_he_did_not_ask_for),
		with_service(each_his_own),
		with_service(what_is_known_is_not_sent),
		with_service(head_tells_of_the_same),
		with_service(a_feed_is_not_packed),
		with_service(figures_are_packed_for_who_asks),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
