#include "net/transfer.h"

#include "base/clock.h"
#include "base/mem.h"
#include "base/text.h"
#include "http_state.h"

#include <assert.h>
#include <string.h>
#include <strings.h>

enum {
	HEADERS_MAX = 100,
	HEADER_BYTES_MAX = 32 << 10,
	BODY_BEGIN = 4 << 10,
};

struct transfer {
	struct http *http;
	const struct http_request *request;
	void *kept; /* holds the answer */
	struct http_answer answer;
	struct http_header *headers;
	size_t header_bytes;
	bool has_headers; /* all of them */
	char *body;
	size_t room; /* bytes of body, without the NUL */
	struct curl_slist *lines;
	struct error err; /* of a callback */
	int sendings;
	bool is_news;	  /* the taker got something in this step */
	curl_off_t moved; /* bytes in both directions, and when that last grew */
	int64_t moved_at;
};

/* --- what libcurl calls --- */

/* A callback that gives this size ends the transfer; an error is set already. */
static size_t stop(void)
{
	return CURL_WRITEFUNC_ERROR;
}

static size_t stop_too_big(struct transfer *transfer)
{
	http_explain(transfer->http, CURLE_FILESIZE_EXCEEDED, &transfer->err);
	return stop();
}

static void begin_answer(struct transfer *transfer)
{
	transfer->answer.header_count = 0;
	transfer->header_bytes = 0;
	transfer->has_headers = false;
}

static void end_headers(struct transfer *transfer)
{
	long status = 0;
	curl_easy_getinfo(transfer->http->easy, CURLINFO_RESPONSE_CODE, &status);
	if (status >= 200) {
		transfer->has_headers = true;
		transfer->is_news = true;
		transfer->answer.status = (int)status;
	}
}

static void keep_header(struct transfer *transfer, const char *line, size_t size)
{
	const char *colon = memchr(line, ':', size);
	if (colon) {
		size_t n = (size_t)(colon - line);
		struct http_header *header = &transfer->headers[transfer->answer.header_count++];
		header->name = text_clean_line(transfer->headers, line, n, NULL);
		header->value = text_clean_line(transfer->headers, colon + 1, size - n - 1, NULL);
	}
}

/* One line at a time, with its end; those of interim answers too, and trailers. */
static size_t take_header(char *line, size_t one, size_t size, void *data)
{
	(void)one;
	struct transfer *transfer = data;
	transfer->header_bytes += size;
	if (transfer->header_bytes > HEADER_BYTES_MAX ||
		transfer->answer.header_count == HEADERS_MAX) {
		return stop_too_big(transfer);
	}
	if (transfer->has_headers) {
		return size;
	}
	if (size >= 5 && memcmp(line, "HTTP/", 5) == 0) {
		begin_answer(transfer);
	} else if (line[0] == '\r' || line[0] == '\n') {
		end_headers(transfer);
	} else {
		keep_header(transfer, line, size);
	}
	return size;
}

static bool is_taken(const struct transfer *transfer)
{
	return transfer->request->take && transfer->answer.status / 100 == 2;
}

static size_t keep_body(struct transfer *transfer, const char *bytes, size_t size)
{
	struct http_answer *answer = &transfer->answer;
	if (size > transfer->http->options.answer_max - answer->body_size) {
		return stop_too_big(transfer);
	}
	if (answer->body_size + size > transfer->room) {
		size_t wanted = answer->body_size + size;
		transfer->room = wanted > 2 * transfer->room ? wanted : 2 * transfer->room;
		transfer->body = mem_grow(transfer->kept, transfer->body, char, transfer->room + 1);
	}
	memcpy(transfer->body + answer->body_size, bytes, size);
	answer->body_size += size;
	transfer->body[answer->body_size] = '\0';
	return size;
}

static size_t take_body(char *bytes, size_t one, size_t size, void *data)
{
	(void)one;
	struct transfer *transfer = data;
	if (!is_taken(transfer)) {
		return keep_body(transfer, bytes, size);
	}
	transfer->is_news = true;
	return transfer->request->take(transfer->request->take_data, bytes, size, &transfer->err)
		       ? size
		       : stop();
}

static size_t give_body(char *bytes, size_t one, size_t max, void *data)
{
	(void)one;
	struct transfer *transfer = data;
	size_t size = 0;
	return transfer->request->give(
		       transfer->request->give_data, bytes, max, &size, &transfer->err)
		       ? size
		       : CURL_READFUNC_ABORT;
}

/* Connected, and about to send: libcurl does that again when a kept connection turns out dead. */
static int before_sending(void *data, char *remote, char *local, int remote_port, int local_port)
{
	(void)remote, (void)local, (void)remote_port, (void)local_port;
	struct transfer *transfer = data;
	bool may = transfer->sendings++ == 0 || !transfer->request->is_once;
	return may ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT;
}

/* --- setting up --- */

static void add_line(struct transfer *transfer, const char *line)
{
	transfer->lines = mem_check(curl_slist_append(transfer->lines, line));
}

static bool add_lines(struct transfer *transfer, struct error *err)
{
	const struct http_request *request = transfer->request;
	void *mem = mem_context(NULL);
	add_line(transfer, "Expect:"); /* the server refuses early what is too long anyway */
	if (request->body || request->give) {
		const char *type = request->body_type ? request->body_type : "application/json";
		add_line(transfer, mem_printf(mem, "Content-Type: %s", type));
	}
	if (transfer->http->options.token) {
		add_line(transfer,
			mem_printf(mem, "Authorization: Bearer %s", transfer->http->options.token));
	}
	if (request->if_none_match) {
		add_line(transfer, mem_printf(mem, "If-None-Match: %s", request->if_none_match));
	}
	for (size_t i = 0; request->headers && request->headers[i]; i++) {
		add_line(transfer, request->headers[i]);
	}
	talloc_free(mem);
	for (const struct curl_slist *at = transfer->lines; at; at = at->next) {
		if (!http_text_is_plain(at->data)) {
			return error_set(err, ERROR_INVALID,
				N_("a header of the request has control characters in it"), NULL);
		}
	}
	return true;
}

static void set_connection(const struct http *http)
{
	CURL *easy = http->easy;
	const struct http_options *options = &http->options;
	curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
	curl_easy_setopt(easy, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, (long)options->connect_ms);
	curl_easy_setopt(easy, CURLOPT_TCP_KEEPALIVE, 1L);
	curl_easy_setopt(easy, CURLOPT_USERAGENT, options->agent);
	/* Our own headers are for the server, not for a proxy that only makes a tunnel. */
	curl_easy_setopt(easy, CURLOPT_HEADEROPT, (long)CURLHEADER_SEPARATE);
	curl_easy_setopt(easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
	/* Within a machine packing costs more than it spares. */
	curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, http->location.socket ? NULL : "gzip");
	if (http->location.socket) {
		curl_easy_setopt(easy, CURLOPT_UNIX_SOCKET_PATH, http->location.socket);
		curl_easy_setopt(easy, CURLOPT_PROXY, "");
	} else if (options->proxy) {
		curl_easy_setopt(easy, CURLOPT_PROXY, options->proxy);
	} else if (http->location.is_local && !http->location.is_encrypted) {
		curl_easy_setopt(easy, CURLOPT_PROXY, "");
	}
	if (options->ca_file) {
		curl_easy_setopt(easy, CURLOPT_CAINFO, options->ca_file);
		curl_easy_setopt(easy, CURLOPT_CAPATH, NULL);
	}
}

static void set_callbacks(struct transfer *transfer)
{
	CURL *easy = transfer->http->easy;
	curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, take_header);
	curl_easy_setopt(easy, CURLOPT_HEADERDATA, transfer);
	curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, take_body);
	curl_easy_setopt(easy, CURLOPT_WRITEDATA, transfer);
	curl_easy_setopt(easy, CURLOPT_READFUNCTION, give_body);
	curl_easy_setopt(easy, CURLOPT_READDATA, transfer);
	curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION, before_sending);
	curl_easy_setopt(easy, CURLOPT_PREREQDATA, transfer);
}

static void set_request(struct transfer *transfer)
{
	CURL *easy = transfer->http->easy;
	const struct http_request *request = transfer->request;
	char *url = mem_printf(NULL, "%s%s", transfer->http->location.base, request->path);
	int total_ms = request->total_ms ? request->total_ms : transfer->http->options.total_ms;
	curl_easy_setopt(easy, CURLOPT_URL, url);
	curl_easy_setopt(easy, CURLOPT_PATH_AS_IS, 1L);
	curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, total_ms > 0 ? (long)total_ms : 0L);
	if (request->give) {
		curl_easy_setopt(easy, CURLOPT_UPLOAD, 1L);
	} else if (request->body) {
		curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)request->body_size);
		curl_easy_setopt(easy, CURLOPT_POSTFIELDS, request->body);
	} else if (strcmp(request->method, "GET") != 0) {
		curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE, 0L);
		curl_easy_setopt(easy, CURLOPT_POSTFIELDS, "");
	}
	curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, request->method);
	curl_easy_setopt(easy, CURLOPT_HTTPHEADER, transfer->lines);
	talloc_free(url);
}

bool transfer_begin(struct http *http, const struct http_request *request,
	struct transfer **transfer, struct error *err)
{
	assert(!http->is_busy);
	struct transfer *begun = mem_new(NULL, struct transfer);
	begun->http = http;
	begun->request = request;
	if (!add_lines(begun, err)) {
		curl_slist_free_all(begun->lines);
		talloc_free(begun);
		return false;
	}
	begun->kept = mem_context(begun);
	begun->headers = mem_array(begun->kept, struct http_header, HEADERS_MAX);
	begun->answer.headers = begun->headers;
	begun->room = BODY_BEGIN;
	begun->body = mem_array(begun->kept, char, BODY_BEGIN + 1);
	begun->moved_at = clock_monotonic();
	http->is_busy = true;
	atomic_store(&http->is_cancelled, false);
	curl_easy_reset(http->easy);
	set_connection(http);
	set_callbacks(begun);
	set_request(begun);
	curl_multi_add_handle(http->multi, http->easy);
	*transfer = begun;
	return true;
}

/* --- going on --- */

static bool has_ended(const struct http *http, CURLcode *code)
{
	int left;
	for (const CURLMsg *msg; (msg = curl_multi_info_read(http->multi, &left));) {
		if (msg->msg == CURLMSG_DONE) {
			*code = msg->data.result;
			return true;
		}
	}
	return false;
}

/* Milliseconds until the silence is too long; what moved counts from now. */
static int64_t stall_left(struct transfer *transfer)
{
	CURL *easy = transfer->http->easy;
	curl_off_t down = 0;
	curl_off_t up = 0;
	long request = 0;
	curl_easy_getinfo(easy, CURLINFO_SIZE_DOWNLOAD_T, &down);
	curl_easy_getinfo(easy, CURLINFO_SIZE_UPLOAD_T, &up);
	curl_easy_getinfo(easy, CURLINFO_REQUEST_SIZE, &request);
	curl_off_t moved = down + up + request + (curl_off_t)transfer->header_bytes;
	int64_t now = clock_monotonic();
	if (moved != transfer->moved) {
		transfer->moved = moved;
		transfer->moved_at = now;
	}
	transfer->answer.was_sent = transfer->answer.was_sent || request > 0;
	int stall_ms = transfer->request->stall_ms;
	return transfer->moved_at + (stall_ms ? stall_ms : transfer->http->options.stall_ms) - now;
}

/* libcurl takes a connection that is closed for the end of an answer when nothing else tells of it,
 * in the middle of the headers too. */
static bool is_complete(const struct transfer *transfer)
{
	const struct http_answer *answer = &transfer->answer;
	const char *coding = http_header_of(answer, "Transfer-Encoding");
	return transfer->has_headers && (answer->status == 204 || answer->status == 304 ||
						(coding && strcasecmp(coding, "chunked") == 0) ||
						http_header_of(answer, "Content-Length"));
}

static bool finish(struct transfer *transfer, CURLcode code, struct error *err)
{
	stall_left(transfer);
	if (transfer->err.code) {
		if (err) {
			*err = transfer->err;
		}
		return false;
	}
	if (code == CURLE_OK && !is_complete(transfer)) {
		code = CURLE_PARTIAL_FILE;
	}
	if (code != CURLE_OK) {
		return http_explain(transfer->http, code, err);
	}
	return true;
}

bool transfer_step(struct transfer *transfer, int wait_ms, bool *is_done, struct error *err)
{
	struct http *http = transfer->http;
	int64_t end_at = wait_ms < 0 ? INT64_MAX : clock_monotonic() + wait_ms;
	transfer->is_news = false;
	*is_done = false;
	for (int running;;) {
		CURLcode code;
		curl_multi_perform(http->multi, &running);
		if (has_ended(http, &code)) {
			*is_done = true;
			return finish(transfer, code, err);
		}
		int64_t stall_ms = stall_left(transfer);
		int64_t left_ms = end_at - clock_monotonic();
		if (atomic_load(&http->is_cancelled)) {
			return error_set_reason(err, ERROR_UNAVAILABLE, "cancelled",
				N_("the request was cancelled"), NULL);
		}
		if (stall_ms <= 0) {
			return http_explain_silence(http, err);
		}
		if (left_ms <= 0 || transfer->is_news) {
			return true;
		}
		curl_multi_poll(
			http->multi, NULL, 0, (int)(stall_ms < left_ms ? stall_ms : left_ms), NULL);
	}
}

const struct http_answer *transfer_answer(const struct transfer *transfer)
{
	return &transfer->answer;
}

void transfer_move_answer(struct transfer *transfer, const void *mem, struct http_answer *answer)
{
	*answer = transfer->answer;
	answer->body = transfer->body;
	answer->was_sent = true;
	talloc_steal(mem, transfer->kept);
}

void transfer_end(struct transfer *transfer)
{
	if (transfer) {
		curl_multi_remove_handle(transfer->http->multi, transfer->http->easy);
		transfer->http->is_busy = false;
		curl_slist_free_all(transfer->lines);
		talloc_free(transfer);
	}
}
