#ifndef ATENDE_CORE_AUDIENCE_H
#define ATENDE_CORE_AUDIENCE_H

#include "core/change.h"

#include <stddef.h>
#include <stdint.h>

/*
 * What decides who is told of a change (permission_hears): loaded once for all readers. Plain data
 * but for the lists, which live on the mem of whoever loaded them.
 */

/* Of a ticket, as it is now. */
struct sight {
	int64_t team, assignee;
	int64_t holder; /* of a live claim; 0: none */
	size_t involved_count;
	const int64_t *involved; /* operators that are mentioned, or of a team that is asked */
};

enum { AUDIENCE_SIGHTS = 2, AUDIENCE_LOSERS = 3 };

struct audience {
	int64_t actor; /* 0: the desk itself */
	enum change_subject subject;
	size_t sight_count;
	struct sight sights[AUDIENCE_SIGHTS]; /* its ticket, and the other one */
	/* Who had the ticket until this change: by name, and a team. */
	size_t loser_count;
	int64_t losers[AUDIENCE_LOSERS];
	int64_t former_team; /* TEAM_NONE: it was nobody's, so that everybody saw it */
	/* Whose a memo is. */
	size_t reader_count;
	const int64_t *readers;
};

#endif
