#ifndef ATENDE_STORE_PENDING_H
#define ATENDE_STORE_PENDING_H

#include "store/store.h"

/*
 * What was written and is not known to be on the desk: a small file of its own beside the copy, in
 * which every row is on the disk (synchronous=FULL) before anybody is told that it is kept. Rows
 * are sent in their order with the ids they were made with, so that a row that is sent twice is
 * applied once. One thread a handle; several processes may have it open. Nobody outside store
 * includes this.
 */
struct pending;

enum pending_what {
	PENDING_CHANGE,
	PENDING_DRAFT,	 /* the newest state of an unfinished text */
	PENDING_DISCARD, /* … that was thrown away */
};

/* What a draft is in it: a change of the kind that would send it, of the same fields. */
struct pending_row {
	int64_t position;
	enum pending_what what;
	struct change change;
	enum draft_kind draft_kind;
	int64_t at;
	int64_t tries; /* began to be sent so often */
	bool is_refused;
	struct error err;
};
struct pending_rows {
	size_t count;
	struct pending_row *items;
};

extern const char pending_tables_text[]; /* its schema */

/* dir: folder that is there. The file is made if it is not. */
bool pending_open(const void *mem, const char *dir, struct pending **pending, struct error *err);
void pending_close(struct pending *pending); /* NULL is fine */
char *pending_path(const void *mem, const char *dir);

/* Adds rows, all or none, durably; what is there with the same id stays. A change takes the place
 * of the unfinished text of its kind. */
bool pending_put(struct pending *pending, const struct change *changes, size_t count, int64_t at,
	struct error *err);
bool pending_put_draft(struct pending *pending, const struct draft *draft, enum pending_what what,
	int64_t at, struct error *err);
bool pending_drop_draft(
	struct pending *pending, int64_t ticket, enum draft_kind kind, struct error *err);

/* All rows, or at most `limit` that wait; on mem, in their order. */
bool pending_list(
	struct pending *pending, const void *mem, struct pending_rows *rows, struct error *err);
bool pending_waiting(struct pending *pending, const void *mem, size_t limit,
	struct pending_rows *rows, struct error *err);
bool pending_count(struct pending *pending, bool refused, size_t *count, struct error *err);
/* Is there a row of this id, and was it refused? */
bool pending_has(struct pending *pending, const struct uuid *id, bool *has, bool *is_refused,
	struct error *err);

/* Before they are sent: from now on the desk may have them. */
bool pending_tried(
	struct pending *pending, const struct pending_row *rows, size_t count, struct error *err);
/* What became of a row: settled ones go, refused ones stay with the reason. All in one transaction
 * between begin and end. */
bool pending_begin(struct pending *pending, struct error *err);
bool pending_settle(struct pending *pending, int64_t position, struct error *err);
bool pending_refuse(
	struct pending *pending, int64_t position, const struct error *why, struct error *err);
bool pending_end(struct pending *pending, bool commit, struct error *err);
/* One that came back, or that was never tried; *dropped false: it was tried, or is not there. */
bool pending_drop(struct pending *pending, const struct uuid *id, bool *dropped, struct error *err);

/* One sender at a time, over all processes: false when another has it. */
bool pending_lock(struct pending *pending);
void pending_unlock(struct pending *pending);

#endif
