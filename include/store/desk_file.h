#ifndef ATENDE_STORE_DESK_FILE_H
#define ATENDE_STORE_DESK_FILE_H

#include "base/error.h"
#include "store/sql.h"

#include <stdbool.h>

/*
 * The file of a desk: what it is, which version of the schema it has, and its lock file. A desk is
 * known by SQLite's application_id; user_version is the number of schema steps it has seen.
 */
enum { DESK_APPLICATION_ID = 0x6174656E }; /* "aten" */

/* INVALID when path lies on a network file system, where locks and shared memory fail silently. */
bool desk_file_is_local(const char *path, struct error *err);

/* INVALID (reasons "no_desk", "other_program", "newer") or UNAVAILABLE ("no_file"); else the number
 * of steps it has seen. */
bool desk_file_identify(struct sql *sql, const char *path, int *version, struct error *err);

/* The schema, in an empty file. */
bool desk_file_fill(struct sql *sql, struct error *err);

/* Brings the schema from any older version to today's, in one transaction. */
bool desk_file_upgrade(struct sql *sql, const char *path, struct error *err);

/* Opens path-lock, made if it is not there, with the permissions of path. -1 with *err. */
int desk_file_lock_open(const char *path, struct error *err);

#endif
