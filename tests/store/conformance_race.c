#include "race.h"

#include "base/clock.h"
#include "base/mem.h"
#include "chance.h"
#include "codec/json.h"
#include "test.h"

#include <sched.h>
#include <stdlib.h>
#include <string.h>

/* Many processes on one desk, some of them killed: nobody wins twice, nothing told is lost. */

enum { QUICK_ROUNDS = 600, LONG_ROUNDS = 10000, RACERS = 8 };

static int64_t rounds = QUICK_ROUNDS;

static struct result apply(struct store *store, struct change *change)
{
	struct result result;
	struct error err = {0};
	change->actor = store_actor(store);
	if (uuid_is_zero(&change->id)) {
		change->id = uuid_make(store_now(store));
	}
	race_must(store_apply(store, change, 1, &result, &err), "apply", &err);
	return result;
}

/* --- twenty claim one ticket --- */

static void claim_the_one(struct race *race, int slot)
{
	struct store *store = race_open(race, slot);
	struct change claim = {.kind = CHANGE_CLAIM, .ticket = race->first};
	atomic_fetch_add(&race->rounds, 1);
	while (atomic_load(&race->rounds) < race->goal) {
		sched_yield(); /* all are at the line before one goes */
	}
	struct result result = apply(store, &claim);
	if (result.ok) {
		atomic_fetch_add(&race->won, 1);
	} else {
		bool told = result.err.code == ERROR_CONFLICT && result.holder != 0 &&
			    strncmp(result.err.arg[1], "op", 2) == 0;
		race_must(told, "the loser is told who holds it", &result.err);
		atomic_fetch_add(&race->refused, 1);
	}
	store_close(store);
}

static void one_of_twenty_wins(void **state)
{
	struct fixture *f = *state;
	struct race *race = race_create(f, 1, 20);
	fixture_rest(f);
	race_all(race, claim_the_one, 20);
	assert_int_equal(race->won, 1);
	assert_int_equal(race->refused, 19);
	fixture_wake(f);
	race_destroy(race);
}

/* --- writers get their turn --- */

static void write_in_turn(struct race *race, int slot)
{
	struct store *store = race_open(race, slot);
	atomic_fetch_add(&race->won, 1);
	while (atomic_load(&race->won) < RACERS) {
		sched_yield(); /* all are at the line before one goes */
	}
	while (atomic_fetch_add(&race->rounds, 1) < race->goal) {
		struct change note = {
			.kind = CHANGE_NOTE, .ticket = race->first + slot, .text = "Nota"};
		race_must(apply(store, &note).ok, "note", NULL);
		atomic_fetch_add(&race->done[slot], 1);
	}
	store_close(store);
}

static void every_writer_gets_its_share(void **state)
{
	struct fixture *f = *state;
	struct race *race = race_create(f, RACERS, 800);
	fixture_rest(f);
	race_all(race, write_in_turn, RACERS);
	for (int i = 0; i < RACERS; i++) {
		assert_true(race->done[i] >= race->goal / RACERS / 4);
	}
	fixture_wake(f);
	race_destroy(race);
}

/* --- claim, reply, release, take over, and kill --- */

static void expect_conflict(const struct result *result)
{
	race_must(result->err.code == ERROR_CONFLICT, "a conflict and nothing else", &result->err);
}

static void finish_reply(
	struct race *race, struct store *store, int slot, int64_t number, int64_t generation)
{
	struct change reply = fixture_reply(number, "Já segue.", OUTCOME_STAY_OPEN);
	reply.seen = INT64_C(1) << 40;
	reply.generation = generation;
	struct result result = apply(store, &reply);
	if (!result.ok) {
		expect_conflict(&result);
		return;
	}
	race_acknowledge(race, slot, &reply.id);
	struct result again = apply(store, &reply);
	race_must(again.ok && again.is_repeat && again.revision == result.revision,
		"a repeat gives the first result", &again.err);
}

static void finish(struct race *race, struct store *store, int slot, int64_t number,
	int64_t generation, uint64_t *state)
{
	struct change release = {
		.kind = CHANGE_RELEASE, .ticket = number, .generation = generation};
	struct result result;
	switch (chance(state, 5)) {
	case 0:
		result = apply(store, &release);
		if (result.ok) {
			race_acknowledge(race, slot, &release.id);
		} else {
			expect_conflict(&result);
		}
		break;
	case 1:
		break; /* left to run out */
	case 2:
		atomic_fetch_add(&race->now, 3 * MS_MINUTE);
		finish_reply(race, store, slot, number, generation);
		break;
	default:
		finish_reply(race, store, slot, number, generation);
		break;
	}
}

static void answer_by_chance(struct race *race, int slot)
{
	struct store *store = race_open(race, slot);
	uint64_t state = (uint64_t)store_now(store) * 31 + (uint64_t)slot;
	while (atomic_fetch_add(&race->rounds, 1) < race->goal) {
		bool take = slot % 4 == 3 && chance(&state, 2) == 0;
		struct change claim = {.kind = take ? CHANGE_TAKE_OVER : CHANGE_CLAIM,
			.ticket = race->first + (int64_t)chance(&state, (uint64_t)race->count)};
		struct result result = apply(store, &claim);
		if (result.ok) {
			race_acknowledge(race, slot, &claim.id);
			finish(race, store, slot, claim.ticket, result.generation, &state);
		} else {
			expect_conflict(&result);
			atomic_fetch_add(&race->now, MS_SECOND);
		}
	}
	store_close(store);
}

/* --- what the log says afterwards --- */

struct lease {
	int64_t operator_id, generation, until_at;
};

struct replay {
	struct fixture *f;
	const struct race *race;
	struct lease *leases; /* by ticket, from race->first on */
	int64_t *answered;    /* generations */
	size_t answered_count;
	struct uuid *ids;
	size_t id_count;
};

static struct lease *lease_of(struct replay *replay, int64_t ticket)
{
	return &replay->leases[ticket - replay->race->first];
}

/* Tickets come in pairs of one customer. */
static int64_t sibling(const struct replay *replay, int64_t ticket)
{
	return replay->race->first + ((ticket - replay->race->first) ^ 1);
}

static int64_t number_in(struct replay *replay, const char *detail, const char *key)
{
	const struct json *json;
	int64_t value = 0;
	void *scratch = mem_context(replay->f);
	assert_true(json_parse(scratch, detail, strlen(detail), 1, &json, NULL));
	json_int(json_get(json, key), &value);
	talloc_free(scratch);
	return value;
}

static void replay_claim(struct replay *replay, const struct feed_item *item)
{
	struct lease *lease = lease_of(replay, item->ticket);
	struct lease *other = lease_of(replay, sibling(replay, item->ticket));
	bool live = lease->operator_id && lease->until_at > item->at;
	bool taken = item->kind == CHANGE_TAKE_OVER;
	assert_true(!live || lease->operator_id == item->actor || taken);
	bool covered = other->operator_id && other->operator_id != item->actor &&
		       other->until_at > item->at;
	bool renewed = live && lease->operator_id == item->actor;
	assert_true(!covered || taken || renewed); /* taken over beside it, it stays two */
	*lease = (struct lease){.operator_id = item->actor,
		.generation = renewed ? lease->generation : item->revision,
		.until_at = item->at + 2 * MS_MINUTE};
}

/* One answer for one claim. */
static void replay_reply(struct replay *replay, const struct feed_item *item)
{
	struct lease *lease = lease_of(replay, item->ticket);
	int64_t generation = number_in(replay, item->detail, "generation");
	assert_int_equal(generation, lease->generation);
	assert_int_equal(item->actor, lease->operator_id);
	for (size_t i = 0; i < replay->answered_count; i++) {
		assert_true(replay->answered[i] != generation);
	}
	replay->answered = mem_grow(
		replay->f, replay->answered, int64_t, (unsigned)replay->answered_count + 1);
	replay->answered[replay->answered_count++] = generation;
	*lease = (struct lease){0};
}

static void replay_item(struct replay *replay, const struct feed_item *item, int64_t revision)
{
	assert_int_equal(item->revision, revision);
	replay->ids = mem_grow(replay->f, replay->ids, struct uuid, (unsigned)replay->id_count + 1);
	replay->ids[replay->id_count++] = item->id;
	switch (item->kind) {
	case CHANGE_CLAIM:
	case CHANGE_TAKE_OVER:
		replay_claim(replay, item);
		break;
	case CHANGE_REPLY:
		replay_reply(replay, item);
		break;
	case CHANGE_RELEASE:
		*lease_of(replay, item->ticket) = (struct lease){0};
		break;
	default:
		break;
	}
}

static int compare_ids(const void *a, const void *b)
{
	return memcmp(a, b, sizeof(struct uuid));
}

static void nothing_told_is_lost(struct replay *replay, struct race *race)
{
	size_t count;
	struct uuid *told = race_acknowledged(race, replay->f, &count);
	qsort(replay->ids, replay->id_count, sizeof *replay->ids, compare_ids);
	for (size_t i = 0; i < count; i++) {
		assert_non_null(bsearch(
			&told[i], replay->ids, replay->id_count, sizeof *replay->ids, compare_ids));
	}
	assert_true(count > 0);
}

static void replay_all(struct fixture *f, struct race *race)
{
	struct replay replay = {.f = f,
		.race = race,
		.leases = mem_array(f, struct lease, (unsigned)race->count + 2)};
	struct feed feed = {0};
	int64_t revision = 0;
	do {
		feed = fixture_feed(f, NULL, feed.revision);
		for (size_t i = 0; i < feed.count; i++) {
			replay_item(&replay, &feed.items[i], ++revision);
		}
	} while (feed.count);
	nothing_told_is_lost(&replay, race);
}

static void killed_processes_leave_a_whole_desk(void **state)
{
	struct fixture *f = *state;
	struct race *race = race_create(f, 12, rounds);
	fixture_rest(f);
	race_killing(race, answer_by_chance, RACERS);
	f->now = atomic_load(&race->now);
	fixture_wake(f);
	replay_all(f, race);
	race_destroy(race);
}

int main(int argc, char **argv)
{
	if (argc > 1 && strcmp(argv[1], "--long") == 0) {
		rounds = LONG_ROUNDS;
	}
	const struct CMUnitTest tests[] = {
		with_fixture(one_of_twenty_wins),
		with_fixture(every_writer_gets_its_share),
		with_fixture(killed_processes_leave_a_whole_desk),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
