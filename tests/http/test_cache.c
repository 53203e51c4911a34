#include "service.h"

#include "base/mem.h"
#include "test.h"

#include <string.h>

/* Answers are given again as long as they are true, and to nobody else. */

static const char queue[] = "/v1/tickets?state=open";

static struct reply ask_again(struct service *s, const char *path, const char *etag)
{
	char *header = mem_printf(s, "If-None-Match: %s\r\n", etag);
	return service_ask_with(s, "ana", "GET", path, header, NULL);
}

static void test_etag(void **state)
{
	struct service *s = *state;
	fixture_ticket(s->f, "joana@example.com", "entrega");
	struct reply first = service_must(s, "ana", "GET", queue, NULL, 200);
	const char *etag = reply_header(s, &first, "ETag");
	assert_non_null(etag);
	struct reply again = service_must(s, "ana", "GET", queue, NULL, 200);
	assert_string_equal(again.body, first.body);
	assert_string_equal(reply_header(s, &again, "ETag"), etag);
	again = ask_again(s, queue, etag);
	assert_int_equal(again.status, 304);
	assert_int_equal(again.size, 0);
	assert_string_equal(reply_header(s, &again, "ETag"), etag);
	assert_non_null(reply_header(s, &again, "Atende-Directory"));
	assert_int_equal(ask_again(s, queue, "\"other\"").status, 200);
	assert_int_equal(ask_again(s, queue, mem_printf(s, "\"x\", W/%s", etag)).status, 304);
	assert_int_equal(ask_again(s, queue, "*").status, 304);
	fixture_claim(s->f, "bruno", 1001);
	again = ask_again(s, queue, etag);
	assert_int_equal(again.status, 200);
	assert_string_not_equal(reply_header(s, &again, "ETag"), etag);
}

static void test_change_is_seen_at_once(void **state)
{
	struct service *s = *state;
	for (int i = 0; i < 5; i++) {
		fixture_ticket(s->f, mem_printf(s, "c%d@example.com", i), "entrega");
		struct reply reply = service_must(s, "ana", "GET", queue, NULL, 200);
		assert_int_equal(reply_count(&reply, "tickets"), i + 1);
		service_must(s, "ana", "GET", queue, NULL, 200);
	}
}

/* Drafts are no changes and have no revision. */
static void test_draft_is_seen_at_once(void **state)
{
	struct service *s = *state;
	fixture_ticket(s->f, "joana@example.com", "entrega");
	struct reply reply = service_must(s, "ana", "GET", "/v1/drafts", NULL, 200);
	assert_int_equal(reply_count(&reply, "drafts"), 0);
	service_must(s, "ana", "PUT", "/v1/tickets/1001/drafts/note", "{\"text\":\"x\"}", 204);
	reply = service_must(s, "ana", "GET", "/v1/drafts", NULL, 200);
	assert_int_equal(reply_count(&reply, "drafts"), 1);
}

static void test_each_his_own(void **state)
{
	struct service *s = *state;
	fixture_ticket(s->f, "joana@example.com", "entrega");
	fixture_ticket(s->f, "rui@example.com", "cobranca");
	static const struct {
		const char *login;
		size_t count;
	} cases[] = {{"ana", 1}, {"davi", 2}, {"carla", 1}, {NULL, 2}, {"ana", 1}};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct reply reply = service_must(s, cases[i].login, "GET", queue, NULL, 200);
		assert_int_equal(reply_count(&reply, "tickets"), cases[i].count);
	}
}

/* What an operator may see changes with his teams, not with the address. */
static void test_teams(void **state)
{
	struct service *s = *state;
	fixture_ticket(s->f, "joana@example.com", "entrega");
	struct reply reply = service_must(s, "carla", "GET", queue, NULL, 200);
	assert_int_equal(reply_count(&reply, "tickets"), 0);
	fixture_do(s->f, "eva",
		(struct change){.kind = CHANGE_OPERATOR, .key = "carla", .value = "entrega"});
	reply = service_must(s, "carla", "GET", queue, NULL, 200);
	assert_int_equal(reply_count(&reply, "tickets"), 1);
}

/* A snooze ends without anybody writing anything. */
static void test_time(void **state)
{
	struct service *s = *state;
	fixture_ticket(s->f, "joana@example.com", "entrega");
	fixture_claim(s->f, "ana", 1001);
	fixture_do(s->f, "ana",
		(struct change){
			.kind = CHANGE_SNOOZE, .ticket = 1001, .until_at = s->f->now + 60000});
	struct reply reply = service_must(s, "ana", "GET", queue, NULL, 200);
	assert_int_equal(reply_count(&reply, "tickets"), 0);
	service_pass(s, 60001);
	reply = service_must(s, "ana", "GET", queue, NULL, 200);
	assert_int_equal(reply_count(&reply, "tickets"), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		with_service(test_etag),
		with_service(test_change_is_seen_at_once),
		with_service(test_draft_is_seen_at_once),
		with_service(test_each_his_own),
		with_service(test_teams),
		with_service(test_time),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
