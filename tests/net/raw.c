#include "raw.h"

#include "base/mem.h"

#include <arpa/inet.h>
#include <assert.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

enum { REQUESTS_MAX = 16, DRIP_MS = 5 };

struct raw {
	const struct raw_step *steps;
	char *location;
	char *path;
	int listening;
	int stop[2]; /* readable once it shall stop */
	pthread_t thread;
	pthread_mutex_t lock;
	char *requests[REQUESTS_MAX];
	size_t request_count;
	int client; /* -1: none */
};

/* --- in the thread --- */

/* False when the server shall stop. */
static bool wait_for(struct raw *raw, int fd, int timeout_ms)
{
	struct pollfd fds[] = {
		{.fd = raw->stop[0], .events = POLLIN},
		{.fd = fd, .events = POLLIN},
	};
	poll(fds, 2, timeout_ms);
	return !fds[0].revents;
}

static bool need_client(struct raw *raw)
{
	if (raw->client < 0) {
		if (!wait_for(raw, raw->listening, -1)) {
			return false;
		}
		raw->client = accept(raw->listening, NULL, NULL);
		setsockopt(raw->client, IPPROTO_TCP, TCP_NODELAY, &(int){1}, sizeof(int));
	}
	return true;
}

static void drop_client(struct raw *raw, bool reset)
{
	if (raw->client >= 0) {
		if (reset) {
			struct linger linger = {.l_onoff = 1};
			setsockopt(raw->client, SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
		}
		close(raw->client);
		raw->client = -1;
	}
}

/* Whether these bytes are a request with its whole body. */
static bool is_whole(const char *request)
{
	const char *body = strstr(request, "\r\n\r\n");
	if (!body) {
		return false;
	}
	const char *length = strstr(request, "Content-Length: ");
	if (strstr(request, "Transfer-Encoding: chunked")) {
		return strstr(body, "0\r\n\r\n") != NULL;
	}
	return !length || strlen(body + 4) >= strtoul(length + 16, NULL, 10);
}

static bool read_request(struct raw *raw)
{
	char *request = mem_strdup(raw, "");
	while (!is_whole(request)) {
		char bytes[4096];
		if (!wait_for(raw, raw->client, -1)) {
			return false;
		}
		ssize_t n = read(raw->client, bytes, sizeof bytes);
		if (n <= 0) {
			drop_client(raw, false);
			talloc_free(request);
			return need_client(raw) && read_request(raw);
		}
		request = mem_check(talloc_strndup_append_buffer(request, bytes, (size_t)n));
	}
	pthread_mutex_lock(&raw->lock);
	assert(raw->request_count < REQUESTS_MAX);
	raw->requests[raw->request_count++] = request;
	pthread_mutex_unlock(&raw->lock);
	return true;
}

static bool send_bytes(struct raw *raw, const char *bytes, size_t size)
{
	while (size > 0) {
		ssize_t n = send(raw->client, bytes, size, MSG_NOSIGNAL);
		if (n <= 0) {
			return false;
		}
		bytes += n;
		size -= (size_t)n;
	}
	return true;
}

/* Until the client goes away, or the server shall stop. */
static bool hang(struct raw *raw)
{
	char bytes[4096];
	bool goes_on = true;
	while ((goes_on = wait_for(raw, raw->client, -1)) &&
		read(raw->client, bytes, sizeof bytes) > 0) {
	}
	drop_client(raw, false);
	return goes_on;
}

static bool play(struct raw *raw, const struct raw_step *step)
{
	size_t size = step->size;
	if (!need_client(raw)) {
		return false;
	}
	switch (step->what) {
	case RAW_READ:
		return read_request(raw);
	case RAW_SEND:
		send_bytes(raw, step->bytes, size);
		return true;
	case RAW_DRIP:
		for (size_t i = 0; i < size && wait_for(raw, -1, DRIP_MS); i++) {
			send_bytes(raw, step->bytes + i, 1);
		}
		return true;
	case RAW_FLOOD:
		while (wait_for(raw, -1, 0) && send_bytes(raw, step->bytes, size)) {
		}
		return true;
	case RAW_HANG:
		return hang(raw);
	default:
		drop_client(raw, step->what == RAW_RESET);
		return true;
	}
}

static void *run(void *data)
{
	struct raw *raw = data;
	const struct raw_step *step = raw->steps;
	while (step->what != RAW_END && play(raw, step)) {
		step++;
	}
	/* Nobody is answered any more, and a client that is connected may finish reading. */
	if (step->what == RAW_END && raw->client >= 0) {
		hang(raw);
	}
	drop_client(raw, false);
	/* … not even one that comes again by itself. */
	shutdown(raw->listening, SHUT_RDWR);
	return NULL;
}

/* --- outside --- */

static void listen_on_path(struct raw *raw, const char *path)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	assert(strlen(path) < sizeof address.sun_path);
	memcpy(address.sun_path, path, strlen(path) + 1);
	raw->listening = socket(AF_UNIX, SOCK_STREAM, 0);
	assert(bind(raw->listening, (struct sockaddr *)&address, sizeof address) == 0);
	raw->path = mem_strdup(raw, path);
	raw->location = mem_printf(raw, "unix:%s", path);
}

static void listen_on_port(struct raw *raw)
{
	struct sockaddr_in address = {
		.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t size = sizeof address;
	raw->listening = socket(AF_INET, SOCK_STREAM, 0);
	assert(bind(raw->listening, (struct sockaddr *)&address, sizeof address) == 0);
	assert(getsockname(raw->listening, (struct sockaddr *)&address, &size) == 0);
	raw->location = mem_printf(raw, "http://127.0.0.1:%d", ntohs(address.sin_port));
}

struct raw *raw_start(const struct raw_step *steps, const char *path)
{
	struct raw *raw = mem_new(NULL, struct raw);
	raw->steps = steps;
	raw->client = -1;
	pthread_mutex_init(&raw->lock, NULL);
	if (path) {
		listen_on_path(raw, path);
	} else {
		listen_on_port(raw);
	}
	assert(listen(raw->listening, 8) == 0 && pipe(raw->stop) == 0);
	assert(pthread_create(&raw->thread, NULL, run, raw) == 0);
	return raw;
}

const char *raw_location(const struct raw *raw)
{
	return raw->location;
}

void raw_stop(struct raw *raw)
{
	assert(write(raw->stop[1], "", 1) == 1);
	pthread_join(raw->thread, NULL);
	close(raw->listening);
	close(raw->stop[0]);
	close(raw->stop[1]);
	if (raw->path) {
		unlink(raw->path);
	}
	pthread_mutex_destroy(&raw->lock);
	talloc_free(raw);
}

const char *raw_request(struct raw *raw, size_t index)
{
	pthread_mutex_lock(&raw->lock);
	const char *request = index < raw->request_count ? raw->requests[index] : "";
	pthread_mutex_unlock(&raw->lock);
	return request;
}
