#include "fuzz.h"

#include "base/mem.h"
#include "base/text.h"
#include "codec/change_json.h"
#include "httpd/connection.h"
#include "httpd/route.h"

#include <assert.h>
#include <string.h>

/* A request on its way to a handler: "METHOD PATH", a newline, the body. */

/* The text up to a character, on mem; *at is after it. */
static char *take(const void *mem, const char **at, char stop)
{
	size_t size = strcspn(*at, (const char[]){stop, '\0'});
	char *text = mem_strndup(mem, *at, size);
	*at += size + ((*at)[size] == stop);
	return text;
}

static const struct route *find(const void *mem, const char *method, char *path)
{
	const struct route *route = NULL;
	const char *values[PATH_VALUES] = {NULL}, *allowed;
	struct error err = {0};
	assert(connection_unescape(NULL, NULL, path) == strlen(path));
	if (!route_find(mem, method, path, &route, values, &allowed, &err)) {
		assert(err.code == (allowed ? ERROR_INVALID : ERROR_NOT_FOUND));
		assert(!allowed || strstr(allowed, "OPTIONS"));
		assert(text_is_clean(err.arg[0]));
		return NULL;
	}
	assert(strcmp(route->method, method) == 0 || strcmp(method, "HEAD") == 0);
	for (int i = 0; i < PATH_VALUES; i++) {
		assert(!values[i] || text_is_clean(values[i]));
	}
	return route;
}

/* Names are looked up in a desk of one operator and one team. */
static void read_changes(const void *mem, const char *body, size_t size)
{
	struct operator_ ana = {.id = 3, .login = (char *)"ana"};
	struct team team = {.id = 5, .key = (char *)"entrega"};
	struct directory directory = {
		.operator_count = 1, .operators = &ana, .team_count = 1, .teams = &team};
	const struct json *array;
	struct error err = {0};
	if (!json_parse(mem, body, size, 1, &array, &err)) {
		assert(err.code == ERROR_INVALID);
		return;
	}
	for (const struct json *item = json_first(array); item; item = json_next(item)) {
		struct change change;
		if (!change_from_json_by_name(mem, item, &directory, &change, &err)) {
			assert(err.code == ERROR_INVALID || err.code == ERROR_NOT_FOUND);
			return;
		}
		assert(change.kind != CHANGE_NONE);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	void *mem = mem_context(NULL);
	char *text = mem_strndup(mem, (const char *)bytes, size);
	const char *at = text;
	char *method = take(mem, &at, ' '), *path = take(mem, &at, '\n');
	const struct route *route = find(mem, method, path);
	if (route && route->body == BODY_JSON) {
		read_changes(mem, at, strlen(at));
	}
	talloc_free(mem);
	return 0;
}
