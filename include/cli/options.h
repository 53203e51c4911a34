#ifndef ATENDE_CLI_OPTIONS_H
#define ATENDE_CLI_OPTIONS_H

#include "cli/command.h"

/* Options that several commands share: those of every command, of texts, of changes. */
extern const struct command_option common_options[], text_options[], change_options[];
extern const size_t common_option_count, text_option_count, change_option_count;

#endif
