#ifndef ATENDE_HTTPD_FEEDER_H
#define ATENDE_HTTPD_FEEDER_H

#include "base/error.h"
#include "httpd/request.h"
#include "httpd/server.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * The live feed: one thread looks at the desk after each commit and tells a thousand readers what
 * each of them may see (core/permission.h). It looks once for all of them and makes every text
 * once; a reader is a place among the newest events (httpd/feed_ring.h).
 *
 * A reader's connection sleeps, suspended, while there is nothing for it. One that fell behind what
 * is kept, or whose teams or role changed, gets the event "reload": it must read anew. The feed of
 * one who is not any more who he was (gate_check) ends.
 */
struct feeder;

struct due;
struct metrics;
struct feeder_parts {
	struct gate *gate;
	struct metrics *metrics;
	struct due *due; /* looked at as often as the desk is */
};
/* The parts live until feeder_stop. */
bool feeder_start(const struct server_options *options, const struct feeder_parts *parts,
	struct feeder **feeder, struct error *err);

/* The desk was altered; by others it is noticed at most 50 ms later. Any thread; NULL is fine. */
void feeder_wake(struct feeder *feeder);

/* Lets the answers of all readers end: before the library is stopped, which must find none of them
 * asleep. NULL is fine. */
void feeder_end(struct feeder *feeder);
/* Once no connection is left. NULL is fine. */
void feeder_stop(struct feeder *feeder);

/* --- readers --- */

/* Goes on after `since`; negative: with what is committed from now on. The answer of the request is
 * its feed, until the client leaves. UNAVAILABLE (reason "too_many_feeds"). */
bool feed_open(struct feeder *feeder, struct request *request, int64_t since, struct error *err);

struct feed_figures {
	int64_t readers;
	int64_t events;	   /* made */
	int64_t reloads;   /* readers that were told to read anew */
	int64_t looked_at; /* monotonic ms: when it last looked at the desk without failing */
	int64_t revision;  /* the newest that was told */
};
/* From the next feed on. */
void feeder_set_limits(struct feeder *feeder, const struct server_limits *limits);
void feed_figures(struct feeder *feeder, struct feed_figures *figures);

#endif
