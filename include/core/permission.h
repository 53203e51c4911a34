#ifndef ATENDE_CORE_PERMISSION_H
#define ATENDE_CORE_PERMISSION_H

#include "core/audience.h"
#include "core/claim.h"
#include "core/directory.h"
#include "core/ticket.h"

#include <stdbool.h>

/* Who sees what: the one place that says so. */

/*
 * An operator sees tickets of his teams, tickets without a team, those he holds, is assigned, or is
 * involved in (mentioned, his team asked). Supervisors as operators, of their teams; admins all.
 */
bool permission_sees_ticket(const struct operator_ *operator_, const struct ticket *ticket,
	const struct claim *claim, bool is_involved);

/* A supervisor (or admin) may act for this operator: they share a team, or he is in none. */
bool permission_supervises(const struct operator_ *supervisor, const struct operator_ *operator_);

/* Another's draft: his supervisor, or the present holder of the ticket. */
bool permission_sees_draft(const struct operator_ *reader, const struct operator_ *author,
	const struct claim *claim, int64_t now);

/*
 * A change is told to its author and to whoever sees one of its tickets or lost sight of it by the
 * change; the day of an operator to who supervises him; a memo to who got it; what else is no
 * ticket's to everybody.
 */
bool permission_hears(const struct operator_ *reader, const struct directory *directory,
	const struct audience *audience);

#endif
