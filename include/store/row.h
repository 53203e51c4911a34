#ifndef ATENDE_STORE_ROW_H
#define ATENDE_STORE_ROW_H

#include "core/query.h"
#include "store/scope.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * One row of a list, by number: all of struct ticket_row as it counts now, on mem. *sees tells
 * whether there is such a ticket and the actor may see it; else the row is not filled. Within a
 * transaction.
 */
bool row_load(struct desk *desk, const void *mem, const struct scope *scope, int64_t number,
	struct ticket_row *row, bool *sees, struct error *err);

/* What a filter looks at. */
struct filter_row row_filtered(const struct ticket_row *row);

/*
 * May the actor see this ticket, as written, with the claim row on it (operator_id 0: none)?
 * Involvement is looked up only when it decides.
 */
bool row_sees(struct desk *desk, const struct scope *scope, const struct ticket *ticket,
	const struct claim *claim, bool *sees, struct error *err);

#endif
