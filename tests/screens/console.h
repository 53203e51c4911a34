#ifndef ATENDE_TESTS_SCREENS_CONSOLE_H
#define ATENDE_TESTS_SCREENS_CONSOLE_H

#include "store/conformance.h"
#include "tui/canvas.h"
#include "tui/decode.h"
#include "tui/model.h"
#include "watch.h"

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
	char *lang; /* of the program while this console acts; NULL: as it is */
	bool ascii;
	int64_t fed; /* revision the feed was heard to */
	struct draft_list *spool;
	struct decoder *decoder; /* of console_bytes */
	int64_t bytes_at;
	struct watch *watch; /* looks on at all that happens; or NULL */
	char *copied;	     /* the text last put on the clipboard; NULL: none */
	char *did;	     /* effects for the program since console_forget: " bell quit" */
	bool is_unreachable; /* nothing is answered but by UNAVAILABLE */
	bool loses_answer;   /* the next change is made, but the console does not hear of it */
};

struct console_options {
	const char *login;
	int columns, rows; /* 0: 100×30 */
	const char *lang;  /* NULL: the one of the program */
	bool ascii;
	struct zone zone;
	struct draft_list *spool; /* of its machine, with what was left there; NULL: a new one */
};

/* Started, with its first answers, 300 ms old (the preview is there). */
struct console *console_create(struct fixture *fixture, const char *login);
struct console *console_open(struct fixture *fixture, const struct console_options *options);
void console_destroy(struct console *console);

/*
 * Keys as in stage.h, each with all that it leads to; between double quotes stands text, too, and
 * may hold single ones.
 */
void console_keys(struct console *console, const char *keys);
/* Keys, with nothing of what they ask for done yet; console_settle does it. */
void console_press(struct console *console, const char *keys);
void console_settle(struct console *console);
/* Bytes of the terminal; what is held of a sequence is decided when time passes. */
void console_bytes(struct console *console, const char *bytes, size_t size);
void console_send(struct console *console, struct msg *msg); /* any message; it is freed */
/* What others did meanwhile. */
void console_hear(struct console *console);
/* The fixture's time goes on, for this console. */
void console_wait(struct console *console, int64_t ms);
/* When the console has something to do by itself, 0: never; and doing it at the present time. */
int64_t console_deadline(const struct console *console);
void console_tick(struct console *console);
void console_forget(struct console *console);

struct canvas *console_canvas(struct console *console); /* on the console */
char *console_screen(struct console *console);		/* on the console */
bool console_shows(struct console *console, const char *text);

#endif
