#ifndef ATENDE_HTTPD_REQUEST_H
#define ATENDE_HTTPD_REQUEST_H

#include "base/error.h"
#include "codec/json.h"
#include "core/directory.h"
#include "core/name.h"
#include "httpd/writer.h"
#include "service/identity.h"
#include "store/store.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/*
 * A request on its way through its handler. It is a talloc root: everything that belongs to it is
 * made on it, and goes when the answer has been sent. One thread at a time has it.
 */

struct response {
	int status; /* 0: not answered yet */
	const char *media_type;
	const char *body; /* on the request, or static */
	size_t size;
	const char *coding;	   /* of the body (httpd/pack.h); NULL: as it is */
	int fd;			   /* instead of a body: a file, which is closed; 0: none */
	struct MHD_Response *kept; /* instead of all: one of the cache's */
	const char *etag;	   /* with quotes; NULL: none */
	const char *allow;	   /* methods of the path; NULL: none */
	int retry_after_s;	   /* 0: none */
	/* Instead of a body: bytes as they come (MHD_ContentReaderCallback), until the client
	 * leaves. server_stop does not wait for such an answer. */
	ssize_t (*stream)(void *data, uint64_t position, char *buffer, size_t room);
	void *stream_data;
};

enum { PATH_VALUES = 2 };

struct request;
/* Answers, or goes on elsewhere (request_write …). False with *err: a problem is answered. */
typedef bool handler_fn(struct request *request, struct error *err);
/* Something that is done for a request in another thread, with that thread's store, acting for the
 * request's identity. */
typedef bool request_step(struct request *request, struct store *store, struct error *err);

struct request {
	struct server *server;
	struct MHD_Connection *connection;
	struct guest *guest; /* its connection */
	const struct route *route;
	int64_t number;			 /* of the request, for the log and problem details */
	const char *target;		 /* as it came: path and query */
	const char *method, *path;	 /* decoded, without the query */
	const char *values[PATH_VALUES]; /* what stands for the {…} of the route's path */
	char *body;			 /* NUL-terminated */
	size_t size;
	int64_t room;	  /* that it takes of what there is for bodies */
	int64_t began_us; /* monotonic */

	struct identity identity;
	struct seat *seat;   /* of this thread */
	struct store *store; /* of the seat: reads; acts for the identity */
	int64_t version;     /* the desk was at when the handler began: store_version */
	const struct directory
		*directory; /* current when the handler began; see request_directory */

	bool is_last; /* of its connection: it ends in doubt, or too far away, or is one too many */
	const char *within; /* what part of the body is being read, for problems: "[3]." */
	struct response response;

	bool is_awaited;   /* by the end of the server */
	bool is_suspended; /* until the writer, or a thread of its own, is done with it */
	struct job job;
	/* What the job does unless it has changes; what is answered when it went well. */
	request_step *run;
	handler_fn *written;
	bool stays; /* set by a step: httpd/care.h */
	void *data; /* the handler's own */
};

/* The value of a name of the query, one clean line; NULL without one. */
const char *request_query(struct request *request, const char *name);
/* The same as a whole number from least to most: *value untouched when it is not there. INVALID,
 * reason "query", for what is none; so for the next. */
bool request_query_int(struct request *request, const char *name, int64_t least, int64_t most,
	int64_t *value, struct error *err);
/* As a word of a table. */
bool request_query_word(struct request *request, const char *name, const struct name_table *words,
	int *value, struct error *err);
/* As numbers, "1001,1002": at least one, at most `most`. */
bool request_query_numbers(
	struct request *request, int64_t *numbers, size_t most, size_t *count, struct error *err);
/* INVALID, reason "query": the value that was given for this name does not do. */
bool request_query_wrong(struct request *request, const char *name, struct error *err);

/* The path's value at `index` as a positive number; NOT_FOUND for anything else. */
bool request_number(struct request *request, int index, int64_t *number, struct error *err);
/* As a word of a table; NOT_FOUND. */
bool request_word(struct request *request, int index, const struct name_table *words, int *value,
	struct error *err);

/* A header, NULL without it; any bytes. */
const char *request_header(struct request *request, const char *name);
/* Would the client take one of these media types (words separated by blanks)? */
bool request_accepts(struct request *request, const char *types);

/* The body as JSON: INVALID with the place of the mistake. On the request. */
bool request_json(struct request *request, const struct json **json, struct error *err);
/* The body as an object that has no other members than these `count` ones. */
bool request_object(struct request *request, const char *const *keys, size_t count,
	const struct json **object, struct error *err);

/* The directory as the handler's last read left it, for the answer, until the next read. */
bool request_directory(struct request *request, struct error *err);

/* --- what is answered --- */

/* Answers 200 with this. Always true, to return. */
bool request_respond_json(struct request *request, const struct json *json);
bool request_respond_text(struct request *request, int status, const char *text);
/* size bytes that live as long as the request. */
bool request_respond_bytes(
	struct request *request, const char *media_type, const void *bytes, size_t size);
/* Answers 204: it was done, and there is nothing to say. */
bool request_respond_nothing(struct request *request);
/* The same, for whom nothing is left to say once the writer is done. */
handler_fn request_answer_done;
/* Answers an error as problem details (RFC 9457). */
void request_respond_problem(struct request *request, const struct error *err);

/* --- what is done elsewhere; the handler returns what these return --- */

/*
 * Hands request->job over to the writer; `written` goes on in a thread of the pool after the
 * commit, when it went well. UNAVAILABLE (reason "busy") is answered when too much is queued.
 */
bool request_write(struct request *request, handler_fn *written);
/* Verifies or hashes a password in a thread of its own; `written` goes on with what the job says.
 * UNAVAILABLE (reason "busy") is answered when too many wait. */
struct verify_job;
bool request_verify(struct request *request, struct verify_job *job, handler_fn *written);
/* As request_write, for what is no change: `run` is done by the writer. */
bool request_run(struct request *request, request_step *run, handler_fn *written);

#endif
