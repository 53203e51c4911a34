#include "changer.h"
#include "claimers.h"
#include "crowd.h"
#include "figure.h"
#include "serving.h"

#include "base/mem.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/*
 * bench_reads ATENDED BARE_HTTP DESK LABEL DIR [SECONDS]: reads over HTTP, on the Unix socket. The
 * first page of the queue by 64 connections without a pause, beside a bare server that returns the
 * same bytes; then what 500 consoles wait for that each ask for something every ten seconds. DIR
 * is for sockets. Writes into the desk: give it a copy.
 */

enum { CONNECTIONS = 64, CONSOLES = 500, CONSOLE_S = 10, CHANGES_A_SECOND = 100 };

static const char queue_path[] = "/v1/tickets?state=open&limit=50";

struct bench {
	struct claimers claimers;
	const char *label;
	void *mem;
	double seconds;
	unsigned seed;
};

/* All as one operator … */
static char *next_queue(void *data, const void *mem, size_t client)
{
	(void)client;
	const struct bench *bench = data;
	return crowd_request(mem, queue_path, bench->claimers.logins[0], NULL);
}

/* … or each as another. */
static char *next_own_queue(void *data, const void *mem, size_t client)
{
	const struct bench *bench = data;
	return crowd_request(mem, queue_path, bench->claimers.logins[client], NULL);
}

static void measure_queue(struct bench *bench, const char *what, const char *address,
	char *(*next)(void *data, const void *mem, size_t client))
{
	struct figure latency;
	struct crowd crowd = {.address = address,
		.connections = CONNECTIONS,
		.seconds = bench->seconds,
		.next = next,
		.data = bench};
	figure_init(&latency, what, bench->label, "us");
	double rate = crowd_run(&crowd, &latency);
	figure_print(&latency);
	figure_print_one(mem_printf(bench->mem, "%s, a second", what), bench->label, "1/s", rate);
}

static char *write_answer(struct bench *bench, const char *dir, const char *address)
{
	char *path = mem_printf(bench->mem, "%s/answer", dir);
	FILE *file = fopen(path, "w");
	int fd = crowd_connect(address);
	char *body = crowd_ask(fd, bench->mem, next_queue(bench, bench->mem, 0));
	if (!body || !file) {
		fprintf(stderr, "bench: no queue\n");
		exit(1);
	}
	fputs(body, file);
	fclose(file);
	close(fd);
	return path;
}

/* What a console asks for: a ticket that is opened, its customer's texts, lists, counters. */
static char *next_of_console(void *data, const void *mem, size_t client)
{
	static const char *const paths[] = {queue_path, "/v1/tickets?list=free&limit=30",
		"/v1/tickets?list=mine&limit=30", "/v1/tickets?list=waiting&limit=30", "/v1/counts",
		"/v1/next", "/v1/outbox"};
	struct bench *bench = data;
	bench->seed = bench->seed * 1103515245U + 12345U;
	unsigned dice = bench->seed >> 8;
	int64_t ticket = bench->claimers.tickets[dice % bench->claimers.ticket_count];
	char *path = dice % 2 ? mem_strdup(mem, paths[dice / 2 % ARRAY_LEN(paths)])
			      : mem_printf(mem, "/v1/tickets/%lld%s", (long long)ticket,
					dice % 8 ? "" : "/log");
	return crowd_request(mem, path, bench->claimers.logins[client % CLAIMERS], NULL);
}

static void measure_consoles(struct bench *bench, const char *address)
{
	struct figure latency;
	struct crowd crowd = {.address = address,
		.connections = CONSOLES,
		.seconds = 2 * CONSOLE_S,
		.every_s = CONSOLE_S,
		.next = next_of_console,
		.data = bench};
	figure_init(&latency, "read by one of 500 consoles", bench->label, "us");
	crowd_run(&crowd, &latency);
	figure_print(&latency);
}

int main(int argc, char **argv)
{
	if (argc < 6) {
		fprintf(stderr, "usage: bench_reads ATENDED BARE_HTTP DESK LABEL DIR [SECONDS]\n");
		return 2;
	}
	struct bench bench = {.label = argv[4], .mem = mem_context(NULL), .seed = 1};
	struct changer *changer = mem_new(bench.mem, struct changer);
	bench.seconds = argc > 6 ? strtod(argv[6], NULL) : 5;
	claimers_prepare(bench.mem, argv[3], &bench.claimers);
	const char *atended[] = {argv[1], "--desk", argv[3], "--listen", NULL};
	struct serving server = serving_start(bench.mem, argv[5], "desk.sock", atended);
	const char *bare[] = {argv[2], write_answer(&bench, argv[5], server.address), NULL};
	struct serving floor = serving_start(bench.mem, argv[5], "bare.sock", bare);
	measure_queue(&bench, "queue of 50, bare server", floor.address, next_queue);
	measure_queue(&bench, "queue of 50", server.address, next_queue);
	changer_start(changer, &bench.claimers, server.address, CHANGES_A_SECOND);
	measure_queue(&bench, "queue of 50, 100 changes a second", server.address, next_queue);
	measure_queue(&bench, "queue of 50, 100 changes a second, 64 operators", server.address,
		next_own_queue);
	changer_stop(changer);
	measure_consoles(&bench, server.address);
	serving_stop(&floor);
	serving_stop(&server);
	store_close(bench.claimers.store);
	talloc_free(bench.mem);
	return 0;
}
