#include "store/search.h"

#include "base/mem.h"
#include "base/text.h"

#include <ctype.h>
#include <string.h>

enum { BEFORE_CHARS = 40, SNIPPET_CHARS = 120, PLAIN_MAX = 32 };

static size_t word_length(const char *text)
{
	size_t length = 0, size;
	for (uint32_t rune; (rune = text_rune(text + length, &size)), size > 0; length += size) {
		if (!text_is_word(rune)) {
			break;
		}
	}
	return length;
}

/* The first word of what a term asks for, in `length` bytes: of "foo-bar" foo. */
static const char *first_word(const struct filter_term *term, size_t *length)
{
	const char *word = term->word;
	size_t size;
	for (uint32_t rune; (rune = text_rune(word, &size)), size > 0; word += size) {
		if (text_is_word(rune)) {
			break;
		}
	}
	*length = word_length(word);
	return word;
}

/* Most words need no allocation to be folded. */
static bool is_plain(const char *word, size_t length)
{
	for (size_t i = 0; i < length; i++) {
		if ((unsigned char)word[i] >= 0x80) {
			return false;
		}
	}
	return true;
}

static bool is_asked_for(const char *folded, const struct filter *filter)
{
	for (size_t i = 0; i < filter->count; i++) {
		const struct filter_term *term = &filter->terms[i];
		size_t length;
		if (term->kind != TERM_WORD || term->negated) {
			continue;
		}
		const char *word = first_word(term, &length);
		bool begins = length > 0 && strncmp(folded, word, length) == 0;
		if (begins && (folded[length] == '\0' || (term->prefix && !word[length]))) {
			return true;
		}
	}
	return false;
}

static bool is_word_asked_for(const char *text, size_t length, const struct filter *filter)
{
	char plain[PLAIN_MAX + 1];
	if (length <= PLAIN_MAX && is_plain(text, length)) {
		for (size_t i = 0; i < length; i++) {
			plain[i] = (char)tolower((unsigned char)text[i]);
		}
		plain[length] = '\0';
		return is_asked_for(plain, filter);
	}
	char *word = mem_strndup(NULL, text, length);
	bool found = is_asked_for(text_fold(word, word), filter);
	talloc_free(word);
	return found;
}

/* Where the first asked word begins; 0 when there is none. */
static size_t find_word(const char *text, const struct filter *filter)
{
	size_t at = 0;
	while (text[at]) {
		size_t length = word_length(text + at);
		if (length == 0) {
			size_t size;
			text_rune(text + at, &size);
			at += size;
			continue;
		}
		if (is_word_asked_for(text + at, length, filter)) {
			return at;
		}
		at += length;
	}
	return 0;
}

/* Back by so many characters, then on to the beginning of a word. */
static size_t step_back(const char *text, size_t at)
{
	size_t from = at;
	for (int i = 0; i < BEFORE_CHARS && from > 0; i++) {
		from -= text_grapheme_before(text, from);
	}
	if (from == 0) {
		return 0;
	}
	while (from < at && !strchr(" \n\t", text[from])) {
		from++;
	}
	return from;
}

char *snippet_make(const void *mem, const char *text, const struct filter *filter)
{
	size_t from = step_back(text, find_word(text, filter));
	size_t end = from;
	for (int i = 0; i < SNIPPET_CHARS && text[end]; i++) {
		end += text_grapheme(text + end);
	}
	char *line = text_clean_line(NULL, text + from, end - from, NULL);
	char *snippet = mem_printf(mem, "%s%s%s", from > 0 ? "…" : "", line, text[end] ? "…" : "");
	talloc_free(line);
	return snippet;
}
