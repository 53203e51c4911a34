#ifndef ATENDE_TUI_DECODE_H
#define ATENDE_TUI_DECODE_H

#include "tui/key.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Bytes of a terminal into keys and pastes; pure. Both forms of arrows (ESC [ A, ESC O A), the
 * modifiers of xterm, and sequences the terminal's description adds are known; any other CSI, SS3,
 * OSC, DCS, APC or PM sequence is swallowed whole. ESC and a byte that came with it, or within the
 * escape delay, is Meta and never "Esc, then a command". A bracketed paste is one text, taken
 * literally.
 */

enum decoded { DECODED_NOTHING, DECODED_KEY, DECODED_PASTE };

struct decoder;

struct decoder *decoder_create(const void *mem);

/* Adds a sequence of the terminal's description ("\033OA"); those that begin with no ESC are
 * ignored. */
void decoder_learn(struct decoder *decoder, const char *sequence, struct key key);

void decoder_feed(struct decoder *decoder, const char *bytes, size_t size);

/*
 * The next key or paste of what was fed. *paste is clean text (base/text.h) on mem. NOTHING: feed
 * more, or, when decoder_is_waiting, call decoder_expire after the escape delay.
 */
enum decoded decoder_next(struct decoder *decoder, const void *mem, struct key *key, char **paste);

/* True when the bytes held may be the start of more: a lone ESC, half a sequence. */
bool decoder_is_waiting(const struct decoder *decoder);

/* The escape delay is over: what is held is all there is. */
void decoder_expire(struct decoder *decoder);

#endif
