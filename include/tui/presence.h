#ifndef ATENDE_TUI_PRESENCE_H
#define ATENDE_TUI_PRESENCE_H

#include "core/line.h"
#include "tui/effect.h"
#include "tui/msg.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Who is where: what this console tells of its operator, and what it knows of the others. It tells
 * when that changes, at most once a second, and else only so often that it counts as alive. It asks
 * when the feed says that something moved, and when what it knows has expired.
 */
struct model;

struct presence_part {
	char *terminal;	      /* this console's word */
	struct presence told; /* ticket, doing; DOING_GONE: nothing yet */
	int64_t told_at;
	struct presence_list list; /* on mem */
	void *mem;
	int64_t stamp; /* of the feed: as it was when list was asked for */
	bool is_stale; /* the list is to be asked for */
	int64_t asked_at;
	uint64_t request; /* 0: none is awaited */
};

void presence_tick(struct model *model, struct effects *effects);
int64_t presence_deadline(const struct model *model);
/* The feed was heard. */
void presence_heard(struct model *model, int64_t stamp);
void presence_came(struct model *model, struct response *response, struct effects *effects);
/* The console ends. */
void presence_leave(struct model *model, struct effects *effects);

/* What the operator does on the ticket, the most telling of his terminals, in words; of a break,
 * which is everywhere, with its reason; "" for nothing. On mem. */
char *presence_words(
	const struct model *model, const void *mem, int64_t operator_id, int64_t ticket);
/* Others on the ticket but the one of id `but`: how many, and "carla, davi". On mem. */
char *presence_others(
	const struct model *model, const void *mem, int64_t ticket, int64_t but, size_t *count);

#endif
