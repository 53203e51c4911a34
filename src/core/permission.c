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
