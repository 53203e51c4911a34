#include "httpd/sign_in.h"

#include "base/mem.h"
#include "base/secret.h"
#include "base/text.h"
#include "httpd/server_state.h"

#include <arpa/inet.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

/* --- where it comes from --- */

/* Of IPv6 the network of 64 bits, which one household has whole. */
static char *address_text(const void *mem, const struct sockaddr *peer)
{
	char text[INET6_ADDRSTRLEN] = "";
	if (peer->sa_family == AF_INET6) {
		struct in6_addr network =
			((const struct sockaddr_in6 *)(const void *)peer)->sin6_addr;
		memset(network.s6_addr + 8, 0, 8);
		inet_ntop(AF_INET6, &network, text, sizeof text);
	} else {
		const struct sockaddr_in *in4 = (const void *)peer;
		inet_ntop(AF_INET, &in4->sin_addr, text, sizeof text);
	}
	return mem_strdup(mem, text);
}

static bool is_loopback(const struct sockaddr *peer)
{
	if (peer->sa_family == AF_INET6) {
		const struct sockaddr_in6 *in6 = (const void *)peer;
		return IN6_IS_ADDR_LOOPBACK(&in6->sin6_addr);
	}
	const struct sockaddr_in *in4 = (const void *)peer;
	return peer->sa_family == AF_INET && ntohl(in4->sin_addr.s_addr) >> 24 == 127;
}

/* Behind a proxy on this machine it is who the proxy says came to it: the last one named. */
static const char *forwarded(struct request *request)
{
	const char *list = request_header(request, "X-Forwarded-For");
	if (!list || !*list) {
		return NULL;
	}
	const char *comma = strrchr(list, ',');
	const char *last = comma ? comma + 1 + strspn(comma + 1, " ") : list;
	return text_clean_line(request, last, strlen(last), NULL);
}

static const char *address_of(struct request *request)
{
	const union MHD_ConnectionInfo *info =
		MHD_get_connection_info(request->connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
	const struct sockaddr *peer = info ? info->client_addr : NULL;
	if (!peer || (peer->sa_family != AF_INET && peer->sa_family != AF_INET6)) {
		return "unix";
	}
	const char *named = is_loopback(peer) ? forwarded(request) : NULL;
	return named ? named : address_text(request, peer);
}

/* --- attempts --- */

bool sign_in_attempt(struct request *request, const char *login, struct error *err)
{
	struct server *server = request->server;
	int64_t wait_ms;
	if (attempts_take(server->attempts, login, address_of(request), clock_now(&server->clock),
		    &wait_ms)) {
		return true;
	}
	char seconds[24];
	request->response.retry_after_s = (int)((wait_ms + MS_SECOND - 1) / MS_SECOND);
	snprintf(seconds, sizeof seconds, "%d", request->response.retry_after_s);
	return error_set_reason(err, ERROR_DENIED, "attempts",
		N_("too many attempts; wait {0} seconds and try again"), seconds, NULL);
}

void sign_in_succeeded(struct request *request, const char *login)
{
	attempts_succeeded(request->server->attempts, login, address_of(request));
}

/* --- passwords --- */

bool sign_in_credential(
	struct request *request, int64_t operator_id, char **hash, struct error *err)
{
	store_set_actor(request->store, 0);
	bool ok = store_credential(request->store, request, operator_id, hash, err);
	store_set_actor(request->store, request->identity.operator_id);
	return ok && request_directory(request, err);
}

void sign_in_forget(struct request *request, const char *password)
{
	secret_wipe_text((char *)(uintptr_t)password);
	secret_wipe(request->body, request->size);
}
