#ifndef ATENDE_TUI_COMPLETE_H
#define ATENDE_TUI_COMPLETE_H

#include "tui/command.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * What may stand on the `:` line: names of commands, then what the command takes. By the same
 * tables candidates are offered and what was typed is checked.
 */
struct model;

struct candidate {
	char *text; /* what is put into the line */
	char *detail;
};

struct completion {
	size_t start;  /* byte of the line from where on a candidate replaces it */
	bool is_exact; /* all candidates begin with what was typed */
	size_t count;
	struct candidate *items;
};

/* For a line as typed so far: all on mem. */
struct completion complete_line(const struct model *model, const void *mem, const char *line);

/*
 * The argument as the command wants it (a team's key for its name), on mem. NULL when it is none of
 * what the command takes: *problem then says so in the reader's language, on mem.
 */
char *complete_check(const struct model *model, const void *mem, const struct command *command,
	const char *argument, char **problem);

/* A command may be kept with its argument between sessions: it holds no text of anybody's. */
bool complete_may_keep(const struct command *command);

/* The commands whose names are nearest to a word, for "did you mean": at most `most`. */
size_t complete_nearest(
	const struct model *model, const char *word, const char **names, size_t most);

#endif
