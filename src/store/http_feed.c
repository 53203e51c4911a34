#include "store/http_remote.h"

#include "base/mem.h"
#include "codec/objects.h"
#include "codec/result_json.h"
#include "net/events.h"

#include <string.h>

/*
 * The feed. What has been is asked for page by page; what comes is a stream of events that is kept
 * from one call to the next, as long as they go on from where it stands. A stream that was lost, or
 * that tells to read anew, begins again with a page: nothing is missed.
 */

enum { SILENCE_MS = 45000, ITEMS_MOST = 1000 };

struct remote_feed {
	struct events *events; /* NULL: no stream is open */
	int64_t at;	       /* changes up to this revision were told */
	int64_t presence;      /* of what was told last */
};

/* A call under way. */
struct waiting {
	struct remote *remote;
	const void *mem;
	struct feed *feed; /* what it gives: items, and the newest revision */
	size_t room;
	bool has_moved; /* somebody is elsewhere than before */
	bool must_look; /* the stream is over, or a page is to be read */
};

static struct remote_feed *feed_of(struct remote *remote)
{
	if (!remote->feed) {
		remote->feed = mem_new(remote, struct remote_feed);
	}
	return remote->feed;
}

void remote_feed_close(struct remote *remote)
{
	if (remote->feed) {
		events_close(remote->feed->events);
		remote->feed->events = NULL;
	}
}

/* --- what has been --- */

static bool look(
	struct remote *remote, const void *mem, int64_t since, struct feed *feed, struct error *err)
{
	char *path = mem_strdup(NULL, "/v1/feed");
	if (since >= 0) {
		remote_path_add_int(&path, "since", since);
	}
	bool ok = remote_get(remote, path, &feed_object, mem, feed, err);
	talloc_free(path);
	return ok;
}

static void note_presence(struct waiting *waiting, int64_t presence)
{
	struct remote_feed *own = waiting->remote->feed;
	waiting->has_moved = waiting->has_moved || presence != own->presence;
	own->presence = presence;
}

static bool look_on(struct waiting *waiting, struct error *err)
{
	struct feed *feed = waiting->feed;
	talloc_free(feed->items); /* none was in it */
	feed->items = NULL;
	if (!look(waiting->remote, waiting->mem, feed->revision, feed, err)) {
		return false;
	}
	note_presence(waiting, feed->presence);
	waiting->remote->feed->at = feed->revision;
	waiting->room = feed->count;
	waiting->must_look = false;
	return true;
}

/* --- what comes --- */

static bool open_stream(struct waiting *waiting, struct error *err)
{
	struct remote *remote = waiting->remote;
	struct http_answer refusal;
	void *scratch = mem_context(NULL);
	const char *headers[3] = {NULL};
	remote_headers(remote, scratch, "text/event-stream", headers);
	struct events_options options = {.path = "/v1/feed",
		.headers = headers,
		.last_id = mem_printf(scratch, "%lld", (long long)waiting->feed->revision),
		.silence_ms = SILENCE_MS};
	remote->feed->at = waiting->feed->revision;
	bool ok = events_open(
		remote->stream, &options, scratch, &remote->feed->events, &refusal, err);
	if (ok && !remote->feed->events) {
		struct remote_call call = {.path = options.path};
		ok = remote_refused(remote, &call, &refusal, err);
	}
	talloc_free(scratch);
	return ok;
}

/* What is of the item hangs on the array that it goes into. */
static bool read_item(struct waiting *waiting, const struct json *object, struct feed_item *item,
	struct error *err)
{
	struct remote *remote = waiting->remote;
	struct remote_call call = {.path = "/v1/feed"};
	const void *mem = waiting->feed->items;
	if (object_from_json(mem, object, &feed_item_object, item, remote->directory, NULL)) {
		return true;
	}
	/* By somebody, perhaps, who is new. */
	return remote_directory_fetch(remote, err) &&
	       (object_from_json(mem, object, &feed_item_object, item, remote->directory, err) ||
		       remote_strange(remote, &call, err));
}

static bool take_change(struct waiting *waiting, const struct json *object, struct error *err)
{
	struct feed *feed = waiting->feed;
	struct feed_item item;
	if (feed->count == waiting->room || !feed->items) {
		waiting->room = 2 * waiting->room + 16;
		feed->items = mem_grow(waiting->mem, feed->items, struct feed_item, waiting->room);
	}
	if (!read_item(waiting, object, &item, err)) {
		return false;
	}
	if (item.revision > waiting->remote->feed->at) {
		feed->items[feed->count++] = item;
		waiting->remote->feed->at = item.revision;
	}
	return true;
}

/* A heartbeat, and what else tells how far it is. */
static bool take_state(struct waiting *waiting, const struct json *object, struct error *err)
{
	struct remote_feed *own = waiting->remote->feed;
	int64_t revision = own->at, presence = own->presence;
	if (!json_get_int(object, "revision", &revision, err) ||
		!json_get_int(object, "presence", &presence, err)) {
		return false;
	}
	own->at = revision > own->at ? revision : own->at;
	note_presence(waiting, presence);
	return true;
}

static bool take_reload(struct waiting *waiting, const struct json *object, struct error *err)
{
	(void)object;
	(void)err;
	waiting->must_look = true;
	return true;
}

static const struct {
	const char *name;
	bool (*take)(struct waiting *waiting, const struct json *object, struct error *err);
} kinds[] = {
	{"change", take_change},
	{"heartbeat", take_state},
	{"presence", take_state},
	{"reload", take_reload},
};

/* Events of another name are for programs that know them. */
static bool take_event(struct waiting *waiting, const struct event *event, struct error *err)
{
	struct remote_call call = {.path = "/v1/feed"};
	void *scratch = mem_context(NULL);
	const struct json *object;
	bool ok = true;
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
		if (strcmp(kinds[i].name, event->name) == 0) {
			ok = (json_parse(
				      scratch, event->data, strlen(event->data), 1, &object, err) ||
				     remote_strange(waiting->remote, &call, err)) &&
			     kinds[i].take(waiting, object, err);
		}
	}
	talloc_free(scratch);
	return ok;
}

static bool has_news(const struct waiting *waiting)
{
	return waiting->feed->count > 0 || waiting->has_moved;
}

/* Until something came, all of what came with it, or until `end`. */
static bool follow(struct waiting *waiting, int64_t end, struct error *err)
{
	bool has_event = true;
	while (has_event && !waiting->must_look && waiting->feed->count < ITEMS_MOST) {
		void *scratch = mem_context(NULL);
		struct event event;
		int64_t left = has_news(waiting) ? 0 : end - clock_monotonic();
		bool ok = events_next(waiting->remote->feed->events, left > 0 ? (int)left : 0,
				  scratch, &event, &has_event, err) &&
			  (!has_event || take_event(waiting, &event, err));
		talloc_free(scratch);
		if (!ok) {
			return false;
		}
	}
	waiting->feed->revision = waiting->remote->feed->at;
	return true;
}

static bool is_cancelled(const struct remote *remote, struct error *err)
{
	return atomic_load(&remote->store.is_cancelled) &&
	       !error_set_reason(
		       err, ERROR_UNAVAILABLE, "cancelled", N_("the request was cancelled"), NULL);
}

/* Streams end, if only because a proxy thinks that they are old: once is no failure. */
static bool wait_for_news(struct waiting *waiting, int64_t end, struct error *err)
{
	struct remote *remote = waiting->remote;
	bool has_failed = false;
	while (!has_news(waiting) && clock_monotonic() < end) {
		bool ok =
			(!waiting->must_look || look_on(waiting, err)) &&
			(has_news(waiting) || remote->feed->events || open_stream(waiting, err)) &&
			(has_news(waiting) || follow(waiting, end, err));
		if (is_cancelled(remote, err) || (!ok && has_failed)) {
			return false;
		}
		has_failed = has_failed || !ok;
		waiting->must_look = waiting->must_look || !ok;
		if (waiting->must_look) {
			remote_feed_close(remote);
		}
	}
	return true;
}

bool remote_feed(struct store *store, const void *mem, int64_t since, int wait_ms,
	struct feed *feed, struct error *err)
{
	struct remote *remote = remote_of(store);
	struct remote_feed *own = feed_of(remote);
	struct waiting waiting = {.remote = remote, .mem = mem, .feed = feed};
	int64_t end = clock_monotonic() + wait_ms;
	if (since < 0) {
		return look(remote, mem, since, feed, err);
	}
	feed->revision = since;
	if (own->events && own->at != since) {
		remote_feed_close(remote);
	}
	bool ok = (own->events && wait_ms > 0) || look_on(&waiting, err);
	ok = ok && wait_for_news(&waiting, end, err);
	if (!ok) {
		remote_feed_close(remote);
		talloc_free(feed->items);
		*feed = (struct feed){0};
		return false;
	}
	feed->presence = own->presence;
	return true;
}
