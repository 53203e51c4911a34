#include "cli/call.h"

#include "base/file.h"
#include "base/mem.h"
#include "base/text.h"
#include "cli/commands.h"
#include "cli/intake.h"
#include "cli/output.h"
#include "cli/progress.h"
#include "cli/restore.h"
#include "cli/source.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

/* `import`: records by a mapping, or an export of ours. */

enum { MAPPING_MOST_BYTES = 64 * 1024 };

/* An import under way. */
struct run {
	struct call *call;
	struct source source;
	struct mapping *mapping;
	struct import_reader *reader;
	struct intake intake;
	FILE *rejected;
	char *rejected_path;
	struct progress progress;
	bool is_over, was_interrupted;
};

static bool load_mapping(struct run *run, struct error *err)
{
	struct call *call = run->call;
	const char *path = call_value(call, "mapping");
	char *bytes;
	size_t size;
	if (!path) {
		run->mapping = mapping_default(call->mem);
		return true;
	}
	return file_read(call->mem, path, MAPPING_MOST_BYTES, &bytes, &size, err) &&
	       mapping_parse(call->mem, bytes, size, &run->mapping, err);
}

/* What goes where, before anything is done: on err when the output is for a program. */
static void show_mapping(struct run *run)
{
	const struct mapping_line *lines;
	size_t count = mapping_lines(run->mapping, &lines);
	struct call *call = run->call;
	for (size_t i = 0; i < count; i++) {
		char *line = mem_printf(
			call->mem, "  %s.%s = %s", lines[i].section, lines[i].key, lines[i].value);
		if (call->json) {
			output_warning(call->cli, line);
		} else {
			output_line(call, line);
		}
	}
	fflush(call->cli->out);
}

/* --- what cannot be taken in --- */

static bool open_rejected(struct run *run, struct error *err)
{
	const char *header = import_header(run->reader);
	int fd = open(
		run->rejected_path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, S_IRUSR | S_IWUSR);
	run->rejected = fd < 0 ? NULL : fdopen(fd, "w");
	if (!run->rejected) {
		return error_set(err, ERROR_INTERNAL,
			N_("{0} cannot be written: {1}; records that cannot be taken in would be "
			   "kept there"),
			run->rejected_path, strerror(errno), NULL);
	}
	if (header) {
		fprintf(run->rejected, "%s\n", header);
	}
	return true;
}

static bool keep_aside(struct run *run, const struct intake_item *item, struct error *err)
{
	struct call *call = run->call;
	char *sentence = cli_sentence(run->intake.mem, &item->err);
	char *line = mem_printf(run->intake.mem, "%lld", (long long)item->record.line);
	output_warning(call->cli, output_fill(run->intake.mem, _("{0}, line {1}: {2}"),
					  run->source.path, line, sentence, NULL));
	if (run->intake.dry_run) {
		return true;
	}
	if (!run->rejected && !open_rejected(run, err)) {
		return false;
	}
	fwrite(item->record.raw, 1, item->record.raw_size, run->rejected);
	fputc('\n', run->rejected);
	return true;
}

/* --- batches --- */

/* Records of the whole file, guessed from the part that was read. */
static int64_t guess_total(const struct run *run)
{
	int64_t read = import_bytes(run->reader);
	return read > 0 ? run->source.size * run->intake.counts.records / read : 0;
}

static bool read_batch(struct run *run, struct error *err)
{
	while (run->intake.count < INTAKE_BATCH && !run->is_over) {
		struct import_record record = {0};
		struct error bad = {0};
		enum import_step step = import_next(run->reader, run->intake.mem, &record, &bad);
		if (step == IMPORT_FAILED) {
			*err = bad;
			return false;
		}
		run->is_over = step == IMPORT_END;
		if (step != IMPORT_END) {
			intake_add(&run->intake, &record, &bad);
		}
	}
	return true;
}

static bool finish_batch(struct run *run, struct error *err)
{
	for (size_t i = 0; i < run->intake.count; i++) {
		const struct intake_item *item = &run->intake.items[i];
		if (item->err.code != ERROR_NONE) {
			progress_end(&run->progress);
			if (!keep_aside(run, item, err)) {
				return false;
			}
		}
	}
	run->was_interrupted =
		!progress_step(&run->progress, run->intake.counts.records, guess_total(run));
	intake_clear(&run->intake);
	return true;
}

static bool take_all(struct run *run, struct error *err)
{
	bool ok = true;
	progress_begin(&run->progress, run->call->cli, _("importing"));
	while (ok && !run->is_over && !run->was_interrupted) {
		ok = read_batch(run, err) && intake_apply(&run->intake, err) &&
		     finish_batch(run, err);
	}
	progress_end(&run->progress);
	interrupt_restore();
	if (run->rejected && fclose(run->rejected) != 0 && ok) {
		return error_set(err, ERROR_INTERNAL, N_("{0} cannot be written: {1}"),
			run->rejected_path, strerror(errno), NULL);
	}
	if (ok && run->was_interrupted) {
		return error_set_reason(err, ERROR_UNAVAILABLE, "interrupted",
			N_("interrupted; what was taken in stays, and the same import again goes "
			   "on with the rest"),
			NULL);
	}
	return ok;
}

/* --- the outcome --- */

static void tell_json(struct run *run)
{
	const struct intake_counts *counts = &run->intake.counts;
	struct json *object = json_object(run->call->mem);
	json_add_int(object, "records", counts->records);
	json_add_int(object, "bad", counts->bad);
	json_add_int(object, "customers", counts->customers);
	json_add_int(object, "tickets", counts->tickets);
	json_add_int(object, "texts", counts->texts);
	json_add_int(object, "known", counts->known);
	json_add_int(object, "cleaned", counts->cleaned);
	json_add_text(object, "rejected", run->rejected ? run->rejected_path : NULL);
	json_add_bool(object, "dry_run", run->intake.dry_run);
	output_json(run->call, object);
}

static char *number(struct run *run, int64_t value)
{
	return mem_printf(run->call->mem, "%lld", (long long)value);
}

static void tell(struct run *run)
{
	struct call *call = run->call;
	const struct intake_counts *counts = &run->intake.counts;
	if (run->intake.dry_run) {
		output_line(call, output_fill(call->mem,
					  _("{0} records would go in, {1} would not; nothing was "
					    "changed"),
					  number(run, counts->records - counts->bad),
					  number(run, counts->bad), NULL));
		return;
	}
	output_line(call, output_fill(call->mem,
				  _("{0} records: {1} customers, {2} tickets, {3} texts added"),
				  number(run, counts->records), number(run, counts->customers),
				  number(run, counts->tickets), number(run, counts->texts), NULL));
	if (counts->cleaned) {
		output_line(call, output_fill(call->mem,
					  _("{0} records held bytes that are no text or could harm "
					    "a terminal; they were taken out"),
					  number(run, counts->cleaned), NULL));
	}
	if (counts->bad) {
		output_line(call, output_fill(call->mem,
					  _("{0} records did not go in; they are kept in {1}: "
					    "correct them, then import that file"),
					  number(run, counts->bad), run->rejected_path, NULL));
	}
}

static bool import_records(struct call *call, struct source *source, struct error *err)
{
	struct run run = {.call = call, .source = *source};
	const char *path = source->is_input ? "import" : source->path;
	run.rejected_path = mem_printf(call->mem, "%s.rejected", path);
	run.intake.call = call;
	run.intake.mem = mem_context(call->mem);
	run.intake.dry_run = call_flag(call, "dry-run");
	if (!load_mapping(&run, err) || !call_open_role(call, ROLE_SUPERVISOR, err)) {
		return false;
	}
	run.reader = import_open(call->mem, run.mapping, source_read, &run.source);
	interrupt_watch();
	show_mapping(&run);
	if (!take_all(&run, err)) {
		return false;
	}
	if (call->json) {
		tell_json(&run);
	} else {
		tell(&run);
	}
	call->status = run.intake.counts.bad ? 1 : 0;
	return true;
}

static bool run_import(struct call *call, struct error *err)
{
	struct source source;
	if (!source_open(&source, call, call_operand(call, 0), err)) {
		return false;
	}
	bool ok = source_begins(&source, RESTORE_BEGINNING) ? restore_desk(call, &source, err)
							    : import_records(call, &source, err);
	source_close(&source);
	return ok;
}

static const struct command_option options[] = {
	{"mapping", 0, VALUE_FILE, N_("what goes where; see atende(5)")},
	{"dry-run", 0, VALUE_NONE, N_("only say what would go in")},
};

const struct subcommand command_import = {
	.name = "import",
	.group = GROUP_CARE,
	.arguments = {{VALUE_FILE, NULL, false, false}},
	.options = options,
	.option_count = ARRAY_LEN(options),
	.summary = N_("take in customers, tickets, messages, notes from JSONL or CSV"),
	.text = N_("The mapping is shown first. Records that cannot be taken in are told by line "
		   "and kept in FILE.rejected, and the status is 1; the rest goes in, with its own "
		   "times. Importing again adds nothing twice. An export of a whole desk goes into "
		   "a desk that is new or empty, which then equals the exported one."),
	.example = "atende import reviews.jsonl --mapping reviews.map --dry-run",
	.run = run_import,
};
