#ifndef ATENDE_CLI_ATTACHMENT_FILE_H
#define ATENDE_CLI_ATTACHMENT_FILE_H

#include "core/ticket.h"
#include "store/store.h"

#include <stdbool.h>
#include <stddef.h>

/* Files of this machine that become attachments, and attachments that become files. */

/*
 * Reads a file and puts its content into the desk: what a change or a draft may carry, on mem. Its
 * name is made safe, its media type follows from that. INVALID for what is no plain file or larger
 * than the desk takes (told before it is read), NOT_FOUND.
 */
bool attachment_read(struct store *store, const void *mem, const char *path,
	struct attachment *attachment, struct error *err);

/* Saves it in a folder under its safe name, or the next that is free ("foto (2).png"): nothing that
 * is there is ever written over. *path on mem. */
bool attachment_save(const void *mem, const char *folder, const char *name, const char *bytes,
	size_t size, char **path, struct error *err);

#endif
