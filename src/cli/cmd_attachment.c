#include "cli/call.h"

#include "base/file.h"
#include "base/mem.h"
#include "base/text.h"
#include "cli/attachment_file.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "codec/ticket_json.h"
#include "core/problem.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

/* `attachment`: a file of a ticket, saved. */

static const struct attachment *find_in(const struct attachment_list *list, int64_t id)
{
	for (size_t i = 0; i < list->count; i++) {
		if (list->items[i].id == id) {
			return &list->items[i];
		}
	}
	return NULL;
}

static const struct attachment *find(const struct ticket_view *view, int64_t id)
{
	const struct attachment *found = NULL;
	for (size_t i = 0; i < view->message_count && !found; i++) {
		found = find_in(&view->messages[i].attachments, id);
	}
	for (size_t i = 0; i < view->note_count && !found; i++) {
		found = find_in(&view->notes[i].attachments, id);
	}
	return found;
}

static bool is_folder(const char *path)
{
	struct stat info;
	return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

static bool print_bytes(struct call *call, const char *bytes, size_t size, struct error *err)
{
	bool ok = fwrite(bytes, 1, size, call->cli->out) == size && fflush(call->cli->out) == 0;
	return ok || error_set(err, ERROR_INTERNAL, N_("the output could not be written: {0}"),
			     strerror(errno), NULL);
}

/* A file that was named is that one or none; in a folder the name gives way. */
static bool save(struct call *call, const struct attachment *attachment, const char *bytes,
	size_t size, char **path, struct error *err)
{
	const char *output = call_value(call, "output");
	bool exists;
	if (!output || is_folder(output)) {
		return attachment_save(
			call->mem, output ? output : ".", attachment->name, bytes, size, path, err);
	}
	*path = mem_strdup(call->mem, output);
	return file_create(output, bytes, size, &exists, err) ||
	       (exists && error_set_reason(err, ERROR_CONFLICT, "exists",
				  N_("{0} is there already; nothing was altered; choose another "
				     "name"),
				  output, NULL));
}

static void tell(struct call *call, const struct attachment *attachment, const char *path)
{
	if (call->json) {
		struct json *object = json_object(call->mem);
		json_add_bool(object, "ok", true);
		json_add_int(object, "ticket", call_ticket(call));
		attachment_add_json(json_add_object(object, "attachment"), attachment);
		json_add_text(object, "file", text_clean_line(call->mem, path, strlen(path), NULL));
		output_json(call, object);
	} else {
		output_line(call, path);
	}
}

static bool run(struct call *call, struct error *err)
{
	struct ticket_view view;
	int64_t number = call_ticket(call), id = call_operand_number(call, 1);
	char *bytes, *path;
	size_t size;
	if (!call_open(call, err) || !store_ticket(call->store, call->mem, number, &view, err)) {
		return false;
	}
	const struct attachment *attachment = find(&view, id);
	if (!attachment) {
		return problem_number(err, PROBLEM_NO_ATTACHMENT, id, NULL);
	}
	if (!store_blob_get(call->store, call->mem, number, attachment->blob, &bytes, &size, err)) {
		return false;
	}
	const char *output = call_value(call, "output");
	if (output && strcmp(output, "-") == 0) {
		return print_bytes(call, bytes, size, err);
	}
	if (!save(call, attachment, bytes, size, &path, err)) {
		return false;
	}
	tell(call, attachment, path);
	return true;
}

static const struct command_option options[] = {
	{"output", 'o', VALUE_FILE,
		N_("where to: a new file, a folder, or - for standard output; else here")},
};

const struct subcommand command_attachment = {
	.name = "attachment",
	.group = GROUP_READ,
	.arguments = {{VALUE_TICKET, NULL, false, false}, {VALUE_NUMBER, N_("ID"), false, false}},
	.options = options,
	.option_count = ARRAY_LEN(options),
	.summary = N_("save a file of a ticket; prints where it is"),
	.text = N_(
		"\"atende show\" tells the numbers of files in brackets. A file is saved under its "
		"own name made safe: no path, not hidden. What is there is never written over: the "
		"second foto.png is \"foto (2).png\"."),
	.example = "atende attachment 1001 7 --output Downloads",
	.run = run,
};
