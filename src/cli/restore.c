#include "cli/restore.h"

#include "base/mem.h"
#include "cli/output.h"
#include "cli/progress.h"
#include "codec/record_json.h"
#include "core/problem.h"

#include <string.h>
#include <unistd.h>

struct restore {
	struct call *call;
	struct source *source;
	struct progress progress;
	int64_t line, records, bytes;
	bool is_complete;
};

static bool refuse_line(struct restore *restore, const char *text, struct error *err)
{
	char *line = mem_printf(restore->call->mem, "%lld", (long long)restore->line);
	return error_set(err, ERROR_INVALID, text, restore->source->path, line, NULL);
}

static int64_t value_of(const struct record *record, const char *name)
{
	for (size_t i = 0; i < record->count; i++) {
		if (strcmp(record->values[i].name, name) == 0 && !record->values[i].is_text) {
			return record->values[i].number;
		}
	}
	return 0;
}

/* First and last line are about the file, the others rows of the desk. */
static bool take_record(struct restore *restore, const struct record *record, struct error *err)
{
	bool added;
	if (strcmp(record->type, "export") == 0) {
		return value_of(record, "format") == RESTORE_FORMAT ||
		       refuse_line(restore,
			       N_("{0}, line {1}: an export of a newer program; update this one"),
			       err);
	}
	if (strcmp(record->type, "export_end") == 0) {
		restore->is_complete = value_of(record, "records") == restore->records;
		return true;
	}
	restore->records++;
	return store_restore(restore->call->store, record, &added, err);
}

static bool take_lines(struct restore *restore, struct error *err)
{
	void *mem = mem_context(restore->call->mem);
	char *line;
	size_t size;
	do {
		struct record record;
		talloc_free_children(mem);
		if (!source_line(restore->source, mem, &line, &size, err)) {
			return false;
		}
		restore->line++;
		restore->bytes += line ? (int64_t)size + 1 : 0;
		if (line && size > 0 &&
			(!record_parse(mem, line, size, restore->line, &record, err) ||
				!take_record(restore, &record, err))) {
			return false;
		}
		if (!progress_step(&restore->progress, restore->bytes, restore->source->size)) {
			return error_set_reason(err, ERROR_UNAVAILABLE, "interrupted",
				N_("interrupted; the desk is as it was"), NULL);
		}
	} while (line);
	return restore->is_complete ||
	       refuse_line(restore,
		       N_("{0} ends too early or lacks records; export the desk again"), err);
}

/* The file that a location names; a desk elsewhere is never new. */
static const char *file_of(const char *location)
{
	static const char scheme[] = "sqlite:";
	bool told = strncmp(location, scheme, strlen(scheme)) == 0;
	return told ? location + strlen(scheme) : location;
}

static bool stop_at_use(void *data, const struct record *record, struct error *err)
{
	(void)err;
	bool *in_use = data;
	*in_use = strcmp(record->type, "ticket") == 0 || strcmp(record->type, "customer") == 0;
	return !*in_use;
}

/* The rows of two desks do not mix: their numbers mean different things. */
static bool refuse_use(struct call *call, struct error *err)
{
	struct error stopped = {0};
	bool in_use = false;
	bool ok = store_dump(call->store, stop_at_use, &in_use, &stopped);
	if (in_use) {
		return error_set_reason(err, ERROR_INVALID, "not_empty",
			N_("this desk has customers or tickets already; import the whole desk into "
			   "a new one: --desk NEW"),
			NULL);
	}
	*err = stopped;
	return ok;
}

static bool open_empty(struct call *call, bool *is_new, struct error *err)
{
	struct store_options options = {.clock = call->cli->clock, .create = true};
	if (!call_profile(call, err)) {
		return false;
	}
	*is_new = access(file_of(call->profile.desk), F_OK) != 0;
	if (!*is_new) {
		return call_open_role(call, ROLE_ADMIN, err) && refuse_use(call, err);
	}
	return store_open(call->mem, call->profile.desk, call->cli->drivers,
		call->cli->driver_count, &options, &call->store, err);
}

static bool refuse_options(struct call *call, struct error *err)
{
	if (!call_value(call, "mapping") && !call_flag(call, "dry-run")) {
		return true;
	}
	return error_set_reason(err, ERROR_USAGE, "usage",
		N_("this is the export of a whole desk: it takes no --mapping and no --dry-run"),
		NULL);
}

/* All records, or none of them. */
static bool take_all(struct restore *restore, struct error *err)
{
	struct store *store = restore->call->store;
	struct error ignored;
	if (!store_restore_begin(store, err)) {
		return false;
	}
	interrupt_watch();
	progress_begin(&restore->progress, restore->call->cli, _("importing"));
	bool ok = take_lines(restore, err);
	progress_end(&restore->progress);
	interrupt_restore();
	return store_restore_end(store, ok, ok ? err : &ignored) && ok;
}

static void tell(const struct restore *restore)
{
	struct call *call = restore->call;
	if (call->json) {
		struct json *object = json_object(call->mem);
		json_add_int(object, "records", restore->records);
		output_json(call, object);
		return;
	}
	char *records = mem_printf(call->mem, "%lld", (long long)restore->records);
	output_line(call,
		output_fill(call->mem, _("{0} records are in; the desk equals the exported one"),
			records, NULL));
}

/* One that was made for this and got nothing. */
static void remove_desk(struct call *call)
{
	const char *file = file_of(call->profile.desk);
	unlink(file);
	unlink(mem_printf(call->mem, "%s-lock", file));
}

bool restore_desk(struct call *call, struct source *source, struct error *err)
{
	struct restore restore = {.call = call, .source = source};
	bool is_new;
	if (!refuse_options(call, err) || !open_empty(call, &is_new, err)) {
		return false;
	}
	if (take_all(&restore, err)) {
		tell(&restore);
		return true;
	}
	if (is_new) {
		store_close(call->store);
		call->store = NULL;
		remove_desk(call);
	}
	return false;
}
