#include "codec/cursor.h"

#include "base/base64.h"
#include "base/mem.h"

#include <string.h>

/* Four numbers of eight bytes and one of four, the highest byte first: no padding is left. */
enum { CURSOR_BYTES = 36, CURSOR_LENGTH = 48 };

static void put(unsigned char *bytes, size_t size, int64_t value)
{
	for (size_t i = 0; i < size; i++) {
		bytes[i] = (unsigned char)((uint64_t)value >> (8 * (size - 1 - i)));
	}
}

static int64_t get(const unsigned char *bytes, size_t size)
{
	uint64_t value = bytes[0] & 0x80 ? UINT64_MAX : 0;
	for (size_t i = 0; i < size; i++) {
		value = value << 8 | bytes[i];
	}
	return (int64_t)value;
}

/* Of two characters. */
static void swap(char *text, const char *from, const char *to)
{
	for (; *text; text++) {
		*text = *text == from[0] ? to[0] : *text == from[1] ? to[1] : *text;
	}
}

char *cursor_print(const void *mem, const struct queue_key *key)
{
	unsigned char bytes[CURSOR_BYTES];
	put(bytes, 8, key->due_at);
	put(bytes + 8, 8, key->waiting_since);
	put(bytes + 16, 8, key->number);
	put(bytes + 24, 8, key->text);
	put(bytes + 32, 4, key->priority);
	char *text = base64_encode(mem, bytes, sizeof bytes);
	swap(text, "+/", "-_");
	return text;
}

bool cursor_parse(const char *text, struct queue_key *key)
{
	if (strlen(text) != CURSOR_LENGTH || strpbrk(text, "+/=")) {
		return false;
	}
	void *scratch = mem_context(NULL);
	char *copy = mem_strdup(scratch, text), *bytes;
	size_t size;
	swap(copy, "-_", "+/");
	bool ok = base64_decode(scratch, copy, &bytes, &size) && size == CURSOR_BYTES;
	if (ok) {
		const unsigned char *at = (const unsigned char *)bytes;
		*key = (struct queue_key){.due_at = get(at, 8),
			.waiting_since = get(at + 8, 8),
			.number = get(at + 16, 8),
			.text = get(at + 24, 8),
			.priority = (int)get(at + 32, 4)};
	}
	talloc_free(scratch);
	return ok;
}
