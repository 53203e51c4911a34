#ifndef ATENDE_STORE_SQL_DIRECTORY_H
#define ATENDE_STORE_SQL_DIRECTORY_H

#include "core/directory.h"
#include "store/sql.h"

/* The directory as it stands, whole, on mem; its revision is that of the newest change of it. */
bool directory_load(
	struct sql *sql, const void *mem, struct directory **directory, struct error *err);

/* The revision of the newest change that altered the directory, 0 on a new desk. */
bool directory_newest(struct sql *sql, int64_t *revision, struct error *err);

#endif
