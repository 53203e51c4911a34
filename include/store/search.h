#ifndef ATENDE_STORE_SEARCH_H
#define ATENDE_STORE_SEARCH_H

#include "core/filter.h"
#include "core/query.h"
#include "store/desk.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * The parts of a search: what is asked of the full-text index, which tickets are meant directly,
 * what of a text is shown. Nobody outside store includes this.
 */

/* --- search_match.c --- */

/*
 * The words of a filter in the language of FTS5, on mem: each in quotes, so that nothing that was
 * typed is syntax. A prefix of one letter counts as a word: a tenth of all words begin with it.
 */
struct match {
	bool is_void;	      /* only signs that the index does not know: nothing is found */
	bool has_long_prefix; /* gathered anew for each query, whatever it is joined with */
	const char *wanted;   /* all of these; NULL: any text … */
	const char *unwanted; /* … but one of these; NULL: none */
	/* Long prefixes that are wanted, too, and that a text can be asked for itself, the longest
	 * first: the index is asked for so many of them, for each costs tens of milliseconds. */
	size_t prefix_count;
	const char **prefixes;
	size_t gathered_count;
};

/* INVALID for more than 64 words. */
bool match_make(
	const void *mem, const struct filter *filter, struct match *match, struct error *err);

/* The same but for the prefixes, for the stretch of texts around id. On mem; NULL when there are no
 * words at all. */
char *match_within(const void *mem, const struct match *match, int64_t id);
/* … and for all stretches, with the prefixes that are gathered; only with wanted words. */
char *match_everywhere(const void *mem, const struct match *match);

/* --- search_direct.c --- */

/*
 * Tickets that the text names as a whole: their number (with or without '#'), a number in another
 * system, or an address, telephone, CPF or CNPJ of the customer, of whose tickets the newest 20
 * count. In that order, each once; whether the actor may see them is not asked. On mem.
 */
bool search_direct(struct desk *desk, const void *mem, const char *text, int64_t **numbers,
	size_t *count, struct error *err);

/* --- snippet.c --- */

/* About 120 bytes of text around the first word that the filter asks for, in one line, with
 * "…" where it was cut; the beginning when no word is in it. On mem. */
char *snippet_make(const void *mem, const char *text, const struct filter *filter);

#endif
