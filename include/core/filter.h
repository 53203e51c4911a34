#ifndef ATENDE_CORE_FILTER_H
#define ATENDE_CORE_FILTER_H

#include "base/error.h"
#include "core/directory.h"
#include "core/ticket.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * The language of `/`, `f` and `search`: words (all must occur), `!word`, "phrases", prefixes
 * `word*`, and terms `team:entrega channel:email state:resolved due:<1h waiting:>2h priority:high
 * tag:vip assignee:ana holder:bruno reason:entrega before:2026-01-31 after:2026-01-01 is:free
 * is:mine is:overdue number:1001`, each negated by a leading '!'.
 *
 * Terms of one name are alternatives (`team:a team:b`), but is, due, waiting, before and after must
 * all hold, and so must everything negated. team, assignee and holder also take "none", the latter
 * two "me". A reason stands for those below it too. Dates are of the ticket's opening: before is
 * exclusive, after inclusive. `due:1h` is `due:<1h`, `waiting:1h` is `waiting:>1h`.
 */

enum filter_term_kind {
	TERM_WORD,
	TERM_TEAM,
	TERM_CHANNEL,
	TERM_STATE,
	TERM_DUE,
	TERM_WAITING,
	TERM_PRIORITY,
	TERM_TAG,
	TERM_ASSIGNEE,
	TERM_HOLDER,
	TERM_REASON,
	TERM_BEFORE,
	TERM_AFTER,
	TERM_IS,
	TERM_NUMBER,
};

/* The actor, for assignee: and holder:. */
#define FILTER_ME INT64_C(-1)

enum filter_is { IS_NONE, IS_FREE, IS_MINE, IS_OVERDUE };

struct filter_term {
	enum filter_term_kind kind;
	bool negated;
	bool phrase, prefix; /* of a word */
	bool above;	     /* due:>, waiting:> */
	char *word;	     /* folded, for words; a tag */
	int64_t value;	     /* id, enum, ms, instant; FILTER_ME */
};

struct filter {
	size_t count;
	struct filter_term *terms;
	char *text; /* of which it was parsed, and with what */
	int64_t offset_ms;
};

/*
 * Names are looked up in the directory: INVALID names the term and what would be right. offset_ms
 * is the reader's local time, for dates. An empty text is an empty filter, which matches all. On
 * mem.
 */
bool filter_parse(const void *mem, const char *text, const struct directory *directory,
	int64_t offset_ms, struct filter *filter, struct error *err);

/* Whose tickets alone it lets through, by their assignee; 0: anybody's. */
int64_t filter_assignee(const struct filter *filter, int64_t actor);

/* What a filter looks at in a row of a list. Strings as loaded; they are folded here. */
struct filter_row {
	const struct ticket *ticket;
	const char *customer_name, *address;
	int64_t holder; /* of a live claim, 0: free */
};

/* Words may stand anywhere in subject, name, address and tags, a prefix where a word begins; digits
 * also begin the number, or occur in the address read as digits. Allocates nothing. */
bool filter_matches(
	const struct filter *filter, const struct filter_row *row, int64_t actor, int64_t now);

/* The terms without the words: what a full-text search leaves to be checked. */
bool filter_matches_terms(
	const struct filter *filter, const struct filter_row *row, int64_t actor, int64_t now);

#endif
