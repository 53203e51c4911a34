#ifndef ATENDE_STORE_ROW_SHELF_H
#define ATENDE_STORE_ROW_SHELF_H

#include "core/claim.h"
#include "core/ticket.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * What a handle that only reads has read of tickets for one operator, for the next one who asks
 * while the desk is as it was: a page of the queue is mostly the same for all of a team. It holds
 * what is true for everybody, as written; who sees it, what is his and what is over by now is asked
 * anew each time (store/row.h). Bounded: two tickets may take turns.
 */
struct row_shelf;

struct row_facts {
	struct ticket ticket;
	struct claim claim; /* the row on it, live or not; operator_id 0: none */
	char *customer_name;
	char *customer_address; /* "" when there is none */
	bool customer_shared;
	bool has_other_claims; /* rows on other tickets of the customer */
	bool has_drafts;       /* alive, of anybody */
};

struct row_shelf *row_shelf_create(const void *mem);

/* What was put at another version (store_version) is not found any more. */
void row_shelf_set_version(struct row_shelf *shelf, int64_t version);

/* Valid until the next row_shelf_put. NULL: not there. */
const struct row_facts *row_shelf_find(const struct row_shelf *shelf, int64_t number);

/* The strings of the facts lie on `own`, which is the shelf's from now on. */
void row_shelf_put(struct row_shelf *shelf, const struct row_facts *facts, void *own);

#endif
