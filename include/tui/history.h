#ifndef ATENDE_TUI_HISTORY_H
#define ATENDE_TUI_HISTORY_H

#include <stddef.h>

/*
 * Commands given by name, the newest last; each line once. The program keeps those that hold no
 * text of anybody's between sessions (EFFECT_HISTORY, MSG_HISTORY).
 */
enum { HISTORY_KEPT = 200 };

struct history {
	size_t count;
	char **lines; /* on mem of history_add */
};

/* Puts a line at the end; an older one that says the same goes. */
void history_add(const void *mem, struct history *history, const char *line);

/* Each line of a text, oldest first, before what is there already. */
void history_load(const void *mem, struct history *history, const char *text);

/* The line before `at` (count: before the newest; towards the newest with by 1) that begins with
 * `typed`; `none` when there is none. */
size_t history_find(
	const struct history *history, size_t at, int by, const char *typed, size_t none);

/* How long ago a command of this name was given last, in lines: 0 never, count the newest. */
size_t history_rank(const struct history *history, const char *name);

#endif
