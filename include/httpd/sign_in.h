#ifndef ATENDE_HTTPD_SIGN_IN_H
#define ATENDE_HTTPD_SIGN_IN_H

#include "httpd/request.h"

#include <stdbool.h>

/* What the routes share that take a password. */

/*
 * Counts an attempt on this account from where the request comes: DENIED, reason "attempts", when
 * it comes too early, and the answer says when to try again.
 */
bool sign_in_attempt(struct request *request, const char *login, struct error *err);
/* It was right. */
void sign_in_succeeded(struct request *request, const char *login);

/* The hash of an operator's password, NULL for none; asked as the desk itself. On the request. The
 * directory that the request had may be gone. */
bool sign_in_credential(
	struct request *request, int64_t operator_id, char **hash, struct error *err);

/* Zeroes a password, and the body that it came in. NULL is fine. */
void sign_in_forget(struct request *request, const char *password);

#endif
