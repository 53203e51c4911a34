#include "httpd/request.h"

#include "base/mem.h"
#include "base/text.h"
#include "core/problem.h"
#include "httpd/connection.h"
#include "httpd/server_state.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* --- the query --- */

const char *request_query(struct request *request, const char *name)
{
	const char *value =
		MHD_lookup_connection_value(request->connection, MHD_GET_ARGUMENT_KIND, name);
	return value ? text_clean_line(request, value, strlen(value), NULL) : NULL;
}

bool request_query_wrong(struct request *request, const char *name, struct error *err)
{
	return error_set_reason(err, ERROR_INVALID, "query",
		N_("\"{1}\" is no value for {0} in the query; correct it"), name,
		request_query(request, name), NULL);
}

static bool parse_int(const char *text, int64_t *value)
{
	char *end;
	errno = 0;
	long long number = strtoll(text, &end, 10);
	bool is_plain =
		*text == '-' ? text[1] >= '0' && text[1] <= '9' : *text >= '0' && *text <= '9';
	if (errno || !is_plain || *end || number > JSON_INT_MAX || number < -JSON_INT_MAX) {
		return false;
	}
	*value = number;
	return true;
}

bool request_query_int(struct request *request, const char *name, int64_t least, int64_t most,
	int64_t *value, struct error *err)
{
	const char *text = request_query(request, name);
	int64_t number;
	if (!text) {
		return true;
	}
	if (!parse_int(text, &number) || number < least || number > most) {
		return error_set_reason(err, ERROR_INVALID, "query",
			N_("\"{1}\" is no value for {0} in the query; give a whole number from {2} "
			   "to {3}"),
			name, text, mem_printf(request, "%lld", (long long)least),
			mem_printf(request, "%lld", (long long)most), NULL);
	}
	*value = number;
	return true;
}

bool request_query_word(struct request *request, const char *name, const struct name_table *words,
	int *value, struct error *err)
{
	const char *text = request_query(request, name);
	if (!text || (*text && name_find(words, text, value))) {
		return true;
	}
	return error_set_reason(err, ERROR_INVALID, "query",
		N_("\"{1}\" is no value for {0} in the query; it may be {2}"), name, text,
		name_list(request, words), NULL);
}

bool request_query_numbers(
	struct request *request, int64_t *numbers, size_t most, size_t *count, struct error *err)
{
	const char *text = request_query(request, "numbers");
	*count = 0;
	for (const char *at = text; at && *at;) {
		char *end;
		long long number = strtoll(at, &end, 10);
		if (*at < '0' || *at > '9' || number > JSON_INT_MAX || *count == most ||
			(*end && *end != ',')) {
			return request_query_wrong(request, "numbers", err);
		}
		numbers[(*count)++] = number;
		at = *end ? end + 1 : end;
	}
	return *count > 0 || problem(err, PROBLEM_MISSING, "numbers", NULL);
}

/* --- the path --- */

static bool nothing_there(struct request *request, struct error *err)
{
	return error_set_reason(err, ERROR_NOT_FOUND, "no_route", N_("there is nothing at {0}"),
		text_clean_line(request, request->path, strlen(request->path), NULL), NULL);
}

bool request_number(struct request *request, int index, int64_t *number, struct error *err)
{
	return (parse_int(request->values[index], number) && *number > 0) ||
	       nothing_there(request, err);
}

bool request_word(struct request *request, int index, const struct name_table *words, int *value,
	struct error *err)
{
	return name_find(words, request->values[index], value) || nothing_there(request, err);
}

/* --- headers and body --- */

const char *request_header(struct request *request, const char *name)
{
	return MHD_lookup_connection_value(request->connection, MHD_HEADER_KIND, name);
}

bool request_json(struct request *request, const struct json **json, struct error *err)
{
	return json_parse(request, request->body, request->size, 1, json, err);
}

bool request_object(struct request *request, const char *const *keys, size_t count,
	const struct json **object, struct error *err)
{
	if (!request_json(request, object, err)) {
		return false;
	}
	return json_type_of(*object) == JSON_OBJECT
		       ? json_only_keys(*object, keys, count, err)
		       : error_set_reason(err, ERROR_INVALID, "body",
				 N_("an object is wanted here; send one in JSON"), NULL);
}

bool request_directory(struct request *request, struct error *err)
{
	(void)err;
	request->directory = store_directory_known(request->store);
	return true;
}

/* --- done elsewhere --- */

static void resume(struct job *job)
{
	connection_resume(job->data);
}

bool request_write(struct request *request, handler_fn *written)
{
	request->written = written;
	request->is_suspended = true;
	request->job.data = request;
	request->job.done = resume;
	MHD_suspend_connection(request->connection);
	if (!writer_submit(request->server->writer, &request->job)) {
		error_set_reason(&request->job.err, ERROR_UNAVAILABLE, "busy",
			N_("more changes are waiting than the server can take; try again in a "
			   "moment"),
			NULL);
		MHD_resume_connection(request->connection);
	}
	return true;
}

static void verified(struct verify_job *job)
{
	struct request *request = job->data;
	request->job.ok = true;
	connection_resume(request);
}

bool request_verify(struct request *request, struct verify_job *job, handler_fn *written)
{
	job->done = verified;
	job->data = request;
	request->written = written;
	request->is_suspended = true;
	MHD_suspend_connection(request->connection);
	if (verifier_submit(request->server->verifier, job)) {
		return true;
	}
	request->job.ok = false;
	error_set_reason(&request->job.err, ERROR_UNAVAILABLE, "busy",
		N_("too many sign in at once; try again in a moment"), NULL);
	MHD_resume_connection(request->connection);
	return true;
}

/* The writer's handle is nobody's but while it does this. */
static bool run_as(struct store *store, struct job *job, struct error *err)
{
	struct request *request = job->data;
	store_set_actor(store, request->identity.operator_id);
	bool ok = request->run(request, store, err);
	store_set_actor(store, 0);
	return ok;
}

bool request_run(struct request *request, request_step *run, handler_fn *written)
{
	request->run = run;
	request->job.run = run_as;
	return request_write(request, written);
}
