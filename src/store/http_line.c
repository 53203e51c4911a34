#include "store/http_remote.h"

#include "base/mem.h"
#include "codec/objects.h"

#include <string.h>

/* The internal line: who is where, and what colleagues write to each other. */

bool remote_presence(struct store *store, const struct presence *presence, struct error *err)
{
	static const char *const names[] = {"operator", "terminal", "ticket", "doing"};
	struct remote *remote = remote_of(store);
	if (!presence_check(presence, err)) {
		return false;
	}
	void *scratch = mem_context(NULL);
	struct json *body = json_object(scratch);
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		member_add_json(body, &presence_object, names[i], presence,
			&(struct field_scope){remote->directory, 0});
	}
	const char *bytes = json_print(scratch, body);
	struct remote_call call = {
		.method = "PUT", .path = "/v1/presence", .body = bytes, .size = strlen(bytes)};
	const struct json *json;
	bool ok = remote_ask(remote, &call, scratch, &json, err);
	talloc_free(scratch);
	return ok;
}

bool remote_presences(struct store *store, const void *mem, int64_t ticket,
	struct presence_list *list, struct error *err)
{
	char *path = mem_strdup(NULL, "/v1/presence");
	if (ticket) {
		remote_path_add_int(&path, "ticket", ticket);
	}
	bool ok = remote_get(remote_of(store), path, &presence_list_object, mem, list, err);
	talloc_free(path);
	return ok;
}

bool remote_memos(struct store *store, const void *mem, const struct memo_query *query,
	struct memo_list *list, struct error *err)
{
	char *path = mem_strdup(NULL, "/v1/memos");
	if (query->before) {
		remote_path_add_int(&path, "before", query->before);
	}
	if (query->limit) {
		remote_path_add_int(&path, "limit", (int64_t)query->limit);
	}
	bool ok = remote_get(remote_of(store), path, &memo_list_object, mem, list, err);
	talloc_free(path);
	return ok;
}
