#include "tui/keymap.h"

#include "keymap_state.h"

#include "base/mem.h"

#include <string.h>

/* What may be bound, and whether all of it goes together. */

enum place { ANYWHERE, ALONE, LATER };

#define DEAD N_("{0}: {1} is a dead key of many keyboards; choose another key")
#define SAME N_("{0}: {1} is {2} to a terminal; write {2}, or choose another key")
#define BREAKS N_("{0}: {1} ends a sequence that was begun; choose another key")

/* What shall not be bound, and what terminals cannot send. {0} the place, {1} the key, {2} what it
 * is sent as. */
static const struct {
	const char *key;
	enum place place;
	const char *why;
	const char *other;
} never[] = {
	{"~", ANYWHERE, DEAD, NULL},
	{"^", ANYWHERE, DEAD, NULL},
	{"´", ANYWHERE, DEAD, NULL},
	{"`", ANYWHERE, DEAD, NULL},
	{"¨", ANYWHERE, DEAD, NULL},
	{"Ctrl-A", ANYWHERE, N_("{0}: screen keeps {1} for itself; choose another key"), NULL},
	{"Ctrl-B", ANYWHERE, N_("{0}: tmux keeps {1} for itself; choose another key"), NULL},
	{"Ctrl-S", ALONE, N_("{0}: {1} alone stops the output of terminals; choose another key"),
		NULL},
	{"Ctrl-Q", ALONE, N_("{0}: {1} alone restarts the output of terminals; choose another key"),
		NULL},
	{"Ctrl-I", ANYWHERE, SAME, "Tab"},
	{"Ctrl-M", ANYWHERE, SAME, "Enter"},
	{"Ctrl-J", ANYWHERE, SAME, "Enter"},
	{"Ctrl-H", ANYWHERE, SAME, "Backspace"},
	{"Ctrl-[", ANYWHERE, SAME, "Esc"},
	{"Esc", LATER, BREAKS, NULL},
	{"Ctrl-C", LATER, BREAKS, NULL},
};

static bool is_at(const struct binding *binding, size_t at, enum place place)
{
	return place == ANYWHERE || (place == ALONE && binding->count == 1) ||
	       (place == LATER && at > 0);
}

static bool refuse(const struct key *key, const char *where, const char *text, const char *more,
	struct error *err)
{
	char *name = key_format(NULL, key);
	error_set(err, ERROR_USAGE, text, where, name, more, NULL);
	talloc_free(name);
	return false;
}

static bool may_be_key(
	const struct binding *binding, size_t at, const char *where, struct error *err)
{
	const struct key *key = &binding->keys[at];
	for (size_t i = 0; i < ARRAY_LEN(never); i++) {
		const char *text = never[i].key;
		struct key one;
		key_parse(&text, &one);
		if (key_equal(key, &one) && is_at(binding, at, never[i].place)) {
			return refuse(key, where, never[i].why, never[i].other, err);
		}
	}
	if (key->meta) {
		return refuse(key, where,
			N_("{0}: {1} cannot be told from Esc and a key; choose one without Meta"),
			NULL, err);
	}
	return true;
}

/* Caps Lock, and the last byte of a torn escape sequence. */
static bool is_treacherous(const struct key *key)
{
	return key->name == K_RUNE && !key->ctrl && key->rune >= 'A' && key->rune <= 'Z';
}

bool keymap_may_bind(const struct binding *binding, const char *where, struct error *err)
{
	const struct command *command = binding->command;
	for (size_t i = 0; i < binding->count; i++) {
		if (!may_be_key(binding, i, where, err)) {
			return false;
		}
		if (is_treacherous(&binding->keys[i]) && command->is_change && !command->asks) {
			return refuse(&binding->keys[i], where,
				N_("{0}: Caps Lock can make {1}, and {2} changes something without "
				   "asking; choose a lower-case letter or another key"),
				command->name, err);
		}
	}
	return true;
}

static bool check_pair(
	const struct binding *a, const struct binding *b, const char *path, struct error *err)
{
	if (!(a->screens & b->screens) ||
		!keymap_begin_alike(a->keys, a->count, b->keys, b->count)) {
		return true;
	}
	const struct binding *mine = b->where ? b : a;
	const struct binding *other = b->where ? a : b;
	char *taken = mem_printf(NULL, "%s (%s)", other->text, other->command->name);
	error_set(err, ERROR_USAGE, N_("{0}: {1} of {2} is in the way of {3}; change one of them"),
		mine->where ? mine->where : path, mine->text, mine->command->name, taken, NULL);
	talloc_free(taken);
	return false;
}

static bool can_leave(const struct keymap *keymap, enum screen screen)
{
	for (size_t i = 0; i < keymap->count; i++) {
		if (keymap->items[i].command->leaves && (keymap->items[i].screens & ON(screen))) {
			return true;
		}
	}
	return false;
}

static const char *way_out(enum screen screen)
{
	for (size_t i = 0; i < console_command_count; i++) {
		if (console_commands[i].leaves && (console_commands[i].screens & ON(screen))) {
			return console_commands[i].name;
		}
	}
	return "";
}

bool keymap_check(const struct keymap *keymap, const char *path, struct error *err)
{
	for (size_t i = 0; i < keymap->count; i++) {
		for (size_t n = i + 1; n < keymap->count; n++) {
			if (!check_pair(&keymap->items[i], &keymap->items[n], path, err)) {
				return false;
			}
		}
	}
	for (int screen = 0; screen < SCREENS; screen++) {
		if (!can_leave(keymap, (enum screen)screen)) {
			return error_set(err, ERROR_USAGE,
				N_("{0}: no key is left to leave the screen {1}; give one to {2}"),
				path, name_of(&screen_names, screen), way_out((enum screen)screen),
				NULL);
		}
	}
	return true;
}
