#include "cli/cli.h"

#include "base/mem.h"
#include "cli/call.h"
#include "cli/help.h"
#include "cli/output.h"
#include "cli/progress.h"
#include "codec/zone.h"

#include <errno.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { EXIT_INTERRUPTED = 130, COLUMNS_UNKNOWN = 80 };

void cli_init(struct cli *cli)
{
	*cli = (struct cli){.in = stdin, .out = stdout, .err = stderr};
	struct winsize size;
	if (isatty(STDOUT_FILENO) && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0) {
		cli->columns = size.ws_col ? size.ws_col : COLUMNS_UNKNOWN;
	}
	cli->shows_progress = isatty(STDERR_FILENO);
	cli->in_is_terminal = isatty(STDIN_FILENO);
	cli->clock = clock_system();
}

static bool run(struct call *call, struct error *err)
{
	struct arguments *arguments = &call->arguments;
	if (arguments->wants_version) {
		fputs("atende " ATENDE_VERSION "\n", call->cli->out);
		return true;
	}
	if (arguments->wants_help) {
		if (strcmp(arguments->command->name, "console") == 0) {
			help_program(call->cli->out);
		} else {
			help_command(call->cli->out, arguments->command);
		}
		return true;
	}
	if (arguments->was_cleaned) {
		output_warning(call->cli,
			_("an argument held bytes that are no text; they were taken out"));
	}
	zone_local(call->mem, &call->zone);
	return arguments->command->run(call, err);
}

/* A full disk behind a pipe or redirection must not pass for success. */
static bool output_is_written(struct cli *cli, struct error *err)
{
	errno = 0;
	if (fflush(cli->out) == 0 && !ferror(cli->out)) {
		return true;
	}
	return error_set(err, ERROR_INTERNAL,
		N_("the output could not be written: {0}; make room, then try again"),
		strerror(errno), NULL);
}

static void tell_failure(struct call *call, const struct error *err)
{
	if (call->json && call->failure) {
		output_failure(call->cli, call->failure);
		return;
	}
	cli_error(call->cli, err, call->json);
	if (call->hints && !call->json) {
		output_warning(call->cli, call->hints);
	}
}

const char *cli_peek(int argc, char *const *argv, const char *name)
{
	size_t length = strlen(name);
	const char *value = NULL;
	for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
		const char *typed = argv[i];
		if (strncmp(typed, "--", 2) != 0 || strncmp(typed + 2, name, length) != 0) {
			continue;
		}
		if (typed[2 + length] == '=') {
			value = typed + 3 + length;
		} else if (!typed[2 + length] && i + 1 < argc) {
			value = argv[++i];
		}
	}
	return value;
}

int cli_run(struct cli *cli, int argc, char **argv)
{
	struct error err = {0};
	struct call call = {.cli = cli, .mem = mem_context(NULL)};
	if (!cli->clock.now) {
		cli->clock = clock_system();
	}
	bool ok = arguments_parse(call.mem, argc, argv, &call.arguments, &err);
	call.json = call.arguments.wants_json;
	ok = ok && run(&call, &err);
	store_close(call.store);
	ok = ok && output_is_written(cli, &err);
	if (!ok) {
		fflush(cli->out);
		tell_failure(&call, &err);
		call.status = error_exit_status(err.code);
	}
	if (interrupt_happened()) {
		call.status = EXIT_INTERRUPTED;
	}
	fflush(cli->err);
	talloc_free(call.mem);
	return call.status;
}
