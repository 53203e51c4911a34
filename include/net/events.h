#ifndef ATENDE_NET_EVENTS_H
#define ATENDE_NET_EVENTS_H

#include "net/event_parser.h"
#include "net/http.h"

/*
 * A stream of server-sent events, read on an HTTP client, which does nothing else meanwhile. It
 * does not come back by itself: when it is lost, whoever reads it opens another, from the last id.
 *
 * Errors are those of http.h; reason "timeout" when nothing at all came, not even a heartbeat, for
 * silence_ms; "unreachable" when the server ended it. http_cancel of the client ends it too,
 * whether a call is under way or the next one comes.
 */
struct events;

struct events_options {
	const char *path;	    /* "/v1/feed" */
	const char *const *headers; /* as of http_request; or NULL */
	const char *last_id;	    /* goes out as Last-Event-ID; NULL: none */
	int silence_ms;		    /* 0: as the client's stall_ms */
	size_t max_bytes;	    /* of a line and an event; 0: 1 MiB */
};

/*
 * Waits for the answer's headers. When the server refuses (its status is no 2xx): true, with
 * *events NULL, and the answer on mem in *refusal. What is no stream is "broken".
 */
bool events_open(struct http *http, const struct events_options *options, const void *mem,
	struct events **events, struct http_answer *refusal, struct error *err);

/* The next event, on mem; waits for it at most wait_ms. *has_event is false when none came. After a
 * failure only events_close may follow. */
bool events_next(struct events *events, int wait_ms, const void *mem, struct event *event,
	bool *has_event, struct error *err);

void events_close(struct events *events); /* NULL is fine */

#endif
