#ifndef ATENDE_BASE_FILE_H
#define ATENDE_BASE_FILE_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>

/* Whole files. Errors name the path and what to do. */

/* All of fd or a file, NUL-terminated, on mem; at most max bytes (INVALID beyond). */
bool file_read_fd(
	const void *mem, int fd, size_t max, char **bytes, size_t *size, struct error *err);
bool file_read(const void *mem, const char *path, size_t max, char **bytes, size_t *size,
	struct error *err);

/* Writes beside path, syncs, renames over it (mode 0600): after a crash the old or the new is
 * there. */
bool file_replace(const char *path, const char *bytes, size_t size, struct error *err);

/* A new file (mode 0600), synced. When anything is there under that name, a link too, it is left as
 * it is: *exists true, false as result. */
bool file_create(const char *path, const char *bytes, size_t size, bool *exists, struct error *err);

/* Makes a directory and its parents, mode 0700; an existing one is fine. */
bool file_make_dirs(const char *path, struct error *err);

#endif
