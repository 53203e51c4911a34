#include "httpd/server.h"

#include "base/condition.h"
#include "base/mem.h"
#include "httpd/care.h"
#include "httpd/certificate.h"
#include "httpd/connection.h"
#include "httpd/due.h"
#include "httpd/server_state.h"

#include <unistd.h>

static bool open_desk(struct server *server, struct error *err)
{
	const struct server_options *options = &server->options;
	struct store_options how = {.clock = options->clock, .backup_before_upgrade = true};
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

static void on_backup(void *data, const char *path, int64_t took_ms, const struct error *err)
{
	struct server *server = data;
	if (err) {
		char *sentence = error_sentence(NULL, err, NULL);
		log_line(server->options.log, "backup", "failed: %s", sentence);
		talloc_free(sentence);
		server->metrics->backups_failed++;
		return;
	}
	log_line(server->options.log, "backup", "%s in %lld ms", path, (long long)took_ms);
	server->metrics->backups++;
	server->metrics->backup_at = clock_now(&server->clock);
}

static void start_backups(struct server *server)
{
	const struct server_options *options = &server->options;
	server->backups_options = (struct backups_options){.desk = options->desk,
		.drivers = options->drivers,
		.driver_count = options->driver_count,
		.clock = server->clock,
		.done = on_backup,
		.data = server};
	server->backups = backups_start(&server->backups_options, options->backups);
}

void server_set_backups(struct server *server, struct backup_plan plan)
{
	backups_set(server->backups, plan);
}

static bool start_all(struct server *server, struct error *err)
{
	if (!open_desk(server, err)) {
		return false;
	}
	server->care = care_create(&server->options);
	server->pool = pool_create(&server->options);
	server->writer = writer_start(server->store, on_commit, server);
	server->due = due_create(server->writer, server->options.log);
	struct feeder_parts parts = {server->gate, server->metrics, server->due};
	if (!feeder_start(&server->options, &parts, &server->feeder, err)) {
		return false;
	}
	for (size_t i = 0; i < server->options.listen_count; i++) {
		if (!port_start(server, server->ports, server->options.listen[i], &server->ports[i],
			    err)) {
			return false;
		}
	}
	start_backups(server);
	return true;
}

bool server_check(const struct server_options *options, struct error *err)
{
	bool ok = true;
	for (size_t i = 0; ok && i < options->listen_count; i++) {
		ok = port_check(options, options->listen[i], err);
	}
	return ok;
}

bool server_start(const struct server_options *options, struct server **server, struct error *err)
{
	*server = mem_new(NULL, struct server);
	(*server)->options = *options;
	(*server)->gate = gate_create();
	(*server)->attempts = attempts_create();
	(*server)->verifier = verifier_start();
	(*server)->certificates = certificates_create();
	gate_set_uids((*server)->gate, options->uids);
	(*server)->clock = options->clock.now ? options->clock : clock_system();
	(*server)->guests = guests_start(&options->limits);
	(*server)->metrics = metrics_create(clock_now(&(*server)->clock));
	(*server)->ports = mem_array(*server, struct port, options->listen_count);
	(*server)->port_count = options->listen_count;
	for (size_t i = 0; i < options->listen_count; i++) {
		port_init(&(*server)->ports[i]);
	}
	pthread_mutex_init(&(*server)->lock, NULL);
	condition_init(&(*server)->closed);
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

void server_set_limits(struct server *server, const struct server_limits *limits)
{
	guests_set(server->guests, limits);
	feeder_set_limits(server->feeder, limits);
}

bool server_reload(struct server *server, struct error *err)
{
	bool ok = true;
	for (size_t i = 0; ok && i < server->port_count; i++) {
		ok = port_reload(server, &server->ports[i], err);
	}
	return ok;
}

enum { WELL_MS = 30000, STUCK_MS = 120000 };

bool server_is_well(struct server *server)
{
	struct feed_figures figures;
	feed_figures(server->feeder, &figures);
	return clock_monotonic() - figures.looked_at < WELL_MS &&
	       writer_busy_ms(server->writer) < STUCK_MS;
}

int server_port(const struct server *server, size_t listener)
{
	return server->ports[listener].listener.port;
}

/* --- the end --- */

/* Who comes too late is told so and not waited for: there may always be one more. */
void server_enter(struct server *server, struct request *request)
{
	pthread_mutex_lock(&server->lock);
	request->is_awaited = !atomic_load(&server->is_stopping);
	server->open += request->is_awaited;
	pthread_mutex_unlock(&server->lock);
}

void server_leave(struct server *server, struct request *request)
{
	pthread_mutex_lock(&server->lock);
	server->open -= request->is_awaited;
	request->is_awaited = false;
	pthread_cond_broadcast(&server->closed);
	pthread_mutex_unlock(&server->lock);
}

static void wait_for_requests(struct server *server, int patience_ms)
{
	int64_t until = clock_monotonic() + patience_ms;
	pthread_mutex_lock(&server->lock);
	while (server->open > 0 && condition_wait(&server->closed, &server->lock, until)) {
	}
	pthread_mutex_unlock(&server->lock);
}

/*
 * The writer answers what it has before the daemons go, so that no connection stays suspended: that
 * would abort the library. So would, now and then, to make a daemon at work take no more
 * connections (MHD_quiesce_daemon of 0.9.75): whoever comes now is told that it is too late.
 */
void server_stop(struct server *server, int patience_ms)
{
	if (!server) {
		return;
	}
	atomic_store(&server->is_stopping, true);
	backups_stop(server->backups);
	feeder_end(server->feeder);
	guests_hurry(server->guests);
	wait_for_requests(server, patience_ms);
	if (server->care) {
		care_stop(server->care);
	}
	verifier_stop(server->verifier);
	writer_stop(server->writer);
	for (size_t i = 0; i < server->port_count; i++) {
		port_stop(&server->ports[i]);
	}
	care_destroy(server->care);
	feeder_stop(server->feeder);
	due_destroy(server->due);
	writer_destroy(server->writer);
	pool_destroy(server->pool);
	store_close(server->store);
	guests_stop(server->guests);
	certificates_destroy(server->certificates);
	metrics_destroy(server->metrics);
	gate_destroy(server->gate);
	attempts_destroy(server->attempts);
	pthread_cond_destroy(&server->closed);
	pthread_mutex_destroy(&server->lock);
	talloc_free(server);
}
