#include "core/claim.h"

#include <stddef.h>

bool claim_is_live(const struct claim *claim, int64_t now)
{
	return claim && claim->operator_id && claim->expires_at > now;
}

bool claim_is_held_by(const struct claim *claim, int64_t operator_id, int64_t now)
{
	return claim_is_live(claim, now) && claim->operator_id == operator_id;
}
