#ifndef ATENDE_TUI_START_H
#define ATENDE_TUI_START_H

#include "core/directory.h"
#include "tui/command.h"
#include "tui/effect.h"
#include "tui/prompt.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * The screen in place of the queue while there is no desk to show, or nobody to act on it: it says
 * what is missing and offers what can be done. What was chosen goes out as EFFECT_START; the
 * program does it and starts the console.
 */
struct model;

/* All of it stays the caller's. */
struct start_lack {
	const struct error *problem;	   /* why there is no console */
	bool is_first;			   /* nobody ever named a desk: not a fault */
	const char *sample_path;	   /* where a sample desk would go */
	const char *new_path;		   /* … and an empty one */
	const char *login;		   /* of the person here; "" when there is none */
	const struct directory *directory; /* of a desk whose operator is missing; NULL: no desk */
};

struct start_part {
	const struct start_lack *lack; /* NULL: there is a desk */
	char *paths;		       /* what there is below the path being typed, a line each */
	struct start_wish wish;	       /* as far as it is known; strings on the model */
};

/* How many operators may be chosen from; the one at a place. */
size_t start_count(const struct model *model);
const struct operator_ *start_operator(const struct model *model, size_t at);

/* Asks for a path, which Tab completes: also while a console runs. The prompt stands when it
 * returns.
 */
void path_ask(struct model *model, const char *title, const char *path, prompt_done_fn *done,
	struct effects *effects);

/* The desk is there, and wants to know who asks. */
bool start_is_signed_out(const struct model *model);

command_fn start_sign_in, start_sample, start_new, start_open, start_choose, start_again;

#endif
