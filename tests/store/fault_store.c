#include "fault_store.h"

#include "base/clock.h"
#include "base/mem.h"
#include "store/driver.h"
#include "store/drivers.h"

#include <poll.h>
#include <string.h>

struct fault_line fault_line;

struct faulty {
	struct store store;
	struct store *inner;
};

static struct faulty *faulty_of(struct store *store)
{
	return (struct faulty *)store;
}

static bool unreachable(struct error *err)
{
	return error_set_reason(
		err, ERROR_UNAVAILABLE, "unreachable", "the line is cut in this test", NULL);
}

/* True: the call may go on. */
static bool pass(struct store *store, struct error *err)
{
	if (atomic_load(&fault_line.countdown) > 0 &&
		atomic_fetch_sub(&fault_line.countdown, 1) == 1) {
		atomic_store(&fault_line.mode, atomic_load(&fault_line.then));
	}
	while (atomic_load(&fault_line.mode) == FAULT_HANGS) {
		if (atomic_load(&store->is_cancelled)) {
			return error_set_reason(
				err, ERROR_UNAVAILABLE, "cancelled", "cancelled", NULL);
		}
		poll(NULL, 0, 1);
	}
	if (atomic_load(&fault_line.delay_ms)) {
		poll(NULL, 0, atomic_load(&fault_line.delay_ms));
	}
	faulty_of(store)->inner->actor = store->actor;
	atomic_fetch_add(&fault_line.calls, 1);
	return atomic_load(&fault_line.mode) != FAULT_DOWN || unreachable(err);
}

/* What the caller hears of a call that was made. */
static bool come_back(bool ok, struct error *err)
{
	return atomic_load(&fault_line.mode) == FAULT_LOST ? unreachable(err) : ok;
}

/* A verb that only passes on: its parameters after the store, and their names. */
#define PASS(verb, parameters, arguments)                                                          \
	static bool fault_##verb parameters                                                        \
	{                                                                                          \
		struct store *inner = faulty_of(store)->inner;                                     \
		return pass(store, err) && come_back(store_##verb arguments, err);                 \
	}

PASS(directory, (struct store * store, const struct directory **directory, struct error *err),
	(inner, directory, err))
PASS(directory_copy,
	(struct store * store, const void *mem, struct directory **directory, struct error *err),
	(inner, mem, directory, err))
PASS(queue,
	(struct store * store, const void *mem, const struct queue_query *query,
		struct queue_page *page, struct error *err),
	(inner, mem, query, page, err))
PASS(rows,
	(struct store * store, const void *mem, const int64_t *numbers, size_t count,
		struct queue_page *page, struct error *err),
	(inner, mem, numbers, count, page, err))
PASS(next, (struct store * store, const void *mem, struct ticket_row *row, struct error *err),
	(inner, mem, row, err))
PASS(counts, (struct store * store, struct counts *counts, struct error *err), (inner, counts, err))
PASS(outbox, (struct store * store, const void *mem, struct outbox *outbox, struct error *err),
	(inner, mem, outbox, err))
PASS(loads, (struct store * store, const void *mem, struct load_list *loads, struct error *err),
	(inner, mem, loads, err))
PASS(ticket,
	(struct store * store, const void *mem, int64_t number, struct ticket_view *view,
		struct error *err),
	(inner, mem, number, view, err))
PASS(customer,
	(struct store * store, const void *mem, int64_t id, struct customer_view *view,
		struct error *err),
	(inner, mem, id, view, err))
PASS(search,
	(struct store * store, const void *mem, const struct search_query *query,
		struct search_page *page, struct error *err),
	(inner, mem, query, page, err))
PASS(blob_get,
	(struct store * store, const void *mem, int64_t ticket, const char *key, char **bytes,
		size_t *size, struct error *err),
	(inner, mem, ticket, key, bytes, size, err))
PASS(draft_save, (struct store * store, const struct draft *draft, struct error *err),
	(inner, draft, err))
PASS(draft_discard, (struct store * store, int64_t ticket, enum draft_kind kind, struct error *err),
	(inner, ticket, kind, err))
PASS(drafts,
	(struct store * store, const void *mem, bool bin, struct draft_list *list,
		struct error *err),
	(inner, mem, bin, list, err))
PASS(renew, (struct store * store, struct renewal *renewal, struct error *err),
	(inner, renewal, err))

static bool fault_apply(struct store *store, const struct change *changes, size_t count,
	struct result *results, struct error *err)
{
	struct store *inner = faulty_of(store)->inner;
	if (!pass(store, err)) {
		return false;
	}
	atomic_fetch_add(&fault_line.applies, 1);
	bool ok = store_apply(inner, changes, count, results, err);
	return atomic_load(&fault_line.mode) != FAULT_LOST
		       ? ok
		       : error_set(err, ERROR_UNCERTAIN, "no answer came in this test", NULL);
}

/* Short waits, so that a cut is noticed. */
static bool fault_feed(struct store *store, const void *mem, int64_t since, int wait_ms,
	struct feed *feed, struct error *err)
{
	enum { SLICE_MS = 5 };
	int64_t end = clock_monotonic() + wait_ms;
	do {
		if (!pass(store, err) ||
			!come_back(store_feed(faulty_of(store)->inner, mem, since,
					   wait_ms < SLICE_MS ? wait_ms : SLICE_MS, feed, err),
				err)) {
			return false;
		}
		if (atomic_load(&store->is_cancelled)) {
			return error_set_reason(
				err, ERROR_UNAVAILABLE, "cancelled", "cancelled", NULL);
		}
	} while (feed->count == 0 && clock_monotonic() < end);
	return true;
}

static bool fault_mirror(struct store *store, const struct mirror_query *query,
	store_record_fn *each, void *data, struct mirror *mirror, struct error *err)
{
	struct record_value text = {
		.name = "text", .is_text = true, .text = "\033]0;owned\007\u202e"};
	struct record nonsense = {.type = "note", .count = 1, .values = &text};
	struct record unknown = {.type = "sqlite_master"};
	if (!pass(store, err)) {
		return false;
	}
	if (atomic_load(&fault_line.is_hostile) && query->part != MIRROR_STATE) {
		mirror->revision = INT64_MAX / 2;
		return each(data, &nonsense, err) && each(data, &unknown, err);
	}
	return come_back(
		store_mirror(faulty_of(store)->inner, query, each, data, mirror, err), err);
}

static void fault_close(struct store *store)
{
	store_close(faulty_of(store)->inner);
	talloc_free(store);
}

static void fault_cancel(struct store *store)
{
	store_cancel(faulty_of(store)->inner);
}

static bool fault_open(const void *mem, const char *location, const struct store_options *options,
	struct store **store, struct error *err)
{
	const char *path = strchr(location, ':') + 1;
	struct faulty *faulty = mem_new(mem, struct faulty);
	faulty->store.driver = &store_fault;
	if (atomic_load(&fault_line.mode) == FAULT_DOWN ||
		!store_sqlite.open(NULL, path, options, &faulty->inner, err)) {
		talloc_free(faulty);
		return atomic_load(&fault_line.mode) == FAULT_DOWN ? unreachable(err) : false;
	}
	faulty->store.clock = faulty->inner->clock;
	*store = &faulty->store;
	return true;
}

const struct store_driver store_fault = {
	.schemes = "fault",
	.open = fault_open,
	.close = fault_close,
	.cancel = fault_cancel,
	.directory = fault_directory,
	.directory_copy = fault_directory_copy,
	.queue = fault_queue,
	.rows = fault_rows,
	.next = fault_next,
	.counts = fault_counts,
	.outbox = fault_outbox,
	.loads = fault_loads,
	.ticket = fault_ticket,
	.customer = fault_customer,
	.search = fault_search,
	.blob_get = fault_blob_get,
	.apply = fault_apply,
	.draft_save = fault_draft_save,
	.draft_discard = fault_draft_discard,
	.drafts = fault_drafts,
	.renew = fault_renew,
	.feed = fault_feed,
	.mirror = fault_mirror,
};
