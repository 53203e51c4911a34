#ifndef ATENDE_TESTS_SCREENS_WATCH_TEXTS_H
#define ATENDE_TESTS_SCREENS_WATCH_TEXTS_H

#include "core/ticket.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Texts that watch.c has seen in one place (the spool, the desk, its bin …): one a ticket and kind.
 */
struct text {
	int64_t ticket;
	enum draft_kind kind;
	char *text;
};

struct texts {
	struct text *items;
	size_t count;
};

struct text *texts_find(const struct texts *texts, int64_t ticket, enum draft_kind kind);
/* In place of an older one; on mem. */
void texts_put(const void *mem, struct texts *texts, int64_t ticket, enum draft_kind kind,
	const char *text);
void texts_drop(struct texts *texts, int64_t ticket, enum draft_kind kind);
/* As whatever kind, and below another text: a reply can become a note. */
bool texts_hold(const struct texts *texts, const struct text *text);

#endif
