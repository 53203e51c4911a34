#ifndef ATENDE_ATENDE_EDIT_H
#define ATENDE_ATENDE_EDIT_H

#include "base/error.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * A text in the person's own editor ($VISUAL, $EDITOR, else what is there of sensible-editor, nano,
 * vi). The file lies in a private folder, readable by its owner alone, and is deleted when its text
 * has been read back. The console runs on meanwhile: the lease is kept while the file changes.
 */
struct edit;

/* Writes the file and starts the editor on the terminal, which must have been left. NULL: *err. */
struct edit *edit_start(const void *mem, const char *folder, const char *text, struct error *err);

/* The text, clean, on mem, when the file changed since it was last read; NULL: it did not. */
char *edit_changed(struct edit *edit, const void *mem);

/* True when the editor has ended: *text, on mem, is what it left (*ok false: it failed, *text is
 * what the file holds all the same, or NULL when it cannot be read, and *err says so). An editor
 * that was stopped stops the console with it, for the shell knows them as one job. */
bool edit_is_over(struct edit *edit, const void *mem, char **text, bool *ok, struct error *err);

/* Reads what is there without waiting for the editor: the terminal is gone. On mem; NULL: nothing.
 */
char *edit_abandon(struct edit *edit, const void *mem);

/* Hangs up on an editor that still runs, removes the file, frees. NULL is fine. */
void edit_finish(struct edit *edit);

#endif
