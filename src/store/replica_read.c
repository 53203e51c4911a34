#include "store/replica_parts.h"

#include "base/mem.h"
#include "store/reads.h"
#include "store/statement.h"
#include "store/writes.h"

#include <poll.h>
#include <string.h>

/* Where a question is answered: by the copy what it has, else by the desk; and when that cannot be
 * reached, by the copy as far as it goes. */

/* What became of asking the desk on the caller's own handle. */
static bool asked(struct replica *replica, bool ok, const struct error *err)
{
	return reach_told(&replica->own, ok, err);
}

/* Not answered by the desk, which cannot be reached: what is here has to do. */
static bool falls_back(const struct desk *copy, bool ok, const struct error *err)
{
	return !ok && copy && is_link_error(err);
}

/* --- the directory --- */

/* Answers from the copy once it has been told one; *copy NULL: ask the desk. */
static bool directory_source(struct replica *replica, struct desk **copy, struct error *err)
{
	struct copy_state state;
	if (!replica_ready(replica, copy, err)) {
		return false;
	}
	if (*copy && (!copy_state_read(*copy, &state, err) || state.directory < 0)) {
		*copy = NULL;
	}
	return true;
}

bool replica_directory(struct store *store, const struct directory **directory, struct error *err)
{
	struct replica *replica = replica_of(store);
	struct desk *copy;
	struct store *inner;
	if (!directory_source(replica, &copy, err)) {
		return false;
	}
	if (copy) {
		return store_directory(&copy->store, directory, err);
	}
	return replica_inner(replica, &inner, err) &&
	       asked(replica, store_directory(inner, directory, err), err);
}

bool replica_directory_copy(
	struct store *store, const void *mem, struct directory **directory, struct error *err)
{
	struct replica *replica = replica_of(store);
	struct desk *copy;
	struct store *inner;
	if (!directory_source(replica, &copy, err)) {
		return false;
	}
	if (copy) {
		return store_directory_copy(&copy->store, mem, directory, err);
	}
	return replica_inner(replica, &inner, err) &&
	       asked(replica, store_directory_copy(inner, mem, directory, err), err);
}

/* --- lists --- */

static bool is_list_here(enum queue_list list)
{
	return list == LIST_QUEUE || list == LIST_MINE || list == LIST_FREE ||
	       list == LIST_OVERDUE || list == LIST_SNOOZED;
}

/* *complete: all that is open or put off is here. */
static bool look_at_copy(
	struct replica *replica, struct desk **copy, struct copy_state *state, struct error *err)
{
	*state = (struct copy_state){0};
	return replica_ready(replica, copy, err) && (!*copy || copy_state_read(*copy, state, err));
}

bool replica_queue(struct store *store, const void *mem, const struct queue_query *query,
	struct queue_page *page, struct error *err)
{
	struct replica *replica = replica_of(store);
	struct desk *copy;
	struct store *inner;
	struct copy_state state;
	if (!look_at_copy(replica, &copy, &state, err)) {
		return false;
	}
	bool is_here = copy && state.is_complete && is_list_here(query->list);
	bool ok = !is_here && replica_inner(replica, &inner, err) &&
		  asked(replica, store_queue(inner, mem, query, page, err), err);
	if (!is_here && !falls_back(copy, ok, err)) {
		return ok;
	}
	ok = store_queue(&copy->store, mem, query, page, err);
	page->revision = state.since;
	return ok;
}

static bool has_all(
	struct desk *copy, const int64_t *numbers, size_t count, bool *all, struct error *err)
{
	*all = true;
	for (size_t i = 0; *all && i < count; i++) {
		bool is_whole, is_gone;
		if (!copy_has(copy, numbers[i], &is_whole, &is_gone, err)) {
			return false;
		}
		*all = is_whole || is_gone;
	}
	return true;
}

bool replica_rows(struct store *store, const void *mem, const int64_t *numbers, size_t count,
	struct queue_page *page, struct error *err)
{
	struct replica *replica = replica_of(store);
	struct desk *copy;
	struct store *inner;
	struct copy_state state;
	bool is_here = false;
	if (!look_at_copy(replica, &copy, &state, err) ||
		(copy && !has_all(copy, numbers, count, &is_here, err))) {
		return false;
	}
	is_here = is_here && !replica->is_strict;
	bool ok = !is_here && replica_inner(replica, &inner, err) &&
		  asked(replica, store_rows(inner, mem, numbers, count, page, err), err);
	if (!is_here && !falls_back(copy, ok, err)) {
		return ok;
	}
	ok = store_rows(&copy->store, mem, numbers, count, page, err);
	page->revision = state.since;
	return ok;
}

bool replica_next(struct store *store, const void *mem, struct ticket_row *row, struct error *err)
{
	struct replica *replica = replica_of(store);
	struct desk *copy;
	struct store *inner;
	struct copy_state state;
	if (!look_at_copy(replica, &copy, &state, err)) {
		return false;
	}
	bool is_here = copy && state.is_complete;
	bool ok = !is_here && replica_inner(replica, &inner, err) &&
		  asked(replica, store_next(inner, mem, row, err), err);
	return !is_here && !falls_back(copy, ok, err) ? ok
						      : store_next(&copy->store, mem, row, err);
}

/* What is open and put off is counted here, what waits was counted there. */
bool replica_counts(struct store *store, struct counts *counts, struct error *err)
{
	struct replica *replica = replica_of(store);
	struct desk *copy;
	struct store *inner;
	struct copy_state state;
	if (!look_at_copy(replica, &copy, &state, err)) {
		return false;
	}
	bool is_here = copy && state.is_complete;
	bool ok = !is_here && replica_inner(replica, &inner, err) &&
		  asked(replica, store_counts(inner, counts, err), err);
	if (!is_here && !falls_back(copy, ok, err)) {
		return ok;
	}
	ok = store_counts(&copy->store, counts, err);
	counts->waiting = state.waiting;
	return ok;
}

bool replica_outbox(struct store *store, const void *mem, struct outbox *outbox, struct error *err)
{
	struct replica *replica = replica_of(store);
	struct desk *copy;
	struct store *inner;
	if (!replica_ready(replica, &copy, err)) {
		return false;
	}
	bool ok = replica_inner(replica, &inner, err) &&
		  asked(replica, store_outbox(inner, mem, outbox, err), err);
	return falls_back(copy, ok, err) ? store_outbox(&copy->store, mem, outbox, err) : ok;
}

bool replica_loads(struct store *store, const void *mem, struct load_list *loads, struct error *err)
{
	struct replica *replica = replica_of(store);
	struct desk *copy;
	struct store *inner;
	if (!replica_ready(replica, &copy, err)) {
		return false;
	}
	bool ok = replica_inner(replica, &inner, err) &&
		  asked(replica, store_loads(inner, mem, loads, err), err);
	return falls_back(copy, ok, err) ? store_loads(&copy->store, mem, loads, err) : ok;
}

bool replica_drafts(
	struct store *store, const void *mem, bool bin, struct draft_list *list, struct error *err)
{
	struct replica *replica = replica_of(store);
	struct desk *copy;
	struct store *inner;
	if (!replica_ready(replica, &copy, err)) {
		return false;
	}
	bool ok = replica_inner(replica, &inner, err) &&
		  asked(replica, store_drafts(inner, mem, bin, list, err), err);
	return falls_back(copy, ok, err) ? store_drafts(&copy->store, mem, bin, list, err) : ok;
}

/* --- ticket and customer --- */

/* One that is not here as a whole is fetched, and stays as read lately. */
bool replica_ticket(struct store *store, const void *mem, int64_t number, struct ticket_view *view,
	struct error *err)
{
	struct replica *replica = replica_of(store);
	struct desk *copy;
	struct store *inner;
	struct copy_state state;
	bool is_whole = false, is_gone = false;
	struct error failed = {0};
	if (!look_at_copy(replica, &copy, &state, err) ||
		(copy && !copy_has(copy, number, &is_whole, &is_gone, err))) {
		return false;
	}
	if (is_gone) {
		is_whole = replica_is_down(replica);
	}
	is_whole = is_whole && !replica->is_strict;
	if (copy && !is_whole && replica_inner(replica, &inner, &failed)) {
		is_whole = sync_numbers(&replica->own, &number, 1, &failed);
	}
	if (is_whole) {
		bool ok = store_ticket(&copy->store, mem, number, view, err);
		view->revision = state.since;
		return ok;
	}
	return replica_inner(replica, &inner, err) &&
	       asked(replica, store_ticket(inner, mem, number, view, err), err);
}

bool replica_customer(struct store *store, const void *mem, int64_t id, struct customer_view *view,
	struct error *err)
{
	struct replica *replica = replica_of(store);
	struct desk *copy;
	struct store *inner;
	bool is_here = false;
	if (!replica_ready(replica, &copy, err) ||
		(copy && !copy_has_customer(copy, id, &is_here, err))) {
		return false;
	}
	if (is_here) {
		return store_customer(&copy->store, mem, id, view, err);
	}
	return replica_inner(replica, &inner, err) &&
	       asked(replica, store_customer(inner, mem, id, view, err), err);
}

bool replica_customer_find(
	struct store *store, const void *mem, const char *address, int64_t *id, struct error *err)
{
	struct replica *replica = replica_of(store);
	struct desk *copy;
	struct store *inner;
	struct error here = {0};
	if (!replica_ready(replica, &copy, err)) {
		return false;
	}
	bool ok = replica_inner(replica, &inner, err) &&
		  asked(replica, store_customer_find(inner, mem, address, id, err), err);
	return ok || (falls_back(copy, ok, err) &&
			     store_customer_find(&copy->store, mem, address, id, &here));
}

bool replica_ref_find(
	struct store *store, bool customer, const char *ref, int64_t *id, struct error *err)
{
	struct replica *replica = replica_of(store);
	struct store *inner;
	return replica_inner(replica, &inner, err) &&
	       asked(replica, store_ref_find(inner, customer, ref, id, err), err);
}

/* --- the feed --- */

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
	struct copy_state state;
	if (!look_at_copy(replica, &copy, &state, err)) {
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
	return replica_inner(replica, &inner, err) &&
	       asked(replica, store_feed(inner, mem, since, wait_ms, feed, err), err);
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
		  asked(replica, store_log(inner, mem, ticket, since, limit, feed, err), err);
	if (!falls_back(copy, ok, err)) {
		return ok;
	}
	limit = limit && limit < FEED_MAX ? limit : FEED_MAX;
	return read_log(copy, mem, ticket, since, limit, feed, err);
}
