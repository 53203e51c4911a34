#include "atende/watcher.h"

#include "atende/latch.h"
#include "base/clock.h"
#include "base/mem.h"
#include "tui/msg.h"

#include <pthread.h>

enum { FEED_WAIT_MS = 60000, RETRY_MS = 2000, AGAIN_MS = 20 };

struct watcher {
	struct watcher_options options;
	struct mailbox *inbox;
	pthread_t thread;
	struct latch stopping, ended;
	pthread_mutex_t lock; /* of store */
	struct store *store;
	int64_t presence; /* as the feed told it last */
	bool has_failed;  /* and said so */
};

static void post(struct watcher *watcher, struct msg *msg)
{
	struct clock clock = clock_system();
	msg->now = clock_now(&clock);
	mailbox_post(watcher->inbox, msg);
}

static void say_failed(struct watcher *watcher, const struct error *err)
{
	if (!watcher->has_failed) {
		struct msg *msg = msg_create(MSG_FEED, 0);
		msg->feed.err = *err;
		post(watcher, msg);
	}
	watcher->has_failed = true;
}

static void set_store(struct watcher *watcher, struct store *store)
{
	pthread_mutex_lock(&watcher->lock);
	struct store *former = watcher->store;
	watcher->store = store;
	pthread_mutex_unlock(&watcher->lock);
	store_close(former);
}

/* A backup that was put back knows less than what was heard. */
static bool begin_anew(struct watcher *watcher, struct error *err)
{
	void *work = mem_context(NULL);
	struct feed feed = {0};
	bool ok = store_feed(watcher->store, work, -1, 0, &feed, err);
	if (ok && feed.revision < watcher->options.since) {
		watcher->options.since = feed.revision;
	}
	talloc_free(work);
	return ok;
}

static bool open_store(struct watcher *watcher, struct error *err)
{
	const struct watcher_options *options = &watcher->options;
	struct store_options store_options = options->store;
	store_options.read_only = true;
	struct store *store = NULL;
	if (!store_open(NULL, options->location, options->drivers, options->driver_count,
		    &store_options, &store, err)) {
		return false;
	}
	if (!store_act_as(store, options->login, err)) {
		store_close(store);
		return false;
	}
	set_store(watcher, store);
	return begin_anew(watcher, err);
}

/* One look into the feed; a message for what is new, and one when it works again. */
static bool look(struct watcher *watcher, struct error *err)
{
	struct msg *msg = msg_create(MSG_FEED, 0);
	if (!store_feed(watcher->store, msg, watcher->options.since, FEED_WAIT_MS, &msg->feed.items,
		    err)) {
		talloc_free(msg);
		return false;
	}
	watcher->options.since = msg->feed.items.revision;
	msg->feed.ok = true;
	bool has_moved = msg->feed.items.presence != watcher->presence;
	watcher->presence = msg->feed.items.presence;
	if (msg->feed.items.count || has_moved || watcher->has_failed) {
		post(watcher, msg);
	} else {
		talloc_free(msg);
	}
	watcher->has_failed = false;
	return true;
}

static void *watch(void *data)
{
	struct watcher *watcher = data;
	while (!latch_is_open(&watcher->stopping)) {
		struct error err = {0};
		if ((watcher->store || open_store(watcher, &err)) && look(watcher, &err)) {
			continue;
		}
		if (latch_is_open(&watcher->stopping)) {
			break;
		}
		say_failed(watcher, &err);
		set_store(watcher, NULL);
		latch_wait(&watcher->stopping, RETRY_MS);
	}
	set_store(watcher, NULL);
	latch_open(&watcher->ended);
	return NULL;
}

struct watcher *watcher_start(const struct watcher_options *options, struct mailbox *inbox)
{
	struct watcher *watcher = mem_new(NULL, struct watcher);
	watcher->options = *options;
	watcher->inbox = inbox;
	pthread_mutex_init(&watcher->lock, NULL);
	latch_init(&watcher->stopping);
	latch_init(&watcher->ended);
	mem_check(pthread_create(&watcher->thread, NULL, watch, watcher) == 0 ? watcher : NULL);
	return watcher;
}

static void cancel(struct watcher *watcher)
{
	pthread_mutex_lock(&watcher->lock);
	if (watcher->store) {
		store_cancel(watcher->store);
	}
	pthread_mutex_unlock(&watcher->lock);
}

/* A cancel that falls between two calls is lost when the next begins: the thread is told until it
 * has ended. */
void watcher_stop(struct watcher *watcher)
{
	if (!watcher) {
		return;
	}
	latch_open(&watcher->stopping);
	do {
		cancel(watcher);
	} while (!latch_wait(&watcher->ended, AGAIN_MS));
	pthread_join(watcher->thread, NULL);
	latch_finish(&watcher->stopping);
	latch_finish(&watcher->ended);
	pthread_mutex_destroy(&watcher->lock);
	talloc_free(watcher);
}
