#ifndef ATENDE_TUI_MODEL_H
#define ATENDE_TUI_MODEL_H

#include "core/directory.h"
#include "core/query.h"
#include "tui/attach.h"
#include "tui/claims.h"
#include "tui/command.h"
#include "tui/compose.h"
#include "tui/history.h"
#include "tui/jot.h"
#include "tui/key.h"
#include "tui/keymap.h"
#include "tui/layout.h"
#include "tui/linear.h"
#include "tui/memos.h"
#include "tui/notices.h"
#include "tui/presence.h"
#include "tui/prompt.h"
#include "tui/queue.h"
#include "tui/request.h"
#include "tui/shift.h"
#include "tui/start.h"
#include "tui/style.h"
#include "tui/talk.h"
#include "tui/tour.h"
#include "tui/update.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * All that the console knows, in parts; update_*.c alter it, views read it. A part belongs to the
 * header of its name.
 */

/* Where reading stopped in a ticket: for J and K, and the way back from an earlier one. */
struct ticket_kept {
	int64_t number;
	struct talk_place top;
	int64_t newest; /* public message; what came later is shown instead */
};
enum { TICKETS_KEPT = 16, TICKETS_BACK = 8 };

/* The ticket on the screen. */
struct ticket_part {
	int64_t number;		  /* 0: none */
	struct ticket_view *view; /* NULL until it comes */
	uint64_t request;
	struct error problem;
	struct talk *talk;
	size_t top;	 /* first line shown */
	bool is_at_end;	 /* keep the newest in sight */
	int placed_rows; /* … as it was with so many rows */
	size_t part;	 /* the cursor: 1 + index of a part of the talk; 0: none */
	struct talk_place top_place, part_place; /* of both, for the next layout */
	struct talk_folds folds;
	bool is_kept; /* reading goes on at top_place, unless something newer came */
	int64_t kept_newest;
	int64_t newest_seen; /* message; what a merge or split took away may come back */
	struct {	     /* tickets that led here: q goes back to them */
		int64_t number;
		bool has_customer;
		size_t customer_cursor;
	} back[TICKETS_BACK];
	size_t back_count;
	bool has_customer; /* the customer has the keys; in narrow windows he stands instead */
	int64_t new_after; /* messages with a greater id are new */
	char *find;	   /* what was looked for, NULL: nothing */
	struct talk_place found; /* … and where it was found last; id 0: nowhere */
	size_t customer_cursor;	 /* its line under the cursor */
	size_t customer_top;	 /* … its first line shown */
	int64_t look_at;	 /* when to ask how its claim stands; 0: never */
};

/* The ticket under the cursor, shown beside the list. */
struct preview_part {
	bool is_wished;
	int64_t number;
	struct ticket_view *view;
	struct talk *talk;
	uint64_t request;
	int64_t ask_at; /* when to ask for it; 0: nothing to ask */
};

/* A list on a screen of its own: find, drafts, messages, help, end of shift. */
struct list_part {
	size_t cursor, top;
};

struct find_part {
	char *words;
	struct list_row **rows;
	size_t count;
	bool has_more;
	int64_t before, looked_back_to;
	int64_t copied_at, copied; /* in a copy alone: of when, of how many tickets; 0: the desk */
	uint64_t request;
	struct error problem;
};

/* The operator's messages that are not sent for good (outbox.c). */
struct outbox_part {
	struct pending_list pending; /* written while the desk could not be reached; on .mem */
	struct outbox list;	     /* on .mem */
	void *mem;		     /* NULL: not asked yet */
	uint64_t request;
	struct error problem;
};

/* What is to be shared out, and to whom (share.c). */
struct share_part {
	size_t count;
	int64_t *tickets, *teams, *to; /* to: operators */
};

/* A pause: what it was begun with (commands_pause.c). */
struct pause_part {
	bool lets_go;	    /* the claims, when it begins */
	char *pin;	    /* asked for at its end; NULL: none. In memory alone. */
	int64_t deaf_until; /* after a wrong one */
};

/* Taking the next ticket (commands_next.c). */
struct next_part {
	int64_t after; /* the ticket to be finished first; 0: none */
	int tries;     /* left, when somebody is faster */
	char *why;     /* it is the next */
};

enum { KEYS_PENDING = 4, SCREENS_BACK = 8, KEYS_AHEAD = 64 };

struct keys_part {
	uint64_t seen;			  /* how many so far */
	struct key pending[KEYS_PENDING]; /* the first keys of a sequence */
	size_t pending_count;
	int64_t pending_ticket; /* what was under the cursor at the first of them */
	/* Typed while an answer decides which screen comes: they are for that one. */
	struct key ahead[KEYS_AHEAD];
	size_t ahead_count;
	uint64_t awaited; /* that answer; 0: none */
	bool is_pressed;  /* a key is being worked on */
	int64_t asked_at; /* when the prompt came without a key; 0: a key asked for it */
};

/* For those whose screen reader says whatever changes: the picture follows the operator's keys and
 * what they lead to, and nothing else; what happens meanwhile is one line at the foot. */
struct calm_part {
	bool is_on;
	bool is_owed; /* the picture of what was typed last is not whole yet */
	int64_t at;   /* the time it tells */
};

struct model {
	int64_t actor, now, started_at;
	int columns, rows;
	struct zone zone;
	bool slow;
	const char *no_copy; /* as in the options */
	const struct theme *theme;
	bool theme_is_given; /* by the command line or atende.conf */
	char *save_folder, *open_command;
	bool is_dirty, is_leaving;
	uint64_t last_request;
	int64_t last_key_at;

	enum screen screen;
	enum screen back[SCREENS_BACK];
	size_t back_count;
	struct list_part lists[SCREENS];
	char *help_find;
	enum screen help_for;
	int64_t help_ticket; /* under the cursor when the help was opened */
	int64_t paused_at;
	struct pause_part pause;
	struct shift_part shift;
	struct outbox_part outbox;
	struct share_part share;

	struct start_part start;
	struct tour tour;
	struct directory *directory; /* NULL until it comes */
	uint64_t directory_request;
	bool directory_again;
	struct counts counts;
	uint64_t counts_request;
	bool has_counts, counts_again;

	const struct keymap *keymap;
	struct keys_part keys;
	struct queue_part queue;
	struct preview_part preview;
	struct ticket_part ticket;
	struct ticket_kept kept[TICKETS_KEPT];
	size_t kept_next; /* the place that is used again */
	struct compose compose;
	struct jot jot;
	struct jot_line left;
	struct drafts drafts, bin;
	bool shows_bin; /* the list of drafts */
	struct find_part find;
	struct next_part next;
	struct claims claims;
	struct presence_part presence;
	struct memos_part memos;
	struct prompt *prompt;	/* NULL: none */
	struct history history; /* of the `:` line */
	struct notices notices;
	struct link link;
	struct undo undo;
	struct linear_part linear;
	struct calm_part calm;
	bool has_told_news;	 /* that there are new tickets; a11y and lines */
	struct pending *pending; /* changes under way: request.c */
};

/* A text is being looked over; or written. */
bool screen_is_review(enum screen screen);
bool screen_is_writing(enum screen screen);

/* Shows a screen; the present one comes back with screen_back. */
void screen_show(struct model *model, enum screen screen);
void screen_back(struct model *model);

/* The operator of this console; NULL before the directory came. */
const struct operator_ *model_operator(const struct model *model);
/* "bruno", or "you" for the operator himself; "" for nobody. */
const char *model_login(const struct model *model, int64_t operator_id);
/* The live claim in a row, of this moment; NULL when it is free. */
const struct claim *model_holder(const struct model *model, const struct ticket_row *row);
bool model_is_mine(const struct model *model, const struct ticket_row *row);

/* The ticket that a command is about: under the cursor, or open. 0: none. */
int64_t model_ticket(const struct model *model);
/* The ticket that is worked on: open, or written to. 0: none. */
int64_t model_work(const struct model *model);
/* What is known of it, from the list or the open ticket; NULL when nothing is. */
const struct ticket_row *model_row(const struct model *model, int64_t ticket);

/* How the command of this name is asked for: its key on this screen, else on another one, ":name"
 * where it has none. For sentences that name a key. On mem. */
char *model_key(const struct model *model, const void *mem, const char *command);

/* The command that lists the keys of this screen; NULL: none has a key here. */
const struct command *model_help(const struct model *model);

/* --- parts of update, one a screen or a message --- */

void update_key(struct model *model, const struct key *key, struct effects *effects);
void update_paste(struct model *model, const char *text, struct effects *effects);
void update_feed(struct model *model, const struct msg *msg, struct effects *effects);
void update_response(struct model *model, struct response *response, struct effects *effects);

/* The answer to this request is there: keys that waited for it are for the screen it brought. */
void keys_replay(struct model *model, uint64_t request, struct effects *effects);
/* The review, or a question that an answer of the desk brought, stands too short a time to have
 * been read: what is typed is not meant for it. */
bool keys_are_ahead(const struct model *model);
/* Runs a command as if its key had been pressed for this ticket. */
void command_run(struct model *model, const struct command *command, int64_t ticket,
	const char *argument, struct effects *effects);

/* A pause is the operator's, not a terminal's: what the directory says of it locks the screen, or
 * unlocks it, where no PIN was chosen. */
void pause_follow(struct model *model, struct effects *effects);

void directory_ask(struct model *model, struct effects *effects);
void counts_ask(struct model *model, struct effects *effects);

void ticket_forget_view(struct ticket_part *ticket);
void ticket_open(struct model *model, int64_t number, struct effects *effects);
/* In its place; q comes back to the one that is open now. */
void ticket_open_from_here(struct model *model, int64_t number, struct effects *effects);
/* To the ticket that led here; false when none did. */
bool ticket_back(struct model *model, struct effects *effects);
/* The cursor in the customer's pane; what is under it. */
void customer_move(struct model *model, struct area area, long lines);
/* A note of the ticket's customer by its id; NULL: there is none. */
const struct customer_note *customer_note_of(const struct ticket_view *view, int64_t id);
void customer_enter(struct model *model, struct effects *effects);
void ticket_ask(struct model *model, struct effects *effects);
void ticket_tick(struct model *model, struct effects *effects);
void ticket_came(struct model *model, struct response *response, struct effects *effects);
/* Lays the conversation out anew: another size, another view. */
void ticket_layout(struct model *model);
void ticket_scroll(struct model *model, long lines);
/* Scrolls as little as it takes. */
void ticket_show_line(struct model *model, size_t line);
int ticket_talk_rows(const struct model *model);
/* The text that waits at the foot of the conversation: mine, or one left behind; NULL: none. */
const struct draft *ticket_draft(const struct model *model);
/* The part under the cursor, NULL: none. */
const struct talk_part *ticket_part(const struct model *model);

/* A file was saved, or something opened; or not. */
void file_came(struct model *model, struct response *response, struct effects *effects);

void next_came(struct model *model, struct response *response, struct effects *effects);
/* This ticket was finished: the next is taken, if that was wished. */
void next_after(struct model *model, int64_t ticket, struct effects *effects);

void preview_came(struct model *model, struct response *response);
void preview_layout(struct model *model);
void preview_follow(struct model *model);
void preview_tick(struct model *model, struct effects *effects);

void find_ask(struct model *model, const char *words, bool more, struct effects *effects);
void outbox_ask(struct model *model, struct effects *effects);
void outbox_came(struct model *model, struct response *response, struct effects *effects);
int64_t outbox_ticket(const struct model *model);
/* What stands at a place of the list: first what the desk has not got, then what it has. NULL: the
 * other. */
const struct pending_change *outbox_pending(const struct model *model, size_t at);
const struct outbox_row *outbox_message(const struct model *model, size_t at);
void pending_dropped(struct model *model, struct response *response, struct effects *effects);
/* The next page, when the cursor is at the end of what was found. */
void find_more(struct model *model, struct effects *effects);
void find_came(struct model *model, struct response *response, struct effects *effects);

/* Keys while the help is shown: to find, to choose, to run. */
bool help_key(struct model *model, const struct key *key, struct effects *effects);
/* The commands it lists, in order; at most `most`. */
size_t help_commands(const struct model *model, const struct command **list, size_t most);

/* How many lines the list of a screen has, and how many are shown; the cursor moves within. */
enum { LIST_FRAME_ROWS = 4 }; /* title, rule, status, hints */
int list_rows(const struct model *model);
size_t list_count(const struct model *model);
void list_move(struct model *model, long lines);
/* Moves a cursor within `count` lines, and the first of the `rows` shown with it; 0: none is. */
void cursor_move(size_t *cursor, size_t *top, size_t count, size_t rows, long lines);

#endif
