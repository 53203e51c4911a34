#ifndef ATENDE_TUI_MSG_H
#define ATENDE_TUI_MSG_H

#include "base/error.h"
#include "core/link_status.h"
#include "core/query.h"
#include "tui/effect.h"
#include "tui/key.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Messages: all that the model learns, and the only source of time. A message is a talloc root that
 * owns all it points to; model_update steals what it keeps, the caller frees the rest.
 */

enum msg_type {
	MSG_KEY,
	MSG_PASTE,  /* .text, clean */
	MSG_LINE,   /* .line, for a model that is linear */
	MSG_RESIZE, /* .size */
	MSG_TICK,   /* model_deadline has come */
	MSG_FEED,   /* .feed, or .feed_error while the feed is broken */
	MSG_RESPONSE,
	MSG_SPOOLED,	  /* .drafts of the local spool, once at the start */
	MSG_HISTORY,	  /* .text: the history of commands, once at the start */
	MSG_SPOOL_FAILED, /* .err: a text is not safe there, or could not be read */
	MSG_EDITED,	  /* the file of $EDITOR changed, or the editor ended */
	MSG_PATHS,	  /* .text: what there is below a path, a line each; folders end in / */
	MSG_LINK,	  /* .link: another state of the way to a desk behind a server */
	MSG_HANGUP,	  /* the terminal is gone, or SIGTERM */
	MSG_TYPES
};

/* What became of an effect for the desk. */
struct response {
	struct effect *effect; /* the question, whole */
	bool ok;
	struct error err;   /* when not ok: nothing was done, or UNCERTAIN */
	int64_t elapsed_ms; /* in the store */
	union {
		struct directory *directory;
		struct queue_page page; /* queue, rows */
		struct ticket_row row;	/* next: number 0 when there is none */
		struct counts counts;
		struct {
			struct outbox outbox;
			struct pending_list pending;
		};
		struct load_list loads;
		struct ticket_view *ticket;
		struct search_page found;
		struct draft_list drafts;
		struct result *results; /* apply: one a change */
		struct renewal renewal;
		struct attachment attachment;
		struct presence_list presences;
		struct memo_list memos;
		char *path; /* fetch: where the file is now */
	};
};

struct msg {
	enum msg_type type;
	int64_t now; /* ms since the epoch, in every message; never goes back */
	union {
		struct key key;
		char *text;
		struct {
			char *text;	  /* clean, without its newline */
			bool is_scripted; /* from a file or program: nobody typed it ahead */
		} line;
		struct error err;
		struct {
			int columns, rows;
		} size;
		struct {
			struct feed items;
			bool ok;
			struct error err;
		} feed;
		struct response response;
		struct link_status link;
		struct draft_list drafts;
		struct {
			bool done; /* the editor has ended */
			bool ok;   /* false: it could not be run, or failed; see err */
			struct error err;
			char *text;	  /* clean; what the file holds, also of one that failed */
			bool was_cleaned; /* it held what no text may hold */
		} edited;
	};
};

/* A zero message on a root of its own. */
struct msg *msg_create(enum msg_type type, int64_t now);

#endif
