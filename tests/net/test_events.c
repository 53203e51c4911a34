#include "test.h"

#include "base/mem.h"
#include "net/events.h"
#include "raw.h"

#include <pthread.h>
#include <string.h>

/* A feed that is read as it comes, and what becomes of it when the line is bad. */

#define STREAM "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: 1000\r\n\r\n"

static struct http *open_at(const char *location)
{
	struct http *http;
	struct http_options options = {.location = location, .proxy = ""};
	assert_true(http_open(&options, &http, NULL));
	return http;
}

struct feed {
	void *mem;
	struct raw *raw;
	struct http *http;
	struct events *events;
};

static struct feed feed_open(const struct raw_step *steps, struct events_options options)
{
	struct feed feed = {.mem = mem_context(NULL), .raw = raw_start(steps, NULL)};
	struct http_answer refusal;
	struct error err = {0};
	options.path = "/v1/feed";
	feed.http = open_at(raw_location(feed.raw));
	if (!events_open(feed.http, &options, feed.mem, &feed.events, &refusal, &err)) {
		fail_msg("%s", err.text);
	}
	assert_non_null(feed.events);
	return feed;
}

static void feed_close(struct feed *feed)
{
	events_close(feed->events);
	http_close(feed->http);
	raw_stop(feed->raw);
	talloc_free(feed->mem);
}

static void next_is(struct feed *feed, const char *name, const char *data, const char *id)
{
	struct event event;
	bool has_event;
	struct error err = {0};
	if (!events_next(feed->events, 10000, feed->mem, &event, &has_event, &err)) {
		fail_msg("%s", err.text);
	}
	assert_true(has_event);
	assert_string_equal(event.name, name);
	assert_string_equal(event.data, data);
	assert_string_equal(event.id, id);
}

static void is_lost(struct feed *feed, const char *reason)
{
	struct event event;
	bool has_event = false;
	struct error err = {0};
	assert_false(events_next(feed->events, 10000, feed->mem, &event, &has_event, &err));
	assert_false(has_event);
	assert_int_equal(err.code, ERROR_UNAVAILABLE);
	assert_string_equal(err.reason, reason);
}

static void events_come_as_they_are_sent(void **state)
{
	(void)state;
	static const struct raw_step steps[] = {READ,
		SEND(STREAM "retry: 5\nid: 7\nevent: change\ndata: a\n\nid: 8\nevent: change\nda"),
		DRIP("ta: b\n\n"), HANG, END};
	const char *headers[] = {"Atende-As: ana", NULL};
	struct feed feed =
		feed_open(steps, (struct events_options){.last_id = "6", .headers = headers});
	const char *request = raw_request(feed.raw, 0);
	assert_memory_equal(request, "GET /v1/feed HTTP/1.1\r\n", 23);
	assert_non_null(strstr(request, "\r\nLast-Event-ID: 6\r\n"));
	assert_non_null(strstr(request, "\r\nAtende-As: ana\r\n"));
	assert_non_null(strstr(request, "\r\nAccept: text/event-stream\r\n"));
	next_is(&feed, "change", "a", "7");
	next_is(&feed, "change", "b", "8");
	struct event event;
	bool has_event = true;
	assert_true(events_next(feed.events, 0, feed.mem, &event, &has_event, NULL));
	assert_false(has_event);
	feed_close(&feed);
}

static void what_came_before_the_end_is_not_lost(void **state)
{
	(void)state;
	static const struct raw_step steps[] = {
		READ, SEND(STREAM "data: a\n\ndata: b\n\ndata: c"), CLOSE, END};
	struct feed feed = feed_open(steps, (struct events_options){0});
	next_is(&feed, "message", "a", "");
	next_is(&feed, "message", "b", "");
	is_lost(&feed, "unreachable");
	feed_close(&feed);
}

static void a_feed_ended_in_good_order_is_lost_too(void **state)
{
	(void)state;
	static const struct raw_step steps[] = {READ,
		SEND("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\n"
		     "Content-Length: 9\r\n\r\ndata: a\n\n"),
		CLOSE, END};
	struct feed feed = feed_open(steps, (struct events_options){0});
	next_is(&feed, "message", "a", "");
	is_lost(&feed, "unreachable");
	feed_close(&feed);
}

static void silence_is_a_loss(void **state)
{
	(void)state;
	static const struct raw_step steps[] = {READ, SEND(STREAM ": still here\n\n"), HANG, END};
	struct feed feed = feed_open(steps, (struct events_options){.silence_ms = 500});
	is_lost(&feed, "timeout");
	feed_close(&feed);
}

static void an_event_without_end_is_stopped(void **state)
{
	(void)state;
	static const struct raw_step steps[] = {
		READ, SEND(STREAM "data: a\n\n"), FLOOD("data: 0123456789\n"), END};
	struct feed feed = feed_open(steps, (struct events_options){.max_bytes = 100});
	next_is(&feed, "message", "a", "");
	is_lost(&feed, "too_big");
	feed_close(&feed);
}

static void a_refusal_is_an_answer(void **state)
{
	(void)state;
	static const struct raw_step steps[] = {READ,
		SEND("HTTP/1.1 401 No\r\nContent-Type: application/problem+json\r\n"
		     "Content-Length: 2\r\n\r\n{}"),
		READ, SEND("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html>"), HANG, END};
	void *mem = mem_context(NULL);
	struct raw *raw = raw_start(steps, NULL);
	struct http *http = open_at(raw_location(raw));
	struct events_options options = {.path = "/v1/feed"};
	struct events *events;
	struct http_answer refusal;
	struct error err = {0};
	assert_true(events_open(http, &options, mem, &events, &refusal, &err));
	assert_null(events);
	assert_int_equal(refusal.status, 401);
	assert_string_equal(refusal.body, "{}");
	assert_null(strstr(raw_request(raw, 0), "Last-Event-ID"));
	assert_false(events_open(http, &options, mem, &events, &refusal, &err));
	assert_string_equal(err.reason, "broken");
	http_close(http);
	raw_stop(raw);
	talloc_free(mem);
}

static void *cancel(void *data)
{
	http_cancel(data);
	return NULL;
}

static void another_thread_ends_it(void **state)
{
	(void)state;
	static const struct raw_step steps[] = {READ, SEND(STREAM "data: a\n\n"), HANG, END};
	struct feed feed = feed_open(steps, (struct events_options){0});
	next_is(&feed, "message", "a", "");
	pthread_t thread;
	pthread_create(&thread, NULL, cancel, feed.http);
	is_lost(&feed, "cancelled");
	pthread_join(thread, NULL);
	feed_close(&feed);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(events_come_as_they_are_sent),
		cmocka_unit_test(what_came_before_the_end_is_not_lost),
		cmocka_unit_test(a_feed_ended_in_good_order_is_lost_too),
		cmocka_unit_test(silence_is_a_loss),
		cmocka_unit_test(an_event_without_end_is_stopped),
		cmocka_unit_test(a_refusal_is_an_answer),
		cmocka_unit_test(another_thread_ends_it),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
