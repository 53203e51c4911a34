#ifndef ATENDE_HTTPD_LISTEN_H
#define ATENDE_HTTPD_LISTEN_H

#include "base/error.h"

#include <stdbool.h>

/*
 * Sockets to listen at. A Unix socket has a lock beside it (PATH.lock) for as long as somebody
 * listens: a socket file that is there while nobody has the lock is stale and is replaced.
 */
struct listener {
	int fd;		  /* -1: not open; may be handed on, then set it to -1 */
	int lock_fd;	  /* of a Unix socket, else -1 */
	char *path;	  /* of a Unix socket, else NULL */
	int port;	  /* else 0 */
	bool is_unix;	  /* a Unix socket */
	bool is_loopback; /* nobody on another machine can reach it */
};

/* "unix:PATH", "HOST:PORT", "[HOST]:PORT"; "fd:N": a socket that listens already, which is closed
 * with it. On mem. UNAVAILABLE (reason "listen") when it cannot
 * be had, INVALID for what is no address. */
bool listener_open(
	const void *mem, const char *address, struct listener *listener, struct error *err);
/* Says of `listener` whether it would be a Unix socket and on loopback, and opens nothing. INVALID,
 * reason "listen", for what is no address to listen at. */
bool listener_check(const char *address, struct listener *listener, struct error *err);

/* Removes the socket file. {.fd = -1, .lock_fd = -1} is fine. */
void listener_close(struct listener *listener);

#endif
