#ifndef ATENDE_TESTS_SERVER_DAEMON_H
#define ATENDE_TESTS_SERVER_DAEMON_H

#include "store/store.h"
#include "support/desk.h"

#include <stdbool.h>
#include <sys/types.h>

/* The real server (ATENDED_PROGRAM) on a desk of the test, to be killed and started again. */
struct daemon {
	struct desk *desk;
	char *location; /* "unix:…" */
	pid_t pid;	/* 0 when it does not run */
};

enum { FIRST_TICKET = 1001 };

/* A new desk with operators op0 … and so many tickets, on mem. Does not run. */
struct daemon *daemon_create(const void *mem, int operators, int tickets);

/* Starts it and waits until it answers. */
void daemon_start(struct daemon *daemon);

/* By kill -9; in good order, which must end with exit status 0. */
void daemon_kill(struct daemon *daemon);
void daemon_stop(struct daemon *daemon);

/* A handle through the network, as op`slot` (-1: the desk itself); tried until the server is there.
 */
struct store *daemon_open(const char *location, int slot);

/* The desk's file itself, as nobody; while the server is down, or beside it. */
struct store *daemon_file(const struct daemon *daemon);

/* Fails the test unless store_check finds nothing. */
void daemon_check(const struct daemon *daemon);

/* How often a change with this id is in the log of a desk, and its revision. */
struct logged {
	struct uuid id;
	int64_t revision;
};
/* The whole log, sorted by id; on mem. */
struct logged *daemon_log(const struct daemon *daemon, const void *mem, size_t *count);
int daemon_logged(const struct logged *log, size_t count, const struct uuid *id, int64_t *revision);

#endif
