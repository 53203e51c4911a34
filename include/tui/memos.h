#ifndef ATENDE_TUI_MEMOS_H
#define ATENDE_TUI_MEMOS_H

#include "core/line.h"
#include "core/query.h"
#include "tui/effect.h"
#include "tui/msg.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Memos of this operator: the newest hundred. One that comes is told on the last line; the screen
 * `g r` lists them, and what was listed there counts as read. And what colleagues ask of him: a
 * ticket that he holds.
 */
struct model;

struct memos_part {
	struct memo_list list; /* on mem */
	void *mem;	       /* NULL: not asked yet */
	uint64_t request;      /* 0: none is awaited */
	struct error problem;  /* of the last that was asked */
	bool is_again;	       /* … and another after it */
	int64_t told;	       /* the newest that was told */
	struct {
		int64_t ticket, by; /* a colleague asks for it; 0: nobody */
	} asked;
};

void memos_ask(struct model *model, struct effects *effects);
void memos_came(struct model *model, struct response *response, struct effects *effects);
/* Under the cursor of the list; NULL: none. */
const struct memo *memos_selected(const struct model *model);

int64_t memos_ticket(const struct model *model); /* it is about; 0: none */

/* A colleague asks for a ticket of mine; hands me one; I handed one over at another terminal. */
void line_asked_for(struct model *model, const struct feed_item *item, struct effects *effects);
void line_handed_over(struct model *model, const struct feed_item *item, struct effects *effects);

#endif
