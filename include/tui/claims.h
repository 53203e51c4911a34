#ifndef ATENDE_TUI_CLAIMS_H
#define ATENDE_TUI_CLAIMS_H

#include "core/claim.h"
#include "core/directory.h"
#include "tui/effect.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * The claims of this operator that this console keeps alive: renewed while he works on them, their
 * handle spans measured.
 */
struct held {
	int64_t ticket, generation;
	int64_t revision; /* of the newest claim of this console */
	bool is_asked;	  /* … and one is under way */
	int64_t since, expires_at;
	int64_t active_at;		/* the last key on it */
	int64_t renew_at;		/* the next renewal */
	int64_t worked_from, worked_to; /* the open span; 0, 0: none */
	bool is_warned;			/* told that it ends soon */
};

struct claims {
	size_t count;
	struct held *items;
	uint64_t asked_at_key; /* how many keys there had been when a claim was asked for last */
	int64_t worked_on;     /* the ticket with an open span; 0: none */
	struct held over;      /* the one that ran out last: who took its ticket since is told */
};

struct model;

struct held *claims_find(struct model *model, int64_t ticket);
const struct held *claims_get(const struct model *model, int64_t ticket);

/* Asks for the claim; tells the text being written, and the operator, what became of it. */
void claim_ask(struct model *model, int64_t ticket, bool separate, struct effects *effects);

/* What a row, a view or a result says about a claim of mine: also that another has it now, which
 * the feed does not tell of the time in which the desk could not be reached. */
void claims_learn(struct model *model, const struct claim *claim, struct effects *effects);
/* Another claimed it, by the change of that revision: if it is held here, or was when its text was
 * begun, the operator and the text that is being written hear it, once. */
void claims_taken(struct model *model, int64_t ticket, int64_t who, int64_t generation,
	struct effects *effects);
/* What is held here ran out. */
void claims_expired(struct model *model, int64_t ticket, struct effects *effects);
void claims_took(struct model *model, int64_t ticket, int64_t generation);

/* A key on a ticket: counts as work when its claim is mine. */
void claims_active(struct model *model, int64_t ticket, struct effects *effects);

/* Ends the open span when its ticket is not the one on the screen any more. */
void claims_watch(struct model *model, int64_t on_screen, struct effects *effects);

/* The open span becomes a change; the claim itself is kept. */
void claims_end_span(struct model *model, struct held *held, struct effects *effects);
/* The span is written and the claim forgotten: a change is about to end it, or did. */
void claims_drop(struct model *model, int64_t ticket, struct effects *effects);

/* Renewals and warnings that are due. */
void claims_tick(struct model *model, struct effects *effects);
void claims_renewed(struct model *model, const struct renewal *renewal, bool ok,
	const struct error *err, struct effects *effects);
int64_t claims_deadline(const struct model *model);

/* The terminal is gone: every claim lives on for its grace. */
void claims_hangup(struct model *model, struct effects *effects);

#endif
