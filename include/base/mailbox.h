#ifndef ATENDE_BASE_MAILBOX_H
#define ATENDE_BASE_MAILBOX_H

#include <stdbool.h>

/*
 * A queue between threads. Letters are talloc roots (parent NULL) that change owner: the sender
 * must not touch one after mailbox_post. The receiver can wait for mailbox_fd to become readable in
 * poll.
 */
struct mailbox;

struct mailbox *mailbox_create(void);
void mailbox_destroy(struct mailbox *box); /* frees what was not taken; NULL is fine */
void mailbox_post(struct mailbox *box, void *letter);
void *mailbox_take(struct mailbox *box);   /* NULL when empty */
void *mailbox_wait(struct mailbox *box);   /* blocks; NULL after mailbox_close once it is empty */
void mailbox_close(struct mailbox *box);   /* wakes the waiting */
int mailbox_fd(const struct mailbox *box); /* readable while there are letters */

#endif
