#ifndef ATENDE_ATENDE_SPOOLER_H
#define ATENDE_ATENDE_SPOOLER_H

#include "atende/spool.h"
#include "base/mailbox.h"
#include "tui/effect.h"

/*
 * The thread that writes the spool: a disk that is slow to sync must not hold up keys. Effects are
 * done in their order; each that fails is told as MSG_SPOOL_FAILED into `inbox`.
 */
struct spooler;

/* The spool is the spooler's until spooler_stop. */
struct spooler *spooler_start(struct spool *spool, struct mailbox *inbox);
/* One for which effect_is_for_spool; it changes owner. */
void spooler_ask(struct spooler *spooler, struct effect *effect);
/* All that was asked is durable when it returns. NULL is fine. */
void spooler_stop(struct spooler *spooler);

#endif
