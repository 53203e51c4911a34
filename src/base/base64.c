#include "base/base64.h"

#include "base/mem.h"

#include <stdint.h>
#include <string.h>

static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/* One to three bytes as four digits. */
static void encode_group(const unsigned char *bytes, size_t count, char out[4])
{
	uint32_t group = (uint32_t)bytes[0] << 16;
	group |= count > 1 ? (uint32_t)bytes[1] << 8 : 0;
	group |= count > 2 ? bytes[2] : 0;
	for (size_t i = 0; i < 4; i++) {
		out[i] = i <= count ? digits[group >> (18 - 6 * i) & 63] : '=';
	}
}

char *base64_encode(const void *mem, const void *bytes, size_t size)
{
	const unsigned char *at = bytes;
	char *text = mem_array(mem, char, (size + 2) / 3 * 4 + 1);
	char *out = text;
	for (size_t left = size; left > 0; out += 4) {
		size_t count = left < 3 ? left : 3;
		encode_group(at, count, out);
		at += count;
		left -= count;
	}
	return text;
}

/* Four digits as one to three bytes; how many, 0 when they are none. */
static size_t decode_group(const char *text, char out[3])
{
	uint32_t group = 0;
	size_t count = 3;
	for (size_t i = 0; i < 4; i++) {
		const char *digit = text[i] ? strchr(digits, text[i]) : NULL;
		bool is_padding = text[i] == '=' && i >= 2;
		if (!digit && !is_padding) {
			return 0;
		}
		if (is_padding) {
			count = count == 3 ? i - 1 : count;
		} else if (count < 3) {
			return 0;
		}
		group = group << 6 | (digit ? (uint32_t)(digit - digits) : 0);
	}
	for (size_t i = 0; i < 3; i++) {
		out[i] = (char)(group >> (16 - 8 * i) & 255);
	}
	bool has_rest = count < 3 && (group & (0xFFFFFFu >> (8 * count))) != 0;
	return has_rest ? 0 : count;
}

bool base64_decode(const void *mem, const char *text, char **bytes, size_t *size)
{
	size_t length = strlen(text);
	char *out = mem_array(mem, char, length / 4 * 3 + 1);
	*bytes = out;
	*size = 0;
	for (size_t at = 0; at < length; at += 4) {
		char group[3];
		size_t count = length - at < 4 ? 0 : decode_group(text + at, group);
		bool is_last = at + 4 == length;
		if (count == 0 || (count < 3 && !is_last)) {
			return false;
		}
		memcpy(out + *size, group, count);
		*size += count;
	}
	return true;
}
