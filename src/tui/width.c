#include "tui/width.h"

#include "base/text.h"

#include <stdbool.h>
#include <string.h>
#include <wchar.h>

enum {
	RUNE_REPLACEMENT = 0x25A1, /* □ */
	RUNE_ZWJ = 0x200D,
	FLAG_A = 0x1F1E6,
	FLAG_Z = 0x1F1FF,
	SKIN_FIRST = 0x1F3FB,
	SKIN_LAST = 0x1F3FF,
};

static bool is_left_out(uint32_t rune)
{
	return rune == RUNE_ZWJ || (rune >= 0xFE00 && rune <= 0xFE0F) ||
	       (rune >= SKIN_FIRST && rune <= SKIN_LAST);
}

uint32_t width_shown(uint32_t rune)
{
	if (rune >= 0x20 && rune < 0x7F) {
		return rune;
	}
	if (is_left_out(rune)) {
		return 0;
	}
	if (rune >= FLAG_A && rune <= FLAG_Z) {
		return 'A' + (rune - FLAG_A);
	}
	int columns = wcwidth((wchar_t)rune);
	if (columns < 0) {
		return RUNE_REPLACEMENT;
	}
	return columns == 0 && !text_is_mark(rune) ? 0 : rune;
}

int width_rune(uint32_t rune)
{
	if (rune >= 0x20 && rune < 0x7F) {
		return 1;
	}
	uint32_t shown = width_shown(rune);
	return shown == 0 ? 0 : shown == RUNE_REPLACEMENT ? 1 : wcwidth((wchar_t)shown);
}

int width_cluster(const char *text, size_t size, int column)
{
	if (*text == '\n' || size == 0) {
		return 0;
	}
	if (*text == '\t') {
		return TAB_COLUMNS - column % TAB_COLUMNS;
	}
	int columns = 0;
	size_t n;
	for (size_t at = 0; at < size; at += n) {
		columns += width_rune(text_rune(text + at, &n));
	}
	return columns > 0 ? columns : 1;
}

/* Bytes of the cluster at text; letters of ASCII need no library unless a mark follows. */
static size_t cluster_size(const char *text)
{
	unsigned char first = (unsigned char)text[0];
	if (first < 0x80 && (unsigned char)text[1] < 0x80) {
		return first ? 1 : 0;
	}
	return text_grapheme(text);
}

int width_text(const char *text, size_t size)
{
	int columns = 0;
	for (size_t at = 0; at < size && text[at];) {
		size_t n = cluster_size(text + at);
		columns += width_cluster(text + at, n, columns);
		at += n;
	}
	return columns;
}

size_t width_fit(const char *text, size_t size, int columns)
{
	int used = 0;
	size_t at = 0;
	while (at < size && text[at]) {
		size_t n = cluster_size(text + at);
		used += width_cluster(text + at, n, used);
		if (used > columns) {
			break;
		}
		at += n;
	}
	return at;
}
