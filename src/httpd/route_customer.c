#include "codec/customer_json.h"
#include "core/problem.h"
#include "httpd/route.h"

bool route_customer(struct request *request, struct error *err)
{
	int64_t id;
	struct customer_view view;
	return request_number(request, 0, &id, err) &&
	       store_customer(request->store, request, id, &view, err) &&
	       request_directory(request, err) &&
	       request_respond_json(
		       request, customer_view_json(request, &view, request->directory));
}

static bool answer_id(struct request *request, int64_t id)
{
	struct json *object = json_object(request);
	json_add_id(object, "id", id);
	return request_respond_json(request, object);
}

bool route_customer_find(struct request *request, struct error *err)
{
	const char *address = request_query(request, "address");
	int64_t id;
	if (!address) {
		return problem(err, PROBLEM_MISSING, "address", NULL);
	}
	return store_customer_find(request->store, request, address, &id, err) &&
	       answer_id(request, id);
}

bool route_ref(struct request *request, struct error *err)
{
	const char *ticket = request_query(request, "ticket");
	const char *customer = request_query(request, "customer");
	int64_t id;
	if (!ticket == !customer) {
		return problem(err, PROBLEM_MISSING, "ticket", NULL);
	}
	return store_ref_find(request->store, !ticket, ticket ? ticket : customer, &id, err) &&
	       answer_id(request, id);
}
