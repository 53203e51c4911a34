#ifndef ATENDE_HTTPD_REQUEST_H
#define ATENDE_HTTPD_REQUEST_H

#include "base/error.h"
#include "codec/json.h"
#include "core/directory.h"
#include "httpd/writer.h"
#include "service/identity.h"
#include "store/store.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * A request on its way through its handler. It is a talloc root: everything that belongs to it is
 * made on it, and goes when the answer has been sent. One thread at a time has it.
 */

struct response {
	int status; /* 0: not answered yet */
	const char *media_type;
	const char *body; /* on the request, or static */
	size_t size;
	const char *etag;  /* with quotes; NULL: none */
	const char *allow; /* methods of the path; NULL: none */
	int retry_after_s; /* 0: none */
};

enum { PATH_VALUES = 2 };

struct request {
	struct server *server;
	struct MHD_Connection *connection;
	const struct route *route;
	int64_t number;			 /* of the request, for the log and problem details */
	const char *method, *path;	 /* without the query */
	const char *values[PATH_VALUES]; /* what stands for the {…} of the route's path */
	char *body;			 /* NUL-terminated */
	size_t size;
	int64_t began_at; /* monotonic ms */

	struct identity identity;
	struct store *store; /* of this thread: reads; acts for the identity */
	const struct directory
		*directory; /* current when the handler began; see request_directory */

	struct response response;

	struct job job; /* under way when is_writing */
	bool is_writing;
	/* After the job, in a thread of the pool; its false is answered as an error. */
	bool (*written)(struct request *request, struct error *err);
	void *data; /* the handler's own */
};

/* The first value of a key of the query, NULL without one; valid UTF-8 without NUL, cleaned. */
const char *request_query(struct request *request, const char *name);
/* A whole number of the query: *value untouched when it is not there; INVALID for what is none. */
bool request_query_int(
	struct request *request, const char *name, int64_t *value, struct error *err);
/* The path's value at `index` as a positive number; NOT_FOUND for anything else. */
bool request_number(struct request *request, int index, int64_t *number, struct error *err);
/* The body as JSON: INVALID with the place of the mistake. On the request. */
bool request_json(struct request *request, const struct json **json, struct error *err);

/* The directory as it is after the handler's reads, for the answer. Until the next read. */
bool request_directory(struct request *request, struct error *err);

/* Answers 200 with this. Always true, to return. */
bool request_respond_json(struct request *request, const struct json *json);
bool request_respond_text(struct request *request, int status, const char *text);
/* Answers an error as problem details (RFC 9457). */
void request_respond_problem(struct request *request, const struct error *err);

/*
 * Hands request->job over to the writer; `written` goes on after the commit. The handler returns
 * what this returns. UNAVAILABLE (reason "busy") when too much is queued.
 */
bool request_write(struct request *request,
	bool (*written)(struct request *request, struct error *err), struct error *err);

#endif
