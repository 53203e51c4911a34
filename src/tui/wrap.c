#include "tui/wrap.h"

#include "base/mem.h"
#include "base/text.h"
#include "tui/width.h"

#include <string.h>

struct wrapper {
	const void *mem;
	const char *text;
	int limit;
	struct wrap wrap;
	size_t capacity;
};

static void add_line(struct wrapper *wrapper, size_t from, size_t to, int columns, bool is_soft)
{
	struct wrap *wrap = &wrapper->wrap;
	if (wrap->count == wrapper->capacity) {
		wrapper->capacity = wrapper->capacity ? wrapper->capacity * 2 : 8;
		wrap->lines =
			mem_grow(wrapper->mem, wrap->lines, struct wrap_line, wrapper->capacity);
	}
	wrap->lines[wrap->count++] = (struct wrap_line){from, to - from, columns, is_soft};
}

static size_t cluster_at(const char *text)
{
	if ((unsigned char)text[0] < 0x80 && (unsigned char)text[1] < 0x80) {
		return 1;
	}
	return text_grapheme(text);
}

static bool is_blank(char byte)
{
	return byte == ' ' || byte == '\t';
}

/* A line may end behind a hyphen that joins two words. */
static bool is_joint(const char *text, size_t at)
{
	size_t n;
	if (text[at] != '-' || at == 0 || !text_is_word(text_rune(text + at + 1, &n))) {
		return false;
	}
	size_t before = text_grapheme_before(text, at);
	return text_is_word(text_rune(text + at - before, &n));
}

/* Chinese and Japanese have no blanks: a line may end behind each wide letter. */
static bool is_wide_letter(const char *text)
{
	size_t n;
	uint32_t rune = text_rune(text, &n);
	return rune >= 0x2E80 && width_rune(rune) == 2 && text_is_word(rune);
}

struct place {
	size_t at;
	int columns; /* up to there, without blanks hanging over the edge */
};

/* One paragraph: from `at` to its newline or the end, which it gives. */
static size_t wrap_paragraph(struct wrapper *wrapper, size_t at)
{
	const char *text = wrapper->text;
	size_t start = at;
	int used = 0, solid = 0; /* solid: without the blanks at the end */
	struct place stop = {0};
	while (text[at] && text[at] != '\n') {
		size_t n = cluster_at(text + at);
		int columns = width_cluster(text + at, n, used);
		bool blank = is_blank(text[at]);
		if (!blank && used + columns > wrapper->limit && at > start) {
			/* Without a place to break, or with one at the very start, cut here. */
			struct place cut = stop.at > start ? stop : (struct place){at, used};
			add_line(wrapper, start, cut.at, cut.columns, true);
			start = at = cut.at;
			used = solid = 0;
			stop = (struct place){0};
			continue;
		}
		used += columns;
		at += n;
		solid = blank ? solid : used;
		if (blank || is_joint(text, at - n) || is_wide_letter(text + at - n)) {
			stop = (struct place){at, solid};
		}
	}
	add_line(wrapper, start, at, used, false);
	return at;
}

struct wrap wrap_text(const void *mem, const char *text, int columns)
{
	struct wrapper wrapper = {.mem = mem, .text = text, .limit = columns > 0 ? columns : 1};
	size_t at = 0;
	for (;;) {
		at = wrap_paragraph(&wrapper, at);
		if (!text[at]) {
			return wrapper.wrap;
		}
		at++;
	}
}

size_t wrap_find(const struct wrap *wrap, size_t offset)
{
	size_t low = 0, high = wrap->count;
	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;
		if (wrap->lines[middle].offset <= offset) {
			low = middle;
		} else {
			high = middle;
		}
	}
	return low;
}
