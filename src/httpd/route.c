#include "httpd/route.h"

#include "base/mem.h"
#include "base/text.h"

#include <string.h>

const struct route routes[] = {
	{"GET", "/healthz", ACCESS_OPEN, ROLE_NONE, route_healthz},
	{"GET", "/readyz", ACCESS_OPEN, ROLE_NONE, route_readyz},
	{"GET", "/v1/directory", ACCESS_KNOWN, ROLE_NONE, route_directory},
	{"GET", "/v1/tickets", ACCESS_KNOWN, ROLE_NONE, route_tickets},
	{"GET", "/v1/tickets/{number}", ACCESS_KNOWN, ROLE_NONE, route_ticket},
	{"POST", "/v1/changes", ACCESS_KNOWN, ROLE_NONE, route_changes},
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

bool route_find(const void *mem, const char *method, const char *path, const struct route **route,
	const char *values[PATH_VALUES], char **allowed, struct error *err)
{
	bool is_head = strcmp(method, "HEAD") == 0;
	*allowed = NULL;
	for (size_t i = 0; i < route_count; i++) {
		if (!matches(mem, routes[i].path, path, values)) {
			continue;
		}
		if (strcmp(routes[i].method, is_head ? "GET" : method) == 0) {
			*route = &routes[i];
			return true;
		}
		*allowed = *allowed ? mem_printf(mem, "%s, %s", *allowed, routes[i].method)
				    : mem_strdup(mem, routes[i].method);
	}
	char *shown = text_clean_line(mem, path, strlen(path), NULL);
	if (*allowed) {
		return error_set_reason(
			err, ERROR_INVALID, "method", N_("{0} takes {1}"), shown, *allowed, NULL);
	}
	return error_set_reason(
		err, ERROR_NOT_FOUND, "no_route", N_("there is nothing at {0}"), shown, NULL);
}
