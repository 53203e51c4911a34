#include "base/uuid.h"

#include "base/os.h"

#include <stdio.h>
#include <string.h>

struct uuid uuid_make(int64_t at)
{
	struct uuid uuid;
	os_random(uuid.bytes, sizeof uuid.bytes);
	uuid_stamp(&uuid, at, 7);
	return uuid;
}

void uuid_stamp(struct uuid *uuid, int64_t at, int version)
{
	for (int i = 0; i < 6; i++) {
		uuid->bytes[i] = (unsigned char)(at >> (40 - 8 * i));
	}
	uuid->bytes[6] = (unsigned char)((uuid->bytes[6] & 0x0F) | (version << 4));
	uuid->bytes[8] = (unsigned char)((uuid->bytes[8] & 0x3F) | 0x80);
}

static int hex_value(char c)
{
	if (c >= '0' && c <= '9') {
		return c - '0';
	}
	if (c >= 'a' && c <= 'f') {
		return c - 'a' + 10;
	}
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

bool uuid_parse(const char *text, struct uuid *uuid)
{
	if (strlen(text) != UUID_TEXT_SIZE - 1) {
		return false;
	}
	size_t n = 0;
	for (size_t i = 0; i < UUID_TEXT_SIZE - 1; i++) {
		if (i == 8 || i == 13 || i == 18 || i == 23) {
			if (text[i] != '-') {
				return false;
			}
			continue;
		}
		int high = hex_value(text[i]);
		int low = high < 0 ? -1 : hex_value(text[i + 1]);
		if (low < 0) {
			return false;
		}
		uuid->bytes[n++] = (unsigned char)(high << 4 | low);
		i++;
	}
	return true;
}

void uuid_format(const struct uuid *uuid, char text[UUID_TEXT_SIZE])
{
	char *at = text;
	for (size_t i = 0; i < sizeof uuid->bytes; i++) {
		if (i == 4 || i == 6 || i == 8 || i == 10) {
			*at++ = '-';
		}
		at += snprintf(at, 3, "%02x", uuid->bytes[i]);
	}
}

bool uuid_is_zero(const struct uuid *uuid)
{
	static const struct uuid zero;
	return uuid_equal(uuid, &zero);
}

bool uuid_equal(const struct uuid *a, const struct uuid *b)
{
	return memcmp(a->bytes, b->bytes, sizeof a->bytes) == 0;
}
