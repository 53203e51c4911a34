#ifndef ATENDE_NET_LOCATION_H
#define ATENDE_NET_LOCATION_H

#include "base/error.h"

#include <stdbool.h>

/* Where a server is, taken apart: "unix:PATH", "http://HOST[:PORT][/PREFIX]", "https://…". */
struct location {
	const char *base; /* what paths are appended to: "http://127.0.0.1:8080", no slash at end */
	const char *socket; /* path of the Unix socket, or NULL */
	const char *name;   /* for people: "desk.example:8080", "/run/atende/desk.sock" */
	bool is_encrypted;
	/* What is sent does not leave this machine: a Unix socket, 127.0.0.0/8, [::1], localhost
	 * (which RFC 6761 keeps for that, and libcurl does not look up). */
	bool is_local;
};

/* On mem. INVALID for anything else, a user name or password in it, a query. */
bool location_parse(
	const void *mem, const char *text, struct location *location, struct error *err);

#endif
