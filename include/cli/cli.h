#ifndef ATENDE_CLI_CLI_H
#define ATENDE_CLI_CLI_H

#include "base/clock.h"
#include "base/profile.h"
#include "core/calendar.h"
#include "store/store.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/*
 * The command line: every action on a desk as a subcommand, under the same rules as the console.
 *
 * cli_run parses the arguments, runs one command and gives the exit status (0 done, 1 failed, 2
 * usage, 3 not found, 4 conflict, 5 not allowed, 6 unavailable, 130 interrupted). Results go to
 * `out`, everything else to `err`: one sentence, or with --json one line of JSON. Sentences are
 * translated with gettext under the domain that the program has set up; setlocale is the
 * program's, too. Nothing that is printed holds a control character but the newline.
 */

/* What the console was asked for: `atende` without a command. All of it lives until it returns. */
struct cli_start {
	struct store *store;		     /* open, acting as the operator; stays the caller's */
	const struct store_options *options; /* that it was opened with */
	const struct profile *profile; /* desk and operator as they were found, language, looks */
	const struct zone *zone;       /* of the reader */
	const char *theme;	       /* --theme; NULL: as configured */
	bool ascii;		       /* --ascii: no signs beyond ASCII */
	bool a11y;		       /* --a11y: a screen for screen readers */
	bool linear;		       /* --linear: told in lines; also without a terminal */
};
/* Runs the console until it ends: *status is the exit status. */
typedef bool cli_console_fn(
	void *data, const struct cli_start *start, int *status, struct error *err);

/* A command of the console and the keys it has on one of its screens. */
struct cli_key {
	const char *screen, *command;
	const char *keys;    /* "j, Down"; "" for none */
	const char *summary; /* N_() */
};
/* The keys in force, on mem; USAGE when the person's keys.conf has a mistake. */
typedef bool cli_keys_fn(const void *mem, struct cli_key **keys, size_t *count, struct error *err);

/* Why the console cannot start, for a screen that asks what to do. */
struct cli_lack {
	const struct error *problem;
	const struct error *failure;	   /* of what was tried on that screen; NULL: nothing was */
	bool is_first;			   /* no desk was ever named */
	const char *login;		   /* of the person here; NULL: none */
	const struct directory *directory; /* of a desk whose operator is missing; NULL: no desk */
	const struct zone *zone;
	const char *theme;
	bool ascii, no_colour, a11y, linear;
};
enum cli_deed { CLI_LEAVE, CLI_SAMPLE, CLI_NEW, CLI_OPEN, CLI_SIGN_IN };
struct cli_wish {
	enum cli_deed deed;
	char *desk, *login; /* NULL: as before */
	char *password;	    /* to sign in with */
	bool is_kept;	    /* to be written into atende.conf */
	int ended_by;	    /* signal; 0: none */
};
/* Asks; the strings of *wish on mem. */
typedef bool cli_start_fn(void *data, const void *mem, const struct cli_lack *lack,
	struct cli_wish *wish, struct error *err);

struct cli {
	FILE *in, *out, *err;
	int columns;	     /* of the terminal that out is; 0: it is none */
	bool shows_progress; /* err is a terminal */
	bool in_is_terminal;
	const struct store_driver *const *drivers;
	size_t driver_count;
	struct clock clock;	 /* {0}: the system's */
	cli_console_fn *console; /* NULL: there is none here */
	cli_start_fn *start;	 /* NULL: a problem is told, and that is it */
	void *console_data;	 /* of both */
	cli_keys_fn *keys;	 /* NULL: there is no console here */
};

/* Standard streams, terminal size, system clock. Drivers and console are left for the program. */
void cli_init(struct cli *cli);

/* The value of --NAME as it was typed, before anything is parsed or checked; NULL: not given. For
 * what decides how the rest is said. */
const char *cli_peek(int argc, char *const *argv, const char *name);

int cli_run(struct cli *cli, int argc, char **argv);

#endif
