#include "base/mem.h"
#include "codec/result_json.h"
#include "httpd/request.h"

#include <string.h>

/* --- answers --- */

bool request_respond_bytes(
	struct request *request, const char *media_type, const void *bytes, size_t size)
{
	request->response.status = 200;
	request->response.media_type = media_type;
	request->response.body = bytes;
	request->response.size = size;
	return true;
}

bool request_respond_json(struct request *request, const struct json *json)
{
	const char *text = json_print(request, json);
	return request_respond_bytes(request, "application/json", text, strlen(text));
}

bool request_respond_text(struct request *request, int status, const char *text)
{
	request_respond_bytes(request, "text/plain; charset=utf-8", text, strlen(text));
	request->response.status = status;
	return true;
}

bool request_respond_nothing(struct request *request)
{
	request->response.status = 204;
	request->response.body = "";
	return true;
}

bool request_answer_done(struct request *request, struct error *err)
{
	(void)err;
	return request_respond_nothing(request);
}

/* --- problems --- */

struct status {
	int status;
	const char *title;
};

static const struct status statuses[ERROR_CODES] = {
	[ERROR_NONE] = {500, "Internal Server Error"},
	[ERROR_INVALID] = {400, "Bad Request"},
	[ERROR_USAGE] = {400, "Bad Request"},
	[ERROR_DENIED] = {403, "Forbidden"},
	[ERROR_NOT_FOUND] = {404, "Not Found"},
	[ERROR_CONFLICT] = {409, "Conflict"},
	[ERROR_UNCERTAIN] = {503, "Service Unavailable"},
	[ERROR_UNAVAILABLE] = {503, "Service Unavailable"},
	[ERROR_INTERNAL] = {500, "Internal Server Error"},
};

/* Reasons whose status says more than their code's. */
static const struct {
	const char *reason;
	struct status status;
} reasons[] = {
	{"no_identity", {401, "Unauthorized"}},
	{"signed_out", {401, "Unauthorized"}},
	{"too_fast", {429, "Too Many Requests"}},
	{"too_many_feeds_of_one", {429, "Too Many Requests"}},
	{"attempts", {429, "Too Many Requests"}},
	{"full", {503, "Service Unavailable"}},
	{"method", {405, "Method Not Allowed"}},
	{"not_acceptable", {406, "Not Acceptable"}},
	{"too_large", {413, "Content Too Large"}},
	{"file_size", {413, "Content Too Large"}},
	{"media_type", {415, "Unsupported Media Type"}},
};

static struct status status_of(const struct error *err)
{
	for (size_t i = 0; err->reason && i < ARRAY_LEN(reasons); i++) {
		if (strcmp(err->reason, reasons[i].reason) == 0) {
			return reasons[i].status;
		}
	}
	return statuses[err->code];
}

/* Refusals whose first argument is the name of what is wrong: a field, a name of the query. */
static const char *const naming[] = {
	"query", "unknown_key", "wrong_type", "wrong_value", "missing", "value"};

static void add_fields(struct json *object, const struct request *request, const struct error *err)
{
	size_t i = 0;
	while (i < ARRAY_LEN(naming) && (!err->reason || strcmp(naming[i], err->reason) != 0)) {
		i++;
	}
	if (i == ARRAY_LEN(naming)) {
		return;
	}
	struct json *field = json_add_object(json_add_array(object, "fields"), NULL);
	const char *within = request->within ? request->within : "";
	json_add_text(field, "name", mem_printf(request, "%s%s", within, err->arg[0]));
	json_add_text(field, "problem", error_sentence(request, err, NULL));
}

void request_respond_problem(struct request *request, const struct error *err)
{
	struct status status = status_of(err);
	struct json *object =
		problem_json(request, err, status.status, status.title, request->number);
	add_fields(object, request, err);
	request_respond_json(request, object);
	request->response.media_type = "application/problem+json";
	request->response.status = status.status;
}
