#ifndef ATENDE_BASE_UUID_H
#define ATENDE_BASE_UUID_H

#include <stdbool.h>
#include <stdint.h>

/* Client-made ids (RFC 9562). We make version 7, whose order is that of time; any is accepted. */
struct uuid {
	unsigned char bytes[16];
};

enum { UUID_TEXT_SIZE = 37 };

struct uuid uuid_make(int64_t at); /* version 7 */
/* Sets time, version and variant bits; the rest stays as the caller filled it (version 8: a
 * digest). */
void uuid_stamp(struct uuid *uuid, int64_t at, int version);
bool uuid_parse(const char *text, struct uuid *uuid);
void uuid_format(const struct uuid *uuid, char text[UUID_TEXT_SIZE]); /* lower case */
bool uuid_is_zero(const struct uuid *uuid);
bool uuid_equal(const struct uuid *a, const struct uuid *b);

#endif
