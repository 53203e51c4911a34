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
	bool has_words;	      /* something was asked that the index knows … */
	bool is_void;	      /* … or only signs that it does not know: nothing is found */
	const char *wanted;   /* NULL: every text that is not … */
	const char *unwanted; /* … one of these; NULL: none. Only when wanted is NULL */
};

/* INVALID for more than 64 words. */
bool match_make(
	const void *mem, const struct filter *filter, struct match *match, struct error *err);

/* --- search_direct.c --- */

/*
 * Tickets that the text names as a whole: their number (with or without '#'), a number in another
 * system, or an address, telephone, CPF or CNPJ of the customer, of whose tickets the newest 20
 * count. In that order, each once; whether the actor may see them is not asked. On mem.
 */
bool search_direct(struct desk *desk, const void *mem, const char *text, int64_t **numbers,
	size_t *count, struct error *err);

/* --- snippet.c --- */

/* About 120 characters of text around the first word that the filter asks for, in one line, with
 * "…" where it was cut; the beginning when no word is in it. On mem. */
char *snippet_make(const void *mem, const char *text, const struct filter *filter);

#endif
