#ifndef ATENDE_TUI_LINEAR_H
#define ATENDE_TUI_LINEAR_H

#include "tui/command.h"
#include "tui/effect.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * The console line by line, for screen readers, braille lines and terminals without a cursor: the
 * same model and commands, told in lines (EFFECT_TELL) instead of painted. MSG_LINE is what the
 * person typed, and is
 *
 *     an answer, while a prompt stands; "." alone leaves it unanswered;
 *     a line of the text, while one is written: "." alone ends it, "..x" is the line ".x", ".3 x"
 *     and ".NAME" are for the text and its screen (linear_write.c);
 *     else a command by its name or keys ("resolve", "s r"), behind it the row or ticket it is for
 *     and its argument ("s z 3 tomorrow"); a number alone opens that row or ticket, "+" and "-"
 *     turn pages, nothing at all tells the screen again.
 *
 * Something is told when a line led to it, and when something happened that must be known: one
 * line, which begins with "*", or with "!" when it is bad. Nothing else is.
 */
enum { LINEAR_ROWS = 20, LINEAR_TEXTS = 6 };

struct linear_part {
	bool is_on;
	bool ascii;
	int columns; /* lines are broken there; 0: nowhere */

	bool has_line;	/* one was taken, and what it led to is not told yet */
	bool is_asked;	/* … and it was to tell the screen */
	bool has_found; /* … and it looked for words in the conversation */
	bool has_told;	/* something was told: what follows says what */
	enum screen screen;
	int64_t ticket;
	int list;	  /* of the queue */
	uint64_t prompt;  /* its serial */
	uint64_t notices; /* of those ever said */
	int64_t read;	  /* the ticket whose conversation was told */
	int64_t *rows;	  /* the tickets that the numbers of the queue mean */
	size_t row_count;
	int64_t top; /* the first of them */
	char *extra; /* to be told once; NULL: nothing */
	size_t page; /* of other lists, and of a conversation from its end */
};

struct model;

/* is_scripted: the line comes from no person, who might have typed it for another screen. */
void update_line(struct model *model, const char *line, bool is_scripted, struct effects *effects);
/* After every message. */
void linear_tell(struct model *model, struct effects *effects);

/* The screen can be told in lines; all must. */
bool linear_has(enum screen screen);

/* All that was typed has been carried out: the next line may come. */
bool linear_is_ready(const struct model *model);
/* "1002> ", "3: " for the third line of a text; on mem. */
char *linear_prompt(const struct model *model, const void *mem);

/* --- inside --- */

/* A line of the text being written. */
void linear_write(struct model *model, const char *line, struct effects *effects);
/* The answer to the prompt. */
void linear_answer(struct model *model, const char *line, struct effects *effects);
/* Runs a command of this screen; says so when there is none. `lead`: keys that come before those
 * typed, "" or "Ctrl-X ". */
void linear_run(struct model *model, const char *lead, const char *line, struct effects *effects);
/* The next page, or the one before. */
void linear_page(struct model *model, int by, struct effects *effects);
/* How many lines a text has: none when it is empty. */
size_t linear_count_lines(const char *text);

#endif
