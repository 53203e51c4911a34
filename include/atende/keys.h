#ifndef ATENDE_ATENDE_KEYS_H
#define ATENDE_ATENDE_KEYS_H

#include "base/error.h"
#include "cli/cli.h"
#include "tui/keymap.h"

#include <stdbool.h>

/* The keys in force: the usual ones and the person's keys.conf. */

/* NULL, with USAGE, when keys.conf has a mistake. On mem. */
struct keymap *keys_load(const void *mem, struct error *err);

/* They as a list for `atende keys` (a cli_keys_fn), in the order of screens and commands. */
bool keys_list(const void *mem, struct cli_key **keys, size_t *count, struct error *err);

#endif
