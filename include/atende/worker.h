#ifndef ATENDE_ATENDE_WORKER_H
#define ATENDE_ATENDE_WORKER_H

#include "base/mailbox.h"
#include "store/store.h"
#include "tui/effect.h"

/*
 * The thread that answers effects for the desk through a store handle of its own: one MSG_RESPONSE
 * into `inbox` for each, in their order. Before a desk behind a server there is a second one with a
 * second handle, for renewals, presence and memos, so that what a copy has here does not wait for
 * what only the server answers; these are in their own order.
 */
struct worker;

/* Where the desk is opened anew when another file lies in its place; all of it lives as long as the
 * worker. */
struct worker_place {
	const char *location, *login;
	const struct store_driver *const *drivers;
	size_t driver_count;
	struct store_options options; /* that it is opened with */
};

/* The store is the worker's until worker_stop. `place` may be NULL: never opened anew. */
struct worker *worker_start(
	struct store *store, const struct worker_place *place, struct mailbox *inbox);
/* The effect changes owner. */
void worker_ask(struct worker *worker, struct effect *effect);
/* Ends the question under way soon. */
void worker_cancel(struct worker *worker);
/* Answers what was asked, for `patience_ms` at most, then cancels; ends the thread. NULL is fine.
 */
void worker_stop(struct worker *worker, int patience_ms);

#endif
