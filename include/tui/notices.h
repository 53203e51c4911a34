#ifndef ATENDE_TUI_NOTICES_H
#define ATENDE_TUI_NOTICES_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * What the console told its operator: on the last line until a key is pressed while it stands
 * there, all of it in `g m`. Of those not seen yet the newest error is shown, else the newest; the
 * others are counted.
 */
enum { NOTICES_KEPT = 200 };

struct notice {
	int64_t at;
	bool is_error;
	bool is_quiet;	 /* for g m alone */
	bool is_outage;	 /* the desk could not be reached */
	int64_t over_at; /* what it offers can be had until then; 0: it offers nothing */
	char *text;
};

struct notices {
	uint64_t said; /* ever, those said again too */
	size_t count;
	struct notice *items; /* oldest first, at most NOTICES_KEPT */
	size_t unseen;	      /* of the newest, no key since */
};

struct model;

/* The one for the last line; NULL when all were seen. */
const struct notice *notices_shown(const struct notices *notices);
/* How many more were not seen. */
size_t notices_hidden(const struct notices *notices);
/* A key was pressed: what stood on the last line was seen. */
void notices_see(struct model *model);

/* The desk can be reached again: what said that it could not is for g m alone. */
void notices_settle(struct model *model);

/* What offered something that cannot be had any more is for g m alone. */
void notices_expire(struct model *model);

/* All of them as lines of a width, oldest first, for a screen. */
struct notice_line {
	const struct notice *notice;
	bool is_first; /* of its notice: the time stands before it */
	char *text;
};
struct notice_lines {
	size_t count;
	struct notice_line *lines;
};
enum { NOTICE_TIME_COLUMNS = 9 };
struct notice_lines notices_lines(const struct model *model, const void *mem);

/* text is translated; it is copied. */
void notice_say(struct model *model, const char *text);
/* As notice_say, for what can be taken back for UNDO_OFFER_MS. */
void notice_undoable(struct model *model, const char *text);
void notice_fail(struct model *model, const char *text);
/* As notice_fail, for what is over when the desk can be reached again. */
void notice_outage(struct model *model, const char *text);
void notice_error(struct model *model, const struct error *err);
/* For `g m` alone: one of many that another notice sums up. */
void notice_record(struct model *model, const struct error *err);

/* A text was put away: how to go on with it. */
void notice_kept(struct model *model);

#endif
