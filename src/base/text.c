#include "base/text.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

enum { RUNE_BAD = 0xFFFD, ZWJ = 0x200D, MARKS_MAX = 8 };

struct clean {
	const char *in;
	size_t size, at;
	char *out; /* talloc */
	size_t length, capacity;
	bool changed;
	utf8proc_int32_t last; /* the rune before, 0 at a start */
	int marks;	       /* on the present base */
};

static void put(struct clean *clean, utf8proc_int32_t rune)
{
	if (clean->length + 5 > clean->capacity) {
		clean->capacity = clean->capacity * 2 + 16;
		clean->out = mem_grow(NULL, clean->out, char, clean->capacity);
	}
	clean->length +=
		(size_t)utf8proc_encode_char(rune, (utf8proc_uint8_t *)clean->out + clean->length);
	clean->last = rune;
}

static bool is_pictograph(utf8proc_int32_t rune)
{
	const utf8proc_property_t *property = utf8proc_get_property(rune);
	return property->boundclass == UTF8PROC_BOUNDCLASS_EXTENDED_PICTOGRAPHIC ||
	       (rune >= 0x1F3FB && rune <= 0x1F3FF) || (rune >= 0xFE00 && rune <= 0xFE0F);
}

static bool is_mark(utf8proc_int32_t rune)
{
	utf8proc_category_t category = utf8proc_category(rune);
	return category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_ME;
}

static utf8proc_int32_t peek(const struct clean *clean)
{
	utf8proc_int32_t rune = 0;
	if (clean->at < clean->size) {
		utf8proc_iterate((const utf8proc_uint8_t *)clean->in + clean->at,
			(utf8proc_ssize_t)(clean->size - clean->at), &rune);
	}
	return rune;
}

/* Invisible, directional, private, unassigned: nothing of it helps a reader, all of it can deceive.
 */
static bool is_forbidden(utf8proc_int32_t rune)
{
	switch (utf8proc_category(rune)) {
	case UTF8PROC_CATEGORY_CC:
		return rune != '\n' && rune != '\t';
	case UTF8PROC_CATEGORY_CF:
	case UTF8PROC_CATEGORY_CS:
	case UTF8PROC_CATEGORY_CO:
	case UTF8PROC_CATEGORY_CN:
	case UTF8PROC_CATEGORY_ZL:
	case UTF8PROC_CATEGORY_ZP:
		return true;
	default:
		break;
	}
	/* Blank letters and fillers that show nothing but count as letters; variation selectors of
	 * the supplement. */
	return rune == 0x115F || rune == 0x1160 || rune == 0x3164 || rune == 0xFFA0 ||
	       rune == 0x034F || rune == 0x17B4 || rune == 0x17B5 || rune == 0x2800 ||
	       (rune >= 0x180B && rune <= 0x180F) || (rune >= 0xE0100 && rune <= 0xE01EF);
}

static void put_line_end(struct clean *clean, utf8proc_int32_t rune)
{
	if (rune == '\r' && clean->at < clean->size && clean->in[clean->at] == '\n') {
		return; /* the newline follows */
	}
	put(clean, '\n');
}

static void take_rune(struct clean *clean, utf8proc_int32_t rune)
{
	if (rune == '\r' || rune == 0x2028 || rune == 0x2029 || rune == 0x85) {
		put_line_end(clean, rune);
		return;
	}
	if (rune == ZWJ) {
		if (is_pictograph(clean->last) && is_pictograph(peek(clean))) {
			put(clean, rune);
			return;
		}
		clean->changed = true;
		return;
	}
	bool is_selector = rune >= 0xFE00 && rune <= 0xFE0F;
	/* White space carries nothing: a line that loses it would begin with the mark. */
	bool is_start = clean->last == 0 || text_is_space((uint32_t)clean->last);
	bool has_base = !is_start && clean->last != ZWJ &&
			!(clean->last >= 0xFE00 && clean->last <= 0xFE0F);
	if (is_forbidden(rune) || (is_selector && !has_base)) {
		clean->changed = true;
		return;
	}
	if (is_mark(rune) && !is_selector) {
		if (++clean->marks > MARKS_MAX || is_start) {
			clean->changed = true;
			return;
		}
	} else if (!is_selector) {
		clean->marks = 0;
	}
	put(clean, rune);
}

/* Composed, so that a letter is the same bytes however it was typed. */
static char *compose(const void *mem, const char *text)
{
	utf8proc_uint8_t *composed = utf8proc_NFC((const utf8proc_uint8_t *)text);
	char *result = mem_strdup(mem, (const char *)mem_check(composed));
	free(composed);
	return result;
}

static char *clean_once(const void *mem, const char *bytes, size_t size, bool *changed)
{
	struct clean clean = {.in = bytes, .size = size, .capacity = size + 16};
	clean.out = mem_array(NULL, char, clean.capacity);
	while (clean.at < size) {
		utf8proc_int32_t rune;
		utf8proc_ssize_t n = utf8proc_iterate((const utf8proc_uint8_t *)bytes + clean.at,
			(utf8proc_ssize_t)(size - clean.at), &rune);
		if (n <= 0) {
			clean.at++;
			clean.changed = true;
			clean.marks = 0;
			put(&clean, RUNE_BAD);
			continue;
		}
		clean.at += (size_t)n;
		take_rune(&clean, rune);
	}
	clean.out[clean.length] = '\0';
	char *result = compose(mem, clean.out);
	talloc_free(clean.out);
	*changed = clean.changed;
	return result;
}

/* Below U+0300 nothing composes and only controls and the soft hyphen are forbidden: most of what
 * is asked about needs no library. */
static bool is_plain(const char *text)
{
	for (const unsigned char *at = (const unsigned char *)text; *at; at++) {
		if (*at < 0x80) {
			if (*at == 0x7F || (*at < 0x20 && *at != '\n' && *at != '\t')) {
				return false;
			}
			continue;
		}
		bool is_pair = *at >= 0xC2 && *at <= 0xCB && (at[1] & 0xC0) == 0x80;
		if (!is_pair || (*at == 0xC2 && (at[1] < 0xA0 || at[1] == 0xAD))) {
			return false;
		}
		at++;
	}
	return true;
}

/* Composition can bring new marks together: repeated until nothing changes, twice in practice. */
char *text_clean(const void *mem, const char *bytes, size_t size, bool *changed)
{
	bool altered = false;
	char *text = mem_strndup(mem, bytes, size);
	bool is_done = strlen(text) == size && is_plain(text);
	if (!is_done) {
		talloc_free(text);
		text = clean_once(mem, bytes, size, &altered);
	}
	if (changed) {
		*changed = altered;
	}
	for (int round = 0; !is_done && round < 8; round++) {
		bool again;
		char *next = clean_once(mem, text, strlen(text), &again);
		bool same = strcmp(next, text) == 0;
		talloc_free(text);
		text = next;
		if (same) {
			break;
		}
	}
	return text;
}

char *text_clean_line(const void *mem, const char *bytes, size_t size, bool *changed)
{
	char *text = text_clean(mem, bytes, size, changed);
	char *to = text;
	bool blank = true; /* drops leading blanks */
	for (const char *from = text; *from;) {
		size_t n;
		uint32_t rune = text_rune(from, &n);
		if (text_is_space(rune)) {
			if (!blank) {
				*to++ = ' ';
			}
			blank = true;
		} else {
			memmove(to, from, n);
			to += n;
			blank = false;
		}
		from += n;
	}
	if (to > text && to[-1] == ' ') {
		to--;
	}
	*to = '\0';
	return text;
}

bool text_is_clean(const char *text)
{
	if (is_plain(text)) {
		return true;
	}
	bool changed;
	char *cleaned = clean_once(NULL, text, strlen(text), &changed);
	bool same = strcmp(cleaned, text) == 0;
	talloc_free(cleaned);
	return same;
}

static int fold_ascii(int c)
{
	return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c;
}

/* What is ASCII alone needs no table. */
static char *fold_plain(const void *mem, const char *text)
{
	size_t size = 0;
	while (text[size] && (unsigned char)text[size] < 0x80) {
		size++;
	}
	if (text[size]) {
		return NULL;
	}
	char *folded = mem_strndup(mem, text, size);
	for (size_t i = 0; i < size; i++) {
		folded[i] = (char)fold_ascii((unsigned char)folded[i]);
	}
	return folded;
}

char *text_fold(const void *mem, const char *text)
{
	char *plain = fold_plain(mem, text);
	if (plain) {
		return plain;
	}
	utf8proc_uint8_t *folded = NULL;
	utf8proc_map((const utf8proc_uint8_t *)text, 0, &folded,
		UTF8PROC_NULLTERM | UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT |
			UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK | UTF8PROC_IGNORE);
	char *result = mem_strdup(mem, folded ? (const char *)folded : text);
	free(folded);
	return result;
}

char *text_casefold(const void *mem, const char *text)
{
	utf8proc_uint8_t *folded = NULL;
	utf8proc_map((const utf8proc_uint8_t *)text, 0, &folded,
		UTF8PROC_NULLTERM | UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD);
	char *result = mem_strdup(mem, folded ? (const char *)folded : text);
	free(folded);
	return result;
}

/* One rune may fold to none (a mark) or to several (a ligature; 18 at most in Unicode 15). */
struct folding {
	const char *at;
	utf8proc_int32_t runes[24];
	int count, next;
};

static void fold_rune(struct folding *folding, utf8proc_int32_t rune)
{
	folding->next = 0;
	folding->count = 1;
	folding->runes[0] = rune;
	bool is_hangul = rune >= 0xAC00 && rune <= 0xD7A3; /* text_fold composes it again */
	if (!is_hangul) {
		int state = 0;
		utf8proc_ssize_t n = utf8proc_decompose_char(rune, folding->runes, 24,
			UTF8PROC_STABLE | UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD |
				UTF8PROC_STRIPMARK | UTF8PROC_IGNORE,
			&state);
		folding->count = n >= 0 && n <= 24 ? (int)n : 0;
	}
}

/* The next folded rune; 0 at the end. Most are ASCII, which need no table. */
static inline utf8proc_int32_t fold_next(struct folding *folding)
{
	while (folding->next == folding->count) {
		unsigned char byte = (unsigned char)*folding->at;
		if (byte < 0x80) {
			folding->at += byte != 0;
			return fold_ascii(byte);
		}
		size_t n;
		uint32_t rune = text_rune(folding->at, &n);
		folding->at += n;
		fold_rune(folding, (utf8proc_int32_t)rune);
	}
	return folding->runes[folding->next++];
}

/* Whether what follows is `folded`; *end is behind it then. A line's end is as good as a blank. */
static bool begins_with(struct folding folding, const char *folded, const char **end)
{
	for (size_t n; *folded; folded += n) {
		utf8proc_int32_t wanted = (utf8proc_int32_t)text_rune(folded, &n);
		utf8proc_int32_t rune = fold_next(&folding);
		if (rune != wanted && !(wanted == ' ' && rune == '\n')) {
			return false;
		}
	}
	*end = folding.at;
	return true;
}

const char *text_find(const char *text, const char *folded, bool at_word, size_t *size)
{
	size_t n;
	utf8proc_int32_t first = (utf8proc_int32_t)text_rune(folded, &n);
	*size = 0;
	if (n == 0) {
		return text;
	}
	const char *rest = folded + n;
	const char *end;
	struct folding folding = {.at = text};
	bool in_word = false;
	for (const char *start = text;;
		start = folding.next == folding.count ? folding.at : start) {
		utf8proc_int32_t rune = fold_next(&folding);
		if (rune == 0) {
			return NULL;
		}
		if (rune == first && !(at_word && in_word) && begins_with(folding, rest, &end)) {
			*size = (size_t)(end - start);
			return start;
		}
		in_word = at_word && rune != '_' && text_is_word((uint32_t)rune);
	}
}

bool text_contains(const char *text, const char *folded, bool at_word)
{
	size_t size;
	return text_find(text, folded, at_word, &size) != NULL;
}

char *text_digits(const void *mem, const char *text)
{
	char *digits = mem_strdup(mem, text);
	char *to = digits;
	for (const char *from = text; *from; from++) {
		if (*from >= '0' && *from <= '9') {
			*to++ = *from;
		}
	}
	*to = '\0';
	return digits;
}

uint32_t text_rune(const char *text, size_t *size)
{
	unsigned char first = (unsigned char)*text;
	if (first < 0x80) {
		*size = first ? 1 : 0;
		return first;
	}
	utf8proc_int32_t rune;
	utf8proc_ssize_t n = utf8proc_iterate((const utf8proc_uint8_t *)text, -1, &rune);
	*size = n > 0 ? (size_t)n : 1;
	return n > 0 ? (uint32_t)rune : RUNE_BAD;
}

size_t text_encode(uint32_t rune, char bytes[4])
{
	return (size_t)utf8proc_encode_char((utf8proc_int32_t)rune, (utf8proc_uint8_t *)bytes);
}

uint32_t text_base(uint32_t rune)
{
	utf8proc_int32_t parts[32];
	int last = UTF8PROC_BOUNDCLASS_START;
	utf8proc_ssize_t n = utf8proc_decompose_char((utf8proc_int32_t)rune, parts,
		(utf8proc_ssize_t)ARRAY_LEN(parts), UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT, &last);
	return n > 0 && n <= (utf8proc_ssize_t)ARRAY_LEN(parts) ? (uint32_t)parts[0] : rune;
}

bool text_is_mark(uint32_t rune)
{
	return is_mark((utf8proc_int32_t)rune);
}

size_t text_grapheme(const char *text)
{
	size_t n;
	utf8proc_int32_t before = (utf8proc_int32_t)text_rune(text, &n);
	utf8proc_int32_t state = 0;
	size_t length = n;
	while (n > 0 && text[length]) {
		utf8proc_int32_t rune = (utf8proc_int32_t)text_rune(text + length, &n);
		if (utf8proc_grapheme_break_stateful(before, rune, &state)) {
			break;
		}
		length += n;
		before = rune;
	}
	return length;
}

/* Clusters can only be found forwards: from the last newline, or from a stretch long enough. */
size_t text_grapheme_before(const char *text, size_t at)
{
	size_t start = at;
	while (start > 0 && text[start - 1] != '\n' && at - start < 256) {
		start--;
	}
	while (start > 0 && ((unsigned char)text[start] & 0xC0) == 0x80) {
		start--;
	}
	if (start == at) {
		return at > 0 ? 1 : 0;
	}
	size_t last = 0;
	while (start < at) {
		last = text_grapheme(text + start);
		start += last;
	}
	return last;
}

size_t text_cut(const char *text, size_t max)
{
	size_t n = strlen(text);
	if (n <= max) {
		return n;
	}
	n = max;
	while (n > 0 && ((unsigned char)text[n] & 0xC0) == 0x80) {
		n--;
	}
	return n;
}

bool text_is_space(uint32_t rune)
{
	return rune == ' ' || rune == '\n' || rune == '\t' ||
	       utf8proc_category((utf8proc_int32_t)rune) == UTF8PROC_CATEGORY_ZS;
}

bool text_is_word(uint32_t rune)
{
	utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)rune);
	return rune == '_' ||
	       (category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_NO);
}

bool text_is_blank(const char *text)
{
	for (size_t n; text && *text; text += n) {
		if (!text_is_space(text_rune(text, &n))) {
			return false;
		}
	}
	return true;
}
