#ifndef ATENDE_TUI_KEY_H
#define ATENDE_TUI_KEY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Keys as commands know them, and their names ("a", "Ctrl-X", "PgDn"). A letter with Ctrl is its
 * lower-case rune with ctrl set; Space is the rune ' ', Comma
 * and Semicolon have names too. Shift shows in the rune, or as shift on
 * named keys.
 */
enum key_name {
	K_RUNE, /* the rune counts */
	K_ENTER,
	K_ESC,
	K_TAB,
	K_BACKSPACE,
	K_DELETE,
	K_INSERT,
	K_UP,
	K_DOWN,
	K_LEFT,
	K_RIGHT,
	K_HOME,
	K_END,
	K_PAGE_UP,
	K_PAGE_DOWN,
	K_F1,
	K_F2,
	K_F3,
	K_F4,
	K_F5,
	K_F6,
	K_F7,
	K_F8,
	K_F9,
	K_F10,
	K_F11,
	K_F12,
	KEY_NAMES
};

struct key {
	uint32_t rune; /* K_RUNE only; else 0 */
	enum key_name name;
	bool ctrl;
	bool meta;  /* Alt: no command has it, but it must not pass for the bare key */
	bool shift; /* of named keys: Shift-Tab */
};

bool key_equal(const struct key *a, const struct key *b);

/*
 * Reads one key's name and moves *text behind it and the blanks that follow, so that sequences
 * ("Ctrl-X Ctrl-E", "s w") are read one by one. Ctrl-, Shift- and Meta- in any order, case of
 * letters behind Ctrl- does not count. False for what is no key.
 */
bool key_parse(const char **text, struct key *key);

/* The name key_parse reads, on mem. */
char *key_format(const void *mem, const struct key *key);

#endif
