#include "codec/desk_json.h"
#include "codec/directory_json.h"
#include "codec/ticket_json.h"
#include "httpd/route.h"

bool route_directory(struct request *request, struct error *err)
{
	return request_directory(request, err) &&
	       request_respond_json(request, directory_json(request, request->directory));
}

bool route_counts(struct request *request, struct error *err)
{
	struct counts counts;
	return store_counts(request->store, &counts, err) &&
	       request_respond_json(request, counts_json(request, &counts));
}

bool route_outbox(struct request *request, struct error *err)
{
	struct outbox outbox;
	return store_outbox(request->store, request, &outbox, err) &&
	       request_directory(request, err) &&
	       request_respond_json(request, outbox_json(request, &outbox, request->directory,
						     store_now(request->store)));
}

bool route_loads(struct request *request, struct error *err)
{
	struct load_list loads;
	return store_loads(request->store, request, &loads, err) &&
	       request_directory(request, err) &&
	       request_respond_json(request, loads_json(request, &loads, request->directory));
}
