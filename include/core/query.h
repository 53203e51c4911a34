#ifndef ATENDE_CORE_QUERY_H
#define ATENDE_CORE_QUERY_H

#include "base/error.h"
#include "core/change.h"
#include "core/claim.h"
#include "core/directory.h"
#include "core/filter.h"
#include "core/line.h"
#include "core/name.h"
#include "core/ticket.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Questions to a desk and the shapes of the answers: what a store gives, what consoles and command
 * line show. Plain data; everything an answer points to lives on the context it was made on.
 */

/* Where a row stands in its list. {0}: before the first. */
struct queue_key {
	int64_t due_at, waiting_since, number;
	int priority;
	int64_t text; /* answered, mentions: id of the text that put it there */
};

/*
 * A row of a list: what queue screens and `queue --json` show. What is due but not yet in the log
 * counts as done: a snooze that is over reads as open, a wait past auto_resolve as resolved, a
 * claim that ran out as none.
 */
struct ticket_row {
	struct ticket ticket;
	struct queue_key key;
	char *customer_name;
	char *customer_address; /* "" when there is none */
	bool customer_shared;
	struct claim claim; /* operator_id 0: no live claim */
	int64_t covered_by; /* another operator with a live claim on another ticket of the customer
			     */
	bool has_draft;	    /* of the actor */
	char *snippet;	    /* search: the words in their text; "" elsewhere */
};

/* Answered, mentions and discarded are newest first in every order. */
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

struct queue_query {
	enum queue_list list;
	enum queue_order order;
	const struct filter *filter; /* NULL: all */
	int64_t team;		     /* 0: all the actor may see; TEAM_NONE: without a team */
	struct queue_key after;	     /* key of a row, or `next` of the page before */
	bool has_after;
	bool backwards; /* the page before `after` instead, still in ascending order */
	size_t limit;	/* 0: 50 */
};

struct queue_page {
	size_t count;
	struct ticket_row *rows;
	bool has_more;	       /* in the direction asked for */
	struct queue_key next; /* where to go on; a page may end early when a filter fits little */
	int64_t revision;      /* the page shows the desk as of this change */
	size_t scanned;	       /* rows looked at for a filter: a page stops after 5,000 */
};

struct counts { /* of what the actor may see */
	int64_t open, free, mine, overdue, waiting, snoozed, drafts;
	bool overdue_is_capped; /* counting stopped at 1,000 */
};

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
	size_t message_count, note_count, question_count, draft_count, memo_count;
	struct message *messages; /* by id; the newest 500 */
	struct note *notes;
	struct question *questions;
	struct draft *drafts; /* alive, that the actor may see: his own and adoptable ones */
	struct memo
		*memos; /* about the ticket, that the actor wrote or got, by id; the newest 100 */
	bool has_more_messages;
	struct customer_view customer;
	int64_t revision;
};

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
	/* Searched in a copy, while the desk could not be reached: as of when, and how many tickets
	 * it has. 0: in the desk itself. */
	int64_t copied_at, copied;
};

/* The unfinished texts of an operator. */
struct draft_list {
	size_t count;
	struct draft *drafts; /* newest first */
};

/* A message of the actor that is not on its way for good, with the row of its ticket. */
struct outbox_row {
	struct message message;
	struct ticket_row row;
};
struct outbox { /* newest first, at most 200, among the newest 200,000 texts of the desk */
	size_t count;
	struct outbox_row *rows;
};

/* How much each operator has: open tickets assigned to him, and held ones that are not. */
struct load {
	int64_t operator_id, tickets;
};
struct load_list {
	size_t count;
	struct load *items; /* in the order of the directory */
};

/* --- the feed and the log --- */

struct feed_item {
	int64_t revision, at;
	enum change_kind kind;
	int64_t actor, ticket, customer, other;
	int64_t to; /* operator: whom a hand-over gives the ticket to; else 0 */
	struct uuid id;
	bool imported;
	char *detail; /* JSON */
};
struct feed {
	size_t count;
	struct feed_item *items;
	int64_t revision; /* the newest looked at: go on from here */
	int64_t presence; /* presence_stamp of who is where; only compared */
};

#endif
