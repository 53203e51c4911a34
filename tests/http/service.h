#ifndef ATENDE_TESTS_HTTP_SERVICE_H
#define ATENDE_TESTS_HTTP_SERVICE_H

#include "codec/json.h"
#include "httpd/server.h"
#include "store/conformance.h"

#include <stddef.h>

/*
 * A server within the test, over the desk of a fixture (tests/store/conformance.h) and with its
 * clock, and a client that sends any bytes.
 */
struct service {
	struct fixture *f;
	char *socket; /* the path */
	struct server *server;
};

/* On the fixture's desk; what is not of the feed or a limit is filled in. */
bool service_start(struct service *s, struct server_options options);

/* For cmocka: *state is the service; the teardown also checks the desk. */
int service_setup(void **state);
int service_teardown(void **state);
#define with_service(test) cmocka_unit_test_setup_teardown(test, service_setup, service_teardown)

/* Lets time pass on the fixture's clock, which the server's threads read, too. */
void service_pass(struct service *s, int64_t ms);

struct reply {
	int status;
	const char *head; /* status line and headers */
	const char *body; /* unpacked, when it came packed */
	size_t size;
	size_t came;		 /* bytes of the body, as they came */
	const struct json *json; /* the body when it is JSON, else NULL */
};

/* Sends these bytes on a connection of their own and reads until the server closes it; on the
 * service. The answer is the last one that came. */
struct reply service_send(struct service *s, const char *bytes, size_t size);

/* Sends these bytes and goes away. */
void service_leave(struct service *s, const char *bytes, size_t size);

/* A whole request as this operator (NULL: the desk itself); body NULL: none. */
struct reply service_ask(struct service *s, const char *login, const char *method, const char *path,
	const char *body);
/* The same; fails the test, with the body, when the status is another one. */
struct reply service_must(struct service *s, const char *login, const char *method,
	const char *path, const char *body, int status);
/* The same with more headers, each ended by CR LF. */
struct reply service_ask_with(struct service *s, const char *login, const char *method,
	const char *path, const char *headers, const char *body);

/* The value of a header, on the service; NULL without it. */
const char *reply_header(struct service *s, const struct reply *answer, const char *name);

/* A text or number of the answer's object: "" and -1 without one. */
const char *reply_text(const struct reply *answer, const char *key);
int64_t reply_int(const struct reply *answer, const char *key);
/* How many elements an array of the answer's object has. */
size_t reply_count(const struct reply *answer, const char *key);

/* Fails the test unless it is a problem of this status and reason. */
void reply_is_problem(const struct reply *answer, int status, const char *reason);

#endif
