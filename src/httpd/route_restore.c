#include "base/mem.h"
#include "codec/record_json.h"
#include "core/problem.h"
#include "httpd/care.h"
#include "httpd/route.h"

#include <string.h>

/*
 * Records brought back: begin, any number of requests with records, end; all by the thread that
 * began. Nothing is there for others before the end.
 */

/* --- begin and end --- */

static bool begin(struct request *request, struct store *store, struct error *err)
{
	request->stays = store_restore_begin(store, err);
	return request->stays;
}

static bool end(struct request *request, struct store *store, struct error *err)
{
	const bool *commits = request->data;
	return store_restore_end(store, *commits, err);
}

bool route_restore(struct request *request, struct error *err)
{
	static const char *const keys[] = {"do", "commit"};
	const struct json *object;
	const char *word = "";
	bool *commits = mem_new(request, bool);
	request->data = commits;
	if (!request_object(request, keys, ARRAY_LEN(keys), &object, err) ||
		!json_get_text(object, "do", &word, err) ||
		!json_get_bool(object, "commit", commits, err)) {
		return false;
	}
	if (strcmp(word, "begin") == 0) {
		return request_care_begin(request, begin, request_answer_done, err);
	}
	return strcmp(word, "end") == 0 ? request_care_on(request, end, request_answer_done, err)
					: problem(err, PROBLEM_VALUE, "do", NULL);
}

/* --- records --- */

static bool restore_line(struct store *store, const char *line, size_t size, int64_t number,
	struct json *added, struct error *err)
{
	void *scratch = mem_context(NULL);
	struct record record;
	bool is_new = false;
	bool ok = record_parse(scratch, line, size, number, &record, err) &&
		  store_restore(store, &record, &is_new, err);
	talloc_free(scratch);
	json_add_bool(added, NULL, is_new);
	return ok;
}

/* A refused record ends nothing: the client decides, as with a store of its own. */
static bool restore(struct request *request, struct store *store, struct error *err)
{
	struct json *object = json_object(request);
	struct json *added = json_add_array(object, "added");
	const char *at = request->body, *past = at + request->size;
	request->stays = true;
	request->data = object;
	for (int64_t number = 1; at < past; number++) {
		const char *newline = memchr(at, '\n', (size_t)(past - at));
		const char *stop = newline ? newline : past;
		if (stop > at &&
			!restore_line(store, at, (size_t)(stop - at), number, added, err)) {
			return false;
		}
		at = newline ? newline + 1 : past;
	}
	return true;
}

static bool answer_added(struct request *request, struct error *err)
{
	(void)err;
	return request_respond_json(request, request->data);
}

bool route_restore_records(struct request *request, struct error *err)
{
	return request_care_on(request, restore, answer_added, err);
}
