#ifndef ATENDE_CORE_MENTION_H
#define ATENDE_CORE_MENTION_H

#include "core/directory.h"

/* "@bruno" in a note: the operators mentioned, each once, in *ids on mem. Gives how many. */
size_t mention_find(
	const void *mem, const char *text, const struct directory *directory, int64_t **ids);

/* Adds an operator who is not among them; there is room for him. Gives how many they are then. */
size_t mention_add(int64_t *ids, size_t count, int64_t id);

#endif
