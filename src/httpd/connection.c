#include "httpd/connection.h"

#include "base/mem.h"
#include "httpd/route.h"
#include "httpd/server_state.h"

#include <string.h>

enum { BODY_MAX = 8 * 1024 * 1024 };

static struct request *begin(struct server *server, struct MHD_Connection *connection,
	const char *url, const char *method)
{
	struct request *request = mem_new(NULL, struct request);
	request->server = server;
	request->connection = connection;
	request->number = atomic_fetch_add(&server->requests, 1) + 1;
	request->method = mem_strdup(request, method);
	request->path = mem_strdup(request, url);
	request->body = mem_strdup(request, "");
	request->began_at = clock_monotonic();
	server_enter(server);
	return request;
}

/* --- the body --- */

static void add_body(struct request *request, const char *bytes, size_t size)
{
	if (request->response.status) {
		return; /* too large: read to its end, then told */
	}
	if (request->size + size > BODY_MAX) {
		struct error err;
		error_set_reason(&err, ERROR_INVALID, "too_large",
			N_("the request is larger than {0} bytes; send less at once"),
			mem_printf(request, "%d", BODY_MAX), NULL);
		request_respond_problem(request, &err);
		return;
	}
	request->body =
		mem_grow(request, request->body, char, (unsigned)(request->size + size + 1));
	memcpy(request->body + request->size, bytes, size);
	request->size += size;
	request->body[request->size] = '\0';
}

/* --- the handler --- */

static bool find_route(struct request *request, struct error *err)
{
	char *allowed = NULL;
	bool ok = route_find(request, request->method, request->path, &request->route,
		request->values, &allowed, err);
	request->response.allow = allowed;
	return ok;
}

static bool open_store(struct request *request, struct error *err)
{
	if (!pool_store(request->server->pool, &request->store, err)) {
		return false;
	}
	store_set_actor(request->store, 0);
	return request_directory(request, err);
}

/* Reading is for tokens with that right, all the rest is writing. */
static bool has_right(const struct request *request, struct error *err)
{
	bool reads = strcmp(request->route->method, "GET") == 0;
	return identity_has_right(&request->identity, reads ? RIGHT_READ : RIGHT_WRITE, err);
}

static bool has_role(const struct request *request, struct error *err)
{
	const struct identity *identity = &request->identity;
	if (!identity->operator_id || identity->role >= request->route->role) {
		return true;
	}
	return error_set_reason(err, ERROR_DENIED, "role",
		N_("only {0}s may do this; ask one of them"),
		name_of(&role_names, (int)request->route->role), NULL);
}

static bool handle(struct request *request, struct error *err)
{
	if (!find_route(request, err)) {
		return false;
	}
	if (request->route->access == ACCESS_OPEN) {
		return request->route->handler(request, err);
	}
	if (!open_store(request, err) || !identify(request, err) || !has_right(request, err) ||
		!has_role(request, err)) {
		return false;
	}
	store_set_actor(request->store, request->identity.operator_id);
	return request->route->handler(request, err);
}

/* Goes on after the writer. Others have used the thread's handle meanwhile. */
static bool go_on(struct request *request, struct error *err)
{
	request->is_writing = false;
	store_set_actor(request->store, request->identity.operator_id);
	if (!request->job.ok) {
		*err = request->job.err;
		return false;
	}
	return request->written(request, err);
}

/* --- the answer --- */

static void add_header(struct MHD_Response *response, const char *name, const char *value)
{
	if (value) {
		MHD_add_response_header(response, name, value);
	}
}

static enum MHD_Result send_response(struct request *request)
{
	const struct response *response = &request->response;
	struct MHD_Response *raw = MHD_create_response_from_buffer(
		response->size, (void *)(uintptr_t)response->body, MHD_RESPMEM_PERSISTENT);
	mem_check(raw);
	add_header(raw, MHD_HTTP_HEADER_CONTENT_TYPE, response->media_type);
	add_header(raw, MHD_HTTP_HEADER_ETAG, response->etag);
	add_header(raw, MHD_HTTP_HEADER_ALLOW, response->allow);
	if (response->status == MHD_HTTP_UNAUTHORIZED) {
		add_header(raw, MHD_HTTP_HEADER_WWW_AUTHENTICATE, "Bearer");
	}
	if (request->directory) {
		add_header(raw, "Atende-Directory",
			mem_printf(request, "%lld", (long long)request->directory->revision));
	}
	if (response->retry_after_s) {
		add_header(raw, MHD_HTTP_HEADER_RETRY_AFTER,
			mem_printf(request, "%d", response->retry_after_s));
	}
	enum MHD_Result result =
		MHD_queue_response(request->connection, (unsigned)response->status, raw);
	MHD_destroy_response(raw);
	return result;
}

static enum MHD_Result answer(struct request *request, bool ok, const struct error *err)
{
	if (request->is_writing && ok) {
		return MHD_YES; /* suspended */
	}
	if (!ok) {
		request_respond_problem(request, err);
	}
	return send_response(request);
}

/* --- what the library calls --- */

enum MHD_Result connection_handle(void *data, struct MHD_Connection *connection, const char *url,
	const char *method, const char *version, const char *upload, size_t *upload_size,
	void **state)
{
	(void)version;
	struct error err = {0};
	struct request *request = *state;
	if (!request) {
		*state = begin(data, connection, url, method);
		return MHD_YES;
	}
	if (*upload_size) {
		add_body(request, upload, *upload_size);
		*upload_size = 0;
		return MHD_YES;
	}
	if (request->response.status) {
		return send_response(request);
	}
	bool ok = request->is_writing ? go_on(request, &err) : handle(request, &err);
	return answer(request, ok, &err);
}

void connection_completed(void *data, struct MHD_Connection *connection, void **state,
	enum MHD_RequestTerminationCode code)
{
	(void)connection;
	(void)code;
	struct request *request = *state;
	if (!request) {
		return;
	}
	struct server *server = data;
	log_line(server->options.log, "request", "%lld %s %s %d %lld ms",
		(long long)request->number, request->method,
		request->route ? request->route->path : "-", request->response.status,
		(long long)(clock_monotonic() - request->began_at));
	talloc_free(request);
	*state = NULL;
	server_leave(server);
}

void connection_resume(struct request *request)
{
	MHD_resume_connection(request->connection);
}
