#ifndef ATENDE_ATENDE_EDIT_H
#define ATENDE_ATENDE_EDIT_H

#include "atende/spool.h"
#include "base/error.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * A text in the person's own editor ($VISUAL, $EDITOR, else what is there of sensible-editor, nano,
 * vi). The file lies in a private folder, readable by its owner alone, and is deleted when its text
 * has been read back. The console runs on meanwhile: the lease is kept while the file changes.
 */
struct edit;

/* Writes the file, named after `name` (spool_name), and starts the editor on the terminal, which
 * must have been left. NULL: *err. */
struct edit *edit_start(
	const void *mem, const char *folder, const char *name, const char *text, struct error *err);

/* What the file holds: clean, on the context it was asked on. */
struct edit_text {
	char *text;
	bool was_cleaned; /* it held what no text may hold */
};

/* True when the file changed since it was last read. */
bool edit_changed(struct edit *edit, const void *mem, struct edit_text *text);

/* True when the editor has ended. *ok false: it failed, or its file cannot be read; *err says so,
 * text is what the file holds all the same, or NULL. An editor that was stopped stops the console
 * with it, for the shell knows them as one job. */
bool edit_is_over(
	struct edit *edit, const void *mem, struct edit_text *text, bool *ok, struct error *err);

/* Reads what is there without waiting for the editor: the terminal is gone. False: nothing. */
bool edit_abandon(struct edit *edit, const void *mem, struct edit_text *text);

/* Hangs up on an editor that still runs, removes the file, frees. NULL is fine. */
void edit_finish(struct edit *edit);

/*
 * Files of a console that was killed while its editor had the screen, in `folder`: what they hold
 * takes the place of the spool's older copy, in `drafts` and in the spool, and they are removed.
 * Those of a console that still runs are left alone.
 */
void edit_recover(const void *mem, const char *folder, struct spool *spool, int64_t operator_id,
	struct draft_list *drafts);

#endif
