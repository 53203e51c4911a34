#include "hearer.h"

#include "base/mem.h"
#include "test.h"

#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

enum { PATIENCE_MS = 20000, BLOCK = 4096 };

struct hearer {
	int fd;
	char *raw; /* as it came, chunked */
	size_t raw_size;
	char *text; /* without the chunks */
	size_t size;
	size_t chunk; /* bytes of the present chunk that are yet to come */
	bool is_over;
	void *told; /* context of the present event */
};

static int close_socket(struct hearer *hearer)
{
	if (hearer->fd >= 0) {
		close(hearer->fd);
	}
	return 0;
}

static void receive(struct hearer *hearer)
{
	struct pollfd wait = {.fd = hearer->fd, .events = POLLIN};
	if (poll(&wait, 1, PATIENCE_MS) != 1) {
		fail_msg("nothing came, after: %s", hearer->text);
	}
	hearer->raw = mem_grow(hearer, hearer->raw, char, hearer->raw_size + BLOCK + 1);
	ssize_t got = recv(hearer->fd, hearer->raw + hearer->raw_size, BLOCK, 0);
	hearer->is_over = got <= 0;
	hearer->raw_size += got > 0 ? (size_t)got : 0;
	hearer->raw[hearer->raw_size] = '\0';
}

static void drop_raw(struct hearer *hearer, size_t size)
{
	hearer->raw_size -= size;
	memmove(hearer->raw, hearer->raw + size, hearer->raw_size + 1);
}

/* Takes what there is of the present chunk, or the head of the next; false when more must come. */
static bool take_chunk(struct hearer *hearer)
{
	if (hearer->chunk > 0) {
		size_t there = hearer->raw_size < hearer->chunk ? hearer->raw_size : hearer->chunk;
		hearer->text = mem_grow(hearer, hearer->text, char, hearer->size + there + 1);
		memcpy(hearer->text + hearer->size, hearer->raw, there);
		hearer->size += there;
		hearer->text[hearer->size] = '\0';
		hearer->chunk -= there;
		drop_raw(hearer, there);
		return there > 0;
	}
	char *head = hearer->raw + strspn(hearer->raw, "\r\n");
	char *end = strstr(head, "\r\n");
	if (!end) {
		return false;
	}
	hearer->chunk = strtoul(head, NULL, 16);
	hearer->is_over = hearer->chunk == 0;
	drop_raw(hearer, (size_t)(end + 2 - hearer->raw));
	return !hearer->is_over;
}

static void skip_head(struct hearer *hearer)
{
	char *end;
	while (!(end = strstr(hearer->raw, "\r\n\r\n")) && !hearer->is_over) {
		receive(hearer);
	}
	assert_non_null(end);
	if (strncmp(hearer->raw, "HTTP/1.1 200 ", 13) != 0) {
		fail_msg("%s", hearer->raw);
	}
	assert_non_null(strstr(hearer->raw, "text/event-stream"));
	drop_raw(hearer, (size_t)(end + 4 - hearer->raw));
}

struct hearer *hearer_open(
	struct service *s, const char *login, const char *query, const char *headers)
{
	struct hearer *hearer = mem_new(s, struct hearer);
	struct sockaddr_un where = {.sun_family = AF_UNIX};
	hearer->raw = mem_strdup(hearer, "");
	hearer->text = mem_strdup(hearer, "");
	hearer->told = mem_context(hearer);
	hearer->fd = socket(AF_UNIX, SOCK_STREAM, 0);
	talloc_set_destructor(hearer, close_socket);
	memcpy(where.sun_path, s->socket, strlen(s->socket));
	assert_int_equal(connect(hearer->fd, (const struct sockaddr *)&where, sizeof where), 0);
	char *text = mem_printf(hearer, "GET /v1/feed%s HTTP/1.1\r\nHost: x\r\n%s%s%s%s\r\n", query,
		login ? "Atende-As: " : "", login ? login : "", login ? "\r\n" : "", headers);
	assert_int_equal(send(hearer->fd, text, strlen(text), MSG_NOSIGNAL), (ssize_t)strlen(text));
	skip_head(hearer);
	return hearer;
}

void hearer_close(struct hearer *hearer)
{
	talloc_free(hearer);
}

int hearer_socket(const struct hearer *hearer)
{
	return hearer->fd;
}

static const char *line_of(const void *mem, const char *block, const char *key)
{
	size_t size = strlen(key);
	for (const char *at = block; at; at = strchr(at, '\n')) {
		at += *at == '\n';
		if (strncmp(at, key, size) == 0) {
			return mem_strndup(mem, at + size, strcspn(at + size, "\n"));
		}
	}
	return NULL;
}

static void read_block(struct hearer *hearer, const char *block, struct told *told)
{
	const char *id = line_of(hearer->told, block, "id: ");
	struct error err;
	told->id = id ? strtoll(id, NULL, 10) : -1;
	told->name = line_of(hearer->told, block, "event: ");
	told->data = line_of(hearer->told, block, "data: ");
	assert_non_null(told->name);
	assert_non_null(told->data);
	assert_true(json_parse(hearer->told, told->data, strlen(told->data), 1, &told->json, &err));
}

bool hearer_next(struct hearer *hearer, struct told *told)
{
	for (;;) {
		char *end = strstr(hearer->text, "\n\n");
		if (!end) {
			if (hearer->is_over) {
				return false;
			}
			if (!take_chunk(hearer) && !hearer->is_over) {
				receive(hearer);
			}
			continue;
		}
		talloc_free(hearer->told);
		hearer->told = mem_context(hearer);
		char *block =
			mem_strndup(hearer->told, hearer->text, (size_t)(end + 1 - hearer->text));
		hearer->size -= (size_t)(end + 2 - hearer->text);
		memmove(hearer->text, end + 2, hearer->size + 1);
		if (strncmp(block, "retry: ", 7) != 0) {
			read_block(hearer, block, told);
			return true;
		}
	}
}

struct told hearer_must(struct hearer *hearer, const char *name)
{
	struct told told;
	do {
		assert_true(hearer_next(hearer, &told));
	} while (strcmp(told.name, name) != 0 &&
		 (strcmp(told.name, "heartbeat") == 0 || strcmp(told.name, "directory") == 0));
	if (strcmp(told.name, name) != 0) {
		fail_msg("not %s but %s: %s", name, told.name, told.data);
	}
	return told;
}

int64_t hearer_change(struct hearer *hearer)
{
	return hearer_must(hearer, "change").id;
}
