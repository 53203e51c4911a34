#include "codec/desk_json.h"
#include "httpd/route.h"

enum { LOG_MOST = 1000 };

static bool answer_log(struct request *request, int64_t ticket, struct error *err)
{
	struct feed feed;
	int64_t since = 0, limit = LOG_MOST;
	return request_query_int(request, "since", 0, JSON_INT_MAX, &since, err) &&
	       request_query_int(request, "limit", 1, LOG_MOST, &limit, err) &&
	       store_log(request->store, request, ticket, since, (size_t)limit, &feed, err) &&
	       request_directory(request, err) &&
	       request_respond_json(request, feed_json(request, &feed, request->directory));
}

bool route_log(struct request *request, struct error *err)
{
	return answer_log(request, 0, err);
}

bool route_ticket_log(struct request *request, struct error *err)
{
	int64_t number;
	return request_number(request, 0, &number, err) && answer_log(request, number, err);
}
