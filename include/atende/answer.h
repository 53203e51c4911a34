#ifndef ATENDE_ATENDE_ANSWER_H
#define ATENDE_ATENDE_ANSWER_H

#include "store/store.h"
#include "tui/msg.h"

/*
 * What the desk has to say to an effect: the one table from effects to verbs of the store, for the
 * worker and for tests with consoles on a real desk.
 */

/* For effects that effect_is_for_desk, and EFFECT_PATHS; the effect becomes the response's. The
 * message is a root, its time the store's. */
struct msg *effect_answer(struct store *store, struct effect *effect);

#endif
