#include "store/replica_parts.h"

#include "base/mem.h"
#include "store/statement.h"

#include <string.h>

/* How the copy becomes what the desk says, and stays so. */

/* As much as is kept of what is not open. */
enum { KEPT_MOST = 2000 };

struct numbers {
	size_t count;
	int64_t *items;
};

static void numbers_add(const void *mem, struct numbers *numbers, int64_t number)
{
	for (size_t i = 0; i < numbers->count; i++) {
		if (numbers->items[i] == number) {
			return;
		}
	}
	if (number > 0) {
		numbers->items = mem_grow(mem, numbers->items, int64_t, numbers->count + 1);
		numbers->items[numbers->count++] = number;
	}
}

/* As many of the tickets as are told at once. */
static struct mirror_query tickets_from(const int64_t *numbers, size_t count, size_t first)
{
	size_t left = count - first;
	return (struct mirror_query){.part = MIRROR_TICKETS,
		.numbers = numbers + first,
		.count = left < MIRROR_TICKETS_MOST ? left : MIRROR_TICKETS_MOST};
}

bool sync_numbers(struct reach *reach, const int64_t *numbers, size_t count, struct error *err)
{
	bool ok = true;
	for (size_t i = 0; ok && i < count; i += MIRROR_TICKETS_MOST) {
		struct mirror_query query = tickets_from(numbers, count, i);
		ok = reach_refresh(reach, &query, NULL, NULL, NULL, err);
	}
	return ok;
}

/* --- is it still the same desk? --- */

static bool is_same(const struct copy_state *state, const struct mirror *mirror, int64_t actor)
{
	if (state->operator_id != actor) {
		return state->operator_id == 0 && state->known == 0;
	}
	return mirror->revision >= state->since &&
	       (state->known == 0 || uuid_equal(&mirror->known_id, &state->known_id));
}

/* Ticket numbers of one desk mean others on another. */
static bool strand(struct reach *reach, const struct copy_state *state, struct error *err)
{
	bool is_other = state->known != 0 && state->operator_id == reach->inner->actor;
	return !is_other || pending_strand(reach, err);
}

static void tell_round_trip(struct replica *replica, int64_t began_at)
{
	pthread_mutex_lock(&replica->lock);
	replica->status.round_trip_ms = clock_monotonic() - began_at;
	pthread_mutex_unlock(&replica->lock);
}

bool sync_check(struct reach *reach, struct error *err)
{
	struct copy_state state;
	struct told *told;
	if (reach->is_checked) {
		return true;
	}
	void *mem = mem_context(NULL);
	int64_t began_at = clock_monotonic();
	bool ok = reach_state(reach, &state, err) &&
		  reach_ask(reach, mem,
			  &(struct mirror_query){.part = MIRROR_STATE, .known = state.known}, &told,
			  err);
	if (ok) {
		tell_round_trip(reach->replica, began_at);
		reach->replica->attached = reach->inner->actor;
		bool same = is_same(&state, &told->mirror, reach->inner->actor);
		ok = same || (strand(reach, &state, err) && copy_clear(reach_copy(reach), err));
		ok = ok && reach_take(reach, &told, 1, NULL, NULL, err) &&
		     ((same && state.directory == told->mirror.directory) ||
			     sync_directory(reach, err));
	}
	reach->is_checked = ok;
	talloc_free(mem);
	return ok;
}

/* --- the directory --- */

static bool same_teams(const struct operator_ *a, const struct operator_ *b)
{
	if (a->team_count != b->team_count || a->role != b->role) {
		return false;
	}
	for (size_t i = 0; i < a->team_count; i++) {
		if (!operator_in_team(b, a->teams[i])) {
			return false;
		}
	}
	return true;
}

static bool note_operator(
	struct desk *copy, struct copy_state *state, void *data, struct error *err)
{
	const int64_t *actor = data;
	(void)copy;
	(void)err;
	state->operator_id = *actor;
	return true;
}

/* Who signed out has no tickets any more, which is told to his supervisors alone. */
static bool fetch_freed(struct reach *reach, const void *mem, const struct directory *before,
	const struct directory *after, struct error *err)
{
	struct numbers numbers = {0};
	bool ok = true;
	for (size_t i = 0; ok && i < before->operator_count; i++) {
		const struct operator_ *was = &before->operators[i];
		const struct operator_ *is = directory_operator(after, was->id);
		if (was->signed_in_at != 0 && (!is || is->signed_in_at != was->signed_in_at)) {
			ok = copy_numbers_of(reach_copy(reach), mem, true, was->id, &numbers.items,
				&numbers.count, err);
		}
	}
	return ok && sync_numbers(reach, numbers.items, numbers.count, err);
}

/* Other teams, another role: what he sees is something else, and is fetched from the beginning. */
static bool settle_directory(struct reach *reach, const void *mem, const struct directory *before,
	const struct directory *after, struct error *err)
{
	int64_t actor = reach->inner->actor;
	const struct operator_ *was = directory_operator(before, actor);
	const struct operator_ *is = directory_operator(after, actor);
	if (!was) {
		return true;
	}
	if (is && same_teams(was, is)) {
		return fetch_freed(reach, mem, before, after, err);
	}
	return copy_clear(reach_copy(reach), err) && sync_directory(reach, err);
}

bool sync_directory(struct reach *reach, struct error *err)
{
	void *mem = mem_context(NULL);
	struct directory *before = NULL, *after = NULL;
	struct store *inner;
	bool ok = reach_inner(reach, &inner, err) && reach_copy(reach) &&
		  store_directory_copy(reach->copy, mem, &before, err) &&
		  reach_refresh(reach, &(struct mirror_query){.part = MIRROR_DIRECTORY},
			  note_operator, &inner->actor, NULL, err) &&
		  store_directory_copy(reach->copy, mem, &after, err) &&
		  settle_directory(reach, mem, before, after, err);
	talloc_free(mem);
	return ok;
}

/* --- the first copy --- */

static bool note_begin(struct desk *copy, struct copy_state *state, void *data, struct error *err)
{
	const struct feed *feed = data;
	(void)copy;
	(void)err;
	state->since = state->log_from = feed->revision;
	return true;
}

static bool begin_fill(struct reach *reach, struct error *err)
{
	struct feed feed;
	struct store *inner;
	void *mem = mem_context(NULL);
	bool ok = reach_inner(reach, &inner, err) &&
		  reach_told(reach, store_feed(inner, mem, -1, 0, &feed, err), err) &&
		  reach_take(reach, NULL, 0, note_begin, &feed, err) &&
		  reach_refresh(reach, &(struct mirror_query){.part = MIRROR_MINE}, NULL, NULL,
			  NULL, err);
	talloc_free(mem);
	return ok;
}

static bool note_page(struct desk *copy, struct copy_state *state, void *data, struct error *err)
{
	const struct mirror *mirror = data;
	(void)copy;
	(void)err;
	state->is_complete = state->is_open_complete && !mirror->has_more;
	state->is_open_complete = state->is_open_complete || !mirror->has_more;
	state->has_after = mirror->has_more;
	state->after = mirror->next;
	return true;
}

bool sync_fill(struct reach *reach, bool *done, struct error *err)
{
	struct copy_state state;
	struct mirror mirror;
	*done = false;
	if (!reach_state(reach, &state, err)) {
		return false;
	}
	if (state.is_complete) {
		*done = true;
		return true;
	}
	if (state.since == 0 && !begin_fill(reach, err)) {
		return false;
	}
	struct mirror_query query = {.part = state.is_open_complete ? MIRROR_SNOOZED : MIRROR_OPEN,
		.after = state.after,
		.has_after = state.has_after,
		.limit = MIRROR_TICKETS_MOST};
	if (!reach_refresh(reach, &query, note_page, &mirror, &mirror, err)) {
		return false;
	}
	*done = state.is_open_complete && !mirror.has_more;
	return !*done || sync_tick(reach, err);
}

/* --- the feed --- */

struct heard {
	struct feed feed;
	struct numbers numbers;
	bool has_directory;
	int64_t now;
};

static bool note_item(struct reach *reach, const void *mem, const struct feed_item *item,
	struct heard *heard, struct error *err)
{
	enum change_subject subject = change_kinds[item->kind].subject;
	bool of_customers = item->kind == CHANGE_CUSTOMER_MERGE;
	struct desk *copy = reach_copy(reach);
	heard->has_directory = heard->has_directory || subject == ON_DESK ||
			       subject == ON_OPERATOR || item->kind == CHANGE_NONE;
	numbers_add(mem, &heard->numbers, item->ticket);
	if (!of_customers) {
		numbers_add(mem, &heard->numbers, item->other);
	}
	if (item->ticket && !of_customers) {
		return true;
	}
	const int64_t customers[] = {item->customer, of_customers ? item->other : 0};
	for (size_t i = 0; i < ARRAY_LEN(customers); i++) {
		if (customers[i] && !copy_numbers_of(copy, mem, false, customers[i],
					    &heard->numbers.items, &heard->numbers.count, err)) {
			return false;
		}
	}
	return true;
}

static bool note_heard(struct desk *copy, struct copy_state *state, void *data, struct error *err)
{
	const struct heard *heard = data;
	state->since = heard->feed.revision;
	state->presence = heard->feed.presence;
	state->data_at = heard->now;
	return copy_hear(copy, &heard->feed, state, err) && copy_trim(copy, KEPT_MOST, err);
}

static bool fetch_heard(
	struct reach *reach, const void *mem, struct heard *heard, struct error *err)
{
	const struct numbers *numbers = &heard->numbers;
	size_t rounds = (numbers->count + MIRROR_TICKETS_MOST - 1) / MIRROR_TICKETS_MOST;
	struct told **told = mem_array(mem, struct told *, rounds + 1);
	bool ok = true;
	for (size_t i = 0; ok && i < rounds; i++) {
		struct mirror_query query =
			tickets_from(numbers->items, numbers->count, i * MIRROR_TICKETS_MOST);
		ok = reach_ask(reach, mem, &query, &told[i], err);
	}
	heard->now = ok ? store_now(reach->inner) : 0;
	return ok && reach_take(reach, told, rounds, note_heard, heard, err);
}

static void tell_current(struct reach *reach, const struct copy_state *state)
{
	struct replica *replica = reach->replica;
	pthread_mutex_lock(&replica->lock);
	replica->status.data_at = state->data_at;
	pthread_cond_broadcast(&replica->moved);
	pthread_mutex_unlock(&replica->lock);
}

bool sync_feed(struct reach *reach, int wait_ms, bool *more, struct error *err)
{
	struct copy_state state;
	struct store *inner;
	struct heard heard = {0};
	void *mem = mem_context(NULL);
	*more = false;
	bool ok = reach_state(reach, &state, err) && reach_inner(reach, &inner, err) &&
		  reach_told(reach, store_feed(inner, mem, state.since, wait_ms, &heard.feed, err),
			  err);
	for (size_t i = 0; ok && i < heard.feed.count; i++) {
		ok = note_item(reach, mem, &heard.feed.items[i], &heard, err);
	}
	ok = ok && (!heard.has_directory || sync_directory(reach, err));
	struct copy_state after = state;
	ok = ok && reach_state(reach, &after, err);
	bool is_emptied = ok && after.since != state.since;
	ok = ok && (is_emptied || fetch_heard(reach, mem, &heard, err));
	if (ok && !is_emptied) {
		*more = heard.feed.count > 0 || heard.feed.revision > state.since;
		state.data_at = heard.now;
		tell_current(reach, &state);
	}
	talloc_free(mem);
	return ok;
}

/* --- what the feed does not tell --- */

static bool note_counts(struct desk *copy, struct copy_state *state, void *data, struct error *err)
{
	const struct counts *counts = data;
	(void)copy;
	(void)err;
	state->waiting = counts->waiting;
	state->snoozed = counts->snoozed;
	state->total = counts->open;
	return true;
}

static bool measure(struct reach *reach, struct counts *counts, struct error *err)
{
	struct store *inner;
	if (!reach_inner(reach, &inner, err)) {
		return false;
	}
	int64_t began_at = clock_monotonic();
	if (!reach_told(reach, store_counts(inner, counts, err), err)) {
		return false;
	}
	tell_round_trip(reach->replica, began_at);
	return true;
}

bool sync_tick(struct reach *reach, struct error *err)
{
	struct counts counts;
	struct mirror mirror;
	struct copy_state state;
	return measure(reach, &counts, err) &&
	       reach_refresh(reach, &(struct mirror_query){.part = MIRROR_CLAIMS}, note_counts,
		       &counts, &mirror, err) &&
	       reach_state(reach, &state, err) &&
	       (state.directory == mirror.directory || sync_directory(reach, err));
}

static bool sync_whole(struct reach *reach, struct error *err)
{
	void *mem = mem_context(NULL);
	struct desk *copy = reach_copy(reach);
	struct numbers numbers = {0};
	struct sql_query *query =
		sql_prepare(copy->sql, "SELECT number FROM copy_ticket WHERE is_gone = 0");
	bool has_row, ok;
	while ((ok = sql_step(query, &has_row, err)) && has_row) {
		numbers.items = mem_grow(mem, numbers.items, int64_t, numbers.count + 1);
		numbers.items[numbers.count++] = sql_int(query, 0);
	}
	sql_done(query);
	ok = ok && sync_numbers(reach, numbers.items, numbers.count, err);
	talloc_free(mem);
	return ok;
}

static bool fill_all(struct reach *reach, struct error *err)
{
	bool done = false;
	while (!done) {
		if (!sync_fill(reach, &done, err)) {
			return false;
		}
	}
	return true;
}

static bool hear_all(struct reach *reach, struct error *err)
{
	bool more = true;
	while (more) {
		if (!sync_feed(reach, 0, &more, err)) {
			return false;
		}
	}
	return true;
}

bool sync_all(struct reach *reach, struct error *err)
{
	return sync_check(reach, err) && fill_all(reach, err) && hear_all(reach, err) &&
	       fill_all(reach, err) && sync_tick(reach, err);
}

bool sync_strictly(struct reach *reach, int64_t *revision, struct error *err)
{
	struct copy_state state;
	int64_t before = *revision;
	reach->is_checked = false;
	*revision = 0;
	if (!sync_check(reach, err) || !reach_state(reach, &state, err)) {
		return false;
	}
	bool ok = before == state.known
			  ? sync_tick(reach, err)
			  : sync_directory(reach, err) && sync_all(reach, err) &&
				    sync_whole(reach, err) && reach_state(reach, &state, err);
	*revision = ok ? state.known : 0;
	return ok;
}
