#include "httpd/connection.h"

#include "base/bytes.h"
#include "base/mem.h"
#include "base/text.h"
#include "core/problem.h"
#include "httpd/route.h"

#include <string.h>
#include <strings.h>

/* What can be refused before anybody asks who it is: how a request is written, not what it says. */

/* --- the address --- */

static int hex(char digit)
{
	static const char digits[] = "0123456789abcdef";
	const char *at = digit ? strchr(digits, digit | 0x20) : NULL;
	return at && (digit & 0x40 || digit <= '9') ? (int)(at - digits) : -1;
}

/* What stands for no text (%00, a lone %) becomes a byte that is in no UTF-8, so that one check
 * finds all of it. */
size_t connection_unescape(void *data, struct MHD_Connection *connection, char *text)
{
	(void)data;
	(void)connection;
	const char nowhere = '\xff';
	char *to = text;
	for (const char *from = text; *from; from++) {
		if (*from != '%') {
			*to++ = *from;
			continue;
		}
		int high = hex(from[1]), low = high < 0 ? -1 : hex(from[2]);
		*to++ = low < 0 || high + low == 0 ? nowhere : (char)(high * 16 + low);
		from += low < 0 ? 0 : 2;
	}
	*to = '\0';
	return (size_t)(to - text);
}

static bool is_text(const char *text)
{
	const char *at = text;
	while (*at >= ' ' && *at <= '~') {
		at++;
	}
	if (!*at) {
		return true;
	}
	char *clean = text_clean(NULL, text, strlen(text), NULL);
	bool is_utf8 = !strstr(clean, "\xef\xbf\xbd") || strstr(text, "\xef\xbf\xbd");
	talloc_free(clean);
	return is_utf8;
}

static bool not_text(struct error *err)
{
	return error_set_reason(err, ERROR_INVALID, "encoding",
		N_("the address is not text in UTF-8; percent-encode it"), NULL);
}

/* --- the head --- */

struct head_check {
	struct request *request;
	struct error *err;
	bool ok;
};

/* Names of which a second one would be read by some and passed over by others (RFC 9112, 6.3). */
static const char *const single[] = {MHD_HTTP_HEADER_HOST, MHD_HTTP_HEADER_CONTENT_LENGTH,
	MHD_HTTP_HEADER_TRANSFER_ENCODING, MHD_HTTP_HEADER_AUTHORIZATION, "Atende-As"};

static bool is_single(const char *name)
{
	size_t i = 0;
	while (i < ARRAY_LEN(single) && strcasecmp(single[i], name) != 0) {
		i++;
	}
	return i < ARRAY_LEN(single);
}

/* RFC 9110, 5.6.2: no blank before the colon, nothing that only some take for the end of a name. */
static bool is_token(const char *name)
{
	static const char others[] = "!#$%&'*+-.^_`|~";
	const char *at = name;
	while ((*at >= '0' && *at <= '9') || ((*at | 0x20) >= 'a' && (*at | 0x20) <= 'z') ||
		(*at && strchr(others, *at))) {
		at++;
	}
	return at > name && !*at;
}

static bool refuse_head(struct request *request, const char *name, struct error *err)
{
	request->is_last = true;
	return error_set_reason(err, ERROR_INVALID, "header",
		N_("the header \"{0}\" stands there twice, or is not written as HTTP has it; send "
		   "it once and correctly"),
		text_clean_line(request, name, strlen(name), NULL), NULL);
}

static enum MHD_Result next_header(
	void *data, enum MHD_ValueKind kind, const char *name, const char *value)
{
	struct head_check *check = data;
	struct MHD_Connection *connection = check->request->connection;
	check->ok = is_token(name) && (!is_single(name) || MHD_lookup_connection_value(connection,
								   kind, name) == value);
	if (!check->ok) {
		refuse_head(check->request, name, check->err);
	}
	return check->ok ? MHD_YES : MHD_NO;
}

/* Where a body ends must be beyond doubt: else its rest is the next request for some. */
static bool check_ends(struct request *request, struct error *err)
{
	const char *coding = request_header(request, MHD_HTTP_HEADER_TRANSFER_ENCODING);
	return !coding ||
	       (strcasecmp(coding, "chunked") == 0 &&
		       !request_header(request, MHD_HTTP_HEADER_CONTENT_LENGTH)) ||
	       refuse_head(request, MHD_HTTP_HEADER_TRANSFER_ENCODING, err);
}

bool request_check_head(struct request *request, struct error *err)
{
	struct head_check check = {.request = request, .err = err, .ok = true};
	MHD_get_connection_values(request->connection, MHD_HEADER_KIND, next_header, &check);
	return check.ok && check_ends(request, err);
}

/* --- the query --- */

struct query_check {
	struct request *request;
	const char *names; /* that may be there */
	struct error *err;
	bool ok;
};

static bool has_word(const char *words, const char *word, size_t size)
{
	for (const char *at = words; at && *at; at += strspn(at, " ")) {
		size_t length = strcspn(at, " ");
		if (length == size && strncasecmp(at, word, size) == 0) {
			return true;
		}
		at += length;
	}
	return false;
}

static bool refuse_parameter(struct query_check *check, const char *name, const char *text)
{
	return error_set_reason(check->err, ERROR_INVALID, "query", text,
		text_clean_line(check->request, name, strlen(name), NULL),
		check->request->route->path, check->names ? check->names : "-", NULL);
}

static bool check_parameter(struct query_check *check, const char *name, const char *value)
{
	if (!is_text(name) || (value && !is_text(value))) {
		return not_text(check->err);
	}
	if (!has_word(check->names, name, strlen(name))) {
		return refuse_parameter(
			check, name, N_("{1} knows no \"{0}\" in its query; it knows: {2}"));
	}
	/* The library gives the first of a name: a second would be passed over without a word. */
	const char *first = MHD_lookup_connection_value(
		check->request->connection, MHD_GET_ARGUMENT_KIND, name);
	if (first != value) {
		return refuse_parameter(
			check, name, N_("\"{0}\" stands twice in the query; leave one out"));
	}
	return true;
}

static enum MHD_Result next_parameter(
	void *data, enum MHD_ValueKind kind, const char *name, const char *value)
{
	(void)kind;
	struct query_check *check = data;
	check->ok = check_parameter(check, name, value);
	return check->ok ? MHD_YES : MHD_NO;
}

static bool check_query(struct request *request, struct error *err)
{
	struct query_check check = {
		.request = request, .names = request->route->query, .err = err, .ok = true};
	MHD_get_connection_values(
		request->connection, MHD_GET_ARGUMENT_KIND, next_parameter, &check);
	return check.ok;
}

/* --- media types (RFC 9110, 8.3.1 and 12.5.1) --- */

/* A form is what curl says of anything when it is not told. */
static const char *const taken[ROUTE_BODIES] = {
	[BODY_JSON] = "application/json application/x-www-form-urlencoded",
	[BODY_SHORT] = "application/json application/x-www-form-urlencoded",
	[BODY_LINES] = "application/x-ndjson application/x-www-form-urlencoded",
};

static bool check_type(struct request *request, struct error *err)
{
	enum route_body body = request->route->body;
	const char *type = request_header(request, MHD_HTTP_HEADER_CONTENT_TYPE);
	if (!taken[body] || !type || has_word(taken[body], type, strcspn(type, "; \t"))) {
		return true;
	}
	return error_set_reason(err, ERROR_INVALID, "media_type",
		N_("{0} is not taken here; send {1}"),
		text_clean_line(request, type, strlen(type), NULL),
		mem_strndup(request, taken[body], strcspn(taken[body], " ")), NULL);
}

/* Does one range of an Accept header ("text/plain;q=0.5") fit one of the types? */
static bool range_fits(const char *range, size_t size, const char *types)
{
	size_t length = strcspn(range, "; \t,");
	length = length < size ? length : size;
	char *word = mem_strndup(NULL, range, size), *type = mem_strndup(word, range, length);
	const char *q = strstr(word, "q=");
	bool is_refused = q && strspn(q + 2, "0.") == strcspn(q + 2, "; \t");
	bool fits = strcmp(type, "*/*") == 0 || has_word(types, type, length);
	if (!fits && length > 2 && strcmp(type + length - 2, "/*") == 0) {
		for (const char *at = types; *at && !fits; at += strspn(at, " ")) {
			fits = strncasecmp(at, type, length - 1) == 0;
			at += strcspn(at, " ");
		}
	}
	talloc_free(word);
	return fits && !is_refused;
}

bool request_accepts(struct request *request, const char *types)
{
	const char *accept = request_header(request, MHD_HTTP_HEADER_ACCEPT);
	if (!accept || !*accept) {
		return true;
	}
	for (const char *at = accept; *at;) {
		at += strspn(at, ", \t");
		size_t size = strcspn(at, ",");
		if (size > 0 && range_fits(at, size, types)) {
			return true;
		}
		at += size;
	}
	return false;
}

static bool check_accept(struct request *request, struct error *err)
{
	const char *gives = request->route->gives;
	gives = gives ? gives : "application/json";
	return request_accepts(request, gives) ||
	       error_set_reason(err, ERROR_INVALID, "not_acceptable",
		       N_("{0} is given as {1} only; ask for that"), request->route->path, gives,
		       NULL);
}

/* --- the body --- */

enum { SHORT_MOST = 64 * 1024, JSON_MOST = 8 * 1024 * 1024, LINES_MOST = 64 * 1024 * 1024 };

static size_t body_most(const struct request *request)
{
	static const size_t most[ROUTE_BODIES] = {
		[BODY_SHORT] = SHORT_MOST, [BODY_JSON] = JSON_MOST, [BODY_LINES] = LINES_MOST};
	if (!request->route) {
		return JSON_MOST; /* read and thrown away */
	}
	return request->route->body == BODY_FILE
		       ? (size_t)request->directory->settings.max_attachment
		       : most[request->route->body];
}

bool request_check_size(struct request *request, size_t size, struct error *err)
{
	size_t most = body_most(request);
	if (size <= most) {
		return true;
	}
	if (most == 0) {
		return error_set_reason(err, ERROR_INVALID, "body",
			N_("{0} {1} takes no content; send it without"), request->route->method,
			request->route->path, NULL);
	}
	if (request->route && request->route->body == BODY_FILE) {
		return problem(err, PROBLEM_FILE_SIZE, bytes_format(request, (int64_t)most), NULL);
	}
	return error_set_reason(err, ERROR_INVALID, "too_large",
		N_("what was sent is larger than {0}; send less at once"),
		bytes_format(request, (int64_t)most), NULL);
}

/* --- all of it --- */

bool request_check_path(struct request *request, struct error *err)
{
	return is_text(request->path) || not_text(err);
}

bool request_check(struct request *request, struct error *err)
{
	return check_query(request, err) && check_accept(request, err) && check_type(request, err);
}
