#ifndef ATENDE_CLI_COMMAND_H
#define ATENDE_CLI_COMMAND_H

#include "base/error.h"
#include "core/name.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * The table of commands: what each is called, takes, does. One table feeds parsing, --help, usage
 * errors, completion for three shells, the man page and the tests. A command is a file cmd_*.c and
 * a line in commands.c.
 */
struct call;

/* What an option or an operand is: how it is checked, shown and completed. */
enum value_type {
	VALUE_NONE, /* a flag */
	VALUE_LINE, /* any text, one line */
	VALUE_TEXT, /* any text, of many lines */
	VALUE_FILE, /* a path; "-" is standard input or output */
	VALUE_DESK, /* a desk: a file or URL */
	VALUE_TICKET,
	VALUE_NUMBER, /* an id or count, 1 … */
	VALUE_REVISION,
	VALUE_SPAN, /* 90s, 10m, 2h, 3d */
	VALUE_TIME, /* RFC 3339, a local date or time, or a span from now */
	VALUE_UUID,
	VALUE_ADDRESS,
	VALUE_CUSTOMER, /* its number or one of its addresses */
	VALUE_CHANNEL,
	VALUE_PRIORITY,
	VALUE_ROLE,
	VALUE_CONTACT,
	VALUE_LIST,
	VALUE_ORDER,
	VALUE_FLAG, /* yes or no */
	VALUE_DRAFT,
	VALUE_FORMAT,
	VALUE_TABLE,
	VALUE_LANGUAGE,
	VALUE_SHELL,
	VALUE_COMMAND,
	VALUE_TEAM, /* from here on: words of the desk */
	VALUE_OPERATOR,
	VALUE_RECEIVER, /* an operator, a team, or "all" */
	VALUE_REASON,
	VALUE_ANSWER,
	VALUE_CALENDAR,
	VALUE_SETTING,
	VALUE_PREFERENCE,
	VALUE_TYPES
};

struct value_info {
	const char *word;		/* in help: "TEAM" */
	const struct name_table *names; /* the words it may be, or NULL */
	const char *complete;		/* asked of `atende complete`: "team"; NULL: nothing */
};
extern const struct value_info value_infos[VALUE_TYPES];

/* Words of the command line alone. */
extern const struct name_table cli_format_names, cli_table_names, cli_language_names,
	cli_shell_names;
enum cli_format { FORMAT_NONE, FORMAT_JSONL, FORMAT_CSV };
enum cli_table { TABLE_NONE, TABLE_TICKETS, TABLE_CUSTOMERS, TABLE_MESSAGES, TABLE_NOTES };
enum cli_shell { SHELL_NONE, SHELL_BASH, SHELL_ZSH, SHELL_FISH };

struct command_option {
	const char *name; /* without dashes */
	char letter;	  /* 0: none */
	enum value_type type;
	const char *summary; /* N_() */
};

struct command_argument {
	enum value_type type;
	const char *word; /* in help, NULL: that of its type */
	bool optional;
	bool many; /* the last one only: one or more (with optional: any number) */
};

enum command_flag {
	COMMAND_TEXT = 1 << 0,	  /* takes -F FILE and -m TEXT */
	COMMAND_CHANGES = 1 << 1, /* takes --change-id */
	COMMAND_HIDDEN = 1 << 2,  /* not in help, manual and completion */
};

enum command_group {
	GROUP_READ,
	GROUP_ANSWER,
	GROUP_STATE,
	GROUP_TEAM,
	GROUP_CUSTOMER,
	GROUP_DAY,
	GROUP_SETUP,
	GROUP_CARE,
	COMMAND_GROUPS
};
extern const char *const command_group_titles[COMMAND_GROUPS]; /* N_() */

enum { COMMAND_ARGUMENTS = 3 };

struct subcommand {
	const char *name; /* one or two words: "reply", "customer new" */
	enum command_group group;
	unsigned flags;
	struct command_argument arguments[COMMAND_ARGUMENTS]; /* ended by one of type VALUE_NONE */
	const struct command_option *options;
	size_t option_count;
	const char *summary; /* N_(): one line, lower case, no full stop */
	const char *text;    /* N_(): paragraphs of the manual, NULL: the summary says all */
	const char *example; /* a command line, NULL: none */
	/* False with *err, or true; call->status is the exit status of a true one. */
	bool (*run)(struct call *call, struct error *err);
};
extern const struct subcommand *const commands[];
extern const size_t command_count;

/* The index-th option of a command, the common ones after its own; NULL after the last. */
const struct command_option *command_option_at(const struct subcommand *command, size_t index);
/* By name, or by letter (name NULL); NULL: it takes none such. */
const struct command_option *command_option_find(
	const struct subcommand *command, const char *name, size_t length, char letter);

/* An option of any command: whether one takes a value is the same wherever it occurs. */
const struct command_option *command_any_option(const char *name, size_t length, char letter);

const struct subcommand *command_find(const char *name);
/* Whether other commands begin with this word: "customer" and "customer new". */
bool command_is_prefix(const char *word);

const char *command_argument_word(const struct command_argument *argument);
size_t command_argument_count(const struct subcommand *command);

/* "reply N [OPTIONS]": on mem. */
char *command_usage(const void *mem, const struct subcommand *command);

/* The command or option (with its dashes) that looks most like what was typed, on mem; NULL when
 * none does. */
char *command_nearest(const void *mem, const char *typed);
char *command_nearest_option(const void *mem, const struct subcommand *command, const char *typed);

#endif
