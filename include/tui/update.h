#ifndef ATENDE_TUI_UPDATE_H
#define ATENDE_TUI_UPDATE_H

#include "core/calendar.h"
#include "tui/effect.h"
#include "tui/msg.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * The console as a pure machine: messages in, effects out. No clock, no I/O, never blocks. The
 * program reads input and answers, calls model_update, performs the effects, draws model_view
 * (tui/view.h), and waits until model_deadline at the latest.
 */
struct keymap;
struct model;
struct start_lack;
struct theme;

struct model_options {
	int64_t actor; /* operator */
	int64_t now;
	int columns, rows;
	struct zone zone;	       /* of the reader; copied */
	bool slow;		       /* a slow link: a marker instead of a bar for the cursor */
	const struct keymap *keymap;   /* lives as long as the model; NULL: the usual keys */
	const struct start_lack *lack; /* the start screen (tui/start.h); NULL: the console */
	const char *save_folder;       /* where files of texts are saved; copied, NULL: "." */
	const char *open_command;      /* what opens files and links; copied, NULL: "xdg-open" */
	const char *no_copy;  /* N_(): why the terminal takes no text for the clipboard; NULL: it
				 does. Static */
	bool a11y;	      /* nothing changes by itself but one line an event */
	bool linear;	      /* told in lines: tui/linear.h; columns 0: not known */
	bool ascii;	      /* … in ASCII */
	const char *terminal; /* a word of its own for who-is-where; copied, NULL: not told */
	const struct theme *theme; /* asked for; NULL: as the desk keeps it */
};

struct model *model_create(const void *mem, const struct model_options *options);
void model_destroy(struct model *model); /* NULL is fine */

/* The first questions to the desk. */
void model_start(struct model *model, struct effects *effects);

/* Steals from msg what it keeps; msg stays the caller's. */
void model_update(struct model *model, struct msg *msg, struct effects *effects);

/* A message for the last line. */
void model_tell(struct model *model, const struct error *err);

/* When a MSG_TICK is due at the latest; 0: never. A tick before it does no harm. */
int64_t model_deadline(const struct model *model);

/* True when something changed since the last call that may show. */
bool model_is_dirty(struct model *model);

/* a11y: nothing was typed since the last picture was whole; model_view_foot draws all that is new.
 */
bool model_is_calm(const struct model *model);

/* "atende: 10479 Não recebi…": for the terminal's title; clean, on mem. */
char *model_title(const struct model *model, const void *mem);

#endif
