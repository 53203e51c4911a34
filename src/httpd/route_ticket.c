#include "base/clock.h"
#include "base/mem.h"
#include "codec/cursor.h"
#include "codec/ticket_json.h"
#include "core/filter.h"
#include "core/query.h"
#include "httpd/route.h"

#include <string.h>

enum { PAGE_MOST = 500, ROWS_MOST = 500, OFFSET_MOST = MS_DAY };

/* --- lists --- */

/* "state" is what the world calls the lists of one state. */
static bool read_list(struct request *request, struct queue_query *query, struct error *err)
{
	static const struct {
		const char *state;
		enum queue_list list;
	} states[] = {
		{"open", LIST_QUEUE},
		{"waiting", LIST_WAITING},
		{"snoozed", LIST_SNOOZED},
		{"discarded", LIST_DISCARDED},
	};
	int list = LIST_QUEUE;
	const char *state = request_query(request, "state");
	if (!request_query_word(request, "list", &queue_list_names, &list, err)) {
		return false;
	}
	query->list = (enum queue_list)list;
	for (size_t i = 0; state && i < ARRAY_LEN(states); i++) {
		if (strcmp(state, states[i].state) == 0 && !request_query(request, "list")) {
			query->list = states[i].list;
			return true;
		}
	}
	return !state || request_query_wrong(request, "state", err);
}

static bool read_team(struct request *request, struct queue_query *query, struct error *err)
{
	const char *key = request_query(request, "team");
	if (!key) {
		return true;
	}
	const struct team *team = directory_team_key(request->directory, key);
	query->team = team ? team->id : TEAM_NONE;
	return team || strcmp(key, "none") == 0 || request_query_wrong(request, "team", err);
}

static bool read_place(struct request *request, struct queue_query *query, struct error *err)
{
	const char *after = request_query(request, "after");
	const char *before = request_query(request, "before");
	const char *place = before && strcmp(before, "end") == 0 ? NULL : before ? before : after;
	query->has_after = place != NULL;
	query->backwards = before != NULL;
	bool ok = !place || cursor_parse(place, &query->after);
	return (ok && !(after && before)) ||
	       request_query_wrong(request, before ? "before" : "after", err);
}

static bool read_filter(struct request *request, struct queue_query *query, struct error *err)
{
	const char *text = request_query(request, "filter");
	struct filter *filter = mem_new(request, struct filter);
	int64_t offset_ms = 0;
	if (!request_query_int(request, "offset_ms", -OFFSET_MOST, OFFSET_MOST, &offset_ms, err)) {
		return false;
	}
	query->filter = text ? filter : NULL;
	return !text || filter_parse(request, text, request->directory, offset_ms, filter, err);
}

static bool read_query(struct request *request, struct queue_query *query, struct error *err)
{
	int64_t limit = 0;
	int order = ORDER_DUE;
	if (!read_list(request, query, err) || !read_team(request, query, err) ||
		!read_place(request, query, err) || !read_filter(request, query, err) ||
		!request_query_int(request, "limit", 1, PAGE_MOST, &limit, err) ||
		!request_query_word(request, "order", &queue_order_names, &order, err)) {
		return false;
	}
	query->limit = (size_t)limit;
	query->order = (enum queue_order)order;
	return true;
}

static bool answer_page(struct request *request, const struct queue_page *page, struct error *err)
{
	return request_directory(request, err) &&
	       request_respond_json(request, queue_page_json(request, page, request->directory,
						     store_now(request->store)));
}

bool route_tickets(struct request *request, struct error *err)
{
	struct queue_query query = {0};
	struct queue_page page;
	return read_query(request, &query, err) &&
	       store_queue(request->store, request, &query, &page, err) &&
	       answer_page(request, &page, err);
}

/* --- rows --- */

bool route_rows(struct request *request, struct error *err)
{
	int64_t numbers[ROWS_MOST];
	size_t count;
	struct queue_page page;
	return request_query_numbers(request, numbers, ROWS_MOST, &count, err) &&
	       store_rows(request->store, request, numbers, count, &page, err) &&
	       answer_page(request, &page, err);
}

bool route_next(struct request *request, struct error *err)
{
	struct ticket_row row;
	if (!store_next(request->store, request, &row, err) || !request_directory(request, err)) {
		return false;
	}
	struct json *object = json_object(request);
	if (row.ticket.number) {
		ticket_row_add_json(json_add_object(object, "ticket"), &row, request->directory,
			store_now(request->store));
	} else {
		json_add_null(object, "ticket");
	}
	return request_respond_json(request, object);
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
