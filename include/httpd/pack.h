#ifndef ATENDE_HTTPD_PACK_H
#define ATENDE_HTTPD_PACK_H

#include <stdbool.h>
#include <stddef.h>

/* gzip (RFC 1952) for clients that ask for it: zlib's only home. */

/* Below this nothing is won that would be noticed; above, a thread would be busy for too long. */
enum { PACK_LEAST = 1024, PACK_MOST = 8 * 1024 * 1024 };

/*
 * Does an Accept-Encoding header (RFC 9110, 12.5.3) ask for gzip: by name or by "*", with a weight
 * above 0 and not below that of "identity"? NULL: there is no such header, and it does not. What is
 * not written as the standard says counts as weight 0.
 */
bool pack_is_wanted(const char *accepted);

/* Would packing be of use: text that is neither too short nor too long? */
bool pack_is_useful(const char *media_type, size_t size);
/* The same, whatever its size: such an answer depends on Accept-Encoding. NULL gives false. */
bool pack_is_text(const char *media_type);

/* The packed bytes, on mem; NULL when they are not fewer. */
char *pack_bytes(const void *mem, const char *bytes, size_t size, size_t *packed_size);

#endif
