#include "base/mem.h"
#include "core/token.h"
#include "httpd/connection.h"
#include "httpd/metrics.h"
#include "httpd/route.h"
#include "httpd/server_state.h"

#include <netinet/in.h>
#include <sys/socket.h>

/* --- GET /metrics --- */

static bool is_loopback(const struct sockaddr *from)
{
	if (from->sa_family == AF_INET) {
		const struct sockaddr_in *in4 = (const void *)from;
		return ntohl(in4->sin_addr.s_addr) >> 24 == 127;
	}
	const struct sockaddr_in6 *in6 = (const void *)from;
	return from->sa_family == AF_INET6 && IN6_IS_ADDR_LOOPBACK(&in6->sin6_addr);
}

/* From this machine by TCP, when the configuration says that this is enough. */
static bool is_let_in(const struct request *request)
{
	const union MHD_ConnectionInfo *info =
		MHD_get_connection_info(request->connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
	return request->server->options.metrics_on_loopback && info && info->client_addr &&
	       is_loopback(info->client_addr);
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
