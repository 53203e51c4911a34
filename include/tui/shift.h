#ifndef ATENDE_TUI_SHIFT_H
#define ATENDE_TUI_SHIFT_H

#include "core/query.h"
#include "tui/effect.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * The end of a shift: what is still this operator's, wherever it was begun, so that each piece can
 * be handed over or let go before he signs out.
 */
struct model;
struct response;

struct shift_rows {
	struct list_row **items;
	size_t count;
};

struct shift_part {
	struct shift_rows mine;	 /* held by or assigned to him, open */
	struct shift_rows later; /* put off, assigned to him */
	uint64_t mine_request, later_request;
};

enum shift_kind { SHIFT_NONE, SHIFT_HELD, SHIFT_ASSIGNED, SHIFT_LATER, SHIFT_DRAFT };

struct shift_item {
	enum shift_kind kind;
	const struct ticket_row *row; /* NULL for a draft */
	const struct draft *draft;
};

struct shift_totals {
	size_t held, assigned, later, drafts;
};

/* Asks for the lists. */
void shift_ask(struct model *model, struct effects *effects);
/* True when the page was one of them. */
bool shift_came(struct model *model, struct response *response, struct effects *effects);

/* In the order of the screen: held, assigned, put off, drafts. */
size_t shift_count(const struct model *model);
struct shift_item shift_item(const struct model *model, size_t at);
struct shift_totals shift_totals(const struct model *model);
int64_t shift_ticket(const struct model *model); /* under the cursor; 0: none */

#endif
