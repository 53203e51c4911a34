#include "base/digest.h"

#include "base/mem.h"

#include <string.h>

void digest_init(struct digest *digest)
{
	sha256_init(&digest->sha256);
}

void digest_add(struct digest *digest, const void *bytes, size_t size)
{
	sha256_add(&digest->sha256, bytes, size);
}

void digest_number(struct digest *digest, int64_t number)
{
	unsigned char bytes[8];
	for (size_t i = 0; i < sizeof bytes; i++) {
		bytes[i] = (unsigned char)((uint64_t)number >> (56 - 8 * i));
	}
	digest_add(digest, bytes, sizeof bytes);
}

void digest_text(struct digest *digest, const char *text)
{
	size_t length = strlen(text);
	digest_number(digest, (int64_t)length);
	digest_add(digest, text, length);
}

void digest_finish(struct digest *digest, unsigned char result[DIGEST_SIZE])
{
	sha256_finish(&digest->sha256, result);
}

char *digest_hex(const void *mem, struct digest *digest)
{
	static const char digits[] = "0123456789abcdef";
	unsigned char result[DIGEST_SIZE];
	digest_finish(digest, result);
	char *text = mem_array(mem, char, 2 * DIGEST_SIZE + 1);
	for (size_t i = 0; i < DIGEST_SIZE; i++) {
		text[2 * i] = digits[result[i] >> 4];
		text[2 * i + 1] = digits[result[i] & 15];
	}
	return text;
}

struct uuid digest_uuid(struct digest *digest, int64_t at)
{
	unsigned char result[DIGEST_SIZE];
	struct uuid uuid;
	digest_finish(digest, result);
	memcpy(uuid.bytes, result, sizeof uuid.bytes);
	uuid_stamp(&uuid, at, 8);
	return uuid;
}
