#include "httpd/request.h"

#include "base/mem.h"
#include "base/text.h"
#include "codec/result_json.h"
#include "httpd/connection.h"
#include "httpd/server_state.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* --- what was asked --- */

const char *request_query(struct request *request, const char *name)
{
	const char *value =
		MHD_lookup_connection_value(request->connection, MHD_GET_ARGUMENT_KIND, name);
	return value ? text_clean_line(request, value, strlen(value), NULL) : NULL;
}

static bool parse_int(const char *text, int64_t *value)
{
	char *end;
	errno = 0;
	long long number = strtoll(text, &end, 10);
	if (errno || end == text || *end || number > JSON_INT_MAX || number < -JSON_INT_MAX) {
		return false;
	}
	*value = number;
	return true;
}

bool request_query_int(struct request *request, const char *name, int64_t *value, struct error *err)
{
	const char *text = request_query(request, name);
	if (!text || parse_int(text, value)) {
		return true;
	}
	return error_set_reason(err, ERROR_INVALID, "query",
		N_("\"{1}\" is no value for {0}; give a whole number"), name, text, NULL);
}

bool request_number(struct request *request, int index, int64_t *number, struct error *err)
{
	if (parse_int(request->values[index], number) && *number > 0) {
		return true;
	}
	return error_set_reason(err, ERROR_NOT_FOUND, "no_route", N_("there is nothing at {0}"),
		request->path, NULL);
}

bool request_json(struct request *request, const struct json **json, struct error *err)
{
	return json_parse(request, request->body, request->size, 1, json, err);
}

bool request_directory(struct request *request, struct error *err)
{
	return store_directory(request->store, &request->directory, err);
}

/* --- what is answered --- */

static const struct {
	const char *title;
	int status;
} statuses[ERROR_CODES] = {
	[ERROR_NONE] = {"OK", 200},
	[ERROR_INVALID] = {"Bad Request", 400},
	[ERROR_USAGE] = {"Bad Request", 400},
	[ERROR_DENIED] = {"Forbidden", 403},
	[ERROR_NOT_FOUND] = {"Not Found", 404},
	[ERROR_CONFLICT] = {"Conflict", 409},
	[ERROR_UNCERTAIN] = {"Service Unavailable", 503},
	[ERROR_UNAVAILABLE] = {"Service Unavailable", 503},
	[ERROR_INTERNAL] = {"Internal Server Error", 500},
};

/* Reasons whose status says more than their code's. */
static const struct {
	const char *reason, *title;
	int status;
} reasons[] = {
	{"no_identity", "Unauthorized", 401},
	{"signed_out", "Unauthorized", 401},
	{"method", "Method Not Allowed", 405},
	{"too_large", "Content Too Large", 413},
};

bool request_respond_json(struct request *request, const struct json *json)
{
	request->response.status = 200;
	request->response.media_type = "application/json";
	request->response.body = json_print(request, json);
	request->response.size = strlen(request->response.body);
	return true;
}

bool request_respond_text(struct request *request, int status, const char *text)
{
	request->response.status = status;
	request->response.media_type = "text/plain; charset=utf-8";
	request->response.body = text;
	request->response.size = strlen(text);
	return true;
}

void request_respond_problem(struct request *request, const struct error *err)
{
	const char *title = statuses[err->code].title;
	int status = statuses[err->code].status;
	for (size_t i = 0; err->reason && i < ARRAY_LEN(reasons); i++) {
		if (strcmp(err->reason, reasons[i].reason) == 0) {
			title = reasons[i].title;
			status = reasons[i].status;
		}
	}
	request_respond_json(request, problem_json(request, err, status, title, request->number));
	request->response.media_type = "application/problem+json";
	request->response.status = status;
	request->response.retry_after_s = status == 503 || status == 429 ? 1 : 0;
}

/* --- writing --- */

static void resume(struct job *job)
{
	connection_resume(job->data);
}

bool request_write(struct request *request,
	bool (*written)(struct request *request, struct error *err), struct error *err)
{
	request->written = written;
	request->is_writing = true;
	request->job.data = request;
	request->job.done = resume;
	MHD_suspend_connection(request->connection);
	if (writer_submit(request->server->writer, &request->job)) {
		return true;
	}
	request->job.ok = false;
	error_set_reason(&request->job.err, ERROR_UNAVAILABLE, "busy",
		N_("more changes are waiting than the server can take; try again in a moment"),
		NULL);
	MHD_resume_connection(request->connection);
	(void)err;
	return true;
}
