#include "store/http_remote.h"

#include "base/mem.h"
#include "codec/result_json.h"

#include <inttypes.h>
#include <string.h>

struct remote *remote_of(struct store *store)
{
	return (struct remote *)store;
}

/* --- paths --- */

void remote_path_add(char **path, const char *name, const char *value)
{
	if (!value) {
		return;
	}
	char *escaped = http_escape(NULL, value);
	*path = mem_check(talloc_asprintf_append(
		*path, "%c%s=%s", strchr(*path, '?') ? '&' : '?', name, escaped));
	talloc_free(escaped);
}

void remote_path_add_int(char **path, const char *name, int64_t value)
{
	*path = mem_check(talloc_asprintf_append(
		*path, "%c%s=%" PRId64, strchr(*path, '?') ? '&' : '?', name, value));
}

/* --- what can go wrong --- */

static bool uncertain(const struct remote *remote, struct error *err)
{
	return error_set_reason(err, ERROR_UNCERTAIN, "unreachable",
		N_("{0} has not said whether this was done; send it again, it is done only once"),
		remote->location, NULL);
}

static bool no_server(const struct remote *remote, struct error *err)
{
	return error_set_reason(err, ERROR_UNAVAILABLE, "no_server",
		N_("what answers at {0} is no server of a desk; check the address"),
		remote->location, NULL);
}

bool remote_strange(const struct remote *remote, const struct remote_call *call, struct error *err)
{
	if (call->is_change) {
		return uncertain(remote, err);
	}
	struct error what = err ? *err : (struct error){0};
	char *sentence = error_sentence(NULL, &what, NULL);
	error_set_reason(err, ERROR_INVALID, "version",
		N_("the server at {0} speaks another version than this program: {1}"),
		remote->location, sentence, NULL);
	talloc_free(sentence);
	return false;
}

/* A server that knows the way there at all tells in what it answers. */
static bool is_of_a_desk(const struct http_answer *answer)
{
	return http_header_number(answer, "Atende-Directory", -1) >= 0;
}

static bool read_problem(const struct http_answer *answer, struct error *err)
{
	const struct json *json;
	void *scratch = mem_context(NULL);
	struct error found = {0};
	bool ok = json_parse(scratch, answer->body, answer->body_size, 1, &json, NULL) &&
		  error_from_json(json, &found) && found.code != ERROR_NONE;
	talloc_free(scratch);
	if (ok && err) {
		*err = found;
	}
	return ok;
}

bool remote_refused(const struct remote *remote, const struct remote_call *call,
	const struct http_answer *answer, struct error *err)
{
	struct error found = {0};
	if (!read_problem(answer, &found)) {
		/* A proxy that stands between may have lost the answer of who did it. */
		return call->is_change && answer->status >= 500 ? uncertain(remote, err)
								: no_server(remote, err);
	}
	bool is_unknown = found.reason && (strcmp(found.reason, "no_route") == 0 ||
						  strcmp(found.reason, "method") == 0);
	if (is_unknown) {
		return error_set_reason(err, ERROR_INVALID, "version",
			N_("the server at {0} is older than this program and cannot do this yet"),
			remote->location, NULL);
	}
	if (err) {
		*err = found;
	}
	return false;
}

/* --- sending --- */

/* Clocks are never quite the same; what is less than that is the way. */
enum { SAME_CLOCK_MS = 2000 };

static void set_clock(struct remote *remote, const struct http_answer *answer)
{
	int64_t now = http_header_number(answer, "Atende-Now", -1);
	if (now >= 0) {
		int64_t ahead = now - clock_now(&remote->clock);
		int64_t moved = ahead - remote->ahead_ms;
		bool is_same = ahead > -SAME_CLOCK_MS && ahead < SAME_CLOCK_MS;
		bool has_moved = moved <= -SAME_CLOCK_MS || moved >= SAME_CLOCK_MS;
		remote->ahead_ms = is_same ? 0 : has_moved ? ahead : remote->ahead_ms;
	}
}

/* As http_send, for who looks at the answer while it comes. */
static bool send_seen(struct http *http, const struct http_request *request, const void *mem,
	struct transfer **transfer, struct http_answer *answer, struct error *err)
{
	bool is_done = false;
	*answer = (struct http_answer){0};
	bool ok = transfer_begin(http, request, transfer, err);
	while (ok && !is_done) {
		ok = transfer_step(*transfer, -1, &is_done, err);
	}
	if (ok) {
		transfer_move_answer(*transfer, mem, answer);
	}
	transfer_end(*transfer);
	*transfer = NULL;
	return ok;
}

void remote_headers(
	const struct remote *remote, const void *mem, const char *accept, const char **headers)
{
	int64_t actor = remote->store.actor;
	size_t count = 0;
	headers[count++] = mem_printf(mem, "Accept: %s", accept ? accept : "application/json");
	if (actor) {
		headers[count++] = mem_printf(
			mem, "Atende-As: %s", directory_login_of(remote->directory, actor));
	}
}

static bool exchange(struct remote *remote, const struct remote_call *call, const void *mem,
	struct http_answer *answer, struct error *err)
{
	const char *headers[3] = {NULL};
	remote_headers(remote, mem, call->accept, headers);
	struct http_request request = {
		.method = call->method ? call->method : "GET",
		.path = call->path,
		.headers = headers,
		.if_none_match =
			call->is_page ? page_cache_etag(remote->pages, call->path) : call->etag,
		.body = call->body,
		.body_size = call->size,
		.body_type = call->type,
		.take = call->take,
		.take_data = call->take_data,
		.is_once = call->is_once,
		.total_ms = call->is_long ? -1 : 0,
	};
	struct error lost = {0};
	struct http *http = call->is_long ? remote->patient : remote->http;
	bool ok = call->under_way ? send_seen(http, &request, mem, call->under_way, answer, &lost)
				  : http_send(http, &request, mem, answer, &lost);
	if (ok) {
		set_clock(remote, answer);
		return true;
	}
	if (call->is_change && answer->was_sent) {
		return uncertain(remote, err);
	}
	if (err) {
		*err = lost;
	}
	return false;
}

/* What the server has not sent again is what it sent before. */
static void use_page(struct remote *remote, const struct remote_call *call, const void *mem,
	struct http_answer *answer)
{
	if (answer->status == 304) {
		const char *body = page_cache_body(remote->pages, call->path, &answer->body_size);
		char *copy = mem_array(mem, char, answer->body_size + 1);
		memcpy(copy, body, answer->body_size);
		answer->body = copy;
		answer->status = 200;
	} else if (answer->status == 200) {
		page_cache_put(remote->pages, call->path, http_header_of(answer, "ETag"),
			answer->body, answer->body_size);
	}
}

bool remote_receive(struct remote *remote, const struct remote_call *call, const void *mem,
	struct http_answer *answer, struct error *err)
{
	remote->is_fresh = false;
	if (!exchange(remote, call, mem, answer, err)) {
		return false;
	}
	if (call->is_page) {
		use_page(remote, call, mem, answer);
	}
	bool is_same = call->etag && answer->status == 304;
	if (!is_same && (answer->status < 200 || answer->status > 299)) {
		return remote_refused(remote, call, answer, err);
	}
	if (!is_of_a_desk(answer)) {
		return call->is_change ? uncertain(remote, err) : no_server(remote, err);
	}
	return true;
}

bool remote_send(struct remote *remote, const struct remote_call *call, const void *mem,
	struct http_answer *answer, struct error *err)
{
	if (!remote_receive(remote, call, mem, answer, err)) {
		return false;
	}
	int64_t revision = http_header_number(answer, "Atende-Directory", -1);
	if (remote->directory && remote->directory->revision == revision) {
		return true;
	}
	return remote_directory_fetch(remote, err) || (call->is_change && uncertain(remote, err));
}

bool remote_ask(struct remote *remote, const struct remote_call *call, const void *mem,
	const struct json **json, struct error *err)
{
	struct http_answer answer;
	*json = NULL;
	if (!remote_send(remote, call, mem, &answer, err)) {
		return false;
	}
	if (answer.status == 204) {
		return true;
	}
	if (!json_parse(mem, answer.body, answer.body_size, 1, json, err) ||
		json_type_of(*json) != JSON_OBJECT) {
		return remote_strange(remote, call, err);
	}
	return true;
}

bool remote_read(struct remote *remote, const struct remote_call *call,
	const struct object_info *object, const void *mem, void *row, struct error *err)
{
	void *scratch = mem_context(NULL);
	const struct json *json;
	bool ok = remote_ask(remote, call, scratch, &json, err) &&
		  (object_from_json(mem, json, object, row, remote->directory, err) ||
			  remote_strange(remote, call, err));
	talloc_free(scratch);
	return ok;
}

bool remote_get(struct remote *remote, const char *path, const struct object_info *object,
	const void *mem, void *row, struct error *err)
{
	struct remote_call call = {.path = path};
	return remote_read(remote, &call, object, mem, row, err);
}
