#include "test.h"

#include "base/mem.h"
#include "codec/directory_json.h"
#include "core/problem.h"
#include "net/raw.h"
#include "store/drivers.h"

#include <string.h>

/* A desk behind a server that answers by script: what a store makes of it. */

enum { STEPS = 24, NOW = 1000000 };

struct talk {
	struct raw_step steps[STEPS];
	size_t count;
	struct raw *raw;
	struct store *store;
};

static int64_t talk_now(void *data)
{
	(void)data;
	return NOW;
}

static void add(struct talk *talk, enum raw_do what, const char *bytes)
{
	assert_true(talk->count + 1 < STEPS);
	talk->steps[talk->count++] = (struct raw_step){what, bytes, bytes ? strlen(bytes) : 0};
}

/* Reads a request and answers it; more headers, each with its end of line. */
static void answer(struct talk *talk, const char *status, const char *headers, const char *body)
{
	add(talk, RAW_READ, NULL);
	add(talk, RAW_SEND,
		mem_printf(talk, "HTTP/1.1 %s\r\n%sContent-Length: %zu\r\n\r\n%s", status, headers,
			strlen(body), body));
}

#define OF_REVISION(n) "Content-Type: application/json\r\nAtende-Directory: " #n "\r\n"

/* Operator ana, and more of that many. */
static char *directory_text(const void *mem, int64_t revision, size_t more)
{
	struct directory directory = {.revision = revision, .operator_count = 1 + more};
	directory.operators = mem_array(mem, struct operator_, 1 + more);
	settings_init(mem, &directory.settings);
	for (size_t i = 0; i <= more; i++) {
		directory.operators[i] = (struct operator_){.id = (int64_t)i + 1,
			.login = i ? mem_printf(mem, "o%zu", i) : mem_strdup(mem, "ana"),
			.name = mem_strdup(mem, "x"),
			.role = ROLE_ADMIN,
			.enabled = true};
	}
	return json_print(mem, directory_json(mem, &directory));
}

static struct talk *talk_begin(void)
{
	struct talk *talk = mem_new(NULL, struct talk);
	answer(talk, "200 OK", OF_REVISION(1) "ETag: \"d1\"\r\n", directory_text(talk, 1, 0));
	return talk;
}

static bool talk_open(struct talk *talk, struct error *err)
{
	static const struct store_driver *const drivers[] = {&store_http};
	struct store_options options = {.clock = {talk_now, NULL}, .token = "geheim"};
	talk->raw = raw_start(talk->steps, NULL);
	return store_open(talk, raw_location(talk->raw), drivers, 1, &options, &talk->store, err);
}

static void talk_must_open(struct talk *talk)
{
	struct error err = {0};
	if (!talk_open(talk, &err)) {
		fail_msg("%s", error_sentence(talk, &err, NULL));
	}
}

static void talk_end(struct talk *talk)
{
	store_close(talk->store);
	raw_stop(talk->raw);
	talloc_free(talk);
}

static void is_error(const struct error *err, enum error_code code, const char *reason)
{
	char *sentence = error_sentence(NULL, err, NULL);
	bool is_same = err->reason && strcmp(err->reason, reason) == 0;
	if (err->code != code || !is_same || strstr(sentence, "geheim")) {
		fail_msg("%s %s: %s", error_code_name(err->code), err->reason, sentence);
	}
	talloc_free(sentence);
}

/* --- opening --- */

static void what_is_no_server_of_a_desk_is_told(void **state)
{
	(void)state;
	static const struct {
		const char *status, *headers, *body;
		enum error_code code;
		const char *reason;
	} cases[] = {
		{"200 OK", "Content-Type: text/html\r\n", "<html>router</html>", ERROR_UNAVAILABLE,
			"no_server"},
		{"404 Not Found", "", "<html></html>", ERROR_UNAVAILABLE, "no_server"},
		{"502 Bad Gateway", "", "bad gateway", ERROR_UNAVAILABLE, "no_server"},
		{"302 Found", "Location: /login\r\n", "", ERROR_UNAVAILABLE, "no_server"},
		{"200 OK", OF_REVISION(1), "{}", ERROR_INVALID, "version"},
		{"200 OK", OF_REVISION(1), "[", ERROR_INVALID, "version"},
		{"404 Not Found", "",
			"{\"code\":\"not_found\",\"reason\":\"no_route\",\"text\":\"x\"}",
			ERROR_INVALID, "version"},
		{"401 Unauthorized", "",
			"{\"code\":\"denied\",\"reason\":\"no_identity\",\"text\":\"sign in\"}",
			ERROR_DENIED, "no_identity"},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct talk *talk = mem_new(NULL, struct talk);
		struct error err = {0};
		answer(talk, cases[i].status, cases[i].headers, cases[i].body);
		assert_false(talk_open(talk, &err));
		is_error(&err, cases[i].code, cases[i].reason);
		talk_end(talk);
	}
}

static void the_token_and_who_acts_go_out_with_each_request(void **state)
{
	(void)state;
	struct talk *talk = talk_begin();
	struct counts counts;
	struct error err = {0};
	add(talk, RAW_READ, NULL);
	add(talk, RAW_SEND, "HTTP/1.1 304 Not Modified\r\nAtende-Directory: 1\r\n\r\n");
	answer(talk, "200 OK", OF_REVISION(1),
		"{\"open\":1,\"free\":0,\"mine\":0,\"overdue\":0,\"overdue_is_capped\":false,"
		"\"waiting\":0,\"snoozed\":0,\"drafts\":7}");
	talk_must_open(talk);
	/* The directory that came with the opening does for who begins at once. */
	const struct directory *directory;
	assert_true(store_act_as(talk->store, "ana", &err));
	assert_true(store_directory(talk->store, &directory, &err));
	assert_true(store_counts(talk->store, &counts, &err));
	assert_int_equal(counts.drafts, 7);
	assert_non_null(strstr(raw_request(talk->raw, 0), "Authorization: Bearer geheim\r\n"));
	assert_null(strstr(raw_request(talk->raw, 0), "Atende-As"));
	assert_non_null(strstr(raw_request(talk->raw, 1), "If-None-Match: \"d1\"\r\n"));
	assert_non_null(strstr(raw_request(talk->raw, 2), "Atende-As: ana\r\n"));
	talk_end(talk);
}

/* --- the directory --- */

static void a_newer_directory_is_fetched_before_an_answer_is_read(void **state)
{
	(void)state;
	struct talk *talk = talk_begin();
	struct load_list loads;
	struct error err = {0};
	answer(talk, "200 OK", OF_REVISION(2), "{\"loads\":[{\"operator\":\"o1\",\"tickets\":3}]}");
	answer(talk, "200 OK", OF_REVISION(2), directory_text(talk, 2, 1));
	talk_must_open(talk);
	assert_true(store_loads(talk->store, talk, &loads, &err));
	assert_int_equal(loads.count, 1);
	assert_int_equal(loads.items[0].operator_id, 2);
	talk_end(talk);
}

static void a_page_that_holds_is_not_sent_again(void **state)
{
	(void)state;
	struct talk *talk = talk_begin();
	struct queue_page page;
	struct queue_query query = {.limit = 5};
	struct error err = {0};
	answer(talk, "200 OK", OF_REVISION(1) "ETag: \"p\"\r\n",
		"{\"tickets\":[],\"has_more\":true,\"next\":null,\"revision\":41,\"scanned\":9}");
	add(talk, RAW_READ, NULL);
	add(talk, RAW_SEND, "HTTP/1.1 304 Not Modified\r\nAtende-Directory: 1\r\n\r\n");
	talk_must_open(talk);
	for (int i = 0; i < 2; i++) {
		assert_true(store_queue(talk->store, talk, &query, &page, &err));
		assert_int_equal(page.revision, 41);
		assert_int_equal(page.scanned, 9);
	}
	assert_null(strstr(raw_request(talk->raw, 1), "If-None-Match"));
	assert_non_null(strstr(raw_request(talk->raw, 2), "If-None-Match: \"p\"\r\n"));
	talk_end(talk);
}

static void the_clock_is_the_servers(void **state)
{
	(void)state;
	struct talk *talk = talk_begin();
	struct counts counts;
	struct error err = {0};
	static const char *const now[] = {"1000500", "4600000", "4600900", "1000000"};
	static const int64_t then[] = {NOW, 4600000, 4600000, NOW};
	for (size_t i = 0; i < ARRAY_LEN(now); i++) {
		answer(talk, "200 OK",
			mem_printf(talk, OF_REVISION(1) "Atende-Now: %s\r\n", now[i]), "{}");
	}
	talk_must_open(talk);
	for (size_t i = 0; i < ARRAY_LEN(now); i++) {
		store_counts(talk->store, &counts, &err);
		assert_int_equal(store_now(talk->store), then[i]);
	}
	talk_end(talk);
}

/* --- changes --- */

static const char applied[] =
	"{\"results\":[{\"ok\":true,\"repeat\":false,\"revision\":7,\"ticket\":1001,"
	"\"customer\":null,\"generation\":7}]}";

/* Claims a ticket as ana. */
static bool claim(struct talk *talk, struct result *result, struct error *err)
{
	struct change change = {
		.id = uuid_make(NOW), .kind = CHANGE_CLAIM, .actor = 1, .ticket = 9};
	return store_apply(talk->store, &change, 1, result, err);
}

static void an_answer_that_never_came_leaves_it_uncertain(void **state)
{
	(void)state;
	static const struct {
		enum raw_do what[3];
		const char *bytes;
	} cases[] = {
		{{RAW_READ, RAW_RESET}, NULL},
		{{RAW_READ, RAW_SEND, RAW_CLOSE}, "HTTP/1.1 200 OK\r\nContent-Length: 90\r\n\r\n{"},
		{{RAW_READ, RAW_SEND, RAW_CLOSE}, "HTTP/1.1 502 Bad Gateway\r\n\r\n<html>"},
		{{RAW_READ, RAW_SEND, RAW_CLOSE}, "HTTP/1.1 200 OK\r\n\r\n<html>"},
		{{RAW_READ, RAW_SEND, RAW_CLOSE},
			"HTTP/1.1 200 OK\r\n" OF_REVISION(1) "\r\n{\"results\":[]}"},
		{{RAW_READ, RAW_SEND, RAW_CLOSE}, "nonsense\r\n\r\n"},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct talk *talk = talk_begin();
		struct result result;
		struct error err = {0};
		for (int j = 0; j < 3 && cases[i].what[j] != RAW_END; j++) {
			add(talk, cases[i].what[j], j == 1 ? cases[i].bytes : NULL);
		}
		talk_must_open(talk);
		assert_false(claim(talk, &result, &err));
		is_error(&err, ERROR_UNCERTAIN, "unreachable");
		talk_end(talk);
	}
}

static void what_did_not_go_out_was_not_done(void **state)
{
	(void)state;
	struct talk *talk = talk_begin();
	struct result result;
	struct error err = {0};
	talk_must_open(talk);
	struct raw *raw = talk->raw;
	raw_stop(raw);
	talk->raw = raw_start(&(struct raw_step){RAW_END, NULL, 0}, NULL);
	assert_false(claim(talk, &result, &err));
	is_error(&err, ERROR_UNAVAILABLE, "refused");
	talk_end(talk);
}

static void what_the_server_says_of_the_request_is_said_of_the_changes(void **state)
{
	(void)state;
	struct talk *talk = talk_begin();
	struct result result;
	struct error err = {0};
	answer(talk, "403 Forbidden", OF_REVISION(1),
		"{\"code\":\"denied\",\"reason\":\"disabled\",\"text\":\"{0} is disabled\","
		"\"args\":[\"ana\"]}");
	answer(talk, "401 Unauthorized", OF_REVISION(1),
		"{\"code\":\"denied\",\"reason\":\"signed_out\",\"text\":\"sign in again\"}");
	answer(talk, "200 OK", OF_REVISION(1), applied);
	talk_must_open(talk);
	assert_true(claim(talk, &result, &err));
	assert_false(result.ok);
	is_error(&result.err, ERROR_DENIED, "disabled");
	assert_string_equal(result.err.arg[0], "ana");
	assert_false(claim(talk, &result, &err));
	is_error(&err, ERROR_DENIED, "signed_out");
	assert_true(claim(talk, &result, &err));
	assert_true(result.ok);
	assert_int_equal(result.generation, 7);
	talk_end(talk);
}

static void what_needs_no_desk_is_refused_here(void **state)
{
	(void)state;
	struct talk *talk = talk_begin();
	struct error err = {0};
	struct result results[3];
	answer(talk, "200 OK", OF_REVISION(1), applied);
	talk_must_open(talk);
	struct change changes[] = {
		{.id = uuid_make(NOW),
			.kind = CHANGE_NOTE,
			.group = 1,
			.ticket = 9,
			.text = "\033"},
		{.id = uuid_make(NOW), .kind = CHANGE_CLAIM, .group = 1, .ticket = 9},
		{.id = uuid_make(NOW), .kind = CHANGE_CLAIM, .ticket = 1001},
	};
	assert_true(store_apply(talk->store, changes, 3, results, &err));
	assert_int_equal(results[0].err.code, ERROR_INVALID);
	is_error(&results[1].err, problem_infos[PROBLEM_GROUP].code,
		problem_infos[PROBLEM_GROUP].reason);
	assert_true(results[2].ok);
	assert_int_equal(results[2].ticket, 1001);
	talk_end(talk);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_no_server_of_a_desk_is_told),
		cmocka_unit_test(the_token_and_who_acts_go_out_with_each_request),
		cmocka_unit_test(a_newer_directory_is_fetched_before_an_answer_is_read),
		cmocka_unit_test(a_page_that_holds_is_not_sent_again),
		cmocka_unit_test(the_clock_is_the_servers),
		cmocka_unit_test(an_answer_that_never_came_leaves_it_uncertain),
		cmocka_unit_test(what_did_not_go_out_was_not_done),
		cmocka_unit_test(what_the_server_says_of_the_request_is_said_of_the_changes),
		cmocka_unit_test(what_needs_no_desk_is_refused_here),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
