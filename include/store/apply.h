#ifndef ATENDE_STORE_APPLY_H
#define ATENDE_STORE_APPLY_H

#include "core/rules.h"
#include "store/desk.h"

/*
 * Inside of desk_apply, one file a step: facts are loaded, change_decide decides, what it says is
 * written, the log row is added. Nobody outside store includes this.
 *
 * All of these return false only when the database failed, with *work->err filled; then nothing of
 * the transaction may be kept. A refusal is a result.
 */

/* A write transaction of changes. */
struct apply {
	struct desk *desk;
	struct sql *sql;
	int64_t revision;  /* the newest in the log */
	int64_t newest_at; /* when that row was written */
	bool is_dirty;	   /* something is to be committed */
	bool is_careful;   /* each change in a savepoint of its own: one that fails is taken back */
};

/* Rows that facts point to. */
struct loaded {
	struct ticket ticket, other_ticket, former, former_other;
	struct claim claim, other_claim, cover, taker_cover;
	struct customer customer, other_customer;
	struct message message;
	struct customer_note customer_note;
	struct question question;
	struct undone undone;
	struct token token;
};

/* One change on its way. */
struct work {
	struct apply *apply;
	struct sql *sql;
	const void *mem;
	const struct change *given;
	struct change change; /* the same; of an undo with what the undone change was about */
	struct facts facts;
	struct loaded loaded;
	struct decision decision;
	struct result *result;
	struct error *err;
	size_t freed_count;
	int64_t *freed; /* tickets that a sign-out let go */
};

/* --- sql_apply.c --- */

/* One change, from its repeat check to its log row, and what follows from it (the releases of a
 * sign-out). */
bool apply_change(
	struct apply *apply, const struct change *change, struct result *result, struct error *err);

/* The moment that changes of now are given: the clock, but never before the newest one
 * in the log, unless that lies more than five minutes ahead. */
int64_t apply_now(const struct apply *apply);

/* --- sql_due.c: what comes true by time, brought into the log --- */

/* Of the whole desk, a bounded number of each kind. */
bool due_apply(struct apply *apply, struct error *err);
/* Of one ticket. */
bool due_apply_ticket(struct apply *apply, int64_t ticket, struct error *err);

/* --- sql_facts.c --- */

bool facts_load(struct work *work);

/* --- sql_write.c --- */

bool write_decision(struct work *work);

/* --- sql_move.c --- */

bool write_moves(struct work *work);

/* --- sql_rows.c: rows of the directory and of an operator's day --- */

bool write_desk_row(struct work *work);
bool write_day(struct work *work);

/* --- sql_identity.c: passwords, sessions, tokens --- */

bool write_password(struct work *work);
bool write_token(struct work *work);
bool write_token_end(struct work *work);
/* The operator is signed out everywhere. */
bool write_sessions_end(struct work *work, int64_t operator_id);

/* --- sql_blob.c --- */

/* facts.blob_sizes */
bool blob_sizes(struct work *work);
/* The files of the new text. */
bool write_attachments(struct work *work);
/* Content that nobody names any more goes, a bounded number at a time. */
bool due_blobs(struct apply *apply, struct error *err);

/* --- sql_draft.c --- */

/* What a change does to its actor's draft. */
bool write_draft_over(struct work *work);
bool write_draft_gone(struct work *work);
bool write_draft_back(struct work *work);
/* The text of a refused reply becomes its author's draft, if it is not there yet. */
bool write_refused_text(struct work *work);

/* --- sql_memo.c --- */

bool write_memo(struct work *work);
bool write_memo_read(struct work *work);

/* --- sql_log.c --- */

/* The log row of the decision, and the result. */
bool log_write(struct work *work);
/* The result of a change that was applied before, or that its id is another's. *found false: it is
 * new. */
bool log_find_repeat(struct work *work, bool *found);
/* The row of change.undo, and what it was about into the change. */
bool log_load_undone(struct work *work);

#endif
