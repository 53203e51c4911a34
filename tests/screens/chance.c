#include "chance.h"

#include "base/mem.h"
#include "tui/command.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* splitmix64 (Steele, Lea, Flood 2014). */
uint32_t chance_draw(struct chance *chance, uint32_t below)
{
	uint64_t z = (chance->state += UINT64_C(0x9E3779B97F4A7C15));
	z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
	return (uint32_t)((z ^ (z >> 31)) % below);
}

static const char *command_key(struct chance *chance)
{
	for (;;) {
		const struct command *command =
			&console_commands[chance_draw(chance, (uint32_t)console_command_count)];
		bool leaves = strcmp(command->name, "quit") == 0 ||
			      strcmp(command->name, "sign-out") == 0;
		size_t count = 0;
		while (count < COMMAND_KEYS && command->keys[count]) {
			count++;
		}
		if (!leaves && count > 0) {
			return command->keys[chance_draw(chance, (uint32_t)count)];
		}
	}
}

const char *chance_key(struct chance *chance)
{
	static const char *const others[] = {"Enter", "Enter", "Esc", "Esc", "Tab", "Down", "Up",
		"PgDn", "PgUp", "Left", "Right", "Home", "End", "Space", "Backspace", "Delete",
		"Ctrl-C", "Ctrl-W", "Ctrl-K", "Ctrl-Y", "Ctrl-U", "F5", "Meta-y", "'y'", "'y'",
		"'n'", "'1'", "'2'", "'a'", "'w'", "'é'", "'Y'", "'texto '", "'amanhã 9h'",
		"'1003'", "'team:entrega'", "'transfer br'", "'田'"};
	return chance_draw(chance, 2) ? others[chance_draw(chance, ARRAY_LEN(others))]
				      : command_key(chance);
}

struct chance_run chance_run_of(int argc, char **argv, uint64_t few, uint64_t many)
{
	if (argc > 2 && strcmp(argv[1], "--seed") == 0) {
		uint64_t seed = strtoull(argv[2], NULL, 10);
		return (struct chance_run){seed, argc > 3 ? strtoull(argv[3], NULL, 10) : seed};
	}
	bool is_long = argc > 1 && strcmp(argv[1], "--long") == 0;
	return (struct chance_run){1, is_long ? many : few};
}
