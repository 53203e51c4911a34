#include "httpd/peer.h"

#include "base/mem.h"
#include "httpd/server_state.h"

#include <arpa/inet.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

/* One of IPv4 stands in the last 32 bits (RFC 4291, 2.5.5.2), as a socket for both has it. */
static void map(struct in6_addr *address, const struct in_addr *in4)
{
	*address = (struct in6_addr){0};
	address->s6_addr[10] = address->s6_addr[11] = 0xff;
	memcpy(&address->s6_addr[12], in4, sizeof *in4);
}

static bool address_of(const struct sockaddr *from, struct in6_addr *address)
{
	if (from && from->sa_family == AF_INET6) {
		*address = ((const struct sockaddr_in6 *)(const void *)from)->sin6_addr;
		return true;
	}
	if (from && from->sa_family == AF_INET) {
		map(address, &((const struct sockaddr_in *)(const void *)from)->sin_addr);
		return true;
	}
	return false;
}

static bool parse(const char *text, struct in6_addr *address)
{
	struct in_addr in4;
	if (inet_pton(AF_INET, text, &in4) == 1) {
		map(address, &in4);
		return true;
	}
	return inet_pton(AF_INET6, text, address) == 1;
}

static bool is_proxy(const struct in6_addr *address, const struct peer_proxies *proxies)
{
	struct in6_addr proxy;
	for (size_t i = 0; i < proxies->count; i++) {
		if (parse(proxies->addresses[i], &proxy) &&
			memcmp(&proxy, address, sizeof proxy) == 0) {
			return true;
		}
	}
	return false;
}

static bool last_named(const char *list, struct in6_addr *address)
{
	const char *comma = strrchr(list, ',');
	const char *last = comma ? comma + 1 : list;
	last += strspn(last, " ");
	char *text = mem_strndup(NULL, last, strcspn(last, " "));
	bool ok = parse(text, address);
	talloc_free(text);
	return ok;
}

static char *counted(const void *mem, struct in6_addr address)
{
	char text[INET6_ADDRSTRLEN] = "";
	if (IN6_IS_ADDR_V4MAPPED(&address)) {
		inet_ntop(AF_INET, &address.s6_addr[12], text, sizeof text);
	} else {
		memset(address.s6_addr + 8, 0, 8);
		inet_ntop(AF_INET6, &address, text, sizeof text);
	}
	return mem_strdup(mem, text);
}

bool peer_is_address(const char *text)
{
	struct in6_addr address;
	return parse(text, &address);
}

char *peer_name(const void *mem, const struct sockaddr *from, const char *forwarded,
	const struct peer_proxies *proxies)
{
	struct in6_addr address, named;
	if (!address_of(from, &address)) {
		return mem_strdup(mem, "unix");
	}
	bool is_behind = forwarded && is_proxy(&address, proxies) && last_named(forwarded, &named);
	return counted(mem, is_behind ? named : address);
}

bool peer_is_local(const struct sockaddr *from, const struct peer_proxies *proxies)
{
	struct in6_addr address;
	if (!address_of(from, &address) || is_proxy(&address, proxies)) {
		return false;
	}
	return IN6_IS_ADDR_LOOPBACK(&address) ||
	       (IN6_IS_ADDR_V4MAPPED(&address) && address.s6_addr[12] == IN_LOOPBACKNET);
}

static const struct sockaddr *from(const struct request *request)
{
	const union MHD_ConnectionInfo *info =
		MHD_get_connection_info(request->connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
	return info ? info->client_addr : NULL;
}

char *peer_of(struct request *request)
{
	unsigned uid;
	if (guest_uid(request->guest, &uid)) {
		return mem_printf(request, "uid %u", uid);
	}
	return peer_name(request, from(request), request_header(request, "X-Forwarded-For"),
		&request->server->options.proxies);
}

bool peer_of_is_local(const struct request *request)
{
	return peer_is_local(from(request), &request->server->options.proxies);
}
