#include "test.h"

#include "base/clock.h"
#include "base/language.h"
#include "base/mem.h"
#include "console.h"
#include "core/problem.h"
#include "tui/words.h"

#include <string.h>

/*
 * Two consoles and a customer by chance on one desk: no change is malformed, no ticket has two
 * holders, and at the end the desk is in order (the fixture looks).
 */

enum { SEEDS = 4, STEPS = 250, TICKETS = 6 };

struct chance {
	uint64_t state;
};

/* splitmix64 (Steele, Lea, Flood 2014). */
static uint32_t draw(struct chance *chance, uint32_t below)
{
	uint64_t z = (chance->state += UINT64_C(0x9E3779B97F4A7C15));
	z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
	return (uint32_t)((z ^ (z >> 31)) % below);
}

static void some_key(struct console *console, struct chance *chance)
{
	static const char *const others[] = {"Enter", "Enter", "Esc", "Down", "Up", "'y'", "'n'",
		"'1'", "'2'", "'a'", "'w'", "'texto '", "y", "o"};
	if (draw(chance, 2) == 0) {
		console_keys(console, others[draw(chance, ARRAY_LEN(others))]);
		return;
	}
	const struct command *command =
		&console_commands[draw(chance, (uint32_t)console_command_count)];
	bool leaves = strcmp(command->name, "quit") == 0 || strcmp(command->name, "sign-out") == 0;
	if (command->keys[0] && !leaves) {
		console_keys(console, command->keys[0]);
	}
}

static void some_step(struct fixture *fixture, struct console *console, struct chance *chance,
	const int64_t *tickets)
{
	uint32_t what = draw(chance, 20);
	if (what < 14) {
		some_key(console, chance);
	} else if (what < 16) {
		console_hear(console);
	} else if (what < 18) {
		console_wait(console, draw(chance, draw(chance, 4) ? 3000 : 3 * MS_MINUTE));
	} else {
		struct change change = {.kind = CHANGE_RECEIVE,
			.ticket = tickets[draw(chance, TICKETS)],
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
	for (uint64_t seed = 1; seed <= SEEDS; seed++) {
		struct chance chance = {seed};
		fixture_setup(state);
		struct fixture *fixture = *state;
		int64_t tickets[TICKETS];
		for (size_t i = 0; i < TICKETS; i++) {
			char *address = mem_printf(fixture, "cliente%zu@example.com", i / 2);
			tickets[i] = fixture_ticket(fixture, address, "entrega");
		}
		struct console *consoles[] = {
			console_create(fixture, "ana"), console_create(fixture, "bruno")};
		for (int step = 0; step < STEPS; step++) {
			some_step(fixture, consoles[draw(&chance, 2)], &chance, tickets);
			check_holders(consoles[0], consoles[1]);
		}
		for (size_t i = 0; i < ARRAY_LEN(consoles); i++) {
			check_notices(consoles[i]);
			console_destroy(consoles[i]);
		}
		fixture_teardown(state);
	}
}

int main(void)
{
	language_setup("en");
	const struct CMUnitTest tests[] = {cmocka_unit_test(two_consoles_by_chance)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
