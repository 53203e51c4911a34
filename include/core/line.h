#ifndef ATENDE_CORE_LINE_H
#define ATENDE_CORE_LINE_H

#include "base/error.h"
#include "core/directory.h"
#include "core/name.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * The internal line: who of the colleagues is where (presence), and what they write to each other
 * (memos). Strings live on the context of whoever loaded them and are never NULL.
 */

enum doing {
	DOING_GONE, /* the terminal was left; never in a list */
	DOING_HERE, /* somewhere else than in a ticket */
	DOING_READING,
	DOING_WRITING,
	DOING_CALLING,
	DOING_PAUSED, /* by the change pause, on all terminals at once */
};
extern const struct name_table doing_names;

enum {
	PRESENCE_MS = 60000,	    /* told no more for so long, it is over */
	PRESENCE_RENEW_MS = 25000,  /* told again after so long, though nothing is new */
	PRESENCE_TERMINAL_MAX = 64, /* bytes of a terminal's word */
	PRESENCE_TERMINALS = 16,    /* of an operator; the oldest give way */
};

/* What an operator does at a terminal: no change, no revision, over by itself. */
struct presence {
	int64_t operator_id;
	char *terminal; /* a word that the terminal chose, its own as long as it runs */
	int64_t ticket; /* 0: none, or one that the reader may not see */
	enum doing doing;
	int64_t since; /* it does this on this ticket */
	int64_t expires_at;
};
struct presence_list {
	size_t count;
	struct presence *items; /* by operator, then what began last */
};

/* What can be said of one without a desk: INVALID, reason "value", for a terminal that is no word,
 * or a doing that no terminal tells. */
bool presence_check(const struct presence *presence, struct error *err);

/* Changes when who is where does, and not when it only goes on. 0 for an empty list. */
int64_t presence_stamp(const struct presence_list *list);

enum { MEMO_TEXT_MAX = 2000 }; /* characters */

/*
 * A short text to an operator, to a team, or (operator_id and team 0) to all whom its author
 * supervises. Who reads it is settled when it is written. Its id is the revision of its change.
 */
struct memo {
	int64_t id;
	int64_t author; /* 0: the desk itself */
	int64_t at;
	int64_t operator_id;
	int64_t team;
	int64_t ticket; /* it is about; 0: none, or one that the reader may not see */
	char *text;
	bool is_unread; /* by the reader of the list */
};
struct memo_list {
	size_t count;
	struct memo *items; /* newest first */
	int64_t unread;	    /* of all, not of this page */
	bool has_more;
};
/* Back to a word: login, key, or what is said for "all". */
const char *memo_receiver_word(
	const struct directory *directory, const struct memo *memo, const char *all);

/*
 * Whom a word means that people write: a login, the key of a team, or "all" ("todos"), which leaves
 * both 0. NOT_FOUND for another.
 */
bool memo_receiver(const struct directory *directory, const char *word, int64_t *operator_id,
	int64_t *team, struct error *err);

struct memo_query {
	int64_t before; /* id of the last memo of the page before; 0: the newest */
	size_t limit;	/* 0: 50; at most 200 */
};

#endif
