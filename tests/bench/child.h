#ifndef ATENDE_TESTS_BENCH_CHILD_H
#define ATENDE_TESTS_BENCH_CHILD_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/*
 * A program in a pseudo terminal, as a benchmark watches it: keys in, bytes out and when they came.
 * Whatever goes wrong here ends the benchmark with a sentence.
 */
struct child {
	pid_t pid;
	int fd;
};

/* What was read in one go. Times are those of bench_now_us. */
struct painted {
	double last_at; /* of the last byte */
	size_t bytes;
	bool found; /* the marker */
	double found_at;
};

enum { CHILD_QUIET_MS = 40, CHILD_START_QUIET_MS = 250 };

/* Runs command (ended by NULL) in a window of 80×24, TERM=xterm-256color. */
struct child child_start(char **command);
/* … and reads until `marker` was painted and all is quiet. */
struct child child_start_ready(char **command, const char *marker);
void child_stop(struct child *child); /* kills it */

void child_send(struct child *child, const char *keys);
void child_resize(struct child *child, int columns, int rows);

/* Reads until nothing has come for quiet_ms; waits limit_ms for the first byte, or for the marker
 * (NULL: none). */
struct painted child_read(struct child *child, int quiet_ms, int limit_ms, const char *marker);
/* Sends keys and reads what they paint. */
struct painted child_press(struct child *child, const char *keys);
/* The same, key by key, Esc with the time it takes to be Esc. */
void child_walk(struct child *child, const char *keys);

#endif
