#ifndef ATENDE_TUI_FRAME_H
#define ATENDE_TUI_FRAME_H

#include "tui/canvas.h"
#include "tui/layout.h"
#include "tui/model.h"
#include "tui/talk.h"
#include "tui/wrap.h"

/* Inside of the views: what they paint on, and what they share. One file a screen. */
struct frame {
	const struct model *model;
	struct canvas *canvas;
	void *mem; /* for the texts of this frame */
};

typedef void view_fn(const struct frame *frame);

view_fn view_queue, view_ticket, view_compose, view_review, view_find, view_drafts, view_messages,
	view_help, view_outbox, view_memos, view_shift, view_paused, view_start;

/* --- the list of the queue --- */

enum list_column {
	LIST_MARKS,
	LIST_NUMBER,
	LIST_AGE,
	LIST_DUE,
	LIST_CHANNEL,
	LIST_TEAM,
	LIST_PRIORITY,
	LIST_HOLDER,
	LIST_CUSTOMER,
	LIST_SUBJECT,
	LIST_COLUMNS
};
struct list_columns {
	int at[LIST_COLUMNS], width[LIST_COLUMNS]; /* width 0: left out */
};
void list_columns(const struct frame *frame, const struct layout *layout, struct list_columns *out);
void list_heads(
	const struct frame *frame, const struct layout *layout, const struct list_columns *columns);
void list_row(const struct frame *frame, const struct layout *layout,
	const struct list_columns *columns, size_t at, int screen_row);

/* --- parts of several screens --- */

/* ──── left ──────── right ── */
void frame_rule(const struct frame *frame, struct area line, enum style style, const char *left,
	const char *right);
/* A line with a text at each end; the right one is shown whole. */
void frame_ends(
	const struct frame *frame, int row, enum style style, const char *left, const char *right);
/* "a · b", "a, b" without a canvas: parts that are not empty. */
char *frame_join(const struct frame *frame, char *line, const char *part);

/* Lines of a text being written, from line `top` on, behind the gutter; variables without a value
 * stand out. */
void frame_text(const struct frame *frame, struct area area, const char *text,
	const struct wrap *wrap, size_t top);
/* Lines of a conversation from `top` on. */
void frame_talk(const struct frame *frame, struct area area, const struct talk *talk, size_t top);
/* … and on them the cursor, when this part is in sight; NULL: none. */
void frame_talk_cursor(const struct frame *frame, struct area area, const struct talk *talk,
	size_t top, const struct talk_part *part);
/* … and the words that were looked for; `found` is the one the cursor is at. */
void frame_talk_found(const struct frame *frame, struct area area, const struct talk *talk,
	size_t top, const char *words, const struct talk_place *found);
void frame_customer(
	const struct frame *frame, struct area area, const struct ticket_view *view, size_t top);
void frame_preview(const struct frame *frame, const struct layout *layout);
/* "with you for 3 min", "bruno is on it since 12:31"; "" when it is free. */
char *frame_holder(const struct frame *frame, const struct ticket_row *row);

/* "João Lima <joao@exemplo.com.br>". */
char *frame_person(const struct frame *frame, const struct ticket_row *row);

/* --- texts that are told, too: tui/linear_tell.h; the frame needs no canvas --- */

/* "no answer yet · total 2h14 · Entrega": what is known beside the state. */
char *ticket_facts(const struct frame *frame, const struct ticket_row *row);
/* "22 Nov 12:20  bruno · internal note", and what is to be told of it: "NEW", "CAME BACK". */
char *talk_head(const struct frame *frame, const struct talk *talk, const struct talk_entry *entry);
char *talk_tag(const struct frame *frame, const struct talk_entry *entry, enum style *style);
/* "REPLY to joao@exemplo.com.br" */
char *compose_target(const struct frame *frame);
/* "3 quoted lines": what is folded, or could be. */
char *talk_fold(const struct frame *frame, const struct talk_part *part);
char *review_title(const struct frame *frame);
/* A screen that is one list: how long, what it is, what it says when empty, a line. Those with a
 * face of their own (help, messages, start) have the length alone. */
struct list_words {
	size_t (*count)(const struct model *model);
	char *(*title)(const struct frame *frame);
	const char *(*empty)(const struct frame *frame);
	char *(*text)(const struct frame *frame, size_t at); /* a row as one line */
};
extern const struct list_words shift_words, memo_words, outbox_words;
char *list_title(const struct frame *frame);
const char *list_empty(const struct frame *frame);
char *list_text(const struct frame *frame, size_t at);
/* Why there is no desk, and what to do: at most START_SENTENCES; how many. */
enum { START_SENTENCES = 2 };
struct start_sentence {
	enum style style;
	const char *text;
};
size_t start_sentences(const struct frame *frame, struct start_sentence *sentences);

void frame_status(const struct frame *frame);
/* The last line: prompt, message or hints; above it the list of a prompt or prefix. */
void frame_last_line(const struct frame *frame);
/* "key word  key word": commands with a hint on this screen from index `from` on, as many as fit;
 * gives the next one's index. with_help: the help at the end, whatever else has room. */
size_t frame_hints(const struct frame *frame, int row, size_t from, bool with_help);
/* How many rows all of them take. */
int frame_hint_rows(const struct frame *frame);

/* A screen that is one list under a title; `line` paints the one at `at`, from `rows` where they
 * are made for the frame. */
typedef void frame_line_fn(
	const struct frame *frame, const void *rows, size_t at, struct area line);
void frame_list(const struct frame *frame, const char *title, const char *empty,
	frame_line_fn *line, const void *rows);

/* Paints the row of a list: the cursor's mark and bar. */
void frame_bar(const struct frame *frame, int row, struct area area, bool is_selected);

/* "+3 new (R shows)" */
char *frame_news(const struct frame *frame, size_t count);

#endif
