#include "service.h"

#include "base/mem.h"
#include "test.h"

#include <string.h>

/* Every route that only reads: what it gives, to whom, and what it refuses. */

static int64_t ticket(struct service *s)
{
	return fixture_ticket(s->f, "joana@example.com", "entrega");
}

static void test_health(void **state)
{
	struct service *s = *state;
	assert_string_equal(service_must(s, NULL, "GET", "/healthz", NULL, 200).body, "ok\n");
	assert_string_equal(service_must(s, NULL, "GET", "/readyz", NULL, 200).body, "ok\n");
}

static void test_directory(void **state)
{
	struct service *s = *state;
	struct reply answer = service_must(s, "ana", "GET", "/v1/directory", NULL, 200);
	assert_int_equal(reply_count(&answer, "operators"), 5);
	assert_int_equal(reply_count(&answer, "teams"), 2);
	int64_t revision = reply_int(&answer, "revision");
	char *shown = mem_printf(s, "%lld", (long long)revision);
	assert_string_equal(reply_header(s, &answer, "Atende-Directory"), shown);
	fixture_do(s->f, NULL, (struct change){.kind = CHANGE_TEAM, .key = "estoque"});
	answer = service_must(s, "ana", "GET", "/v1/counts", NULL, 200);
	assert_string_not_equal(reply_header(s, &answer, "Atende-Directory"), shown);
}

static void test_tickets(void **state)
{
	struct service *s = *state;
	int64_t first = ticket(s);
	fixture_ticket(s->f, "rui@example.com", "cobranca");
	struct reply answer =
		service_must(s, "ana", "GET", "/v1/tickets?state=open&limit=50", NULL, 200);
	assert_int_equal(reply_count(&answer, "tickets"), 1);
	struct reply row = {.json = json_at(json_get(answer.json, "tickets"), 0)};
	assert_int_equal(reply_int(&row, "number"), first);
	assert_string_equal(reply_text(&row, "team"), "entrega");
	assert_int_equal(
		reply_count(
			(answer = service_must(s, NULL, "GET", "/v1/tickets", NULL, 200), &answer),
			"tickets"),
		2);
	answer = service_must(s, "davi", "GET", "/v1/tickets?team=cobranca", NULL, 200);
	assert_int_equal(reply_count(&answer, "tickets"), 1);
	answer = service_must(s, "davi", "GET", "/v1/tickets?team=none", NULL, 200);
	assert_int_equal(reply_count(&answer, "tickets"), 0);
	answer = service_must(s, "davi", "GET", "/v1/tickets?filter=number%3A1001", NULL, 200);
	assert_int_equal(reply_count(&answer, "tickets"), 1);
	answer = service_must(s, "davi", "GET", "/v1/tickets?list=mine&order=newest", NULL, 200);
	assert_int_equal(reply_count(&answer, "tickets"), 0);
}

static const char *row_text(const struct reply *page, size_t index, const char *key)
{
	const char *text =
		json_text(json_get(json_at(json_get(page->json, "tickets"), index), key));
	return text ? text : "";
}

static void test_pages(void **state)
{
	struct service *s = *state;
	for (int i = 0; i < 5; i++) {
		service_pass(s, 1000);
		fixture_ticket(s->f, mem_printf(s, "c%d@example.com", i), "entrega");
	}
	struct reply first = service_must(s, "ana", "GET", "/v1/tickets?limit=2", NULL, 200);
	assert_int_equal(reply_count(&first, "tickets"), 2);
	assert_true(json_bool(json_get(first.json, "has_more")));
	char *path = mem_printf(s, "/v1/tickets?limit=2&after=%s", reply_text(&first, "next"));
	struct reply second = service_must(s, "ana", "GET", path, NULL, 200);
	assert_string_equal(row_text(&second, 0, "subject"), row_text(&first, 0, "subject"));
	assert_string_not_equal(row_text(&second, 0, "cursor"), row_text(&first, 1, "cursor"));
	path = mem_printf(s, "/v1/tickets?limit=2&before=%s", row_text(&second, 0, "cursor"));
	struct reply back = service_must(s, "ana", "GET", path, NULL, 200);
	assert_string_equal(row_text(&back, 0, "cursor"), row_text(&first, 0, "cursor"));
	assert_string_equal(row_text(&back, 1, "cursor"), row_text(&first, 1, "cursor"));
}

static void test_one_ticket(void **state)
{
	struct service *s = *state;
	ticket(s);
	struct reply answer = service_must(s, "ana", "GET", "/v1/tickets/1001", NULL, 200);
	assert_int_equal(reply_int(&answer, "number"), 1001);
	assert_int_equal(reply_count(&answer, "messages"), 1);
	answer = service_ask(s, "carla", "GET", "/v1/tickets/1001", NULL);
	reply_is_problem(&answer, 404, "no_ticket");
	answer = service_ask(s, "ana", "GET", "/v1/tickets/9999", NULL);
	reply_is_problem(&answer, 404, "no_ticket");
}

static void test_rows(void **state)
{
	struct service *s = *state;
	ticket(s);
	fixture_ticket(s->f, "rui@example.com", "cobranca");
	struct reply answer =
		service_must(s, "ana", "GET", "/v1/rows?numbers=1002,1001,7", NULL, 200);
	assert_int_equal(reply_count(&answer, "tickets"), 1);
	const char *const bad[] = {"/v1/rows", "/v1/rows?numbers=", "/v1/rows?numbers=1,,2",
		"/v1/rows?numbers=x", "/v1/rows?numbers=-1",
		"/v1/rows?numbers=99999999999999999999"};
	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		assert_int_equal(service_ask(s, "ana", "GET", bad[i], NULL).status, 400);
	}
}

static void test_next(void **state)
{
	struct service *s = *state;
	struct reply answer = service_must(s, "ana", "GET", "/v1/next", NULL, 200);
	assert_string_equal(answer.body, "{\"ticket\":null}");
	ticket(s);
	answer = service_must(s, "ana", "GET", "/v1/next", NULL, 200);
	struct reply row = {.json = json_get(answer.json, "ticket")};
	assert_int_equal(reply_int(&row, "number"), 1001);
}

static void test_counts_loads_outbox(void **state)
{
	struct service *s = *state;
	ticket(s);
	fixture_claim(s->f, "ana", 1001);
	fixture_do(s->f, "ana", fixture_reply(1001, "Saiu ontem.", OUTCOME_WAIT));
	struct reply answer = service_must(s, "ana", "GET", "/v1/counts", NULL, 200);
	assert_int_equal(reply_int(&answer, "open"), 0);
	assert_int_equal(reply_int(&answer, "waiting"), 1);
	answer = service_must(s, "ana", "GET", "/v1/outbox", NULL, 200);
	assert_int_equal(reply_count(&answer, "outbox"), 1);
	answer = service_must(s, "bruno", "GET", "/v1/outbox", NULL, 200);
	assert_int_equal(reply_count(&answer, "outbox"), 0);
	answer = service_must(s, "davi", "GET", "/v1/loads", NULL, 200);
	assert_true(reply_count(&answer, "loads") > 0);
}

static void test_log(void **state)
{
	struct service *s = *state;
	ticket(s);
	fixture_ticket(s->f, "rui@example.com", "cobranca");
	struct reply answer = service_must(s, "ana", "GET", "/v1/tickets/1001/log", NULL, 200);
	assert_true(reply_count(&answer, "changes") > 0);
	answer = service_must(s, NULL, "GET", "/v1/log?limit=3", NULL, 200);
	assert_int_equal(reply_count(&answer, "changes"), 3);
	int64_t revision = reply_int(&answer, "revision");
	char *path = mem_printf(s, "/v1/log?since=%lld&limit=1", (long long)revision);
	answer = service_must(s, NULL, "GET", path, NULL, 200);
	assert_int_equal(reply_count(&answer, "changes"), 1);
	assert_true(reply_int(&answer, "revision") > revision);
	answer = service_ask(s, "carla", "GET", "/v1/tickets/1001/log", NULL);
	reply_is_problem(&answer, 404, "no_ticket");
}

static void test_customers(void **state)
{
	struct service *s = *state;
	ticket(s);
	struct reply answer = service_must(
		s, "ana", "GET", "/v1/customers?address=joana%40example.com", NULL, 200);
	int64_t id = reply_int(&answer, "id");
	assert_true(id > 0);
	char *path = mem_printf(s, "/v1/customers/%lld", (long long)id);
	answer = service_must(s, "ana", "GET", path, NULL, 200);
	assert_int_equal(reply_int(&answer, "id"), id);
	assert_int_equal(reply_count(&answer, "history"), 1);
	answer = service_ask(s, "ana", "GET", "/v1/customers?address=nobody%40example.com", NULL);
	reply_is_problem(&answer, 404, "no_customer");
	answer = service_ask(s, "ana", "GET", "/v1/customers", NULL);
	reply_is_problem(&answer, 400, "missing");
	answer = service_ask(s, "ana", "GET", "/v1/customers/999", NULL);
	reply_is_problem(&answer, 404, "no_customer");
}

static void test_refs(void **state)
{
	struct service *s = *state;
	fixture_do(s->f, NULL,
		(struct change){.kind = CHANGE_NEW,
			.channel = CHANNEL_EMAIL,
			.address = "joana@example.com",
			.subject = "Pedido",
			.text = "Olá",
			.ref = "Z-17"});
	struct reply answer = service_must(s, NULL, "GET", "/v1/refs?ticket=Z-17", NULL, 200);
	assert_int_equal(reply_int(&answer, "id"), 1001);
	answer = service_must(s, NULL, "GET", "/v1/refs?customer=Z-17", NULL, 200);
	assert_string_equal(answer.body, "{\"id\":null}");
	answer = service_ask(s, NULL, "GET", "/v1/refs", NULL);
	reply_is_problem(&answer, 400, "missing");
	answer = service_ask(s, NULL, "GET", "/v1/refs?ticket=1&customer=2", NULL);
	assert_int_equal(answer.status, 400);
}

static void test_search(void **state)
{
	struct service *s = *state;
	ticket(s);
	struct reply answer =
		service_must(s, "ana", "GET", "/v1/search?q=joana%40example.com", NULL, 200);
	assert_int_equal(reply_count(&answer, "tickets"), 1);
	answer = service_must(s, "carla", "GET", "/v1/search?q=joana%40example.com", NULL, 200);
	assert_int_equal(reply_count(&answer, "tickets"), 0);
	answer = service_ask(s, "ana", "GET", "/v1/search", NULL);
	reply_is_problem(&answer, 400, "missing");
	answer = service_ask(s, "ana", "GET", "/v1/search?q=team%3Anowhere", NULL);
	assert_int_equal(answer.status, 400);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		with_service(test_health),
		with_service(test_directory),
		with_service(test_tickets),
		with_service(test_pages),
		with_service(test_one_ticket),
		with_service(test_rows),
		with_service(test_next),
		with_service(test_counts_loads_outbox),
		with_service(test_log),
		with_service(test_customers),
		with_service(test_refs),
		with_service(test_search),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
