#ifndef ATENDE_HTTPD_DUE_H
#define ATENDE_HTTPD_DUE_H

#include "base/log.h"
#include "httpd/writer.h"
#include "store/store.h"

/*
 * What comes true by the clock alone (a claim expires, a snooze or a wait ends) is entered in the
 * log when it does, so that the feeds tell of it; else it would wait for somebody's next change.
 * One for a server; its job is the writer's, so it goes after writer_stop.
 */
struct due;

struct due *due_create(struct writer *writer, struct log *log);
/* Is something due? Then the writer is told. To be called again and again by one thread, with a
 * store of its own: cheap as long as the desk stays as it is. */
void due_look(struct due *due, struct store *store);
void due_destroy(struct due *due); /* NULL is fine */

#endif
