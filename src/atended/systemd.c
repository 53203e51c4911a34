#include "atended/systemd.h"

#include "base/mem.h"

#include <fcntl.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

enum { FIRST_SOCKET = 3 }; /* SD_LISTEN_FDS_START */

static int64_t number_of(const char *text)
{
	return text ? strtoll(text, NULL, 10) : 0;
}

const char **systemd_sockets(const void *mem, size_t *count)
{
	int64_t fds =
		number_of(getenv("LISTEN_PID")) == getpid() ? number_of(getenv("LISTEN_FDS")) : 0;
	const char **addresses = mem_array(mem, const char *, 0);
	*count = 0;
	for (int fd = FIRST_SOCKET; fd < FIRST_SOCKET + fds && fd < 1024; fd++) {
		fcntl(fd, F_SETFD, FD_CLOEXEC);
		addresses = mem_grow(mem, addresses, const char *, (unsigned)*count + 1);
		addresses[(*count)++] = mem_printf(addresses, "fd:%d", fd);
	}
	return addresses;
}

void systemd_notify(const char *state)
{
	const char *path = getenv("NOTIFY_SOCKET");
	struct sockaddr_un where = {.sun_family = AF_UNIX};
	if (!path || (*path != '/' && *path != '@') || strlen(path) >= sizeof where.sun_path) {
		return;
	}
	memcpy(where.sun_path, path, strlen(path));
	if (*path == '@') {
		where.sun_path[0] = '\0'; /* an abstract one */
	}
	int fd = socket(AF_UNIX, SOCK_DGRAM, 0);
	if (fd >= 0) {
		fcntl(fd, F_SETFD, FD_CLOEXEC);
		socklen_t size = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + strlen(path));
		sendto(fd, state, strlen(state), MSG_NOSIGNAL, (const struct sockaddr *)&where,
			size);
		close(fd);
	}
}

int64_t systemd_watchdog_ms(void)
{
	const char *pid = getenv("WATCHDOG_PID");
	bool is_ours = !pid || strtoll(pid, NULL, 10) == getpid();
	return is_ours ? number_of(getenv("WATCHDOG_USEC")) / 1000 / 2 : 0;
}
