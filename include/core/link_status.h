#ifndef ATENDE_CORE_LINK_STATUS_H
#define ATENDE_CORE_LINK_STATUS_H

#include "base/error.h"
#include "base/uuid.h"
#include "core/change.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * How a desk is reached, and what waits to be sent to it: what a console that goes on without its
 * server shows. Plain data.
 */
enum link_state {
	LINK_STATE_FILE, /* the desk is a file of this machine: nothing to show */
	LINK_STATE_ONLINE,
	LINK_STATE_SLOW,	 /* answers take a second and more, or one is long overdue */
	LINK_STATE_RECONNECTING, /* lost a moment ago, or not yet there */
	LINK_STATE_OFFLINE,	 /* tried for a while: work goes on with what is here */
};

struct link_status {
	enum link_state state;
	int64_t round_trip_ms; /* of the last small question; -1: not known */
	int64_t data_at;       /* what is shown was current then, by the desk's clock; 0: never */
	size_t waiting;	       /* changes and drafts that are to be sent */
	size_t refused;	       /* … that the desk refused and somebody should look at */
	bool is_syncing;       /* the first copy is under way: `synced` of `total` tickets */
	size_t synced, total;
	struct error err; /* why the link is down; code ERROR_NONE when it is not */
};

/* Both round trips would be shown as one: they differ all the time, and a status line shall rest.
 */
bool link_is_steady(int64_t a_ms, int64_t b_ms);
/* Nothing that a console shows is different. */
bool link_status_equal(const struct link_status *a, const struct link_status *b);

/* A change or draft that was written while the desk could not be reached. */
struct pending_change {
	struct uuid id;	       /* the change's own; of a draft one of its row here */
	bool is_draft;	       /* an unfinished text: kept up to date, not sent */
	enum change_kind kind; /* reply, note, customer_note, memo; of a draft that of its kind */
	int64_t ticket, customer;
	int64_t operator_id, team; /* of a memo: whom it is to, as in core/line.h */
	char *text;
	int64_t at;	 /* when it was written */
	bool is_refused; /* came back: `err` says why; with a ticket the text is a draft again */
	struct error err;
};
struct pending_list { /* in the order in which they were written */
	size_t count;
	struct pending_change *items;
};

#endif
