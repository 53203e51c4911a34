#include "core/link_status.h"

enum { STEADY_MS = 20 };

bool link_is_steady(int64_t a_ms, int64_t b_ms)
{
	return a_ms - b_ms <= STEADY_MS && b_ms - a_ms <= STEADY_MS;
}

bool link_status_equal(const struct link_status *a, const struct link_status *b)
{
	bool is_down = a->state >= LINK_STATE_RECONNECTING;
	return a->state == b->state && link_is_steady(a->round_trip_ms, b->round_trip_ms) &&
	       (!is_down || a->data_at == b->data_at) && a->waiting == b->waiting &&
	       a->refused == b->refused && a->is_syncing == b->is_syncing &&
	       a->synced == b->synced && a->total == b->total && a->err.code == b->err.code;
}
