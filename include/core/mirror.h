#ifndef ATENDE_CORE_MIRROR_H
#define ATENDE_CORE_MIRROR_H

#include "base/uuid.h"
#include "core/query.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * What a copy of a desk on another machine is made of: records (core/record.h) of what one operator
 * may see, in groups that each replace all that is there of their subject. A group begins with a
 * head and goes to the next one:
 *
 *   mirror_directory {}                     the whole directory
 *   mirror_ticket {number, is_there}        one ticket: all its rows; is_there 0: not, or not his
 *   mirror_customer {id}                    one customer: addresses, notes, his newest tickets as
 *                                           far as the operator may see them, and live claims on
 *                                           them
 *   mirror_claims {}                        all live claims that the operator's lists show
 */
enum mirror_part {
	MIRROR_STATE,	  /* nothing but struct mirror */
	MIRROR_DIRECTORY, /* one mirror_directory */
	MIRROR_OPEN,	  /* the open set, a page of it, in the order of the queue */
	MIRROR_SNOOZED,	  /* what is put off, a page of it: some of it is open a moment later */
	MIRROR_MINE,	  /* tickets that the operator holds or has an unfinished text on */
	MIRROR_TICKETS,	  /* those of `numbers` */
	MIRROR_CLAIMS,	  /* one mirror_claims */
	MIRROR_PARTS
};
extern const struct name_table mirror_part_names;

enum { MIRROR_PAGE = 100, MIRROR_TICKETS_MOST = 200 };

struct mirror_query {
	enum mirror_part part;
	int64_t known;		/* a revision; 0: none */
	struct queue_key after; /* open, snoozed: `next` of the page before */
	bool has_after;
	size_t limit; /* open, snoozed; 0: MIRROR_PAGE */
	const int64_t *numbers;
	size_t count; /* at most MIRROR_TICKETS_MOST */
};

struct mirror {
	int64_t revision;     /* the desk as of this change */
	struct uuid id;	      /* … which had this id; zero on an empty desk */
	struct uuid known_id; /* of the change `known`; zero when there is none: another desk */
	int64_t directory;    /* revision of the directory */
	bool has_more;	      /* open, snoozed: go on after `next` */
	struct queue_key next;
};

#endif
