#include "service.h"

#include "base/mem.h"
#include "base/uuid.h"
#include "httpd/writer.h"
#include "test.h"

#include <limits.h>
#include <pthread.h>
#include <string.h>

/* POST /v1/changes, /v1/files and /v1/renewals. */

static const struct json *result(const struct reply *answer, size_t index)
{
	return json_at(json_get(answer->json, "results"), index);
}

static bool is_ok(const struct reply *answer, size_t index)
{
	return json_bool(json_get(result(answer, index), "ok"));
}

static const char *refusal(const struct reply *answer, size_t index)
{
	const char *reason =
		json_text(json_get(json_get(result(answer, index), "error"), "reason"));
	return reason ? reason : "";
}

static struct reply post(struct service *s, const char *login, const char *body)
{
	return service_must(s, login, "POST", "/v1/changes", body, 200);
}

static void test_claim_and_reply(void **state)
{
	struct service *s = *state;
	fixture_ticket(s->f, "joana@example.com", "entrega");
	struct reply answer = post(s, "ana", "[{\"kind\":\"claim\",\"ticket\":1001}]");
	assert_true(is_ok(&answer, 0));
	int64_t generation;
	assert_true(json_int(json_get(result(&answer, 0), "generation"), &generation));
	answer = post(s, "bruno", "[{\"kind\":\"claim\",\"ticket\":1001}]");
	assert_string_equal(refusal(&answer, 0), "held");
	const char *holder = json_text(json_get(result(&answer, 0), "holder"));
	assert_string_equal(holder, "ana");
	int64_t seen = fixture_see(s->f, 1001)->newest_public;
	answer = post(s, "ana",
		mem_printf(s,
			"[{\"kind\":\"reply\",\"ticket\":1001,\"text\":\"Sai hoje.\","
			"\"outcome\":\"wait\",\"generation\":%lld,\"seen\":%lld}]",
			(long long)generation, (long long)seen));
	assert_true(is_ok(&answer, 0));
	assert_int_equal(fixture_see(s->f, 1001)->state, TICKET_WAITING);
}

static void test_same_id_twice(void **state)
{
	struct service *s = *state;
	fixture_ticket(s->f, "joana@example.com", "entrega");
	const char *body = "[{\"id\":\"0190b5a0-0000-7000-8000-000000000001\",\"kind\":\"note\","
			   "\"ticket\":1001,\"text\":\"uma vez\"}]";
	struct reply first = post(s, "ana", body), second = post(s, "ana", body);
	assert_true(is_ok(&first, 0) && is_ok(&second, 0));
	assert_true(json_bool(json_get(result(&second, 0), "repeat")));
	assert_int_equal(fixture_view(s->f, NULL, 1001)->note_count, 1);
}

/* Each change has a result; groups of two requests do not meet. */
static void test_groups(void **state)
{
	struct service *s = *state;
	fixture_ticket(s->f, "joana@example.com", "entrega");
	struct reply answer = post(s, "ana",
		"[{\"kind\":\"claim\",\"ticket\":77,\"group\":1},"
		"{\"kind\":\"claim\",\"ticket\":1001,\"group\":1},"
		"{\"kind\":\"claim\",\"ticket\":1001,\"group\":2}]");
	assert_string_equal(refusal(&answer, 0), "no_ticket");
	assert_string_equal(refusal(&answer, 1), "group");
	assert_true(is_ok(&answer, 2));
}

/* --- in one batch --- */

struct hold {
	pthread_mutex_t lock;
	int done;
};

static bool wait_for_others(struct store *store, struct job *job, struct error *err)
{
	struct hold *hold = job->data;
	(void)store;
	(void)err;
	pthread_mutex_lock(&hold->lock); /* until all is queued */
	pthread_mutex_unlock(&hold->lock);
	return true;
}

static void count_done(struct job *job)
{
	struct hold *hold = job->data;
	pthread_mutex_lock(&hold->lock);
	hold->done++;
	pthread_mutex_unlock(&hold->lock);
}

static void pass_commit(void *data, size_t count, int64_t us)
{
	(void)data;
	(void)count;
	(void)us;
}

/* The largest number of a group is as good as any, next to others. */
static void test_large_groups(void **state)
{
	struct service *s = *state;
	struct hold hold = {.lock = PTHREAD_MUTEX_INITIALIZER};
	int64_t number = fixture_ticket(s->f, "joana@example.com", "entrega");
	struct change nowhere = {.kind = CHANGE_CLAIM, .ticket = 77, .group = INT_MAX};
	struct change here = {.kind = CHANGE_CLAIM, .ticket = number, .group = INT_MAX};
	struct change changes[2][2] = {{nowhere, here}, {nowhere, here}};
	struct result results[2][2];
	struct job jobs[3] = {{.run = wait_for_others, .data = &hold, .done = count_done}};
	struct writer *writer = writer_start(fixture_as(s->f, NULL), pass_commit, NULL);
	pthread_mutex_lock(&hold.lock);
	assert_true(writer_submit(writer, &jobs[0]));
	for (size_t i = 0; i < 2; i++) {
		for (size_t k = 0; k < 2; k++) {
			changes[i][k].id = uuid_make(s->f->now);
			changes[i][k].actor = fixture_id(s->f, "ana");
		}
		jobs[i + 1] = (struct job){.changes = changes[i],
			.count = 2,
			.results = results[i],
			.data = &hold,
			.done = count_done};
		assert_true(writer_submit(writer, &jobs[i + 1]));
	}
	pthread_mutex_unlock(&hold.lock);
	writer_stop(writer);
	writer_destroy(writer);
	assert_int_equal(hold.done, 3);
	assert_string_equal(results[0][1].err.reason, "group");
	assert_string_equal(results[1][1].err.reason, "group");
}

static void test_names_for_ids(void **state)
{
	struct service *s = *state;
	fixture_ticket(s->f, "joana@example.com", "entrega");
	struct reply answer = post(s, "davi",
		"[{\"kind\":\"transfer\",\"ticket\":1001,\"team\":\"cobranca\","
		"\"operator\":\"carla\"}]");
	assert_true(is_ok(&answer, 0));
	const struct ticket *ticket = fixture_see(s->f, 1001);
	assert_int_equal(ticket->team, s->f->cobranca);
	assert_int_equal(ticket->assignee, fixture_id(s->f, "carla"));
	answer = post(s, "davi", "[{\"kind\":\"transfer\",\"ticket\":1001,\"team\":\"none\"}]");
	assert_true(is_ok(&answer, 0));
	assert_int_equal(fixture_see(s->f, 1001)->team, 0);
	answer = service_ask(s, "davi", "POST", "/v1/changes",
		"[{\"kind\":\"transfer\",\"ticket\":1001,\"team\":\"nowhere\"}]");
	reply_is_problem(&answer, 404, "no_team");
}

static void test_actor(void **state)
{
	struct service *s = *state;
	fixture_ticket(s->f, "joana@example.com", "entrega");
	struct reply answer = service_ask(s, "ana", "POST", "/v1/changes",
		"[{\"kind\":\"claim\",\"ticket\":1001,\"actor\":\"bruno\"}]");
	reply_is_problem(&answer, 403, "actor");
	answer = post(s, NULL, "[{\"kind\":\"claim\",\"ticket\":1001,\"actor\":\"bruno\"}]");
	assert_true(is_ok(&answer, 0));
	answer = post(s, "bruno", "[{\"kind\":\"release\",\"ticket\":1001,\"actor\":\"bruno\"}]");
	assert_true(is_ok(&answer, 0));
}

/* What comes is made clean at the door, as everywhere. */
static void test_unclean(void **state)
{
	struct service *s = *state;
	fixture_ticket(s->f, "joana@example.com", "entrega");
	struct reply answer = post(s, "ana",
		"[{\"kind\":\"note\",\"ticket\":1001,\"text\":\"a\\u001b[31m\\u202eb\\r\\nc\"}]");
	assert_true(is_ok(&answer, 0));
	assert_string_equal(fixture_view(s->f, NULL, 1001)->notes[0].text, "a[31mb\nc");
}

static void test_not_an_array(void **state)
{
	struct service *s = *state;
	const char *const bad[] = {"{}", "[]", "7", "null"};
	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		struct reply answer = service_ask(s, "ana", "POST", "/v1/changes", bad[i]);
		reply_is_problem(&answer, 400, "changes");
	}
}

/* --- files and renewals --- */

static void test_files(void **state)
{
	struct service *s = *state;
	fixture_ticket(s->f, "joana@example.com", "entrega");
	struct reply answer = service_must(s, "ana", "POST", "/v1/files",
		"conte\xfa"
		"do",
		200);
	const char *key = reply_text(&answer, "blob");
	answer = post(s, "ana",
		mem_printf(s,
			"[{\"kind\":\"note\",\"ticket\":1001,\"text\":\"veja\",\"attachments\":"
			"[{\"name\":\"../nota.txt\",\"media_type\":\"text/"
			"plain\",\"blob\":\"%s\"}]}]",
			key));
	assert_true(is_ok(&answer, 0));
	char *path = mem_printf(s, "/v1/tickets/1001/files/%s", key);
	answer = service_must(s, "bruno", "GET", path, NULL, 200);
	assert_int_equal(answer.size, 8);
	assert_memory_equal(answer.body,
		"conte\xfa"
		"do",
		9);
	assert_string_equal(reply_header(s, &answer, "Content-Type"), "application/octet-stream");
	answer = service_ask(s, "carla", "GET", path, NULL);
	assert_int_equal(answer.status, 404);
	answer = service_ask(s, "ana", "GET", "/v1/tickets/1001/files/nothing", NULL);
	assert_int_equal(answer.status, 404);
}

static void test_file_size(void **state)
{
	struct service *s = *state;
	fixture_do(s->f, "eva",
		(struct change){.kind = CHANGE_SETTING, .key = "max_attachment", .value = "10"});
	struct reply answer = service_ask(s, "ana", "POST", "/v1/files", "eleven bytes");
	reply_is_problem(&answer, 413, "file_size");
	service_must(s, "ana", "POST", "/v1/files", "ten bytes!", 200);
}

static void test_renewal(void **state)
{
	struct service *s = *state;
	fixture_ticket(s->f, "joana@example.com", "entrega");
	int64_t generation = fixture_claim(s->f, "ana", 1001);
	service_pass(s, 60000);
	char *body = mem_printf(s, "{\"ticket\":1001,\"generation\":%lld}", (long long)generation);
	struct reply answer = service_must(s, "ana", "POST", "/v1/renewals", body, 200);
	assert_string_equal(reply_text(&answer, "expires_at"), "2026-01-01T00:03:00Z");
	answer = service_ask(s, "bruno", "POST", "/v1/renewals", body);
	reply_is_problem(&answer, 409, "stale");
	answer = service_ask(s, "ana", "POST", "/v1/renewals", "{}");
	reply_is_problem(&answer, 400, "missing");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		with_service(test_claim_and_reply),
		with_service(test_same_id_twice),
		with_service(test_groups),
		with_service(test_large_groups),
		with_service(test_names_for_ids),
		with_service(test_actor),
		with_service(test_unclean),
		with_service(test_not_an_array),
		with_service(test_files),
		with_service(test_file_size),
		with_service(test_renewal),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
