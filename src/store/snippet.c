#include "store/search.h"

#include "base/mem.h"
#include "base/text.h"

#include <ctype.h>
#include <string.h>

enum { BEFORE_BYTES = 40, SNIPPET_BYTES = 130, PLAIN_MAX = 32 };

static size_t word_length(const char *text)
{
	size_t length = 0, size;
	for (;;) {
		unsigned char byte = (unsigned char)text[length];
		if (isalnum(byte) || byte == '_') {
			length++;
			continue;
		}
		if (byte < 0x80 || !text_is_word(text_rune(text + length, &size))) {
			return length;
		}
		length += size;
	}
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
			at++; /* also through the bytes of other characters */
			continue;
		}
		if (is_word_asked_for(text + at, length, filter)) {
			return at;
		}
		at += length;
	}
	return 0;
}

/* Back by so many bytes, then on to the beginning of a word. */
static size_t step_back(const char *text, size_t at)
{
	if (at <= BEFORE_BYTES) {
		return 0;
	}
	for (size_t from = at - BEFORE_BYTES; from < at; from++) {
		if (strchr(" \n\t", text[from])) {
			return from + 1;
		}
	}
	return at;
}

/* The end of the last word that fits, or at least of the last character. */
static size_t cut_length(const char *text)
{
	size_t length = strlen(text);
	if (length <= SNIPPET_BYTES) {
		return length;
	}
	for (size_t end = SNIPPET_BYTES; end > SNIPPET_BYTES / 2; end--) {
		if (strchr(" \n\t", text[end])) {
			return end;
		}
	}
	return text_cut(text, SNIPPET_BYTES);
}

/* White space runs as one blank. */
static char *one_line(const void *mem, const char *text, size_t length)
{
	char *line = mem_array(mem, char, length + 1);
	size_t at = 0;
	for (size_t i = 0; i < length; i++) {
		bool is_blank = strchr(" \n\t", text[i]) != NULL;
		if (!is_blank) {
			line[at++] = text[i];
		} else if (at > 0 && line[at - 1] != ' ') {
			line[at++] = ' ';
		}
	}
	return line;
}

char *snippet_make(const void *mem, const char *text, const struct filter *filter)
{
	size_t from = step_back(text, find_word(text, filter));
	size_t length = cut_length(text + from);
	char *line = one_line(NULL, text + from, length);
	bool has_rest = !text_is_blank(text + from + length);
	char *snippet = mem_printf(mem, "%s%s%s", from > 0 ? "…" : "", line, has_rest ? "…" : "");
	talloc_free(line);
	return snippet;
}
