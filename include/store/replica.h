#ifndef ATENDE_STORE_REPLICA_H
#define ATENDE_STORE_REPLICA_H

#include "store/store.h"

/*
 * A copy, on this machine, of what one operator may see of a desk elsewhere, and the store that
 * goes around any other store with it: lists of the open set, tickets, customers and the directory
 * are answered from the copy, without a round trip; everything else is asked of the desk. While the
 * desk cannot be reached the copy still answers, and notes, drafts, customer notes, memos and
 * replies under a claim that still lives are kept in an outbox and sent later (store_link,
 * store_pending, result.is_queued).
 *
 * The copy is a desk file of its own (mode 600, in a folder of mode 700 for each desk and operator)
 * and may be thrown away at any time; the outbox is a file beside it that never is. Consoles of one
 * operator on one machine share both: one of them, whoever has the lock, keeps the copy current and
 * sends what waits.
 */
struct replica_options {
	const char *location; /* of the desk, as store_open takes it */
	const struct store_driver *const *drivers;
	size_t driver_count;
	const char *login;  /* whose copy; NULL: whoever store_act_as names */
	const char *folder; /* that of all copies */
	/* How it is opened; with clock {0} it is the desk's, as far as that is known. The texts
	 * must live as long as the replica. */
	struct store_options desk; /* read_only: reads what another handle keeps current */
	/* For tests: no threads, and every read first makes the copy equal to the desk. */
	bool is_strict;
	/* For tests: no threads, the copy is brought up to date by replica_step alone. */
	bool is_stepped;
};

/*
 * Opens; with a copy that is there also without the desk (then the login must be given). Errors as
 * store_open's.
 */
bool replica_open(const void *mem, const struct replica_options *options, struct store **store,
	struct error *err);

/* One round of what the threads do: reconnect, first copy, feed, what waits to be sent. False when
 * the desk could not be reached. */
bool replica_step(struct store *store, struct error *err);

/*
 * Takes the copy of this desk and operator off the disk. CONFLICT, reason "pending", while texts in
 * the outbox wait to be sent or came back unread; *removed tells whether there was a copy.
 */
bool replica_wipe(const char *folder, const char *location, const char *login, bool *removed,
	struct error *err);

/* The folder of all copies that the program uses: XDG state. On mem. */
char *replica_folder(const void *mem);

#endif
