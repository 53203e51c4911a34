#ifndef ATENDE_CLI_INTAKE_H
#define ATENDE_CLI_INTAKE_H

#include "base/error.h"
#include "cli/call.h"
#include "codec/import.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/*
 * Taking records in: mapped items become imported changes, in batches. Each change has an id that
 * is made of what it says, so that taking the same record in again changes nothing. What is refused
 * is told with its line and kept aside; the rest goes in.
 *
 * A batch goes in steps, each one transaction: customers, tickets, texts, states. An item that is
 * refused at one step is left out of the later ones.
 */

enum { INTAKE_BATCH = 500 };

struct intake_item {
	struct import_record record;
	struct error err; /* code not NONE: refused */
	int64_t customer, ticket;
	int64_t team, reason, assignee; /* TEAM_NONE: none */
	int64_t *authors;		/* of item.texts */
	bool opened;			/* its first message is in, by the ticket's opening */
};

struct intake_counts {
	int64_t records, bad;
	int64_t customers, tickets, texts; /* that were added */
	int64_t known;			   /* changes that were made before */
	int64_t cleaned;
};

struct intake {
	struct call *call;
	void *mem; /* of the batch under way */
	struct intake_item *items;
	size_t count;
	struct intake_counts counts;
	bool dry_run;
};

/* One item more, on intake->mem. Looks its words up; a record that is bad already comes with
 * *err. */
struct intake_item *intake_add(
	struct intake *intake, const struct import_record *record, const struct error *err);

/* Applies the batch; false when the desk fails. Refusals are in the items. */
bool intake_apply(struct intake *intake, struct error *err);

/* Makes room for the next batch. */
void intake_clear(struct intake *intake);

#endif
