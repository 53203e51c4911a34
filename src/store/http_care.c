#include "store/http_remote.h"

#include "base/mem.h"
#include "base/text.h"
#include "codec/cursor.h"
#include "codec/mirror_json.h"
#include "codec/record_json.h"
#include "codec/result_json.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

/* --- a copy --- */

struct copying {
	const char *path;
	int fd;
	int64_t done;
	struct transfer *transfer;
	store_progress_fn *progress;
	void *data;
};

static bool not_made(const char *path, struct error *err)
{
	return error_set_reason(err, ERROR_UNAVAILABLE, "cannot_make",
		N_("the backup {0} cannot be made: {1}"), path, strerror(errno), NULL);
}

static bool open_copy(struct copying *copying, struct error *err)
{
	copying->fd = open(copying->path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (copying->fd >= 0) {
		return true;
	}
	if (errno == EEXIST) {
		return error_set_reason(err, ERROR_CONFLICT, "exists",
			N_("{0} is there already; nothing was altered; choose another name"),
			copying->path, NULL);
	}
	return not_made(copying->path, err);
}

static bool take_copy(void *data, const char *bytes, size_t size, struct error *err)
{
	struct copying *copying = data;
	for (size_t at = 0; at < size;) {
		ssize_t written = write(copying->fd, bytes + at, size - at);
		if (written < 0 && errno != EINTR) {
			return not_made(copying->path, err);
		}
		at += written > 0 ? (size_t)written : 0;
	}
	copying->done += (int64_t)size;
	int64_t total = http_header_number(transfer_answer(copying->transfer), "Content-Length", 0);
	total = total < copying->done ? 0 : total;
	return !copying->progress || copying->progress(copying->data, copying->done, total) ||
	       error_set_reason(
		       err, ERROR_UNAVAILABLE, "cancelled", N_("the request was cancelled"), NULL);
}

static bool close_copy(struct copying *copying, struct error *err)
{
	bool ok = fsync(copying->fd) == 0 || not_made(copying->path, err);
	return (close(copying->fd) == 0 || not_made(copying->path, err)) && ok;
}

bool remote_backup(struct store *store, const char *path, store_progress_fn *progress, void *data,
	struct error *err)
{
	struct copying copying = {.path = path, .progress = progress, .data = data};
	struct remote_call call = {.path = "/v1/backup",
		.accept = "application/octet-stream",
		.is_long = true,
		.take = take_copy,
		.take_data = &copying,
		.under_way = &copying.transfer};
	struct http_answer answer;
	if (!open_copy(&copying, err)) {
		return false;
	}
	void *scratch = mem_context(NULL);
	bool ok = remote_send(remote_of(store), &call, scratch, &answer, err);
	ok = close_copy(&copying, ok ? err : NULL) && ok;
	if (!ok) {
		unlink(path);
	}
	talloc_free(scratch);
	return ok;
}

/* --- a check --- */

static bool take_finding(
	const void *mem, const struct json *object, struct finding *finding, struct error *err)
{
	const char *text = NULL;
	if (!json_get_bool(object, "is_error", &finding->is_error, err) ||
		!json_get_text(object, "text", &text, err)) {
		return false;
	}
	if (!text || !error_from_json(json_get(object, "error"), &finding->err)) {
		return json_wrong_value("findings", err);
	}
	finding->text = text_clean(mem, text, strlen(text), NULL);
	return true;
}

static bool take_findings(
	const void *mem, const struct json *array, struct findings *findings, struct error *err)
{
	if (json_type_of(array) != JSON_ARRAY) {
		return json_wrong_value("findings", err);
	}
	findings->items = mem_array(mem, struct finding, json_count(array) + 1);
	for (const struct json *item = json_first(array); item; item = json_next(item)) {
		if (!take_finding(mem, item, &findings->items[findings->count++], err)) {
			return false;
		}
	}
	return true;
}

/* The server tells nothing while it looks. */
bool remote_check(struct store *store, const void *mem, store_progress_fn *progress, void *data,
	struct findings *findings, struct error *err)
{
	struct remote *remote = remote_of(store);
	struct remote_call call = {.path = "/v1/check", .is_long = true};
	void *scratch = mem_context(NULL);
	const struct json *json;
	(void)progress;
	(void)data;
	bool ok = remote_ask(remote, &call, scratch, &json, err) &&
		  (take_findings(mem, json_get(json, "findings"), findings, err) ||
			  remote_strange(remote, &call, err));
	talloc_free(scratch);
	return ok;
}

/* --- the whole desk as records --- */

struct dumping {
	void *mem;
	char *rest; /* of a line that is not all there yet */
	size_t size;
	int64_t line;
	store_record_fn *each;
	void *data;
};

static bool give_record(struct dumping *dumping, const char *line, size_t size, struct error *err)
{
	void *scratch = mem_context(NULL);
	struct record record;
	dumping->line++;
	bool ok = record_parse(scratch, line, size, dumping->line, &record, err) &&
		  dumping->each(dumping->data, &record, err);
	talloc_free(scratch);
	return ok;
}

static void keep_rest(struct dumping *dumping, const char *bytes, size_t size)
{
	dumping->rest = mem_grow(dumping->mem, dumping->rest, char, dumping->size + size + 1);
	memcpy(dumping->rest + dumping->size, bytes, size);
	dumping->size += size;
}

static bool take_records(void *data, const char *bytes, size_t size, struct error *err)
{
	struct dumping *dumping = data;
	const char *newline;
	while ((newline = memchr(bytes, '\n', size))) {
		size_t length = (size_t)(newline - bytes);
		bool ok;
		if (dumping->size) {
			keep_rest(dumping, bytes, length);
			length = dumping->size;
			dumping->size = 0;
			ok = give_record(dumping, dumping->rest, length, err);
		} else {
			ok = give_record(dumping, bytes, length, err);
		}
		if (!ok) {
			return false;
		}
		size -= (size_t)(newline + 1 - bytes);
		bytes = newline + 1;
	}
	keep_rest(dumping, bytes, size);
	return true;
}

bool remote_dump(struct store *store, store_record_fn *each, void *data, struct error *err)
{
	struct remote *remote = remote_of(store);
	struct dumping dumping = {.mem = mem_context(NULL), .each = each, .data = data};
	struct remote_call call = {.path = "/v1/records",
		.accept = "application/x-ndjson",
		.is_long = true,
		.take = take_records,
		.take_data = &dumping};
	struct http_answer answer;
	bool ok = remote_send(remote, &call, dumping.mem, &answer, err);
	if (ok && dumping.size) {
		ok = error_set_reason(err, ERROR_UNAVAILABLE, "unreachable",
			N_("the end of what {0} sent is missing; try again"), remote->location,
			NULL);
	}
	talloc_free(dumping.mem);
	return ok;
}

/* --- a copy of what the actor may see --- */

struct mirroring {
	struct mirror *mirror;
	bool has_end;
	store_record_fn *each;
	void *data;
};

static bool take_mirrored(void *data, const struct record *record, struct error *err)
{
	struct mirroring *mirroring = data;
	bool is_end;
	if (!mirror_from_record(record, mirroring->mirror, &is_end, err)) {
		return false;
	}
	mirroring->has_end = is_end;
	return is_end || mirroring->each(mirroring->data, record, err);
}

static char *mirror_path(const void *mem, const struct mirror_query *query)
{
	char *path = mem_strdup(mem, "/v1/mirror");
	remote_path_add(&path, "part", name_of(&mirror_part_names, (int)query->part));
	if (query->known) {
		remote_path_add_int(&path, "known", query->known);
	}
	if (query->has_after) {
		remote_path_add(&path, "after", cursor_print(mem, &query->after));
	}
	if (query->limit) {
		remote_path_add_int(&path, "limit", (int64_t)query->limit);
	}
	if (query->count) {
		char *numbers = mem_strdup(mem, "");
		for (size_t i = 0; i < query->count; i++) {
			numbers = mem_printf(mem, "%s%s%lld", numbers, i ? "," : "",
				(long long)query->numbers[i]);
		}
		remote_path_add(&path, "numbers", numbers);
	}
	return path;
}

bool remote_mirror(struct store *store, const struct mirror_query *query, store_record_fn *each,
	void *data, struct mirror *mirror, struct error *err)
{
	struct remote *remote = remote_of(store);
	struct mirroring mirroring = {.mirror = mirror, .each = each, .data = data};
	struct dumping dumping = {
		.mem = mem_context(NULL), .each = take_mirrored, .data = &mirroring};
	struct remote_call call = {.path = mirror_path(dumping.mem, query),
		.accept = "application/x-ndjson",
		.take = take_records,
		.take_data = &dumping};
	struct http_answer answer;
	bool ok = remote_send(remote, &call, dumping.mem, &answer, err);
	if (ok && (dumping.size || !mirroring.has_end)) {
		ok = error_set_reason(err, ERROR_UNAVAILABLE, "unreachable",
			N_("the end of what {0} sent is missing; try again"), remote->location,
			NULL);
	}
	talloc_free(dumping.mem);
	return ok;
}

/* --- and back --- */

static bool restore_order(
	struct remote *remote, const struct json *body, bool is_change, struct error *err)
{
	void *scratch = mem_context(NULL);
	const char *bytes = json_print(scratch, body);
	struct remote_call call = {.method = "POST",
		.path = "/v1/restore",
		.body = bytes,
		.size = strlen(bytes),
		.is_change = is_change,
		.is_long = true,
		.is_once = true};
	const struct json *json;
	bool ok = remote_ask(remote, &call, scratch, &json, err);
	talloc_free(scratch);
	return ok;
}

bool remote_restore_begin(struct store *store, struct error *err)
{
	void *scratch = mem_context(NULL);
	struct json *body = json_object(scratch);
	json_add_text(body, "do", "begin");
	bool ok = restore_order(remote_of(store), body, false, err);
	talloc_free(scratch);
	return ok;
}

bool remote_restore_end(struct store *store, bool commit, struct error *err)
{
	void *scratch = mem_context(NULL);
	struct json *body = json_object(scratch);
	json_add_text(body, "do", "end");
	json_add_bool(body, "commit", commit);
	bool ok = restore_order(remote_of(store), body, commit, err);
	talloc_free(scratch);
	return ok;
}

bool remote_restore(
	struct store *store, const struct record *record, bool *added, struct error *err)
{
	struct remote *remote = remote_of(store);
	void *scratch = mem_context(NULL);
	char *line = record_print(scratch, record);
	struct remote_call call = {.method = "POST",
		.path = "/v1/restore/records",
		.body = line,
		.size = strlen(line),
		.type = "application/x-ndjson",
		.is_once = true};
	const struct json *json;
	bool ok = remote_ask(remote, &call, scratch, &json, err);
	const struct json *item = ok ? json_first(json_get(json, "added")) : NULL;
	if (ok && json_type_of(item) != JSON_BOOL) {
		json_wrong_value("added", err);
		ok = remote_strange(remote, &call, err);
	}
	*added = json_bool(item);
	talloc_free(scratch);
	return ok;
}
