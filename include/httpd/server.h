#ifndef ATENDE_HTTPD_SERVER_H
#define ATENDE_HTTPD_SERVER_H

#include "base/clock.h"
#include "base/error.h"
#include "base/log.h"
#include "httpd/peer.h"
#include "service/backup.h"
#include "service/identity.h"
#include "store/store.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * A desk over HTTP: listeners, a pool of threads that read, one thread that writes.
 * doc/openapi.yaml says what it answers; the routes are in one table (httpd/route.h).
 */
struct server;

/* What one may ask of it; 0: what is good for most. */
struct server_limits {
	int connections;	    /* at once */
	int connections_of_address; /* of them by TCP from one address */
	int requests;		    /* a second, of one operator or token; more for a moment */
	int64_t header_ms;	    /* for a request to come; its body has more by its size */
	int64_t idle_ms;	    /* a connection without any */
	int feeds, feeds_of_one;
	int64_t body_bytes; /* that are sent to it at once, small bodies apart */
};

struct server_options {
	const char *desk; /* location for store_open */
	const struct store_driver *const *drivers;
	size_t driver_count;
	struct clock clock; /* {0}: the system's */
	/* Where it listens: "unix:PATH", "HOST:PORT", "[HOST]:PORT"; port 0: one that is free. */
	const char *const *listen;
	size_t listen_count;
	/* Files in PEM: what listens on TCP speaks TLS 1.2 or later. NULL: plain HTTP, and only
	 * where nobody on another machine can reach it, unless it is insecure on purpose. */
	const char *certificate, *key;
	bool insecure;
	struct peer_proxies proxies; /* what they say of who came is believed */
	unsigned thread_count;	     /* of each listener; 0: one a processor, at least two */
	struct log *log;	     /* NULL: none */
	struct uid_map uids;	     /* which users of the machine are which operators */
	bool metrics_on_loopback; /* /metrics is for everybody on this machine, without a token */
	struct backup_plan backups;
	struct server_limits limits;
	int answer_age_ms; /* how long an answer is given again while nothing changes; 0: 1 s */
	/* Of the feed, for tests; 0: what is good for most. */
	int heartbeat_ms;
	size_t feed_backlog; /* events that are kept for readers */
};

/*
 * Listening and ready when it returns. All that options point to must live until server_stop.
 * UNAVAILABLE when the desk cannot be opened or an address cannot be listened at (reason "listen");
 * INVALID for an address that is none, one that would be plain HTTP on a network (reason
 * "insecure"), a certificate that does not do (reason "tls").
 */
bool server_start(const struct server_options *options, struct server **server, struct error *err);

/* Whether it could listen so: addresses, certificate and key; errors as of server_start. Opens and
 * alters nothing, and may be asked beside a server at work. */
bool server_check(const struct server_options *options, struct error *err);

/*
 * Takes no more connections, answers what it has accepted (for patience_ms at most), closes all.
 * NULL is fine.
 */
void server_stop(struct server *server, int patience_ms);

/* Which users of the machine are operators, from the next request on; borrowed until the next one.
 */
void server_set_uids(struct server *server, struct uid_map map);
void server_set_limits(struct server *server, const struct server_limits *limits);
void server_set_backups(struct server *server, struct backup_plan plan);

/*
 * Takes the certificate into use that its files have now, if it is another one: for connections
 * from now on. INVALID, reason "tls", when they do not do, NOT_FOUND and others when they cannot be
 * read: what was in use stays so.
 */
bool server_reload(struct server *server, struct error *err);

/* Its threads do what they are for: for a watchdog. */
bool server_is_well(struct server *server);

/* The port of the listener with this index; 0 for a Unix socket. */
int server_port(const struct server *server, size_t listener);

#endif
