#ifndef ATENDE_BASE_TOKEN_FILE_H
#define ATENDE_BASE_TOKEN_FILE_H

#include "base/error.h"

#include <stdbool.h>

/*
 * The tokens of a person's sessions: "tokens" in XDG state, mode 600, a line for each desk and
 * login. A file that others can read is refused (DENIED, reason "token_file"), for then it is too
 * late to hide it.
 */

/* *token NULL when there is none; of a login that is NULL the newest one. On mem. */
bool token_file_get(
	const void *mem, const char *desk, const char *login, char **token, struct error *err);
/* Takes the place of one that is there. */
bool token_file_put(const char *desk, const char *login, const char *token, struct error *err);
/* Takes away every line of the desk with this token. */
bool token_file_remove(const char *desk, const char *token, struct error *err);

#endif
