#include "codec/windows_text.h"

#include "base/mem.h"
#include "base/text.h"
#include "codec/json_scan.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

/* The bytes 0x80 to 0x9F; all others are the code points of the same number. */
static const uint16_t runes[] = {0x20AC, 0x81, 0x201A, 0x192, 0x201E, 0x2026, 0x2020, 0x2021, 0x2C6,
	0x2030, 0x160, 0x2039, 0x152, 0x8D, 0x17D, 0x8F, 0x90, 0x2018, 0x2019, 0x201C, 0x201D,
	0x2022, 0x2013, 0x2014, 0x2DC, 0x2122, 0x161, 0x203A, 0x153, 0x9D, 0x17E, 0x178};

static bool is_utf8(const char *bytes)
{
	const char *end = bytes + strlen(bytes);
	for (size_t size; bytes < end; bytes += size) {
		size = json_utf8(bytes, end);
		if (size == 0) {
			return false;
		}
	}
	return true;
}

char *windows_text(const void *mem, const char *bytes)
{
	if (is_utf8(bytes)) {
		return mem_strdup(mem, bytes);
	}
	/* Three bytes are the most that one of the table takes. */
	char *text = mem_array(mem, char, strlen(bytes) * 3 + 1);
	char *to = text;
	for (; *bytes; bytes++) {
		unsigned char byte = (unsigned char)*bytes;
		char encoded[4];
		size_t size = text_encode(
			byte >= 0x80 && byte < 0xA0 ? runes[byte - 0x80] : byte, encoded);
		memcpy(to, encoded, size);
		to += size;
	}
	return text;
}
