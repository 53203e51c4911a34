#ifndef ATENDE_ATENDE_FACE_H
#define ATENDE_ATENDE_FACE_H

#include "base/error.h"
#include "tui/msg.h"
#include "tui/style.h"
#include "tui/term.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * What the console shows itself on, and hears its person by: a screen that is painted
 * (face_screen.c), or a terminal that takes lines (face_lines.c). One machine behind both.
 */
struct model;
struct face;

struct face_options {
	int input, output; /* file descriptors */
	const struct theme *theme;
	bool no_colour;
	bool ascii;
	bool is_linear; /* lines are wished for, on whatever there is */
};

struct face_functions {
	/* Polled for input; -1: none is wanted now. */
	int (*fd)(const struct face *face, const struct model *model);
	/* How long to wait at most, whatever comes; -1: for ever. */
	int (*wait_ms)(const struct face *face, const struct model *model);
	/* The next of what was typed, the caller's; NULL: nothing more. Never blocks. *is_gone: and
	 * nothing will be, ever. */
	struct msg *(*read)(
		struct face *face, const struct model *model, int64_t now, bool *is_gone);
	/* The model as it is now. */
	void (*show)(struct face *face, const struct model *model);
	void (*tell)(struct face *face, const char *text);
	void (*resize)(struct face *face, int *columns, int *rows);
	void (*repaint)(struct face *face);
	void (*bell)(struct face *face);
	void (*dress)(struct face *face, const struct theme *theme);
	void (*copy)(struct face *face, const char *text); /* when can_copy */
	/* Leaves the terminal to somebody else for a while. */
	void (*leave)(struct face *face);
	void (*come_back)(struct face *face);
	void (*close)(struct face *face);
};

/* Members of both; each has its own behind it. */
struct face {
	const struct face_functions *can;
	/* Brings the terminal back after a crash; NULL: nothing has to be. */
	const struct term_rescue *rescue;
	bool is_linear;
	bool can_copy;
	bool is_gone; /* nothing more can be written */
};

/* Lines where they are wished for, and on terminals that cannot be painted; else a screen. False:
 * UNAVAILABLE, reason "no_terminal". */
bool face_open(
	const void *mem, const struct face_options *options, struct face **face, struct error *err);

/* False: UNAVAILABLE, reason "no_terminal", or "poor_terminal" for one that cannot be painted. */
bool face_screen_open(
	const void *mem, const struct face_options *options, struct face **face, struct error *err);
struct face *face_lines_open(const void *mem, const struct face_options *options);

#endif
