#ifndef ATENDE_STORE_READS_H
#define ATENDE_STORE_READS_H

#include "store/desk.h"

/*
 * The reading verbs of SQL stores; store/store.h says what they do. Each is one read transaction.
 * Nobody outside store includes this.
 */

/* sql_queue.c */
bool desk_queue(struct store *store, const void *mem, const struct queue_query *query,
	struct queue_page *page, struct error *err);
bool desk_rows(struct store *store, const void *mem, const int64_t *numbers, size_t count,
	struct queue_page *page, struct error *err);
bool desk_next(struct store *store, const void *mem, struct ticket_row *row, struct error *err);

/* sql_due.c */
bool desk_due_at(struct store *store, int64_t *at, struct error *err);

/* sql_counts.c */
bool desk_counts(struct store *store, struct counts *counts, struct error *err);

/* sql_mine.c */
bool desk_outbox(struct store *store, const void *mem, struct outbox *outbox, struct error *err);
bool desk_loads(struct store *store, const void *mem, struct load_list *loads, struct error *err);

/* sql_ticket.c */
bool desk_ticket(struct store *store, const void *mem, int64_t number, struct ticket_view *view,
	struct error *err);
bool desk_ref_find(
	struct store *store, bool customer, const char *ref, int64_t *id, struct error *err);

/* sql_customer.c */
bool desk_customer(struct store *store, const void *mem, int64_t id, struct customer_view *view,
	struct error *err);
bool desk_customer_find(
	struct store *store, const void *mem, const char *address, int64_t *id, struct error *err);
/* Within a transaction. */
struct scope;
bool customer_load(struct desk *desk, const void *mem, const struct scope *scope, int64_t id,
	struct customer_view *view, bool *found, struct error *err);

/* sql_search.c */
bool desk_search(struct store *store, const void *mem, const struct search_query *query,
	struct search_page *page, struct error *err);

#endif
