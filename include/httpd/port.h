#ifndef ATENDE_HTTPD_PORT_H
#define ATENDE_HTTPD_PORT_H

#include "base/error.h"
#include "httpd/listen.h"

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

struct server;
struct server_options;
struct MHD_Daemon;

struct former {
	struct MHD_Daemon *daemon;
	int fd; /* of the socket */
};

/*
 * A place where the server listens, and the daemon that answers there. A certificate that is
 * replaced gives a new daemon on the same socket; the one before it answers on the connections that
 * it has, and goes with them.
 */
struct port {
	struct listener listener;
	pthread_mutex_t lock; /* of the daemons */
	struct MHD_Daemon *daemon;
	char *certificate; /* as it was loaded; NULL: no TLS */
	size_t former_count;
	struct former *former; /* that still have connections */
};

/* Whether a server with these options could listen at the address, but for what holds it now; opens
 * and alters nothing. */
bool port_check(const struct server_options *options, const char *address, struct error *err);

/* Before the first of the others; port_stop is fine from then on. */
void port_init(struct port *port);
/* Errors as server_start and server_reload give them; what `port` needs is on mem. */
bool port_start(struct server *server, const void *mem, const char *address, struct port *port,
	struct error *err);
bool port_reload(struct server *server, const void *mem, struct port *port, struct error *err);

/* All daemons' together. Any thread. */
unsigned port_connections(struct port *port);

/* Once nothing is suspended any more. */
void port_stop(struct port *port);

#endif
