#include "httpd/port.h"

#include "base/file.h"
#include "base/mem.h"
#include "base/secret.h"
#include "httpd/connection.h"
#include "httpd/server_state.h"

#include <fcntl.h>
#include <microhttpd.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The library turns connections away without a word, and shares them out among its threads: what is
 * told those that are too many is in guests.c. */
enum { IDLE_S = 120, MEMORY_BYTES = 32 * 1024, CONNECTIONS = 65536 };
enum { PEM_MOST = 1024 * 1024, PEM_OPTIONS = 4 };

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
		thread_count(&server->options), MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_S,
		MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)MEMORY_BYTES,
		MHD_OPTION_CONNECTION_LIMIT, (unsigned)CONNECTIONS, MHD_OPTION_NOTIFY_COMPLETED,
		connection_completed, server, MHD_OPTION_URI_LOG_CALLBACK, connection_begin, server,
		MHD_OPTION_NOTIFY_CONNECTION, connection_changed, server,
		MHD_OPTION_UNESCAPE_CALLBACK, connection_unescape, NULL,
		MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_ARRAY, more, MHD_OPTION_END);
}

/* --- TLS --- */

struct pem {
	char *certificate, *key;
	size_t certificate_size, key_size;
};

/* A key that everybody on the machine can read is no secret. */
static bool check_key(const char *path, struct error *err)
{
	struct stat info;
	return stat(path, &info) != 0 || !(info.st_mode & S_IRWXO) ||
	       error_set_reason(err, ERROR_INVALID, "tls",
		       N_("the key {0} can be read or written by everybody; take that away: chmod "
			  "o= {0}"),
		       path, NULL);
}

static bool read_pem(
	const struct server_options *options, const void *mem, struct pem *pem, struct error *err)
{
	return check_key(options->key, err) &&
	       file_read(mem, options->certificate, PEM_MOST, &pem->certificate,
		       &pem->certificate_size, err) &&
	       file_read(mem, options->key, PEM_MOST, &pem->key, &pem->key_size, err);
}

static void forget_pem(void *scratch, struct pem *pem)
{
	if (pem->key) {
		secret_wipe(pem->key, pem->key_size);
	}
	talloc_free(scratch);
}

static void set_pem(struct MHD_OptionItem *items, const struct pem *pem)
{
	const struct MHD_OptionItem tls[PEM_OPTIONS] = {
		{MHD_OPTION_HTTPS_MEM_CERT, 0, pem->certificate},
		{MHD_OPTION_HTTPS_MEM_KEY, 0, pem->key},
		{MHD_OPTION_HTTPS_PRIORITIES, 0, (void *)(uintptr_t)PRIORITIES},
		{MHD_OPTION_END, 0, NULL},
	};
	memcpy(items, tls, sizeof tls);
}

static bool pem_does_not_do(const struct server_options *options, struct error *err)
{
	return error_set_reason(err, ERROR_INVALID, "tls",
		N_("{0} and {1} are no certificate and key for TLS that fit together; both are to "
		   "be in PEM"),
		options->certificate, options->key, NULL);
}

static struct MHD_Daemon *start_secured(
	struct server *server, const struct port *port, const struct pem *pem, struct error *err)
{
	struct MHD_OptionItem more[PEM_OPTIONS];
	set_pem(more, pem);
	struct MHD_Daemon *daemon = start_daemon(server, port, MHD_USE_TLS, more);
	if (!daemon) {
		pem_does_not_do(&server->options, err);
	}
	return daemon;
}

/* Starts a daemon with the certificate as the files have it now; *daemon NULL when that is the one
 * already in use. */
static bool load(struct server *server, const void *mem, struct port *port,
	struct MHD_Daemon **daemon, struct error *err)
{
	void *scratch = mem_context(NULL);
	struct pem pem = {0};
	*daemon = NULL;
	bool ok = read_pem(&server->options, scratch, &pem, err);
	if (ok && (!port->certificate || strcmp(port->certificate, pem.certificate) != 0)) {
		*daemon = start_secured(server, port, &pem, err);
		ok = *daemon != NULL;
	}
	if (*daemon) {
		talloc_free(port->certificate);
		port->certificate = mem_strdup(mem, pem.certificate);
	}
	forget_pem(scratch, &pem);
	return ok;
}

static enum MHD_Result answer_nothing(void *data, struct MHD_Connection *connection,
	const char *url, const char *method, const char *version, const char *body, size_t *size,
	void **own)
{
	(void)data, (void)connection, (void)url, (void)method, (void)version;
	(void)body, (void)size, (void)own;
	return MHD_NO;
}

/* The library tells whether certificate and key fit together by starting with them, here without a
 * socket. */
static bool check_pem(const struct server_options *options, struct error *err)
{
	void *scratch = mem_context(NULL);
	struct pem pem = {0};
	bool ok = read_pem(options, scratch, &pem, err);
	if (ok) {
		struct MHD_OptionItem more[PEM_OPTIONS];
		set_pem(more, &pem);
		struct MHD_Daemon *daemon =
			MHD_start_daemon(MHD_USE_TLS | MHD_USE_NO_LISTEN_SOCKET, 0, NULL, NULL,
				answer_nothing, NULL, MHD_OPTION_ARRAY, more, MHD_OPTION_END);
		ok = daemon || pem_does_not_do(options, err);
		if (daemon) {
			MHD_stop_daemon(daemon);
		}
	}
	forget_pem(scratch, &pem);
	return ok;
}

/* --- start, reload, stop --- */

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
	return is_secured(options, &listener) ? check_pem(options, err)
					      : check_plain(options, address, &listener, err);
}

static bool start_plain(
	struct server *server, const char *address, struct port *port, struct error *err)
{
	static const struct MHD_OptionItem nothing_more[] = {{MHD_OPTION_END, 0, NULL}};
	if (!check_plain(&server->options, address, &port->listener, err)) {
		return false;
	}
	port->daemon = start_daemon(server, port, 0, nothing_more);
	return port->daemon || error_set_reason(err, ERROR_UNAVAILABLE, "listen",
				       N_("the server at {0} could not be started; look into its "
					  "log"),
				       address, NULL);
}

void port_init(struct port *port)
{
	*port = (struct port){.listener = {.fd = -1, .lock_fd = -1}};
	pthread_mutex_init(&port->lock, NULL);
}

bool port_start(struct server *server, const void *mem, const char *address, struct port *port,
	struct error *err)
{
	if (!listener_open(mem, address, &port->listener, err)) {
		return false;
	}
	return is_secured(&server->options, &port->listener)
		       ? load(server, mem, port, &port->daemon, err)
		       : start_plain(server, address, port, err);
}

static unsigned connections_of(struct MHD_Daemon *daemon)
{
	const union MHD_DaemonInfo *info =
		MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_CURRENT_CONNECTIONS);
	return info ? info->num_connections : 0;
}

/* A daemon that takes no more does not close the socket's descriptor. */
static void stop(struct former *former)
{
	MHD_stop_daemon(former->daemon);
	close(former->fd);
}

static void stop_idle(struct port *port)
{
	size_t kept = 0;
	pthread_mutex_lock(&port->lock);
	for (size_t i = 0; i < port->former_count; i++) {
		if (connections_of(port->former[i].daemon) > 0) {
			port->former[kept++] = port->former[i];
		} else {
			stop(&port->former[i]);
		}
	}
	port->former_count = kept;
	pthread_mutex_unlock(&port->lock);
}

unsigned port_connections(struct port *port)
{
	pthread_mutex_lock(&port->lock);
	unsigned count = port->daemon ? connections_of(port->daemon) : 0;
	for (size_t i = 0; i < port->former_count; i++) {
		count += connections_of(port->former[i].daemon);
	}
	pthread_mutex_unlock(&port->lock);
	return count;
}

/* The daemon before takes no more, and goes with its connections. */
static void replace(const void *mem, struct port *port, struct MHD_Daemon *daemon)
{
	pthread_mutex_lock(&port->lock);
	port->former = mem_grow(mem, port->former, struct former, port->former_count + 1);
	port->former[port->former_count++] =
		(struct former){port->daemon, MHD_quiesce_daemon(port->daemon)};
	port->daemon = daemon;
	pthread_mutex_unlock(&port->lock);
}

/* For a moment both accept; what neither has accepted waits in the socket, which stays. */
bool port_reload(struct server *server, const void *mem, struct port *port, struct error *err)
{
	struct MHD_Daemon *daemon;
	if (!port->certificate) {
		return true;
	}
	stop_idle(port);
	if (!load(server, mem, port, &daemon, err)) {
		return false;
	}
	if (daemon) {
		replace(mem, port, daemon);
	}
	return true;
}

void port_stop(struct port *port)
{
	for (size_t i = 0; i < port->former_count; i++) {
		stop(&port->former[i]);
	}
	if (port->daemon) {
		MHD_stop_daemon(port->daemon);
	}
	listener_close(&port->listener);
	pthread_mutex_destroy(&port->lock);
}
