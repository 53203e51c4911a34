#ifndef ATENDE_HTTPD_PEER_H
#define ATENDE_HTTPD_PEER_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Where a request comes from by TCP. Behind a reverse proxy every connection comes from the proxy:
 * who came to it is the last address in X-Forwarded-For, which counts only when the proxy is one of
 * those that the configuration names, for anybody may write such a header.
 */
struct request;
struct sockaddr;

struct peer_proxies {
	const char *const *addresses; /* of IPv4 or IPv6, as peer_is_address takes them */
	size_t count;
};

bool peer_is_address(const char *text);

/*
 * Whom this is counted as, on mem: an address of IPv4, of IPv6 the network of 64 bits that one
 * household has whole; "unix" when `from` (or NULL) is none of TCP. forwarded: the header, or NULL.
 */
char *peer_name(const void *mem, const struct sockaddr *from, const char *forwarded,
	const struct peer_proxies *proxies);

/* Comes from this machine by TCP, and not through such a proxy. */
bool peer_is_local(const struct sockaddr *from, const struct peer_proxies *proxies);

/* The same two for a request; by a Unix socket it is counted as its user, "uid 1000". */
char *peer_of(struct request *request);
bool peer_of_is_local(const struct request *request);

#endif
