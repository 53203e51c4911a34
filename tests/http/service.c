#include "service.h"

#include "base/mem.h"
#include "store/drivers.h"
#include "test.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>
#include <zlib.h>

/* --- the server --- */

static int64_t fixture_now(void *data)
{
	return __atomic_load_n((const int64_t *)data, __ATOMIC_RELAXED);
}

void service_pass(struct service *s, int64_t ms)
{
	__atomic_add_fetch(&s->f->now, ms, __ATOMIC_RELAXED);
}

bool service_start(struct service *s, struct server_options options)
{
	static const struct store_driver *const drivers[] = {&store_sqlite};
	const char **listen = mem_array(s, const char *, 1);
	listen[0] = mem_printf(s, "unix:%s", s->socket);
	options.desk = s->f->location;
	options.drivers = drivers;
	options.driver_count = ARRAY_LEN(drivers);
	options.clock = (struct clock){fixture_now, &s->f->now};
	options.listen = listen;
	options.listen_count = 1;
	options.thread_count = 2;
	struct error err = {0};
	bool ok = server_start(&options, &s->server, &err);
	if (!ok) {
		print_error("%s\n", error_sentence(s, &err, NULL));
	}
	return ok;
}

int service_setup(void **state)
{
	struct fixture *f;
	if (fixture_setup((void **)&f) != 0) {
		return -1;
	}
	struct service *s = mem_new(NULL, struct service);
	s->f = f;
	s->socket = mem_printf(s, "%s/socket", f->dir);
	*state = s;
	return service_start(s, (struct server_options){0}) ? 0 : -1;
}

int service_teardown(void **state)
{
	struct service *s = *state;
	server_stop(s->server, 1000);
	int status = fixture_teardown((void **)&s->f);
	talloc_free(s);
	return status;
}

/* --- the client --- */

static int open_socket(const struct service *s)
{
	struct sockaddr_un where = {.sun_family = AF_UNIX};
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);
	assert_true(fd >= 0 && strlen(s->socket) < sizeof where.sun_path);
	memcpy(where.sun_path, s->socket, strlen(s->socket));
	assert_int_equal(connect(fd, (const struct sockaddr *)&where, sizeof where), 0);
	return fd;
}

/* is_all: nothing may follow. A whole request is left open to write, as by every client: the
 * library drops a connection whose end it reads before the answer. */
static char *exchange(struct service *s, const char *bytes, size_t size, bool is_all, size_t *got)
{
	int fd = open_socket(s);
	/* A server that answers before all is read closes: what came counts. */
	for (size_t sent = 0; sent < size;) {
		ssize_t n = send(fd, bytes + sent, size - sent, MSG_NOSIGNAL);
		if (n <= 0) {
			break;
		}
		sent += (size_t)n;
	}
	if (is_all) {
		shutdown(fd, SHUT_WR);
	}
	char *text = mem_array(s, char, 65536);
	*got = 0;
	for (;;) {
		if (talloc_get_size(text) - *got < 65536) {
			text = mem_grow(s, text, char, (unsigned)talloc_get_size(text) * 2);
		}
		ssize_t n = recv(fd, text + *got, 65535, 0);
		if (n <= 0) {
			break;
		}
		*got += (size_t)n;
	}
	close(fd);
	text[*got] = '\0';
	return text;
}

void service_leave(struct service *s, const char *bytes, size_t size)
{
	int fd = open_socket(s);
	assert_int_equal(send(fd, bytes, size, MSG_NOSIGNAL), size);
	close(fd);
}

/* "100 Continue" comes before the answer. */
static char *skip_interim(char *text)
{
	while (strncmp(text, "HTTP/1.1 1", 10) == 0 && strstr(text, "\r\n\r\n")) {
		text = strstr(text, "\r\n\r\n") + 4;
	}
	return text;
}

static void unpack(struct service *s, struct reply *answer)
{
	enum { ROOM = 1024 * 1024, GZIP_WINDOW = 15 + 16 };
	const char *coding = reply_header(s, answer, "Content-Encoding");
	answer->came = answer->size;
	if (!coding || answer->size == 0) {
		return;
	}
	assert_string_equal(coding, "gzip");
	char *bytes = mem_array(s, char, ROOM + 1);
	z_stream stream = {.next_in = (Bytef *)(uintptr_t)answer->body,
		.avail_in = (uInt)answer->size,
		.next_out = (Bytef *)bytes,
		.avail_out = ROOM};
	assert_int_equal(inflateInit2(&stream, GZIP_WINDOW), Z_OK);
	assert_int_equal(inflate(&stream, Z_FINISH), Z_STREAM_END);
	assert_int_equal(stream.avail_in, 0);
	answer->size = stream.total_out;
	answer->body = bytes;
	inflateEnd(&stream);
}

static struct reply ask(struct service *s, const char *bytes, size_t size, bool is_all)
{
	size_t got;
	char *all = exchange(s, bytes, size, is_all, &got);
	char *text = skip_interim(all);
	struct reply answer = {.head = text, .body = ""};
	char *end = strstr(text, "\r\n\r\n");
	if (!end) {
		return answer;
	}
	*end = '\0';
	answer.status = (int)strtol(text + strlen("HTTP/1.1 "), NULL, 10);
	answer.body = end + 4;
	answer.size = got - (size_t)(end + 4 - all);
	unpack(s, &answer);
	const char *type = reply_header(s, &answer, "Content-Type");
	struct error err;
	if (answer.size > 0 && type && strstr(type, "json") && !strstr(type, "ndjson") &&
		!json_parse(s, answer.body, answer.size, 1, &answer.json, &err)) {
		fail_msg("no JSON: %s", answer.body);
	}
	return answer;
}

struct reply service_send(struct service *s, const char *bytes, size_t size)
{
	return ask(s, bytes, size, true);
}

struct reply service_ask_with(struct service *s, const char *login, const char *method,
	const char *path, const char *headers, const char *body)
{
	char *as = login ? mem_printf(s, "Atende-As: %s\r\n", login) : mem_strdup(s, "");
	char *length =
		body ? mem_printf(s, "Content-Length: %zu\r\n", strlen(body)) : mem_strdup(s, "");
	char *text = mem_printf(s, "%s %s HTTP/1.1\r\nHost: x\r\nConnection: close\r\n%s%s%s\r\n%s",
		method, path, as, length, headers, body ? body : "");
	return ask(s, text, strlen(text), false);
}

struct reply service_ask(struct service *s, const char *login, const char *method, const char *path,
	const char *body)
{
	return service_ask_with(s, login, method, path, "", body);
}

struct reply service_must(struct service *s, const char *login, const char *method,
	const char *path, const char *body, int status)
{
	struct reply answer = service_ask(s, login, method, path, body);
	if (answer.status != status) {
		fail_msg("%s %s: %d %s", method, path, answer.status, answer.body);
	}
	return answer;
}

/* --- answers --- */

const char *reply_header(struct service *s, const struct reply *answer, const char *name)
{
	size_t size = strlen(name);
	for (const char *line = strchr(answer->head, '\n'); line; line = strchr(line, '\n')) {
		line++;
		if (strncasecmp(line, name, size) == 0 && line[size] == ':') {
			const char *value = line + size + 1 + strspn(line + size + 1, " ");
			return mem_strndup(s, value, strcspn(value, "\r\n"));
		}
	}
	return NULL;
}

const char *reply_text(const struct reply *answer, const char *key)
{
	const char *text = json_text(json_get(answer->json, key));
	return text ? text : "";
}

int64_t reply_int(const struct reply *answer, const char *key)
{
	int64_t value;
	return json_int(json_get(answer->json, key), &value) ? value : -1;
}

size_t reply_count(const struct reply *answer, const char *key)
{
	return json_count(json_get(answer->json, key));
}

void reply_is_problem(const struct reply *answer, int status, const char *reason)
{
	const char *given = reply_text(answer, "reason");
	if (answer->status != status || strcmp(given, reason) != 0) {
		fail_msg("not %d %s but: %d %s", status, reason, answer->status, answer->body);
	}
	assert_true(*reply_text(answer, "detail") != '\0');
	assert_true(*reply_text(answer, "code") != '\0');
	assert_int_equal(reply_int(answer, "status"), status);
}
