#include "httpd/route.h"

#include "base/mem.h"
#include "base/text.h"

#include <string.h>

#define TEXT_PLAIN "text/plain"
#define ANY_BYTES "application/octet-stream"
#define EVENTS "text/event-stream application/json"
#define JSON_LINES "application/x-ndjson"

const struct route routes[] = {
	{.method = "GET",
		.path = "/healthz",
		.access = ACCESS_OPEN,
		.handler = route_healthz,
		.gives = TEXT_PLAIN},
	{.method = "GET",
		.path = "/readyz",
		.access = ACCESS_OPEN,
		.handler = route_readyz,
		.gives = TEXT_PLAIN},
	{.method = "GET",
		.path = "/metrics",
		.access = ACCESS_OPEN,
		.handler = route_metrics,
		.gives = TEXT_PLAIN},
	{.method = "GET", .path = "/v1/directory", .handler = route_directory, .is_kept = true},
	{.method = "GET", .path = "/v1/counts", .handler = route_counts, .is_kept = true},
	{.method = "GET", .path = "/v1/outbox", .handler = route_outbox, .is_kept = true},
	{.method = "GET", .path = "/v1/loads", .handler = route_loads, .is_kept = true},
	{.method = "GET",
		.path = "/v1/tickets",
		.handler = route_tickets,
		.query = "list state order filter offset_ms team after before limit",
		.is_kept = true},
	{.method = "GET",
		.path = "/v1/rows",
		.handler = route_rows,
		.query = "numbers",
		.is_kept = true},
	{.method = "GET", .path = "/v1/next", .handler = route_next, .is_kept = true},
	{.method = "GET", .path = "/v1/tickets/{number}", .handler = route_ticket, .is_kept = true},
	{.method = "GET",
		.path = "/v1/tickets/{number}/log",
		.handler = route_ticket_log,
		.query = "since limit",
		.is_kept = true},
	{.method = "GET",
		.path = "/v1/log",
		.handler = route_log,
		.query = "since limit",
		.is_kept = true},
	{.method = "GET",
		.path = "/v1/search",
		.handler = route_search,
		.query = "q offset_ms before limit",
		.is_kept = true},
	{.method = "GET",
		.path = "/v1/customers",
		.handler = route_customer_find,
		.query = "address",
		.is_kept = true},
	{.method = "GET", .path = "/v1/customers/{id}", .handler = route_customer, .is_kept = true},
	{.method = "GET",
		.path = "/v1/refs",
		.handler = route_ref,
		.query = "ticket customer",
		.is_kept = true},
	{.method = "GET",
		.path = "/v1/feed",
		.access = ACCESS_SELF,
		.handler = route_feed,
		.query = "since",
		.gives = EVENTS},
	{.method = "POST",
		.path = "/v1/sign-in",
		.access = ACCESS_ANYONE,
		.handler = route_sign_in,
		.body = BODY_SHORT},
	{.method = "POST",
		.path = "/v1/sign-out",
		.access = ACCESS_SELF,
		.handler = route_sign_out},
	{.method = "GET", .path = "/v1/me", .access = ACCESS_SELF, .handler = route_me},
	{.method = "GET", .path = "/v1/tokens", .access = ACCESS_SELF, .handler = route_tokens},
	{.method = "POST",
		.path = "/v1/tokens",
		.access = ACCESS_SELF,
		.handler = route_token_add,
		.body = BODY_SHORT},
	{.method = "DELETE",
		.path = "/v1/tokens/{id}",
		.access = ACCESS_SELF,
		.handler = route_token_revoke},
	{.method = "PUT",
		.path = "/v1/operators/{login}/password",
		.access = ACCESS_SELF,
		.handler = route_password,
		.body = BODY_SHORT},
	{.method = "POST",
		.path = "/v1/changes",
		.access = ACCESS_SELF,
		.handler = route_changes,
		.body = BODY_JSON},
	{.method = "POST", .path = "/v1/files", .handler = route_file_put, .body = BODY_FILE},
	{.method = "GET",
		.path = "/v1/tickets/{number}/files/{key}",
		.handler = route_file_get,
		.gives = ANY_BYTES},
	{.method = "GET",
		.path = "/v1/drafts",
		.handler = route_drafts,
		.query = "bin",
		.is_kept = true},
	{.method = "PUT",
		.path = "/v1/tickets/{number}/drafts/{kind}",
		.handler = route_draft_save,
		.body = BODY_JSON},
	{.method = "DELETE",
		.path = "/v1/tickets/{number}/drafts/{kind}",
		.handler = route_draft_discard},
	{.method = "POST",
		.path = "/v1/tickets/{number}/drafts/{kind}/restore",
		.handler = route_draft_restore},
	{.method = "POST",
		.path = "/v1/tickets/{number}/drafts/{kind}/adopt",
		.handler = route_draft_adopt,
		.body = BODY_SHORT},
	{.method = "POST", .path = "/v1/renewals", .handler = route_renewal, .body = BODY_SHORT},
	{.method = "GET", .path = "/v1/presence", .handler = route_presences, .query = "ticket"},
	{.method = "PUT", .path = "/v1/presence", .handler = route_presence, .body = BODY_SHORT},
	{.method = "GET", .path = "/v1/memos", .handler = route_memos, .query = "before limit"},
	{.method = "GET",
		.path = "/v1/mirror",
		.handler = route_mirror,
		.query = "part known after limit numbers",
		.gives = JSON_LINES},
	{.method = "GET",
		.path = "/v1/backup",
		.role = ROLE_ADMIN,
		.handler = route_backup,
		.gives = ANY_BYTES},
	{.method = "GET", .path = "/v1/check", .handler = route_check},
	{.method = "GET",
		.path = "/v1/records",
		.role = ROLE_ADMIN,
		.handler = route_records,
		.gives = JSON_LINES},
	{.method = "POST",
		.path = "/v1/restore",
		.role = ROLE_ADMIN,
		.handler = route_restore,
		.body = BODY_SHORT},
	{.method = "POST",
		.path = "/v1/restore/records",
		.role = ROLE_ADMIN,
		.handler = route_restore_records,
		.body = BODY_LINES},
};
const size_t route_count = ARRAY_LEN(routes);

/* The part of a path up to the next slash. */
static size_t part(const char *path)
{
	return strcspn(path, "/");
}

static bool matches(
	const void *mem, const char *pattern, const char *path, const char *values[PATH_VALUES])
{
	int count = 0;
	while (*pattern && *path) {
		if (*pattern == '{') {
			size_t size = part(path);
			if (size == 0 || count == PATH_VALUES) {
				return false;
			}
			values[count++] = text_clean_line(mem, path, size, NULL);
			path += size;
			pattern += part(pattern);
		} else if (*pattern++ != *path++) {
			return false;
		}
	}
	return *pattern == '\0' && *path == '\0';
}

static const char *add_method(const void *mem, const char *methods, const char *method)
{
	return *methods ? mem_printf(mem, "%s, %s", methods, method) : method;
}

/* What the path takes: HEAD where GET is, and OPTIONS, which asks for just this. */
static const char *methods_of(const void *mem, const char *path)
{
	const char *values[PATH_VALUES], *methods = "";
	for (size_t i = 0; i < route_count; i++) {
		if (!matches(mem, routes[i].path, path, values)) {
			continue;
		}
		methods = add_method(mem, methods, routes[i].method);
		if (strcmp(routes[i].method, "GET") == 0) {
			methods = add_method(mem, methods, "HEAD");
		}
	}
	return *methods ? add_method(mem, methods, "OPTIONS") : NULL;
}

/* "/v2/…": of a client that is older or newer than this server. */
static bool is_other_version(const char *path)
{
	size_t digits = strncmp(path, "/v", 2) == 0 ? strspn(path + 2, "0123456789") : 0;
	return digits > 0 && path[2 + digits] == '/' && strncmp(path, "/v1/", 4) != 0;
}

static bool nothing_there(const char *shown, struct error *err)
{
	if (is_other_version(shown)) {
		return error_set_reason(err, ERROR_NOT_FOUND, "version",
			N_("this server speaks /v1 and not {0}; bring client and server to one "
			   "version"),
			shown, NULL);
	}
	return error_set_reason(
		err, ERROR_NOT_FOUND, "no_route", N_("there is nothing at {0}"), shown, NULL);
}

bool route_find(const void *mem, const char *method, const char *path, const struct route **route,
	const char *values[PATH_VALUES], const char **allowed, struct error *err)
{
	const char *wanted = strcmp(method, "HEAD") == 0 ? "GET" : method;
	*allowed = NULL;
	for (size_t i = 0; i < route_count; i++) {
		if (strcmp(routes[i].method, wanted) == 0 &&
			matches(mem, routes[i].path, path, values)) {
			*route = &routes[i];
			return true;
		}
	}
	*allowed = methods_of(mem, path);
	char *shown = text_clean_line(mem, path, strlen(path), NULL);
	if (*allowed) {
		return error_set_reason(
			err, ERROR_INVALID, "method", N_("{0} takes {1}"), shown, *allowed, NULL);
	}
	return nothing_there(shown, err);
}
