#ifndef ATENDE_TUI_REQUEST_H
#define ATENDE_TUI_REQUEST_H

#include "core/change.h"
#include "core/link_status.h"
#include "tui/effect.h"
#include "tui/msg.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Changes under way: each bears a request number and a function that gets its result. What got no
 * certain answer is sent again, with the same change ids, until it has one.
 */
struct model;

struct applied {
	const struct change *changes; /* as sent, with their ids */
	const struct result *results;
	size_t count;
	bool ok; /* false: nothing was applied, see err */
	const struct error *err;
};
typedef void applied_fn(
	struct model *model, const struct applied *applied, struct effects *effects);

/* Sends changes (copied, with their strings; the actor is filled in). Gives the request number. */
uint64_t request_apply(struct model *model, const struct change *changes, size_t count,
	applied_fn *done, struct effects *effects);

/* A question with a fresh request number. */
struct effect *request_ask(struct model *model, enum effect_type type, struct effects *effects);

/* A change with its strings copied to mem. */
void change_copy(const void *mem, struct change *to, const struct change *from);

void request_applied(struct model *model, struct response *response, struct effects *effects);
/* Sends again what is uncertain, asks again after a break. */
void request_tick(struct model *model, struct effects *effects);
int64_t request_deadline(const struct model *model);

/* --- the link to the desk, as the status line tells it --- */

enum { LINK_DOING = 16, LINK_SLOW_MS = 300, LINK_RETRY_MS = 2000 };

struct link {
	size_t outstanding;		    /* questions without an answer */
	enum effect_type doing[LINK_DOING]; /* … the oldest of them */
	int64_t oldest_at;		    /* since when */
	int64_t elapsed_ms;		    /* of the last answer */
	int64_t data_at;		    /* the last good answer */
	int64_t down_since;		    /* 0: up */
	int64_t retry_at;
	bool was_up;		   /* it was reached at least once */
	struct link_status status; /* of a desk behind a server: then it says up or down */
};

void link_asked(struct model *model, const struct effects *effects, size_t from);
void link_answered(struct model *model, const struct response *response);
/* Another state of the way to a desk behind a server. */
void link_came(struct model *model, const struct link_status *status, struct effects *effects);
/* The desk answers again: what is shown is asked for anew. */
void link_is_back(struct model *model, struct effects *effects);

/* --- taking back --- */

enum { UNDO_OFFER_MS = 10000 };

struct undo_step {
	int64_t revision, ticket;
};

struct undo {
	int64_t until_at; /* 0: nothing to take back */
	size_t count;
	struct undo_step *steps; /* one a change, taken back together */
	uint64_t request;	 /* that takes a reply back; 0: none is awaited */
	struct draft reply;	 /* what it said, where to, with what; text NULL: it was none */
};

void undo_offer(struct model *model, const struct applied *applied);
void undo_run(struct model *model, struct effects *effects);

#endif
