#ifndef ATENDE_STORE_STREAM_H
#define ATENDE_STORE_STREAM_H

#include "core/query.h"
#include "store/sql.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Sorted lists of keys merged into one, lazily: a page costs its rows and one step for each list,
 * however long these are. A list is a statement under way or an array.
 */

/* The orders of lists: those of enum queue_order and, for lists that texts make, newest text. */
enum { STREAM_TEXT = QUEUE_ORDERS, STREAM_ORDERS };

struct stream {
	struct sql_query *query; /* gives due_at, priority, waiting_since, number, text; or NULL: */
	const struct queue_key *at; /* the next of an array … */
	size_t left;
	struct queue_key head;
	bool has_head;
};

struct merge {
	int order;
	bool backwards;
	size_t count;
	struct stream *streams; /* on the context that merge_init got */
};

/* Room for as many streams as max. */
void merge_init(struct merge *merge, const void *mem, int order, bool backwards, size_t max);
/* Takes over the query. */
bool merge_add_query(struct merge *merge, struct sql_query *query, struct error *err);
/* Sorts the keys; those up to `after` (NULL: none) are left out. */
bool merge_add_keys(struct merge *merge, struct queue_key *keys, size_t count,
	const struct queue_key *after, struct error *err);
/* The next key; the same ticket may come from two streams: it is given once. */
bool merge_next(struct merge *merge, struct queue_key *key, bool *has_key, struct error *err);
void merge_finish(struct merge *merge); /* gives the queries back */

#endif
