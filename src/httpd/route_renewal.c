#include "base/mem.h"
#include "codec/desk_json.h"
#include "core/problem.h"
#include "httpd/route.h"

static bool read_renewal(struct request *request, struct renewal *renewal, struct error *err)
{
	static const char *const keys[] = {"ticket", "generation", "grace", "from", "to"};
	const struct json *object;
	if (!request_object(request, keys, ARRAY_LEN(keys), &object, err) ||
		!json_get_int(object, "ticket", &renewal->ticket, err) ||
		!json_get_int(object, "generation", &renewal->generation, err) ||
		!json_get_bool(object, "grace", &renewal->grace, err) ||
		!json_get_time(object, "from", &renewal->worked_from, err) ||
		!json_get_time(object, "to", &renewal->worked_to, err)) {
		return false;
	}
	return renewal->ticket > 0 || problem(err, PROBLEM_MISSING, "ticket", NULL);
}

static bool renew(struct request *request, struct store *store, struct error *err)
{
	return store_renew(store, request->data, err);
}

static bool answer_renewal(struct request *request, struct error *err)
{
	(void)err;
	return request_respond_json(request, renewal_json(request, request->data));
}

bool route_renewal(struct request *request, struct error *err)
{
	struct renewal *renewal = mem_new(request, struct renewal);
	request->data = renewal;
	return read_renewal(request, renewal, err) && request_run(request, renew, answer_renewal);
}
