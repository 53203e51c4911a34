#ifndef ATENDE_TESTS_HTTP_HEARER_H
#define ATENDE_TESTS_HTTP_HEARER_H

#include "service.h"

#include <stdbool.h>
#include <stdint.h>

/* A reader of the live feed, event by event. */
struct hearer;

struct told {
	int64_t id; /* -1: without one */
	const char *name;
	const char *data;
	const struct json *json; /* the data */
};

/* Opens GET /v1/feed?QUERY as this operator; `headers` each ended by CR LF. The first event, a
 * heartbeat or a reload, says where it stands. On the service; closed with it. */
struct hearer *hearer_open(
	struct service *s, const char *login, const char *query, const char *headers);
/* Leaves without a word. */
void hearer_close(struct hearer *hearer);
/* The socket, for those that misbehave. */
int hearer_socket(const struct hearer *hearer);

/* The next event; fails the test when there is none in 20 s. On the hearer until the next one.
 * False at the end of the feed. */
bool hearer_next(struct hearer *hearer, struct told *told);
/* The next one of this name; fails the test when there is another before it than a heartbeat or the
 * news of a directory. */
struct told hearer_must(struct hearer *hearer, const char *name);
/* The revision of the next change. */
int64_t hearer_change(struct hearer *hearer);

#endif
