#include "cli/call.h"

#include "base/mem.h"
#include "cli/commands.h"
#include "cli/help.h"
#include "cli/output.h"

#include <string.h>

/* The console, help, version, and the manual's source. */

static bool run_console(struct call *call, struct error *err)
{
	struct cli *cli = call->cli;
	if (!cli->console) {
		return error_set_reason(err, ERROR_USAGE, "usage",
			N_("there is no console here; \"atende --help\" lists the commands"), NULL);
	}
	if (call->json) {
		return error_set_reason(err, ERROR_USAGE, "usage",
			N_("the console prints no JSON; \"atende queue --json\" does"), NULL);
	}
	bool linear = call_flag(call, "linear");
	if (!linear && (cli->columns == 0 || !cli->in_is_terminal)) {
		return error_set_reason(err, ERROR_INVALID, "no_terminal",
			N_("the console needs a terminal; without one use commands: \"atende queue "
			   "--json\" lists the tickets"),
			NULL);
	}
	bool is_left = false;
	if (!call_begin(call, &is_left, err)) {
		return false;
	}
	if (is_left) {
		return true;
	}
	const struct cli_start start = {.store = call->store,
		.options = &call->options,
		.profile = &call->profile,
		.zone = &call->zone,
		.theme = call_value(call, "theme"),
		.ascii = call_flag(call, "ascii"),
		.a11y = call_flag(call, "a11y"),
		.linear = linear};
	return cli->console(cli->console_data, &start, &call->status, err);
}

static const struct command_option console_options[] = {
	{"theme", 0, VALUE_LINE, N_("colours: default, dark, light, high-contrast, mono")},
	{"ascii", 0, VALUE_NONE, N_("use no signs beyond ASCII")},
	{"a11y", 0, VALUE_NONE, N_("for screen readers: nothing changes by itself but one line")},
	{"linear", 0, VALUE_NONE, N_("numbered lists and a prompt, for screen readers")},
};

const struct subcommand command_console = {
	.name = "console",
	.group = GROUP_READ,
	.options = console_options,
	.option_count = ARRAY_LEN(console_options),
	.summary = N_("open the console, as atende without a command does"),
	.run = run_console,
};

static bool run_help(struct call *call, struct error *err)
{
	char *name = mem_strdup(call->mem, "");
	for (size_t i = 0; call_operand(call, i); i++) {
		name = mem_check(talloc_asprintf_append_buffer(
			name, "%s%s", i ? " " : "", call_operand(call, i)));
	}
	const struct subcommand *command = command_find(name);
	if (!*name) {
		help_program(call->cli->out);
	} else if (command) {
		help_command(call->cli->out, command);
	} else {
		return error_set_reason(err, ERROR_USAGE, "usage",
			N_("there is no command \"{0}\"; \"atende --help\" lists them"), name,
			NULL);
	}
	return true;
}

const struct subcommand command_help = {
	.name = "help",
	.group = GROUP_CARE,
	.arguments = {{VALUE_COMMAND, NULL, true, true}},
	.summary = N_("print what a command takes and does"),
	.run = run_help,
};

static bool run_version(struct call *call, struct error *err)
{
	(void)err;
	if (call->json) {
		struct json *object = json_object(call->mem);
		json_add_text(object, "version", ATENDE_VERSION);
		output_json(call, object);
	} else {
		output_line(call, "atende " ATENDE_VERSION);
	}
	return true;
}

const struct subcommand command_version = {
	.name = "version",
	.group = GROUP_CARE,
	.summary = N_("print the version"),
	.run = run_version,
};

static bool run_manual(struct call *call, struct error *err)
{
	(void)err;
	manual_print(call->cli->out);
	return true;
}

const struct subcommand command_manual = {
	.name = "manual",
	.group = GROUP_CARE,
	.flags = COMMAND_HIDDEN,
	.summary = N_("print the commands' part of atende(1), as scdoc source"),
	.run = run_manual,
};
