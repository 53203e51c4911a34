#ifndef ATENDE_TUI_KEYMAP_STATE_H
#define ATENDE_TUI_KEYMAP_STATE_H

#include "tui/keymap.h"

/* What keymap.c, keymap_line.c and keymap_check.c share. */
struct keymap_set {
	const struct command *command;
	unsigned screens;
};

struct keymap {
	struct binding *items; /* in the order of console_commands, a person's behind the usual */
	size_t count;
	struct keymap_set *sets; /* lines that set all keys of a command */
	size_t set_count;
};

/* "s w", all of text: false when it is no sequence of keys. */
bool keymap_parse(const char *text, struct key keys[KEYMAP_SEQUENCE], size_t *count);

/* Puts a binding in, or widens the same one to more screens. text and where are copied. */
void keymap_add(struct keymap *keymap, const struct binding *binding);

/* These keys would be typed into a text on every or some of these screens. */
unsigned keymap_text_screens(const struct key *first, unsigned screens);

/* The shorter of both is the beginning of the other. */
bool keymap_begin_alike(const struct key *a, size_t a_count, const struct key *b, size_t b_count);

#endif
