#ifndef ATENDE_STORE_RECORD_ROW_H
#define ATENDE_STORE_RECORD_ROW_H

#include "core/record.h"
#include "store/sql.h"

#include <stdbool.h>

/*
 * Records (core/record.h) as rows of the tables of a dump (store/care.h): for bringing a desk back
 * and for copies on other machines. Nobody outside store includes this.
 */

/* The columns of those tables as the file has them. */
struct record_tables;
bool record_tables_load(
	struct sql *sql, const void *mem, struct record_tables **tables, struct error *err);

/* Inserts one; *added false when a row with its key is there already, which stays as it is.
 * INVALID, reason "record": an unknown type or field, a missing one, a value of another type. */
bool record_insert(struct sql *sql, const struct record_tables *tables, const struct record *record,
	bool *added, struct error *err);

/* The number of that name; 0 when there is none. And the text; "". */
int64_t record_number(const struct record *record, const char *name);
const char *record_text(const struct record *record, const char *name);

#endif
