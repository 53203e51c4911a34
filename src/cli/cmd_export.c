#include "cli/call.h"

#include "base/mem.h"
#include "base/text.h"
#include "base/timestamp.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "cli/progress.h"
#include "cli/restore.h"
#include "codec/csv.h"
#include "codec/record_json.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* `export`: the whole desk as JSONL, or one table as CSV. */

struct export
{
	struct call *call;
	FILE *out;
	char *partial; /* written first, renamed when whole; NULL: standard output */
	const char *table;
	int64_t records;
	bool has_header;
	struct progress progress;
};

static const char *path_of(const struct export *export)
{
	const char *path = call_operand(export->call, 0);
	return path ? path : "-";
}

static bool write_failed(struct export *export, struct error *err)
{
	return error_set(err, ERROR_INTERNAL,
		N_("the export could not be written to {0}: {1}; make room or choose another "
		   "place"),
		path_of(export), strerror(errno), NULL);
}

static bool open_out(struct export *export, struct error *err)
{
	const char *path = path_of(export);
	export->out = export->call->cli->out;
	if (strcmp(path, "-") == 0) {
		return true;
	}
	export->partial = mem_printf(export->call->mem, "%s.partial", path);
	int fd = open(export->partial, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, S_IRUSR | S_IWUSR);
	export->out = fd < 0 ? NULL : fdopen(fd, "w");
	return export->out || write_failed(export, err);
}

/* Whole or not at all: after a failure only the old file, if there was one, is there. */
static bool close_out(struct export *export, bool ok, struct error *err)
{
	if (!export->partial) {
		return ok;
	}
	bool written = fflush(export->out) == 0 && fsync(fileno(export->out)) == 0;
	written = fclose(export->out) == 0 && written;
	if (ok && (!written || rename(export->partial, path_of(export)) != 0)) {
		ok = write_failed(export, err);
	}
	if (!ok) {
		unlink(export->partial);
	}
	return ok;
}

static bool count_record(struct export *export, struct error *err)
{
	export->records++;
	if (ferror(export->out)) {
		return write_failed(export, err);
	}
	return progress_step(&export->progress, export->records, 0) ||
	       error_set_reason(err, ERROR_UNAVAILABLE, "interrupted",
		       N_("interrupted; no export was made"), NULL);
}

/* A file gets what the desk holds; what may be a terminal gets it cleaned, as everything else. */
static void put_line(struct export *export, const char *line, size_t length, const char *end)
{
	if (export->partial) {
		fprintf(export->out, "%.*s%s", (int)length, line, end);
		return;
	}
	char *clean = text_clean(NULL, line, length, NULL);
	fprintf(export->out, "%s\n", clean);
	talloc_free(clean);
}

static bool put_record(void *data, const struct record *record, struct error *err)
{
	struct export *export = data;
	char *line = record_print(NULL, record);
	put_line(export, line, strlen(line), "\n");
	talloc_free(line);
	return count_record(export, err);
}

/* --- CSV: one table, in words that people read --- */

static const struct {
	const char *table, *column;
	const struct name_table *names;
} word_columns[] = {
	{"ticket", "state", &ticket_state_names},
	{"ticket", "channel", &channel_names},
	{"ticket", "priority", &priority_names},
	{"ticket", "former_state", &ticket_state_names},
	{"message", "direction", &direction_names},
	{"message", "channel", &channel_names},
	{"message", "state", &message_state_names},
	{"message", "contact", &contact_outcome_names},
	{"customer", "preferred_channel", &channel_names},
};

static bool is_one_of(const char *name, const char *const *names, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (strcmp(name, names[i]) == 0) {
			return true;
		}
	}
	return false;
}

static bool is_time(const char *name)
{
	static const char *const names[] = {"at", "waiting_since", "snoozed_until"};
	size_t length = strlen(name);
	return (length > 3 && strcmp(name + length - 3, "_at") == 0) ||
	       is_one_of(name, names, ARRAY_LEN(names));
}

static const char *cell(
	struct export *export, const void *mem, const char *table, const struct record_value *value)
{
	static const char *const operators[] = {"assignee", "opened_by", "author"};
	const struct directory *directory = export->call->directory;
	if (value->is_null || value->is_text) {
		return value->is_null ? NULL : value->text;
	}
	for (size_t i = 0; i < ARRAY_LEN(word_columns); i++) {
		if (strcmp(word_columns[i].table, table) == 0 &&
			strcmp(word_columns[i].column, value->name) == 0) {
			return name_of(word_columns[i].names, (int)value->number);
		}
	}
	if (is_time(value->name)) {
		bool is_never = value->number <= 0 || value->number >= DUE_NEVER;
		return is_never ? NULL : timestamp_format(mem, value->number);
	}
	if (is_one_of(value->name, operators, ARRAY_LEN(operators))) {
		return directory_login_of(directory, value->number);
	}
	if (strcmp(value->name, "team") == 0) {
		const struct team *team = directory_team(directory, value->number);
		return team ? team->key : NULL;
	}
	if (strcmp(value->name, "reason") == 0) {
		const struct reason *reason = directory_reason(directory, value->number);
		return reason ? reason->key : NULL;
	}
	return mem_printf(mem, "%lld", (long long)value->number);
}

static void put_cells(struct export *export, const void *mem, const char **cells, size_t count)
{
	char *row = csv_print(mem, cells, count);
	put_line(export, row, strlen(row) - strlen("\r\n"), "\r\n");
}

static bool put_row(void *data, const struct record *record, struct error *err)
{
	struct export *export = data;
	if (strcmp(record->type, export->table) != 0) {
		return progress_step(&export->progress, export->records, 0);
	}
	void *mem = mem_context(NULL);
	const char **fields = mem_array(mem, const char *, record->count);
	for (size_t i = 0; !export->has_header && i < record->count; i++) {
		fields[i] = record->values[i].name;
	}
	if (!export->has_header) {
		put_cells(export, mem, fields, record->count);
		export->has_header = true;
	}
	for (size_t i = 0; i < record->count; i++) {
		fields[i] = cell(export, mem, record->type, &record->values[i]);
	}
	put_cells(export, mem, fields, record->count);
	talloc_free(mem);
	return count_record(export, err);
}

static bool dump(struct export *export, bool is_csv, struct error *err)
{
	struct store *store = export->call->store;
	if (is_csv) {
		return store_dump(store, put_row, export, err);
	}
	fprintf(export->out, RESTORE_BEGINNING "\"format\":%d}}\n", RESTORE_FORMAT);
	if (!store_dump(store, put_record, export, err)) {
		return false;
	}
	fprintf(export->out, RESTORE_END "\"records\":%lld}}\n", (long long)export->records);
	return true;
}

static void tell(struct export *export)
{
	struct call *call = export->call;
	if (!export->partial) {
		return;
	}
	if (call->json) {
		struct json *object = json_object(call->mem);
		json_add_int(object, "records", export->records);
		output_json(call, object);
	} else {
		char *records = mem_printf(call->mem, "%lld", (long long)export->records);
		output_line(
			call, output_fill(call->mem, _("{0} records are exported"), records, NULL));
	}
}

static bool run(struct call *call, struct error *err)
{
	static const char *const types[] = {[TABLE_NONE] = "ticket",
		[TABLE_TICKETS] = "ticket",
		[TABLE_CUSTOMERS] = "customer",
		[TABLE_MESSAGES] = "message",
		[TABLE_NOTES] = "note"};
	bool is_csv = call_name(call, "format") == FORMAT_CSV;
	struct export export = {.call = call, .table = types[call_name(call, "table")]};
	if (call_value(call, "table") && !is_csv) {
		return error_set_reason(err, ERROR_USAGE, "usage",
			N_("--table goes with --format csv: JSONL holds the whole desk"), NULL);
	}
	if (!call_open_role(call, ROLE_ADMIN, err) || !open_out(&export, err)) {
		return false;
	}
	interrupt_watch();
	progress_begin(&export.progress, call->cli, _("exporting"));
	bool ok = dump(&export, is_csv, err);
	progress_end(&export.progress);
	interrupt_restore();
	if (!close_out(&export, ok, err)) {
		return false;
	}
	tell(&export);
	return true;
}

static const struct command_option options[] = {
	{"format", 0, VALUE_FORMAT, N_("JSONL of the whole desk, unless it says csv")},
	{"table", 0, VALUE_TABLE, N_("what the CSV holds, else tickets")},
};

const struct subcommand command_export = {
	.name = "export",
	.group = GROUP_CARE,
	.arguments = {{VALUE_FILE, NULL, true, false}},
	.options = options,
	.option_count = ARRAY_LEN(options),
	.summary = N_("write the whole desk as JSONL, or a table as CSV (admins)"),
	.text = N_("JSONL can be imported into an empty desk, which then equals this one. CSV is "
		   "for spreadsheets. Without FILE it goes to standard output."),
	.example = "atende export desk.jsonl",
	.run = run,
};
