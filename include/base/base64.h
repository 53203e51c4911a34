#ifndef ATENDE_BASE_BASE64_H
#define ATENDE_BASE_BASE64_H

#include <stdbool.h>
#include <stddef.h>

/* Bytes as text (RFC 4648, section 4: with padding, without line breaks). */

char *base64_encode(const void *mem, const void *bytes, size_t size);

/* Back, on mem; false for what base64_encode does not write. */
bool base64_decode(const void *mem, const char *text, char **bytes, size_t *size);

#endif
