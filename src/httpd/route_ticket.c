#include "base/mem.h"
#include "codec/ticket_json.h"
#include "core/query.h"
#include "httpd/route.h"
#include "httpd/server_state.h"

#include <string.h>

/* --- lists --- */

/* {"state":…} is what the world calls the lists of one state. */
static bool read_list(struct request *request, struct queue_query *query, struct error *err)
{
	const char *state = request_query(request, "state");
	const char *list = request_query(request, "list");
	const char *word = list ? list : state;
	int found = LIST_QUEUE;
	if (!word || (!list && strcmp(word, "open") == 0) ||
		name_find(&queue_list_names, word, &found)) {
		query->list = (enum queue_list)found;
		return true;
	}
	return error_set_reason(
		err, ERROR_INVALID, "query", N_("there is no list \"{0}\""), word, NULL);
}

static bool read_query(struct request *request, struct queue_query *query, struct error *err)
{
	int64_t limit = 0;
	if (!read_list(request, query, err) || !request_query_int(request, "limit", &limit, err)) {
		return false;
	}
	if (limit < 0 || limit > 500) {
		return error_set_reason(
			err, ERROR_INVALID, "query", N_("limit must be between 1 and 500"), NULL);
	}
	query->limit = (size_t)limit;
	return true;
}

bool route_tickets(struct request *request, struct error *err)
{
	struct queue_query query = {0};
	struct queue_page page;
	return read_query(request, &query, err) &&
	       store_queue(request->store, request, &query, &page, err) &&
	       request_directory(request, err) &&
	       request_respond_json(request, queue_page_json(request, &page, request->directory,
						     store_now(request->store)));
}

/* --- one --- */

bool route_ticket(struct request *request, struct error *err)
{
	int64_t number;
	struct ticket_view *view = mem_new(request, struct ticket_view);
	return request_number(request, 0, &number, err) &&
	       store_ticket(request->store, view, number, view, err) &&
	       request_directory(request, err) &&
	       request_respond_json(request, ticket_view_json(request, view, request->directory,
						     store_now(request->store)));
}
