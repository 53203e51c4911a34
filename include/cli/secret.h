#ifndef ATENDE_CLI_SECRET_H
#define ATENDE_CLI_SECRET_H

#include "base/error.h"
#include "cli/call.h"

#include <stdbool.h>

/*
 * What is typed and must not be seen: asked for on the terminal without echo, or else read from
 * standard input, a line each. Never from the command line, which everybody on the machine can see.
 */

/* One line, on the call, `question` translated; wiped when the call ends. INVALID, reason
 * "no_line", when there is none; UNAVAILABLE, reason "interrupted", after Ctrl-C. */
bool secret_ask(struct call *call, const char *question, char **secret, struct error *err);
/* The same for what may be seen, such as a login. */
bool line_ask(struct call *call, const char *question, char **line, struct error *err);
/* A new password; on a terminal asked for twice until both are the same. */
bool secret_ask_new(struct call *call, const char *question, char **secret, struct error *err);

#endif
