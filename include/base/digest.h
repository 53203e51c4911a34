#ifndef ATENDE_BASE_DIGEST_H
#define ATENDE_BASE_DIGEST_H

#include "base/secret.h"
#include "base/uuid.h"

#include <stddef.h>
#include <stdint.h>

/* SHA-256 (FIPS 180-4), for names that the same content always gets. */
enum { DIGEST_SIZE = SHA256_SIZE };

struct digest {
	struct sha256 sha256;
};

void digest_init(struct digest *digest);
void digest_add(struct digest *digest, const void *bytes, size_t size);
/* A text with its length, so that two texts after each other cannot be taken for others. */
void digest_text(struct digest *digest, const char *text);
void digest_number(struct digest *digest, int64_t number);
void digest_finish(struct digest *digest, unsigned char result[DIGEST_SIZE]);

/* The result as hexadecimal digits, on mem. */
char *digest_hex(const void *mem, struct digest *digest);

/* The same for good as an id: version 8, with the time `at`. */
struct uuid digest_uuid(struct digest *digest, int64_t at);

#endif
