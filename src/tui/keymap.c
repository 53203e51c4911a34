#include "tui/command.h"

#include "base/mem.h"

#include <string.h>

/* Which keys mean which command. Sequences are read from the table each time: it is small. */

enum match { MATCH_NONE, MATCH_BEGIN, MATCH_ALL };

/* The typed keys against one sequence; *rest is what of it has not been typed. */
static enum match match_keys(
	const char *sequence, const struct key *keys, size_t count, const char **rest)
{
	*rest = sequence;
	for (size_t i = 0; i < count; i++) {
		struct key key;
		if (!**rest || !key_parse(rest, &key) || !key_equal(&key, &keys[i])) {
			return MATCH_NONE;
		}
	}
	return **rest ? MATCH_BEGIN : MATCH_ALL;
}

enum keymap_answer keymap_find(
	enum screen screen, const struct key *keys, size_t count, const struct command **command)
{
	enum keymap_answer answer = KEYMAP_NONE;
	for (size_t i = 0; i < console_command_count; i++) {
		if (!(console_commands[i].screens & ON(screen))) {
			continue;
		}
		for (size_t n = 0; n < COMMAND_KEYS && console_commands[i].keys[n]; n++) {
			const char *rest;
			enum match match =
				match_keys(console_commands[i].keys[n], keys, count, &rest);
			if (match == MATCH_ALL) {
				*command = &console_commands[i];
				return KEYMAP_COMMAND;
			}
			answer = match == MATCH_BEGIN ? KEYMAP_PREFIX : answer;
		}
	}
	return answer;
}

bool keymap_follows(
	const struct command *command, const struct key *keys, size_t count, const char **rest)
{
	for (size_t n = 0; n < COMMAND_KEYS && command->keys[n]; n++) {
		if (match_keys(command->keys[n], keys, count, rest) == MATCH_BEGIN) {
			return true;
		}
	}
	return false;
}

static bool is_sequence(const char *sequence)
{
	const char *at = sequence;
	struct key key;
	size_t count = 0;
	while (*at) {
		if (!key_parse(&at, &key)) {
			return false;
		}
		count++;
	}
	return count > 0;
}

/* One begins with all of the other: pressed, it is not clear which is meant. */
static bool clash(const char *a, const char *b)
{
	struct key x, y;
	while (*a && *b) {
		if (!key_parse(&a, &x) || !key_parse(&b, &y) || !key_equal(&x, &y)) {
			return false;
		}
	}
	return true;
}

static bool check_pair(const struct command *a, const struct command *b, struct error *err)
{
	for (size_t i = 0; i < COMMAND_KEYS && a->keys[i]; i++) {
		for (size_t n = 0; n < COMMAND_KEYS && b->keys[n]; n++) {
			if (clash(a->keys[i], b->keys[n])) {
				return error_set(err, ERROR_INVALID,
					N_("the key {0} is bound to both {1} and {2}; change one "
					   "of them"),
					a->keys[i], a->name, b->name, NULL);
			}
		}
	}
	return true;
}

bool keymap_check(struct error *err)
{
	for (size_t i = 0; i < console_command_count; i++) {
		for (size_t n = 0; n < COMMAND_KEYS && console_commands[i].keys[n]; n++) {
			if (!is_sequence(console_commands[i].keys[n])) {
				return error_set(err, ERROR_INVALID,
					N_("\"{0}\" of {1} is no key; correct it"),
					console_commands[i].keys[n], console_commands[i].name,
					NULL);
			}
		}
		for (size_t other = i + 1; other < console_command_count; other++) {
			bool meet = console_commands[i].screens & console_commands[other].screens;
			if (meet &&
				!check_pair(&console_commands[i], &console_commands[other], err)) {
				return false;
			}
		}
	}
	return true;
}

char *command_keys(const void *mem, const struct command *command)
{
	char *text = mem_strdup(mem, "");
	for (size_t n = 0; n < COMMAND_KEYS && command->keys[n]; n++) {
		text = mem_check(talloc_asprintf_append_buffer(
			text, "%s%s", n ? ", " : "", command->keys[n]));
	}
	return text;
}
