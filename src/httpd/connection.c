#include "httpd/connection.h"

#include "base/mem.h"
#include "httpd/route.h"
#include "httpd/server_state.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

enum { POOL_PIECES = 16, POOL_BYTES = 2048 };

void *connection_begin(void *data, const char *target, struct MHD_Connection *connection)
{
	struct server *server = data;
	struct request *request =
		mem_check(talloc_pooled_object(NULL, struct request, POOL_PIECES, POOL_BYTES));
	*request = (struct request){.server = server,
		.connection = connection,
		.number = atomic_fetch_add(&server->requests, 1) + 1,
		.target = mem_strdup(request, target),
		.body = mem_strdup(request, ""),
		.began_us = clock_monotonic_us()};
	request->guest = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT)
				 ->socket_context;
	guest_turn(request->guest, GUEST_ASKS, request->began_us / 1000, 0);
	guest_hold(request->guest, request);
	server_enter(server, request);
	return request;
}

/* --- before the body --- */

static bool find_route(struct request *request, struct error *err)
{
	return request_check_path(request, err) &&
	       route_find(request, request->method, request->path, &request->route, request->values,
		       &request->response.allow, err);
}

/* A store that reads replaces its directory only when the desk is at another version. */
static bool look(struct seat *seat, struct error *err)
{
	int64_t version;
	const struct directory *directory;
	if (!store_version(seat->store, &version, err)) {
		return false;
	}
	if (version != seat->version || version < 0 || !store_directory_known(seat->store)) {
		seat->version = version;
		return store_directory(seat->store, &directory, err);
	}
	return true;
}

/* Others may have used the thread's handle since it was last this request's. */
bool request_take_store(struct request *request, int64_t actor, struct error *err)
{
	struct seat *seat;
	if (!pool_seat(request->server->pool, &seat, err)) {
		return false;
	}
	request->seat = seat;
	request->store = seat->store;
	store_set_actor(seat->store, actor);
	if (seat->user != request->number) {
		seat->user = 0;
		if (!look(seat, err)) {
			return false;
		}
		seat->user = request->number;
		request->version = seat->version;
	}
	return request_directory(request, err);
}

/* What is for admins alone is a right of its own; else reading is one, all the rest is writing. */
static bool has_right(const struct request *request, struct error *err)
{
	const struct route *route = request->route;
	if (route->access == ACCESS_SELF) {
		return true;
	}
	enum right right = route->role == ROLE_ADMIN	       ? RIGHT_ADMIN
			   : strcmp(route->method, "GET") == 0 ? RIGHT_READ
							       : RIGHT_WRITE;
	return identity_has_right(&request->identity, right, err);
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

static bool knows_who(struct request *request, struct error *err)
{
	if (request->route->access == ACCESS_OPEN) {
		return true;
	}
	if (!request_take_store(request, 0, err)) {
		return false;
	}
	return request->route->access == ACCESS_ANYONE ||
	       (identify(request, err) &&
		       guests_may_ask(request->server->guests, &request->identity,
			       &request->response.retry_after_s, err) &&
		       has_right(request, err) && has_role(request, err));
}

/* What was refused is read to its end, for the client listens only then; but not for ever. */
enum { REFUSED_MOST = 64 * 1024 * 1024 };

/* What a client says beforehand of the size of its body, 0 when it does not. */
static size_t announced(struct request *request)
{
	const char *length = request_header(request, MHD_HTTP_HEADER_CONTENT_LENGTH);
	size_t size = length ? (size_t)strtoull(length, NULL, 10) : 0;
	request->is_last = request->is_last || size > REFUSED_MOST;
	return size;
}

static bool is_in_time(const struct request *request, struct error *err)
{
	return !atomic_load(&request->server->is_stopping) ||
	       error_set_reason(
		       err, ERROR_UNAVAILABLE, "stopping", N_("the server is being stopped"), NULL);
}

static bool is_welcome(struct request *request, struct error *err)
{
	bool ok = guest_is_welcome(request->guest, err);
	request->is_last = request->is_last || !ok;
	return ok;
}

static bool prepare(struct request *request, size_t size, struct error *err)
{
	return is_in_time(request, err) && is_welcome(request, err) &&
	       request_check_head(request, err) && find_route(request, err) &&
	       request_check(request, err) && knows_who(request, err) &&
	       request_check_size(request, size, err);
}

/* --- the body --- */

/* Small ones always have room: there are no more of them than connections. */
enum { ROOM_FREE = 64 * 1024, ROOM_BYTES = 256 * 1024 * 1024 };

static void give_room(struct request *request)
{
	atomic_fetch_sub(&request->server->bodies, request->room);
	request->room = 0;
}

/* Room for what has come of the body, among those of all requests that are under way. */
static bool take_room(struct request *request, struct error *err)
{
	struct server *server = request->server;
	int64_t most = server->options.limits.body_bytes;
	int64_t more = (int64_t)request->size - request->room;
	if (request->size <= ROOM_FREE) {
		return true;
	}
	request->room += more;
	return atomic_fetch_add(&server->bodies, more) + more <= (most ? most : ROOM_BYTES) ||
	       error_set_reason(err, ERROR_UNAVAILABLE, "busy",
		       N_("too much is being sent to the server at once; try again in a moment"),
		       NULL);
}

static void refuse_body(struct request *request, const struct error *err)
{
	give_room(request);
	talloc_free(request->body);
	request->body = mem_strdup(request, "");
	request_respond_problem(request, err);
}

static bool add_body(struct request *request, const char *bytes, size_t size)
{
	struct error err;
	request->size += size;
	if (!request->response.status &&
		(!request_check_size(request, request->size, &err) || !take_room(request, &err))) {
		refuse_body(request, &err);
	}
	if (request->response.status) {
		return request->size <= REFUSED_MOST;
	}
	request->body = mem_grow(request, request->body, char, request->size + 1);
	memcpy(request->body + request->size - size, bytes, size);
	request->body[request->size] = '\0';
	return true;
}

/* --- the handler --- */

/* The directory may be another one since `prepare` when there was a body to wait for. */
static bool handle(struct request *request, struct error *err)
{
	if (request->route->access != ACCESS_OPEN &&
		!request_take_store(request, request->identity.operator_id, err)) {
		return false;
	}
	return (request->route->is_kept && request_recall(request)) ||
	       request->route->handler(request, err);
}

static bool go_on(struct request *request, struct error *err)
{
	request->is_suspended = false;
	if (!request->job.ok) {
		*err = request->job.err;
		return false;
	}
	/* It names whom the writer knew: another look only when this handle is behind. */
	int64_t known = store_directory_known(request->store)->revision;
	bool is_behind = request->job.directory == 0 || known < request->job.directory;
	request->seat->user = is_behind ? 0 : request->number;
	return request_take_store(request, request->identity.operator_id, err) &&
	       request->written(request, err);
}

static enum MHD_Result answer(struct request *request, bool ok, const struct error *err)
{
	if (request->is_suspended && ok) {
		return MHD_YES;
	}
	if (!ok) {
		request_respond_problem(request, err);
	}
	return request_send(request);
}

/* --- what the library calls --- */

/* "http://HOST/v1/…" (RFC 9112, 3.2.2) without its beginning, which says nothing here. */
static const char *path_of(const char *url)
{
	size_t scheme = strncasecmp(url, "http://", 7) == 0    ? 7
			: strncasecmp(url, "https://", 8) == 0 ? 8
							       : 0;
	const char *slash = strchr(url + scheme, '/');
	return scheme == 0 ? url : slash ? slash : "/";
}

static enum MHD_Result open_request(struct request *request)
{
	struct error err = {0};
	size_t size = announced(request);
	bool ok = prepare(request, size, &err);
	if (!ok && request->response.allow && strcmp(request->method, "OPTIONS") == 0) {
		request_respond_nothing(request);
	} else if (!ok) {
		request_respond_problem(request, &err);
	}
	/* Who waits to be told whether to send its body is told at once; so is, for the last time,
	 * whose body is not waited for. */
	bool waits = request->is_last || request_header(request, MHD_HTTP_HEADER_EXPECT) != NULL;
	return request->response.status && waits ? request_send(request) : MHD_YES;
}

enum MHD_Result connection_handle(void *data, struct MHD_Connection *connection, const char *url,
	const char *method, const char *version, const char *upload, size_t *upload_size,
	void **state)
{
	(void)data;
	(void)connection;
	(void)version;
	struct error err = {0};
	struct request *request = *state;
	if (!request->method) {
		request->method = mem_strdup(request, method);
		request->path = mem_strdup(request, path_of(url));
		return open_request(request);
	}
	if (*upload_size) {
		bool goes_on = add_body(request, upload, *upload_size);
		guest_turn(request->guest, GUEST_ASKS, request->began_us / 1000,
			(int64_t)request->size);
		*upload_size = 0;
		return goes_on ? MHD_YES : MHD_NO;
	}
	if (request->response.status) {
		return request_send(request);
	}
	guest_turn(request->guest, GUEST_WAITS, 0, 0);
	bool ok = request->is_suspended ? go_on(request, &err) : handle(request, &err);
	return answer(request, ok, &err);
}

/* One line a request: its route and not its address, in which there might be a name. */
static void tell(const struct request *request)
{
	const struct server *server = request->server;
	const struct response *response = &request->response;
	int64_t us = clock_monotonic_us() - request->began_us;
	log_line(server->options.log, "request",
		"id=%lld method=%s route=%s status=%d ms=%.1f operator=%lld",
		(long long)request->number, request->route ? request->route->method : "-",
		request->route ? request->route->path : "-", response->status, (double)us / 1000,
		(long long)request->identity.operator_id);
	metrics_count(
		server->metrics, request->route, response->status, response->stream ? -1 : us);
}

void connection_finish(struct request *request)
{
	tell(request);
	guest_hold(request->guest, NULL);
	guest_turn(request->guest, GUEST_RESTS, clock_monotonic(), 0);
	if (request->response.fd) {
		close(request->response.fd);
	}
	server_leave(request->server, request);
	give_room(request);
	talloc_free(request);
}

void connection_completed(void *data, struct MHD_Connection *connection, void **state,
	enum MHD_RequestTerminationCode code)
{
	(void)data;
	(void)connection;
	(void)code;
	if (*state) {
		connection_finish(*state);
	}
	*state = NULL;
}

void connection_resume(struct request *request)
{
	MHD_resume_connection(request->connection);
}
