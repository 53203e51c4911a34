#include "store/http_remote.h"

#include "base/mem.h"
#include "codec/change_json.h"
#include "codec/desk_json.h"
#include "codec/objects.h"
#include "codec/result_json.h"
#include "core/problem.h"

#include <inttypes.h>
#include <string.h>

/* --- changes --- */

enum { CHANGES_A_REQUEST = 1000 };

static bool take_results(const struct remote *remote, const struct json *array, size_t count,
	struct result *results, struct error *err)
{
	if (json_type_of(array) != JSON_ARRAY || json_count(array) != count) {
		return json_wrong_value("results", err);
	}
	const struct json *item = json_first(array);
	for (size_t i = 0; i < count; i++, item = json_next(item)) {
		if (!result_from_json(NULL, item, &results[i], remote->directory, err)) {
			return false;
		}
	}
	return true;
}

static bool send_changes(struct remote *remote, const struct change *changes, size_t count,
	struct result *results, struct error *err)
{
	void *scratch = mem_context(NULL);
	struct json *array = json_array(scratch);
	for (size_t i = 0; i < count; i++) {
		json_add_copy(array, NULL, change_json(scratch, &changes[i]));
	}
	const char *body = json_print(scratch, array);
	struct remote_call call = {.method = "POST",
		.path = "/v1/changes",
		.body = body,
		.size = strlen(body),
		.is_change = true};
	const struct json *json;
	bool ok = remote_ask(remote, &call, scratch, &json, err) &&
		  (take_results(remote, json_get(json, "results"), count, results, err) ||
			  remote_strange(remote, &call, err));
	talloc_free(scratch);
	return ok;
}

/* What the server said of the request is said of each change in it. But for who it does not know,
 * and for what says nothing about the changes. */
static bool is_about_changes(const struct error *err)
{
	static const char *const others[] = {"no_identity", "signed_out", "version", "no_server"};
	for (size_t i = 0; err->reason && i < ARRAY_LEN(others); i++) {
		if (strcmp(err->reason, others[i]) == 0) {
			return false;
		}
	}
	return err->code == ERROR_INVALID || err->code == ERROR_DENIED ||
	       err->code == ERROR_NOT_FOUND || err->code == ERROR_CONFLICT;
}

static bool send_or_refuse(struct remote *remote, const struct change *changes, size_t count,
	struct result *results, struct error *err)
{
	struct error refused = {0};
	if (send_changes(remote, changes, count, results, &refused)) {
		return true;
	}
	if (!is_about_changes(&refused)) {
		*err = refused;
		return false;
	}
	for (size_t i = 0; i < count; i++) {
		results[i] = (struct result){.err = refused};
	}
	return true;
}

/* As many as go in one request without parting a group. */
static size_t part(const struct change *changes, size_t count)
{
	if (count <= CHANGES_A_REQUEST) {
		return count;
	}
	size_t at = CHANGES_A_REQUEST;
	while (at > 1 && changes[at].group && changes[at].group == changes[at - 1].group) {
		at--;
	}
	return at > 1 ? at : CHANGES_A_REQUEST;
}

static bool send_all(struct remote *remote, const struct change *changes, size_t count,
	struct result *results, struct error *err)
{
	for (size_t at = 0; at < count;) {
		size_t size = part(changes + at, count - at);
		if (!send_or_refuse(remote, changes + at, size, results + at, err)) {
			/* What was applied of the earlier parts is told when all come again. */
			err->code = at == 0 ? err->code : ERROR_UNCERTAIN;
			return false;
		}
		at += size;
	}
	return true;
}

/* --- what needs no server to be refused --- */

static bool is_stopped(const struct change *changes, const struct result *results, size_t at)
{
	for (size_t i = 0; i < at; i++) {
		if (changes[at].group > 0 && changes[i].group == changes[at].group &&
			results[i].err.code != ERROR_NONE) {
			return true;
		}
	}
	return false;
}

static bool may_be_sent(const struct remote *remote, const struct change *change, struct error *err)
{
	int64_t actor = remote->store.actor;
	if (actor && change->actor != actor) {
		return problem(err, PROBLEM_NOT_YOURS,
			directory_login_of(remote->directory, change->actor), NULL);
	}
	return change_validate(change, err);
}

bool remote_apply(struct store *store, const struct change *changes, size_t count,
	struct result *results, struct error *err)
{
	struct remote *remote = remote_of(store);
	void *scratch = mem_context(NULL);
	struct change *sent = mem_array(scratch, struct change, count);
	struct result *told = mem_array(scratch, struct result, count);
	size_t *places = mem_array(scratch, size_t, count);
	size_t n = 0;
	struct error failed = {0};
	for (size_t i = 0; i < count; i++) {
		if (is_stopped(changes, results, i)) {
			problem(&results[i].err, PROBLEM_GROUP, NULL);
		} else if (may_be_sent(remote, &changes[i], &results[i].err)) {
			sent[n] = changes[i];
			places[n++] = i;
		}
	}
	bool ok = send_all(remote, sent, n, told, &failed);
	for (size_t i = 0; ok && i < n; i++) {
		results[places[i]] = told[i];
	}
	if (!ok && err) {
		*err = failed;
	}
	talloc_free(scratch);
	return ok;
}

/* --- what is no change --- */

/* May be done twice, so that no answer is only no answer. */
static bool order(struct remote *remote, const char *method, const char *path,
	const struct json *body, const void *mem, const struct json **answer, struct error *err)
{
	const char *bytes = body ? json_print(mem, body) : NULL;
	struct remote_call call = {
		.method = method, .path = path, .body = bytes, .size = bytes ? strlen(bytes) : 0};
	return remote_ask(remote, &call, mem, answer, err);
}

static char *draft_path(const void *mem, int64_t ticket, enum draft_kind kind, const char *what)
{
	return mem_printf(mem, "/v1/tickets/%" PRId64 "/drafts/%s%s", ticket,
		name_of(&draft_kind_names, (int)kind), what);
}

bool remote_draft_save(struct store *store, const struct draft *draft, struct error *err)
{
	static const char *const names[] = {"text", "generation", "seen", "address"};
	void *scratch = mem_context(NULL);
	struct json *body = json_object(scratch);
	const struct json *answer;
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		member_add_json(body, &draft_object, names[i], draft, &(struct field_scope){0});
	}
	files_add_json(body, "attachments", &draft->attachments);
	bool ok = order(remote_of(store), "PUT",
		draft_path(scratch, draft->ticket, draft->kind, ""), body, scratch, &answer, err);
	talloc_free(scratch);
	return ok;
}

static bool draft_order(struct store *store, const char *method, const char *what, int64_t ticket,
	enum draft_kind kind, struct error *err)
{
	void *scratch = mem_context(NULL);
	const struct json *answer;
	bool ok = order(remote_of(store), method, draft_path(scratch, ticket, kind, what), NULL,
		scratch, &answer, err);
	talloc_free(scratch);
	return ok;
}

bool remote_draft_discard(
	struct store *store, int64_t ticket, enum draft_kind kind, struct error *err)
{
	return draft_order(store, "DELETE", "", ticket, kind, err);
}

bool remote_draft_restore(
	struct store *store, int64_t ticket, enum draft_kind kind, struct error *err)
{
	return draft_order(store, "POST", "/restore", ticket, kind, err);
}

bool remote_draft_adopt(struct store *store, int64_t ticket, int64_t author, enum draft_kind kind,
	struct error *err)
{
	struct remote *remote = remote_of(store);
	void *scratch = mem_context(NULL);
	struct json *body = json_object(scratch);
	const struct json *answer;
	json_add_text(body, "author", directory_login_of(remote->directory, author));
	bool ok = order(remote, "POST", draft_path(scratch, ticket, kind, "/adopt"), body, scratch,
		&answer, err);
	talloc_free(scratch);
	return ok;
}

bool remote_renew(struct store *store, struct renewal *renewal, struct error *err)
{
	static const char *const names[] = {"ticket", "generation", "grace", "from", "to"};
	void *scratch = mem_context(NULL);
	struct json *body = json_object(scratch);
	const struct json *answer;
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		member_add_json(body, &renewal_object, names[i], renewal, &(struct field_scope){0});
	}
	bool ok = order(remote_of(store), "POST", "/v1/renewals", body, scratch, &answer, err) &&
		  json_get_time(answer, "expires_at", &renewal->expires_at, err);
	talloc_free(scratch);
	return ok;
}

bool remote_blob_put(struct store *store, const void *mem, const void *bytes, size_t size,
	char **key, struct error *err)
{
	void *scratch = mem_context(NULL);
	struct remote_call call = {.method = "POST",
		.path = "/v1/files",
		.body = size ? bytes : "",
		.size = size,
		.type = "application/octet-stream"};
	const struct json *json;
	const char *blob = NULL;
	bool ok = remote_ask(remote_of(store), &call, scratch, &json, err) &&
		  json_get_text(json, "blob", &blob, err) &&
		  (blob || json_wrong_value("blob", err) ||
			  remote_strange(remote_of(store), &call, err));
	*key = ok ? mem_strdup(mem, blob) : NULL;
	talloc_free(scratch);
	return ok;
}
