#ifndef ATENDE_STORE_STORE_H
#define ATENDE_STORE_STORE_H

#include "base/clock.h"
#include "base/error.h"
#include "core/change.h"
#include "core/claim.h"
#include "core/directory.h"
#include "core/filter.h"
#include "core/ticket.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * A desk: where tickets live. One interface, several back ends (a SQLite file; later PostgreSQL,
 * HTTP, a local replica), all held to one conformance suite.
 *
 * Synchronous. One thread a handle; only store_cancel may be called by another. A handle belongs to
 * one operator (or to none: `actor` 0 reads everything, for doctor, backup and the server). What a
 * reader may not see is not in any result.
 *
 * Each result is a talloc tree of its own on the mem given; the receiver frees it.
 */
struct store;
struct store_driver;

struct store_options {
	struct clock clock; /* {0}: the system's */
	bool create; /* an empty desk where there is none (sqlite: the file must not exist) */
	const char *creator; /* with create: login of the first admin */
	bool read_only;
};

/*
 * Opens `location`: "sqlite:FILE" or a plain path. UNAVAILABLE when it cannot be reached, INVALID
 * for a file that is no desk, a newer schema (both numbers are named) or a network file system.
 */
bool store_open(const void *mem, const char *location, const struct store_driver *const *drivers,
	size_t driver_count, const struct store_options *options, struct store **store,
	struct error *err);
void store_close(struct store *store); /* NULL is fine */

/* Acts for this operator from now on; NOT_FOUND for an unknown login, DENIED for a disabled one. */
bool store_act_as(struct store *store, const char *login, struct error *err);
int64_t store_actor(const struct store *store);
int64_t store_now(const struct store *store); /* the store's clock */

/* Makes the call under way in another thread end soon with UNAVAILABLE, reason "cancelled". */
void store_cancel(struct store *store);

/* --- reading --- */

/* The directory, current. Owned by the store; valid until the next call on it, unless `mem` is
 * given to store_directory_copy. */
bool store_directory(struct store *store, const struct directory **directory, struct error *err);
bool store_directory_copy(
	struct store *store, const void *mem, struct directory **directory, struct error *err);

/* A row of a list: what queue screens and `queue --json` show. */
struct ticket_row {
	struct ticket ticket;
	char *customer_name;
	char *customer_address; /* "" when there is none */
	bool customer_shared;
	struct claim claim; /* operator_id 0: no live claim */
	int64_t covered_by; /* another operator with a live claim on another ticket of the customer
			     */
	bool has_draft;	    /* of the actor */
	char *snippet;	    /* search: the words in their text; "" elsewhere */
};

enum queue_order { ORDER_DUE, ORDER_WAITING, ORDER_PRIORITY, ORDER_NEWEST, QUEUE_ORDERS };
extern const struct name_table queue_order_names;

enum queue_list {
	LIST_QUEUE, /* open */
	LIST_MINE,  /* open and held by the actor or assigned to him */
	LIST_FREE,  /* open, without a live claim, not covered */
	LIST_OVERDUE,
	LIST_WAITING,
	LIST_SNOOZED,
	LIST_ANSWERED, /* by the actor, newest answer first */
	LIST_MENTIONS,
	LIST_DISCARDED,
	QUEUE_LISTS
};
extern const struct name_table queue_list_names;

/* Where a page ended, in its order: due, priority, waiting_since, number of the row. {0}: the
 * start. */
struct queue_key {
	int64_t due_at, waiting_since, number;
	int priority;
};

struct queue_query {
	enum queue_list list;
	enum queue_order order;
	const struct filter *filter; /* NULL: all */
	int64_t team;		     /* 0: all the actor may see */
	struct queue_key after;
	bool has_after;
	bool backwards; /* the page before `after` instead, still in ascending order */
	size_t limit;	/* 0: 50 */
};

struct queue_page {
	size_t count;
	struct ticket_row *rows;
	bool has_more;
	int64_t revision; /* the page shows the desk as of this change */
	size_t scanned;	  /* rows looked at for a filter */
};
bool store_queue(struct store *store, const void *mem, const struct queue_query *query,
	struct queue_page *page, struct error *err);

/* Rows by number, in the order given; unseen and unknown ones are left out. */
bool store_rows(struct store *store, const void *mem, const int64_t *numbers, size_t count,
	struct queue_page *page, struct error *err);

/* The ticket that should be answered next: due, priority, waiting, number; assigned to the actor
 * first; not claimed, not covered. number 0 in *row when there is none. */
bool store_next(struct store *store, const void *mem, struct ticket_row *row, struct error *err);

struct counts { /* of what the actor may see */
	int64_t open, free, mine, overdue, waiting, snoozed, drafts;
	bool overdue_is_capped; /* counting stopped at 1,000 */
};
bool store_counts(struct store *store, struct counts *counts, struct error *err);

/* A ticket of a customer's history; subject "" when the actor may see number, state and date only.
 */
struct history_row {
	int64_t number;
	enum ticket_state state;
	int64_t opened_at;
	char *subject;
};

struct customer_view {
	struct customer customer;
	size_t address_count, note_count, history_count;
	struct address *addresses;   /* oldest first */
	struct customer_note *notes; /* pinned first, then newest first */
	struct history_row *history; /* newest first, at most 100 */
	bool has_more_history;
};

struct ticket_view {
	struct ticket_row row;
	size_t message_count, note_count, question_count, draft_count;
	struct message *messages; /* by id; the newest 500 */
	struct note *notes;
	struct question *questions;
	struct draft *drafts; /* alive, that the actor may see: his own and adoptable ones */
	bool has_more_messages;
	struct customer_view customer;
	int64_t revision;
};
bool store_ticket(struct store *store, const void *mem, int64_t number, struct ticket_view *view,
	struct error *err);
bool store_customer(struct store *store, const void *mem, int64_t id, struct customer_view *view,
	struct error *err);
/* The customer with this address; NOT_FOUND without one. */
bool store_customer_find(
	struct store *store, const void *mem, const char *address, int64_t *id, struct error *err);
/* The ticket or customer with this number in another system; 0 without one. */
bool store_ref_find(
	struct store *store, bool customer, const char *ref, int64_t *id, struct error *err);

/* Full-text search, newest text first, one row a ticket. */
struct search_query {
	const char *text;  /* language: core/filter.h; also a bare number, address, telephone, CPF,
			      CNPJ */
	int64_t offset_ms; /* of the reader's local time, for dates */
	int64_t before;	   /* id of the last text of the page before; 0: the newest */
	size_t limit;	   /* 0: 50 */
};
struct search_page {
	size_t count;
	struct ticket_row *rows;
	bool has_more;
	int64_t before;		/* for the next page */
	size_t candidates;	/* texts looked at: a page stops after 5,000 */
	int64_t looked_back_to; /* time of the oldest text looked at */
};
bool store_search(struct store *store, const void *mem, const struct search_query *query,
	struct search_page *page, struct error *err);

/* --- writing --- */

struct result {
	bool ok;
	bool is_repeat;	  /* the id was applied before; this is its first result */
	struct error err; /* when refused */
	int64_t revision;
	int64_t ticket; /* number: the new one for new, split, a message after the window */
	int64_t customer;
	int64_t generation; /* of the claim after it, 0: none */
	int64_t holder;	    /* refused, held: who */
	int64_t holder_since;
	int64_t newest; /* refused, unseen: the newest message */
};

/*
 * Applies changes in order, in one durable transaction, each with a result of its own. False only
 * when nothing was applied at all (UNAVAILABLE, INTERNAL), UNCERTAIN when that is not known: apply
 * the same ids again. The actor of each change must be the handle's, unless the handle's is 0.
 */
bool store_apply(struct store *store, const struct change *changes, size_t count,
	struct result *results, struct error *err);

/* --- drafts, leases: no changes, no revision, not as durable --- */

bool store_draft_save(struct store *store, const struct draft *draft, struct error *err);
/* To the bin; a discarded one lives bin_ms longer. */
bool store_draft_discard(
	struct store *store, int64_t ticket, enum draft_kind kind, struct error *err);
bool store_draft_restore(
	struct store *store, int64_t ticket, enum draft_kind kind, struct error *err);
/* The author's draft becomes the actor's (added below the actor's own, if any); the original goes
 * to the author's bin. */
bool store_draft_adopt(struct store *store, int64_t ticket, int64_t author, enum draft_kind kind,
	struct error *err);
struct draft_list {
	size_t count;
	struct draft *drafts; /* newest first */
};
/* bin: the actor's discarded ones; else his own and those he may adopt. */
bool store_drafts(
	struct store *store, const void *mem, bool bin, struct draft_list *list, struct error *err);

struct renewal {
	int64_t ticket, generation;
	bool grace;			/* the terminal is gone: live on for claim_grace_ms */
	int64_t worked_from, worked_to; /* the open handle span so far; 0, 0: none */
	int64_t expires_at;		/* result */
};
/* CONFLICT, reason "stale", when the lease is over. */
bool store_renew(struct store *store, struct renewal *renewal, struct error *err);

/* --- the feed --- */

struct feed_item {
	int64_t revision, at;
	enum change_kind kind;
	int64_t actor, ticket, customer, other;
	struct uuid id;
	bool imported;
	char *detail; /* JSON */
};
struct feed {
	size_t count;
	struct feed_item *items;
	int64_t revision; /* the newest looked at: go on from here */
};
/*
 * Committed changes after `since` that the actor may see, in revision order, at most 1,000. Waits
 * up to wait_ms for the first. since < 0: nothing but the newest revision.
 */
bool store_feed(struct store *store, const void *mem, int64_t since, int wait_ms, struct feed *feed,
	struct error *err);
/* The log of one ticket, or of all (0), after since, at most limit. */
bool store_log(struct store *store, const void *mem, int64_t ticket, int64_t since, size_t limit,
	struct feed *feed, struct error *err);

/* --- care --- */

/* Progress of a long call: done of total, 0 when unknown. False stops it. */
typedef bool store_progress_fn(void *data, int64_t done, int64_t total);

/* A consistent copy of a desk in use, to a new file. */
bool store_backup(struct store *store, const char *path, store_progress_fn *progress, void *data,
	struct error *err);

struct finding {
	bool is_error; /* else a remark */
	char *text;    /* English sentence with numbers in it; the msgid is in err */
	struct error err;
};
struct findings {
	size_t count;
	struct finding *items;
};
/* Checks file, indexes, counters, log against tables. True when it could look; see findings. */
bool store_check(struct store *store, const void *mem, store_progress_fn *progress, void *data,
	struct findings *findings, struct error *err);

/*
 * Rows of the desk for export, and back into an empty desk. A record is one row: a type word and
 * name-value pairs in schema order.
 */
struct record_value {
	const char *name;
	bool is_null, is_text;
	const char *text; /* is_text */
	int64_t number;
};
struct record {
	const char *type; /* "ticket", "message" … */
	size_t count;
	struct record_value *values;
};
typedef bool store_record_fn(void *data, const struct record *record, struct error *err);
bool store_dump(struct store *store, store_record_fn *each, void *data, struct error *err);
/* Inserts records in batches; one that is already there is skipped (*added false). */
bool store_restore_begin(struct store *store, struct error *err);
bool store_restore(
	struct store *store, const struct record *record, bool *added, struct error *err);
bool store_restore_end(struct store *store, bool commit, struct error *err);

#endif
