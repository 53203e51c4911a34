#ifndef ATENDE_CLI_HELP_H
#define ATENDE_CLI_HELP_H

#include "cli/command.h"

#include <stdio.h>

/* What the command table says: help, manual, completion. All print translated texts to `out`. */

void help_program(FILE *out);
void help_command(FILE *out, const struct subcommand *command);

/* The part of atende(1) that the table knows, as scdoc(5): commands, options, values. */
void manual_print(FILE *out);

/* The script for a shell; it asks `atende complete` for what may follow. */
void completion_print(FILE *out, enum cli_shell shell);

#endif
