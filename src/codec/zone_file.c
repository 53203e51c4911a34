#include "codec/zone_file.h"

#include "base/clock.h"
#include "base/mem.h"
#include "base/timestamp.h"
#include "codec/zone.h"

#include <string.h>

enum { HEADER = 44, TYPE = 6, COUNTS = 20, LEAP_64 = 12, LEAP_32 = 8 };

struct block {
	const unsigned char *data;
	uint32_t is_ut, is_std, leap, time, type, chars;
	size_t size; /* of all that follows the header */
};

static uint64_t number(const unsigned char *at, size_t bytes)
{
	uint64_t value = 0;
	for (size_t i = 0; i < bytes; i++) {
		value = value << 8 | at[i];
	}
	return value;
}

/* A header at `at` and the size of its data; times take `width` bytes. */
static bool take_block(
	const unsigned char *at, const unsigned char *end, size_t width, struct block *block)
{
	if (end - at < HEADER || memcmp(at, "TZif", 4) != 0) {
		return false;
	}
	uint32_t *const counts[] = {&block->is_ut, &block->is_std, &block->leap, &block->time,
		&block->type, &block->chars};
	for (size_t i = 0; i < ARRAY_LEN(counts); i++) {
		*counts[i] = (uint32_t)number(at + COUNTS + 4 * i, 4);
		if (*counts[i] > (uint32_t)(end - at)) {
			return false;
		}
	}
	block->data = at + HEADER;
	block->size = block->time * (width + 1) + (size_t)block->type * TYPE + block->chars +
		      block->leap * (width == 8 ? (size_t)LEAP_64 : LEAP_32) + block->is_std +
		      block->is_ut;
	return block->type > 0 && block->size <= (size_t)(end - block->data);
}

/* The offset of type `index`; false when there is none. */
static bool offset_of(const struct block *block, size_t index, int32_t *offset_ms)
{
	const unsigned char *types = block->data + block->time * 9;
	int32_t seconds;
	if (index >= block->type) {
		return false;
	}
	seconds = (int32_t)(uint32_t)number(types + index * TYPE, 4);
	*offset_ms = seconds * MS_SECOND;
	return seconds > -2 * 86400 && seconds < 2 * 86400;
}

static bool take_changes(const void *mem, const struct block *block, struct zone *zone)
{
	int64_t first = civil_days(ZONE_FIRST_YEAR, 1, 1) * MS_DAY;
	int64_t last = civil_days(ZONE_LAST_YEAR + 1, 1, 1) * MS_DAY;
	int32_t current;
	if (!offset_of(block, 0, &current)) {
		return false;
	}
	zone->first_offset_ms = current;
	zone->changes = mem_array(mem, struct zone_change, block->time + 1);
	for (size_t i = 0; i < block->time; i++) {
		int64_t at = (int64_t)number(block->data + i * 8, 8);
		int32_t next;
		if (!offset_of(block, block->data[block->time * 8 + i], &next)) {
			return false;
		}
		if (at < first / MS_SECOND) {
			zone->first_offset_ms = next;
		} else if (at < last / MS_SECOND && next != current) {
			zone->changes[zone->count++] = (struct zone_change){at * MS_SECOND, next};
		}
		current = next;
	}
	return true;
}

/* "\n<rule>\n" at the end: one with a comma goes on changing after the last of the table. */
static bool is_whole(const struct block *block, const unsigned char *end)
{
	const unsigned char *rule = block->data + block->size;
	int64_t last_year = civil_days(ZONE_LAST_YEAR, 1, 1) * (MS_DAY / MS_SECOND);
	bool goes_on = memchr(rule, ',', (size_t)(end - rule)) != NULL;
	return !goes_on || (block->time > 0 && (int64_t)number(block->data + (block->time - 1) * 8,
						       8) >= last_year);
}

bool zone_file_parse(const void *mem, const char *bytes, size_t size, struct zone *zone)
{
	const unsigned char *at = (const unsigned char *)bytes;
	const unsigned char *end = at + size;
	struct block old = {0}, block = {0};
	if (!take_block(at, end, 4, &old) || at[4] < '2') {
		return false;
	}
	return take_block(old.data + old.size, end, 8, &block) && is_whole(&block, end) &&
	       take_changes(mem, &block, zone);
}
