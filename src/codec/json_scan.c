#include "codec/json_scan.h"

#include "base/mem.h"
#include "codec/json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* cJSON reads no number of more than 63 characters. */
enum { NUMBER_MAX_BYTES = 60, SIGNIFICANT_DIGITS = 18 };

struct key {
	const char *text; /* decoded */
	size_t size;
	const char *at; /* in the input */
};

struct scan {
	const char *start, *at, *end;
	int64_t line;
	int depth;
	size_t values;
	void *mem;
	struct key *keys; /* of the objects that are open, innermost last */
	size_t key_count, key_capacity;
	struct error *err;
};

static bool scan_value(struct scan *scan);

/* Refuses with line and character of `at`; the text has {0} and {1} for them. */
static bool refuse(struct scan *scan, const char *at, const char *text, const char *detail)
{
	int64_t line = scan->line, column = 1;
	for (const char *p = scan->start; p < at; p++) {
		bool is_continuation = ((unsigned char)*p & 0xC0) == 0x80;
		column = *p == '\n' ? 1 : column + !is_continuation;
		line += *p == '\n';
	}
	char lines[24], columns[24];
	snprintf(lines, sizeof lines, "%lld", (long long)line);
	snprintf(columns, sizeof columns, "%lld", (long long)column);
	return error_set(scan->err, ERROR_INVALID, text, lines, columns, detail, NULL);
}

static bool refuse_syntax(struct scan *scan)
{
	if (scan->at >= scan->end) {
		return refuse(scan, scan->at,
			N_("this is not valid JSON: it ends too early, at line {0}, character {1}"),
			NULL);
	}
	return refuse(scan, scan->at,
		N_("this is not valid JSON: unexpected sign at line {0}, character {1}"), NULL);
}

static bool is_continuation(const char *at, const char *end, unsigned low, unsigned high)
{
	return at < end && (unsigned char)*at >= low && (unsigned char)*at <= high;
}

size_t json_utf8(const char *at, const char *end)
{
	unsigned lead = at < end ? (unsigned char)*at : 0xFF;
	if (lead < 0x80) {
		return 1;
	}
	if (lead < 0xC2 || lead > 0xF4) {
		return 0;
	}
	unsigned low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
	unsigned high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
	size_t size = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
	if (!is_continuation(at + 1, end, low, high)) {
		return 0;
	}
	for (size_t i = 2; i < size; i++) {
		if (!is_continuation(at + i, end, 0x80, 0xBF)) {
			return 0;
		}
	}
	return size;
}

static void skip_blanks(struct scan *scan)
{
	while (scan->at < scan->end && *scan->at && strchr(" \t\r\n", *scan->at)) {
		scan->at++;
	}
}

static bool take(struct scan *scan, char c)
{
	if (scan->at < scan->end && *scan->at == c) {
		scan->at++;
		return true;
	}
	return false;
}

/* --- strings --- */

static bool hex4(const char *at, const char *end, unsigned *value)
{
	*value = 0;
	for (int i = 0; i < 4; i++, at++) {
		const char *digits = "0123456789abcdef";
		const char *digit = at < end && *at ? strchr(digits, *at | 0x20) : NULL;
		bool is_digit = at < end && *at >= '0' && *at <= '9';
		bool is_letter =
			at < end && ((*at >= 'a' && *at <= 'f') || (*at >= 'A' && *at <= 'F'));
		if (!is_digit && !is_letter) {
			return false;
		}
		*value = *value * 16 + (unsigned)(digit - digits);
	}
	return true;
}

/* \uXXXX, and the second half of a surrogate pair; *out gets the UTF-8, if out is not NULL. */
static bool take_unicode(struct scan *scan, char **out)
{
	const char *escape = scan->at - 2;
	unsigned rune, low;
	if (!hex4(scan->at, scan->end, &rune)) {
		return refuse_syntax(scan);
	}
	scan->at += 4;
	if (rune == 0) {
		return refuse(scan, escape,
			N_("a text holds the character NUL, at line {0}, character {1}"), NULL);
	}
	if (rune >= 0xD800 && rune <= 0xDFFF) {
		bool has_low = rune < 0xDC00 && scan->end - scan->at >= 6 && scan->at[0] == '\\' &&
			       scan->at[1] == 'u' && hex4(scan->at + 2, scan->end, &low) &&
			       low >= 0xDC00 && low <= 0xDFFF;
		if (!has_low) {
			return refuse(scan, escape,
				N_("half a character (a lone surrogate) at line {0}, character "
				   "{1}"),
				NULL);
		}
		scan->at += 6;
		rune = 0x10000 + ((rune - 0xD800) << 10) + (low - 0xDC00);
	}
	char *p = *out;
	if (!p) {
		return true;
	}
	if (rune < 0x80) {
		*p++ = (char)rune;
	} else if (rune < 0x800) {
		*p++ = (char)(0xC0 | rune >> 6);
	} else if (rune < 0x10000) {
		*p++ = (char)(0xE0 | rune >> 12);
	} else {
		*p++ = (char)(0xF0 | rune >> 18);
		*p++ = (char)(0x80 | (rune >> 12 & 0x3F));
	}
	if (rune >= 0x800) {
		*p++ = (char)(0x80 | (rune >> 6 & 0x3F));
	}
	if (rune >= 0x80) {
		*p++ = (char)(0x80 | (rune & 0x3F));
	}
	*out = p;
	return true;
}

static bool take_escape(struct scan *scan, char **out)
{
	static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
	char c = scan->at < scan->end ? *scan->at : '\0';
	const char *which = c ? strchr(from, c) : NULL;
	if (c == 'u') {
		scan->at++;
		return take_unicode(scan, out);
	}
	if (!which) {
		return refuse_syntax(scan);
	}
	scan->at++;
	if (*out) {
		*(*out)++ = to[which - from];
	}
	return true;
}

/* The inside of a string up to its closing quote. Decodes to *out, if that is not NULL. */
static bool scan_string(struct scan *scan, char **out)
{
	if (!take(scan, '"')) {
		return refuse_syntax(scan);
	}
	while (!take(scan, '"')) {
		if (take(scan, '\\')) {
			if (!take_escape(scan, out)) {
				return false;
			}
			continue;
		}
		size_t size = json_utf8(scan->at, scan->end);
		if (scan->at < scan->end && size == 0) {
			return refuse(scan, scan->at,
				N_("the text is not valid UTF-8 at line {0}, character {1}"), NULL);
		}
		if (scan->at >= scan->end || (unsigned char)*scan->at < 0x20) {
			return refuse_syntax(scan);
		}
		if (*out) {
			memcpy(*out, scan->at, size);
			*out += size;
		}
		scan->at += size;
	}
	return true;
}

/* --- numbers --- */

static bool is_digit(const struct scan *scan)
{
	return scan->at < scan->end && *scan->at >= '0' && *scan->at <= '9';
}

/* Digits as a number of at most SIGNIFICANT_DIGITS; *scale counts what was left out. */
static bool take_digits(struct scan *scan, uint64_t *value, int *digits, int64_t *scale)
{
	if (!is_digit(scan)) {
		return false;
	}
	for (; is_digit(scan); scan->at++) {
		if (*digits < SIGNIFICANT_DIGITS) {
			*value = *value * 10 + (uint64_t)(*scan->at - '0');
			*digits += *value > 0;
		} else {
			(*scale)++;
		}
	}
	return true;
}

static bool exceeds(uint64_t value, int64_t scale)
{
	for (; scale > 0 && value > 0 && value <= (uint64_t)JSON_INT_MAX; scale--) {
		value *= 10;
	}
	for (; scale < 0 && value > 0; scale++) {
		value /= 10;
	}
	return value > (uint64_t)JSON_INT_MAX;
}

static bool scan_exponent(struct scan *scan, int64_t *scale)
{
	uint64_t exponent = 0;
	int digits = 0;
	int64_t ignored = 0;
	bool negative = take(scan, '-');
	if (!negative) {
		take(scan, '+');
	}
	if (!take_digits(scan, &exponent, &digits, &ignored)) {
		return refuse_syntax(scan);
	}
	*scale += negative ? -(int64_t)exponent : (int64_t)exponent;
	return true;
}

static bool scan_number(struct scan *scan)
{
	const char *start = scan->at;
	uint64_t value = 0;
	int digits = 0;
	int64_t scale = 0;
	take(scan, '-');
	if (!take(scan, '0') && !take_digits(scan, &value, &digits, &scale)) {
		return refuse_syntax(scan);
	}
	if (take(scan, '.')) {
		const char *fraction = scan->at;
		int64_t left_out = 0;
		if (!take_digits(scan, &value, &digits, &left_out)) {
			return refuse_syntax(scan);
		}
		scale -= scan->at - fraction - left_out;
	}
	if ((take(scan, 'e') || take(scan, 'E')) && !scan_exponent(scan, &scale)) {
		return false;
	}
	if (exceeds(value, scale) || scan->at - start > NUMBER_MAX_BYTES) {
		return refuse(scan, start,
			N_("a number too large to be kept exactly at line {0}, character {1}: "
			   "write it as a text, in quotes"),
			NULL);
	}
	return true;
}

/* --- containers --- */

static int key_compare(const void *a, const void *b)
{
	const struct key *x = a, *y = b;
	int order = memcmp(x->text, y->text, x->size < y->size ? x->size : y->size);
	if (order != 0) {
		return order;
	}
	if (x->size != y->size) {
		return x->size < y->size ? -1 : 1;
	}
	return x->at < y->at ? -1 : 1;
}

static bool keys_differ(struct scan *scan, size_t first)
{
	size_t count = scan->key_count - first;
	if (count < 2) {
		return true;
	}
	struct key *keys = scan->keys + first;
	qsort(keys, count, sizeof *keys, key_compare);
	for (size_t i = 1; i < count; i++) {
		if (keys[i].size == keys[i - 1].size &&
			memcmp(keys[i].text, keys[i - 1].text, keys[i].size) == 0) {
			char *name = mem_strndup(scan->mem, keys[i].text, keys[i].size);
			return refuse(scan, keys[i].at,
				N_("the key \"{2}\" stands twice in one object, at line {0}, "
				   "character {1}"),
				name);
		}
	}
	return true;
}

static bool scan_key(struct scan *scan)
{
	struct key key = {.at = scan->at};
	char *none = NULL;
	if (!scan_string(scan, &none)) {
		return false;
	}
	key.text = key.at + 1;
	key.size = (size_t)(scan->at - key.text) - 1;
	if (memchr(key.text, '\\', key.size)) {
		/* Decoded it is never longer. */
		char *text = mem_array(scan->mem, char, key.size + 1), *out = text;
		scan->at = key.at;
		scan_string(scan, &out);
		key.text = text;
		key.size = (size_t)(out - text);
	}
	if (scan->key_count == scan->key_capacity) {
		scan->key_capacity = scan->key_capacity * 2 + 32;
		scan->keys = mem_grow(scan->mem, scan->keys, struct key, scan->key_capacity);
	}
	scan->keys[scan->key_count++] = key;
	return true;
}

static bool scan_member(struct scan *scan)
{
	skip_blanks(scan);
	if (!scan_key(scan)) {
		return false;
	}
	skip_blanks(scan);
	return take(scan, ':') ? scan_value(scan) : refuse_syntax(scan);
}

/* Elements or members up to `close`. */
static bool scan_items(struct scan *scan, char close)
{
	size_t first_key = scan->key_count;
	skip_blanks(scan);
	if (take(scan, close)) {
		return true;
	}
	do {
		if (!(close == '}' ? scan_member(scan) : scan_value(scan))) {
			return false;
		}
	} while (take(scan, ','));
	if (!take(scan, close)) {
		return refuse_syntax(scan);
	}
	bool ok = keys_differ(scan, first_key);
	scan->key_count = first_key;
	return ok;
}

static bool scan_container(struct scan *scan, char close)
{
	if (++scan->depth > JSON_DEPTH) {
		return refuse(scan, scan->at - 1,
			N_("too many objects and arrays in one another at line {0}, character {1}"),
			NULL);
	}
	bool ok = scan_items(scan, close);
	scan->depth--;
	return ok;
}

static bool scan_word(struct scan *scan)
{
	static const char *const words[] = {"true", "false", "null"};
	for (size_t i = 0; i < ARRAY_LEN(words); i++) {
		size_t size = strlen(words[i]);
		if ((size_t)(scan->end - scan->at) >= size &&
			memcmp(scan->at, words[i], size) == 0) {
			scan->at += size;
			return true;
		}
	}
	return scan_number(scan);
}

/* A value with the blanks around it. */
static bool scan_value(struct scan *scan)
{
	bool ok;
	skip_blanks(scan);
	if (++scan->values > JSON_VALUES) {
		return refuse(scan, scan->at,
			N_("more values than are read at once, at line {0}, character {1}; send "
			   "less"),
			NULL);
	}
	if (take(scan, '{')) {
		ok = scan_container(scan, '}');
	} else if (take(scan, '[')) {
		ok = scan_container(scan, ']');
	} else if (scan->at < scan->end && *scan->at == '"') {
		char *none = NULL;
		ok = scan_string(scan, &none);
	} else {
		ok = scan_word(scan);
	}
	skip_blanks(scan);
	return ok;
}

bool json_scan(const char *bytes, size_t size, int64_t line, struct error *err)
{
	struct scan scan = {
		.start = bytes,
		.at = bytes,
		.end = bytes + size,
		.line = line,
		.mem = mem_context(NULL),
		.err = err,
	};
	bool ok = scan_value(&scan) && (scan.at == scan.end || refuse_syntax(&scan));
	talloc_free(scan.mem);
	return ok;
}
