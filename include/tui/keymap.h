#ifndef ATENDE_TUI_KEYMAP_H
#define ATENDE_TUI_KEYMAP_H

#include "base/error.h"
#include "tui/command.h"
#include "tui/key.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * Which keys mean which command on which screen: the usual ones of console_commands, altered by the
 * lines of a person's keys.conf. Made before the console starts, never altered while it runs.
 *
 * keys.conf: sections are screens ([ticket]), lines before the first one are for all screens of
 * the command. `claim = F5, c` sets all its keys, `claim += F5` adds one, `claim -= x` takes one
 * away, `claim =` takes all.
 */
enum { KEYMAP_SEQUENCE = 4 }; /* keys one after the other, at most */

struct binding {
	const struct command *command;
	unsigned screens; /* never 0 */
	size_t count;
	struct key keys[KEYMAP_SEQUENCE];
	char *text;  /* as key_parse reads it: "Ctrl-X m" */
	char *where; /* "keys.conf:3"; NULL: a usual one */
};

struct keymap;

/* The usual keys. */
struct keymap *keymap_create(const void *mem);

/* One line of keys.conf (a config_line_fn): USAGE for what is unknown or must not be bound. */
bool keymap_line(void *keymap, const char *where, const char *section, const char *name,
	const char *value, struct error *err);

/* After all lines: no two bindings clash, no screen is without a key that leaves it. `path` is the
 * file, for the sentence. */
bool keymap_check(const struct keymap *keymap, const char *path, struct error *err);

/* Whether a key may be bound so at all: no dead keys of the Brazilian keyboard, none of screen,
 * tmux and flow control, no Alt; no command that alters the desk without asking on a capital or on
 * a letter that ends escape sequences; `where` is for the sentence. */
bool keymap_may_bind(const struct binding *binding, const char *where, struct error *err);

enum keymap_answer { KEYMAP_NONE, KEYMAP_COMMAND, KEYMAP_PREFIX };

/* What the keys typed so far mean on a screen: *command is set for COMMAND. */
enum keymap_answer keymap_find(const struct keymap *keymap, enum screen screen,
	const struct key *keys, size_t count, const struct command **command);

/* What must follow these keys to mean the command there, "m" of "Ctrl-X m"; NULL: it is none of
 * what may follow. Of the keymap. */
const char *keymap_rest(const struct keymap *keymap, enum screen screen,
	const struct command *command, const struct key *keys, size_t count);

/* The first sequence of a command on a screen; NULL: it has none there. Of the keymap. */
const char *keymap_first(
	const struct keymap *keymap, enum screen screen, const struct command *command);

/* All of them, "j, Down"; "" for none. On mem. */
char *keymap_keys(const struct keymap *keymap, const void *mem, enum screen screen,
	const struct command *command);

/* What sequences that begin with this key are about there, N_(); "" when that cannot be said. */
const char *keymap_title(const struct keymap *keymap, enum screen screen, const struct key *first);

/* Letters are typed there: none of them can be a command. */
bool screen_takes_text(enum screen screen);

#endif
