#include "core/permission.h"

bool permission_sees_ticket(const struct operator_ *operator_, const struct ticket *ticket,
	const struct claim *claim, bool is_involved)
{
	if (operator_->role == ROLE_ADMIN || ticket->team == 0 || is_involved) {
		return true;
	}
	return operator_in_team(operator_, ticket->team) || ticket->assignee == operator_->id ||
	       (claim && claim->operator_id == operator_->id);
}

bool permission_supervises(const struct operator_ *supervisor, const struct operator_ *operator_)
{
	if (supervisor->role == ROLE_ADMIN) {
		return true;
	}
	if (supervisor->role != ROLE_SUPERVISOR) {
		return false;
	}
	if (operator_->team_count == 0) {
		return true;
	}
	for (size_t i = 0; i < operator_->team_count; i++) {
		if (operator_in_team(supervisor, operator_->teams[i])) {
			return true;
		}
	}
	return false;
}

bool permission_sees_draft(const struct operator_ *reader, const struct operator_ *author,
	const struct claim *claim, int64_t now)
{
	return reader->id == author->id || permission_supervises(reader, author) ||
	       claim_is_held_by(claim, reader->id, now);
}

/* --- who is told --- */

static bool has_id(const int64_t *ids, size_t count, int64_t id)
{
	for (size_t i = 0; i < count; i++) {
		if (ids[i] == id) {
			return true;
		}
	}
	return false;
}

static bool has_sight(const struct operator_ *reader, const struct sight *sight)
{
	struct ticket ticket = {.team = sight->team, .assignee = sight->assignee};
	struct claim claim = {.operator_id = sight->holder};
	return permission_sees_ticket(reader, &ticket, sight->holder ? &claim : NULL,
		has_id(sight->involved, sight->involved_count, reader->id));
}

static bool hears_of_ticket(const struct operator_ *reader, const struct audience *audience)
{
	for (size_t i = 0; i < audience->sight_count; i++) {
		if (has_sight(reader, &audience->sights[i])) {
			return true;
		}
	}
	return has_id(audience->losers, audience->loser_count, reader->id) ||
	       audience->former_team == TEAM_NONE ||
	       (audience->former_team && operator_in_team(reader, audience->former_team));
}

bool permission_hears(const struct operator_ *reader, const struct directory *directory,
	const struct audience *audience)
{
	if (reader->id == audience->actor) {
		return true;
	}
	if (audience->subject == ON_TICKET) {
		return hears_of_ticket(reader, audience);
	}
	if (audience->subject == ON_LINE) {
		return has_id(audience->readers, audience->reader_count, reader->id);
	}
	const struct operator_ *who = directory_operator(directory, audience->actor);
	return audience->subject != ON_OPERATOR || (who && permission_supervises(reader, who));
}
