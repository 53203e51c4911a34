#ifndef ATENDE_ATENDE_SPOOL_H
#define ATENDE_ATENDE_SPOOL_H

#include "base/error.h"
#include "core/query.h"
#include "core/ticket.h"

#include <stdbool.h>

/*
 * The local spool of unfinished texts: one file a draft below the XDG state directory, written
 * beside and renamed, so that a killed console loses no more than what was typed since. Desk and
 * operator are part of a file's name. Texts stay here until the desk has confirmed what became of
 * them.
 *
 * A file is a line "atende-draft 1", lines "name value", a blank line, and the text. Files that go
 * with it are lines "attachment KEY BYTES TYPE NAME": their content is in the desk already.
 */
struct spool;

/* `folder` is made when the first draft is saved. `desk` is the location that was opened. */
struct spool *spool_open(const void *mem, const char *folder, const char *desk, const char *login);

/* The beginning of the names of all files about this text, without a point, on mem. */
char *spool_name(struct spool *spool, const void *mem, int64_t ticket, enum draft_kind kind);
/* Whether a file's name begins so, for which ticket and kind; *rest is what follows it. */
bool spool_is_named(
	const struct spool *spool, const char *name, struct draft *draft, const char **rest);

/* Durable when it returns. */
bool spool_save(struct spool *spool, const struct draft *draft, struct error *err);
/* One that is not there is no error. */
bool spool_remove(struct spool *spool, int64_t ticket, enum draft_kind kind, struct error *err);

/*
 * All drafts of this desk and operator, on mem, texts cleaned. A file that cannot be read as a
 * draft is renamed to end in ".bad", never deleted; *bad_count (may be NULL) tells how many. What
 * a killed console was about to write is removed.
 */
bool spool_read(struct spool *spool, const void *mem, int64_t operator_id,
	struct draft_list *drafts, size_t *bad_count, struct error *err);

#endif
