#include "service.h"

#include "test.h"

#include <string.h>

static void save(struct service *s, const char *login, const char *body)
{
	service_must(s, login, "PUT", "/v1/tickets/1001/drafts/reply", body, 204);
}

static size_t draft_count(struct service *s, const char *login, const char *path)
{
	struct reply answer = service_must(s, login, "GET", path, NULL, 200);
	return reply_count(&answer, "drafts");
}

static void test_save_and_list(void **state)
{
	struct service *s = *state;
	fixture_ticket(s->f, "joana@example.com", "entrega");
	save(s, "ana", "{\"text\":\"Oi Jo\"}");
	assert_string_equal(fixture_draft(s->f, "ana", 1001)->text, "Oi Jo");
	assert_int_equal(draft_count(s, "ana", "/v1/drafts"), 1);
	assert_int_equal(draft_count(s, "bruno", "/v1/drafts"), 0);
	assert_int_equal(draft_count(s, "ana", "/v1/drafts?bin=yes"), 0);
	struct reply answer =
		service_ask(s, "carla", "PUT", "/v1/tickets/1001/drafts/reply", "{\"text\":\"x\"}");
	reply_is_problem(&answer, 404, "no_ticket");
}

static void test_bin(void **state)
{
	struct service *s = *state;
	fixture_ticket(s->f, "joana@example.com", "entrega");
	save(s, "ana", "{\"text\":\"Oi\",\"seen\":3,\"generation\":null}");
	service_must(s, "ana", "DELETE", "/v1/tickets/1001/drafts/reply", NULL, 204);
	assert_int_equal(draft_count(s, "ana", "/v1/drafts"), 0);
	assert_int_equal(draft_count(s, "ana", "/v1/drafts?bin=yes"), 1);
	service_must(s, "ana", "POST", "/v1/tickets/1001/drafts/reply/restore", NULL, 204);
	assert_string_equal(fixture_draft(s->f, "ana", 1001)->text, "Oi");
	struct reply answer =
		service_ask(s, "ana", "POST", "/v1/tickets/1001/drafts/note/restore", NULL);
	reply_is_problem(&answer, 404, "no_draft");
}

static void test_adopt(void **state)
{
	struct service *s = *state;
	fixture_ticket(s->f, "joana@example.com", "entrega");
	save(s, "ana", "{\"text\":\"Oi Joana\"}");
	const char *path = "/v1/tickets/1001/drafts/reply/adopt";
	struct reply answer = service_ask(s, "bruno", "POST", path, "{\"author\":\"ana\"}");
	reply_is_problem(&answer, 403, "not_yours");
	service_must(s, "davi", "POST", path, "{\"author\":\"ana\"}", 204);
	assert_string_equal(fixture_draft(s->f, "davi", 1001)->text, "Oi Joana");
	answer = service_ask(s, "davi", "POST", path, "{\"author\":\"zoe\"}");
	reply_is_problem(&answer, 404, "no_operator");
	answer = service_ask(s, "davi", "POST", path, "{}");
	reply_is_problem(&answer, 400, "missing");
}

static void test_bad(void **state)
{
	struct service *s = *state;
	fixture_ticket(s->f, "joana@example.com", "entrega");
	struct reply answer =
		service_ask(s, "ana", "PUT", "/v1/tickets/1001/drafts/poem", "{\"text\":\"x\"}");
	reply_is_problem(&answer, 404, "no_route");
	const char *path = "/v1/tickets/1001/drafts/reply";
	assert_int_equal(service_ask(s, "ana", "PUT", path, "{\"text\":7}").status, 400);
	answer = service_ask(s, "ana", "PUT", path, "{\"texto\":\"x\"}");
	assert_int_equal(answer.status, 400);
	assert_non_null(strstr(reply_text(&answer, "detail"), "texto"));
	assert_null(fixture_draft(s->f, "ana", 1001));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		with_service(test_save_and_list),
		with_service(test_bin),
		with_service(test_adopt),
		with_service(test_bad),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
