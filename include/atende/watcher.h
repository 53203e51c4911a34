#ifndef ATENDE_ATENDE_WATCHER_H
#define ATENDE_ATENDE_WATCHER_H

#include "base/mailbox.h"
#include "store/store.h"

/*
 * The thread that sits in the feed and posts what the desk's others do, as MSG_FEED. It opens a
 * store handle of its own, so that the first screen need not wait for it; while that or the feed
 * fails it says so once and tries again.
 */
struct watcher_options {
	const char *location;
	const char *login;
	const struct store_driver *const *drivers;
	size_t driver_count;
	struct store_options store; /* that it is opened with */
	int64_t since;		    /* the newest revision that is known */
};

struct watcher;

struct watcher *watcher_start(const struct watcher_options *options, struct mailbox *inbox);
void watcher_stop(struct watcher *watcher); /* NULL is fine */

#endif
