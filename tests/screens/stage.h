#ifndef ATENDE_TESTS_SCREENS_STAGE_H
#define ATENDE_TESTS_SCREENS_STAGE_H

#include "tui/canvas.h"
#include "tui/model.h"
#include "tui/msg.h"
#include "tui/update.h"
#include "watch.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * A console without terminal, desk and clock: a model, the time, and a small desk in memory that
 * answers when it is told to. Scripts are keys separated by blanks ("j j Ctrl-X m"); a word in
 * quotes is typed letter by letter ("'Olá'").
 */

enum { ANA = 1, BRUNO, CARLA, DAVI };

/* 2026-11-22 12:31:05 in São Paulo. */
extern const int64_t STAGE_NOW;

struct stage_ticket {
	struct ticket_view view;
};

struct stage {
	struct model *model;
	struct effects *effects; /* what the model asked for and nobody has done yet */
	char *told;		 /* by a linear console, with what was typed */
	char *done;		 /* what the model asked for since stage_play, as words */
	struct watch *watch;	 /* looks on at all that happens, instead of `done`; or NULL */
	int64_t now;
	int64_t revision; /* of the desk in memory */
	struct directory *directory;
	void (*alter_directory)(struct directory *directory); /* each that is asked for; or NULL */
	size_t ticket_count;
	struct stage_ticket *tickets;
	struct draft_list drafts;
	struct presence_list presences;
	struct memo_list memos;
	/* How the next change is refused; code 0: it is not. */
	struct error refusal;
	int64_t refused_ticket;	     /* only this one; 0: any */
	struct pending_list pending; /* written while there was no connection */
	struct link_status link;     /* what stage_link tells */
	bool is_offline;	     /* changes are kept and not sent, as by a replica */
	bool is_unreachable;	     /* nothing is answered but by UNAVAILABLE */
	bool is_cut_short;	     /* … or by Ctrl-C */
	bool is_uncertain;	     /* the next apply gets no certain answer */
};

/* A console of ana, just started, nothing answered yet. */
struct stage *stage_create(int columns, int rows);
/* The same, with all that it asked for at its start answered. */
struct stage *stage_begin(int columns, int rows);
/* One that changes nothing by itself: a11y. */
struct stage *stage_create_calm(int columns, int rows);
/* A linear one: lines broken at `columns`, 0: nowhere. */
struct stage *stage_create_linear(int columns, bool ascii);
struct stage *stage_begin_linear(int columns);
/* Types a line, a second after the one before; then answers. */
void stage_line(struct stage *stage, const char *line);
void stage_destroy(struct stage *stage);

/* Presses keys; gives the effects they led to, as words: "apply(claim 1002) bell". Ticks and
 * answers are not in it. Valid until the next call. */
const char *stage_play(struct stage *stage, const char *keys);

/* Answers all that is asked until nothing is; effects of the program are dropped. */
void stage_answer(struct stage *stage);
/* Answers only the first question of this type that waits; false when there is none. */
bool stage_answer_one(struct stage *stage, enum effect_type type);
/* Keys, then answers. */
void stage_do(struct stage *stage, const char *keys);
/* Each key with its answers, before the next. */
void stage_follow(struct stage *stage, const char *keys);

/* Time passes; the model ticks at each of its deadlines. Gives the effects as stage_play does. */
const char *stage_wait(struct stage *stage, int64_t ms);

/* One change by somebody, as the feed tells it; the desk in memory is changed by `alter` first. */
/* The console learns how the desk is reached: stage->link in this state. */
void stage_link(struct stage *stage, enum link_state state);
void stage_feed(struct stage *stage, enum change_kind kind, int64_t actor, int64_t ticket);
void stage_send(struct stage *stage, struct msg *msg); /* any message; it is freed */
struct msg *stage_msg(struct stage *stage, enum msg_type type);

struct ticket_view *stage_ticket(struct stage *stage, int64_t number);
/* A desk of that many open tickets, each of its own minute; before anything is answered. */
void stage_grow(struct stage *stage, size_t count);
void stage_add_message(
	struct stage *stage, int64_t number, int64_t author, int64_t at, const char *text);
void stage_claim(struct stage *stage, int64_t number, int64_t operator_id, int64_t since);

/* What is being written. */
const char *stage_text(const struct stage *stage);
/* Waits until a review reads keys. */
void stage_look(struct stage *stage);
/* The first effect of this type that nobody has done yet; NULL when there is none. */
const struct effect *stage_first(const struct stage *stage, enum effect_type type);

/* The screen as lines of text, on the stage. */
char *stage_screen(struct stage *stage);
/* True when some line of the screen holds the text. */
bool stage_shows(struct stage *stage, const char *text);

#endif
