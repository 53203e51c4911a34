#ifndef ATENDE_HTTPD_FEED_RING_H
#define ATENDE_HTTPD_FEED_RING_H

#include "core/audience.h"
#include "core/directory.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * The newest events of the feed, each made once for all readers. A reader is a place in it, so that
 * a slow one costs nothing: what was dropped meanwhile he has lost, and must read anew.
 *
 * Places are numbers that grow by one an event and never come back. Not thread-safe.
 */

/* What some of the readers are told: bytes of server-sent events
 * (https://html.spec.whatwg.org/multipage/server-sent-events.html). */
struct feed_bytes {
	const struct audience *audience; /* NULL: everybody */
	const char *text;
	size_t size;
};

/* Each reader is told the first of `parts` whose audience he belongs to, or nothing. */
struct feed_event {
	int64_t revision; /* the newest when it was made */
	bool is_change;	  /* of exactly this revision */
	size_t part_count;
	struct feed_bytes *parts;
};

struct feed_ring {
	struct feed_event **events;
	size_t room;	    /* events at most */
	size_t bytes, most; /* of their texts; at most, but for a single event */
	int64_t first, end; /* places */
	int64_t base;	    /* no change after this revision was dropped */
};

void feed_ring_init(
	struct feed_ring *ring, const void *mem, size_t room, size_t most, int64_t base);

/* An event with its parts, `data` as JSON of one line, still without them; to be filled, then
 * added. */
struct feed_event *feed_event_make(int64_t revision, bool is_change, size_t part_count);
/* Sets a part; copies all. `name` is the kind of event. */
void feed_event_set(struct feed_event *event, size_t at, const struct audience *audience,
	const char *name, const char *data);

/* The ring's from now on; revisions never fall. */
void feed_ring_add(struct feed_ring *ring, struct feed_event *event);

/* Drops all: the next events are of changes after this revision. */
void feed_ring_skip(struct feed_ring *ring, int64_t revision);

const struct feed_event *feed_ring_at(const struct feed_ring *ring, int64_t place);
/* The place of the first event after this revision, which must not be before base. */
int64_t feed_ring_find(const struct feed_ring *ring, int64_t revision);

/* What this operator (NULL: the desk itself, which is told all) is told; NULL: nothing. */
const struct feed_bytes *feed_event_for(const struct feed_event *event,
	const struct operator_ *reader, const struct directory *directory);

#endif
