#ifndef ATENDE_SERVICE_BACKUP_H
#define ATENDE_SERVICE_BACKUP_H

#include "base/clock.h"
#include "base/error.h"
#include "store/store.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Backups on a schedule, by a thread of its own at low priority: FOLDER/atende-20261124T153000Z.db,
 * a whole desk, to be served or opened as it is. What is being written has another name until it is
 * complete and on the disk.
 */
struct backup_plan {
	const char *folder; /* NULL: none */
	int64_t every_ms;
	int64_t keep; /* the newest; older ones of such a name are removed */
};

struct backup_job {
	struct store *store;
	const char *folder;
	store_progress_fn *progress; /* NULL is fine */
	void *data;
};
/* One backup now; *path on mem. Errors as store_backup. */
bool backup_make(const void *mem, const struct backup_job *job, char **path, struct error *err);
/* Removes all but the newest `keep` of the folder. */
void backup_prune(const char *folder, int64_t keep);
/* When the newest was made; 0: there is none. */
int64_t backup_newest(const char *folder);

/* --- the schedule --- */

struct backups;

struct backups_options {
	const char *desk; /* for store_open */
	const struct store_driver *const *drivers;
	size_t driver_count;
	struct clock clock;
	/* In the thread, after each: err NULL when it went well. */
	void (*done)(void *data, const char *path, int64_t took_ms, const struct error *err);
	void *data;
};

/* The first is made when the newest there is, is older than that. A failed one is tried again after
 * five minutes. What the options point to must live until backups_stop. */
struct backups *backups_start(const struct backups_options *options, struct backup_plan plan);
void backups_set(struct backups *backups, struct backup_plan plan);
/* One that is under way is given up. NULL is fine. */
void backups_stop(struct backups *backups);

#endif
