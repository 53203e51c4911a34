#include "httpd/feeder.h"

#include "base/condition.h"
#include "base/mem.h"
#include "codec/desk_json.h"
#include "httpd/due.h"
#include "httpd/feed_state.h"
#include "httpd/metrics.h"

#include <string.h>

/* The thread of the feed: looks at the desk, makes events, wakes the readers they are for. */

enum {
	LOOK_MS = 50,
	BEAT_MS = 15000,
	PRESENCE_REST_MS = 2000, /* all that hear of it ask who is where */
	FEEDS = 2000,
	FEEDS_OF_ONE = 32,
	RING_EVENTS = 4096,
	RING_BYTES = 4 * 1024 * 1024,
};

/* --- making events --- */

char *feed_change_json(
	const void *mem, const struct feed_item *item, const struct directory *directory)
{
	void *scratch = mem_context(NULL);
	struct json *object = json_object(scratch);
	feed_item_add_json(object, item, directory);
	char *text = json_print(mem, object);
	talloc_free(scratch);
	return text;
}

char *feed_state_json(const void *mem, int64_t revision, int64_t presence)
{
	void *scratch = mem_context(NULL);
	struct json *object = json_object(scratch);
	json_add_int(object, "revision", revision);
	json_add_int(object, "presence", presence);
	char *text = json_print(mem, object);
	talloc_free(scratch);
	return text;
}

static struct feed_event *make_change(const struct feed_item *item, const struct audience *audience,
	const struct directory *directory)
{
	struct feed_event *event = feed_event_make(item->revision, true, 1);
	char *data = feed_change_json(event, item, directory);
	feed_event_set(event, 0, audience, "change", data);
	talloc_free(data);
	return event;
}

static struct feed_event *make_directory(const struct directory *directory, int64_t revision)
{
	struct feed_event *event = feed_event_make(revision, false, 1);
	char *data = mem_printf(event, "{\"revision\":%lld}", (long long)directory->revision);
	feed_event_set(event, 0, NULL, "directory", data);
	return event;
}

/* The same for everybody: where colleagues are that one may not see is veiled, not that they are.
 */
static struct feed_event *make_presence(int64_t revision, int64_t presence)
{
	struct feed_event *event = feed_event_make(revision, false, 1);
	char *data = feed_state_json(event, revision, presence);
	feed_event_set(event, 0, NULL, "presence", data);
	return event;
}

/* --- readers, with the lock --- */

const struct operator_ *feed_operator(const struct feed_reader *reader, bool *is_known)
{
	int64_t id = reader->request->identity.operator_id;
	const struct operator_ *found =
		id ? directory_operator(reader->feeder->directory, id) : NULL;
	*is_known = id == 0 || (found && found->enabled);
	return found;
}

int64_t feed_next_beat(const struct feeder *feeder)
{
	int ms = feeder->options->heartbeat_ms;
	return clock_monotonic() + (ms ? ms : BEAT_MS);
}

/* The heartbeat is. */
static bool is_due(const struct feed_reader *reader, int64_t now)
{
	return reader->must_reload || reader->is_over || reader->beat_at <= now;
}

static bool is_told(const struct feed_reader *reader)
{
	const struct feed_ring *ring = &reader->feeder->ring;
	bool is_known;
	const struct operator_ *operator_ = feed_operator(reader, &is_known);
	for (int64_t at = reader->place; at < ring->end; at++) {
		if (feed_event_for(feed_ring_at(ring, at), operator_, reader->feeder->directory)) {
			return true;
		}
	}
	return false;
}

/* A token that has expired meanwhile changed nothing, so there is no news of it. */
static bool is_over(const struct feed_reader *reader)
{
	struct error err;
	return reader->is_over || !gate_check(reader->feeder->gate, reader->feeder->store,
					  &reader->request->identity, &err);
}

/* A reader asleep has been given everything so far: what is not for it, it has passed. */
static void wake_readers(struct feeder *feeder)
{
	int64_t now = clock_monotonic();
	for (struct feed_reader *reader = feeder->readers; reader; reader = reader->next) {
		if (!reader->is_suspended) {
			continue;
		}
		reader->must_beat = reader->beat_at <= now;
		reader->is_over = reader->must_beat ? is_over(reader) : reader->is_over;
		bool has_lost = reader->place < feeder->ring.first;
		if (has_lost || is_due(reader, now) || is_told(reader)) {
			feed_reader_resume(reader);
		} else {
			reader->place = feeder->ring.end;
		}
	}
}

static bool has_same_sight(const struct operator_ *one, const struct operator_ *other)
{
	return one && other && one->role == other->role && one->team_count == other->team_count &&
	       memcmp(one->teams, other->teams, one->team_count * sizeof *one->teams) == 0;
}

/* What an operator sees depends on his role and his teams. */
static void use_directory(struct feeder *feeder, struct directory *directory)
{
	struct directory *before = feeder->directory;
	feeder->directory = talloc_steal(feeder, directory);
	for (struct feed_reader *reader = feeder->readers; reader; reader = reader->next) {
		bool is_known;
		const struct operator_ *now = feed_operator(reader, &is_known);
		reader->is_over = is_over(reader);
		if (now && !has_same_sight(directory_operator(before, now->id), now)) {
			reader->must_reload = true;
		}
	}
	talloc_free(before);
}

/* --- looking --- */

/* The newest directory when it is another one than that of the readers; else NULL. */
static bool look_at_directory(
	struct feeder *feeder, const void *mem, struct directory **directory, struct error *err)
{
	const struct directory *now;
	*directory = NULL;
	if (!store_directory(feeder->store, &now, err)) {
		return false;
	}
	return now->revision == feeder->directory->revision ||
	       store_directory_copy(feeder->store, mem, directory, err);
}

static void add_events(struct feeder *feeder, struct feed_event *const *events,
	const struct feed *feed, struct directory *directory)
{
	pthread_mutex_lock(&feeder->lock);
	if (directory) { /* first, for its names are in the changes */
		use_directory(feeder, directory);
		feed_ring_add(
			&feeder->ring, make_directory(feeder->directory, feeder->figures.revision));
	}
	for (size_t i = 0; i < feed->count; i++) {
		feed_ring_add(&feeder->ring, events[i]);
	}
	int64_t now = clock_monotonic();
	if (feed->presence != feeder->presence && now - feeder->presence_at >= PRESENCE_REST_MS) {
		feeder->presence = feed->presence;
		feeder->presence_at = now;
		feed_ring_add(&feeder->ring, make_presence(feed->revision, feed->presence));
	}
	feeder->figures.events += (int64_t)feed->count;
	feeder->figures.revision = feed->revision;
	feeder->figures.looked_at = now;
	wake_readers(feeder);
	if (feed->count > 0 && feeder->woken_us) {
		histogram_add(&feeder->metrics->feed_us, clock_monotonic_us() - feeder->woken_us);
		feeder->woken_us = 0;
	}
	pthread_mutex_unlock(&feeder->lock);
}

/* One page of the log; *more: there is another one. */
static bool look(struct feeder *feeder, bool *more, struct error *err)
{
	void *mem = mem_context(NULL);
	struct feed feed;
	struct audience *audiences;
	struct directory *directory;
	bool ok = store_feed(feeder->store, mem, feeder->figures.revision, 0, &feed, err) &&
		  store_audiences(feeder->store, mem, &feed, &audiences, err) &&
		  look_at_directory(feeder, mem, &directory, err);
	if (ok) {
		const struct directory *names = directory ? directory : feeder->directory;
		struct feed_event **events = mem_array(mem, struct feed_event *, feed.count + 1);
		for (size_t i = 0; i < feed.count; i++) {
			events[i] = make_change(&feed.items[i], &audiences[i], names);
		}
		add_events(feeder, events, &feed, directory);
		*more = feed.count > 0;
	}
	talloc_free(mem);
	return ok;
}

/* Nobody is told what happens meanwhile, so no text is made of it. */
static bool pass_over(struct feeder *feeder, struct error *err)
{
	void *mem = mem_context(NULL);
	struct feed feed;
	struct directory *directory;
	bool ok = store_feed(feeder->store, mem, -1, 0, &feed, err) &&
		  look_at_directory(feeder, mem, &directory, err);
	pthread_mutex_lock(&feeder->lock);
	if (ok && !feeder->readers) {
		if (directory) {
			use_directory(feeder, directory);
		}
		feed_ring_skip(&feeder->ring, feed.revision);
		feeder->figures.revision = feed.revision;
		feeder->figures.looked_at = clock_monotonic();
	}
	pthread_mutex_unlock(&feeder->lock);
	talloc_free(mem);
	return ok;
}

static bool has_readers(struct feeder *feeder)
{
	pthread_mutex_lock(&feeder->lock);
	bool has = feeder->readers != NULL;
	pthread_mutex_unlock(&feeder->lock);
	return has;
}

/* Told once, until it goes well again: it looks twenty times a second. */
static void tell_failure(struct feeder *feeder, const struct error *err)
{
	if (err && !feeder->has_failed) {
		char *sentence = error_sentence(NULL, err, NULL);
		log_line(feeder->options->log, "feed", "%s", sentence);
		talloc_free(sentence);
	}
	feeder->has_failed = err != NULL;
}

static void look_all(struct feeder *feeder)
{
	struct error err = {0};
	bool more = true;
	if (!has_readers(feeder)) {
		more = !pass_over(feeder, &err);
	} else {
		while (more && look(feeder, &more, &err)) {
		}
	}
	tell_failure(feeder, more ? &err : NULL);
}

/* --- the thread --- */

static void wait_for_news(struct feeder *feeder)
{
	int64_t until = clock_monotonic() + LOOK_MS;
	pthread_mutex_lock(&feeder->lock);
	while (!feeder->has_news && !feeder->is_stopping &&
		condition_wait(&feeder->news, &feeder->lock, until)) {
	}
	feeder->has_news = false;
	pthread_mutex_unlock(&feeder->lock);
}

static bool is_stopping(struct feeder *feeder)
{
	pthread_mutex_lock(&feeder->lock);
	bool is = feeder->is_stopping;
	pthread_mutex_unlock(&feeder->lock);
	return is;
}

static void *work(void *data)
{
	struct feeder *feeder = data;
	while (!is_stopping(feeder)) {
		look_all(feeder);
		due_look(feeder->due, feeder->store);
		wait_for_news(feeder);
	}
	return NULL;
}

void feeder_wake(struct feeder *feeder)
{
	if (!feeder) {
		return;
	}
	pthread_mutex_lock(&feeder->lock);
	if (!feeder->readers) {
		pthread_mutex_unlock(&feeder->lock);
		return;
	}
	feeder->has_news = true;
	feeder->woken_us = feeder->woken_us ? feeder->woken_us : clock_monotonic_us();
	pthread_cond_signal(&feeder->news);
	pthread_mutex_unlock(&feeder->lock);
}

/* --- begin and end --- */

/* Who lost the server for a moment reads what he missed from the log. */
static bool begin(struct feeder *feeder, struct error *err)
{
	const struct server_options *options = feeder->options;
	struct store_options how = {.clock = options->clock, .read_only = true};
	struct feed feed;
	if (!store_open(NULL, options->desk, options->drivers, options->driver_count, &how,
		    &feeder->store, err) ||
		!store_directory_copy(feeder->store, feeder, &feeder->directory, err) ||
		!store_feed(feeder->store, NULL, -1, 0, &feed, err)) {
		return false;
	}
	talloc_free(feed.items);
	size_t room = options->feed_backlog ? options->feed_backlog : RING_EVENTS;
	feed_ring_init(&feeder->ring, feeder, room, RING_BYTES, feed.revision);
	feeder->figures.revision = feed.revision;
	return true;
}

static void set_limits(struct feeder *feeder, const struct server_limits *limits)
{
	feeder->feeds = limits->feeds ? limits->feeds : FEEDS;
	feeder->feeds_of_one = limits->feeds_of_one ? limits->feeds_of_one : FEEDS_OF_ONE;
}

void feeder_set_limits(struct feeder *feeder, const struct server_limits *limits)
{
	pthread_mutex_lock(&feeder->lock);
	set_limits(feeder, limits);
	pthread_mutex_unlock(&feeder->lock);
}

bool feeder_start(const struct server_options *options, const struct feeder_parts *parts,
	struct feeder **feeder, struct error *err)
{
	struct feeder *made = mem_new(NULL, struct feeder);
	made->options = options;
	made->gate = parts->gate;
	made->metrics = parts->metrics;
	made->due = parts->due;
	set_limits(made, &options->limits);
	pthread_mutex_init(&made->lock, NULL);
	condition_init(&made->news);
	*feeder = NULL;
	if (!begin(made, err)) {
		store_close(made->store);
		pthread_cond_destroy(&made->news);
		pthread_mutex_destroy(&made->lock);
		talloc_free(made);
		return false;
	}
	mem_check(pthread_create(&made->thread, NULL, work, made) == 0 ? made : NULL);
	*feeder = made;
	return true;
}

void feeder_end(struct feeder *feeder)
{
	if (!feeder) {
		return;
	}
	pthread_mutex_lock(&feeder->lock);
	feeder->is_ending = true;
	for (struct feed_reader *reader = feeder->readers; reader; reader = reader->next) {
		if (reader->is_suspended) {
			feed_reader_resume(reader);
		}
	}
	pthread_mutex_unlock(&feeder->lock);
}

void feeder_stop(struct feeder *feeder)
{
	if (!feeder) {
		return;
	}
	pthread_mutex_lock(&feeder->lock);
	feeder->is_stopping = true;
	pthread_cond_signal(&feeder->news);
	pthread_mutex_unlock(&feeder->lock);
	pthread_join(feeder->thread, NULL);
	store_close(feeder->store);
	pthread_cond_destroy(&feeder->news);
	pthread_mutex_destroy(&feeder->lock);
	talloc_free(feeder);
}

/* --- figures --- */

void feed_figures(struct feeder *feeder, struct feed_figures *figures)
{
	pthread_mutex_lock(&feeder->lock);
	*figures = feeder->figures;
	pthread_mutex_unlock(&feeder->lock);
}
