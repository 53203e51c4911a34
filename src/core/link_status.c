#include "core/link_status.h"

/* Round trips differ all the time; one by less is not worth a line of its own. */
enum { STEADY_MS = 20 };

static bool is_near(int64_t a, int64_t b)
{
	return a - b <= STEADY_MS && b - a <= STEADY_MS;
}

bool link_status_equal(const struct link_status *a, const struct link_status *b)
{
	bool is_down = a->state >= LINK_STATE_RECONNECTING;
	return a->state == b->state && is_near(a->round_trip_ms, b->round_trip_ms) &&
	       (!is_down || a->data_at == b->data_at) && a->waiting == b->waiting &&
	       a->refused == b->refused && a->is_syncing == b->is_syncing &&
	       a->synced == b->synced && a->total == b->total && a->err.code == b->err.code;
}
