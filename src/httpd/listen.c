#include "httpd/listen.h"

#include "base/mem.h"
#include "base/os.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

enum { BACKLOG = 1024 };

static bool cannot_listen(const char *address, const char *why, struct error *err)
{
	return error_set_reason(err, ERROR_UNAVAILABLE, "listen",
		N_("it is not possible to listen at {0}: {1}; correct the address, make the folder "
		   "of a "
		   "socket, or stop what listens there"),
		address, why, NULL);
}

static bool not_an_address(const char *address, struct error *err)
{
	return error_set_reason(err, ERROR_INVALID, "listen",
		N_("\"{0}\" is no address to listen at; give unix:PATH or HOST:PORT"), address,
		NULL);
}

static bool set_flags(int fd)
{
	return fcntl(fd, F_SETFD, FD_CLOEXEC) == 0 && fcntl(fd, F_SETFL, O_NONBLOCK) == 0;
}

/* --- Unix sockets --- */

static bool take_lock(const char *address, struct listener *listener, struct error *err)
{
	char *name = mem_printf(NULL, "%s.lock", listener->path);
	listener->lock_fd = open(name, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	int reason = errno;
	talloc_free(name);
	if (listener->lock_fd < 0) {
		return cannot_listen(address, strerror(reason), err);
	}
	return os_try_lock(listener->lock_fd, 0) ||
	       error_set_reason(err, ERROR_UNAVAILABLE, "listen",
		       N_("another atended listens at {0}; stop it first, or choose another "
			  "address"),
		       address, NULL);
}

static bool check_path(const char *address, const char *path, struct error *err)
{
	struct sockaddr_un where;
	if (strlen(path) >= sizeof where.sun_path) {
		return error_set_reason(err, ERROR_INVALID, "listen",
			N_("the path of the socket {0} is too long; choose a shorter one"), path,
			NULL);
	}
	return *path || not_an_address(address, err);
}

/* Who may connect is decided by his uid, so the file is open to all. */
static bool bind_path(const char *address, struct listener *listener, struct error *err)
{
	struct sockaddr_un where = {.sun_family = AF_UNIX};
	memcpy(where.sun_path, listener->path, strlen(listener->path));
	struct stat info;
	if (lstat(listener->path, &info) == 0 && !S_ISSOCK(info.st_mode)) {
		return cannot_listen(address, N_("there is a file that is no socket"), err);
	}
	unlink(listener->path);
	listener->fd = socket(AF_UNIX, SOCK_STREAM, 0);
	if (listener->fd < 0 || !set_flags(listener->fd) ||
		bind(listener->fd, (const struct sockaddr *)&where, sizeof where) != 0 ||
		chmod(listener->path, 0666) != 0 || listen(listener->fd, BACKLOG) != 0) {
		return cannot_listen(address, strerror(errno), err);
	}
	listener->is_unix = listener->is_loopback = true;
	return true;
}

/* --- TCP --- */

/* The resolver takes larger ones, too, and makes others of them. */
static bool is_port(const char *text)
{
	size_t size = strlen(text);
	return size > 0 && size <= 5 && strspn(text, "0123456789") == size &&
	       strtol(text, NULL, 10) <= UINT16_MAX;
}

static bool split(const void *mem, const char *address, char **host, char **port)
{
	const char *colon = strrchr(address, ':');
	if (!colon || !is_port(colon + 1)) {
		return false;
	}
	size_t size = (size_t)(colon - address);
	bool is_bracketed = size >= 2 && address[0] == '[' && colon[-1] == ']';
	*host = is_bracketed ? mem_strndup(mem, address + 1, size - 2)
			     : mem_strndup(mem, address, size);
	*port = mem_strdup(mem, colon + 1);
	return **host != '\0' && (is_bracketed || !strchr(*host, ':'));
}

static void look_at(const struct sockaddr *where, struct listener *listener)
{
	if (where->sa_family == AF_INET6) {
		const struct sockaddr_in6 *in6 = (const void *)where;
		listener->port = ntohs(in6->sin6_port);
		listener->is_loopback = IN6_IS_ADDR_LOOPBACK(&in6->sin6_addr);
	} else {
		const struct sockaddr_in *in4 = (const void *)where;
		listener->port = ntohs(in4->sin_port);
		listener->is_loopback = (ntohl(in4->sin_addr.s_addr) >> 24) == 127;
	}
}

static void look(struct listener *listener)
{
	struct sockaddr_storage where = {0};
	socklen_t size = sizeof where;
	getsockname(listener->fd, (struct sockaddr *)&where, &size);
	look_at((const struct sockaddr *)&where, listener);
}

static bool bind_info(const struct addrinfo *info, struct listener *listener)
{
	int yes = 1;
	listener->fd = socket(info->ai_family, info->ai_socktype, info->ai_protocol);
	if (listener->fd >= 0 && set_flags(listener->fd) &&
		setsockopt(listener->fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) == 0 &&
		bind(listener->fd, info->ai_addr, info->ai_addrlen) == 0 &&
		listen(listener->fd, BACKLOG) == 0) {
		look(listener);
		return true;
	}
	int reason = errno;
	if (listener->fd >= 0) {
		close(listener->fd);
	}
	listener->fd = -1;
	errno = reason;
	return false;
}

static bool look_up(
	const char *address, const void *mem, struct addrinfo **found, struct error *err)
{
	char *host, *port;
	if (!split(mem, address, &host, &port)) {
		return not_an_address(address, err);
	}
	struct addrinfo hints = {
		.ai_family = AF_UNSPEC, .ai_socktype = SOCK_STREAM, .ai_flags = AI_NUMERICSERV};
	int failure = getaddrinfo(host, port, &hints, found);
	return failure == 0 || cannot_listen(address, gai_strerror(failure), err);
}

static bool find(const char *address, struct addrinfo **found, struct error *err)
{
	void *work = mem_context(NULL);
	bool ok = look_up(address, work, found, err);
	talloc_free(work);
	return ok;
}

static bool bind_tcp(const char *address, struct listener *listener, struct error *err)
{
	struct addrinfo *found;
	if (!find(address, &found, err)) {
		return false;
	}
	bool ok = bind_info(found, listener) || cannot_listen(address, strerror(errno), err);
	freeaddrinfo(found);
	return ok;
}

/* One that systemd opened and hands over. */
static bool take_socket(const char *address, struct listener *listener, struct error *err)
{
	int is_listening = 0;
	socklen_t size = sizeof is_listening;
	int fd = (int)strtol(address + strlen("fd:"), NULL, 10);
	if (getsockopt(fd, SOL_SOCKET, SO_ACCEPTCONN, &is_listening, &size) != 0 || !is_listening ||
		!set_flags(fd)) {
		return cannot_listen(address, N_("it is no socket that listens"), err);
	}
	struct sockaddr_storage where = {0};
	size = sizeof where;
	listener->fd = fd;
	if (getsockname(fd, (struct sockaddr *)&where, &size) == 0 && where.ss_family == AF_UNIX) {
		listener->is_unix = listener->is_loopback = true;
	} else {
		look(listener);
	}
	return true;
}

bool listener_check(const char *address, struct listener *listener, struct error *err)
{
	*listener = (struct listener){.fd = -1, .lock_fd = -1};
	struct addrinfo *found;
	if (strncmp(address, "unix:", 5) == 0) {
		listener->is_unix = listener->is_loopback = true;
		return check_path(address, address + 5, err);
	} else if (strncmp(address, "fd:", 3) == 0) {
		listener->is_loopback = true;
	} else if (!find(address, &found, err)) {
		return false;
	} else {
		look_at(found->ai_addr, listener);
		freeaddrinfo(found);
	}
	return true;
}

bool listener_open(
	const void *mem, const char *address, struct listener *listener, struct error *err)
{
	*listener = (struct listener){.fd = -1, .lock_fd = -1};
	bool ok;
	if (strncmp(address, "unix:", 5) == 0) {
		listener->path = mem_strdup(mem, address + 5);
		ok = check_path(address, listener->path, err) &&
		     take_lock(address, listener, err) && bind_path(address, listener, err);
	} else if (strncmp(address, "fd:", 3) == 0) {
		ok = take_socket(address, listener, err);
	} else {
		ok = bind_tcp(address, listener, err);
	}
	if (!ok) {
		listener_close(listener);
	}
	return ok;
}

/* The lock goes last: until then nobody else may take the path. Its file stays: one that is removed
 * while another waits for it would give two locks. */
void listener_close(struct listener *listener)
{
	if (listener->fd >= 0) {
		if (listener->path) {
			unlink(listener->path);
		}
		close(listener->fd);
	}
	if (listener->lock_fd >= 0) {
		close(listener->lock_fd);
	}
	*listener = (struct listener){.fd = -1, .lock_fd = -1};
}
