#include "httpd/feed_ring.h"

#include "base/mem.h"
#include "core/permission.h"

#include <assert.h>
#include <string.h>

void feed_ring_init(struct feed_ring *ring, const void *mem, size_t room, size_t most, int64_t base)
{
	*ring = (struct feed_ring){.room = room, .most = most, .base = base};
	ring->events = mem_array(mem, struct feed_event *, room);
}

/* --- events --- */

struct feed_event *feed_event_make(int64_t revision, bool is_change, size_t part_count)
{
	struct feed_event *event = mem_new(NULL, struct feed_event);
	event->revision = revision;
	event->is_change = is_change;
	event->part_count = part_count;
	event->parts = mem_array(event, struct feed_bytes, part_count);
	return event;
}

static const struct audience *copy_audience(const void *mem, const struct audience *audience)
{
	struct audience *copy = mem_dup(mem, audience, sizeof *audience);
	for (size_t i = 0; i < copy->sight_count; i++) {
		struct sight *sight = &copy->sights[i];
		sight->involved = mem_dup(
			copy, sight->involved, sight->involved_count * sizeof *sight->involved);
	}
	copy->readers = mem_dup(copy, copy->readers, copy->reader_count * sizeof *copy->readers);
	return copy;
}

/* Only a change has an id: after a reconnect the client goes on behind it. */
void feed_event_set(struct feed_event *event, size_t at, const struct audience *audience,
	const char *name, const char *data)
{
	struct feed_bytes *part = &event->parts[at];
	const char *text = event->is_change
				   ? mem_printf(event, "id: %lld\nevent: %s\ndata: %s\n\n",
					     (long long)event->revision, name, data)
				   : mem_printf(event, "event: %s\ndata: %s\n\n", name, data);
	*part = (struct feed_bytes){.text = text, .size = strlen(text)};
	part->audience = audience ? copy_audience(event, audience) : NULL;
}

const struct feed_bytes *feed_event_for(const struct feed_event *event,
	const struct operator_ *reader, const struct directory *directory)
{
	for (size_t i = 0; i < event->part_count; i++) {
		const struct feed_bytes *part = &event->parts[i];
		if (!reader || !part->audience ||
			permission_hears(reader, directory, part->audience)) {
			return part;
		}
	}
	return NULL;
}

/* --- the ring --- */

static struct feed_event **slot(const struct feed_ring *ring, int64_t place)
{
	assert(place >= ring->first && place <= ring->end);
	return &ring->events[(size_t)place % ring->room];
}

static size_t size_of(const struct feed_event *event)
{
	size_t size = sizeof *event;
	for (size_t i = 0; i < event->part_count; i++) {
		size += event->parts[i].size + sizeof event->parts[i] + sizeof(struct audience);
	}
	return size;
}

static void drop_first(struct feed_ring *ring)
{
	struct feed_event *event = *slot(ring, ring->first);
	ring->first++;
	ring->bytes -= size_of(event);
	ring->base = event->revision;
	talloc_free(event);
}

void feed_ring_add(struct feed_ring *ring, struct feed_event *event)
{
	size_t size = size_of(event);
	while (ring->first < ring->end && ((size_t)(ring->end - ring->first) == ring->room ||
						  ring->bytes + size > ring->most)) {
		drop_first(ring);
	}
	*slot(ring, ring->end) = talloc_steal(ring->events, event);
	ring->end++;
	ring->bytes += size;
}

void feed_ring_skip(struct feed_ring *ring, int64_t revision)
{
	while (ring->first < ring->end) {
		drop_first(ring);
	}
	ring->base = revision;
}

const struct feed_event *feed_ring_at(const struct feed_ring *ring, int64_t place)
{
	return *slot(ring, place);
}

int64_t feed_ring_find(const struct feed_ring *ring, int64_t revision)
{
	int64_t low = ring->first, high = ring->end;
	while (low < high) {
		int64_t middle = low + (high - low) / 2;
		if (feed_ring_at(ring, middle)->revision > revision) {
			high = middle;
		} else {
			low = middle + 1;
		}
	}
	return low;
}
