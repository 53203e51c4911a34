#ifndef ATENDE_STORE_DESK_H
#define ATENDE_STORE_DESK_H

#include "store/driver.h"
#include "store/row_shelf.h"
#include "store/sql.h"

/*
 * The handle of an SQL store, and what its verbs share. Nobody outside store includes this.
 */
struct desk {
	struct store store;
	struct sql *sql;  /* reads and changes; commits are synced */
	struct sql *soft; /* drafts and renewals; NULL when read-only */
	char *path;
	bool read_only;
	int turnstile;		     /* descriptor of FILE-lock; -1 when read-only */
	struct directory *directory; /* current within a transaction … */
	int64_t directory_version; /* … and as long as the desk is at this one (store_version) */
	struct restore *restore;   /* under way: sql_restore.c */
	struct row_shelf *shelf;   /* NULL unless read-only; of the version that is looked at */
	int64_t presence;	   /* presence_stamp as the feed told it last */
};

struct desk *desk_of(struct store *store);

/* UNAVAILABLE, reason "moved", when the file is not the one any more that was opened. */
bool desk_is_there(struct desk *desk, struct sql *sql, struct error *err);

/*
 * One consistent look at the desk, with the directory current. Every reading verb stands between
 * these two; desk_read_end is fine after a failure too.
 */
bool desk_read_begin(struct desk *desk, struct error *err);
void desk_read_end(struct desk *desk);

/*
 * One write transaction, in turn (design "Fair writers"), on desk->sql or desk->soft. Once it has
 * begun it must be ended, with commit or without; only a commit can fail.
 */
bool desk_write_begin(struct desk *desk, struct sql *sql, struct error *err);
bool desk_write_end(struct desk *desk, struct sql *sql, bool commit, struct error *err);

/* --- within a transaction --- */

/* Reloads the directory if a change has altered it. The two functions above do. */
bool desk_directory_refresh(struct desk *desk, struct sql *sql, struct error *err);

/* The handle's operator; NULL for none, who sees everything. Valid as long as the directory. */
const struct operator_ *desk_actor(const struct desk *desk);

bool desk_revision(struct desk *desk, int64_t *revision, struct error *err);

/* *found false: there is none. Strings on mem. */
bool desk_ticket_get(struct sql *sql, const void *mem, int64_t number, struct ticket *ticket,
	bool *found, struct error *err);
bool desk_claim_get(
	struct sql *sql, int64_t ticket, struct claim *claim, bool *found, struct error *err);
/* Mentioned in it, or one of his teams is asked. */
bool desk_involved(
	struct sql *sql, int64_t operator_id, int64_t ticket, bool *is_involved, struct error *err);

/* May the handle's operator see this ticket? Asks permission_sees_ticket; looks up claim and
 * involvement only when they decide. */
bool desk_sees_ticket(
	struct desk *desk, const struct ticket *ticket, bool *sees, struct error *err);
/* The same by number; one that is not there is not seen. */
bool desk_sees_number(struct desk *desk, int64_t number, bool *sees, struct error *err);

/* Files, in the order in which they were attached, on mem: of a message or note, of a draft. */
bool desk_attachments(struct sql *sql, const void *mem, int64_t text, struct attachment_list *list,
	struct error *err);
bool desk_draft_attachments(struct sql *sql, const void *mem, int64_t draft,
	struct attachment_list *list, struct error *err);

/* --- the verbs, one file a noun; sqlite_desk.c registers them --- */

bool desk_directory(struct store *store, const struct directory **directory, struct error *err);
const struct directory *desk_directory_known(const struct store *store);
bool desk_version(struct store *store, int64_t *version, struct error *err);
bool desk_directory_copy(
	struct store *store, const void *mem, struct directory **directory, struct error *err);

#endif
