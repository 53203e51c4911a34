#ifndef ATENDE_NET_HTTP_H
#define ATENDE_NET_HTTP_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * An HTTP/1.1 client for one server: bytes out, bytes in. Synchronous; one thread a handle, but for
 * http_cancel. Connections are kept and used again. Nothing is followed (redirects), no other
 * protocol is spoken, and everything is bounded: time, answer (after gzip), headers.
 *
 * An answer of any status is an answer: http_send is true for a 404. False means that there is
 * none, always with ERROR_UNAVAILABLE (ERROR_INVALID for what the caller gave: a bad location,
 * header …) and one of the reasons
 *
 *   unreachable  no way to the server, or the connection was lost before the answer was complete
 *   refused      nobody listens there
 *   timeout      connecting, a silence, or the whole took too long
 *   tls          no trusted, encrypted connection: certificate expired, for another name, of an
 *                unknown authority …; the sentence says which, and what to do
 *   broken       what came is no HTTP, or cannot be unpacked
 *   too_big      the answer is longer than allowed
 *   cancelled    by http_cancel
 *
 * Nothing goes to another machine for all on the way to read, unless that is wanted: the token in
 * every request, passwords, what customers wrote.
 *
 * The token is in no error text. Texts that come from the server (headers) are clean lines; bodies
 * are bytes, for a codec to check.
 */
struct http;

/* Zero and NULL ask for what the comments say. Texts are copied. */
struct http_options {
	/* "unix:PATH", "http://HOST[:PORT][/PREFIX]", "https://HOST[:PORT][/PREFIX]"; no user, no
	 * query. */
	const char *location;
	bool insecure;	     /* plain http:// to another machine all the same */
	const char *token;   /* goes out as "Authorization: Bearer …"; none */
	const char *ca_file; /* PEM, instead of the system's authorities; the system's */
	/* URL of an HTTP proxy; http_proxy and its like, but never for plain http:// to this
	 * machine, which would leave it; "": none */
	const char *proxy;
	const char *agent; /* User-Agent; "atende" */
	int connect_ms;	   /* until connected, TLS included; 10 s */
	int stall_ms;	   /* no byte in either direction; 20 s */
	int total_ms;	   /* from call to the last byte; 60 s */
	size_t answer_max; /* bytes of a body that is kept; 64 MiB */
};

/* Gets the next bytes of a body; false with *err ends the transfer, which then fails with it. */
typedef bool (*http_taker)(void *data, const char *bytes, size_t size, struct error *err);
/* Gives up to max bytes of a body, *size 0 at its end; false as for a taker. */
typedef bool (*http_giver)(void *data, char *bytes, size_t max, size_t *size, struct error *err);

struct http_request {
	const char *method;	    /* "GET", "POST" … */
	const char *path;	    /* "/v1/search?q=a%20b": see http_escape */
	const char *const *headers; /* more of them, "Name: value", ended by NULL; or NULL */
	const char *if_none_match;  /* an ETag as it came; or NULL */
	const void *body;	    /* NULL: none */
	size_t body_size;
	const char *body_type; /* its media type; NULL: application/json */
	http_giver give;       /* instead of body, for a long one: sent in chunks */
	void *give_data;
	http_taker take; /* gets the body of a 2xx answer, of any length, which is then not kept */
	void *take_data;
	/* Of this request: 0 as in the options; a total that is negative has no end (long streams,
	 * which a silence still ends). */
	int total_ms;
	int stall_ms;
	/* Never sent again by itself. Otherwise a request on a kept connection that the server had
	 * closed before any answer goes out once more: right for whatever may be done twice. */
	bool is_once;
};

struct http_answer {
	int status; /* 200 … 599 */
	const char *body;
	size_t body_size; /* a NUL follows, which does not count */
	/* The request may have reached the server: true for every answer, and after a failure when
	 * any of it had been sent. */
	bool was_sent;
	const struct http_header *headers; /* as they came; see http_header_of */
	size_t header_count;
};

struct http_header {
	const char *name;
	const char *value;
};

/* Connects to nothing. INVALID for a location or an option that is none, a CA file that cannot be
 * read, and with reason "insecure" for plain http:// to another machine. */
bool http_open(const struct http_options *options, struct http **http, struct error *err);
void http_close(struct http *http); /* NULL is fine */

/* Another token from the next request on; NULL: none. */
bool http_set_token(struct http *http, const char *token, struct error *err);

/* Sends and waits for the answer, on mem. After a failure only was_sent of *answer counts. */
bool http_send(struct http *http, const struct http_request *request, const void *mem,
	struct http_answer *answer, struct error *err);

/* From any thread: makes the call under way end soon, with reason "cancelled". When there is none,
 * nothing happens to the next. */
void http_cancel(struct http *http);

/* The value of a header, whatever the case of its name; NULL when there is none. */
const char *http_header_of(const struct http_answer *answer, const char *name);

/* A header that is a whole number (Atende-Directory, Retry-After); missing when it is not. */
int64_t http_header_number(const struct http_answer *answer, const char *name, int64_t missing);

/* text as part of a path or query: all but letters, digits and "-._~" percent-encoded; on mem. */
char *http_escape(const void *mem, const char *text);

#endif
