#include "httpd/route.h"

#include <stdio.h>

/* The table of routes for tests that are no C: a line each, its fields separated by tabs. */
int main(void)
{
	static const char *const bodies[ROUTE_BODIES] = {[BODY_NONE] = "",
		[BODY_JSON] = "application/json",
		[BODY_SHORT] = "application/json",
		[BODY_FILE] = "application/octet-stream",
		[BODY_LINES] = "application/x-ndjson"};
	for (size_t i = 0; i < route_count; i++) {
		const struct route *route = &routes[i];
		bool is_open = route->access == ACCESS_OPEN || route->access == ACCESS_ANYONE;
		printf("%s\t%s\t%s\t%s\t%s\t%s\t%s\n", route->method, route->path,
			is_open ? "open" : "known", name_of(&role_names, (int)route->role),
			route->query ? route->query : "", bodies[route->body],
			route->gives ? route->gives : "application/json");
	}
	return 0;
}
