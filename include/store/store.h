#ifndef ATENDE_STORE_STORE_H
#define ATENDE_STORE_STORE_H

#include "base/clock.h"
#include "base/error.h"
#include "core/audience.h"
#include "core/change.h"
#include "core/claim.h"
#include "core/directory.h"
#include "core/line.h"
#include "core/link_status.h"
#include "core/mirror.h"
#include "core/query.h"
#include "core/record.h"
#include "core/ticket.h"
#include "core/token.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * A desk: where tickets live. One interface, several back ends (a SQLite file, a server over HTTP
 * with or without a copy on this machine), all held to one conformance suite.
 *
 * Synchronous. One thread a handle; only store_cancel may be called by another. A handle belongs to
 * one operator (or to none: `actor` 0 reads everything, for doctor, backup and the server). What a
 * reader may not see is not in any result.
 *
 * Each result is a talloc tree of its own on the mem given; the receiver frees it.
 */
struct store;
struct store_driver;

struct store_options {
	struct clock clock; /* {0}: the system's */
	bool create; /* an empty desk where there is none (sqlite: the file must not exist) */
	const char *creator; /* with create: login of the first admin */
	bool read_only;
	/* sqlite: an older desk is copied to FILE.schema-2-2026-11-24T15:30:00Z before it is
	 * brought up to date; without the copy it stays as it is. */
	bool backup_before_upgrade;
	/* Of a server (unix:, http:, https:), else not looked at: */
	const char *token; /* to be known by; NULL: none */
	/* With a copy on this machine (store/replica.h) of what this login may see, so that it
	 * opens and goes on without the server too; "": of whoever store_act_as names. NULL:
	 * without. */
	const char *copy_of;
	bool is_stranger;    /* nothing is asked of it yet: for store_sign_in */
	const char *ca_file; /* PEM, instead of the authorities that the system trusts; or NULL */
	bool insecure;	     /* plain http:// to another machine too, which is refused else */
};

/*
 * Opens `location`: "sqlite:FILE" or a plain path, "unix:PATH", "http://HOST[:PORT]", "https://…".
 * UNAVAILABLE when it cannot be reached, INVALID for a file that is no desk, a newer schema (both
 * numbers are named), a network file system, or a server of another version.
 */
bool store_open(const void *mem, const char *location, const struct store_driver *const *drivers,
	size_t driver_count, const struct store_options *options, struct store **store,
	struct error *err);
void store_close(struct store *store); /* NULL is fine */

/* Acts for this operator from now on; NOT_FOUND for an unknown login, DENIED for a disabled one. */
bool store_act_as(struct store *store, const char *login, struct error *err);
/* The same for a server that knows him already, by his id; 0: for nobody, as after store_open. */
void store_set_actor(struct store *store, int64_t operator_id);
int64_t store_actor(const struct store *store);
int64_t store_now(const struct store *store); /* the store's clock */

/* Makes the call under way in another thread end soon with UNAVAILABLE, reason "cancelled". */
void store_cancel(struct store *store);

/* --- reading --- */

/* The directory, current. Owned by the store; valid until the next call on it, unless `mem` is
 * given to store_directory_copy. */
bool store_directory(struct store *store, const struct directory **directory, struct error *err);
/* As the handle's last call on the desk left it, without another look; valid as long. Of stores
 * that a server serves. */
const struct directory *store_directory_known(const struct store *store);
bool store_directory_copy(
	struct store *store, const void *mem, struct directory **directory, struct error *err);

/* A number that is another one once anything was altered by another handle: what was read while it
 * was this one still holds, but for what comes true by time. Cheap. -1: not known of this store. */
bool store_version(struct store *store, int64_t *version, struct error *err);

/* When something next comes true by time that is not in the log: a claim expires, a snooze or a
 * wait ends. 0: never. Of stores that a server serves. */
bool store_due_at(struct store *store, int64_t *at, struct error *err);

bool store_queue(struct store *store, const void *mem, const struct queue_query *query,
	struct queue_page *page, struct error *err);

/* Rows by number, in the order given; unseen and unknown ones are left out. */
bool store_rows(struct store *store, const void *mem, const int64_t *numbers, size_t count,
	struct queue_page *page, struct error *err);

/* The ticket that should be answered next: due, priority, waiting, number; assigned to the actor
 * first; not claimed, not covered. number 0 in *row when there is none. */
bool store_next(struct store *store, const void *mem, struct ticket_row *row, struct error *err);

bool store_counts(struct store *store, struct counts *counts, struct error *err);

/* The actor's messages that are queued, being sent, failed, or sent without a certain answer. */
bool store_outbox(struct store *store, const void *mem, struct outbox *outbox, struct error *err);

/* How much every operator has: for sharing out. */
bool store_loads(struct store *store, const void *mem, struct load_list *loads, struct error *err);

bool store_ticket(struct store *store, const void *mem, int64_t number, struct ticket_view *view,
	struct error *err);
bool store_customer(struct store *store, const void *mem, int64_t id, struct customer_view *view,
	struct error *err);
/* The customer with this address; NOT_FOUND without one. */
bool store_customer_find(
	struct store *store, const void *mem, const char *address, int64_t *id, struct error *err);
/* The ticket or customer with this number in another system; 0 without one. */
bool store_ref_find(
	struct store *store, bool customer, const char *ref, int64_t *id, struct error *err);

bool store_search(struct store *store, const void *mem, const struct search_query *query,
	struct search_page *page, struct error *err);

/* --- writing --- */

/*
 * Applies changes in order, in one durable transaction, each with a result of its own. False only
 * when nothing was applied at all (UNAVAILABLE, INTERNAL), UNCERTAIN when that is not known: apply
 * the same ids again. The actor of each change must be the handle's, unless the handle's is 0.
 * Whatever has come true by time is entered in the log first, of no changes as well.
 */
bool store_apply(struct store *store, const struct change *changes, size_t count,
	struct result *results, struct error *err);

/* --- files: their content comes first, then the change that carries them --- */

/*
 * Keeps the content of a file under its key, which a change or a draft may then name. The same
 * content again is the same key. INVALID (reason "file_size") beyond the desk's max_attachment.
 * Content that no text and no draft names is gone a day later. *key on mem.
 */
bool store_blob_put(struct store *store, const void *mem, const void *bytes, size_t size,
	char **key, struct error *err);

/* The content of a file of this ticket: of a message, a note, or a draft that the actor may see.
 * NOT_FOUND when there is none such; *bytes on mem, NUL-terminated. */
bool store_blob_get(struct store *store, const void *mem, int64_t ticket, const char *key,
	char **bytes, size_t *size, struct error *err);

/* --- drafts, leases: no changes, no revision, not as durable --- */

bool store_draft_save(struct store *store, const struct draft *draft, struct error *err);
/* To the bin; a discarded one lives bin_ms longer. */
bool store_draft_discard(
	struct store *store, int64_t ticket, enum draft_kind kind, struct error *err);
bool store_draft_restore(
	struct store *store, int64_t ticket, enum draft_kind kind, struct error *err);
/* The author's draft becomes the actor's (added below the actor's own, if any); the original goes
 * to the author's bin. */
bool store_draft_adopt(struct store *store, int64_t ticket, int64_t author, enum draft_kind kind,
	struct error *err);
/* bin: the actor's discarded ones; else his own and those he may adopt. */
bool store_drafts(
	struct store *store, const void *mem, bool bin, struct draft_list *list, struct error *err);

/* CONFLICT, reason "stale", when the lease is over. */
bool store_renew(struct store *store, struct renewal *renewal, struct error *err);

/* --- the way to the desk --- */

/* How the desk is reached, now. May be called by any thread, and never waits. */
void store_link(struct store *store, struct link_status *status);

/* What waits to be sent, and what came back refused; on mem. Empty for a desk that is a file. */
bool store_pending(
	struct store *store, const void *mem, struct pending_list *list, struct error *err);
/* Takes one off that came back, or that was not tried yet: CONFLICT, reason "sending", when the
 * desk may have it already. NOT_FOUND when there is none. */
bool store_pending_drop(struct store *store, const struct uuid *id, struct error *err);

/* --- passwords and tokens: no dump and no log has them --- */

/* Tokens and sessions that are alive, newest first, without their hashes: the actor's own; of
 * everybody for admins and the desk itself. They are made and revoked by changes. */
bool store_tokens(struct store *store, const void *mem, struct token_list *list, struct error *err);

struct sign_in {
	const char *login, *password;
	const char *name; /* of the session: the machine that it is on */
};
/*
 * Signs in to a server: *token is what to open it with, on mem. DENIED, reasons "password_wrong",
 * "attempts". A desk that is a file knows no signing in: INVALID, reason "not_here".
 */
bool store_sign_in(struct store *store, const void *mem, const struct sign_in *in, char **token,
	struct error *err);
/* Ends the session that the store was opened with, if it was one. */
bool store_sign_out(struct store *store, struct error *err);
/* Whom the server takes the handle for, by token or by uid; NULL: the desk itself, or a file. */
bool store_whoami(struct store *store, const void *mem, char **login, struct error *err);

struct password_change {
	struct uuid id;	     /* of the change that it is in the log */
	const char *login;   /* whose; NULL: the actor's */
	const char *current; /* his present one, which a server asks for; NULL: not given */
	const char *password;
};
/*
 * Sets a password, the actor's own or as an admin another's, who is signed out everywhere. INVALID
 * for one that is too short; DENIED, reason "current", when the present one is wrong or was to be
 * given.
 */
bool store_password_set(
	struct store *store, const struct password_change *password, struct error *err);

/* For a server, which acts as the desk itself: DENIED for an operator's handle. The token that has
 * this hash, alive or not, or NOT_FOUND; */
bool store_token_find(struct store *store, const void *mem, const char *hash, struct token *token,
	struct error *err);
/* notes that it was used then; */
bool store_token_used(struct store *store, int64_t id, int64_t at, struct error *err);
/* the hash of an operator's password, NULL for none, on mem. */
bool store_credential(
	struct store *store, const void *mem, int64_t operator_id, char **hash, struct error *err);

/* --- the internal line --- */

/*
 * What the actor does at a terminal (operator_id, terminal, ticket, doing; the rest is not looked
 * at), for the next PRESENCE_MS; DOING_GONE: he left. No change, no revision. A handle of nobody
 * tells it for the operator named. NOT_FOUND for a ticket that he may not see.
 */
bool store_presence(struct store *store, const struct presence *presence, struct error *err);
/* Who is where now: on this ticket, or everybody (0). Who paused is DOING_PAUSED. The ticket that
 * the actor may not see is 0 in it. */
bool store_presences(struct store *store, const void *mem, int64_t ticket,
	struct presence_list *list, struct error *err);

/* The memos that the actor wrote or got. */
bool store_memos(struct store *store, const void *mem, const struct memo_query *query,
	struct memo_list *list, struct error *err);

/* --- the feed --- */

/*
 * Committed changes after `since` that the actor may see, in revision order, at most 1,000. Waits
 * up to wait_ms for the first. since < 0: nothing but the newest revision.
 *
 * feed->presence changes when store_presences would answer otherwise than before; a feed that waits
 * returns when it does, compared with what the handle's last feed told.
 */
bool store_feed(struct store *store, const void *mem, int64_t since, int wait_ms, struct feed *feed,
	struct error *err);
/* Who is told of each item of a feed, by the tickets as they are now (permission_hears). For the
 * desk itself: one an item, all in one tree. */
bool store_audiences(struct store *store, const void *mem, const struct feed *feed,
	struct audience **audiences, struct error *err);
/* The log of one ticket, or of all (0), after since, at most limit. */
bool store_log(struct store *store, const void *mem, int64_t ticket, int64_t since, size_t limit,
	struct feed *feed, struct error *err);

/* --- care --- */

/* Progress of a long call: done of total, 0 when unknown. False stops it. */
typedef bool store_progress_fn(void *data, int64_t done, int64_t total);

/* A consistent copy of a desk in use, to a new file: CONFLICT, reason "exists", when there is one.
 * Nothing is left of a copy that failed or was stopped (UNAVAILABLE, reason "cancelled"). */
bool store_backup(struct store *store, const char *path, store_progress_fn *progress, void *data,
	struct error *err);

struct finding {
	bool is_error; /* else a remark */
	char *text;    /* English sentence with numbers in it; the msgid is in err */
	struct error err;
};
struct findings {
	size_t count;
	struct finding *items;
};
/* Checks file, indexes, counters, log against tables. True when it could look; see findings. */
bool store_check(struct store *store, const void *mem, store_progress_fn *progress, void *data,
	struct findings *findings, struct error *err);

/*
 * The whole desk as records (core/record.h), and back. DENIED for all but admins and the desk
 * itself. Counters and the search index are no records: they are made anew.
 *
 * A dump is of one moment, table by table, in the order of the keys; restored into a desk without
 * customers and tickets it gives an equal one: what that desk was made with (its first admin) is
 * taken away first. The handle goes on for the operator of the same login, if there is one.
 */
typedef bool store_record_fn(void *data, const struct record *record, struct error *err);
bool store_dump(struct store *store, store_record_fn *each, void *data, struct error *err);

/* What a copy of the desk for the handle's operator is made of (core/mirror.h), each record handed
 * to `each`, all of it of one moment. For the desk itself: everything. */
bool store_mirror(struct store *store, const struct mirror_query *query, store_record_fn *each,
	void *data, struct mirror *mirror, struct error *err);
/*
 * All in one change of the desk, from begin to end: nobody else can write meanwhile, and a refused
 * record (INVALID: unknown type or field, wrong value) or an end without commit leaves no trace. A
 * record that is already there is skipped (*added false). The end is INVALID when records refer to
 * what is not there, or when no admin would be left.
 */
bool store_restore_begin(struct store *store, struct error *err);
bool store_restore(
	struct store *store, const struct record *record, bool *added, struct error *err);
bool store_restore_end(struct store *store, bool commit, struct error *err);

#endif
