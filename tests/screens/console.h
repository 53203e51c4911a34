#ifndef ATENDE_TESTS_SCREENS_CONSOLE_H
#define ATENDE_TESTS_SCREENS_CONSOLE_H

#include "store/conformance.h"
#include "tui/model.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * A console on a real desk, without terminal and threads: what it asks for is done at once, and it
 * hears the feed when it is told to. Several of them share a fixture and its clock.
 */
struct console {
	struct model *model;
	struct effects *effects;
	struct fixture *fixture;
	struct store *store;
	int64_t fed; /* revision the feed was heard to */
};

struct console *console_create(struct fixture *fixture, const char *login);
void console_destroy(struct console *console);

/* Keys as in stage.h, each with all that it leads to. */
void console_keys(struct console *console, const char *keys);
/* Keys, with nothing of what they ask for done yet; console_settle does it. */
void console_press(struct console *console, const char *keys);
void console_settle(struct console *console);
/* What others did meanwhile. */
void console_hear(struct console *console);
/* The fixture's time goes on, for this console. */
void console_wait(struct console *console, int64_t ms);

char *console_screen(struct console *console); /* on the console */
bool console_shows(struct console *console, const char *text);

#endif
