#include "store/writes.h"

#include "base/clock.h"
#include "base/mem.h"
#include "codec/json.h"
#include "core/permission.h"
#include "core/problem.h"
#include "store/statement.h"

#include <poll.h>
#include <string.h>

/* Committed changes in the order of their revisions, as far as the actor may see them. */

enum { FEED_MAX = 1000, LOOK_MAX = 5000, POLL_MS = 50 };

/* --- what is seen --- */

static bool sees_item(
	struct desk *desk, const struct feed_item *item, bool *sees, struct error *err)
{
	const struct operator_ *actor = desk_actor(desk);
	*sees = !actor || item->actor == actor->id;
	if (*sees) {
		return true;
	}
	void *scratch = mem_context(NULL);
	struct audience audience;
	bool ok = desk_audience(desk, scratch, item, &audience, err);
	*sees = ok && permission_hears(actor, desk->directory, &audience);
	talloc_free(scratch);
	return ok;
}

/* --- rows --- */

static int64_t read_taker(const char *detail)
{
	void *scratch = mem_context(NULL);
	const struct json *json;
	int64_t id = 0;
	if (json_parse(scratch, detail, strlen(detail), 1, &json, NULL)) {
		json_get_int(json, "operator", &id, NULL);
	}
	talloc_free(scratch);
	return id;
}

/* A kind that only a newer program knows reads as CHANGE_NONE. */
void feed_item_read(struct sql_query *row, const void *mem, struct feed_item *item)
{
	*item = (struct feed_item){.revision = sql_int(row, 0),
		.at = sql_int(row, 1),
		.actor = sql_int(row, 3),
		.ticket = sql_int(row, 4),
		.customer = sql_int(row, 5),
		.other = sql_int(row, 6),
		.imported = sql_int(row, 8) != 0,
		.detail = sql_text(row, mem, 9)};
	change_kind_find(sql_peek(row, 2), &item->kind);
	item->to = item->kind == CHANGE_HAND_OVER ? read_taker(item->detail) : 0;
	size_t size;
	const void *id = sql_blob(row, 7, &size);
	if (size == sizeof item->id.bytes) {
		memcpy(item->id.bytes, id, size);
	}
}

static bool add_item(struct desk *desk, struct sql_query *row, struct feed *feed, struct error *err)
{
	struct feed_item *item = &feed->items[feed->count];
	bool sees;
	feed_item_read(row, feed->items, item);
	if (!sees_item(desk, item, &sees, err)) {
		return false;
	}
	feed->revision = item->revision;
	if (sees) {
		feed->count++;
	} else {
		talloc_free(item->detail);
	}
	return true;
}

/* *looked: how many rows there were, seen or not; less than LOOK_MAX when these were all. */
static bool look(struct desk *desk, int64_t ticket, int64_t since, size_t limit, struct feed *feed,
	size_t *looked, struct error *err)
{
	struct sql_query *query = sql_query(desk->sql, ticket ? LOG_OF_TICKET : LOG_SINCE);
	sql_bind_int(query, 1, since);
	sql_bind_int(query, 2, LOOK_MAX);
	sql_bind_int(query, 3, ticket);
	bool has_row;
	bool ok = true;
	*looked = 0;
	while (ok && feed->count < limit && (ok = sql_step(query, &has_row, err)) && has_row) {
		ok = add_item(desk, query, feed, err);
		++*looked;
	}
	sql_done(query);
	return ok;
}

/* Room for as many as may come; what they hold goes with the array. */
static void begin_feed(struct feed *feed, const void *mem, int64_t since, size_t room)
{
	*feed = (struct feed){
		.revision = since, .items = mem_array(mem, struct feed_item, (unsigned)room)};
}

static bool end_feed(struct feed *feed, const void *mem, bool ok)
{
	if (ok) {
		feed->items =
			mem_grow(mem, feed->items, struct feed_item, (unsigned)feed->count + 1);
	} else {
		talloc_free(feed->items);
		*feed = (struct feed){0};
	}
	return ok;
}

/* --- the feed --- */

static bool look_once(
	struct desk *desk, struct feed *feed, int64_t *version, size_t *looked, struct error *err)
{
	void *scratch = mem_context(NULL);
	struct presence_list present = {0};
	bool ok = desk_read_begin(desk, err) && sql_data_version(desk->sql, version, err) &&
		  look(desk, 0, feed->revision, FEED_MAX, feed, looked, err) &&
		  desk_presence_all(desk, scratch, &present, err);
	desk_read_end(desk);
	feed->presence = ok ? presence_stamp(&present) : 0;
	talloc_free(scratch);
	return ok;
}

/* True with *version altered, or when the time is over. */
static bool wait_for_commit(
	struct desk *desk, int64_t end, int64_t version, bool *over, struct error *err)
{
	for (;;) {
		if (atomic_load(&desk->store.is_cancelled)) {
			return error_set_reason(err, ERROR_UNAVAILABLE, "cancelled",
				N_("the request was cancelled"), NULL);
		}
		int64_t left = end - clock_monotonic();
		*over = left <= 0;
		if (*over) {
			return true;
		}
		poll(NULL, 0, left < POLL_MS ? (int)left : POLL_MS);
		int64_t present;
		if (!desk_is_there(desk, desk->sql, err) ||
			!sql_data_version(desk->sql, &present, err)) {
			return false;
		}
		if (present != version) {
			return true;
		}
	}
}

static bool newest_only(struct desk *desk, struct feed *feed, struct error *err)
{
	bool ok = desk_read_begin(desk, err) && desk_revision(desk, &feed->revision, err);
	desk_read_end(desk);
	return ok;
}

static bool wait_for_items(struct desk *desk, int64_t end, struct feed *feed, struct error *err)
{
	bool over = end <= clock_monotonic();
	for (;;) {
		int64_t version;
		size_t looked;
		if (!look_once(desk, feed, &version, &looked, err)) {
			return false;
		}
		bool has_moved = feed->presence != desk->presence;
		desk->presence = feed->presence;
		if (feed->count || looked == LOOK_MAX || over || has_moved) {
			return true;
		}
		if (!wait_for_commit(desk, end, version, &over, err)) {
			return false;
		}
	}
}

bool desk_feed(struct store *store, const void *mem, int64_t since, int wait_ms, struct feed *feed,
	struct error *err)
{
	struct desk *desk = desk_of(store);
	int64_t end = clock_monotonic() + wait_ms;
	if (since < 0) {
		return newest_only(desk, feed, err);
	}
	begin_feed(feed, mem, since, FEED_MAX);
	return end_feed(feed, mem, wait_for_items(desk, end, feed, err));
}

bool desk_log(struct store *store, const void *mem, int64_t ticket, int64_t since, size_t limit,
	struct feed *feed, struct error *err)
{
	struct desk *desk = desk_of(store);
	limit = limit && limit < FEED_MAX ? limit : FEED_MAX;
	if (!desk_read_begin(desk, err)) {
		return false;
	}
	begin_feed(feed, mem, since, limit);
	bool sees = true;
	size_t looked;
	bool ok = !ticket || desk_sees_number(desk, ticket, &sees, err);
	if (ok && !sees) {
		ok = problem_number(err, PROBLEM_NO_TICKET, ticket, NULL);
	}
	ok = ok && look(desk, ticket, since, limit, feed, &looked, err);
	desk_read_end(desk);
	return end_feed(feed, mem, ok);
}
