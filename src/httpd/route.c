#include "httpd/route.h"

#include "base/mem.h"
#include "base/text.h"

#include <string.h>

#define TEXT_PLAIN "text/plain"
#define ANY_BYTES "application/octet-stream"
#define EVENTS "text/event-stream application/json"
#define JSON_LINES "application/x-ndjson"

const struct route routes[] = {
	{"GET", "/healthz", ACCESS_OPEN, ROLE_NONE, route_healthz, NULL, BODY_NONE, TEXT_PLAIN},
	{"GET", "/readyz", ACCESS_OPEN, ROLE_NONE, route_readyz, NULL, BODY_NONE, TEXT_PLAIN},
	{"GET", "/metrics", ACCESS_OPEN, ROLE_NONE, route_metrics, NULL, BODY_NONE, TEXT_PLAIN},

	{"GET", "/v1/directory", ACCESS_KNOWN, ROLE_NONE, route_directory, NULL, BODY_NONE, NULL},
	{"GET", "/v1/counts", ACCESS_KNOWN, ROLE_NONE, route_counts, NULL, BODY_NONE, NULL},
	{"GET", "/v1/outbox", ACCESS_KNOWN, ROLE_NONE, route_outbox, NULL, BODY_NONE, NULL},
	{"GET", "/v1/loads", ACCESS_KNOWN, ROLE_NONE, route_loads, NULL, BODY_NONE, NULL},

	{"GET", "/v1/tickets", ACCESS_KNOWN, ROLE_NONE, route_tickets,
		"list state order filter offset_ms team after before limit", BODY_NONE, NULL},
	{"GET", "/v1/rows", ACCESS_KNOWN, ROLE_NONE, route_rows, "numbers", BODY_NONE, NULL},
	{"GET", "/v1/next", ACCESS_KNOWN, ROLE_NONE, route_next, NULL, BODY_NONE, NULL},
	{"GET", "/v1/tickets/{number}", ACCESS_KNOWN, ROLE_NONE, route_ticket, NULL, BODY_NONE,
		NULL},
	{"GET", "/v1/tickets/{number}/log", ACCESS_KNOWN, ROLE_NONE, route_ticket_log,
		"since limit", BODY_NONE, NULL},
	{"GET", "/v1/log", ACCESS_KNOWN, ROLE_NONE, route_log, "since limit", BODY_NONE, NULL},
	{"GET", "/v1/search", ACCESS_KNOWN, ROLE_NONE, route_search, "q offset_ms before limit",
		BODY_NONE, NULL},

	{"GET", "/v1/customers", ACCESS_KNOWN, ROLE_NONE, route_customer_find, "address", BODY_NONE,
		NULL},
	{"GET", "/v1/customers/{id}", ACCESS_KNOWN, ROLE_NONE, route_customer, NULL, BODY_NONE,
		NULL},
	{"GET", "/v1/refs", ACCESS_KNOWN, ROLE_NONE, route_ref, "ticket customer", BODY_NONE, NULL},

	{"GET", "/v1/feed", ACCESS_KNOWN, ROLE_NONE, route_feed, "since", BODY_NONE, EVENTS},

	{"POST", "/v1/sign-in", ACCESS_ANYONE, ROLE_NONE, route_sign_in, NULL, BODY_JSON, NULL},
	{"POST", "/v1/sign-out", ACCESS_SELF, ROLE_NONE, route_sign_out, NULL, BODY_NONE, NULL},
	{"GET", "/v1/me", ACCESS_SELF, ROLE_NONE, route_me, NULL, BODY_NONE, NULL},
	{"GET", "/v1/tokens", ACCESS_SELF, ROLE_NONE, route_tokens, NULL, BODY_NONE, NULL},
	{"POST", "/v1/tokens", ACCESS_SELF, ROLE_NONE, route_token_add, NULL, BODY_JSON, NULL},
	{"DELETE", "/v1/tokens/{id}", ACCESS_SELF, ROLE_NONE, route_token_revoke, NULL, BODY_NONE,
		NULL},
	{"PUT", "/v1/operators/{login}/password", ACCESS_SELF, ROLE_NONE, route_password, NULL,
		BODY_JSON, NULL},

	{"POST", "/v1/changes", ACCESS_SELF, ROLE_NONE, route_changes, NULL, BODY_JSON, NULL},

	{"POST", "/v1/files", ACCESS_KNOWN, ROLE_NONE, route_file_put, NULL, BODY_FILE, NULL},
	{"GET", "/v1/tickets/{number}/files/{key}", ACCESS_KNOWN, ROLE_NONE, route_file_get, NULL,
		BODY_NONE, ANY_BYTES},

	{"GET", "/v1/drafts", ACCESS_KNOWN, ROLE_NONE, route_drafts, "bin", BODY_NONE, NULL},
	{"PUT", "/v1/tickets/{number}/drafts/{kind}", ACCESS_KNOWN, ROLE_NONE, route_draft_save,
		NULL, BODY_JSON, NULL},
	{"DELETE", "/v1/tickets/{number}/drafts/{kind}", ACCESS_KNOWN, ROLE_NONE,
		route_draft_discard, NULL, BODY_NONE, NULL},
	{"POST", "/v1/tickets/{number}/drafts/{kind}/restore", ACCESS_KNOWN, ROLE_NONE,
		route_draft_restore, NULL, BODY_NONE, NULL},
	{"POST", "/v1/tickets/{number}/drafts/{kind}/adopt", ACCESS_KNOWN, ROLE_NONE,
		route_draft_adopt, NULL, BODY_JSON, NULL},
	{"POST", "/v1/renewals", ACCESS_KNOWN, ROLE_NONE, route_renewal, NULL, BODY_JSON, NULL},

	{"GET", "/v1/presence", ACCESS_KNOWN, ROLE_NONE, route_presences, "ticket", BODY_NONE,
		NULL},
	{"PUT", "/v1/presence", ACCESS_KNOWN, ROLE_NONE, route_presence, NULL, BODY_JSON, NULL},
	{"GET", "/v1/memos", ACCESS_KNOWN, ROLE_NONE, route_memos, "before limit", BODY_NONE, NULL},

	{"GET", "/v1/backup", ACCESS_KNOWN, ROLE_ADMIN, route_backup, NULL, BODY_NONE, ANY_BYTES},
	{"GET", "/v1/check", ACCESS_KNOWN, ROLE_NONE, route_check, NULL, BODY_NONE, NULL},
	{"GET", "/v1/records", ACCESS_KNOWN, ROLE_ADMIN, route_records, NULL, BODY_NONE,
		JSON_LINES},
	{"POST", "/v1/restore", ACCESS_KNOWN, ROLE_ADMIN, route_restore, NULL, BODY_JSON, NULL},
	{"POST", "/v1/restore/records", ACCESS_KNOWN, ROLE_ADMIN, route_restore_records, NULL,
		BODY_LINES, NULL},
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
	return error_set_reason(
		err, ERROR_NOT_FOUND, "no_route", N_("there is nothing at {0}"), shown, NULL);
}
