#include "httpd/connection.h"
#include "httpd/route.h"
#include "httpd/server_state.h"

bool route_healthz(struct request *request, struct error *err)
{
	(void)err;
	return request_respond_text(request, 200, "ok\n");
}

/* The desk can be read, and the end is not near. */
bool route_readyz(struct request *request, struct error *err)
{
	if (request->server->is_stopping) {
		return error_set_reason(err, ERROR_UNAVAILABLE, "stopping",
			N_("the server is being stopped"), NULL);
	}
	return request_take_store(request, 0, err) && request_respond_text(request, 200, "ok\n");
}
