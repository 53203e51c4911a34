#ifndef ATENDE_HTTPD_WRITER_H
#define ATENDE_HTTPD_WRITER_H

#include "base/error.h"
#include "core/change.h"
#include "store/store.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * The only thread that alters the desk. It takes whatever has queued up, applies the changes of all
 * of it as one durable transaction, and tells each that it is done after the commit. A single
 * change does not wait for company; company that came meanwhile shares the next commit.
 */
struct writer;

/* A request for the writer; it is its owner's again once `done` was called. */
struct job {
	/* Changes of one request; their groups count among themselves alone. */
	const struct change *changes;
	size_t count;
	struct result *results; /* room for count */
	/* Or, without changes, what else alters the desk: a draft, a renewal. */
	bool (*run)(struct store *store, struct job *job, struct error *err);
	void *data; /* for run and done */

	/* Called in the writer's thread: ok and err say what store_apply or run gave. */
	void (*done)(struct job *job);
	bool ok;
	struct error err;
	int64_t directory; /* the revision of the directory that the changes were made with, else 0
			    */

	struct job *next; /* the writer's */
};

/* Changes that are applied together at most, unless one request has more. */
enum { WRITER_BATCH = 512, WRITER_QUEUE = 4096 };

/* The store, a handle without an operator, is the writer's until writer_stop. `committed` is called
 * in its thread after each commit of changes, before they are answered: how many, and how long it
 * took. */
typedef void writer_committed_fn(void *data, size_t count, int64_t us);
struct writer *writer_start(struct store *store, writer_committed_fn *committed, void *data);

/* How many jobs wait. Any thread. */
size_t writer_waiting(struct writer *writer);
/* For how long it has been at work on what it took; 0 while it waits. Any thread. */
int64_t writer_busy_ms(struct writer *writer);

/* False when more than WRITER_QUEUE jobs wait (try again later), and after writer_stop. May be
 * called by any thread. */
bool writer_submit(struct writer *writer, struct job *job);

/* Does what is queued, then ends; no job is taken any more. NULL is fine, so for the next. */
void writer_stop(struct writer *writer);
/* After writer_stop, when nobody can submit a job any more. */
void writer_destroy(struct writer *writer);

#endif
