#ifndef ATENDE_BASE_BYTES_H
#define ATENDE_BASE_BYTES_H

#include <stdbool.h>
#include <stdint.h>

/* Sizes of files as people say them: "840 B", "84 KB", "25 MB"; a KB is 1024 bytes. */

/* Rounded up to whole units, on mem. */
char *bytes_format(const void *mem, int64_t size_bytes);

/* "25 MB", "500kb", "1000": at most a terabyte. *size_bytes stays as it was for anything else. */
bool bytes_parse(const char *text, int64_t *size_bytes);

#endif
