#ifndef ATENDE_HTTPD_CARE_H
#define ATENDE_HTTPD_CARE_H

#include "httpd/request.h"
#include "httpd/server.h"

#include <stdbool.h>

/*
 * Long work: a backup, a check, bringing records back. It is done on a thread of its own with a
 * store of its own, so that neither readers nor the writer wait for it. A few at a time.
 */
struct care;

struct care *care_create(const struct server_options *options);
/* Stops what is under way, and waits for it. No more is taken. */
void care_stop(struct care *care);
void care_destroy(struct care *care); /* after care_stop; NULL is fine */

/*
 * Does `run` for the request on a new thread; `written` goes on in the pool when it went well. A
 * handler returns what these return. UNAVAILABLE (reason "busy") when enough is under way.
 */
bool request_care(
	struct request *request, request_step *run, handler_fn *written, struct error *err);
/*
 * The same, and the thread stays with its store for the next request of the same identity
 * (request_care_on), as long as a step sets request->stays. It ends without a commit when none
 * comes for 30 s. CONFLICT (reason "restoring") when there is one already.
 */
bool request_care_begin(
	struct request *request, request_step *run, handler_fn *written, struct error *err);
/* CONFLICT (reason "no_restore") when nothing was begun, or by somebody else. */
bool request_care_on(
	struct request *request, request_step *run, handler_fn *written, struct error *err);

#endif
