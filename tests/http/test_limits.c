#include "line.h"

#include "base/clock.h"
#include "base/mem.h"
#include "httpd/guests.h"
#include "test.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* Limits: past each of them there is a status and a sentence, or the line is cut. */

static void limit(struct service *s, struct server_limits limits)
{
	server_stop(s->server, 1000);
	assert_true(service_start(s, (struct server_options){.limits = limits}));
}

static int ask_and_stay(const struct service *s)
{
	char bytes[4096];
	int fd = line_open(s);
	line_say(fd, "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n");
	assert_true(line_hear(fd, bytes, sizeof bytes) > 0);
	assert_non_null(strstr(bytes, " 200 "));
	return fd;
}

/* --- connections --- */

static void more_connections_than_may_be_are_told_so(void **state)
{
	struct service *s = *state;
	limit(s, (struct server_limits){.connections = 3});
	int fds[] = {ask_and_stay(s), ask_and_stay(s), ask_and_stay(s)};
	struct reply reply = service_ask(s, NULL, "GET", "/v1/tickets", NULL);
	reply_is_problem(&reply, 503, "too_many_connections");
	assert_string_equal(reply_header(s, &reply, "Retry-After"), "1");
	for (size_t i = 0; i < ARRAY_LEN(fds); i++) {
		close(fds[i]);
	}
	do { /* once the server has seen that they left */
		reply = service_ask(s, NULL, "GET", "/v1/tickets", NULL);
	} while (reply.status == 503);
	assert_int_equal(reply.status, 200);
}

static bool comes_from(struct guests *guests, int fd, const char *address, struct guest **guest)
{
	struct sockaddr_in6 from = {.sin6_family = AF_INET6};
	struct error err;
	assert_int_equal(inet_pton(AF_INET6, address, &from.sin6_addr), 1);
	*guest = guest_join(guests, fd, (const struct sockaddr *)&from);
	return guest_is_welcome(*guest, &err);
}

static void who_has_a_whole_network_is_one(void **state)
{
	(void)state;
	struct server_limits limits = {.connections_of_address = 1};
	struct guests *guests = guests_start(&limits);
	struct guest *comers[4];
	int fd = socket(AF_INET6, SOCK_STREAM, 0);
	assert_true(comes_from(guests, fd, "2001:db8:1:2::1", &comers[0]));
	assert_false(comes_from(guests, fd, "2001:db8:1:2:ffff::9", &comers[1]));
	assert_true(comes_from(guests, fd, "2001:db8:1:3::1", &comers[2]));
	assert_true(comes_from(guests, fd, "::ffff:10.0.0.1", &comers[3]));
	for (size_t i = 0; i < ARRAY_LEN(comers); i++) {
		guest_leave(comers[i]);
	}
	guests_stop(guests);
	close(fd);
}

/* --- slow ones --- */

static void who_asks_nothing_is_cut_off(void **state)
{
	struct service *s = *state;
	limit(s, (struct server_limits){.header_ms = 50});
	line_ends(line_open(s));
}

static void headers_that_do_not_end_are_cut_off(void **state)
{
	struct service *s = *state;
	limit(s, (struct server_limits){.header_ms = 50});
	int fd = line_open(s);
	struct pollfd wait = {.fd = fd, .events = POLLIN};
	line_say(fd, "GET /healthz HTTP/1.1\r\n");
	while (poll(&wait, 1, 5) == 0) {
		line_say(fd, "X: y\r\n"); /* always busy, never done */
	}
	line_ends(fd);
}

static void a_body_that_does_not_come_is_cut_off(void **state)
{
	struct service *s = *state;
	limit(s, (struct server_limits){.header_ms = 50});
	int fd = line_open(s);
	line_say(fd, "POST /v1/changes HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n[");
	line_ends(fd);
	service_must(s, NULL, "GET", "/v1/tickets", NULL, 200);
}

static void an_idle_connection_is_closed(void **state)
{
	struct service *s = *state;
	limit(s, (struct server_limits){.idle_ms = 50, .header_ms = 100});
	line_ends(ask_and_stay(s));
}

static void an_answer_that_is_not_taken_is_cut_off(void **state)
{
	(void)state;
	struct server_limits limits = {.header_ms = 20};
	struct guests *guests = guests_start(&limits);
	int slow[2], patient[2];
	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, slow), 0);
	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, patient), 0);
	struct guest *one = guest_join(guests, slow[0], NULL);
	struct guest *other = guest_join(guests, patient[0], NULL);
	guest_turn(other, GUEST_WAITS, 0, 0);
	guest_turn(one, GUEST_TAKES, clock_monotonic(), 10);
	line_ends(slow[1]);
	line_say(patient[0], "x");
	char bytes[2];
	assert_int_equal(line_hear(patient[1], bytes, sizeof bytes), 1);
	guest_leave(one);
	guest_leave(other);
	guests_stop(guests);
	close(slow[0]);
	close(patient[0]);
	close(patient[1]);
}

static void a_feed_may_take_its_time(void **state)
{
	struct service *s = *state;
	limit(s, (struct server_limits){.header_ms = 20, .idle_ms = 20});
	char bytes[4096];
	int fd = line_open(s);
	line_say(fd, "GET /v1/feed HTTP/1.1\r\nHost: x\r\n\r\n");
	line_hear(fd, bytes, sizeof bytes);
	for (int i = 0; i < 4; i++) {
		line_ends(line_open(s)); /* meanwhile others are */
	}
	fixture_ticket(s->f, "joao@exemplo.com", "");
	do {
		assert_true(line_hear(fd, bytes, sizeof bytes) > 0);
	} while (!strstr(bytes, "event: change"));
	close(fd);
}

/* --- size --- */

static void what_is_too_large_has_its_status(void **state)
{
	struct service *s = *state;
	char *large = mem_array(s, char, 60001);
	memset(large, 'x', 60000);
	char *header = mem_printf(s, "X: %s\r\n", large);
	char *path = mem_printf(s, "/v1/search?q=%s", large);
	char *body = mem_array(s, char, 9 * 1024 * 1024 + 1);
	memset(body, ' ', 9 * 1024 * 1024);
	assert_int_equal(service_ask_with(s, NULL, "GET", "/v1/tickets", header, NULL).status, 431);
	assert_int_equal(service_ask(s, NULL, "GET", path, NULL).status, 414);
	struct reply reply = service_ask(s, NULL, "POST", "/v1/changes", body);
	reply_is_problem(&reply, 413, "too_large");
	body[65 * 1024] = '\0'; /* nobody is known yet who signs in */
	reply = service_ask(s, NULL, "POST", "/v1/sign-in", body);
	reply_is_problem(&reply, 413, "too_large");
	char *deep = mem_array(s, char, 20001);
	memset(deep, '[', 20000);
	assert_int_equal(service_ask(s, NULL, "POST", "/v1/changes", deep).status, 400);
	service_must(s, NULL, "GET", "/v1/tickets", NULL, 200);
}

/* One that says how long it is and sends this much of it, up to where the server has read it. */
static int send_part(const struct service *s, const char *body, size_t size)
{
	int fd = line_open(s);
	line_say(fd,
		mem_printf(s, "POST /v1/changes HTTP/1.1\r\nHost: x\r\nContent-Length: %zu\r\n\r\n",
			size + 1));
	for (size_t sent = 0; sent < size;) {
		ssize_t n = send(fd, body + sent, size - sent, MSG_NOSIGNAL);
		assert_true(n > 0);
		sent += (size_t)n;
	}
	return fd;
}

static void bodies_have_so_much_room_together(void **state)
{
	enum { SIZE = 1000 * 1000 };
	struct service *s = *state;
	char *body = mem_array(s, char, SIZE + 1);
	struct reply reply;
	memset(body, ' ', SIZE);
	limit(s, (struct server_limits){.body_bytes = SIZE * 3 / 2});
	int fd = send_part(s, body, SIZE);
	do { /* once the server has read all of the other */
		reply = service_ask(s, NULL, "POST", "/v1/changes", body);
	} while (reply.status != 503);
	reply_is_problem(&reply, 503, "busy");
	assert_non_null(reply_header(s, &reply, "Retry-After"));
	reply = service_ask(s, NULL, "POST", "/v1/changes", "[]");
	reply_is_problem(&reply, 400, "changes"); /* a small one always has room */
	close(fd);
	do { /* once it has seen that the other is gone */
		reply = service_ask(s, NULL, "POST", "/v1/changes", body);
	} while (reply.status == 503);
	assert_int_equal(reply.status, 400);
}

/* --- requests a second --- */

static void who_asks_too_much_must_wait(void **state)
{
	(void)state;
	struct server_limits limits = {.requests = 5};
	struct guests *guests = guests_start(&limits);
	struct identity ana = {.operator_id = 7}, script = {.operator_id = 7, .token = 9},
			server = {.is_trusted = true, .operator_id = 7};
	struct error err;
	int wait_s = 0, allowed = 0;
	while (guests_may_ask(guests, &ana, &wait_s, &err)) {
		allowed++;
	}
	assert_true(allowed >= 20 && allowed < 1000); /* four seconds' worth at once */
	assert_string_equal(err.reason, "too_fast");
	assert_int_equal(wait_s, 1);
	assert_true(guests_may_ask(guests, &script, &wait_s, &err));
	for (int i = 0; i < 1000; i++) {
		assert_true(guests_may_ask(guests, &server, &wait_s, &err));
	}
	limits.requests = 1000000;
	guests_set(guests, &limits);
	while (!guests_may_ask(guests, &ana, &wait_s, &err)) {
	}
	guests_stop(guests);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		with_service(more_connections_than_may_be_are_told_so),
		cmocka_unit_test(who_has_a_whole_network_is_one),
		with_service(who_asks_nothing_is_cut_off),
		with_service(headers_that_do_not_end_are_cut_off),
		with_service(a_body_that_does_not_come_is_cut_off),
		with_service(an_idle_connection_is_closed),
		cmocka_unit_test(an_answer_that_is_not_taken_is_cut_off),
		with_service(a_feed_may_take_its_time),
		with_service(what_is_too_large_has_its_status),
		with_service(bodies_have_so_much_room_together),
		cmocka_unit_test(who_asks_too_much_must_wait),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
