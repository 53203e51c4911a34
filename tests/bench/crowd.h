#ifndef ATENDE_TESTS_BENCH_CROWD_H
#define ATENDE_TESTS_BENCH_CROWD_H

#include "figure.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * Many clients of an HTTP server in one thread: connections that stay, HTTP/1.1, one request at a
 * time on each. Whatever goes wrong ends the benchmark with a sentence.
 */
struct crowd {
	const char *address; /* "unix:PATH" or "PORT" of 127.0.0.1 */
	size_t connections;
	double seconds;
	double every_s; /* how often each client asks; 0: as soon as it was answered */
	/* The next request of a client, whole, on mem. */
	char *(*next)(void *data, const void *mem, size_t client);
	/* Its answer; NULL: any of status 200 is right. False ends the benchmark. */
	bool (*answered)(void *data, size_t client, int status, const char *body);
	void *data;
};

/* Requests that were answered, in *latency (microseconds; NULL: not kept). Gives the number a
 * second. */
double crowd_run(const struct crowd *crowd, struct figure *latency);

/* "GET path HTTP/1.1 …" or, with a body, "POST path …"; as nobody without a login. On mem. */
char *crowd_request(const void *mem, const char *path, const char *login, const char *body);

/* The same by any method, with header lines that each end with CRLF. */
char *crowd_request_with(const void *mem, const char *method, const char *path, const char *headers,
	const char *body);

/* A connection of its own, blocking, to `address`. */
int crowd_connect(const char *address);
/* One request and its answer's body (on mem; NULL: any but 200 and 204) over such a connection. */
char *crowd_ask(int fd, const void *mem, const char *request);

#endif
