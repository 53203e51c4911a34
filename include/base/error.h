#ifndef ATENDE_BASE_ERROR_H
#define ATENDE_BASE_ERROR_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Errors: what a fallible function tells its caller when it returns false.
 *
 * A struct error is plain data: no ownership, may be copied, kept and handed to another thread. It
 * starts as {0}. It is made into a sentence only at the edge (tui, cli), in the reader's language.
 */

enum error_code {
	ERROR_NONE,
	ERROR_INVALID,	   /* the input is wrong */
	ERROR_USAGE,	   /* INVALID, by a command line: exit status 2 */
	ERROR_DENIED,	   /* this operator may not */
	ERROR_NOT_FOUND,   /* no such ticket, customer, operator … */
	ERROR_CONFLICT,	   /* somebody was faster, or something unseen arrived */
	ERROR_UNCERTAIN,   /* sent, and no answer came: settle it with the change id */
	ERROR_UNAVAILABLE, /* the desk cannot be reached or is busy */
	ERROR_INTERNAL,	   /* a damaged desk, a full disk, a fault of ours */
	ERROR_CODES
};

enum { ERROR_ARGS = 4, ERROR_ARG_SIZE = 192 };

struct error {
	enum error_code code;
	const char
		*reason;  /* a short stable word for programs ("held", "stale"), or NULL; static */
	const char *text; /* msgid, marked with N_(); {0} … {3} stand for the arguments; static */
	char arg[ERROR_ARGS][ERROR_ARG_SIZE]; /* clean, cut at a character if too long */
};

/* Marks a text for translation; translated at the edge only. */
#define N_(text) text

/*
 * Fills *err (which may be NULL) and returns false, so that a function can `return error_set(…)`.
 * The variable arguments are `const char *`, at most ERROR_ARGS, ended by NULL.
 */
bool error_set(struct error *err, enum error_code code, const char *text, ...)
	__attribute__((sentinel));

/* As error_set, with a reason word. */
bool error_set_reason(struct error *err, enum error_code code, const char *reason, const char *text,
	...) __attribute__((sentinel));

/* "conflict", "not_found" …: the word of a code in JSON. */
const char *error_code_name(enum error_code code);

/* The exit status of a program that ends with this code. */
int error_exit_status(enum error_code code);

/*
 * The sentence: `translated` (err->text in the reader's language; NULL: as it is) with its
 * arguments put in. Lives on mem.
 */
char *error_sentence(const void *mem, const struct error *err, const char *translated);

#endif
