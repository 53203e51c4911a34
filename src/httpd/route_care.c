#include "base/mem.h"
#include "codec/record_json.h"
#include "codec/result_json.h"
#include "httpd/care.h"
#include "httpd/route.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Care of the desk: what takes long, and what is too much for memory. */

/* --- answers from a file that nobody else sees --- */

typedef bool fill_fn(struct store *store, const char *path, struct error *err);

static bool no_room(const char *path, struct error *err)
{
	return error_set_reason(err, ERROR_UNAVAILABLE, "no_room",
		N_("the server cannot write to {0}: {1}"), path, strerror(errno), NULL);
}

static bool open_answer(struct request *request, const char *path, struct error *err)
{
	struct stat info;
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0) {
		return no_room(path, err);
	}
	if (fstat(fd, &info) != 0) {
		no_room(path, err);
		close(fd);
		return false;
	}
	request->response.fd = fd;
	request->response.size = (size_t)info.st_size;
	return true;
}

static bool fill_answer(
	struct request *request, struct store *store, fill_fn *fill, struct error *err)
{
	const char *above = getenv("TMPDIR");
	char *directory =
		mem_printf(request, "%s/atended-XXXXXX", above && *above ? above : "/var/tmp");
	if (!mkdtemp(directory)) {
		return no_room(directory, err);
	}
	char *path = mem_printf(request, "%s/answer", directory);
	bool ok = fill(store, path, err) && open_answer(request, path, err);
	unlink(path);
	rmdir(directory);
	return ok;
}

static bool answer_file(struct request *request, struct error *err)
{
	(void)err;
	request->response.status = 200;
	request->response.media_type = request->route->gives;
	return true;
}

/* --- a copy of the desk --- */

static bool copy_to(struct store *store, const char *path, struct error *err)
{
	return store_backup(store, path, NULL, NULL, err);
}

static bool back_up(struct request *request, struct store *store, struct error *err)
{
	return fill_answer(request, store, copy_to, err);
}

bool route_backup(struct request *request, struct error *err)
{
	return request_care(request, back_up, answer_file, err);
}

/* --- all records --- */

static bool write_record(void *data, const struct record *record, struct error *err)
{
	char *line = record_print(NULL, record);
	bool ok = fprintf(data, "%s\n", line) > 0;
	talloc_free(line);
	return ok || no_room("its temporary files", err);
}

static bool dump_to(struct store *store, const char *path, struct error *err)
{
	FILE *file = fopen(path, "wx");
	if (!file) {
		return no_room(path, err);
	}
	bool ok = store_dump(store, write_record, file, err);
	return (fclose(file) == 0 || (ok && no_room(path, err))) && ok;
}

static bool dump(struct request *request, struct store *store, struct error *err)
{
	return fill_answer(request, store, dump_to, err);
}

bool route_records(struct request *request, struct error *err)
{
	return request_care(request, dump, answer_file, err);
}

/* --- a check --- */

static bool check(struct request *request, struct store *store, struct error *err)
{
	struct findings *findings = mem_new(request, struct findings);
	request->data = findings;
	return store_check(store, findings, NULL, NULL, findings, err);
}

static bool answer_findings(struct request *request, struct error *err)
{
	(void)err;
	const struct findings *findings = request->data;
	struct json *object = json_object(request);
	struct json *array = json_add_array(object, "findings");
	for (size_t i = 0; i < findings->count; i++) {
		struct json *finding = json_add_object(array, NULL);
		json_add_bool(finding, "is_error", findings->items[i].is_error);
		json_add_text(finding, "text", findings->items[i].text);
		error_add_json(finding, "error", &findings->items[i].err, NULL);
	}
	return request_respond_json(request, object);
}

bool route_check(struct request *request, struct error *err)
{
	return request_care(request, check, answer_findings, err);
}
