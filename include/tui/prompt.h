#ifndef ATENDE_TUI_PROMPT_H
#define ATENDE_TUI_PROMPT_H

#include "core/change.h"
#include "tui/effect.h"
#include "tui/key.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Questions to the operator on the last line. One at a time; while it stands, keys are its own.
 * What a chain of questions puts together is kept in `change`, with the ticket that was under the
 * cursor when the chain began.
 */
struct model;
struct prompt;
struct editor;
struct response;

enum prompt_form {
	PROMPT_NONE,
	PROMPT_LINE, /* text, ended by Enter */
	PROMPT_ASK,  /* yes or no */
	PROMPT_PICK, /* one of a list, found by typing, taken by Enter */
	PROMPT_KEYS, /* one of a list, taken by its key */
};

struct prompt_item {
	char *key;    /* PROMPT_KEYS: one character; else a word in front, or NULL */
	char *label;  /* clean, one line */
	char *detail; /* shown dimmed behind it; "" for none */
	int64_t value;
	int kind;     /* the asker's own */
	char *folded; /* what is found by typing; NULL: not asked for yet */
};

/* The operator chose: `item` of a list, `text` of a line ("" for an ASK). */
typedef void prompt_done_fn(struct model *model, const struct prompt *prompt, const char *text,
	const struct prompt_item *item, struct effects *effects);
/* What `changed` asked the desk for has come. */
typedef void prompt_answered_fn(struct model *model, struct response *response);
/* The line changed: live filters. */
typedef void prompt_changed_fn(struct model *model, const char *text, struct effects *effects);
/* Adds the items for what is typed so far; for a line it says in prompt->start what they replace.
 */
typedef void prompt_offer_fn(const struct model *model, struct prompt *prompt, const char *text);

struct prompt {
	enum prompt_form form;
	char *title;
	struct editor *line;
	struct prompt_item *items;
	size_t count;
	size_t *shown; /* indexes of the items that match what was typed */
	size_t shown_count, selected, top;
	struct change change; /* strings on the prompt */
	void *data;	      /* the asker's own, on the prompt */
	prompt_done_fn *done;
	prompt_changed_fn *changed;   /* NULL: none */
	prompt_changed_fn *cancelled; /* NULL: none; gets "" */
	bool is_secret;		      /* the line is shown as stars */
	char *note;		      /* behind the line: what is wrong with it; NULL: nothing */
	bool is_mild;		      /* … the note is no fault */
	uint64_t request;	      /* what `changed` asked for, for `answered`; 0: nothing */
	prompt_answered_fn *answered;
	int key_columns; /* so wide are the keys of the list; 0: as they are */

	/* Puts the items anew at every key. A PICK shows all of them; for a LINE they are what may
	 * follow, which Tab takes. NULL: the items stay, and a PICK is narrowed by what is typed.
	 */
	prompt_offer_fn *offer;
	size_t start;	 /* byte of the line that what is offered replaces */
	bool is_exact;	 /* all that is offered begins with what was typed */
	bool is_open;	 /* what was taken may go on: no blank behind it */
	bool is_walking; /* Tab goes from one to the next */

	enum draft_kind draft; /* the line is a draft: jot.h; DRAFT_NONE: it is not */

	bool is_left; /* the line stays for the next such prompt: jot.h */

	struct history *history; /* Up and Down walk in it; NULL: none */
	size_t history_at;	 /* its count: at the line itself … */
	char *own;		 /* … which is kept here meanwhile */
	uint64_t serial;	 /* of all that were asked */
};

/*
 * A new prompt on its own context, not yet asked; title is translated and copied. `from` (may be
 * NULL) hands on the change of the prompt before it.
 */
struct prompt *prompt_create(const struct model *model, enum prompt_form form, const char *title,
	const struct prompt *from, prompt_done_fn *done);
void prompt_add(struct prompt *prompt, const char *key, const char *label, const char *detail,
	int64_t value, int kind);
/* Says what is wrong with the line as it is typed; NULL: nothing. */
void prompt_note(struct prompt *prompt, const char *text);
/* Numbers the items 1–9, a–z, for PROMPT_KEYS. */
void prompt_number(struct prompt *prompt);
/* Two items for PROMPT_ASK, of the values 1 and 0: the keys y and n of the reader's language. */
void prompt_yes_no(struct prompt *prompt);
/* Asks it now; the one before is dropped. Keys of the moment in which an answer of the desk asked
 * it are not for it. */
void prompt_ask(struct model *model, struct prompt *prompt);
void prompt_close(struct model *model);

/* What may be offered has become known: the items of the prompt that stands are put anew. */
void prompt_offer(struct model *model);
/* Answers it with what its line holds, and an item of its list (NULL: none). */
void prompt_take(struct model *model, const struct prompt_item *item, struct effects *effects);
/* For `done` of a line that may not stay empty: false when it did, which is told. */
bool prompt_has_text(struct model *model, const char *text);
/* True when a prompt stands that asked for this; it has it then. */
bool prompt_response(struct model *model, struct response *response);

/* Keys and pastes while a prompt stands. */
void prompt_key(struct model *model, const struct key *key, struct effects *effects);
void prompt_paste(struct model *model, const char *text, struct effects *effects);

/* A line whose end is offered in a list. */
bool prompt_is_completed(const struct prompt *prompt);
/* How many rows of the list are shown above the line. */
int prompt_rows(const struct model *model);

#endif
