#ifndef ATENDE_STORE_SCOPE_H
#define ATENDE_STORE_SCOPE_H

#include "store/desk.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * What the handle's operator sees of the lists: the teams whose tickets are all his to see, and
 * beside them, ticket by ticket, what he holds, is assigned or is involved in. An admin and the
 * desk itself (actor 0) see every team and need nothing beside. It narrows down where to look;
 * whether a ticket is shown, core/permission.h says, row by row.
 *
 * Of his mentions the newest 100 count here, and of the unanswered questions to each of his teams:
 * a ticket with an older one still opens and is found, it only is not in the lists of other teams.
 */
struct scope {
	const struct operator_ *actor; /* NULL: the desk itself */
	bool sees_all;
	int64_t now;
	int64_t auto_resolve_ms;
	size_t team_count;
	int64_t *teams; /* 0, for tickets without a team, and those above */
};

/* Within a transaction. Valid as long as the directory; teams on mem. */
void scope_init(struct scope *scope, const struct desk *desk, const void *mem);
bool scope_has_team(const struct scope *scope, int64_t team);

/* The key of a ticket outside the scope's teams that the actor sees nevertheless, and more. */
struct scope_key {
	struct queue_key key;
	int64_t team;
	bool is_held; /* scope_mine only */
};

/*
 * Tickets in this state (open, waiting or snoozed, as it is written) of other teams that the actor
 * sees, in no order. On mem.
 */
bool scope_beside(struct desk *desk, const void *mem, const struct scope *scope,
	enum ticket_state state, struct scope_key **keys, size_t *count, struct error *err);

/* Snoozed tickets that are due and that the actor sees, with the key they have as open ones. */
bool scope_due(struct desk *desk, const void *mem, const struct scope *scope,
	struct scope_key **keys, size_t *count, struct error *err);

/* What is open or due and assigned to the actor, though that may be void, then what is open or due
 * and held by him. The same ticket may be in it twice. Not for actor 0. */
bool scope_mine(struct desk *desk, const void *mem, const struct scope *scope,
	struct scope_key **keys, size_t *count, struct error *err);

/* What is in this state (waiting or snoozed) and assigned to the operator, whoever sees it. */
bool scope_assigned(struct desk *desk, const void *mem, int64_t operator_id,
	enum ticket_state state, struct scope_key **keys, size_t *count, struct error *err);

/* Tickets with a question that the actor's teams have not answered yet, with the text's id in the
 * key. Not for actor 0. */
bool scope_asked(struct desk *desk, const void *mem, const struct scope *scope,
	struct scope_key **keys, size_t *count, struct error *err);

#endif
