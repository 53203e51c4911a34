#ifndef ATENDE_SERVICE_VERIFIER_H
#define ATENDE_SERVICE_VERIFIER_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Threads that hash passwords, which takes long and 64 MiB each on purpose: two at a time, apart
 * from the threads that answer and the one that writes. More than VERIFIER_QUEUE that wait are
 * turned away.
 */
struct verifier;

enum { VERIFIER_THREADS = 2, VERIFIER_QUEUE = 64 };

struct verify_job {
	const char *password; /* to be verified; NULL: nothing is */
	const char *against;  /* its hash; NULL: it takes as long and is wrong */
	const char *wanted;   /* a new password, hashed unless the first was wrong; NULL: none */
	const void *mem;      /* for `hash` */

	/* Called in one of the threads; the job is its owner's again. */
	void (*done)(struct verify_job *job);
	void *data;
	bool ok;
	char *hash; /* of `wanted` */

	struct verify_job *next; /* the verifier's */
};

struct verifier *verifier_start(void);
/* False when too many wait. Any thread. */
bool verifier_submit(struct verifier *verifier, struct verify_job *job);
/* Does what is queued, then ends. NULL is fine. */
void verifier_stop(struct verifier *verifier);

#endif
