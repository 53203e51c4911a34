#ifndef ATENDE_HTTPD_PORT_H
#define ATENDE_HTTPD_PORT_H

#include "base/error.h"
#include "httpd/listen.h"

#include <stdbool.h>

struct server;
struct server_options;
struct MHD_Daemon;

/* A place where the server listens, and the daemon that answers there. */
struct port {
	struct listener listener;
	struct MHD_Daemon *daemon;
	bool is_secured; /* by TLS, with the server's certificate */
};

/* Whether a server with these options could listen at the address, but for what holds it now; opens
 * and alters nothing. */
bool port_check(const struct server_options *options, const char *address, struct error *err);

/* Before the first of the others; port_stop is fine from then on. */
void port_init(struct port *port);
/* Errors as server_start and server_reload give them; what `port` needs is on mem. */
bool port_start(struct server *server, const void *mem, const char *address, struct port *port,
	struct error *err);
bool port_reload(struct server *server, struct port *port, struct error *err);

/* Any thread. */
unsigned port_connections(const struct port *port);

/* Once nothing is suspended any more. */
void port_stop(struct port *port);

#endif
