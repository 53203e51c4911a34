#include "crowd.h"

#include "base/mem.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

enum { OK = 200, NO_CONTENT = 204 };

struct client {
	int fd;
	void *mem;		/* of the request under way */
	double due_at, sent_at; /* due_at: when it shall ask */
	bool is_asking;
	char *answer;
	size_t size, room;
};

struct run {
	const struct crowd *crowd;
	struct figure *latency;
	struct client *clients;
	int epoll;
	size_t answered;
};

static void die(const char *what, const char *why)
{
	fprintf(stderr, "bench: %s: %s\n", what, why);
	exit(1);
}

/* --- connections and requests --- */

static int connect_unix(const char *path)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (strlen(path) >= sizeof address.sun_path) {
		die(path, "too long for a socket");
	}
	memcpy(address.sun_path, path, strlen(path) + 1);
	return connect(fd, (struct sockaddr *)&address, sizeof address) == 0 ? fd : -1;
}

static int connect_port(unsigned port)
{
	struct sockaddr_in address = {.sin_family = AF_INET,
		.sin_port = htons((uint16_t)port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	return connect(fd, (struct sockaddr *)&address, sizeof address) == 0 ? fd : -1;
}

int crowd_connect(const char *address)
{
	bool is_unix = strncmp(address, "unix:", 5) == 0;
	int fd = is_unix ? connect_unix(address + 5)
			 : connect_port((unsigned)strtoul(address, NULL, 10));
	if (fd < 0) {
		die(address, strerror(errno));
	}
	return fd;
}

char *crowd_request_with(const void *mem, const char *method, const char *path, const char *headers,
	const char *body)
{
	char *head = mem_printf(mem, "%s %s HTTP/1.1\r\nHost: x\r\n%s", method, path, headers);
	return body ? mem_printf(mem,
			      "%sContent-Type: application/json\r\nContent-Length: %zu\r\n\r\n%s",
			      head, strlen(body), body)
		    : mem_printf(mem, "%s\r\n", head);
}

char *crowd_request(const void *mem, const char *path, const char *login, const char *body)
{
	char *as = login ? mem_printf(mem, "Atende-As: %s\r\n", login) : mem_strdup(mem, "");
	return crowd_request_with(mem, body ? "POST" : "GET", path, as, body);
}

static void send_all(int fd, const char *bytes, size_t size)
{
	for (size_t sent = 0; sent < size;) {
		ssize_t n = send(fd, bytes + sent, size - sent, MSG_NOSIGNAL);
		if (n < 0) {
			die("send", strerror(errno));
		}
		sent += (size_t)n;
	}
}

/* --- answers --- */

static bool receive(struct client *client)
{
	if (client->room - client->size < 65536) {
		client->room = client->room ? 2 * client->room : 131072;
		client->answer = mem_grow(NULL, client->answer, char, client->room);
	}
	ssize_t n =
		read(client->fd, client->answer + client->size, client->room - client->size - 1);
	if (n <= 0 && errno != EAGAIN) {
		die("read", n == 0 ? "the server hung up" : strerror(errno));
	}
	client->size += n > 0 ? (size_t)n : 0;
	client->answer[client->size] = '\0';
	return n > 0;
}

static int status_of(const struct client *client)
{
	return client->size > 12 ? (int)strtol(client->answer + 9, NULL, 10) : 0;
}

/* The body, NULL while the answer is not whole. */
static const char *body_of(const struct client *client)
{
	const char *end = client->answer ? strstr(client->answer, "\r\n\r\n") : NULL;
	if (end && status_of(client) == NO_CONTENT) {
		return end + 4;
	}
	const char *length = end ? strstr(client->answer, "\r\nContent-Length:") : NULL;
	if (!length || length > end) {
		return NULL;
	}
	size_t size = strtoull(length + 17, NULL, 10);
	return client->size >= (size_t)(end + 4 - client->answer) + size ? end + 4 : NULL;
}

char *crowd_ask(int fd, const void *mem, const char *request)
{
	struct client client = {.fd = fd};
	const char *body = NULL;
	send_all(fd, request, strlen(request));
	while (!(body = body_of(&client))) {
		receive(&client);
	}
	int status = status_of(&client);
	char *copy = status == OK || status == NO_CONTENT ? mem_strdup(mem, body) : NULL;
	talloc_free(client.answer);
	return copy;
}

/* --- many at once --- */

static void ask(struct run *run, size_t at)
{
	struct client *client = &run->clients[at];
	talloc_free_children(client->mem);
	char *request = run->crowd->next(run->crowd->data, client->mem, at);
	client->size = 0;
	client->is_asking = true;
	client->sent_at = bench_now_us();
	send_all(client->fd, request, strlen(request));
}

static void take_answer(struct run *run, size_t at, bool is_over)
{
	struct client *client = &run->clients[at];
	const struct crowd *crowd = run->crowd;
	const char *body;
	receive(client);
	if (!client->is_asking || !(body = body_of(client))) {
		return;
	}
	client->is_asking = false;
	run->answered++;
	if (run->latency) {
		figure_add(run->latency, bench_now_us() - client->sent_at);
	}
	int status = status_of(client);
	if (crowd->answered ? !crowd->answered(crowd->data, at, status, body) : status != OK) {
		die("refused", client->answer);
	}
	client->due_at += 1e6 * crowd->every_s;
	if (crowd->every_s == 0 && !is_over) {
		ask(run, at);
	}
}

static void open_clients(struct run *run)
{
	run->clients = mem_array(NULL, struct client, run->crowd->connections);
	run->epoll = epoll_create1(EPOLL_CLOEXEC);
	for (size_t i = 0; i < run->crowd->connections; i++) {
		struct client *client = &run->clients[i];
		*client = (struct client){
			.fd = crowd_connect(run->crowd->address), .mem = mem_context(run->clients)};
		fcntl(client->fd, F_SETFL, O_NONBLOCK);
		struct epoll_event event = {.events = EPOLLIN, .data.u64 = i};
		epoll_ctl(run->epoll, EPOLL_CTL_ADD, client->fd, &event);
	}
}

static void close_clients(struct run *run)
{
	for (size_t i = 0; i < run->crowd->connections; i++) {
		close(run->clients[i].fd);
		talloc_free(run->clients[i].answer);
	}
	close(run->epoll);
	talloc_free(run->clients);
}

static bool are_asking(const struct run *run)
{
	for (size_t i = 0; i < run->crowd->connections; i++) {
		if (run->clients[i].is_asking) {
			return true;
		}
	}
	return false;
}

static void ask_who_is_due(struct run *run, double now)
{
	for (size_t i = 0; i < run->crowd->connections; i++) {
		if (!run->clients[i].is_asking && run->clients[i].due_at <= now) {
			ask(run, i);
		}
	}
}

double crowd_run(const struct crowd *crowd, struct figure *latency)
{
	enum { EVENTS = 256 };
	struct epoll_event events[EVENTS];
	struct run run = {.crowd = crowd, .latency = latency};
	open_clients(&run);
	double start = bench_now_us();
	double end = start + 1e6 * crowd->seconds;
	for (size_t i = 0; i < crowd->connections; i++) {
		run.clients[i].due_at =
			start + 1e6 * crowd->every_s * (double)i / (double)crowd->connections;
	}
	ask_who_is_due(&run, start);
	for (double now = start; now < end || are_asking(&run); now = bench_now_us()) {
		int count = epoll_wait(run.epoll, events, EVENTS, crowd->every_s > 0 ? 1 : 100);
		for (int i = 0; i < count; i++) {
			take_answer(&run, events[i].data.u64, now >= end);
		}
		if (crowd->every_s > 0 && now < end) {
			ask_who_is_due(&run, bench_now_us());
		}
	}
	double rate = 1e6 * (double)run.answered / (bench_now_us() - start);
	close_clients(&run);
	return rate;
}
