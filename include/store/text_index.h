#ifndef ATENDE_STORE_TEXT_INDEX_H
#define ATENDE_STORE_TEXT_INDEX_H

#include "store/sql.h"
#include "store/store.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * The full-text index of a SQLite desk: one entry for each message, note and question, under its
 * id. An entry holds the text itself (of a question the answer too) and, in a column of its own,
 * what its ticket is called: subject, customer's name, customer's addresses; so words in any order
 * are found over all of it.
 *
 * Each entry also has the word of its stretch (text_index_stretch): words that are frequent each
 * and rare together are looked for in one stretch of texts after the other, or the index would be
 * gone through as a whole before the first answer.
 *
 * Everything goes in folded (text_fold): "nº", "1ª" and "São" are found as they are typed. The
 * index keeps no text of its own; to take an entry out it must be told exactly what went in. Hence
 * before anything is altered by which entries are found (subject, customer, name, addresses, a
 * moved text, an answered question), they are taken out with text_index_take, and put back in after
 * it. All within the write transaction. Nobody outside store includes this.
 */

enum { TEXT_STRETCH = 1 << 17 }; /* texts, by id; part of every entry there is: for good */

/* The word of a stretch, on mem: a character that no clean text has, and a number. */
char *text_index_stretch(const void *mem, int64_t id);

/* One new text of a ticket that is there already. */
bool text_index_add(
	struct sql *sql, int64_t ticket, int64_t id, const char *text, struct error *err);

/* All texts of a ticket. */
bool text_index_take(struct sql *sql, int64_t ticket, struct error *err);
bool text_index_put(struct sql *sql, int64_t ticket, struct error *err);

/* All texts of all tickets of a customer: around a new name, another address, a merge. */
bool text_index_take_customer(struct sql *sql, int64_t customer, struct error *err);
bool text_index_put_customer(struct sql *sql, int64_t customer, struct error *err);

/* All of it anew. The progress may be NULL; when it says stop, UNAVAILABLE, reason "cancelled". */
bool text_index_rebuild(
	struct sql *sql, store_progress_fn *progress, void *data, struct error *err);

#endif
