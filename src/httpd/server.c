#include "httpd/server.h"

#include "base/mem.h"
#include "httpd/care.h"
#include "httpd/connection.h"
#include "httpd/server_state.h"

#include <microhttpd.h>
#include <time.h>
#include <unistd.h>

enum { IDLE_S = 120, MEMORY_BYTES = 32 * 1024, CONNECTIONS = 4096 };

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

static bool start_port(struct server *server, size_t at, struct error *err)
{
	const char *address = server->options.listen[at];
	struct port *port = &server->ports[at];
	if (!listener_open(server->ports, address, &port->listener, err)) {
		return false;
	}
	server->port_count++;
	port->daemon = MHD_start_daemon(
		MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG, 0,
		NULL, NULL, connection_handle, server, MHD_OPTION_EXTERNAL_LOGGER, keep_quiet,
		server, MHD_OPTION_LISTEN_SOCKET, port->listener.fd, MHD_OPTION_THREAD_POOL_SIZE,
		thread_count(&server->options), MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_S,
		MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)MEMORY_BYTES,
		MHD_OPTION_CONNECTION_LIMIT, (unsigned)CONNECTIONS, MHD_OPTION_NOTIFY_COMPLETED,
		connection_completed, server, MHD_OPTION_UNESCAPE_CALLBACK, connection_unescape,
		NULL, MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_END);
	return port->daemon || error_set_reason(err, ERROR_UNAVAILABLE, "listen",
				       N_("the server at {0} could not be started; look into its "
					  "log"),
				       address, NULL);
}

static bool open_desk(struct server *server, struct error *err)
{
	const struct server_options *options = &server->options;
	struct store_options how = {.clock = options->clock};
	return store_open(NULL, options->desk, options->drivers, options->driver_count, &how,
		&server->store, err);
}

static void on_commit(void *data, size_t count, int64_t us)
{
	const struct server *server = data;
	histogram_add(&server->metrics->batch, (int64_t)count);
	histogram_add(&server->metrics->commit_us, us);
	feeder_wake(server->feeder);
}

static bool start_all(struct server *server, struct error *err)
{
	if (!open_desk(server, err)) {
		return false;
	}
	server->care = care_create(&server->options);
	server->pool = pool_create(&server->options);
	if (!feeder_start(&server->options, server->gate, server->metrics, &server->feeder, err)) {
		return false;
	}
	server->writer = writer_start(server->store, on_commit, server);
	for (size_t i = 0; i < server->options.listen_count; i++) {
		if (!start_port(server, i, err)) {
			return false;
		}
	}
	return true;
}

bool server_start(const struct server_options *options, struct server **server, struct error *err)
{
	*server = mem_new(NULL, struct server);
	(*server)->options = *options;
	(*server)->gate = gate_create();
	(*server)->attempts = attempts_create();
	(*server)->verifier = verifier_start();
	gate_set_uids((*server)->gate, options->uids);
	(*server)->clock = options->clock.now ? options->clock : clock_system();
	(*server)->metrics = metrics_create(clock_now(&(*server)->clock));
	(*server)->ports = mem_array(*server, struct port, options->listen_count);
	pthread_mutex_init(&(*server)->lock, NULL);
	pthread_cond_init(&(*server)->closed, NULL);
	if (!start_all(*server, err)) {
		server_stop(*server, 0);
		*server = NULL;
		return false;
	}
	return true;
}

void server_set_uids(struct server *server, struct uid_map map)
{
	gate_set_uids(server->gate, map);
}

int server_port(const struct server *server, size_t listener)
{
	return server->ports[listener].listener.port;
}

/* --- the end --- */

void server_enter(struct server *server)
{
	pthread_mutex_lock(&server->lock);
	server->open++;
	pthread_mutex_unlock(&server->lock);
}

void server_leave(struct server *server)
{
	pthread_mutex_lock(&server->lock);
	server->open--;
	pthread_cond_broadcast(&server->closed);
	pthread_mutex_unlock(&server->lock);
}

static void wait_for_requests(struct server *server, int patience_ms)
{
	struct timespec until;
	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_sec += patience_ms / 1000;
	pthread_mutex_lock(&server->lock);
	while (server->open > 0 &&
		pthread_cond_timedwait(&server->closed, &server->lock, &until) == 0) {
	}
	pthread_mutex_unlock(&server->lock);
}

/* The writer answers what it has before the daemons go, so that no connection stays suspended:
 * that would abort the library. */
void server_stop(struct server *server, int patience_ms)
{
	if (!server) {
		return;
	}
	for (size_t i = 0; i < server->port_count; i++) {
		if (server->ports[i].daemon) {
			MHD_quiesce_daemon(server->ports[i].daemon);
		}
	}
	feeder_end(server->feeder);
	wait_for_requests(server, patience_ms);
	if (server->care) {
		care_stop(server->care);
	}
	verifier_stop(server->verifier);
	writer_stop(server->writer);
	for (size_t i = 0; i < server->port_count; i++) {
		if (server->ports[i].daemon) {
			MHD_stop_daemon(server->ports[i].daemon);
		}
		listener_close(&server->ports[i].listener);
	}
	care_destroy(server->care);
	writer_destroy(server->writer);
	feeder_stop(server->feeder);
	pool_destroy(server->pool);
	store_close(server->store);
	metrics_destroy(server->metrics);
	gate_destroy(server->gate);
	attempts_destroy(server->attempts);
	pthread_cond_destroy(&server->closed);
	pthread_mutex_destroy(&server->lock);
	talloc_free(server);
}
