#include "net/events.h"

#include "base/clock.h"
#include "base/mem.h"
#include "net/transfer.h"

#include <string.h>
#include <strings.h>

enum { MAX_BYTES = 1 << 20 };

struct events {
	struct event_parser *parser;
	struct transfer *transfer;
	struct http_request request;
	const char **headers;
	bool is_done;	   /* the server has ended it */
	struct error lost; /* why, once it is; what came before is handed out first */
};

static bool take(void *data, const char *bytes, size_t size, struct error *err)
{
	struct events *events = data;
	return event_parser_give(events->parser, bytes, size, err);
}

static void set_headers(struct events *events, const struct events_options *options)
{
	size_t count = 0;
	while (options->headers && options->headers[count]) {
		count++;
	}
	events->headers = mem_array(events, const char *, count + 3);
	for (size_t i = 0; i < count; i++) {
		events->headers[i] = mem_strdup(events, options->headers[i]);
	}
	events->headers[count++] = "Accept: text/event-stream";
	if (options->last_id && *options->last_id) {
		events->headers[count] = mem_printf(events, "Last-Event-ID: %s", options->last_id);
	}
}

static struct events *create(const struct events_options *options)
{
	struct events *events = mem_new(NULL, struct events);
	events->parser =
		event_parser_create(events, options->max_bytes ? options->max_bytes : MAX_BYTES);
	set_headers(events, options);
	events->request = (struct http_request){
		.method = "GET",
		.path = mem_strdup(events, options->path),
		.headers = events->headers,
		.take = take,
		.take_data = events,
		.total_ms = -1,
		.stall_ms = options->silence_ms,
	};
	return events;
}

static bool is_stream(const struct http_answer *answer)
{
	static const char wanted[] = "text/event-stream";
	const char *type = http_header_of(answer, "Content-Type");
	return answer->status == 200 && type && strncasecmp(type, wanted, sizeof wanted - 1) == 0;
}

static void go_on(struct events *events, int wait_ms)
{
	if (transfer_step(events->transfer, wait_ms, &events->is_done, &events->lost) &&
		events->is_done) {
		error_set_reason(&events->lost, ERROR_UNAVAILABLE, "unreachable",
			N_("the server has ended the feed; try again"), NULL);
	}
}

static bool fail(const struct events *events, struct error *err)
{
	if (err) {
		*err = events->lost;
	}
	return false;
}

/* Until it is known to be a stream, or, when it is refused, until the whole answer is there. */
static bool wait_for_headers(struct events *events, struct error *err)
{
	const struct http_answer *answer = transfer_answer(events->transfer);
	while (!events->lost.code && !is_stream(answer)) {
		go_on(events, -1);
		if (answer->status / 100 == 2 && !is_stream(answer)) {
			return error_set_reason(err, ERROR_UNAVAILABLE, "broken",
				N_("what the server sends is no feed; check the address"), NULL);
		}
	}
	return is_stream(answer) || events->is_done || fail(events, err);
}

bool events_open(struct http *http, const struct events_options *options, const void *mem,
	struct events **events, struct http_answer *refusal, struct error *err)
{
	*events = NULL;
	struct events *opened = create(options);
	if (!transfer_begin(http, &opened->request, &opened->transfer, err) ||
		!wait_for_headers(opened, err)) {
		events_close(opened);
		return false;
	}
	if (!is_stream(transfer_answer(opened->transfer))) {
		transfer_move_answer(opened->transfer, mem, refusal);
		events_close(opened);
		return true;
	}
	*events = opened;
	return true;
}

bool events_next(struct events *events, int wait_ms, const void *mem, struct event *event,
	bool *has_event, struct error *err)
{
	int64_t end_at = clock_monotonic() + wait_ms;
	bool has_waited = false;
	while (!(*has_event = event_parser_take(events->parser, mem, event))) {
		int64_t left_ms = end_at - clock_monotonic();
		if (events->lost.code) {
			return fail(events, err);
		}
		if (has_waited && left_ms <= 0) {
			return true;
		}
		has_waited = true;
		go_on(events, left_ms > 0 ? (int)left_ms : 0);
	}
	return true;
}

void events_close(struct events *events)
{
	if (events) {
		transfer_end(events->transfer);
		talloc_free(events);
	}
}
