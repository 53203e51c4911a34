#ifndef ATENDE_CODEC_CURSOR_H
#define ATENDE_CODEC_CURSOR_H

#include "core/query.h"

#include <stdbool.h>

/*
 * Places in a list as one word that may stand in an address (base 64 with '-' and '_'; RFC 4648,
 * section 5). What is in it is nobody's business but this module's.
 */
char *cursor_print(const void *mem, const struct queue_key *key);

/* False for what cursor_print does not write. */
bool cursor_parse(const char *text, struct queue_key *key);

#endif
