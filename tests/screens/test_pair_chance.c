#include "test.h"

#include "base/clock.h"
#include "base/language.h"
#include "base/mem.h"
#include "chance.h"
#include "console.h"
#include "core/problem.h"
#include "tui/words.h"

#include <string.h>

/*
 * Two consoles and a customer by chance on one desk: no change is malformed, no ticket has two
 * holders, and at the end the desk is in order (the fixture looks).
 */

enum { SEEDS = 4, SEEDS_LONG = 2000, STEPS = 250, TICKETS = 6 };

static void some_key(struct console *console, struct chance *chance)
{
	console_keys(console, chance_key(chance));
}

static void some_step(struct fixture *fixture, struct console *console, struct chance *chance,
	const int64_t *tickets)
{
	uint32_t what = chance_draw(chance, 20);
	if (console->model->is_leaving) {
		return;
	}
	if (what < 14) {
		some_key(console, chance);
	} else if (what < 16) {
		console_hear(console);
	} else if (what < 18) {
		console_wait(console,
			chance_draw(chance, chance_draw(chance, 4) ? 3000 : 3 * MS_MINUTE));
	} else {
		struct change change = {.kind = CHANGE_RECEIVE,
			.ticket = tickets[chance_draw(chance, TICKETS)],
			.text = "mais uma coisa"};
		fixture_try(fixture, NULL, change);
	}
}

/* A change that the rules cannot even read is a fault of the console, not of its operator. */
static void check_notices(const struct console *console)
{
	static const enum problem faults[] = {
		PROBLEM_UNKNOWN_FIELD, PROBLEM_MISSING, PROBLEM_VALUE, PROBLEM_CHANGE_ID};
	for (size_t i = 0; i < console->model->notices.count; i++) {
		const char *text = console->model->notices.items[i].text;
		for (size_t n = 0; n < ARRAY_LEN(faults); n++) {
			/* The sentence from behind its last argument on tells it. */
			const char *end = strrchr(problem_infos[faults[n]].text, '}');
			if (end && strstr(text, end + 1)) {
				fail_msg("malformed: %s", text);
			}
		}
	}
}

static void check_holders(const struct console *a, const struct console *b)
{
	for (size_t i = 0; i < a->model->claims.count; i++) {
		const struct held *held = &a->model->claims.items[i];
		const struct held *other = claims_get(b->model, held->ticket);
		/* Before the feed is heard both may believe it; never under one generation. */
		assert_true(!other || other->generation != held->generation);
	}
}

static void two_consoles_by_chance(void **state)
{
	const struct chance_run *run = *state;
	for (uint64_t seed = run->first; seed <= run->last; seed++) {
		struct chance chance = {seed};
		void *fixture_state;
		print_message("# seed %llu\n", (unsigned long long)seed);
		fixture_setup(&fixture_state);
		struct fixture *fixture = fixture_state;
		int64_t tickets[TICKETS];
		for (size_t i = 0; i < TICKETS; i++) {
			char *address = mem_printf(fixture, "cliente%zu@example.com", i / 2);
			tickets[i] = fixture_ticket(fixture, address, "entrega");
		}
		struct console *consoles[] = {
			console_create(fixture, "ana"), console_create(fixture, "bruno")};
		for (size_t i = 0; i < ARRAY_LEN(consoles); i++) {
			consoles[i]->watch = watch_create(consoles[i]);
		}
		for (int step = 0; step < STEPS; step++) {
			some_step(fixture, consoles[chance_draw(&chance, 2)], &chance, tickets);
			check_holders(consoles[0], consoles[1]);
		}
		for (size_t i = 0; i < ARRAY_LEN(consoles); i++) {
			check_notices(consoles[i]);
			console_destroy(consoles[i]);
		}
		fixture_teardown(&fixture_state);
	}
}

int main(int argc, char **argv)
{
	struct chance_run run = chance_run_of(argc, argv, SEEDS, SEEDS_LONG);
	language_setup("en");
	const struct CMUnitTest tests[] = {cmocka_unit_test_prestate(two_consoles_by_chance, &run)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
