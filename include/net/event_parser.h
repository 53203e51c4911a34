#ifndef ATENDE_NET_EVENT_PARSER_H
#define ATENDE_NET_EVENT_PARSER_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Server-sent events (text/event-stream, WHATWG HTML §9.2): bytes in as they come, cut anywhere,
 * events out. Pure: no network, no clock. Lines end with LF, CR or CR LF, a leading byte order mark
 * is left out, bad UTF-8 and NUL become U+FFFD. Lines and events are bounded. `retry` is passed
 * over: who reads knows when to come again.
 */
struct event_parser;

struct event {
	const char *name; /* "message" when the server gave none */
	const char *data; /* lines joined by LF; a codec makes it clean */
	const char *id; /* the newest id until now, this event's or an earlier one's; "" at first */
};

/* On mem. A line, and the data of an event, have at most max_bytes. */
struct event_parser *event_parser_create(const void *mem, size_t max_bytes);

/* Takes bytes. UNAVAILABLE, reason "too_big", past a bound: nothing more may be given then. */
bool event_parser_give(
	struct event_parser *parser, const char *bytes, size_t size, struct error *err);

/* The next event that is complete, on mem; false when there is none. */
bool event_parser_take(struct event_parser *parser, const void *mem, struct event *event);

#endif
