#ifndef ATENDE_TESTS_STORE_CHANCE_H
#define ATENDE_TESTS_STORE_CHANCE_H

#include "conformance.h"

#include "core/query.h"

#include <stddef.h>
#include <stdint.h>

/* Desks made by chance, from a seed, and what their lists should hold by the plainest of means. */

enum { FIRST_TICKET = 1001 };

/* 0 … below-1; the state is the seed. */
uint64_t chance(uint64_t *state, uint64_t below);

/* Some changes of all kinds that move tickets between lists, by everybody, while time passes.
 * Refusals are part of it. */
void chance_changes(struct fixture *f, uint64_t *state, int count);

/* So many memos by anybody to anybody; some are refused. */
void chance_memos(struct fixture *f, uint64_t *state, int count);

/* So many texts with files, and a draft with one; some have the same content. */
void chance_files(struct fixture *f, uint64_t *state, int count);

/* All tickets of the desk as nobody sees them, by number. */
struct plain {
	size_t count;
	struct ticket_view *views;
};
struct plain *plain_load(struct fixture *f);
const struct ticket_view *plain_view(const struct plain *plain, int64_t number);

/* May this operator see it? From permission.h, the notes' mentions and the questions. */
bool plain_sees(struct fixture *f, const char *login, const struct ticket_view *view);

/* A list as it should be: numbers, ascending in the order. On the fixture. */
size_t plain_list(struct fixture *f, const struct plain *plain, const char *login,
	const struct queue_query *query, int64_t **numbers);

#endif
