#ifndef ATENDE_TUI_COMMAND_H
#define ATENDE_TUI_COMMAND_H

#include "core/name.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * The one table of commands: it feeds keys, hints, the `:` line with its completion, the palette,
 * `?` help and the manual page atende-keys(7). To add a command: a row here, a function; the test
 * `command` tells what is missing.
 */
struct model;
struct effects;

enum screen {
	SCREEN_QUEUE,
	SCREEN_TICKET,
	SCREEN_COMPOSE,
	SCREEN_REVIEW,	    /* of a reply */
	SCREEN_NOTE_REVIEW, /* of an internal note */
	SCREEN_FIND,
	SCREEN_DRAFTS,
	SCREEN_MESSAGES,
	SCREEN_HELP,
	SCREEN_OUTBOX,
	SCREEN_MEMOS,
	SCREEN_SHIFT, /* end of shift */
	SCREEN_PAUSED,
	SCREEN_START, /* no desk, or nobody to act on it */
	SCREENS
};

/* "queue", "ticket", "writing" …: sections of keys.conf. */
extern const struct name_table screen_names;

#define ON(screen) (1U << (screen))

/* What a command is called with: fixed when the key is pressed. */
struct call {
	int64_t ticket;	      /* under the cursor or open; 0: none */
	const char *argument; /* of the `:` line, or the command's own; "" without one */
};

typedef void command_fn(struct model *model, const struct call *call, struct effects *effects);

enum { COMMAND_KEYS = 3 };

/* What an argument is: for completion, and to check it (tui/complete.h). */
enum argument_kind {
	ARGUMENT_TEXT, /* anything */
	ARGUMENT_FILTER,
	ARGUMENT_COLLEAGUE, /* key of a team, login of an operator */
	ARGUMENT_MEMO,	    /* to whom, as a first word, then anything */
	ARGUMENT_REASON,    /* its key */
	ARGUMENT_ORDER,
	ARGUMENT_COLUMNS,
	ARGUMENT_THEME,
	ARGUMENT_TAG,	  /* any word; those in sight are offered */
	ARGUMENT_ITS_TAG, /* one of the ticket's */
	ARGUMENT_TICKET,  /* a number */
	ARGUMENT_TIME,
	ARGUMENT_KINDS
};

/* When there is something to do with a command: tui/offer.h. */
enum command_when {
	WHEN_ALWAYS,
	WHEN_ANSWERABLE, /* no colleague has the ticket, or another one of its customer */
	WHEN_TAKEABLE,	 /* … and it is not at work on this terminal yet */
	WHEN_MINE,
	WHEN_ANSWERED, /* it is not open */
	WHEN_FILES,    /* the text being written may have some */
	WHEN_DRAFT,
	WHEN_OTHERS,	 /* a colleague has it */
	WHEN_HANDABLE,	 /* it is mine, or a colleague asks for one that is */
	WHEN_SUPERVISED, /* a colleague has it, and the operator is a supervisor */
	WHEN_QUESTION,	 /* another team's question is open */
	WHEN_UNDO,
	WHEN_TOUR,	 /* the first steps are being shown */
	WHEN_OPERATORS,	 /* somebody can be chosen on the start screen */
	WHEN_SIGNED_OUT, /* the desk's server asks who it is, on the start screen */
	COMMAND_WHENS
};

struct command {
	const char *name; /* for `:` and keys.conf: "snooze" */
	/* Usual sequences of keys as key_parse reads them, blanks between: "s w", "Ctrl-X m". What
	 * is in force says the keymap (tui/keymap.h). */
	const char *keys[COMMAND_KEYS];
	unsigned screens;
	const char *argument;	  /* N_(): what it takes on the `:` line, "TIME"; NULL: nothing */
	const char *preset;	  /* the argument when run by key; NULL: "" */
	const char *summary;	  /* N_(): what it does, a line */
	const char *hint;	  /* N_(): a word for the last line, NULL: not hinted */
	bool hints_prefix;	  /* the hint is about the first key of the sequence */
	enum argument_kind takes; /* of the argument */
	enum command_when when;	  /* it is offered; its key is always heard */
	bool needs_ticket;
	bool is_change; /* alters the desk: keymap.h has a rule on its letters */
	bool asks;	/* … but asks first */
	bool leaves;	/* ends its screen: each screen needs a key for one such */
	command_fn *run;
};
extern const struct command console_commands[];
extern const size_t console_command_count;

/* First keys of the usual sequences and what they are about, for the list of what may follow. */
struct command_prefix {
	const char *key;
	const char *title; /* N_() */
};
extern const struct command_prefix command_prefixes[];
extern const size_t command_prefix_count;

/* By name or by another name that it goes by; NULL when there is none. */
const struct command *console_command_find(const char *name);

/* Names in other languages, which work beside the English ones in every language. */
struct command_alias {
	const char *alias, *name;
};
extern const struct command_alias command_aliases[];
extern const size_t command_alias_count;
/* The alias of a command, NULL when it has none. */
const char *command_alias_of(const struct command *command);
/* Its argument cannot be asked for, so it must stand on the `:` line. */
bool command_needs_argument(const struct command *command);

#endif
