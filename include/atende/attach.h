#ifndef ATENDE_ATENDE_ATTACH_H
#define ATENDE_ATENDE_ATTACH_H

#include "store/store.h"
#include "tui/msg.h"

/* Files of this machine that go with a text. "~/" at the start of a path is the home folder. */

/*
 * Reads the file and gives its content to the desk; *attachment, on mem, is what a draft or a
 * change names it by. Errors: what is no regular file, cannot be read, is empty, or has more than
 * max_bytes.
 */
bool attach_file(struct store *store, const void *mem, const char *path, int64_t max_bytes,
	struct attachment *attachment, struct error *err);

#endif
