#ifndef ATENDE_CLI_ARGUMENTS_H
#define ATENDE_CLI_ARGUMENTS_H

#include "base/error.h"
#include "cli/command.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * A parsed command line. Options may stand anywhere, as --name VALUE, --name=VALUE, -F VALUE or
 * -FVALUE; "--" ends them. Without operands the command is the console.
 */
struct given {
	const struct command_option *option;
	const char *value; /* NULL for a flag */
};

struct arguments {
	const struct subcommand *command; /* NULL: no such command, *err says so */
	size_t operand_count;
	const char **operands; /* after the command's name */
	size_t given_count;
	struct given *given;
	bool wants_help, wants_version, wants_json;
	bool was_cleaned; /* an argument was no clean text */
};

/*
 * USAGE errors name the nearest command or option. On mem; texts are clean, paths and desks as
 * they were given. The three wishes and `command` are filled in even when it fails.
 */
bool arguments_parse(const void *mem, int argc, char *const *argv, struct arguments *arguments,
	struct error *err);

/* The last value of that name; NULL when it was not given. The command must take such an option. */
const char *arguments_value(const struct arguments *arguments, const char *name);
bool arguments_flag(const struct arguments *arguments, const char *name);

#endif
