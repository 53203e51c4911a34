#include "hearer.h"

#include "base/mem.h"
#include "test.h"

#include <pthread.h>
#include <sched.h>
#include <string.h>
#include <sys/socket.h>

/* The live feed over HTTP: everything once and in order, to whom it may be told. */

static void restart(struct service *s, struct server_options options)
{
	server_stop(s->server, 1000);
	assert_true(service_start(s, options));
}

static int64_t newest(struct service *s)
{
	return fixture_feed(s->f, NULL, -1).revision;
}

static char *since(struct service *s, int64_t revision)
{
	return mem_printf(s, "?since=%lld", (long long)revision);
}

/* --- order --- */

static void what_is_committed_comes_once_and_in_order(void **state)
{
	struct service *s = *state;
	struct hearer *hearer = hearer_open(s, NULL, "", "");
	int64_t revision = hearer_must(hearer, "heartbeat").id;
	assert_int_equal(revision, newest(s));
	for (int i = 0; i < 20; i++) {
		fixture_ticket(s->f, mem_printf(s, "c%d@exemplo.com", i), i % 2 ? "entrega" : "");
	}
	while (revision < newest(s)) {
		assert_int_equal(hearer_change(hearer), ++revision);
	}
}

static void a_change_by_http_is_told_as_in_the_log(void **state)
{
	struct service *s = *state;
	int64_t number = fixture_ticket(s->f, "joao@exemplo.com", "entrega");
	struct hearer *hearer = hearer_open(s, "bruno", "", "");
	hearer_must(hearer, "heartbeat");
	char *body = mem_printf(
		s, "[{\"kind\":\"tag\",\"ticket\":%lld,\"key\":\"vip\"}]", (long long)number);
	service_must(s, "ana", "POST", "/v1/changes", body, 200);
	struct told told = hearer_must(hearer, "change");
	assert_string_equal(json_text(json_get(told.json, "kind")), "tag");
	assert_string_equal(json_text(json_get(told.json, "actor")), "ana");
	assert_string_equal(json_text(json_get(json_get(told.json, "detail"), "key")), "vip");
	int64_t value;
	assert_true(json_int(json_get(told.json, "revision"), &value));
	assert_int_equal(value, told.id);
	assert_int_equal(told.id, newest(s));
}

/* --- going on --- */

static void a_reader_goes_on_where_it_stood(void **state)
{
	struct service *s = *state;
	int64_t from = newest(s);
	for (int i = 0; i < 5; i++) {
		fixture_ticket(s->f, mem_printf(s, "c%d@exemplo.com", i), "");
	}
	struct hearer *by_query = hearer_open(s, NULL, since(s, from + 2), "");
	char *last = mem_printf(s, "Last-Event-ID: %lld\r\n", (long long)from + 3);
	struct hearer *by_header = hearer_open(s, NULL, since(s, from + 2), last);
	assert_int_equal(hearer_change(by_query), from + 3);
	assert_int_equal(hearer_change(by_query), from + 4);
	assert_int_equal(hearer_change(by_header), from + 4);
	fixture_ticket(s->f, "nova@exemplo.com", "");
	while (hearer_change(by_query) < newest(s)) {
	}
}

/* More than is kept, more than one page: from the log, then live, without a seam. */
static void what_is_not_kept_any_more_comes_from_the_log(void **state)
{
	struct service *s = *state;
	int64_t revision = newest(s);
	for (int i = 0; i < 250; i++) {
		fixture_ticket(
			s->f, mem_printf(s, "c%d@exemplo.com", i), i % 2 ? "entrega" : "cobranca");
	}
	restart(s, (struct server_options){.feed_backlog = 8});
	struct hearer *all = hearer_open(s, NULL, since(s, revision), "");
	struct hearer *hers = hearer_open(s, "ana", since(s, revision), "");
	struct feed feed = fixture_feed(s->f, "ana", revision);
	for (size_t i = 0; i < feed.count; i++) {
		assert_int_equal(hearer_change(hers), feed.items[i].revision);
	}
	while (revision < newest(s)) {
		assert_int_equal(hearer_change(all), ++revision);
	}
	fixture_ticket(s->f, "nova@exemplo.com", "entrega");
	assert_int_equal(hearer_change(all), newest(s));
	assert_int_equal(hearer_change(hers), newest(s));
}

static void a_revision_of_another_desk_is_read_anew(void **state)
{
	struct service *s = *state;
	struct hearer *hearer = hearer_open(s, NULL, "?since=999999", "");
	assert_int_equal(hearer_must(hearer, "reload").id, newest(s));
	fixture_ticket(s->f, "nova@exemplo.com", "");
	assert_int_equal(hearer_change(hearer), newest(s));
}

/* --- who is told --- */

static void a_reader_is_told_what_he_may_see(void **state)
{
	struct service *s = *state;
	struct hearer *ana = hearer_open(s, "ana", "", "");
	struct hearer *carla = hearer_open(s, "carla", "", "");
	struct hearer *davi = hearer_open(s, "davi", "", "");
	fixture_ticket(s->f, "joao@exemplo.com", "entrega");
	int64_t first = newest(s);
	fixture_ticket(s->f, "maria@exemplo.com", "cobranca");
	int64_t second = newest(s);
	fixture_do(s->f, "ana", (struct change){.kind = CHANGE_PAUSE, .text = "Almoço"});
	int64_t third = newest(s);
	fixture_ticket(s->f, "rosa@exemplo.com", "");
	assert_int_equal(hearer_change(ana), first);
	assert_int_equal(hearer_change(ana), third);
	assert_int_equal(hearer_change(carla), second);
	assert_int_equal(hearer_change(davi), first);
	assert_int_equal(hearer_change(davi), second);
	assert_int_equal(hearer_change(davi), third);
	assert_int_equal(hearer_change(ana), newest(s));
	assert_int_equal(hearer_change(carla), newest(s));
}

static void a_ticket_that_comes_or_goes_is_told_to_both_teams(void **state)
{
	struct service *s = *state;
	int64_t number = fixture_ticket(s->f, "joao@exemplo.com", "entrega");
	struct hearer *ana = hearer_open(s, "ana", "", "");
	struct hearer *carla = hearer_open(s, "carla", "", "");
	fixture_do(s->f, "ana",
		(struct change){.kind = CHANGE_TRANSFER, .ticket = number, .team = s->f->cobranca});
	int64_t moved = newest(s);
	fixture_do(s->f, "carla",
		(struct change){.kind = CHANGE_NOTE, .ticket = number, .text = "Vi"});
	int64_t noted = newest(s);
	fixture_do(s->f, "carla",
		(struct change){.kind = CHANGE_NOTE, .ticket = number, .text = "@bruno veja"});
	int64_t mentioned = newest(s);
	struct hearer *bruno = hearer_open(s, "bruno", since(s, moved - 1), "");
	assert_int_equal(hearer_change(carla), moved);
	assert_int_equal(hearer_change(carla), noted);
	assert_int_equal(hearer_change(carla), mentioned);
	assert_int_equal(hearer_change(ana), moved);
	assert_int_equal(hearer_change(bruno), moved);
	fixture_ticket(s->f, "rosa@exemplo.com", "");
	assert_int_equal(hearer_change(ana), newest(s));
}

static void who_changes_teams_reads_anew(void **state)
{
	struct service *s = *state;
	struct hearer *ana = hearer_open(s, "ana", "", "");
	struct hearer *bruno = hearer_open(s, "bruno", "", "");
	fixture_do(s->f, "eva",
		(struct change){.kind = CHANGE_OPERATOR, .key = "ana", .value = "cobranca"});
	assert_int_equal(hearer_must(ana, "reload").id, newest(s));
	hearer_must(bruno, "directory");
	assert_int_equal(hearer_change(bruno), newest(s));
	fixture_ticket(s->f, "joao@exemplo.com", "cobranca");
	assert_int_equal(hearer_change(ana), newest(s));
}

static void a_feed_ends_with_its_operator(void **state)
{
	struct service *s = *state;
	struct told told;
	struct hearer *ana = hearer_open(s, "ana", "", "");
	hearer_must(ana, "heartbeat");
	fixture_do(s->f, "eva",
		(struct change){.kind = CHANGE_OPERATOR, .key = "ana", .enabled = FLAG_NO});
	while (hearer_next(ana, &told)) {
		assert_string_not_equal(told.name, "change");
	}
}

/* --- one page, without waiting --- */

static void as_json_it_is_one_page(void **state)
{
	struct service *s = *state;
	int64_t from = newest(s);
	fixture_ticket(s->f, "joao@exemplo.com", "cobranca");
	fixture_ticket(s->f, "maria@exemplo.com", "entrega");
	char *path = mem_printf(s, "/v1/feed%s", since(s, from));
	struct reply reply =
		service_ask_with(s, "ana", "GET", path, "Accept: application/json\r\n", NULL);
	assert_int_equal(reply.status, 200);
	assert_int_equal(reply_count(&reply, "changes"), 1);
	assert_int_equal(reply_int(&reply, "revision"), newest(s));
	reply = service_ask_with(s, "ana", "GET", "/v1/feed", "Accept: application/json\r\n", NULL);
	assert_int_equal(reply_count(&reply, "changes"), 0);
	assert_int_equal(reply_int(&reply, "revision"), newest(s));
}

/* --- readers that misbehave --- */

static void hearts_beat_with_the_newest_revision(void **state)
{
	struct service *s = *state;
	restart(s, (struct server_options){.heartbeat_ms = 10});
	struct hearer *ana = hearer_open(s, "ana", "", "");
	int64_t before = hearer_must(ana, "heartbeat").id;
	fixture_ticket(s->f, "joao@exemplo.com", "cobranca"); /* not for her */
	while (hearer_must(ana, "heartbeat").id == before) {
	}
}

/* It reads nothing until far more has happened than is kept and than the socket takes. */
static void a_slow_reader_is_told_to_read_anew(void **state)
{
	struct service *s = *state;
	enum { MANY = 400, BATCHES = 5 };
	restart(s, (struct server_options){.feed_backlog = 64});
	int64_t number = fixture_ticket(s->f, "joao@exemplo.com", "");
	struct hearer *slow = hearer_open(s, NULL, "", "");
	int64_t last = hearer_must(slow, "heartbeat").id;
	struct change *batch = mem_array(s, struct change, MANY);
	struct result *results = mem_array(s, struct result, MANY);
	struct error err;
	for (int i = 0; i < BATCHES; i++) {
		for (int k = 0; k < MANY; k++) {
			batch[k] = (struct change){.id = uuid_make(s->f->now),
				.kind = CHANGE_SUBJECT,
				.ticket = number,
				.subject = mem_printf(s, "%d %0120d", k, i)};
		}
		assert_true(store_apply(s->f->desk, batch, MANY, results, &err));
		assert_true(results[MANY - 1].ok);
	}
	bool was_told = false;
	while (last < newest(s)) {
		struct told told;
		assert_true(hearer_next(slow, &told));
		assert_true(told.id > last);
		was_told = was_told || strcmp(told.name, "reload") == 0;
		assert_true(told.id == last + 1 || strcmp(told.name, "reload") == 0);
		last = told.id;
	}
	assert_true(was_told);
}

static void clients_that_vanish_are_forgotten(void **state)
{
	struct service *s = *state;
	restart(s, (struct server_options){
			   .heartbeat_ms = 10, .limits = {.feeds = 5, .feeds_of_one = 3}});
	for (int i = 0; i < 10; i++) {
		/* As many as may be open; those that left are noticed by a heartbeat. */
		struct reply reply = {.status = 503};
		while (reply.status == 503) {
			reply = service_ask(s, "ana", "HEAD", "/v1/feed", NULL);
		}
		assert_int_equal(reply.status, 200);
		hearer_close(hearer_open(s, "bruno", "", ""));
		while (service_ask(s, "bruno", "HEAD", "/v1/feed", NULL).status == 503) {
			sched_yield();
		}
	}
}

static void more_feeds_than_may_be_are_refused(void **state)
{
	struct service *s = *state;
	restart(s, (struct server_options){.limits = {.feeds = 4, .feeds_of_one = 3}});
	for (int i = 0; i < 4; i++) {
		hearer_open(s, NULL, "", "");
	}
	struct reply reply = service_ask(s, NULL, "GET", "/v1/feed", NULL);
	reply_is_problem(&reply, 503, "too_many_feeds");
	assert_non_null(reply_header(s, &reply, "Retry-After"));
}

static void the_server_stops_with_readers_asleep(void **state)
{
	struct service *s = *state;
	enum { MANY = 200 };
	struct hearer *hearers[MANY];
	for (int i = 0; i < MANY; i++) {
		hearers[i] = hearer_open(s, i % 2 ? "ana" : NULL, "", "");
		hearer_must(hearers[i], "heartbeat");
	}
	restart(s, (struct server_options){0});
	for (int i = 0; i < MANY; i++) {
		struct told told;
		assert_false(hearer_next(hearers[i], &told));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		with_service(what_is_committed_comes_once_and_in_order),
		with_service(a_change_by_http_is_told_as_in_the_log),
		with_service(a_reader_goes_on_where_it_stood),
		with_service(what_is_not_kept_any_more_comes_from_the_log),
		with_service(a_revision_of_another_desk_is_read_anew),
		with_service(a_reader_is_told_what_he_may_see),
		with_service(a_ticket_that_comes_or_goes_is_told_to_both_teams),
		with_service(who_changes_teams_reads_anew),
		with_service(a_feed_ends_with_its_operator),
		with_service(as_json_it_is_one_page),
		with_service(hearts_beat_with_the_newest_revision),
		with_service(a_slow_reader_is_told_to_read_anew),
		with_service(clients_that_vanish_are_forgotten),
		with_service(more_feeds_than_may_be_are_refused),
		with_service(the_server_stops_with_readers_asleep),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
