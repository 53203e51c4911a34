#ifndef ATENDE_TUI_JOT_H
#define ATENDE_TUI_JOT_H

#include "core/change.h"
#include "tui/effect.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * A short text typed at a prompt (a remark on the customer, what was said in a call, a question to
 * a team) is a draft like any other: saved as it is typed, kept by Esc and by a hang-up, put in
 * again by the same command, gone when the desk has the change.
 */
struct model;
struct prompt;

struct jot {
	int64_t ticket; /* 0: none is typed */
	enum draft_kind kind;
	char *text;
	int64_t unspooled_since, unstored_since; /* time of the oldest key not there; 0: all is */
};

/* Before the prompt is asked: its line is a draft of this kind about the ticket. What was begun
 * before stands in it. */
void jot_begin(struct model *model, struct prompt *prompt, int64_t ticket, enum draft_kind kind);
/* Its line is another now. */
void jot_typed(struct model *model, const char *text);
/* Esc: kept, and said so. */
void jot_leave(struct model *model, struct effects *effects);

/* Saves what is due, everything with `all`. */
void jot_save(struct model *model, bool all, struct effects *effects);
int64_t jot_deadline(const struct model *model);

/* A change was made: the draft it was written from is gone. */
void jot_done(struct model *model, const struct change *change, struct effects *effects);

#endif
