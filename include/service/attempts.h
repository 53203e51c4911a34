#ifndef ATENDE_SERVICE_ATTEMPTS_H
#define ATENDE_SERVICE_ATTEMPTS_H

#include <stdbool.h>
#include <stdint.h>

/*
 * How often somebody may try a password: for each account and for each address a few attempts at
 * once, then ever longer apart. An account that does not exist counts like one that does. The table
 * has a fixed size; when it is full, who has tried least often is forgotten first.
 *
 * Any thread.
 */
struct attempts;

enum {
	ATTEMPTS_ACCOUNT = 5,  /* free ones of an account */
	ATTEMPTS_ADDRESS = 20, /* of an address, which a whole shop may share */
	/* After those, twice as long each time. An account's owner must not be kept out for long by
	 * others who guess at his password. */
	ATTEMPTS_FIRST_MS = 1000,
	ATTEMPTS_ACCOUNT_MOST_MS = 60 * 1000,
	ATTEMPTS_ADDRESS_MOST_MS = 15 * 60 * 1000,
	ATTEMPTS_FORGOTTEN_MS = 60 * 60 * 1000,
};

struct attempts *attempts_create(void);
void attempts_destroy(struct attempts *attempts); /* NULL is fine */

/*
 * Counts an attempt, as a failed one until attempts_succeeded; false when it comes too early, with
 * the time to wait. An attempt that comes too early does not count.
 */
bool attempts_take(struct attempts *attempts, const char *login, const char *address, int64_t now,
	int64_t *wait_ms);
void attempts_succeeded(struct attempts *attempts, const char *login, const char *address);

#endif
