#ifndef ATENDE_TUI_COMPOSE_H
#define ATENDE_TUI_COMPOSE_H

#include "core/query.h"
#include "core/ticket.h"
#include "tui/editor.h"
#include "tui/effect.h"
#include "tui/review.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * The text being written, and the texts that wait to be continued. A text is in the local spool at
 * most SPOOL_MS after the oldest key that is not, and in the store STORE_MS after it; both are
 * removed only when the store has confirmed the send, or the operator throws the text away.
 */
enum { COMPOSE_SPOOL_MS = 400, COMPOSE_STORE_MS = 1800, COMPOSE_PATIENCE_MS = 300 };

enum hold {
	HOLD_NONE,     /* a note needs no claim */
	HOLD_CLAIMING, /* asked for */
	HOLD_MINE,
	HOLD_REFUSED, /* somebody else has it: hold_why */
	HOLD_UNASKED, /* the desk did not answer: asked for again when it does */
	HOLD_LOST,    /* was mine */
	HOLD_MOVED,   /* written on another terminal of mine: read only here, hold_why */
};

struct compose {
	int64_t ticket;	      /* 0: nothing is being written */
	enum draft_kind kind; /* reply, note, customer note that is changed */
	int64_t note;	      /* … which one; 0: the text is none */
	char *note_text;      /* … what it said when the change was begun; NULL: unknown */
	struct editor *editor;
	enum hold hold;
	char *hold_why;
	char *address;			    /* chosen; NULL or "": the usual one */
	struct attachment_list attachments; /* on the editor */
	uint64_t attach_request;	    /* a file is being read; 0: none */
	int64_t generation;
	int64_t seen;		 /* the newest public message shown while writing */
	int64_t acknowledged;	 /* … and the newest one the operator was warned of */
	int64_t begun;		 /* revision of the desk when the text was opened */
	int64_t unspooled_since; /* time of the oldest key not in the spool; 0: all is */
	int64_t unstored_since;	 /* … not in the store */
	bool is_touched;	 /* holds words of the operator, not only what we put in */
	bool wants_stored;	 /* the next view may have a newer copy of it */
	bool was_elsewhere;	 /* another terminal of mine had it until now */
	int64_t handed_by;	 /* who handed the ticket over meanwhile; 0: nobody */
	int64_t look_at;	 /* … and when to ask for another; 0: no more */
	char *known;		 /* what the store has of it, as far as we know; NULL: unknown */
	bool is_stored;		 /* the store has, or is about to have, a copy */
	uint64_t store_request;	 /* awaited */
	int64_t saved_at;	 /* the store confirmed */
	uint64_t send_request;	 /* the send awaited; 0: none */
	int64_t sent_at;	 /* … and since when */
	bool is_editing;	 /* $EDITOR has it */
	char *before_edit;	 /* … and got this */
	int talk_top;		 /* the conversation above: first line, -1: its end */
	struct review review;
};

struct model;
struct msg;
struct response;

/* Begins (or goes on with) a text for the ticket, and shows it. Claims first when it is a reply. */
void compose_open(
	struct model *model, int64_t ticket, enum draft_kind kind, struct effects *effects);
/* The same for a note on the ticket's customer that is changed. What was begun to another one goes
 * to the bin. */
void compose_open_customer_note(struct model *model, int64_t ticket,
	const struct customer_note *note, struct effects *effects);
/* The text goes on as one of another kind or on another ticket, below what was begun there. */
void compose_carry(
	struct model *model, int64_t ticket, enum draft_kind kind, struct effects *effects);
/* Where the ticket of the text was merged into; 0: it was not, as far as we know. */
int64_t compose_merged_into(const struct model *model);
/* Puts the text away as a draft and says so; the screen before it comes back. */
void compose_put_away(struct model *model, struct effects *effects);
/* Throws the text away: to the bin. */
void compose_discard(struct model *model, struct effects *effects);

/* Forgets the text and leaves its screens: it was sent. */
void compose_close(struct model *model);
void compose_resize(struct model *model);

/* Nothing worth keeping: no words, or none of the operator. */
bool compose_is_empty(const struct model *model);
/* A colleague has the ticket: no reply can be written. Says so. */
bool compose_is_readable_only(struct model *model, int64_t ticket);
/* Asks for the claim, or finds that it is held. */
void compose_hold(struct model *model, struct effects *effects);
/* It is on its way, or written elsewhere: it must not be altered here now. Says so. */
bool compose_is_closed(struct model *model);
/* It is on its way: it must not be altered until the desk has said what became of it. Says so. */
bool compose_is_sending(struct model *model);

/* A key or a text went into the editor. */
void compose_changed(struct model *model);
/* Puts a pasted text in, literally, as one step; one that is too long is refused in words. */
void compose_paste(struct model *model, const char *text, struct effects *effects);
/* Saves what is due, everything with `all`. */
void compose_save(struct model *model, bool all, struct effects *effects);
int64_t compose_deadline(const struct model *model);
void compose_stored(struct model *model, const struct response *response, struct effects *effects);

/* Gives the text to $EDITOR; takes what comes back. One that failed or left nothing alters nothing,
 * but what its file held is one undo away. */
void compose_edit(struct model *model, struct effects *effects);
void compose_edited(struct model *model, const struct msg *msg, struct effects *effects);

/* The first view of its ticket while it is written: what is in it was seen. */
void compose_shown(struct model *model, const struct ticket_view *view);

/* Another terminal goes on with it: it stays to be read, with the reason; and back. */
void compose_moved(struct model *model, int64_t ticket, const char *why, struct effects *effects);
void compose_move_here(struct model *model, struct effects *effects);
/* A colleague handed the ticket over: what he had begun the desk has put behind this text. */
void compose_handed(struct model *model, int64_t ticket, int64_t by, struct effects *effects);
/* The desk has another text than it had from here: why. */
void compose_differs(struct model *model, const char *why, struct effects *effects);

/* The claim of the text: taken, refused, lost. */
void compose_claimed(struct model *model, int64_t ticket, int64_t generation);
void compose_unclaimed(struct model *model, int64_t ticket, enum hold hold, const char *why);

/* --- drafts at rest --- */

struct drafts {
	struct draft *items; /* newest first */
	size_t count;
	uint64_t request;
	int64_t asked_at;	      /* … and when: what is newer here is not in its answer */
	int64_t continues;	      /* the ticket whose text is gone on with then; 0: none */
	bool is_stale;		      /* a text went out since: the answer still has it */
	struct draft_list *recovered; /* of the spool, until the store's are known; NULL: none */
};

/* Under the cursor of a list of drafts; NULL: none, or the screen lists others. */
const struct draft *draft_selected(const struct model *model);
size_t drafts_count(const struct model *model); /* those of the operator himself */
/* Any of his for this ticket. */
bool drafts_has(const struct model *model, int64_t ticket);
const struct draft *drafts_find(const struct model *model, int64_t ticket, enum draft_kind kind);
/* A deep copy on mem, which must own none before. */
void draft_copy(const void *mem, struct draft *to, const struct draft *from);
/* … into an effect about a draft, which is given back. */
struct effect *draft_copy_effect(struct effect *effect, const struct draft *draft);
/* Asks the desk to keep it; of one about no ticket it would know nothing. */
void draft_store(struct model *model, const struct draft *draft, struct effects *effects);
/* Keeps a copy, in place of an older one. */
void drafts_keep(struct model *model, const struct draft *draft);
void drafts_ask(struct model *model, struct effects *effects); /* and the bin, when shown */
void drafts_came(struct model *model, struct response *response, struct effects *effects);
/* What the local spool had at the start: kept, saved to the store, offered. */
void drafts_recover(struct model *model, struct draft_list *list, struct effects *effects);
/* The answer that write_continue waited for has come. */
void drafts_continue(struct model *model, struct effects *effects);
void drafts_forget(struct model *model, int64_t ticket, enum draft_kind kind);

#endif
