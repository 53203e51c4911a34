#include "line.h"

#include "base/clock.h"
#include "base/mem.h"
#include "test.h"

#include <pthread.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

/* What is not said to its end: by peers that go, and when the server ends. */

static void patient(struct service *s)
{
	server_stop(s->server, 1000);
	struct server_limits limits = {.header_ms = MS_HOUR};
	assert_true(service_start(s, (struct server_options){.limits = limits}));
}

/* Whoever has shut down his side with half a request said will not say the rest. */
static void who_leaves_in_the_middle_is_let_go(void **state)
{
	static const char *const halves[] = {"GET /v1", "GET /v1/tickets HTTP/1.1\r\nHost: x\r\n",
		"POST /v1/changes HTTP/1.1\r\nHost: x\r\nContent-Length: 20\r\n\r\n[",
		"POST /v1/files HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",
		"POST /v1/files HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n"
		"ab\r\n0\r\n"};
	struct service *s = *state;
	int fds[ARRAY_LEN(halves)];
	patient(s);
	for (size_t i = 0; i < ARRAY_LEN(fds); i++) {
		fds[i] = line_open(s);
		line_say(fds[i], halves[i]);
		shutdown(fds[i], SHUT_WR);
	}
	for (size_t i = 0; i < ARRAY_LEN(fds); i++) {
		line_ends(fds[i]);
	}
}

/* The end of the server does not wait for the rest of what comes slowly. */
static void the_end_waits_for_nobody_who_is_slow(void **state)
{
	struct service *s = *state;
	patient(s);
	int fd = line_open(s);
	line_say(fd, "POST /v1/changes HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n"
		     "Content-Length: 20\r\n\r\n");
	char bytes[4096];
	assert_true(line_hear(fd, bytes, sizeof bytes) > 0); /* it waits for the body */
	server_stop(s->server, MS_HOUR);
	line_ends(fd);
	assert_true(service_start(s, (struct server_options){0}));
}

/* --- there is always one more who comes while the server ends --- */

enum { HALVES = 200, REST_NS = 20 * 1000000 };

static int come(const struct service *s)
{
	struct sockaddr_un where = {.sun_family = AF_UNIX};
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);
	memcpy(where.sun_path, s->socket, strlen(s->socket));
	if (connect(fd, (const struct sockaddr *)&where, sizeof where) != 0) {
		close(fd);
		return -1;
	}
	line_say(fd, "POST /v1/changes HTTP/1.1\r\nHost: x\r\nContent-Length: 20\r\n\r\n[");
	return fd;
}

/* Until nobody listens any more. Each has been told that it is too late before it goes. */
static void *come_again_and_again(void *data)
{
	int fds[HALVES];
	size_t count = 0;
	for (int fd; (fd = come(data)) >= 0; count++) {
		const struct timespec rest = {.tv_nsec = REST_NS};
		if (count >= HALVES) {
			close(fds[count % HALVES]);
		}
		fds[count % HALVES] = fd;
		nanosleep(&rest, NULL);
	}
	for (size_t i = 0; i < count && i < HALVES; i++) {
		close(fds[i]);
	}
	return NULL;
}

static void the_end_waits_for_nobody_who_is_late(void **state)
{
	struct service *s = *state;
	pthread_t crowd;
	patient(s);
	assert_int_equal(pthread_create(&crowd, NULL, come_again_and_again, s), 0);
	server_stop(s->server, MS_HOUR);
	pthread_join(crowd, NULL);
	assert_true(service_start(s, (struct server_options){0}));
}

/* The library drops what it cannot read without a word, to us as well. */
static void what_cannot_be_read_leaves_nothing(void **state)
{
	struct service *s = *state;
	char *cookies = mem_strdup(s, "");
	for (int i = 0; i < 1000; i++) {
		cookies = mem_printf(s, "%sa=b;", cookies);
	}
	for (int i = 0; i < 3; i++) {
		char *text = mem_printf(
			s, "GET /v1/me HTTP/1.1\r\nHost: x\r\nCookie: %s\r\n\r\n", cookies);
		int fd = line_open(s);
		line_say(fd, text);
		line_ends(fd);
	}
	struct reply reply;
	do { /* once the server has seen that they left */
		reply = service_must(s, NULL, "GET", "/metrics", NULL, 200);
	} while (!strstr(reply.body, "\natende_http_requests_open 1\n"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		with_service(who_leaves_in_the_middle_is_let_go),
		with_service(the_end_waits_for_nobody_who_is_slow),
		with_service(the_end_waits_for_nobody_who_is_late),
		with_service(what_cannot_be_read_leaves_nothing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
