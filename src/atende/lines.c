#include "atende/lines.h"

#include "base/mem.h"
#include "base/text.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

enum { READ_BYTES = 4096 };

static bool find_line(const struct lines *lines, size_t *size)
{
	const char *newline = lines->size ? memchr(lines->bytes, '\n', lines->size) : NULL;
	*size = newline ? (size_t)(newline - lines->bytes) : lines->size;
	return newline || (lines->is_over && lines->size > 0);
}

bool lines_has(const struct lines *lines)
{
	size_t size;
	return find_line(lines, &size) || lines->is_over;
}

static void read_more(struct lines *lines, int fd)
{
	struct pollfd ready = {.fd = fd, .events = POLLIN};
	if (poll(&ready, 1, 0) <= 0) {
		return;
	}
	if (lines->capacity < lines->size + READ_BYTES) {
		lines->capacity = lines->size * 2 + READ_BYTES;
		lines->bytes = mem_grow(NULL, lines->bytes, char, lines->capacity);
	}
	ssize_t n = read(fd, lines->bytes + lines->size, READ_BYTES);
	if (n > 0) {
		lines->size += (size_t)n;
	} else if (n == 0 || (errno != EINTR && errno != EAGAIN)) {
		lines->is_over = true;
	}
}

char *lines_take(struct lines *lines, int fd, const void *mem, bool *is_over)
{
	size_t size;
	if (!find_line(lines, &size) && !lines->is_over) {
		read_more(lines, fd);
	}
	if (!find_line(lines, &size)) {
		*is_over = lines->is_over;
		return NULL;
	}
	/* A text's own blanks are kept, unlike those of a name. */
	char *line = text_clean(mem, lines->bytes, size, NULL);
	for (char *at = line; (at = strpbrk(at, "\n\t"));) {
		*at = ' ';
	}
	size_t taken = size < lines->size ? size + 1 : size;
	lines->size -= taken;
	memmove(lines->bytes, lines->bytes + taken, lines->size);
	return line;
}

void lines_finish(struct lines *lines)
{
	talloc_free(lines->bytes);
	*lines = (struct lines){0};
}
