#ifndef ATENDE_TESTS_SUPPORT_DESK_H
#define ATENDE_TESTS_SUPPORT_DESK_H

#include "support/program.h"

/*
 * A place for a test: an empty directory that is also HOME and holds the XDG directories, so that a
 * test sees nothing of the machine and leaves nothing behind. Removed with the talloc object.
 */
struct desk {
	char *path; /* the directory, absolute */
	char *file; /* path/desk.db; not made yet */
};

/* On mem (NULL: a root); talloc_free removes the directory with all in it. */
struct desk *desk_create(const void *mem);

/* path/name, on the desk. */
char *desk_path(const struct desk *desk, const char *name);

/* Writes a file of the desk and gives its path; reads one whole (NUL-terminated, on the desk). */
char *desk_write(const struct desk *desk, const char *name, const char *text);
char *desk_read(const struct desk *desk, const char *name);

/*
 * The environment for a program run on this desk: PATH, HOME, XDG directories, TMPDIR,
 * TERM=xterm-256color, LC_ALL=C.UTF-8, LANGUAGE=en, TZ=UTC, ATENDE_DESK, sanitizer options. Then
 * the given "NAME=value" (NULL-terminated list or NULL), which win; "NAME=" alone takes one out.
 * On the desk.
 */
const char *const *desk_environment(const struct desk *desk, const char *const *more);

/* The program under test (ATENDE_PROGRAM, set by meson); fails the test if there is none. */
const char *desk_program(void);

/*
 * Runs `atende ARGUMENTS…` on the desk as an operator (ATENDE_AS; NULL: none given), input may be
 * NULL. `arguments` ends with NULL. The result is on the desk.
 */
struct program_result *desk_run(
	const struct desk *desk, const char *as, const char *const *arguments, const char *input);

/* As desk_run, with the arguments in the call; fails the test with the output if it does not
 * exit with 0; gives the standard output. */
char *desk_do(const struct desk *desk, const char *as, const char *input, ...)
	__attribute__((sentinel));

#endif
