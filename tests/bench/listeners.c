#include "listeners.h"

#include "base/mem.h"
#include "crowd.h"
#include "figure.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { LINE = 64 };

struct listener {
	int fd;
	char line[LINE]; /* the beginning of the one that is being read */
	size_t size;
	long long revision;
};

struct hall {
	struct listeners *listeners;
	struct listener *seats;
	int epoll;
};

static void enter(struct hall *hall, size_t at)
{
	struct listener *seat = &hall->seats[at];
	const struct listeners *listeners = hall->listeners;
	void *mem = mem_context(NULL);
	char *headers = mem_printf(mem, "Atende-As: %s\r\nAccept: text/event-stream\r\n",
		listeners->logins[at % listeners->login_count]);
	if (seat->revision > 0) {
		headers = mem_printf(mem, "%sLast-Event-ID: %lld\r\n", headers, seat->revision);
	}
	char *request = crowd_request_with(mem, "GET", "/v1/feed", headers, NULL);
	seat->fd = crowd_connect(listeners->address);
	seat->size = 0;
	if (send(seat->fd, request, strlen(request), MSG_NOSIGNAL) != (ssize_t)strlen(request)) {
		fprintf(stderr, "bench: a feed cannot be asked for\n");
		exit(1);
	}
	struct epoll_event event = {.events = EPOLLIN, .data.u64 = at};
	epoll_ctl(hall->epoll, EPOLL_CTL_ADD, seat->fd, &event);
	talloc_free(mem);
}

static void leave_and_come(struct hall *hall, size_t at)
{
	close(hall->seats[at].fd);
	atomic_fetch_add(&hall->listeners->came_again, 1);
	enter(hall, at);
}

static void take_line(struct listeners *listeners, struct listener *seat)
{
	seat->line[seat->size] = '\0';
	if (strncmp(seat->line, "id: ", 4) == 0) {
		seat->revision = strtoll(seat->line + 4, NULL, 10);
	} else if (strcmp(seat->line, "event: change") == 0) {
		atomic_fetch_add(&listeners->changes, 1);
	} else if (strcmp(seat->line, "event: reload") == 0) {
		atomic_fetch_add(&listeners->reloads, 1);
	} else if (strncmp(seat->line, "HTTP/1.1 ", 9) == 0 && !strstr(seat->line, " 200 ")) {
		fprintf(stderr, "bench: a feed was refused: %s\n", seat->line);
		exit(1);
	}
	seat->size = 0;
}

static void listen_to(struct hall *hall, size_t at)
{
	struct listener *seat = &hall->seats[at];
	char bytes[8192];
	ssize_t got = recv(seat->fd, bytes, sizeof bytes, MSG_DONTWAIT);
	if (got == 0 || (got < 0 && errno != EAGAIN)) {
		leave_and_come(hall, at);
		return;
	}
	for (ssize_t i = 0; i < got; i++) {
		if (bytes[i] == '\n') {
			take_line(hall->listeners, seat);
		} else if (seat->size < LINE - 1 && bytes[i] != '\r') {
			seat->line[seat->size++] = bytes[i];
		}
	}
}

static void *work(void *data)
{
	enum { EVENTS = 256 };
	struct listeners *listeners = data;
	struct hall hall = {.listeners = listeners, .epoll = epoll_create1(EPOLL_CLOEXEC)};
	struct epoll_event events[EVENTS];
	hall.seats = mem_array(NULL, struct listener, listeners->count);
	for (size_t i = 0; i < listeners->count; i++) {
		enter(&hall, i);
	}
	double leave_at = bench_now_us() + 1e6 * listeners->leave_every_s;
	for (size_t leaver = 0; !atomic_load(&listeners->is_ending);) {
		int count = epoll_wait(hall.epoll, events, EVENTS, 100);
		for (int i = 0; i < count; i++) {
			listen_to(&hall, events[i].data.u64);
		}
		if (bench_now_us() >= leave_at) {
			leave_and_come(&hall, leaver++ % listeners->count);
			leave_at += 1e6 * listeners->leave_every_s;
		}
	}
	for (size_t i = 0; i < listeners->count; i++) {
		close(hall.seats[i].fd);
	}
	close(hall.epoll);
	talloc_free(hall.seats);
	return NULL;
}

void listeners_start(struct listeners *listeners)
{
	atomic_store(&listeners->is_ending, false);
	mem_check(
		pthread_create(&listeners->thread, NULL, work, listeners) == 0 ? listeners : NULL);
}

void listeners_stop(struct listeners *listeners)
{
	atomic_store(&listeners->is_ending, true);
	pthread_join(listeners->thread, NULL);
}
