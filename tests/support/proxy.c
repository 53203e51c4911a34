#include "support/proxy.h"

#include "base/clock.h"
#include "base/condition.h"
#include "base/mem.h"
#include "support/proxy_message.h"

#include <arpa/inet.h>
#include <assert.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

enum { CLIENT, SERVER, ENDS };

struct proxy {
	char *location;
	char *path; /* of the Unix socket it listens on */
	struct sockaddr_storage server;
	socklen_t server_size;
	int listening;
	pthread_t thread;
	pthread_mutex_t lock; /* for all that follows */
	pthread_cond_t changed;
	struct line *lines;
	struct proxy_fault next;
	bool has_next;
	unsigned chance;
	int thousandths;
	int stall_ms;
	int delay_ms;
	int count;
	int held; /* messages that are held up */
	bool is_cut;
	bool is_ending;
};

/* One connection of a client, and its own to the server. */
struct line {
	struct proxy *proxy;
	int fds[ENDS];
	pthread_t thread;
	bool is_cut;  /* its sockets are shut down */
	bool is_done; /* its thread is at its end */
	struct line *next;
};

/* --- the line's thread --- */

static bool is_live(struct line *line)
{
	pthread_mutex_lock(&line->proxy->lock);
	bool is_cut = line->is_cut;
	pthread_mutex_unlock(&line->proxy->lock);
	return !is_cut;
}

/* Nothing for so long; false when the line was cut meanwhile. */
static bool hold_up(struct line *line, int ms)
{
	int64_t until = clock_monotonic() + ms;
	struct proxy *proxy = line->proxy;
	pthread_mutex_lock(&proxy->lock);
	proxy->held++;
	while (!line->is_cut && condition_wait(&proxy->changed, &proxy->lock, until)) {
	}
	proxy->held--;
	bool is_cut = line->is_cut;
	pthread_mutex_unlock(&proxy->lock);
	return !is_cut;
}

static bool pass(struct line *line, int end, const char *bytes, size_t size)
{
	while (size > 0) {
		ssize_t n = send(line->fds[end], bytes, size, MSG_NOSIGNAL);
		if (n <= 0) {
			return false;
		}
		bytes += n;
		size -= (size_t)n;
	}
	return true;
}

/* Some bytes of this end, added to message; false when it is closed, or (watching) the other. */
static bool read_some(struct line *line, int end, bool watches, struct message *message)
{
	char bytes[16 << 10];
	struct pollfd fds[ENDS] = {
		{.fd = line->fds[end], .events = POLLIN},
		{.fd = watches ? line->fds[!end] : -1, .events = POLLIN},
	};
	if (poll(fds, ENDS, -1) < 0 || !fds[0].revents) {
		return false;
	}
	ssize_t n = read(line->fds[end], bytes, sizeof bytes);
	if (n > 0) {
		message_add(message, bytes, (size_t)n);
	}
	return n > 0;
}

/* A whole message; of a stream, what there is with its headers. */
static bool read_message(struct line *line, int end, struct message *message)
{
	while (!message_is_whole(message)) {
		if (end == SERVER && message_has_head(message) && message_is_chunked(message)) {
			return true;
		}
		if (!read_some(line, end, end == CLIENT && message->size == 0, message)) {
			return false;
		}
	}
	return true;
}

/* What shall happen to a request: decided once for each. */
static bool draw(struct proxy *proxy, struct proxy_fault *fault)
{
	pthread_mutex_lock(&proxy->lock);
	bool happens = proxy->has_next;
	*fault = proxy->next;
	proxy->has_next = false;
	if (!happens && proxy->thousandths > 0) {
		unsigned *seed = &proxy->chance;
		happens = rand_r(seed) % 1000 < proxy->thousandths;
		fault->kind = (enum proxy_kind)(rand_r(seed) % PROXY_KINDS);
		fault->step = (enum proxy_step)(rand_r(seed) % PROXY_STEPS);
		fault->stall_ms = proxy->stall_ms ? rand_r(seed) % proxy->stall_ms : 0;
	}
	proxy->count += happens;
	pthread_mutex_unlock(&proxy->lock);
	return happens;
}

/* False when the line is not to go on. */
static bool happen(struct line *line, const struct proxy_fault *fault, enum proxy_step step)
{
	if (!fault || fault->step != step) {
		return true;
	}
	if (fault->kind == PROXY_RESET) {
		struct linger linger = {.l_onoff = 1};
		setsockopt(line->fds[CLIENT], SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
		setsockopt(line->fds[SERVER], SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
	}
	if (fault->kind == PROXY_STALL) {
		return hold_up(line, fault->stall_ms);
	}
	return fault->kind != PROXY_CUT && fault->kind != PROXY_RESET;
}

/* Passes a message on, in halves between which something may happen. */
static bool pass_message(
	struct line *line, int to, const struct message *message, const struct proxy_fault *fault)
{
	enum proxy_step first = to == SERVER ? PROXY_BEFORE_REQUEST : PROXY_BEFORE_ANSWER;
	size_t half = message->size / 2;
	return happen(line, fault, first) && pass(line, to, message->bytes, half) &&
	       happen(line, fault, first + 1) &&
	       pass(line, to, message->bytes + half, message->size - half) &&
	       happen(line, fault, first + 2);
}

/* The rest of an answer in chunks, as it comes. */
static bool pass_stream(struct line *line, struct message *message)
{
	while (!message_is_whole(message)) {
		size_t before = message->size;
		if (!read_some(line, SERVER, true, message) ||
			!pass(line, CLIENT, message->bytes + before, message->size - before)) {
			return false;
		}
	}
	return true;
}

static bool is_of_request(const struct proxy_fault *fault)
{
	return fault->step <= PROXY_AFTER_REQUEST;
}

/* A request and its answer; false ends the line. */
static bool exchange(struct line *line, struct message *request, struct message *answer)
{
	struct proxy_fault drawn;
	if (!read_message(line, CLIENT, request)) {
		return false;
	}
	const struct proxy_fault *fault = draw(line->proxy, &drawn) ? &drawn : NULL;
	pthread_mutex_lock(&line->proxy->lock);
	int delay_ms = line->proxy->delay_ms;
	pthread_mutex_unlock(&line->proxy->lock);
	if (fault && fault->kind == PROXY_DUPLICATE) {
		struct message first = {0};
		bool ok = pass(line, SERVER, request->bytes, request->size) &&
			  read_message(line, SERVER, &first) && message_is_whole(&first);
		talloc_free(first.bytes);
		if (!ok) {
			return false;
		}
	}
	if (fault && fault->kind == PROXY_TRUNCATE && is_of_request(fault)) {
		message_truncate(request);
	}
	if (!hold_up(line, delay_ms) || !pass_message(line, SERVER, request, fault) ||
		!read_message(line, SERVER, answer)) {
		return false;
	}
	if (fault && fault->kind == PROXY_TRUNCATE && !is_of_request(fault)) {
		message_truncate(answer);
	}
	return hold_up(line, delay_ms) && pass_message(line, CLIENT, answer, fault) &&
	       pass_stream(line, answer);
}

static int connect_server(const struct proxy *proxy)
{
	int fd = socket(proxy->server.ss_family, SOCK_STREAM, 0);
	if (connect(fd, (const struct sockaddr *)&proxy->server, proxy->server_size) != 0) {
		close(fd);
		return -1;
	}
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &(int){1}, sizeof(int));
	return fd;
}

static void *run_line(void *data)
{
	struct line *line = data;
	bool goes_on = line->fds[SERVER] >= 0;
	while (goes_on && is_live(line)) {
		struct message request = {0};
		struct message answer = {0};
		goes_on = exchange(line, &request, &answer);
		talloc_free(request.bytes);
		talloc_free(answer.bytes);
	}
	pthread_mutex_lock(&line->proxy->lock);
	for (int end = 0; end < ENDS; end++) {
		if (line->fds[end] >= 0) {
			close(line->fds[end]);
			line->fds[end] = -1;
		}
	}
	line->is_done = true;
	pthread_mutex_unlock(&line->proxy->lock);
	return NULL;
}

/* --- all lines; with the lock --- */

static void cut_lines(struct proxy *proxy)
{
	for (struct line *line = proxy->lines; line; line = line->next) {
		line->is_cut = true;
		for (int end = 0; end < ENDS; end++) {
			if (line->fds[end] >= 0) {
				shutdown(line->fds[end], SHUT_RDWR);
			}
		}
	}
	pthread_cond_broadcast(&proxy->changed);
}

/* Those that are done, or all of them, once each is. */
static void join_lines(struct proxy *proxy, bool all)
{
	for (struct line **at = &proxy->lines; *at;) {
		struct line *line = *at;
		if (!all && !line->is_done) {
			at = &line->next;
			continue;
		}
		*at = line->next;
		pthread_mutex_unlock(&proxy->lock);
		pthread_join(line->thread, NULL);
		pthread_mutex_lock(&proxy->lock);
		talloc_free(line);
	}
}

static void add_line(struct proxy *proxy, int client)
{
	struct line *line = mem_new(NULL, struct line);
	line->proxy = proxy;
	line->fds[CLIENT] = client;
	line->fds[SERVER] = connect_server(proxy);
	setsockopt(client, IPPROTO_TCP, TCP_NODELAY, &(int){1}, sizeof(int));
	line->next = proxy->lines;
	proxy->lines = line;
	assert(pthread_create(&line->thread, NULL, run_line, line) == 0);
}

static void *run(void *data)
{
	struct proxy *proxy = data;
	for (bool is_ending = false; !is_ending;) {
		int client = accept(proxy->listening, NULL, NULL);
		pthread_mutex_lock(&proxy->lock);
		join_lines(proxy, false);
		is_ending = proxy->is_ending;
		if (client >= 0 && (proxy->is_cut || is_ending)) {
			close(client);
		} else if (client >= 0) {
			add_line(proxy, client);
		}
		pthread_mutex_unlock(&proxy->lock);
	}
	return NULL;
}

/* --- from outside --- */

static socklen_t unix_address(struct sockaddr_storage *address, const char *path)
{
	struct sockaddr_un *un = (struct sockaddr_un *)address;
	assert(strlen(path) < sizeof un->sun_path);
	un->sun_family = AF_UNIX;
	memcpy(un->sun_path, path, strlen(path) + 1);
	return sizeof *un;
}

static socklen_t port_address(struct sockaddr_storage *address, int port)
{
	struct sockaddr_in *in = (struct sockaddr_in *)address;
	in->sin_family = AF_INET;
	in->sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	in->sin_port = htons((uint16_t)port);
	return sizeof *in;
}

static void listen_at(struct proxy *proxy, const char *path)
{
	struct sockaddr_storage address = {0};
	socklen_t size = path ? unix_address(&address, path) : port_address(&address, 0);
	proxy->listening = socket(address.ss_family, SOCK_STREAM, 0);
	assert(bind(proxy->listening, (struct sockaddr *)&address, size) == 0);
	assert(listen(proxy->listening, SOMAXCONN) == 0);
	assert(getsockname(proxy->listening, (struct sockaddr *)&address, &size) == 0);
	int port = path ? 0 : ntohs(((struct sockaddr_in *)&address)->sin_port);
	proxy->path = mem_strdup(proxy, path);
	proxy->location = path ? mem_printf(proxy, "unix:%s", path)
			       : mem_printf(proxy, "http://127.0.0.1:%d", port);
}

struct proxy *proxy_start(const char *path, const char *server)
{
	struct proxy *proxy = mem_new(NULL, struct proxy);
	pthread_mutex_init(&proxy->lock, NULL);
	condition_init(&proxy->changed);
	proxy->server_size = strncmp(server, "unix:", 5) == 0
				     ? unix_address(&proxy->server, server + 5)
				     : port_address(&proxy->server,
					       (int)strtol(strrchr(server, ':') + 1, NULL, 10));
	listen_at(proxy, path);
	assert(pthread_create(&proxy->thread, NULL, run, proxy) == 0);
	return proxy;
}

void proxy_stop(struct proxy *proxy)
{
	pthread_mutex_lock(&proxy->lock);
	proxy->is_ending = true;
	cut_lines(proxy);
	pthread_mutex_unlock(&proxy->lock);
	shutdown(proxy->listening, SHUT_RDWR);
	pthread_join(proxy->thread, NULL);
	close(proxy->listening);
	pthread_mutex_lock(&proxy->lock);
	cut_lines(proxy);
	join_lines(proxy, true);
	pthread_mutex_unlock(&proxy->lock);
	if (proxy->path) {
		unlink(proxy->path);
	}
	pthread_cond_destroy(&proxy->changed);
	pthread_mutex_destroy(&proxy->lock);
	talloc_free(proxy);
}

const char *proxy_location(const struct proxy *proxy)
{
	return proxy->location;
}

void proxy_next(struct proxy *proxy, struct proxy_fault fault)
{
	pthread_mutex_lock(&proxy->lock);
	proxy->next = fault;
	proxy->has_next = true;
	pthread_mutex_unlock(&proxy->lock);
}

void proxy_chance(struct proxy *proxy, unsigned seed, int thousandths, int stall_ms)
{
	pthread_mutex_lock(&proxy->lock);
	proxy->chance = seed;
	proxy->thousandths = thousandths;
	proxy->stall_ms = stall_ms;
	pthread_mutex_unlock(&proxy->lock);
}

int proxy_count(struct proxy *proxy)
{
	pthread_mutex_lock(&proxy->lock);
	int count = proxy->count;
	pthread_mutex_unlock(&proxy->lock);
	return count;
}

bool proxy_is_holding(struct proxy *proxy)
{
	pthread_mutex_lock(&proxy->lock);
	bool is_holding = proxy->held > 0;
	pthread_mutex_unlock(&proxy->lock);
	return is_holding;
}

void proxy_cut(struct proxy *proxy, bool is_cut)
{
	pthread_mutex_lock(&proxy->lock);
	proxy->is_cut = is_cut;
	if (is_cut) {
		cut_lines(proxy);
	}
	pthread_mutex_unlock(&proxy->lock);
}

void proxy_delay(struct proxy *proxy, int delay_ms)
{
	pthread_mutex_lock(&proxy->lock);
	proxy->delay_ms = delay_ms;
	pthread_mutex_unlock(&proxy->lock);
}
