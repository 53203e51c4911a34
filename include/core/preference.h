#ifndef ATENDE_CORE_PREFERENCE_H
#define ATENDE_CORE_PREFERENCE_H

#include "base/error.h"
#include "core/directory.h"
#include "core/name.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * What each operator chose for himself, kept in the desk so that it is the same wherever he sits
 * down. One table of names; a value is a word of its table, or a list of such words ("number,due").
 */
struct preference_info {
	const char *name;
	const struct name_table *words; /* what a value may be */
	bool is_list;			/* several of them, separated by commas, each once */
	const char *initial;		/* of who has not chosen: "" is the console's own */
	const char *summary;		/* N_() */
};
extern const struct preference_info preference_infos[];
extern const size_t preference_info_count;

/* Words of the queue's columns, in the order in which they are usually shown. */
extern const struct name_table queue_column_names;
enum queue_column {
	QUEUE_COLUMN_NONE,
	QUEUE_COLUMN_NUMBER,
	QUEUE_COLUMN_WAITING,
	QUEUE_COLUMN_DUE,
	QUEUE_COLUMN_CHANNEL,
	QUEUE_COLUMN_TEAM,
	QUEUE_COLUMN_PRIORITY,
	QUEUE_COLUMN_HOLDER,
	QUEUE_COLUMN_CUSTOMER,
	QUEUE_COLUMN_SUBJECT,
	QUEUE_COLUMNS
};

/* INVALID for an unknown name or a value that it may not have. "" is always allowed: back to the
 * initial one. */
bool preference_check(const char *name, const char *value, struct error *err);

/* What the operator chose, else the initial value; never NULL for a name of the table. NULL as
 * operator has chosen nothing. */
const char *preference_value(const struct operator_ *operator_, const char *name);

#endif
