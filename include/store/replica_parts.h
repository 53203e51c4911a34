#ifndef ATENDE_STORE_REPLICA_PARTS_H
#define ATENDE_STORE_REPLICA_PARTS_H

#include "store/copy.h"
#include "store/driver.h"
#include "store/replica.h"

#include <pthread.h>

/*
 * Inside of the replica, one file a matter:
 *   replica.c         opening, the list of verbs
 *   replica_reach.c   the handles, and whether the desk can be reached
 *   replica_read.c    reading verbs
 *   replica_feed.c    what changed, for whoever asks
 *   replica_write.c   writing verbs
 *   replica_take.c    asking the desk for what the copy takes
 *   replica_sync.c    how the copy becomes and stays what the desk says
 *   replica_send.c    how the pending is emptied
 *   replica_thread.c  the threads that do these two
 *   pending.c         the file of what waits (store/pending.h)
 * Nobody outside store includes this.
 */

struct pending;
struct replica;

/* Changes on their way that somebody waits for; what becomes of them is written to `results`. */
struct awaiting {
	const struct change *changes;
	struct result *results;
	bool *is_settled;
	size_t count;
};

/* What one thread works with. */
struct reach {
	struct replica *replica;
	struct store *inner;	 /* handle on the desk; NULL: not reached as yet */
	struct store *copy;	 /* SQLite handle on the copy; NULL: there is none */
	int64_t copy_failed_at;	 /* monotonic; 0: it has not */
	struct pending *pending; /* what waits; NULL: there is none */
	int pages;		 /* of the first copy */
	bool is_checked;	 /* the desk is the one that the copy is of */
};

enum { REQUEST_MOST = 200, REQUEST_DIRECTORY = -1 };

struct replica {
	struct store store; /* first */
	const struct store_driver *const *drivers;
	size_t driver_count;
	char *location, *login, *folder; /* login NULL: not attached yet */
	char *dir;			 /* of copy and pending */
	bool is_strict, is_stepped;
	int64_t strict_revision;  /* that a strict one last saw */
	int64_t presence;	  /* that the last feed told */
	int64_t indexed;	  /* the texts that the index of the copy was made of; 0: none */
	_Atomic int64_t attached; /* operator whose copy this is; 0: not known */
	struct store_options options;
	struct clock machine;	   /* the clock of this machine */
	_Atomic int64_t offset_ms; /* of the desk's clock from this machine's */
	struct reach own;	   /* of whoever calls the verbs */
	int64_t *wanted; /* tickets that own changes altered: to be here before the next read */
	size_t wanted_count;

	pthread_mutex_t lock; /* of all below, and of the handles in `own` while they change */
	pthread_cond_t moved;
	struct link_status status;
	bool is_down;			/* the last who tried could not reach the desk */
	int64_t down_since;		/* monotonic */
	int64_t requests[REQUEST_MOST]; /* tickets to be fetched by the keeper */
	size_t request_count;
	int64_t asked, served; /* rounds of requests */
	bool is_sending_asked;
	struct awaiting *awaiting; /* NULL: nobody waits */
	bool is_stopping;
	int lead; /* descriptor whose lock the leading console has; -1: none */
	bool is_leading;
	struct replica_thread *listener, *keeper; /* NULL: none */
};

struct replica *replica_of(struct store *store);

/* --- replica_reach.c --- */

/* UNAVAILABLE but for "cancelled", or UNCERTAIN: the desk could not be asked. */
bool is_link_error(const struct error *err);
/* The desk's handle of a reach, opened and acting for the operator. */
bool reach_inner(struct reach *reach, struct store **inner, struct error *err);
/* The copy's, if there can be one: NULL else. */
struct desk *reach_copy(struct reach *reach);
/* The pending; NULL when its file cannot be had. */
struct pending *reach_pending(struct reach *reach);
void reach_close(struct reach *reach);
/* What came of asking the desk: keeps the state of the link. Gives `ok`. */
bool reach_told(struct reach *reach, bool ok, const struct error *err);
/* As reach_inner, but at once UNAVAILABLE, reason "offline", while the link is known to be down. */
bool replica_inner(struct replica *replica, struct store **inner, struct error *err);
bool replica_is_down(struct replica *replica);
/* Says that something is not possible now: UNAVAILABLE, reason "offline". */
bool refuse_offline(struct error *err);
/* … that it cannot be read now, for it is not in the copy. */
bool refuse_absent(struct error *err);

/* Takes up the copy of this operator, if it is not. False only where there is no way to the desk
 * and no copy. */
bool replica_attach(struct replica *replica, const char *login, struct error *err);
void replica_detach(struct replica *replica);
char *replica_dir(const void *mem, const char *folder, const char *location, const char *login);
/* Before each verb. *copy NULL: there is none, or the handle is nobody's. */
bool replica_ready(struct replica *replica, struct desk **copy, struct error *err);
/* The same before a verb that does not look at the copy: nothing is brought up to date for it. */
bool replica_prepare(struct replica *replica, struct error *err);
/* The desk's handle, as of replica_inner, for a verb that is passed on; NULL: there is none now. */
struct store *replica_desk(struct replica *replica, struct error *err);

/* --- replica_take.c: false when the desk could not be asked or the answer not be kept --- */

/* What the state of the copy becomes with what was taken. */
typedef bool copy_then_fn(
	struct desk *copy, struct copy_state *state, void *data, struct error *err);
/* What the desk tells, on mem. */
bool reach_ask(struct reach *reach, const void *mem, const struct mirror_query *query,
	struct told **told, struct error *err);
/* All of it into the copy, with its new state, or nothing; then NULL: the state stays. */
bool reach_take(struct reach *reach, struct told *const *told, size_t count, copy_then_fn *then,
	void *data, struct error *err);
/* Both; *mirror (may be NULL) is what the desk said of its answer. */
bool reach_refresh(struct reach *reach, const struct mirror_query *query, copy_then_fn *then,
	void *data, struct mirror *mirror, struct error *err);
bool reach_state(struct reach *reach, struct copy_state *state, struct error *err);

/* --- replica_sync.c: false as above --- */

bool sync_check(struct reach *reach, struct error *err);
bool sync_directory(struct reach *reach, struct error *err);
/* A page of the first copy; *done when it is complete. */
bool sync_fill(struct reach *reach, bool *done, struct error *err);
/* What changed, waiting up to wait_ms; *more when there may be more at once. */
bool sync_feed(struct reach *reach, int wait_ms, bool *more, struct error *err);
/* What the feed does not tell: renewed claims, counts, the directory. */
bool sync_tick(struct reach *reach, struct error *err);
bool sync_numbers(struct reach *reach, const int64_t *numbers, size_t count, struct error *err);
/* All of the above until nothing is left. */
bool sync_all(struct reach *reach, struct error *err);
/* The same, and every ticket here anew; less when the desk is still at *revision, which becomes its
 * newest. */
bool sync_strictly(struct reach *reach, int64_t *revision, struct error *err);

/* --- replica_thread.c --- */

void replica_start(struct replica *replica);
void replica_stop(struct replica *replica);
/* Has the keeper fetch them; true when it has done so within wait_ms. */
bool replica_fetch(struct replica *replica, const int64_t *numbers, size_t count, int wait_ms);
/* Has the keeper send what waits; true when it went through the pending within wait_ms. */
bool replica_send(struct replica *replica, int wait_ms);

/* --- replica_send.c --- */

bool pending_flush(struct reach *reach, struct error *err);
/* The desk is another one: what waits is not for it, and comes back. */
bool pending_strand(struct reach *reach, struct error *err);
/* Counts what waits, for the state of the link. */
void pending_tell(struct reach *reach);

/* --- the verbs (store/store.h): replica_read.c, replica_feed.c, replica_write.c --- */

bool replica_directory(struct store *store, const struct directory **directory, struct error *err);
bool replica_directory_copy(
	struct store *store, const void *mem, struct directory **directory, struct error *err);
bool replica_queue(struct store *store, const void *mem, const struct queue_query *query,
	struct queue_page *page, struct error *err);
bool replica_rows(struct store *store, const void *mem, const int64_t *numbers, size_t count,
	struct queue_page *page, struct error *err);
bool replica_next(struct store *store, const void *mem, struct ticket_row *row, struct error *err);
bool replica_counts(struct store *store, struct counts *counts, struct error *err);
bool replica_outbox(struct store *store, const void *mem, struct outbox *outbox, struct error *err);
bool replica_loads(
	struct store *store, const void *mem, struct load_list *loads, struct error *err);
bool replica_ticket(struct store *store, const void *mem, int64_t number, struct ticket_view *view,
	struct error *err);
bool replica_customer(struct store *store, const void *mem, int64_t id, struct customer_view *view,
	struct error *err);
bool replica_customer_find(
	struct store *store, const void *mem, const char *address, int64_t *id, struct error *err);
bool replica_search(struct store *store, const void *mem, const struct search_query *query,
	struct search_page *page, struct error *err);
bool replica_blob_get(struct store *store, const void *mem, int64_t ticket, const char *key,
	char **bytes, size_t *size, struct error *err);
bool replica_ref_find(
	struct store *store, bool customer, const char *ref, int64_t *id, struct error *err);
bool replica_feed(struct store *store, const void *mem, int64_t since, int wait_ms,
	struct feed *feed, struct error *err);
bool replica_log(struct store *store, const void *mem, int64_t ticket, int64_t since, size_t limit,
	struct feed *feed, struct error *err);
bool replica_drafts(
	struct store *store, const void *mem, bool bin, struct draft_list *list, struct error *err);
void replica_link(struct store *store, struct link_status *status);

bool replica_apply(struct store *store, const struct change *changes, size_t count,
	struct result *results, struct error *err);
bool replica_draft_save(struct store *store, const struct draft *draft, struct error *err);
bool replica_draft_discard(
	struct store *store, int64_t ticket, enum draft_kind kind, struct error *err);
bool replica_draft_restore(
	struct store *store, int64_t ticket, enum draft_kind kind, struct error *err);
bool replica_draft_adopt(struct store *store, int64_t ticket, int64_t author, enum draft_kind kind,
	struct error *err);
bool replica_renew(struct store *store, struct renewal *renewal, struct error *err);
bool replica_pending(
	struct store *store, const void *mem, struct pending_list *list, struct error *err);
bool replica_pending_drop(struct store *store, const struct uuid *id, struct error *err);

#endif
