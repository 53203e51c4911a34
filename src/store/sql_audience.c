#include "store/writes.h"

#include "base/mem.h"
#include "codec/json.h"
#include "store/statement.h"

#include <string.h>

/* Who is told of a change: what its row in the log and the present tickets say about that. */

/* Whose it was until this change: his team's, his claim, his assignment. */
static void read_losers(const char *detail, struct audience *audience)
{
	static const char *const keys[AUDIENCE_LOSERS] = {
		"operator", "former_holder", "former_assignee"};
	void *scratch = mem_context(NULL);
	const struct json *json;
	if (json_parse(scratch, detail, strlen(detail), 1, &json, NULL)) {
		for (size_t i = 0; i < AUDIENCE_LOSERS; i++) {
			int64_t id;
			if (json_int(json_get(json, keys[i]), &id)) {
				audience->losers[audience->loser_count++] = id;
			}
		}
		json_int(json_get(json, "former_team"), &audience->former_team);
	}
	talloc_free(scratch);
}

/* The operators that a statement gives for this id. */
static bool read_ids(struct desk *desk, const void *mem, int statement, int64_t id,
	const int64_t **list, size_t *count, struct error *err)
{
	struct sql_query *query = sql_query(desk->sql, statement);
	int64_t *ids = mem_array(mem, int64_t, 0);
	bool has_row, ok;
	sql_bind_int(query, 1, id);
	while ((ok = sql_step(query, &has_row, err)) && has_row) {
		ids = mem_grow(mem, ids, int64_t, (unsigned)*count + 1);
		ids[(*count)++] = sql_int(query, 0);
	}
	sql_done(query);
	*list = ids;
	return ok;
}

static bool add_sight(struct desk *desk, const void *mem, int64_t number, struct audience *audience,
	struct error *err)
{
	void *scratch = mem_context(NULL);
	struct ticket ticket;
	struct claim claim;
	bool found, has_claim;
	bool ok = desk_ticket_get(desk->sql, scratch, number, &ticket, &found, err);
	if (!ok || !found) {
		talloc_free(scratch);
		return ok;
	}
	struct sight *sight = &audience->sights[audience->sight_count++];
	*sight = (struct sight){.team = ticket.team, .assignee = ticket.assignee};
	talloc_free(scratch);
	if (sight->team == 0) {
		return true; /* everybody's */
	}
	ok = desk_claim_get(desk->sql, number, &claim, &has_claim, err) &&
	     read_ids(desk, mem, INVOLVED_ALL, number, &sight->involved, &sight->involved_count,
		     err);
	if (ok && has_claim && claim_is_live(&claim, store_now(&desk->store))) {
		sight->holder = claim.operator_id;
	}
	return ok;
}

bool desk_audience(struct desk *desk, const void *mem, const struct feed_item *item,
	struct audience *audience, struct error *err)
{
	*audience = (struct audience){
		.actor = item->actor, .subject = change_kinds[item->kind].subject};
	if (item->ticket == 0) {
		audience->subject = audience->subject == ON_TICKET ? ON_DESK : audience->subject;
		return audience->subject != ON_LINE ||
		       read_ids(desk, mem, MEMO_READERS, item->revision, &audience->readers,
			       &audience->reader_count, err);
	}
	audience->subject = ON_TICKET;
	read_losers(item->detail, audience);
	return add_sight(desk, mem, item->ticket, audience, err) &&
	       (!item->other || add_sight(desk, mem, item->other, audience, err));
}

bool desk_audiences(struct store *store, const void *mem, const struct feed *feed,
	struct audience **audiences, struct error *err)
{
	struct desk *desk = desk_of(store);
	struct audience *all = mem_array(mem, struct audience, (unsigned)feed->count);
	bool ok = desk_read_begin(desk, err);
	for (size_t i = 0; ok && i < feed->count; i++) {
		ok = desk_audience(desk, all, &feed->items[i], &all[i], err);
	}
	desk_read_end(desk);
	*audiences = ok ? all : NULL;
	if (!ok) {
		talloc_free(all);
	}
	return ok;
}
