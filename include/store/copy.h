#ifndef ATENDE_STORE_COPY_H
#define ATENDE_STORE_COPY_H

#include "core/mirror.h"
#include "core/record.h"
#include "store/desk.h"

/*
 * The file of a replica: a desk file that holds what one operator may see, and what is known of how
 * current that is. Foreign keys are off in it, for it has parts only; the log has what was heard of
 * the feed. Nobody outside store includes this.
 */

extern const char copy_tables_text[]; /* what it has beside the tables of a desk */

/* One row. */
struct copy_state {
	int64_t operator_id; /* whose; 0: nothing is here yet */
	int64_t since;	     /* the feed was heard up to this change */
	int64_t log_from;    /* the log here has everything visible after it */
	int64_t known; /* a change of the desk's log and its id: whether it is still the same */
	struct uuid known_id;
	int64_t newest;	       /* revision of the newest answer taken */
	int64_t directory;     /* revision of the directory here; -1: none */
	bool is_complete;      /* all that is open or put off is here */
	bool is_open_complete; /* … but for what is put off */
	bool has_after;	       /* the first copy got as far as `after` */
	struct queue_key after;
	int64_t data_at;	  /* everything here was current then */
	int64_t waiting, snoozed; /* counts that only the desk knows */
	int64_t total;		  /* open tickets, as the desk said */
	int64_t presence;	  /* feed.presence, as last heard */
};

/*
 * Opens the copy at path, made if there is none; one that is damaged or of another version is made
 * anew. A store handle of the SQLite driver.
 */
bool copy_open(const void *mem, const char *path, const struct clock *clock, struct store **store,
	struct error *err);

/* Within a transaction, or as one of its own. */
bool copy_state_read(struct desk *desk, struct copy_state *state, struct error *err);
/* Within a write transaction. */
bool copy_state_write(struct desk *desk, const struct copy_state *state, struct error *err);

/* How many whole tickets are here. */
bool copy_count(struct desk *desk, int64_t *count, struct error *err);
/* Is this ticket here with all its texts (*is_whole), or known not to be his to see (*is_gone)? */
bool copy_has(struct desk *desk, int64_t number, bool *is_whole, bool *is_gone, struct error *err);
bool copy_has_customer(struct desk *desk, int64_t id, bool *has, struct error *err);
/* Numbers of whole tickets of this customer, or assigned to this operator; on mem. */
bool copy_numbers_of(struct desk *desk, const void *mem, bool of_assignee, int64_t id,
	int64_t **numbers, size_t *count, struct error *err);

/* Everything out of it, in a transaction of its own. */
bool copy_clear(struct desk *desk, struct error *err);

/*
 * Makes the full-text index, which nothing else keeps here, for a search; unless *made is still
 * what the texts are, which it is afterwards. In a transaction of its own.
 */
bool copy_index(struct desk *desk, int64_t *made, struct error *err);

/* --- files that were read (copy_files.c) --- */

enum { COPY_FILE_MOST = 16 << 20, COPY_FILES_MOST = 64 << 20 }; /* bytes of one, of all */

/* Keeps the content, unless it is too long; those that were read longest ago make room. In a
 * transaction of its own. */
bool copy_files_put(
	struct desk *desk, const char *key, const void *bytes, size_t size, struct error *err);
/* Is the content here? */
bool copy_files_has(struct desk *desk, const char *key, bool *has, struct error *err);
/* Within a write transaction: what no text here has any more goes. */
bool copy_files_trim(struct desk *desk, struct error *err);

/* --- what the desk tells --- */

/* One answer to store_mirror, kept until it is taken: all of it on the answer. */
struct told {
	size_t count;
	struct record *records;
	struct mirror mirror;
};
/* Asks, and keeps what comes. Texts are clean. */
bool told_ask(const void *mem, struct store *inner, const struct mirror_query *query,
	struct told **answer, struct error *err);

/*
 * Within a write transaction: replaces what the groups of the answer are about. What is here from a
 * newer answer stays. INVALID (reason "record") for an answer that makes no sense; then nothing of
 * the transaction may be kept.
 */
bool copy_take(struct desk *desk, const struct told *answer, struct error *err);

/* Within a write transaction: what was heard of the feed goes into the log here; state->log_from
 * follows what is kept of it. */
bool copy_hear(
	struct desk *desk, const struct feed *feed, struct copy_state *state, struct error *err);

/* Within a write transaction: what was read lately and is not open any more is kept up to this many
 * tickets. */
bool copy_trim(struct desk *desk, size_t most, struct error *err);

#endif
