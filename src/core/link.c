#include "core/link.h"

#include "base/mem.h"
#include "base/text.h"

#include <string.h>
#include <strings.h>

/* The characters of a URI that are neither letter nor digit; others than ASCII are let in, people
 * write "…/praça". */
#define URI_MARKS "-._~:/?#[]@!$&'()*+,;=%"

static const char *const schemes[] = {"https://", "http://", "mailto:", "tel:"};

static bool is_uri_rune(uint32_t rune)
{
	return text_is_word(rune) || (rune > 0 && rune < 0x7F && strchr(URI_MARKS, (int)rune));
}

/* The bytes of the scheme that begins here; 0: none does. */
static size_t scheme_length(const char *text)
{
	for (size_t i = 0; i < ARRAY_LEN(schemes); i++) {
		size_t length = strlen(schemes[i]);
		if (strncasecmp(text, schemes[i], length) == 0) {
			return length;
		}
	}
	return 0;
}

/* How many more of `opens` than of `closes`. */
static long balance_of(const char *text, size_t length, char opens, char closes)
{
	long balance = 0;
	for (size_t i = 0; i < length; i++) {
		balance += text[i] == opens;
		balance -= text[i] == closes;
	}
	return balance;
}

/* Without what belongs to the sentence around it. */
static size_t trim(const char *text, size_t length)
{
	long round = balance_of(text, length, '(', ')');
	long square = balance_of(text, length, '[', ']');
	for (; length > 0; length--) {
		char last = text[length - 1];
		if (last == ')' && round < 0) {
			round++;
		} else if (last == ']' && square < 0) {
			square++;
		} else if (!strchr(".,;:!?'*_", last)) {
			break;
		}
	}
	return length;
}

/* The bytes of the link that begins here; 0: none does. */
static size_t link_length(const char *text)
{
	size_t scheme = scheme_length(text);
	size_t length = scheme;
	size_t n;
	if (scheme == 0) {
		return 0;
	}
	while (is_uri_rune(text_rune(text + length, &n)) && n > 0) {
		length += n;
	}
	length = trim(text, length);
	return length > scheme ? length : 0;
}

struct link_spans links_find(const void *mem, const char *text)
{
	struct link_spans links = {0};
	bool in_word = false;
	for (size_t at = 0; text[at];) {
		size_t n;
		bool may_begin = !in_word && text[at] && strchr("hHmMtT", text[at]);
		size_t length = may_begin ? link_length(text + at) : 0;
		if (length) {
			links.items = mem_grow(mem, links.items, struct link_span, links.count + 1);
			links.items[links.count++] = (struct link_span){at, length};
			at += length;
			in_word = false;
			continue;
		}
		in_word = text_is_word(text_rune(text + at, &n));
		at += n;
	}
	return links;
}

bool link_is_whole(const char *text)
{
	return *text && link_length(text) == strlen(text);
}
