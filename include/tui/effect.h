#ifndef ATENDE_TUI_EFFECT_H
#define ATENDE_TUI_EFFECT_H

#include "core/change.h"
#include "core/claim.h"
#include "core/query.h"
#include "core/ticket.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Effects: what the model wants done. update only names them; the program does them, in order. An
 * effect is a talloc root that owns all it points to, so that it may go to another thread.
 */

/* Terminals drop a longer sequence: xterm takes 100,000 bytes of base 64. */
enum { COPY_MOST = 74994 };

enum effect_type {
	EFFECT_NONE,
	/* For the desk: the worker answers each by exactly one MSG_RESPONSE. */
	EFFECT_DIRECTORY,
	EFFECT_QUEUE,
	EFFECT_ROWS,
	EFFECT_NEXT,
	EFFECT_COUNTS,
	EFFECT_OUTBOX,
	EFFECT_PENDING_DROP, /* .pending: off the outbox */
	EFFECT_LOADS,
	EFFECT_TICKET,
	EFFECT_SEARCH,
	EFFECT_DRAFTS,
	EFFECT_APPLY,
	EFFECT_DRAFT_SAVE,
	EFFECT_DRAFT_DISCARD, /* .draft: ticket, kind */
	EFFECT_DRAFT_RESTORE, /* .draft: ticket, kind */
	EFFECT_DRAFT_ADOPT,   /* .draft: ticket, kind, operator_id of its author */
	EFFECT_RENEW,
	EFFECT_ATTACH, /* .attach: the file's content for the desk */
	EFFECT_FETCH,  /* .fetch: a file of a text, saved or opened; or a link opened */
	/* … of which nobody waits for the answer: */
	EFFECT_PRESENCE, /* .presence: what the operator does here */
	EFFECT_PRESENCES,
	EFFECT_MEMOS, /* .memos */
	/* For the local spool, in their order, durable before the program ends: MSG_SPOOL_FAILED
	 * answers when they fail. */
	EFFECT_SPOOL_SAVE,   /* .draft */
	EFFECT_SPOOL_REMOVE, /* .draft: ticket, kind */
	EFFECT_HISTORY,	     /* .text: a line for the history of commands; unanswered */
	/* For the program itself, done before the next message is read; unanswered unless said. */
	EFFECT_EDIT,	/* .draft: its text in $EDITOR; MSG_EDITED answers, several times */
	EFFECT_CANCEL,	/* the question under way: store_cancel */
	EFFECT_SUSPEND, /* Ctrl-Z */
	EFFECT_REPAINT, /* Ctrl-L */
	EFFECT_BELL,
	EFFECT_TELL,  /* .text: whole lines, clean, for a linear terminal */
	EFFECT_COPY,  /* .text, clean, at most COPY_MOST bytes, to the clipboard */
	EFFECT_THEME, /* .text: its name */
	EFFECT_QUIT,
	EFFECT_PATHS, /* .text: a path being typed; MSG_PATHS answers */
	EFFECT_START, /* .start: ends the start screen */
	EFFECT_TYPES
};

/* A file goes into the folder, or, when there is none, to the command, as a link does. */
struct fetch {
	int64_t ticket;
	char *blob;    /* NULL: a link */
	char *name;    /* of the file; the link */
	char *folder;  /* NULL: to open */
	char *command; /* words, no shell: "xdg-open" */
};

/* What the start screen was left with. */
enum start_deed {
	START_NONE,
	START_SAMPLE,
	START_NEW,
	START_OPEN,
	START_ACT,
	START_SIGN_IN,
	START_AGAIN
};
struct start_wish {
	enum start_deed deed;
	char *desk;	/* path, as typed; NULL: the one that was tried */
	char *login;	/* NULL: as before */
	char *password; /* to sign in with; else NULL */
	bool is_kept;	/* to be written into atende.conf */
};

struct effect {
	enum effect_type type;
	uint64_t request; /* whose question this is; the response carries it back */
	/* DRAFT_SAVE: what its author knows the desk to have; when it has something else, nothing
	 * is saved (CONFLICT). NULL: that is not asked. */
	char *known;
	union {
		struct queue_query queue;
		struct {
			int64_t *numbers;
			size_t count;
		} rows;
		int64_t ticket;
		struct search_query search;
		bool bin; /* drafts */
		struct uuid pending;
		struct {
			/* An id that is zero is made by whoever performs the effect, before the
			 * first try, and comes back in the response: a retry bears the same id. */
			struct change *changes;
			size_t count;
		} apply;
		struct draft draft;
		struct renewal renewal;
		struct {
			char *path;
			int64_t max_bytes;
		} attach;
		struct fetch fetch;
		struct presence presence;
		struct memo_query memos;
		char *text;
		struct start_wish start;
	};
};

/* Collected by one update; items are roots. */
struct effects {
	size_t count;
	struct effect **items; /* on the effects */
};

struct effects *effects_create(const void *mem);

/* A fresh effect, zero but for its type, at the end. Owned by the effects until effects_take. */
struct effect *effects_add(struct effects *effects, enum effect_type type);

/* The first effect, out of the effects and owned by the caller; NULL when none is left. */
struct effect *effects_take(struct effects *effects);

/* Frees what was not taken. */
void effects_destroy(struct effects *effects);

/* "apply", "draft_save": for tests and the log. */
const char *effect_name(enum effect_type type);

/* True for those that the worker answers. */
bool effect_is_for_desk(enum effect_type type);
/* True for those of them that are no work in the eyes of the operator. */
bool effect_is_quiet(enum effect_type type);
/* True for those of the local spool. */
bool effect_is_for_spool(enum effect_type type);

#endif
