#ifndef ATENDE_CLI_OPTIONS_H
#define ATENDE_CLI_OPTIONS_H

#include "cli/command.h"

/* Options that several commands share: those of every command, of texts, of changes. */
extern const struct command_option common_options[], text_options[], change_options[];
extern const size_t common_option_count, text_option_count, change_option_count;

/* A row for the options of a command whose text may bring files. */
#define ATTACH_OPTION                                                                              \
	{                                                                                          \
		"attach", 0, VALUE_FILE, N_("send this file along; may be given several times")    \
	}

#endif
