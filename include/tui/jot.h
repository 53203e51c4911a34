#ifndef ATENDE_TUI_JOT_H
#define ATENDE_TUI_JOT_H

#include "core/change.h"
#include "tui/effect.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * A short text typed at a prompt (a remark on the customer, what was said in a call, a question to
 * a team, a note with a transfer or an escalation, a memo) is a draft like any other: saved as it
 * is typed, kept by Esc and by a hang-up, put in again by the same command, gone when the desk has
 * the change. A memo about no ticket is a draft of ticket 0, which the desk does not know: the
 * spool alone keeps it.
 */
struct model;
struct prompt;

struct jot {
	int64_t ticket;
	enum draft_kind kind; /* DRAFT_NONE: none is typed */
	char *text;
	int64_t unspooled_since, unstored_since; /* time of the oldest key not there; 0: all is */
};

/* Before the prompt is asked: its line is a draft of this kind about the ticket. What was begun
 * before stands in it. */
void jot_begin(struct model *model, struct prompt *prompt, int64_t ticket, enum draft_kind kind,
	struct effects *effects);
/* Its line is another now. */
void jot_typed(struct model *model, const char *text);
/* Esc: kept, and said so. */
void jot_leave(struct model *model, struct effects *effects);

/* Saves what is due, everything with `all`. */
void jot_save(struct model *model, bool all, struct effects *effects);
int64_t jot_deadline(const struct model *model);

/* A change was made: the draft it was written from is gone. */
void jot_done(struct model *model, const struct change *change, struct effects *effects);
/* … was refused: why, and where its text is now. For any change: of those without a text typed at
 * a prompt it says why. */
void jot_refused(struct model *model, const struct change *change, const struct error *err,
	struct effects *effects);

/* --- lines too short for a draft: the subject of a split, the reason of a pause --- */

/* The one that was left last, for the same change; this session knows it, and nobody else. */
struct jot_line {
	enum change_kind kind; /* CHANGE_NONE: none was left */
	int64_t ticket;
	char *text;
};

/* Before the prompt is asked, when its change is known: what was left stands in its line. */
void jot_line_begin(struct model *model, struct prompt *prompt);
/* It ends, by Enter or Esc: its line is left until the change is made. */
void jot_line_leave(struct model *model, const struct prompt *prompt);
void jot_line_done(struct model *model, const struct change *change);

#endif
