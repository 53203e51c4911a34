#include "store/search.h"

#include "base/mem.h"
#include "base/text.h"
#include "store/text_index.h"

#include <string.h>

/* Prefixes of two and three letters have indexes of their own. */
enum { WORDS_MAX = 64, PREFIX_MIN = 2, PREFIX_INDEXED_MAX = 3, GATHERED_MAX = 3 };

/* A character of a token as unicode61 sees it. */
static bool is_token(uint32_t rune)
{
	return text_is_word(rune) && rune != '_';
}

static bool has_token(const char *word)
{
	size_t size;
	for (uint32_t rune; (rune = text_rune(word, &size)), size > 0; word += size) {
		if (is_token(rune)) {
			return true;
		}
	}
	return false;
}

/* Characters of the token at the end of the word. */
static size_t last_token(const char *word)
{
	size_t size, length = 0;
	for (uint32_t rune; (rune = text_rune(word, &size)), size > 0; word += size) {
		length = is_token(rune) ? length + 1 : 0;
	}
	return length;
}

/* "word" with its quotes doubled. */
static char *quote(const void *mem, const struct filter_term *term)
{
	bool prefix = term->prefix && last_token(term->word) >= PREFIX_MIN;
	char *quoted = mem_array(mem, char, 2 * strlen(term->word) + 4);
	char *to = quoted;
	*to++ = '"';
	for (const char *from = term->word; *from; from++) {
		if (*from == '"') {
			*to++ = '"';
		}
		*to++ = *from;
	}
	*to++ = '"';
	if (prefix) {
		*to++ = '*';
	}
	return quoted;
}

static const char *join(const void *mem, const char *before, const char *word, const char *between)
{
	return before ? mem_printf(mem, "%s %s %s", before, between, word) : word;
}

static bool is_long(const struct filter_term *term)
{
	return term->prefix && last_token(term->word) > PREFIX_INDEXED_MAX;
}

/* One token of which nobody doubts where it begins. */
static bool is_plain(const char *word)
{
	return strspn(word, "abcdefghijklmnopqrstuvwxyz0123456789") == strlen(word);
}

static void add_prefix(const void *mem, struct match *match, const char *word)
{
	size_t at = match->prefix_count++;
	match->prefixes = mem_grow(mem, match->prefixes, const char *, match->prefix_count);
	for (; at > 0 && strlen(match->prefixes[at - 1]) < strlen(word); at--) {
		match->prefixes[at] = match->prefixes[at - 1];
	}
	match->prefixes[at] = word;
}

bool match_make(
	const void *mem, const struct filter *filter, struct match *match, struct error *err)
{
	const char *wanted = NULL, *unwanted = NULL;
	size_t words = 0, known = 0;
	*match = (struct match){0};
	for (size_t i = 0; i < filter->count; i++) {
		const struct filter_term *term = &filter->terms[i];
		if (term->kind != TERM_WORD) {
			continue;
		}
		if (++words > WORDS_MAX) {
			return error_set_reason(err, ERROR_INVALID, "filter",
				N_("too many words to search for; write at most 64"), NULL);
		}
		if (!has_token(term->word)) {
			continue;
		}
		known++;
		match->has_long_prefix |= is_long(term);
		if (is_long(term) && !term->negated && is_plain(term->word)) {
			add_prefix(mem, match, term->word);
			continue;
		}
		char *word = quote(mem, term);
		if (term->negated) {
			unwanted = join(mem, unwanted, word, "OR");
		} else {
			wanted = join(mem, wanted, word, "AND");
		}
	}
	match->is_void = words > 0 && known == 0;
	match->wanted = wanted;
	match->unwanted = unwanted;
	match->gathered_count =
		match->prefix_count < GATHERED_MAX ? match->prefix_count : GATHERED_MAX;
	return true;
}

static char *without(const void *mem, char *wanted, const char *unwanted)
{
	return unwanted ? mem_printf(mem, "(%s) NOT (%s)", wanted, unwanted) : wanted;
}

char *match_within(const void *mem, const struct match *match, int64_t id)
{
	if (!match->wanted && !match->unwanted) {
		return NULL;
	}
	char *stretch = mem_printf(mem, "\"%s\"", text_index_stretch(mem, id));
	if (match->wanted) {
		stretch = mem_printf(mem, "%s AND %s", stretch, match->wanted);
	}
	return without(mem, stretch, match->unwanted);
}

char *match_everywhere(const void *mem, const struct match *match)
{
	const char *wanted = match->wanted;
	for (size_t i = 0; i < match->gathered_count; i++) {
		wanted = join(mem, wanted, mem_printf(mem, "\"%s\"*", match->prefixes[i]), "AND");
	}
	return without(mem, mem_strdup(mem, wanted), match->unwanted);
}
