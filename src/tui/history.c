#include "tui/history.h"

#include "base/mem.h"

#include <string.h>

static void drop(struct history *history, size_t at)
{
	talloc_free(history->lines[at]);
	history->count--;
	memmove(history->lines + at, history->lines + at + 1,
		(history->count - at) * sizeof *history->lines);
}

void history_add(const void *mem, struct history *history, const char *line)
{
	if (!*line) {
		return;
	}
	char *copy = mem_strdup(mem, line);
	for (size_t i = 0; i < history->count; i++) {
		if (strcmp(history->lines[i], line) == 0) {
			drop(history, i);
			break;
		}
	}
	if (history->count == HISTORY_KEPT) {
		drop(history, 0);
	}
	history->lines = mem_grow(mem, history->lines, char *, history->count + 1);
	history->lines[history->count++] = copy;
}

void history_load(const void *mem, struct history *history, const char *text)
{
	struct history since = *history;
	*history = (struct history){0};
	for (const char *at = text; *at;) {
		size_t length = strcspn(at, "\n");
		char *line = mem_strndup(NULL, at, length);
		history_add(mem, history, line);
		talloc_free(line);
		at += length + (at[length] == '\n');
	}
	for (size_t i = 0; i < since.count; i++) {
		history_add(mem, history, since.lines[i]);
		talloc_free(since.lines[i]);
	}
	talloc_free(since.lines);
}

size_t history_find(
	const struct history *history, size_t at, int by, const char *typed, size_t none)
{
	size_t length = strlen(typed);
	for (size_t i = at + (size_t)by; i < history->count; i += (size_t)by) {
		if (strncmp(history->lines[i], typed, length) == 0) {
			return i;
		}
	}
	return none;
}

size_t history_rank(const struct history *history, const char *name)
{
	size_t length = strlen(name);
	for (size_t i = history->count; i > 0; i--) {
		const char *line = history->lines[i - 1];
		if (strncmp(line, name, length) == 0 &&
			(line[length] == '\0' || line[length] == ' ')) {
			return i;
		}
	}
	return 0;
}
