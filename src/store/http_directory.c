#include "store/http_remote.h"

#include "base/mem.h"
#include "codec/directory_json.h"

#include <string.h>

static bool take_directory(struct remote *remote, const struct remote_call *call,
	const struct http_answer *answer, struct error *err)
{
	struct directory *directory;
	const struct json *json;
	void *scratch = mem_context(NULL);
	bool ok = json_parse(scratch, answer->body, answer->body_size, 1, &json, err) &&
		  directory_from_json(remote, json, &directory, err);
	talloc_free(scratch);
	if (!ok) {
		return remote_strange(remote, call, err);
	}
	const char *etag = http_header_of(answer, "ETag");
	talloc_free(remote->directory);
	remote->directory = directory;
	remote->directory_etag = mem_strdup(directory, etag);
	remote->directory_text = mem_strndup(directory, answer->body, answer->body_size);
	return true;
}

bool remote_directory_fetch(struct remote *remote, struct error *err)
{
	void *scratch = mem_context(NULL);
	struct remote_call call = {
		.path = "/v1/directory", .etag = remote->directory ? remote->directory_etag : NULL};
	struct http_answer answer;
	bool ok = remote_receive(remote, &call, scratch, &answer, err) &&
		  (answer.status == 304 || take_directory(remote, &call, &answer, err));
	talloc_free(scratch);
	return ok;
}

bool remote_directory(struct store *store, const struct directory **directory, struct error *err)
{
	struct remote *remote = remote_of(store);
	bool ok = remote->is_fresh || remote_directory_fetch(remote, err);
	remote->is_fresh = false;
	*directory = ok ? remote->directory : NULL;
	return ok;
}

/* Read once more rather than copied: what is in a directory only the codec knows. */
bool remote_directory_copy(
	struct store *store, const void *mem, struct directory **directory, struct error *err)
{
	struct remote *remote = remote_of(store);
	const struct json *json;
	if (!remote_directory_fetch(remote, err)) {
		return false;
	}
	void *scratch = mem_context(NULL);
	const char *text = remote->directory_text;
	bool ok = json_parse(scratch, text, strlen(text), 1, &json, err) &&
		  directory_from_json(mem, json, directory, err);
	talloc_free(scratch);
	return ok;
}
