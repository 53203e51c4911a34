#include "httpd/port.h"

#include "base/mem.h"
#include "httpd/certificate.h"
#include "httpd/connection.h"
#include "httpd/server_state.h"

#include <fcntl.h>
#include <microhttpd.h>
#include <unistd.h>

/* The library turns connections away without a word, and shares them out among its threads: what is
 * told those that are too many is in guests.c. */
enum { IDLE_S = 120, MEMORY_BYTES = 32 * 1024, CONNECTIONS = 8192 };

/* GnuTLS's usual choice without what RFC 8996 calls dead. */
#define PRIORITIES "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2"

static unsigned thread_count(const struct server_options *options)
{
	if (options->thread_count) {
		return options->thread_count;
	}
	long processors = sysconf(_SC_NPROCESSORS_ONLN);
	return processors < 2 ? 2 : (unsigned)processors;
}

/* The library's own limit is for peers that are there no more; guests.c has the one that is meant.
 */
static unsigned timeout_s(const struct server_options *options)
{
	int64_t idle_s = options->limits.idle_ms / MS_SECOND + 1;
	return idle_s > IDLE_S ? (unsigned)idle_s : IDLE_S;
}

/* Twice those that are welcome: the others are told, but not in any number, for each takes memory.
 */
static unsigned connections_most(const struct server_options *options)
{
	unsigned twice = 2 * (unsigned)options->limits.connections;
	return twice > CONNECTIONS ? twice : CONNECTIONS;
}

/* What the library has to say goes to the log, not to anybody's terminal. */
static void keep_quiet(void *data, const char *format, va_list args)
{
	struct server *server = data;
	char *text = mem_check(talloc_vasprintf(NULL, format, args));
	log_line(server->options.log, "http", "%s", text);
	talloc_free(text);
}

/* Each daemon has a descriptor of its own for the socket: one that cannot start closes it. */
static struct MHD_Daemon *start_daemon(struct server *server, const struct port *port,
	unsigned flags, const struct MHD_OptionItem *more)
{
	int fd = fcntl(port->listener.fd, F_DUPFD_CLOEXEC, 0);
	if (fd < 0) {
		return NULL;
	}
	return MHD_start_daemon(flags | MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME |
					MHD_USE_ERROR_LOG,
		0, NULL, NULL, connection_handle, server, MHD_OPTION_EXTERNAL_LOGGER, keep_quiet,
		server, MHD_OPTION_LISTEN_SOCKET, fd, MHD_OPTION_THREAD_POOL_SIZE,
		thread_count(&server->options), MHD_OPTION_CONNECTION_TIMEOUT,
		timeout_s(&server->options), MHD_OPTION_CONNECTION_MEMORY_LIMIT,
		(size_t)MEMORY_BYTES, MHD_OPTION_CONNECTION_LIMIT,
		connections_most(&server->options), MHD_OPTION_NOTIFY_COMPLETED,
		connection_completed, server, MHD_OPTION_URI_LOG_CALLBACK, connection_begin, server,
		MHD_OPTION_NOTIFY_CONNECTION, connection_changed, server,
		MHD_OPTION_UNESCAPE_CALLBACK, connection_unescape, NULL,
		MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_ARRAY, more, MHD_OPTION_END);
}

/* --- TLS --- */

static struct MHD_Daemon *start_secured(struct server *server, const struct port *port)
{
	const struct MHD_OptionItem more[] = {
		{MHD_OPTION_HTTPS_CERT_CALLBACK, 0, (void *)(uintptr_t)certificates_retrieve},
		{MHD_OPTION_HTTPS_PRIORITIES, 0, (void *)(uintptr_t)PRIORITIES},
		{MHD_OPTION_END, 0, NULL},
	};
	return start_daemon(server, port, MHD_USE_TLS, more);
}

static bool check_certificate(const struct server_options *options, struct error *err)
{
	struct certificates *certificates = certificates_create();
	bool ok = certificates_load(certificates, options->certificate, options->key, err);
	certificates_destroy(certificates);
	return ok;
}

/* --- start and stop --- */

static bool check_plain(const struct server_options *options, const char *address,
	const struct listener *listener, struct error *err)
{
	return listener->is_loopback || options->insecure ||
	       error_set_reason(err, ERROR_INVALID, "insecure",
		       N_("at {0} passwords and texts would go over the network for all to read; "
			  "give a certificate, or listen on this machine alone behind a proxy, or "
			  "say insecure = yes"),
		       address, NULL);
}

static bool is_secured(const struct server_options *options, const struct listener *listener)
{
	return !listener->is_unix && options->certificate;
}

bool port_check(const struct server_options *options, const char *address, struct error *err)
{
	struct listener listener;
	if (!listener_check(address, &listener, err)) {
		return false;
	}
	return is_secured(options, &listener) ? check_certificate(options, err)
					      : check_plain(options, address, &listener, err);
}

static struct MHD_Daemon *start_plain(struct server *server, const struct port *port)
{
	static const struct MHD_OptionItem nothing_more[] = {{MHD_OPTION_END, 0, NULL}};
	return start_daemon(server, port, 0, nothing_more);
}

void port_init(struct port *port)
{
	*port = (struct port){.listener = {.fd = -1, .lock_fd = -1}};
}

static bool load(struct server *server, struct error *err)
{
	const struct server_options *options = &server->options;
	return certificates_load(server->certificates, options->certificate, options->key, err);
}

bool port_start(struct server *server, const void *mem, const char *address, struct port *port,
	struct error *err)
{
	if (!listener_open(mem, address, &port->listener, err)) {
		return false;
	}
	port->is_secured = is_secured(&server->options, &port->listener);
	if (!(port->is_secured ? load(server, err)
			       : check_plain(&server->options, address, &port->listener, err))) {
		return false;
	}
	port->daemon = port->is_secured ? start_secured(server, port) : start_plain(server, port);
	return port->daemon || error_set_reason(err, ERROR_UNAVAILABLE, "listen",
				       N_("the server at {0} could not be started; look into its "
					  "log"),
				       address, NULL);
}

bool port_reload(struct server *server, struct port *port, struct error *err)
{
	return !port->is_secured || load(server, err);
}

unsigned port_connections(const struct port *port)
{
	const union MHD_DaemonInfo *info =
		MHD_get_daemon_info(port->daemon, MHD_DAEMON_INFO_CURRENT_CONNECTIONS);
	return info ? info->num_connections : 0;
}

void port_stop(struct port *port)
{
	if (port->daemon) {
		MHD_stop_daemon(port->daemon);
	}
	listener_close(&port->listener);
}
