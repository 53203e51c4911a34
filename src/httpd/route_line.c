#include "base/mem.h"
#include "codec/line_json.h"
#include "core/problem.h"
#include "httpd/route.h"

/* The internal line: who is where, and what colleagues write to each other. */

/* --- presence --- */

static bool read_operator(
	struct request *request, const char *login, int64_t *id, struct error *err)
{
	const struct operator_ *operator_ = directory_login(request->directory, login);
	*id = operator_ ? operator_->id : 0;
	return operator_ || problem(err, PROBLEM_NO_OPERATOR, login, NULL);
}

static bool read_presence(struct request *request, struct presence *presence, struct error *err)
{
	static const char *const keys[] = {"operator", "terminal", "ticket", "doing"};
	const struct json *object;
	const char *login = NULL, *terminal = "", *doing = NULL;
	int word = DOING_GONE;
	if (!request_object(request, keys, ARRAY_LEN(keys), &object, err) ||
		!json_get_text(object, "operator", &login, err) ||
		!json_get_text(object, "terminal", &terminal, err) ||
		!json_get_int(object, "ticket", &presence->ticket, err) ||
		!json_get_text(object, "doing", &doing, err)) {
		return false;
	}
	if (doing && !name_find(&doing_names, doing, &word)) {
		return problem(err, PROBLEM_VALUE, "doing", doing, NULL);
	}
	presence->terminal = mem_strdup(request, terminal);
	presence->doing = (enum doing)word;
	return !login || read_operator(request, login, &presence->operator_id, err);
}

static bool tell(struct request *request, struct store *store, struct error *err)
{
	return store_presence(store, request->data, err);
}

bool route_presence(struct request *request, struct error *err)
{
	struct presence *presence = mem_new(request, struct presence);
	request->data = presence;
	return read_presence(request, presence, err) &&
	       request_run(request, tell, request_answer_done);
}

bool route_presences(struct request *request, struct error *err)
{
	struct presence_list list;
	int64_t ticket = 0;
	return request_query_int(request, "ticket", 1, JSON_INT_MAX, &ticket, err) &&
	       store_presences(request->store, request, ticket, &list, err) &&
	       request_directory(request, err) &&
	       request_respond_json(
		       request, presence_list_json(request, &list, request->directory));
}

/* --- memos: written by changes --- */

enum { MEMOS_MOST = 200 };

bool route_memos(struct request *request, struct error *err)
{
	struct memo_query query = {0};
	struct memo_list list;
	int64_t limit = 0;
	if (!request_query_int(request, "before", 1, JSON_INT_MAX, &query.before, err) ||
		!request_query_int(request, "limit", 1, MEMOS_MOST, &limit, err)) {
		return false;
	}
	query.limit = (size_t)limit;
	return store_memos(request->store, request, &query, &list, err) &&
	       request_directory(request, err) &&
	       request_respond_json(request, memo_list_json(request, &list, request->directory));
}
