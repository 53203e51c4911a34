#ifndef ATENDE_HTTPD_FEED_STATE_H
#define ATENDE_HTTPD_FEED_STATE_H

#include "httpd/feed_ring.h"
#include "httpd/feeder.h"

#include <pthread.h>

/* The inside of the feed: what its thread and the readers' connections share. Nobody else includes
 * this. */

struct feed_reader {
	struct feed_reader *next, **back; /* among the feeder's; back NULL: not there */
	struct feeder *feeder;
	struct request *request;
	int64_t place;	     /* of the next event for it, unless it is catching up */
	int64_t told;	     /* changes up to this revision were looked at for it */
	bool is_catching_up; /* reads the log itself until it is where the events begin */
	bool is_suspended;   /* has been given everything up to the newest event */
	bool must_reload, must_beat, is_over;
	int64_t beat_at; /* monotonic ms */
	char *rest;	 /* what did not fit into the connection's buffer yet; or NULL */
	size_t rest_at, rest_size;
};

struct feeder {
	const struct server_options *options;
	struct gate *gate;
	struct metrics *metrics;
	struct due *due;
	struct store *store; /* the thread's */
	pthread_t thread;
	bool has_failed;      /* when it looked last */
	pthread_mutex_t lock; /* of all the rest */
	pthread_cond_t news;
	bool has_news, is_ending, is_stopping;
	int64_t woken_us; /* monotonic: the first news that were not looked at yet; 0: none */
	struct directory *directory; /* as the events were made with */
	int64_t presence;	     /* who was where when it was told last: presence_stamp */
	int64_t presence_at;	     /* monotonic ms: when it was */
	struct feed_ring ring;
	struct feed_reader *readers;
	struct feed_figures figures;
	int feeds, feeds_of_one; /* at most */
};

/* --- with the lock --- */

/* The reader's operator as he is now; *is_known false: there is no such any more. */
const struct operator_ *feed_operator(const struct feed_reader *reader, bool *is_known);
void feed_reader_resume(struct feed_reader *reader);
int64_t feed_next_beat(const struct feeder *feeder);

/* {"revision","presence"}: what heartbeats and the like tell; on mem. */
char *feed_state_json(const void *mem, int64_t revision, int64_t presence);

/* The text of a change; on mem. */
char *feed_change_json(
	const void *mem, const struct feed_item *item, const struct directory *directory);

#endif
