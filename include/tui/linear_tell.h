#ifndef ATENDE_TUI_LINEAR_TELL_H
#define ATENDE_TUI_LINEAR_TELL_H

#include "tui/frame.h"

#include <stddef.h>

/*
 * Inside of the linear console: the model as lines. A frame without a canvas has the model and the
 * memory; the functions put lines on a paper. Pure, as the views are.
 */
struct paper {
	struct frame frame; /* .canvas is NULL */
	char *text;
};

/* A line of the console's own. */
void paper_line(struct paper *paper, const char *line);
/* Words of others, behind a gutter in each line, so that they cannot pass for the console's. */
void paper_body(struct paper *paper, const char *text);
/* What leaves for the terminal: clean, in the signs it has, broken at its width. On mem. */
char *paper_fit(const struct paper *paper, const void *mem);

/* From queue row `first` on. */
void tell_queue(struct paper *paper, size_t first, size_t rows);
/* How many tickets there are, in a line. */
void tell_counts(struct paper *paper);
/* `page` 0 has the newest texts. */
void tell_ticket(struct paper *paper, size_t page);
/* The text in which words were found. */
void tell_found(struct paper *paper);
void tell_compose(struct paper *paper);
void tell_review(struct paper *paper);
/* The other screens. */
void tell_list(struct paper *paper, size_t page);
void tell_start(struct paper *paper);
void tell_messages(struct paper *paper, size_t page);
void tell_prompt(struct paper *paper);
/* What can be done with a finished text, a line each. */
void tell_choices(struct paper *paper);
/* The commands of this screen that have all the words; "" for all. */
void tell_commands(struct paper *paper, const char *words);
/* What may follow these keys; false: nothing does. */
bool tell_prefix(struct paper *paper, const char *keys);

#endif
