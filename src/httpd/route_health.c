#include "httpd/connection.h"
#include "httpd/route.h"
#include "httpd/server_state.h"

bool route_healthz(struct request *request, struct error *err)
{
	(void)err;
	return request_respond_text(request, 200, "ok\n");
}

/* The desk can be read. */
bool route_readyz(struct request *request, struct error *err)
{
	return request_take_store(request, 0, err) && request_respond_text(request, 200, "ok\n");
}
