#include "base/mem.h"
#include "core/token.h"
#include "httpd/connection.h"
#include "httpd/metrics.h"
#include "httpd/peer.h"
#include "httpd/route.h"
#include "httpd/server_state.h"

/* --- GET /metrics --- */

/* From this machine by TCP, when the configuration says that this is enough. */
static bool is_let_in(const struct request *request)
{
	return request->server->options.metrics_on_loopback && peer_of_is_local(request);
}

static bool may_know(struct request *request, struct error *err)
{
	if (!request_take_store(request, 0, err)) {
		return false;
	}
	if (is_let_in(request)) {
		return true;
	}
	if (!identify(request, err) ||
		!identity_has_right(&request->identity, RIGHT_METRICS, err)) {
		return false;
	}
	const struct identity *identity = &request->identity;
	return identity->operator_id == 0 || identity->role >= ROLE_SUPERVISOR ||
	       error_set_reason(err, ERROR_DENIED, "role",
		       N_("only supervisors may see the figures of the server"), NULL);
}

bool route_metrics(struct request *request, struct error *err)
{
	char *text;
	if (!may_know(request, err)) {
		return false;
	}
	store_set_actor(request->store, 0);
	if (!metrics_text(request, &text, err)) {
		return false;
	}
	request_respond_text(request, 200, text);
	request->response.media_type = "text/plain; version=0.0.4; charset=utf-8";
	return true;
}
