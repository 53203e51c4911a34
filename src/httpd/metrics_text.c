#include "httpd/metrics.h"

#include "base/mem.h"
#include "base/os.h"
#include "httpd/connection.h"
#include "httpd/feeder.h"
#include "httpd/route.h"
#include "httpd/server_state.h"

#include <sys/resource.h>

/* What is counted, as text: a table of metrics, and how each gets its lines. */

struct page {
	struct request *request;
	struct server *server;
	const struct metrics *metrics;
	struct counts counts;
	struct feed_figures feed;
	char *text;
};

/* --- lines --- */

static void add_sample(struct page *page, const char *name, const char *labels, double value)
{
	page->text = mem_check(
		talloc_asprintf_append_buffer(page->text, "%s%s %.15g\n", name, labels, value));
}

/* `scale` makes seconds of microseconds. */
static void add_histogram(struct page *page, const char *name, const char *label,
	const struct histogram *histogram, double scale)
{
	int64_t count = 0;
	const char *comma = *label ? "," : "";
	for (size_t i = 0; i <= HISTOGRAM_BOUNDS; i++) {
		count += histogram->counts[i];
		char *bound = i < HISTOGRAM_BOUNDS ? mem_printf(page->request, "%.15g",
							     (double)histogram->bounds[i] * scale)
						   : mem_strdup(page->request, "+Inf");
		char *labels = mem_printf(bound, "_bucket{%s%sle=\"%s\"}", label, comma, bound);
		add_sample(page, name, labels, (double)count);
		talloc_free(bound);
	}
	char *labels =
		*label ? mem_printf(page->request, "{%s}", label) : mem_strdup(page->request, "");
	add_sample(
		page, name, mem_printf(labels, "_sum%s", labels), (double)histogram->sum * scale);
	add_sample(page, name, mem_printf(labels, "_count%s", labels), (double)count);
	talloc_free(labels);
}

/* --- requests --- */

static char *route_label(const struct page *page, size_t at)
{
	return at < route_count ? mem_printf(page->request, "method=\"%s\",route=\"%s\"",
					  routes[at].method, routes[at].path)
				: mem_strdup(page->request, "method=\"\",route=\"\"");
}

static void print_requests(struct page *page, const char *name)
{
	for (size_t at = 0; at <= route_count; at++) {
		for (size_t i = 0; i < METRIC_STATUSES; i++) {
			int64_t count = page->metrics->routes[at].statuses[i];
			if (count > 0) {
				char *labels = mem_printf(page->request, "{%s,status=\"%d\"}",
					route_label(page, at), metric_statuses[i]);
				add_sample(page, name, labels, (double)count);
			}
		}
	}
}

static void print_latencies(struct page *page, const char *name)
{
	for (size_t at = 0; at <= route_count; at++) {
		const struct histogram *us = &page->metrics->routes[at].us;
		int64_t count = 0;
		for (size_t i = 0; i <= HISTOGRAM_BOUNDS; i++) {
			count += us->counts[i];
		}
		if (count > 0) {
			add_histogram(page, name, route_label(page, at), us, 1e-6);
		}
	}
}

static void print_open(struct page *page, const char *name)
{
	add_sample(page, name, "", page->server->open);
}

static void print_connections(struct page *page, const char *name)
{
	for (size_t i = 0; i < page->server->port_count; i++) {
		char *labels = mem_printf(page->request, "{listener=\"%zu\"}", i);
		add_sample(page, name, labels, port_connections(&page->server->ports[i]));
	}
}

/* --- changes --- */

static void print_batches(struct page *page, const char *name)
{
	add_histogram(page, name, "", &page->metrics->batch, 1);
}

static void print_commits(struct page *page, const char *name)
{
	add_histogram(page, name, "", &page->metrics->commit_us, 1e-6);
}

static void print_queue(struct page *page, const char *name)
{
	add_sample(page, name, "", (double)writer_waiting(page->server->writer));
}

/* --- the feed --- */

static void print_lag(struct page *page, const char *name)
{
	add_histogram(page, name, "", &page->metrics->feed_us, 1e-6);
}

static void print_readers(struct page *page, const char *name)
{
	add_sample(page, name, "", (double)page->feed.readers);
}

static void print_events(struct page *page, const char *name)
{
	add_sample(page, name, "", (double)page->feed.events);
}

static void print_reloads(struct page *page, const char *name)
{
	add_sample(page, name, "", (double)page->feed.reloads);
}

static void print_revision(struct page *page, const char *name)
{
	add_sample(page, name, "", (double)page->feed.revision);
}

/* --- the desk --- */

static void print_tickets(struct page *page, const char *name)
{
	add_sample(page, name, "{state=\"open\"}", (double)page->counts.open);
	add_sample(page, name, "{state=\"waiting\"}", (double)page->counts.waiting);
	add_sample(page, name, "{state=\"snoozed\"}", (double)page->counts.snoozed);
}

static void print_free(struct page *page, const char *name)
{
	add_sample(page, name, "", (double)page->counts.free);
}

static void print_claims(struct page *page, const char *name)
{
	add_sample(page, name, "", (double)(page->counts.open - page->counts.free));
}

static void print_overdue(struct page *page, const char *name)
{
	add_sample(page, name, "", (double)page->counts.overdue);
}

/* --- backups --- */

static void print_backups(struct page *page, const char *name)
{
	add_sample(page, name, "{result=\"ok\"}", (double)page->metrics->backups);
	add_sample(page, name, "{result=\"failed\"}", (double)page->metrics->backups_failed);
}

static void print_backup_at(struct page *page, const char *name)
{
	add_sample(page, name, "", (double)page->metrics->backup_at / MS_SECOND);
}

/* --- the process --- */

static void print_start(struct page *page, const char *name)
{
	add_sample(page, name, "", (double)page->metrics->began_at / MS_SECOND);
}

static void print_memory(struct page *page, const char *name)
{
	add_sample(page, name, "", (double)os_resident_bytes());
}

static void print_cpu(struct page *page, const char *name)
{
	struct rusage used;
	getrusage(RUSAGE_SELF, &used);
	add_sample(page, name, "",
		(double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
			(double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec) * 1e-6);
}

/* --- all --- */

static const struct {
	const char *name, *type, *help;
	void (*print)(struct page *page, const char *name);
} infos[] = {
	{"atende_http_requests_total", "counter", "Requests that were answered.", print_requests},
	{"atende_http_request_seconds", "histogram",
		"Time from the first byte of a request to the last of its answer.",
		print_latencies},
	{"atende_http_requests_open", "gauge", "Requests that are not answered yet.", print_open},
	{"atende_http_connections", "gauge", "Connections, by listener.", print_connections},
	{"atende_batch_changes", "histogram", "Changes that were committed together.",
		print_batches},
	{"atende_commit_seconds", "histogram", "Time to apply a batch and to commit it.",
		print_commits},
	{"atende_writer_waiting", "gauge", "Requests that wait for the writer.", print_queue},
	{"atende_feed_lag_seconds", "histogram",
		"Time from a commit until the readers of the feed were woken.", print_lag},
	{"atende_feed_readers", "gauge", "Open feeds.", print_readers},
	{"atende_feed_events_total", "counter", "Events that were made.", print_events},
	{"atende_feed_reloads_total", "counter",
		"Readers that fell behind and were told to read anew.", print_reloads},
	{"atende_revision", "gauge", "The newest revision that was told.", print_revision},
	{"atende_tickets", "gauge", "Tickets, by state.", print_tickets},
	{"atende_tickets_free", "gauge", "Open tickets that nobody holds.", print_free},
	{"atende_tickets_overdue", "gauge", "Open tickets past their time.", print_overdue},
	{"atende_claims", "gauge", "Open tickets that somebody holds.", print_claims},
	{"atende_backups_total", "counter", "Backups on schedule.", print_backups},
	{"atende_backup_timestamp_seconds", "gauge", "When the newest backup was made; 0: none.",
		print_backup_at},
	{"process_start_time_seconds", "gauge", "When the server was started.", print_start},
	{"process_resident_memory_bytes", "gauge", "Memory that the server has.", print_memory},
	{"process_cpu_seconds_total", "counter", "Processor time that it used.", print_cpu},
};

bool metrics_text(struct request *request, char **text, struct error *err)
{
	struct page page = {.request = request,
		.server = request->server,
		.metrics = request->server->metrics,
		.text = mem_strdup(request, "")};
	if (!store_counts(request->store, &page.counts, err)) {
		return false;
	}
	feed_figures(page.server->feeder, &page.feed);
	for (size_t i = 0; i < ARRAY_LEN(infos); i++) {
		page.text = mem_check(
			talloc_asprintf_append_buffer(page.text, "# HELP %s %s\n# TYPE %s %s\n",
				infos[i].name, infos[i].help, infos[i].name, infos[i].type));
		infos[i].print(&page, infos[i].name);
	}
	*text = page.text;
	return true;
}
