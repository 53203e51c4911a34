#ifndef ATENDE_TESTS_STORE_FAULT_VFS_H
#define ATENDE_TESTS_STORE_FAULT_VFS_H

#include <stdbool.h>
#include <stdint.h>

/*
 * A file system layer for SQLite on which the disk fails, or the power, at a chosen write or sync
 * of a database or its log. Version 2: with less SQLite would silently give up write-ahead logging.
 * (The log's index is memory; SQLite writes it past any layer.)
 */
enum fault {
	FAULT_NONE,  /* only count */
	FAULT_FULL,  /* this write finds the disk full; the next goes through */
	FAULT_ERROR, /* this write or sync fails; the next goes through */
	FAULT_POWER, /* from here on nothing reaches the disk, and of what was written since the
			last sync only some does, whole or torn */
};

/* Becomes the default layer of this process. */
void fault_install(void);

/* From now on: the fault comes at the at-th write or sync (from 1). The seed decides what a power
 * failure leaves. */
void fault_set(enum fault fault, int64_t at, uint64_t seed);

/* Writes and syncs since; those of the log; has the fault come? */
int64_t fault_count(void);
int64_t fault_log_writes(void);
bool fault_has_come(void);

/* After a power failure, all handles closed: makes the files what the disk holds. */
void fault_settle(void);

#endif
