#ifndef ATENDE_TESTS_SUPPORT_PROGRAM_H
#define ATENDE_TESTS_SUPPORT_PROGRAM_H

#include <stddef.h>
#include <sys/types.h>

/* Programs without a terminal: what they print and how they end. */

struct program {
	const char *const *argv;	/* argv[0] is a path; ended by NULL */
	const char *const *environment; /* all of it (desk_environment), ended by NULL */
	const char *input;		/* standard input; NULL: empty */
	size_t input_size;		/* 0: strlen(input) */
};

struct program_result {
	int status; /* exit status, or 128 + the signal that ended it */
	char *out, *err;
	size_t out_size, err_size;
};

/* Runs to the end; all on mem. Fails the test when it cannot be started or takes minutes. */
struct program_result *program_run(const void *mem, const struct program *program);

/* Starts and does not wait (output to /dev/null); program_wait gives the status. */
pid_t program_start(const struct program *program);
int program_wait(pid_t pid);

#endif
