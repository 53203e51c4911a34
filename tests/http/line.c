#include "line.h"

#include "test.h"

#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

enum { PATIENCE_MS = 20000 };

int line_open(const struct service *s)
{
	struct sockaddr_un where = {.sun_family = AF_UNIX};
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);
	memcpy(where.sun_path, s->socket, strlen(s->socket));
	assert_int_equal(connect(fd, (const struct sockaddr *)&where, sizeof where), 0);
	return fd;
}

void line_say(int fd, const char *text)
{
	send(fd, text, strlen(text), MSG_NOSIGNAL); /* it may be cut off already */
}

size_t line_hear(int fd, char *bytes, size_t room)
{
	struct pollfd wait = {.fd = fd, .events = POLLIN};
	assert_int_equal(poll(&wait, 1, PATIENCE_MS), 1);
	ssize_t got = recv(fd, bytes, room - 1, 0);
	bytes[got > 0 ? got : 0] = '\0';
	return got > 0 ? (size_t)got : 0;
}

void line_ends(int fd)
{
	char bytes[4096];
	while (line_hear(fd, bytes, sizeof bytes) > 0) {
	}
	close(fd);
}
