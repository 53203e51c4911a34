#include "store/replica_parts.h"

#include "base/mem.h"
#include "store/statement.h"
#include "store/writes.h"

#include <poll.h>

/* What changed: the log of the copy, which the listener keeps current. */

enum { FEED_MAX = 1000, POLL_MS = 50 };

/* Everything in the log here was told to this operator. */
static bool read_log(struct desk *copy, const void *mem, int64_t ticket, int64_t since,
	size_t limit, struct feed *feed, struct error *err)
{
	struct sql_query *query = sql_query(copy->sql, ticket ? LOG_OF_TICKET : LOG_SINCE);
	bool has_row, ok;
	*feed = (struct feed){
		.revision = since, .items = mem_array(mem, struct feed_item, limit + 1)};
	sql_bind_int(query, 1, since);
	sql_bind_int(query, 2, (int64_t)limit);
	sql_bind_int(query, 3, ticket);
	while ((ok = sql_step(query, &has_row, err)) && has_row) {
		struct feed_item *item = &feed->items[feed->count++];
		feed_item_read(query, feed->items, item);
		feed->revision = item->revision;
	}
	sql_done(query);
	return ok;
}

static bool look_once(
	struct desk *copy, const void *mem, int64_t since, struct feed *feed, struct error *err)
{
	struct copy_state state;
	bool ok = desk_read_begin(copy, err) && copy_state_read(copy, &state, err) &&
		  read_log(copy, mem, 0, since, FEED_MAX, feed, err);
	desk_read_end(copy);
	if (ok && feed->count < FEED_MAX && state.since > feed->revision) {
		feed->revision = state.since;
	}
	feed->presence = ok ? state.presence : 0;
	return ok;
}

/* Until another handle has written into the copy, or the time is over. */
static bool wait_for_write(struct replica *replica, struct desk *copy, int64_t end,
	int64_t *version, struct error *err)
{
	int64_t present = *version;
	while (present == *version && clock_monotonic() < end) {
		if (atomic_load(&replica->store.is_cancelled)) {
			return error_set_reason(err, ERROR_UNAVAILABLE, "cancelled",
				N_("the request was cancelled"), NULL);
		}
		int64_t left = end - clock_monotonic();
		poll(NULL, 0, left < POLL_MS ? (int)left : POLL_MS);
		if (!sql_data_version(copy->sql, &present, err)) {
			return false;
		}
	}
	*version = present;
	return true;
}

static bool wait_for_items(struct replica *replica, struct desk *copy, const void *mem,
	int64_t since, int wait_ms, struct feed *feed, struct error *err)
{
	int64_t end = clock_monotonic() + wait_ms;
	int64_t version;
	for (;;) {
		if (!sql_data_version(copy->sql, &version, err) ||
			!look_once(copy, mem, since, feed, err)) {
			return false;
		}
		bool has_moved = feed->presence != replica->presence;
		replica->presence = feed->presence;
		if (feed->count || has_moved || clock_monotonic() >= end) {
			return true;
		}
		talloc_free(feed->items);
		if (!wait_for_write(replica, copy, end, &version, err)) {
			*feed = (struct feed){0};
			return false;
		}
	}
}

bool replica_feed(struct store *store, const void *mem, int64_t since, int wait_ms,
	struct feed *feed, struct error *err)
{
	struct replica *replica = replica_of(store);
	struct desk *copy;
	struct store *inner;
	struct copy_state state = {0};
	if (!replica_ready(replica, &copy, err) || (copy && !copy_state_read(copy, &state, err))) {
		return false;
	}
	if (copy && since < 0 && state.since > 0) {
		feed->revision = state.since;
		return true;
	}
	bool waits_here = !replica->is_strict || wait_ms == 0;
	if (copy && state.since > 0 && since >= state.log_from && waits_here) {
		return wait_for_items(replica, copy, mem, since, wait_ms, feed, err);
	}
	/* What the copy was told of is not told to the same handle again. */
	int ask_ms = copy && state.presence != replica->presence ? 0 : wait_ms;
	bool ok = replica_inner(replica, &inner, err) &&
		  reach_told(&replica->own, store_feed(inner, mem, since, ask_ms, feed, err), err);
	replica->presence = ok ? feed->presence : replica->presence;
	return ok;
}

bool replica_log(struct store *store, const void *mem, int64_t ticket, int64_t since, size_t limit,
	struct feed *feed, struct error *err)
{
	struct replica *replica = replica_of(store);
	struct desk *copy;
	struct store *inner;
	if (!replica_ready(replica, &copy, err)) {
		return false;
	}
	bool ok = replica_inner(replica, &inner, err) &&
		  reach_told(&replica->own, store_log(inner, mem, ticket, since, limit, feed, err),
			  err);
	if (ok || !copy || !is_link_error(err)) {
		return ok;
	}
	limit = limit && limit < FEED_MAX ? limit : FEED_MAX;
	return read_log(copy, mem, ticket, since, limit, feed, err);
}
