#include "figure.h"

#include "base/mem.h"

#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

/*
 * bench_feeds SOCKET LABEL READERS RATE SECONDS TICKET PID: so many readers of the live feed of a
 * server, changes at that rate a second, and how long it takes from the request that makes a change
 * until each reader is told; then the memory of the server.
 */

enum { LINE = 64, CHANGES = 100000, BLOCK = 65536 };

struct reader {
	int fd;
	char line[LINE];
	size_t size;
	long id;
};

struct run {
	const char *path;
	long ticket;
	int rate, seconds;
	_Atomic double sent_at[CHANGES]; /* by revision, from the first on */
	atomic_long first;
	atomic_bool is_over;
};

static void die(const char *what)
{
	perror(what);
	exit(1);
}

static int dial(const char *path)
{
	struct sockaddr_un where = {.sun_family = AF_UNIX};
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);
	if (fd < 0 || strlen(path) >= sizeof where.sun_path) {
		die("socket");
	}
	memcpy(where.sun_path, path, strlen(path));
	if (connect(fd, (const struct sockaddr *)&where, sizeof where) != 0) {
		die(path);
	}
	return fd;
}

static void send_text(int fd, const char *text)
{
	if (send(fd, text, strlen(text), MSG_NOSIGNAL) != (ssize_t)strlen(text)) {
		die("send");
	}
}

/* --- changes --- */

static long post(int fd, long ticket, char *answer, size_t room)
{
	char *body = mem_printf(
		NULL, "[{\"kind\":\"note\",\"ticket\":%ld,\"text\":\"Ligou de novo\"}]", ticket);
	char *text = mem_printf(body,
		"POST /v1/changes HTTP/1.1\r\nHost: x\r\nContent-Length: %zu\r\n\r\n%s",
		strlen(body), body);
	send_text(fd, text);
	talloc_free(body);
	ssize_t got = recv(fd, answer, room - 1, 0);
	answer[got > 0 ? got : 0] = '\0';
	const char *revision = strstr(answer, "\"revision\":");
	return revision ? strtol(revision + 11, NULL, 10) : 0;
}

static void *make_changes(void *data)
{
	struct run *run = data;
	char *answer = mem_array(NULL, char, BLOCK);
	int fd = dial(run->path);
	double begin = bench_now_us();
	for (int i = 0; i < run->rate * run->seconds; i++) {
		double due = begin + i * 1e6 / run->rate, now = bench_now_us();
		if (due > now) {
			poll(NULL, 0, (int)((due - now) / 1000));
		}
		double sent_at = bench_now_us();
		if (i > 0) {
			run->sent_at[i] = sent_at;
		}
		long revision = post(fd, run->ticket, answer, BLOCK);
		if (revision == 0) {
			fprintf(stderr, "bench_feeds: %s\n", answer);
			exit(1);
		}
		if (i == 0) {
			run->first = revision;
		}
	}
	poll(NULL, 0, 500);
	run->is_over = true;
	close(fd);
	talloc_free(answer);
	return NULL;
}

/* --- readers --- */

static void take_line(struct run *run, struct reader *reader, struct figure *figure)
{
	reader->line[reader->size] = '\0';
	if (strncmp(reader->line, "id: ", 4) == 0) {
		reader->id = strtol(reader->line + 4, NULL, 10);
	} else if (strncmp(reader->line, "event: change", 13) == 0 && run->first) {
		long at = reader->id - run->first;
		if (at > 0 && at < CHANGES && run->sent_at[at] > 0) {
			figure_add(figure, (bench_now_us() - run->sent_at[at]) / 1000);
		}
	}
	reader->size = 0;
}

static void take(struct run *run, struct reader *reader, struct figure *figure)
{
	char bytes[4096];
	ssize_t got = recv(reader->fd, bytes, sizeof bytes, 0);
	if (got <= 0) {
		die("a feed ended");
	}
	for (ssize_t i = 0; i < got; i++) {
		if (bytes[i] == '\n') {
			take_line(run, reader, figure);
		} else if (reader->size < LINE - 1) {
			reader->line[reader->size++] = bytes[i];
		}
	}
}

static int open_readers(const struct run *run, struct reader *readers, int count)
{
	int poller = epoll_create1(0);
	for (int i = 0; i < count; i++) {
		readers[i].fd = dial(run->path);
		send_text(readers[i].fd, "GET /v1/feed HTTP/1.1\r\nHost: x\r\n\r\n");
		struct epoll_event event = {.events = EPOLLIN, .data = {.ptr = &readers[i]}};
		epoll_ctl(poller, EPOLL_CTL_ADD, readers[i].fd, &event);
	}
	return poller;
}

static void print_memory(const char *label, const char *pid, const char *key, const char *what)
{
	char *path = mem_printf(NULL, "/proc/%s/smaps_rollup", pid);
	FILE *file = fopen(path, "r");
	char line[256];
	while (file && fgets(line, sizeof line, file)) {
		if (strncmp(line, key, strlen(key)) == 0) {
			figure_print_one(what, label, "kB", strtod(line + strlen(key), NULL));
		}
	}
	if (file) {
		fclose(file);
	}
	talloc_free(path);
}

int main(int argc, char **argv)
{
	if (argc != 8) {
		fprintf(stderr,
			"usage: bench_feeds SOCKET LABEL READERS RATE SECONDS TICKET PID\n");
		return 2;
	}
	int count = (int)strtol(argv[3], NULL, 10);
	struct run *run = mem_new(NULL, struct run);
	struct reader *readers = mem_array(run, struct reader, (size_t)count);
	struct rlimit files;
	getrlimit(RLIMIT_NOFILE, &files);
	files.rlim_cur = files.rlim_max;
	setrlimit(RLIMIT_NOFILE, &files);
	run->path = argv[1];
	run->rate = (int)strtol(argv[4], NULL, 10);
	run->seconds = (int)strtol(argv[5], NULL, 10);
	run->ticket = strtol(argv[6], NULL, 10);
	struct figure figure;
	figure_init(&figure, figure_name("feed", "request to told"), argv[2], "ms");
	int poller = open_readers(run, readers, count);
	pthread_t thread;
	pthread_create(&thread, NULL, make_changes, run);
	while (!run->is_over) {
		struct epoll_event events[64];
		int ready = epoll_wait(poller, events, 64, 100);
		for (int i = 0; i < ready; i++) {
			take(run, events[i].data.ptr, &figure);
		}
	}
	pthread_join(thread, NULL);
	fprintf(stderr, "%zu told\n", figure.count);
	figure_print(&figure);
	print_memory(argv[2], argv[7], "Pss:", "feed, memory of the server");
	talloc_free(run);
	return 0;
}
