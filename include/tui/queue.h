#ifndef ATENDE_TUI_QUEUE_H
#define ATENDE_TUI_QUEUE_H

#include "core/query.h"
#include "tui/effect.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * The list on the screen: a window of rows around the cursor, out of a list of any length. Rows
 * never move by themselves; the selection belongs to a ticket. Every row is a talloc child of the
 * model and has its strings on itself.
 */
struct list_row {
	struct ticket_row row;
	bool is_gone;	 /* left the list; stays, greyed, until the operator moves on */
	char *why;	 /* is_gone: "bruno replied" */
	int64_t look_at; /* when to ask how its claim stands; 0: never */
};

enum page_wish { PAGE_RELOAD, PAGE_BELOW, PAGE_ABOVE };

/* A ticket that changed, to be looked at. */
struct touched {
	int64_t ticket, actor;
	int kind; /* enum change_kind of the newest change */
};

struct queue_part {
	enum queue_list list;
	enum queue_order order;
	unsigned columns; /* chosen, bits of enum queue_column; 0: the usual ones */
	struct list_row **rows;
	size_t count;
	bool has_above, has_below; /* the list goes on there */
	bool is_loaded;
	size_t cursor, top;
	int64_t wanted; /* the ticket to select when the page comes; 0: the one that is */
	bool wants_end; /* … or its last row */

	char *filter_text; /* "": none */
	struct filter *filter;
	char *filter_problem; /* what is wrong with what is typed; NULL: nothing */

	uint64_t request; /* the page awaited; 0: none */
	enum page_wish wish;
	struct error problem; /* why there is no page */

	uint64_t rows_request; /* the rows awaited */
	struct touched *touched, *asked;
	size_t touched_count, asked_count;
	int64_t *news; /* tickets that came into the list and are not shown */
	size_t news_count;
	struct list_row **marked; /* copies: their rows may be far away, or in another list */
	size_t marked_count;
	int64_t places[QUEUE_LISTS]; /* the ticket that was selected in each list */
};

struct model;
struct msg;
struct response;

/* The selected row; NULL in an empty list. */
struct list_row *queue_row(const struct model *model);
int64_t queue_selected(const struct model *model);
/* How many tickets a list has; -1 when that is not counted, or not known yet. */
int64_t queue_list_count(const struct model *model, enum queue_list list);
struct list_row *queue_find(const struct model *model, int64_t ticket);

/* Asks for the list anew, around the selected ticket; R. */
void queue_reload(struct model *model, struct effects *effects);
void queue_show(struct model *model, enum queue_list list, struct effects *effects);
void queue_filter(struct model *model, const char *text, struct effects *effects);

/* Moves the cursor; asks for more rows when the window's end is near. */
void queue_move(struct model *model, long rows, struct effects *effects);
void queue_home(struct model *model, struct effects *effects);
void queue_end(struct model *model, struct effects *effects);
void queue_select(struct model *model, int64_t ticket);
void queue_resize(struct model *model);

/* Others' claims are renewed unseen: rows whose claim should be over are asked for again. */
void queue_tick(struct model *model, struct effects *effects);
int64_t queue_deadline(const struct model *model);
/* When a claim in a row should be looked at again; 0: never. */
int64_t claim_look_at(const struct claim *claim, int64_t now);

/* All rows are looked at again, where they stand: the desk was away. */
void queue_touch_all(struct model *model);
/* A change of the feed; queue_ask then asks for the rows that changed, all at once. */
void queue_touch(struct model *model, const struct touched *touched, int64_t customer);
void queue_ask(struct model *model, struct effects *effects);

void queue_page_came(struct model *model, struct response *response, struct effects *effects);
void queue_rows_came(struct model *model, struct response *response, struct effects *effects);

/* Marks: `12 marked, 3 outside the filter`. Only a row of the list can be marked anew. */
bool queue_is_marked(const struct model *model, int64_t ticket);
void queue_mark(struct model *model, int64_t ticket, bool on);
/* How many of them the list does not show, whatever the operator scrolled to. */
size_t queue_marked_outside(const struct model *model);
void queue_unmark_all(struct model *model);

/* Does a row belong to the list shown, as far as it can tell? */
bool queue_belongs(const struct model *model, const struct ticket_row *row);
bool queue_passes_filter(const struct model *model, const struct ticket_row *row);
/* Newer facts about a ticket that may be marked. */
void queue_marked_came(struct model *model, const struct ticket_row *row);

/* A copy with its strings on itself. */
struct list_row *list_row_create(const void *mem, const struct ticket_row *row);

#endif
