#ifndef ATENDE_HTTPD_METRICS_H
#define ATENDE_HTTPD_METRICS_H

#include "httpd/request.h"

#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>

/*
 * What the server counts about itself, for Prometheus (text format 0.0.4,
 * https://prometheus.io/docs/instrumenting/exposition_formats/). Counting is a few relaxed atomic
 * additions; any thread.
 */

enum { HISTOGRAM_BOUNDS = 12, METRIC_STATUSES = 24 };

/* Those that are counted apart; 0 at the end stands for others. */
extern const int metric_statuses[METRIC_STATUSES];

/* How many values there were up to each bound. */
struct histogram {
	const int64_t *bounds; /* HISTOGRAM_BOUNDS of them, growing */
	atomic_int_fast64_t counts[HISTOGRAM_BOUNDS + 1];
	atomic_int_fast64_t sum;
};
void histogram_add(struct histogram *histogram, int64_t value);

/* Of one route, or (the last) of what has none. */
struct route_metrics {
	atomic_int_fast64_t
		statuses[METRIC_STATUSES]; /* as metric_statuses has them; then others */
	struct histogram us;
};

struct metrics {
	int64_t began_at;	      /* of the clock */
	struct route_metrics *routes; /* route_count + 1 */
	struct histogram batch;	      /* changes that were committed together */
	struct histogram commit_us;
	struct histogram feed_us; /* from a commit until its readers were woken */
	atomic_int_fast64_t backups, backups_failed, backup_at;
};

struct metrics *metrics_create(int64_t now);
void metrics_destroy(struct metrics *metrics); /* NULL is fine */

/* An answer was sent (status 0: the client left before); us < 0: how long it took tells nothing. */
void metrics_count(struct metrics *metrics, const struct route *route, int status, int64_t us);

/* All of it, on the request; counts of tickets are those of the desk. */
bool metrics_text(struct request *request, char **text, struct error *err);

#endif
