#include "tui/fuzzy.h"

#include "base/mem.h"

#include <stdbool.h>
#include <string.h>

enum { FIT_NONE, FIT_GAPS, FIT_INSIDE, FIT_WORD, FIT_BEGINNING, FIT_WHOLE };

static bool is_gap(char c)
{
	return strchr(" \n-_.,;:@/()", c) != NULL;
}

static bool begins_word(const char *text, const char *at)
{
	return at == text || is_gap(at[-1]);
}

static bool has_gapped(const char *from, const char *word, size_t length)
{
	size_t found = 0;
	for (const char *at = from; *at && *at != '\n' && found < length; at++) {
		found += *at == word[found];
	}
	return found == length;
}

static int fit_gapped(const char *text, const char *word, size_t length)
{
	for (const char *at = text; length > 1 && *at && *at != '\n'; at++) {
		if (*at == *word && begins_word(text, at) && has_gapped(at, word, length)) {
			return FIT_GAPS;
		}
	}
	return FIT_NONE;
}

static int fit_word(const char *text, const char *word, size_t length)
{
	int best = fit_gapped(text, word, length);
	char *part = mem_strndup(NULL, word, length);
	for (const char *at = text; (at = strstr(at, part)) != NULL; at++) {
		bool is_whole = at[length] == '\0' || is_gap(at[length]);
		int fit = at == text		  ? is_whole ? FIT_WHOLE : FIT_BEGINNING
			  : begins_word(text, at) ? FIT_WORD
						  : FIT_INSIDE;
		best = fit > best ? fit : best;
	}
	talloc_free(part);
	return best;
}

int fuzzy_score(const char *folded, const char *typed)
{
	int score = FUZZY_LOOSE + 1;
	for (const char *at = typed + strspn(typed, " "); *at; at += strspn(at, " ")) {
		size_t length = strcspn(at, " ");
		int fit = fit_word(folded, at, length);
		if (fit == FIT_NONE) {
			return 0;
		}
		score = fit == FIT_GAPS || score == FUZZY_LOOSE ? FUZZY_LOOSE : score + fit;
		at += length;
	}
	return score;
}

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* The optimal string alignment distance, three rows of its table at a time. */
size_t fuzzy_distance(const char *a, const char *b)
{
	size_t width = strlen(b) + 1;
	size_t *table = mem_array(NULL, size_t, width * 3);
	size_t *before = table, *last = table + width, *row = table + 2 * width;
	for (size_t n = 0; n < width; n++) {
		row[n] = n;
	}
	for (size_t i = 1; a[i - 1]; i++) {
		size_t *oldest = before;
		before = last;
		last = row;
		row = oldest;
		row[0] = i;
		for (size_t n = 1; n < width; n++) {
			size_t replaced = last[n - 1] + (a[i - 1] != b[n - 1]);
			row[n] = least(replaced, least(last[n], row[n - 1]) + 1);
			bool is_swapped =
				i > 1 && n > 1 && a[i - 1] == b[n - 2] && a[i - 2] == b[n - 1];
			row[n] = is_swapped ? least(row[n], before[n - 2] + 1) : row[n];
		}
	}
	size_t distance = row[width - 1];
	talloc_free(table);
	return distance;
}
