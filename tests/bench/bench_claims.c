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
 * bench_claims ATENDED BARE_HTTP DESK LABEL DIR [SECONDS]: durable claims over HTTP, on the Unix
 * socket: by one client, beside a bare round trip; by 64 clients, beside one commit a claim without
 * any server. Each client claims and releases a ticket of its own in turn. DIR is for sockets.
 * Writes into the desk: give it a copy.
 */

enum { ROUNDS = 400, CLIENTS_MAX = 64 };

struct bench {
	struct claimers claimers;
	const char *label;
	void *mem;
	bool holds[CLIENTS_MAX];
	size_t ticket[CLIENTS_MAX];
	double seconds;
};

static char *change_request(
	const void *mem, struct bench *bench, enum change_kind kind, size_t client)
{
	struct change change =
		claimers_change(&bench->claimers, kind, client, bench->ticket[client]);
	char *body = changer_body(mem, &change);
	return crowd_request(mem, "/v1/changes", bench->claimers.logins[client], body);
}

/* A new ticket with every claim, from all over the desk; no two clients have one of the same. */
static char *next_change(void *data, const void *mem, size_t client)
{
	struct bench *bench = data;
	bench->holds[client] = !bench->holds[client];
	if (bench->holds[client]) {
		bench->ticket[client] += CLIENTS_MAX;
		if (bench->ticket[client] >= bench->claimers.ticket_count) {
			bench->ticket[client] = client;
		}
	}
	return change_request(
		mem, bench, bench->holds[client] ? CHANGE_CLAIM : CHANGE_RELEASE, client);
}

static bool is_applied(void *data, size_t client, int status, const char *body)
{
	(void)data, (void)client;
	return status == 200 && strstr(body, "\"ok\":true");
}

static void measure_clients(struct bench *bench, const struct serving *server, size_t clients)
{
	struct figure latency;
	struct crowd crowd = {.address = server->address,
		.connections = clients,
		.seconds = bench->seconds,
		.next = next_change,
		.answered = is_applied,
		.data = bench};
	figure_init(&latency, mem_printf(bench->mem, "claim over HTTP, %zu clients", clients),
		bench->label, "us");
	double cpu = serving_cpu_us(server);
	double rate = crowd_run(&crowd, &latency);
	cpu = (serving_cpu_us(server) - cpu) / (double)latency.count;
	figure_print(&latency);
	figure_print_one(mem_printf(bench->mem, "server's time a claim, %zu clients", clients),
		bench->label, "us", cpu);
	figure_print_one(mem_printf(bench->mem, "claims over HTTP a second, %zu clients", clients),
		bench->label, "1/s", rate);
}

/* Without a server, by turns with the same through it and with a bare one. */
static void measure_round_trip(struct bench *bench, const char *server, const char *bare)
{
	struct figure alone, whole, empty;
	figure_init(&alone, "claim, a commit of its own", bench->label, "us");
	figure_init(&whole, "claim over HTTP, one client", bench->label, "us");
	figure_init(&empty, "bare HTTP round trip", bench->label, "us");
	int to_server = crowd_connect(server);
	int to_bare = crowd_connect(bare);
	for (int i = 0; i < ROUNDS; i++) {
		void *mem = mem_context(bench->mem);
		char *request = next_change(bench, mem, 0);
		double start = bench_now_us();
		char *body = crowd_ask(to_server, mem, request);
		figure_add(&whole, bench_now_us() - start);
		if (!body || !is_applied(NULL, 0, 200, body)) {
			fprintf(stderr, "bench: refused: %s\n", body ? body : "");
			exit(1);
		}
		start = bench_now_us();
		crowd_ask(to_bare, mem, request);
		figure_add(&empty, bench_now_us() - start);
		struct change change = claimers_change(&bench->claimers,
			i % 2 ? CHANGE_RELEASE : CHANGE_CLAIM, 1, 1 + (size_t)i / 2 * CLIENTS_MAX);
		start = bench_now_us();
		claimers_apply(&bench->claimers, &change, 1);
		figure_add(&alone, bench_now_us() - start);
		talloc_free(mem);
	}
	close(to_server);
	close(to_bare);
	figure_print_one(
		"claims a second, one commit each", bench->label, "1/s", figure_rate(&alone));
	figure_print(&alone);
	figure_print(&empty);
	figure_print(&whole);
}

static char *write_answer(const void *mem, const char *dir)
{
	char *path = mem_printf(mem, "%s/answer", dir);
	FILE *file = fopen(path, "w");
	fputs("{\"results\":[{\"ok\":true,\"repeat\":false,\"revision\":123456,\"ticket\":1001,"
	      "\"customer\":1,\"generation\":123456}]}",
		file);
	fclose(file);
	return path;
}

int main(int argc, char **argv)
{
	if (argc < 6) {
		fprintf(stderr, "usage: bench_claims ATENDED BARE_HTTP DESK LABEL DIR [SECONDS]\n");
		return 2;
	}
	struct bench bench = {.label = argv[4], .mem = mem_context(NULL)};
	bench.seconds = argc > 6 ? strtod(argv[6], NULL) : 5;
	claimers_prepare(bench.mem, argv[3], &bench.claimers);
	for (size_t i = 0; i < CLIENTS_MAX; i++) {
		bench.ticket[i] = i;
	}
	const char *atended[] = {argv[1], "--desk", argv[3], "--listen", NULL};
	const char *bare[] = {argv[2], write_answer(bench.mem, argv[5]), NULL};
	struct serving server = serving_start(bench.mem, argv[5], "desk.sock", atended);
	struct serving floor = serving_start(bench.mem, argv[5], "bare.sock", bare);
	measure_round_trip(&bench, server.address, floor.address);
	measure_clients(&bench, &server, 8);
	measure_clients(&bench, &server, CLIENTS_MAX);
	serving_stop(&floor);
	serving_stop(&server);
	store_close(bench.claimers.store);
	talloc_free(bench.mem);
	return 0;
}
