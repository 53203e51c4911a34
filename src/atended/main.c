#include "atended/options.h"
#include "base/mem.h"
#include "base/os.h"
#include "httpd/server.h"
#include "store/drivers.h"

#include <pthread.h>
#include <signal.h>
#include <stdio.h>

enum { PATIENCE_MS = 10000 };

static int fail(const struct error *err)
{
	char *sentence = error_sentence(NULL, err, NULL);
	fprintf(stderr, "atended: %s\n", sentence);
	talloc_free(sentence);
	return error_exit_status(err->code);
}

static void block(sigset_t *signals)
{
	sigemptyset(signals);
	sigaddset(signals, SIGTERM);
	sigaddset(signals, SIGINT);
	pthread_sigmask(SIG_BLOCK, signals, NULL);
	signal(SIGPIPE, SIG_IGN);
	signal(SIGXFSZ, SIG_IGN);
}

static bool has_all(const struct options *options, struct error *err)
{
	if (!options->desk) {
		return error_set(err, ERROR_USAGE,
			N_("it is not known which desk to serve; give --desk FILE"), NULL);
	}
	return options->listen_count > 0 ||
	       error_set(err, ERROR_USAGE,
		       N_("it is not known where to listen; give --listen unix:PATH or "
			  "--listen HOST:PORT"),
		       NULL);
}

static bool serve(const struct options *options, struct error *err)
{
	static const struct store_driver *const drivers[] = {&store_sqlite};
	struct log *log = log_open(NULL);
	struct server_options how = {.desk = options->desk,
		.drivers = drivers,
		.driver_count = ARRAY_LEN(drivers),
		.listen = options->listen,
		.listen_count = options->listen_count,
		.log = log};
	struct server *server;
	sigset_t signals;
	int number;
	block(&signals);
	bool ok = server_start(&how, &server, err);
	if (ok && !options->check) {
		log_line(log, "start", "atended %s", ATENDE_VERSION);
		sigwait(&signals, &number);
		log_line(log, "stop", "signal %d", number);
	}
	if (ok) {
		server_stop(server, PATIENCE_MS);
	}
	log_close(log);
	return ok;
}

int main(int argc, char **argv)
{
	struct options options;
	struct error err = {0};
	void *mem = mem_context(NULL);
	os_widen_heaps();
	int status = 0;
	if (!options_read(mem, argc, argv, &options, &err)) {
		status = fail(&err);
	} else if (options.wants_help) {
		fputs(options_usage, stdout);
	} else if (options.wants_version) {
		puts("atended " ATENDE_VERSION);
	} else if (!has_all(&options, &err) || !serve(&options, &err)) {
		status = fail(&err);
	}
	talloc_free(mem);
	return status;
}
