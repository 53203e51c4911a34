#include "codec/desk_json.h"
#include "httpd/feeder.h"
#include "httpd/route.h"
#include "httpd/server_state.h"

#include <stdlib.h>
#include <string.h>

/* --- GET /v1/feed --- */

/* A client that comes again says in a header where it stood, and in its address where it once
 * began. */
static bool read_since(struct request *request, int64_t *since, struct error *err)
{
	const char *last = request_header(request, "Last-Event-ID");
	*since = -1;
	if (last && *last && strspn(last, "0123456789") == strlen(last) && strlen(last) < 16) {
		*since = strtoll(last, NULL, 10);
		return true;
	}
	return request_query_int(request, "since", 0, JSON_INT_MAX, since, err);
}

static bool wants_page(struct request *request)
{
	return request_accepts(request, "application/json") &&
	       !request_accepts(request, "text/event-stream");
}

bool route_feed(struct request *request, struct error *err)
{
	int64_t since;
	struct feed feed;
	if (!identity_has_right(&request->identity, RIGHT_FEED, err) ||
		!read_since(request, &since, err)) {
		return false;
	}
	if (!wants_page(request)) {
		return feed_open(request->server->feeder, request, since, err);
	}
	return store_feed(request->store, request, since, 0, &feed, err) &&
	       request_directory(request, err) &&
	       request_respond_json(request, feed_json(request, &feed, request->directory));
}
