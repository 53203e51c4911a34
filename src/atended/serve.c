#include "atended/serve.h"

#include "atended/config.h"
#include "atended/logs.h"
#include "atended/systemd.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/mem.h"
#include "httpd/server.h"
#include "store/drivers.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { PATIENCE_MS = 10000, TURN_MS = 60000 };

static const struct store_driver *const drivers[] = {&store_sqlite};

struct service {
	void *mem;
	const struct options *options;
	struct config *config; /* with what the command line says; a talloc tree of its own */
	struct log *log;
	struct server *server;
	sigset_t signals;
};

/* --- what is configured --- */

static bool has_all(const struct config *config, struct error *err)
{
	if (!config->desk) {
		return error_set(err, ERROR_USAGE,
			N_("it is not known which desk to serve; give --desk FILE"), NULL);
	}
	return !config->certificate == !config->key ||
	       error_set(err, ERROR_USAGE,
		       N_("TLS needs both a certificate and its key; set both, or none"), NULL);
}

static bool has_place(const struct config *config, struct error *err)
{
	return config->listen_count > 0 ||
	       error_set(err, ERROR_USAGE,
		       N_("it is not known where to listen; give --listen unix:PATH or "
			  "--listen HOST:PORT"),
		       NULL);
}

static void add_sockets(struct config *config)
{
	size_t count;
	const char **sockets = systemd_sockets(config, &count);
	const char **all = mem_array(config, const char *, config->listen_count + count);
	for (size_t i = 0; i < count; i++) {
		all[i] = sockets[i];
	}
	for (size_t i = 0; i < config->listen_count; i++) {
		all[count + i] = config->listen[i];
	}
	config->listen = all;
	config->listen_count += count;
}

/* The command line counts more than the file; sockets that systemd opened come besides. */
static bool load(const struct options *options, struct config **config, struct error *err)
{
	struct config *loaded = mem_new(NULL, struct config);
	if (!atended_config_load(loaded, options->config, loaded, err)) {
		talloc_free(loaded);
		return false;
	}
	loaded->desk = options->desk ? mem_strdup(loaded, options->desk) : loaded->desk;
	if (options->listen_count > 0) {
		loaded->listen = options->listen;
		loaded->listen_count = options->listen_count;
	}
	add_sockets(loaded);
	*config = loaded;
	if (!has_all(loaded, err)) {
		talloc_free(loaded);
		return false;
	}
	return true;
}

static struct uid_map uids_of(const struct config *config)
{
	return (struct uid_map){
		.entries = config->uids, .count = config->uid_count, .by_name = config->uid_logins};
}

static struct backup_plan plan_of(const struct config *config)
{
	return (struct backup_plan){.folder = config->backup_folder,
		.every_ms = config->backup_every_ms,
		.keep = config->backup_keep};
}

static struct server_limits limits_of(const struct config *config)
{
	return (struct server_limits){.connections = (int)config->connections,
		.connections_of_address = (int)config->connections_of_address,
		.requests = (int)config->requests,
		.header_ms = config->header_ms,
		.idle_ms = config->idle_ms,
		.feeds = (int)config->feeds,
		.feeds_of_one = (int)config->feeds_of_one};
}

static struct server_options options_of(const struct service *service)
{
	const struct config *config = service->config;
	return (struct server_options){.desk = config->desk,
		.drivers = drivers,
		.driver_count = ARRAY_LEN(drivers),
		.listen = config->listen,
		.listen_count = config->listen_count,
		.certificate = config->certificate,
		.key = config->key,
		.insecure = config->insecure,
		.proxies = {config->proxies, config->proxy_count},
		.thread_count = (unsigned)config->threads,
		.log = service->log,
		.uids = uids_of(config),
		.metrics_on_loopback = config->metrics == 1,
		.backups = plan_of(config),
		.limits = limits_of(config)};
}

/* --- reading the configuration again --- */

static bool is_same(const char *one, const char *other)
{
	return one == other || (one && other && strcmp(one, other) == 0);
}

static bool are_same(
	const char *const *one, size_t one_count, const char *const *other, size_t other_count)
{
	bool same = one_count == other_count;
	for (size_t i = 0; same && i < one_count; i++) {
		same = strcmp(one[i], other[i]) == 0;
	}
	return same;
}

/* What only a new start can change. */
static void tell_what_stays(
	struct log *log, const struct config *before, const struct config *after)
{
	const struct {
		const char *name;
		bool is_same;
	} fixed[] = {
		{"desk", is_same(before->desk, after->desk)},
		{"listen", are_same(before->listen, before->listen_count, after->listen,
				   after->listen_count)},
		{"proxy", are_same(before->proxies, before->proxy_count, after->proxies,
				  after->proxy_count)},
		{"log", is_same(before->log, after->log)},
		{"tls certificate", is_same(before->certificate, after->certificate)},
		{"tls key", is_same(before->key, after->key)},
		{"threads", before->threads == after->threads},
	};
	for (size_t i = 0; i < ARRAY_LEN(fixed); i++) {
		if (!fixed[i].is_same) {
			log_line(log, "reload", "%s: counts from the next start on", fixed[i].name);
		}
	}
}

static void tell(struct log *log, const char *what, const struct error *err)
{
	char *sentence = error_sentence(NULL, err, NULL);
	log_line(log, "reload", "%s: %s", what, sentence);
	talloc_free(sentence);
}

static void reload(struct service *service)
{
	struct config *config;
	struct error err = {0};
	if (service->config->log) {
		log_reopen(service->log, service->config->log);
	}
	if (!load(service->options, &config, &err)) {
		tell(service->log, "nothing was changed", &err);
		return;
	}
	tell_what_stays(service->log, service->config, config);
	server_set_uids(service->server, uids_of(config));
	server_set_backups(service->server, plan_of(config));
	struct server_limits limits = limits_of(config);
	server_set_limits(service->server, &limits);
	if (!server_reload(service->server, &err)) {
		tell(service->log, "the certificate stays", &err);
	}
	/* The one before may still be in use by what cannot change. */
	talloc_steal(service->mem, service->config);
	service->config = config;
	log_line(service->log, "reload", "done");
}

/* --- signals --- */

static void block(sigset_t *signals)
{
	sigemptyset(signals);
	sigaddset(signals, SIGTERM);
	sigaddset(signals, SIGINT);
	sigaddset(signals, SIGHUP);
	pthread_sigmask(SIG_BLOCK, signals, NULL);
	signal(SIGPIPE, SIG_IGN);
	signal(SIGXFSZ, SIG_IGN);
}

/* The signal that came, 0 when none did in that time. */
static int wait_for_signal(const sigset_t *signals, int64_t ms)
{
	struct timespec time = {.tv_sec = ms / MS_SECOND, .tv_nsec = ms % MS_SECOND * 1000000};
	int number = sigtimedwait(signals, NULL, &time);
	return number > 0 ? number : 0;
}

static void run(struct service *service)
{
	struct clock clock = clock_system();
	int64_t watchdog_ms = systemd_watchdog_ms();
	int64_t turn_ms = watchdog_ms && watchdog_ms < TURN_MS ? watchdog_ms : TURN_MS;
	for (;;) {
		int number = wait_for_signal(&service->signals, turn_ms);
		if (number == SIGHUP) {
			systemd_notify("RELOADING=1");
			reload(service);
			systemd_notify("READY=1");
		} else if (number) {
			log_line(service->log, "stop", "signal %d", number);
			return;
		}
		logs_turn(service->log, service->config->log, service->config->log_keep_ms,
			clock_now(&clock));
		if (watchdog_ms && server_is_well(service->server)) {
			systemd_notify("WATCHDOG=1");
		}
	}
}

/* --- begin and end --- */

static bool check_desk(const void *mem, const char *desk, char **remark, struct error *err)
{
	struct store_options how = {.read_only = true};
	struct store *store;
	*remark = NULL;
	if (store_open(NULL, desk, drivers, ARRAY_LEN(drivers), &how, &store, err)) {
		store_close(store);
		return true;
	}
	bool is_older = err->reason && strcmp(err->reason, "older") == 0;
	if (is_older) {
		*remark = mem_strdup(mem, "the desk is of an older atende: the start copies it "
					  "beside itself and brings it up to date");
	}
	return is_older;
}

/* That takes minutes for a big one, and is to be told before. */
static void tell_upgrade(struct log *log, const char *desk)
{
	void *mem = mem_context(NULL);
	char *remark;
	struct error err = {0};
	if (check_desk(mem, desk, &remark, &err) && remark) {
		log_line(log, "upgrade", "%s", remark);
	}
	talloc_free(mem);
}

static bool start(struct service *service, struct error *err)
{
	struct clock clock = clock_system();
	const struct config *config = service->config;
	if (!has_place(config, err) || !logs_check(config->log, err)) {
		return false;
	}
	service->log = log_open(config->log);
	logs_turn(service->log, config->log, config->log_keep_ms, clock_now(&clock));
	struct server_options how = options_of(service);
	tell_upgrade(service->log, config->desk);
	if (!server_start(&how, &service->server, err)) {
		return false;
	}
	for (size_t i = 0; i < config->listen_count; i++) {
		log_line(service->log, "listen", "%s port=%d", config->listen[i],
			server_port(service->server, i));
	}
	return true;
}

bool serve(const struct options *options, struct error *err)
{
	struct service service = {.mem = mem_context(NULL), .options = options};
	block(&service.signals);
	bool ok = load(options, &service.config, err) && start(&service, err);
	if (ok) {
		log_line(service.log, "start", "atended %s", ATENDE_VERSION);
		systemd_notify("READY=1");
		run(&service);
		systemd_notify("STOPPING=1");
		server_stop(service.server, PATIENCE_MS);
		log_line(service.log, "stop", "done");
	}
	log_close(service.log);
	talloc_free(service.config);
	talloc_free(service.mem);
	return ok;
}

/* --- --check --- */

static bool check_folder(const char *folder, struct error *err)
{
	return !folder || access(folder, W_OK | X_OK) == 0 ||
	       error_set(err, ERROR_UNAVAILABLE, N_("the backup folder {0} cannot be written: {1}"),
		       folder, strerror(errno), NULL);
}

/* systemd hands its sockets over at the start alone. */
static void remark_on_place(const void *mem, const struct config *config, char **remark)
{
	if (config->listen_count == 0 && !*remark) {
		*remark = mem_strdup(mem, "ok, with the sockets that systemd hands over: no "
					  "address to listen at is set");
	}
}

bool serve_check(const void *mem, const struct options *options, char **remark, struct error *err)
{
	struct service service = {.options = options};
	if (!load(options, &service.config, err)) {
		return false;
	}
	const struct config *config = service.config;
	struct server_options how = options_of(&service);
	bool ok = check_desk(mem, config->desk, remark, err) && logs_check(config->log, err) &&
		  check_folder(config->backup_folder, err) && server_check(&how, err);
	remark_on_place(mem, config, remark);
	talloc_free(service.config);
	return ok;
}
