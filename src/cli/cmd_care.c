#include "cli/call.h"

#include "base/mem.h"
#include "base/text.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "cli/progress.h"

#include <string.h>

/* backup and doctor: they read everything and change nothing. */

static bool run_backup(struct call *call, struct error *err)
{
	struct progress progress;
	const char *path = call_operand(call, 0);
	if (!call_open_desk(call, err)) {
		return false;
	}
	interrupt_watch();
	progress_begin(&progress, call->cli, _("backing up"));
	bool ok = store_backup(call->store, path, progress_step, &progress, err);
	progress_end(&progress);
	interrupt_restore();
	if (!ok) {
		return false;
	}
	char *clean = text_clean_line(call->mem, path, strlen(path), NULL);
	if (call->json) {
		struct json *object = json_object(call->mem);
		json_add_bool(object, "ok", true);
		json_add_text(object, "backup", clean);
		output_json(call, object);
	} else {
		output_line(call, output_fill(call->mem, _("the backup is in {0}"), clean, NULL));
	}
	return true;
}

const struct subcommand command_backup = {
	.name = "backup",
	.group = GROUP_CARE,
	.arguments = {{VALUE_FILE, NULL, false, false}},
	.summary = N_("copy a desk in use to a new file"),
	.text = N_(
		"The copy is consistent, and a desk like the original. Copying the file by other "
		"means while it is in use can damage the copy."),
	.example = "atende backup /backup/desk-$(date +%F).db",
	.run = run_backup,
};

static char *finding_text(struct call *call, const struct finding *finding)
{
	return finding->err.text ? cli_sentence(call->mem, &finding->err)
				 : mem_strdup(call->mem, finding->text ? finding->text : "");
}

static void print_findings(struct call *call, const struct findings *findings)
{
	for (size_t i = 0; i < findings->count; i++) {
		const struct finding *finding = &findings->items[i];
		output_format(call, "%s: %s", finding->is_error ? _("error") : _("remark"),
			finding_text(call, finding));
	}
}

static void print_findings_json(struct call *call, const struct findings *findings, bool healthy)
{
	struct json *object = json_object(call->mem);
	json_add_bool(object, "healthy", healthy);
	struct json *array = json_add_array(object, "findings");
	for (size_t i = 0; i < findings->count; i++) {
		struct json *item = json_add_object(array, NULL);
		json_add_bool(item, "error", findings->items[i].is_error);
		json_add_text(item, "text", finding_text(call, &findings->items[i]));
	}
	output_json(call, object);
}

/* Where even opening fails, the usual advice would be to run this. */
static bool too_damaged(struct error *err)
{
	if (err->reason && strcmp(err->reason, "damaged") == 0) {
		struct error was = *err;
		error_set_reason(err, was.code, "damaged",
			N_("the desk {0} is so damaged that it cannot be opened: put back a "
			   "backup"),
			was.arg[0], NULL);
	}
	return false;
}

static bool run_doctor(struct call *call, struct error *err)
{
	struct progress progress;
	struct findings findings = {0};
	size_t errors = 0;
	if (!call_open_desk(call, err)) {
		return too_damaged(err);
	}
	interrupt_watch();
	progress_begin(&progress, call->cli, _("checking"));
	bool ok = store_check(call->store, call->mem, progress_step, &progress, &findings, err);
	progress_end(&progress);
	interrupt_restore();
	if (!ok) {
		return false;
	}
	for (size_t i = 0; i < findings.count; i++) {
		errors += findings.items[i].is_error;
	}
	call->status = errors ? 1 : 0;
	if (call->json) {
		print_findings_json(call, &findings, errors == 0);
		return true;
	}
	print_findings(call, &findings);
	output_line(call, errors ? _("the desk is damaged: restore a backup, or export it and "
				     "import that into a new one")
				 : _("the desk is in order"));
	return true;
}

const struct subcommand command_doctor = {
	.name = "doctor",
	.group = GROUP_CARE,
	.summary = N_("check a desk: file, indexes, counters, log against tables"),
	.text = N_("Says what is wrong, and then the status is 1. It changes nothing."),
	.example = "atende doctor --desk desk.db",
	.run = run_doctor,
};
