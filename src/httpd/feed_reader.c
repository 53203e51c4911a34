#include "httpd/feeder.h"

#include "base/mem.h"
#include "httpd/connection.h"
#include "httpd/feed_state.h"
#include "httpd/server_state.h"

#include <string.h>

/* A reader of the feed, as its connection sees it: the library asks for bytes when it can send. */

enum { PAGE = 200 };

/* --- what there is to send --- */

/* A place in the connection's buffer. What does not fit waits in reader->rest. */
struct out {
	struct feed_reader *reader;
	char *bytes;
	size_t size, room;
};

static bool has_room(const struct out *out)
{
	return out->size < out->room && !out->reader->rest;
}

static void put(struct out *out, const char *text, size_t size)
{
	struct feed_reader *reader = out->reader;
	size_t left = out->room - out->size, fits = size < left ? size : left;
	memcpy(out->bytes + out->size, text, fits);
	out->size += fits;
	if (fits < size) {
		reader->rest = mem_dup(reader, text + fits, size - fits);
		reader->rest_size = size - fits;
		reader->rest_at = 0;
	}
}

static void put_rest(struct out *out)
{
	struct feed_reader *reader = out->reader;
	size_t left = reader->rest_size - reader->rest_at;
	size_t fits = left < out->room ? left : out->room;
	memcpy(out->bytes, reader->rest + reader->rest_at, fits);
	out->size = fits;
	reader->rest_at += fits;
	if (reader->rest_at == reader->rest_size) {
		talloc_free(reader->rest);
		reader->rest = NULL;
	}
}

/* With the newest revision as its id: whoever is told nothing for long does not fall behind. */
static void put_revision(struct out *out, const char *name)
{
	struct feed_reader *reader = out->reader;
	int64_t newest = reader->feeder->figures.revision;
	reader->told = newest > reader->told ? newest : reader->told;
	char *data = feed_state_json(reader, reader->told, reader->feeder->presence);
	char *text = mem_printf(
		reader, "id: %lld\nevent: %s\ndata: %s\n\n", (long long)reader->told, name, data);
	talloc_free(data);
	put(out, text, strlen(text));
	talloc_free(text);
}

/* --- what is kept for all, with the lock --- */

static void put_reload(struct out *out)
{
	struct feed_reader *reader = out->reader;
	reader->place = reader->feeder->ring.end;
	reader->must_reload = false;
	reader->must_beat = false;
	reader->feeder->figures.reloads++;
	put_revision(out, "reload");
}

static void put_event(struct out *out, const struct feed_event *event)
{
	struct feed_reader *reader = out->reader;
	bool is_known;
	const struct operator_ *operator_ = feed_operator(reader, &is_known);
	const struct feed_bytes *part = feed_event_for(event, operator_, reader->feeder->directory);
	if (event->is_change && event->revision <= reader->told) {
		return; /* read from the log before it was told */
	}
	if (part && is_known) {
		put(out, part->text, part->size);
	}
	if (event->is_change) {
		reader->told = event->revision;
	}
}

static void put_events(struct out *out)
{
	struct feed_reader *reader = out->reader;
	const struct feed_ring *ring = &reader->feeder->ring;
	if (reader->must_reload || reader->place < ring->first) {
		put_reload(out);
	}
	while (reader->place < ring->end && has_room(out)) {
		put_event(out, feed_ring_at(ring, reader->place++));
	}
	if (reader->place == ring->end && reader->must_beat && has_room(out)) {
		reader->must_beat = false;
		put_revision(out, "heartbeat");
	}
	if (out->size > 0) {
		reader->beat_at = feed_next_beat(reader->feeder);
	}
}

/* --- what was before, from the log, without the lock --- */

static char *join_page(
	struct feed_reader *reader, const struct feed *feed, const struct directory *directory)
{
	char *text = mem_strdup(reader, "");
	for (size_t i = 0; i < feed->count; i++) {
		char *data = feed_change_json(reader, &feed->items[i], directory);
		text = mem_check(
			talloc_asprintf_append_buffer(text, "id: %lld\nevent: change\ndata: %s\n\n",
				(long long)feed->items[i].revision, data));
		talloc_free(data);
	}
	return text;
}

static bool read_page(struct feed_reader *reader, struct error *err)
{
	struct request *request = reader->request;
	struct feed feed;
	if (!request_take_store(request, request->identity.operator_id, err) ||
		!store_log(request->store, reader, 0, reader->told, PAGE, &feed, err)) {
		return false;
	}
	reader->told = feed.revision;
	if (feed.count > 0 && request_directory(request, err)) {
		reader->rest = join_page(reader, &feed, request->directory);
		reader->rest_size = strlen(reader->rest);
		reader->rest_at = 0;
	}
	talloc_free(feed.items);
	return true;
}

/* Reads on until there is something to send, or until the events that are kept go on from there. */
static void catch_up(struct feed_reader *reader)
{
	struct feeder *feeder = reader->feeder;
	while (reader->is_catching_up && !reader->rest) {
		struct error err;
		if (!read_page(reader, &err)) {
			reader->is_over = true; /* the client comes again */
			reader->is_catching_up = false;
			return;
		}
		pthread_mutex_lock(&feeder->lock);
		if (reader->told >= feeder->ring.base) {
			reader->is_catching_up = false;
			reader->place = feed_ring_find(&feeder->ring, reader->told);
		}
		pthread_mutex_unlock(&feeder->lock);
	}
}

/* --- what the library asks --- */

static ssize_t give(struct out *out)
{
	struct feed_reader *reader = out->reader;
	if (reader->is_over && reader->must_reload) {
		put_reload(out); /* before it comes again as somebody else */
	} else if (!reader->is_catching_up && !reader->is_over) {
		put_events(out);
	}
	if (out->size > 0) {
		return (ssize_t)out->size;
	}
	if (reader->is_over || reader->feeder->is_ending) {
		return MHD_CONTENT_READER_END_OF_STREAM;
	}
	/* Before anybody else can see that it sleeps, for who sees it wakes it. */
	MHD_suspend_connection(reader->request->connection);
	reader->is_suspended = true;
	return 0;
}

static ssize_t read_feed(void *data, uint64_t position, char *buffer, size_t room)
{
	(void)position;
	struct feed_reader *reader = data;
	struct out out = {.reader = reader, .bytes = buffer, .room = room};
	if (!reader->rest) {
		catch_up(reader);
	}
	if (reader->rest) {
		put_rest(&out);
		return (ssize_t)out.size;
	}
	pthread_mutex_lock(&reader->feeder->lock);
	ssize_t size = give(&out);
	pthread_mutex_unlock(&reader->feeder->lock);
	return size;
}

void feed_reader_resume(struct feed_reader *reader)
{
	reader->is_suspended = false;
	connection_resume(reader->request);
}

/* --- coming and going --- */

static int leave(struct feed_reader *reader)
{
	struct feeder *feeder = reader->feeder;
	pthread_mutex_lock(&feeder->lock);
	*reader->back = reader->next;
	if (reader->next) {
		reader->next->back = reader->back;
	}
	feeder->figures.readers--;
	pthread_mutex_unlock(&feeder->lock);
	return 0;
}

static void join(struct feeder *feeder, struct feed_reader *reader)
{
	reader->next = feeder->readers;
	reader->back = &feeder->readers;
	if (reader->next) {
		reader->next->back = &reader->next;
	}
	feeder->readers = reader;
	feeder->figures.readers++;
	talloc_set_destructor(reader, leave);
}

static bool is_same(const struct identity *one, const struct identity *other)
{
	return one->operator_id == other->operator_id;
}

static bool has_place_left(
	const struct feeder *feeder, const struct identity *identity, struct error *err)
{
	int most = feeder->feeds_of_one;
	for (const struct feed_reader *at = feeder->readers; at && most > 0; at = at->next) {
		most -= is_same(&at->request->identity, identity);
	}
	if (feeder->figures.readers >= feeder->feeds) {
		return error_set_reason(err, ERROR_UNAVAILABLE, "too_many_feeds",
			N_("as many feeds are open as the server takes; try again later"), NULL);
	}
	return most > 0 || identity->is_trusted ||
	       error_set_reason(err, ERROR_UNAVAILABLE, "too_many_feeds_of_one",
		       N_("{0} has as many feeds open as anyone may; close one first"),
		       identity->login, NULL);
}

/* Where it begins. What lies before the events that are kept it reads itself, unless that is too
 * much; a revision that is yet to come is of another desk, or of a copy that was put back. */
static void find_place(struct feed_reader *reader, int64_t since, int64_t newest)
{
	struct feeder *feeder = reader->feeder;
	enum { FAR = 10000 };
	reader->must_reload = since > newest || (since >= 0 && newest - since > FAR);
	reader->told = since < 0 || reader->must_reload ? newest : since;
	reader->place = feeder->ring.end;
	reader->is_catching_up = !reader->must_reload && reader->told < feeder->ring.base;
	if (!reader->must_reload && !reader->is_catching_up) {
		reader->place = feed_ring_find(&feeder->ring, reader->told);
	}
}

static void answer(struct request *request, struct feed_reader *reader)
{
	request->response.status = 200;
	request->response.media_type = "text/event-stream";
	request->response.stream = read_feed;
	request->response.stream_data = reader;
}

bool feed_open(struct feeder *feeder, struct request *request, int64_t since, struct error *err)
{
	static const char retry[] = "retry: 2000\n\n";
	struct feed newest;
	if (!store_feed(request->store, request, -1, 0, &newest, err)) {
		return false;
	}
	struct feed_reader *reader = mem_new(request, struct feed_reader);
	reader->feeder = feeder;
	reader->request = request;
	reader->must_beat = true; /* tells at once where it stands */
	reader->rest = mem_dup(reader, retry, sizeof retry - 1);
	reader->rest_size = sizeof retry - 1;
	pthread_mutex_lock(&feeder->lock);
	bool ok = has_place_left(feeder, &request->identity, err);
	if (ok) {
		find_place(reader, since, newest.revision);
		reader->beat_at = feed_next_beat(feeder);
		join(feeder, reader);
		feeder->has_news = true; /* of what nobody read so far */
		pthread_cond_signal(&feeder->news);
	}
	pthread_mutex_unlock(&feeder->lock);
	if (ok) {
		answer(request, reader);
	}
	return ok;
}
