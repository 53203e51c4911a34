#include "httpd/metrics.h"

#include "base/mem.h"
#include "httpd/route.h"

/* Counting. What is printed of it is in metrics_text.c. */

static const int64_t latencies_us[HISTOGRAM_BOUNDS] = {
	250, 500, 1000, 2500, 5000, 10000, 25000, 50000, 100000, 250000, 1000000, 5000000};
static const int64_t batch_sizes[HISTOGRAM_BOUNDS] = {
	1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048};

const int metric_statuses[METRIC_STATUSES] = {200, 201, 204, 206, 304, 400, 401, 403, 404, 405, 406,
	409, 411, 412, 413, 414, 415, 417, 429, 431, 500, 501, 503};

static size_t place_of(int status)
{
	size_t at = 0;
	while (at < METRIC_STATUSES - 1 && metric_statuses[at] != status) {
		at++;
	}
	return at;
}

static void add(atomic_int_fast64_t *counter, int64_t value)
{
	atomic_fetch_add_explicit(counter, value, memory_order_relaxed);
}

void histogram_add(struct histogram *histogram, int64_t value)
{
	size_t at = 0;
	while (at < HISTOGRAM_BOUNDS && value > histogram->bounds[at]) {
		at++;
	}
	add(&histogram->counts[at], 1);
	add(&histogram->sum, value);
}

struct metrics *metrics_create(int64_t now)
{
	struct metrics *metrics = mem_new(NULL, struct metrics);
	metrics->began_at = now;
	metrics->routes = mem_array(metrics, struct route_metrics, route_count + 1);
	for (size_t i = 0; i <= route_count; i++) {
		metrics->routes[i].us.bounds = latencies_us;
	}
	metrics->batch.bounds = batch_sizes;
	metrics->commit_us.bounds = latencies_us;
	metrics->feed_us.bounds = latencies_us;
	return metrics;
}

void metrics_destroy(struct metrics *metrics)
{
	talloc_free(metrics);
}

void metrics_count(struct metrics *metrics, const struct route *route, int status, int64_t us)
{
	size_t at = route ? (size_t)(route - routes) : route_count;
	add(&metrics->routes[at].statuses[place_of(status)], 1);
	if (us >= 0) {
		histogram_add(&metrics->routes[at].us, us);
	}
}
