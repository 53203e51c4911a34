#ifndef ATENDE_HTTPD_ROUTE_H
#define ATENDE_HTTPD_ROUTE_H

#include "core/directory.h"
#include "httpd/request.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * What the server answers: one table, which drives dispatch, permissions, and the test that holds
 * doc/openapi.yaml against it.
 */

/* Answers, or starts a write (request_write). False with *err: a problem is answered. */
typedef bool handler_fn(struct request *request, struct error *err);

enum route_access {
	ACCESS_OPEN,  /* without any identity: health */
	ACCESS_KNOWN, /* an operator, or the desk itself */
};

struct route {
	const char *method;
	const char *path; /* "/v1/tickets/{number}": a part in braces takes any value */
	enum route_access access;
	enum role role; /* the least that may; ROLE_NONE: any identity */
	handler_fn *handler;
};

extern const struct route routes[];
extern const size_t route_count;

/*
 * The route of a request; its values into `values` (decoded, on mem). NOT_FOUND, reason "no_route";
 * INVALID, reason "method", with *allowed the methods that the path has ("GET, PUT", on mem).
 */
bool route_find(const void *mem, const char *method, const char *path, const struct route **route,
	const char *values[PATH_VALUES], char **allowed, struct error *err);

/* --- handlers, by noun --- */

handler_fn route_healthz, route_readyz; /* route_health.c */
handler_fn route_tickets, route_ticket; /* route_ticket.c */
handler_fn route_changes;		/* route_change.c */
handler_fn route_directory;		/* route_directory.c */

#endif
