#include "base/clock.h"
#include "codec/ticket_json.h"
#include "core/problem.h"
#include "httpd/route.h"

enum { FOUND_MOST = 500 };

bool route_search(struct request *request, struct error *err)
{
	struct search_query query = {.text = request_query(request, "q")};
	struct search_page page;
	int64_t limit = 0;
	if (!query.text) {
		return problem(err, PROBLEM_MISSING, "q", NULL);
	}
	if (!request_query_int(request, "offset_ms", -MS_DAY, MS_DAY, &query.offset_ms, err) ||
		!request_query_int(request, "before", 1, JSON_INT_MAX, &query.before, err) ||
		!request_query_int(request, "limit", 1, FOUND_MOST, &limit, err)) {
		return false;
	}
	query.limit = (size_t)limit;
	return store_search(request->store, request, &query, &page, err) &&
	       request_directory(request, err) &&
	       request_respond_json(request, search_page_json(request, &page, request->directory,
						     store_now(request->store)));
}
