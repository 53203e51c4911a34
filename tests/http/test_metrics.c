#include "hearer.h"

#include "base/mem.h"
#include "test.h"

#include <stdlib.h>
#include <string.h>

/* The figures of the server: in the format that Prometheus reads, and true. */

static const char *text_of(struct service *s)
{
	struct reply reply = service_must(s, NULL, "GET", "/metrics", NULL, 200);
	assert_string_equal(reply_header(s, &reply, "Content-Type"),
		"text/plain; version=0.0.4; charset=utf-8");
	return reply.body;
}

/* The value of a sample with exactly these labels; -1 without one. */
static double value_of(struct service *s, const char *sample)
{
	size_t size = strlen(sample);
	for (const char *line = text_of(s); line; line = strchr(line, '\n')) {
		line += *line == '\n';
		if (strncmp(line, sample, size) == 0 && line[size] == ' ') {
			return strtod(line + size, NULL);
		}
	}
	return -1;
}

/* --- the format --- */

struct metric {
	char *name, *type;
	double last; /* of a histogram: the bucket before */
	bool has_end;
};

static size_t word(const char *text)
{
	return strspn(text, "abcdefghijklmnopqrstuvwxyz_0123456789:");
}

static void read_comment(struct service *s, const char *line, struct metric *metric)
{
	bool is_help = strncmp(line, "# HELP ", 7) == 0;
	assert_true(is_help || strncmp(line, "# TYPE ", 7) == 0);
	char *name = mem_strndup(s, line + 7, word(line + 7));
	const char *rest = line + 7 + strlen(name);
	assert_true(*name && *rest == ' ');
	if (is_help) {
		*metric = (struct metric){.name = name};
		return;
	}
	assert_string_equal(name, metric->name); /* HELP comes first, for the same name */
	assert_null(metric->type);
	metric->type = mem_strdup(s, rest + 1);
	assert_true(strcmp(metric->type, "counter") == 0 || strcmp(metric->type, "gauge") == 0 ||
		    strcmp(metric->type, "histogram") == 0);
}

/* name="value",…: where they end. */
static const char *skip_labels(const char *at)
{
	while (*at != '}') {
		at += word(at);
		assert_int_equal(strncmp(at, "=\"", 2), 0);
		at = strchr(at + 2, '"') + 1;
		assert_true(*at == ',' || *at == '}');
		at += *at == ',';
	}
	return at + 1;
}

static void read_bucket(const char *line, double value, struct metric *metric)
{
	bool is_first = strstr(line, "le=\"0.00025\"") || strstr(line, "le=\"1\"");
	assert_true(is_first || value >= metric->last);
	metric->last = value;
	metric->has_end = strstr(line, "le=\"+Inf\"") != NULL;
}

static void read_sample(struct service *s, const char *line, struct metric *metric)
{
	assert_non_null(metric->type);
	char *name = mem_strndup(s, line, word(line));
	bool is_histogram = strcmp(metric->type, "histogram") == 0;
	assert_int_equal(strncmp(name, metric->name, strlen(metric->name)), 0);
	const char *suffix = name + strlen(metric->name);
	const char *at = line + strlen(name);
	at = *at == '{' ? skip_labels(at + 1) : at;
	assert_int_equal(*at, ' ');
	char *end;
	double value = strtod(at + 1, &end);
	assert_true(end > at + 1 && *end == '\0');
	if (!is_histogram) {
		assert_string_equal(suffix, "");
	} else if (strcmp(suffix, "_bucket") == 0) {
		read_bucket(line, value, metric);
	} else if (strcmp(suffix, "_count") == 0) {
		assert_true(metric->has_end && value == metric->last);
	} else {
		assert_string_equal(suffix, "_sum");
	}
}

static void it_is_what_prometheus_reads(void **state)
{
	struct service *s = *state;
	struct metric metric = {0};
	service_must(s, "ana", "GET", "/v1/tickets", NULL, 200);
	service_must(s, "ana", "GET", "/nowhere", NULL, 404);
	service_must(s, "ana", "POST", "/v1/changes", "[{\"kind\":\"pause\",\"text\":\"x\"}]", 200);
	const char *text = text_of(s);
	assert_int_equal(text[strlen(text) - 1], '\n');
	for (const char *at = text; *at; at = strchr(at, '\n') + 1) {
		char *line = mem_strndup(s, at, strcspn(at, "\n"));
		if (*line == '#') {
			read_comment(s, line, &metric);
		} else {
			read_sample(s, line, &metric);
		}
	}
}

/* --- what it says --- */

static const char tickets[] = "{method=\"GET\",route=\"/v1/tickets\",status=\"200\"}";

static void requests_are_counted_by_route_and_status(void **state)
{
	struct service *s = *state;
	char *total = mem_printf(s, "atende_http_requests_total%s", tickets);
	for (int i = 0; i < 3; i++) {
		service_must(s, "ana", "GET", "/v1/tickets?limit=1", NULL, 200);
	}
	service_must(s, "ana", "GET", "/v1/tickets?limit=x", NULL, 400);
	while (value_of(s, total) < 3) { /* counted when the answer has gone */
	}
	assert_true(value_of(s, total) == 3);
	assert_true(value_of(s, "atende_http_request_seconds_count{method=\"GET\","
				"route=\"/v1/tickets\"}") >= 3);
}

static void commits_and_tickets_are_counted(void **state)
{
	struct service *s = *state;
	assert_true(value_of(s, "atende_tickets{state=\"open\"}") == 0);
	int64_t number = fixture_ticket(s->f, "joao@exemplo.com", "entrega");
	char *body = mem_printf(s, "[{\"kind\":\"claim\",\"ticket\":%lld}]", (long long)number);
	service_must(s, "ana", "POST", "/v1/changes", body, 200);
	assert_true(value_of(s, "atende_batch_changes_count") == 1);
	assert_true(value_of(s, "atende_batch_changes_sum") == 1);
	assert_true(value_of(s, "atende_commit_seconds_sum") > 0);
	assert_true(value_of(s, "atende_tickets{state=\"open\"}") == 1);
	assert_true(value_of(s, "atende_claims") == 1);
	assert_true(value_of(s, "atende_tickets_free") == 0);
}

static void readers_of_the_feed_are_counted(void **state)
{
	struct service *s = *state;
	struct hearer *hearer = hearer_open(s, "ana", "", "");
	hearer_must(hearer, "heartbeat");
	assert_true(value_of(s, "atende_feed_readers") == 1);
	double events = value_of(s, "atende_feed_events_total");
	int64_t number = fixture_ticket(s->f, "joao@exemplo.com", "entrega");
	char *body = mem_printf(s, "[{\"kind\":\"claim\",\"ticket\":%lld}]", (long long)number);
	service_must(s, "ana", "POST", "/v1/changes", body, 200);
	hearer_change(hearer);
	hearer_change(hearer);
	assert_true(value_of(s, "atende_feed_events_total") >= events + 2);
	assert_true(value_of(s, "atende_feed_lag_seconds_count") >= 1);
	assert_true(value_of(s, "process_resident_memory_bytes") > 1e6);
}

static void it_is_for_those_who_run_the_server(void **state)
{
	struct service *s = *state;
	struct reply reply = service_ask(s, "ana", "GET", "/metrics", NULL);
	reply_is_problem(&reply, 403, "role");
	service_must(s, "davi", "GET", "/metrics", NULL, 200);
	service_must(s, NULL, "GET", "/metrics", NULL, 200);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		with_service(it_is_what_prometheus_reads),
		with_service(requests_are_counted_by_route_and_status),
		with_service(commits_and_tickets_are_counted),
		with_service(readers_of_the_feed_are_counted),
		with_service(it_is_for_those_who_run_the_server),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
