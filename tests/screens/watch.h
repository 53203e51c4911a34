#ifndef ATENDE_TESTS_SCREENS_WATCH_H
#define ATENDE_TESTS_SCREENS_WATCH_H

#include "tui/model.h"
#include "tui/msg.h"

/*
 * A pair of eyes on a console that is played with by chance. It fails the test when the console
 *  - changes anything without a key of a command that says so;
 *  - changes a ticket that was neither under the cursor nor open nor marked when that key came;
 *  - sends a reply or a note without a key of its review, or a text that is not the one there;
 *  - loses a text: what was written is in the editor, among the drafts, in the spool, at the desk,
 *    in its bin, or was taken by the desk; and the spool has it half a second after the key.
 * Whoever drives the console calls the three functions around each model_update.
 */
struct watch;

struct watch *watch_create(const void *mem);

void watch_before(struct watch *watch, const struct model *model, const struct msg *msg);
/* Each effect that the update added, in order. */
void watch_effect(struct watch *watch, const struct effect *effect);
void watch_after(struct watch *watch, const struct model *model);

/* Now the spool must have what is being written. */
void watch_spooled(struct watch *watch, const struct model *model);

/* How many keys it has seen. */
uint64_t watch_keys(const struct watch *watch);

#endif
