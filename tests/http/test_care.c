#include "service.h"

#include "base/mem.h"
#include "test.h"

#include <string.h>

/* Long work: copies, checks, records there and back. */

static void test_backup(void **state)
{
	struct service *s = *state;
	fixture_ticket(s->f, "joana@example.com", "entrega");
	struct reply answer = service_must(s, "eva", "GET", "/v1/backup", NULL, 200);
	assert_true(answer.size > 4096);
	assert_memory_equal(answer.body, "SQLite format 3", 16);
	answer = service_ask(s, "davi", "GET", "/v1/backup", NULL);
	reply_is_problem(&answer, 403, "role");
}

static void test_check(void **state)
{
	struct service *s = *state;
	struct reply answer = service_must(s, NULL, "GET", "/v1/check", NULL, 200);
	assert_non_null(json_get(answer.json, "findings"));
}

static void test_records(void **state)
{
	struct service *s = *state;
	fixture_ticket(s->f, "joana@example.com", "entrega");
	struct reply answer = service_must(s, "eva", "GET", "/v1/records", NULL, 200);
	assert_non_null(strstr(answer.body, "joana@example.com"));
	assert_string_equal(reply_header(s, &answer, "Content-Type"), "application/x-ndjson");
	answer = service_ask(s, "ana", "GET", "/v1/records", NULL);
	reply_is_problem(&answer, 403, "role");
}

static void test_restore(void **state)
{
	struct service *s = *state;
	fixture_ticket(s->f, "joana@example.com", "entrega");
	struct reply dump = service_must(s, NULL, "GET", "/v1/records", NULL, 200);
	service_must(s, NULL, "POST", "/v1/restore", "{\"do\":\"begin\"}", 204);
	struct reply answer = service_must(s, NULL, "POST", "/v1/restore/records", dump.body, 200);
	assert_true(reply_count(&answer, "added") > 10);
	assert_false(json_bool(json_at(json_get(answer.json, "added"), 0)));
	service_must(s, NULL, "POST", "/v1/restore", "{\"do\":\"end\",\"commit\":true}", 204);
	assert_int_equal(fixture_see(s->f, 1001)->number, 1001);
}

static void test_restore_refused(void **state)
{
	struct service *s = *state;
	struct reply answer = service_ask(s, "eva", "POST", "/v1/restore", "{\"do\":\"end\"}");
	reply_is_problem(&answer, 409, "no_restore");
	answer = service_ask(s, "eva", "POST", "/v1/restore/records", "{}\n");
	reply_is_problem(&answer, 409, "no_restore");
	answer = service_ask(s, "ana", "POST", "/v1/restore", "{\"do\":\"begin\"}");
	reply_is_problem(&answer, 403, "role");
	answer = service_ask(s, "eva", "POST", "/v1/restore", "{\"do\":\"dance\"}");
	reply_is_problem(&answer, 400, "value");
	service_must(s, "eva", "POST", "/v1/restore", "{\"do\":\"begin\"}", 204);
	answer = service_ask(s, "eva", "POST", "/v1/restore", "{\"do\":\"begin\"}");
	reply_is_problem(&answer, 409, "restoring");
	answer = service_ask(s, NULL, "POST", "/v1/restore", "{\"do\":\"end\"}");
	reply_is_problem(&answer, 409, "no_restore");
	answer = service_ask(s, "eva", "POST", "/v1/restore/records", "{\"poem\":{}}\n");
	assert_int_equal(answer.status, 400);
	service_must(s, "eva", "POST", "/v1/restore", "{\"do\":\"end\"}", 204);
}

/* A session that nobody ends ends with the server, without a trace. */
static void test_restore_left(void **state)
{
	struct service *s = *state;
	service_must(s, "eva", "POST", "/v1/restore", "{\"do\":\"begin\"}", 204);
	service_must(s, "ana", "GET", "/v1/counts", NULL, 200);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		with_service(test_backup),
		with_service(test_check),
		with_service(test_records),
		with_service(test_restore),
		with_service(test_restore_refused),
		with_service(test_restore_left),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
