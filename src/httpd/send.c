#include "base/mem.h"
#include "httpd/connection.h"
#include "httpd/pack.h"
#include "httpd/route.h"
#include "httpd/server_state.h"

#include <string.h>

/* From request->response to the library: headers, entity tags, the cache. */

enum { STREAM_BLOCK = 1024 };

static void add_header(struct MHD_Response *response, const char *name, const char *value)
{
	if (value) {
		MHD_add_response_header(response, name, value);
	}
}

static void add_number(struct MHD_Response *response, const char *name, int64_t value)
{
	char *text = mem_printf(NULL, "%lld", (long long)value);
	add_header(response, name, text);
	talloc_free(text);
}

static void add_headers(struct request *request, struct MHD_Response *raw)
{
	const struct response *response = &request->response;
	if (!response->etag) {
		add_number(
			raw, "Atende-Request", request->number); /* in the log; not if it is kept */
	}
	add_header(raw, MHD_HTTP_HEADER_CONTENT_TYPE, response->media_type);
	add_header(raw, MHD_HTTP_HEADER_CONTENT_ENCODING, response->coding);
	if (response->etag || pack_is_text(response->media_type)) {
		add_header(raw, MHD_HTTP_HEADER_VARY, MHD_HTTP_HEADER_ACCEPT_ENCODING);
	}
	add_header(raw, MHD_HTTP_HEADER_ETAG, response->etag);
	add_header(raw, MHD_HTTP_HEADER_ALLOW, response->allow);
	add_header(raw, MHD_HTTP_HEADER_CONNECTION, request->is_last ? "close" : NULL);
	if (response->status == MHD_HTTP_UNAUTHORIZED) {
		add_header(raw, MHD_HTTP_HEADER_WWW_AUTHENTICATE, "Bearer");
	}
	if (request->directory) {
		add_number(raw, "Atende-Directory", request->directory->revision);
		/* Leases and due times are by this clock; that of the client may be wrong. */
		add_number(raw, "Atende-Now", clock_now(&request->server->clock));
	}
	if (response->status == MHD_HTTP_TOO_MANY_REQUESTS ||
		response->status == MHD_HTTP_SERVICE_UNAVAILABLE) {
		int wait_s = response->retry_after_s ? response->retry_after_s : 1;
		add_number(raw, MHD_HTTP_HEADER_RETRY_AFTER, wait_s);
	}
}

/* Nobody on the way may keep a stream back, to compress it or to send more at once. */
static struct MHD_Response *make_stream(struct request *request)
{
	const struct response *response = &request->response;
	struct MHD_Response *raw = MHD_create_response_from_callback(
		MHD_SIZE_UNKNOWN, STREAM_BLOCK, response->stream, response->stream_data, NULL);
	mem_check(raw);
	add_header(raw, MHD_HTTP_HEADER_CACHE_CONTROL, "no-store, no-transform");
	add_header(raw, "X-Accel-Buffering", "no");
	server_leave(request->server, request);
	return raw;
}

/* A file is the response's from here on. */
static struct MHD_Response *make_body(struct response *response, enum MHD_ResponseMemoryMode mode)
{
	struct MHD_Response *raw =
		response->fd ? MHD_create_response_from_fd(response->size, response->fd)
			     : MHD_create_response_from_buffer(
				       response->size, (void *)(uintptr_t)response->body, mode);
	response->fd = 0;
	return mem_check(raw);
}

static struct MHD_Response *make(struct request *request, enum MHD_ResponseMemoryMode mode)
{
	struct MHD_Response *raw = request->response.stream ? make_stream(request)
							    : make_body(&request->response, mode);
	add_headers(request, raw);
	return raw;
}

static bool wants_packed(struct request *request)
{
	return pack_is_wanted(request_header(request, MHD_HTTP_HEADER_ACCEPT_ENCODING));
}

static void pack(struct request *request)
{
	struct response *response = &request->response;
	bool is_bytes = !response->stream && !response->fd && !response->kept;
	size_t size;
	if (!is_bytes || !pack_is_useful(response->media_type, response->size) ||
		!wants_packed(request)) {
		return;
	}
	char *packed = pack_bytes(request, response->body, response->size, &size);
	if (packed) {
		response->body = packed;
		response->size = size;
		response->coding = "gzip";
	}
}

/* --- entity tags (RFC 9110, 8.8.3 and 13.1.2) --- */

/* As FNV-1a, eight bytes at a time: it says whether something changed, and guards nothing. Weak, so
 * that it is the same for what is packed and what is not. */
static const char *tag_of(const void *mem, const char *bytes, size_t size)
{
	uint64_t hash = UINT64_C(14695981039346656037), word;
	for (size_t at = 0; at < size; at += sizeof word) {
		size_t left = size - at;
		word = left;
		memcpy(&word, bytes + at, left < sizeof word ? left : sizeof word);
		hash = (hash ^ word) * UINT64_C(1099511628211);
		hash ^= hash >> 32;
	}
	return mem_printf(mem, "W/\"%016llx\"", (unsigned long long)hash);
}

static bool is_known(struct request *request, const char *etag)
{
	const char *known = request_header(request, MHD_HTTP_HEADER_IF_NONE_MATCH);
	return known && (strcmp(known, "*") == 0 || strstr(known, etag + strlen("W/")));
}

static enum MHD_Result send_unchanged(struct request *request, const char *etag)
{
	request->response =
		(struct response){.status = MHD_HTTP_NOT_MODIFIED, .body = "", .etag = etag};
	struct MHD_Response *raw = make(request, MHD_RESPMEM_PERSISTENT);
	enum MHD_Result result =
		MHD_queue_response(request->connection, MHD_HTTP_NOT_MODIFIED, raw);
	MHD_destroy_response(raw);
	return result;
}

/* --- the cache --- */

/* All that an answer depends on while the desk is as it is. */
static const char *key_of(struct request *request)
{
	return mem_printf(request, "%s %lld %s", wants_packed(request) ? "gzip" : "",
		(long long)request->identity.operator_id, request->target);
}

bool request_recall(struct request *request)
{
	const struct cache_entry *entry = cache_find(
		request->seat->cache, key_of(request), request->version, store_now(request->store));
	if (entry) {
		request->response = (struct response){
			.status = MHD_HTTP_OK, .kept = entry->response, .etag = entry->etag};
	}
	return entry != NULL;
}

static enum MHD_Result send_kept(struct request *request, struct MHD_Response *raw)
{
	const char *etag = request->response.etag;
	return is_known(request, etag) ? send_unchanged(request, etag)
				       : MHD_queue_response(request->connection, MHD_HTTP_OK, raw);
}

/* What was made is the cache's, whether it is sent or not. */
static enum MHD_Result keep_and_send(struct request *request)
{
	struct response *response = &request->response;
	response->etag = tag_of(request, response->body, response->size);
	pack(request);
	struct cache_entry entry = {.etag = (char *)(uintptr_t)response->etag,
		.size = response->size,
		.at = store_now(request->store),
		.response = make(request, MHD_RESPMEM_MUST_COPY)};
	enum MHD_Result result = send_kept(request, entry.response);
	cache_keep(request->seat->cache, key_of(request), request->version, &entry);
	return result;
}

/* --- all of it --- */

enum MHD_Result request_send(struct request *request)
{
	struct response *response = &request->response;
	bool is_endless = response->stream != NULL;
	guest_turn(request->guest, is_endless ? GUEST_WAITS : GUEST_TAKES, clock_monotonic(),
		(int64_t)response->size);
	if (response->kept) {
		return send_kept(request, response->kept);
	}
	if (response->status == MHD_HTTP_OK && request->route->is_kept && request->version >= 0) {
		return keep_and_send(request);
	}
	pack(request);
	struct MHD_Response *raw = make(request, MHD_RESPMEM_PERSISTENT);
	enum MHD_Result result =
		MHD_queue_response(request->connection, (unsigned)response->status, raw);
	MHD_destroy_response(raw);
	return result;
}
