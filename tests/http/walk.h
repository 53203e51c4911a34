#ifndef ATENDE_TESTS_HTTP_WALK_H
#define ATENDE_TESTS_HTTP_WALK_H

#include "service.h"

#include <stdbool.h>
#include <stdint.h>

/* A desk with a ticket of team entrega that others may not see, and everybody who may ask. */

/* In every field of the ticket that carla, lia and their tokens may not see. */
#define MARK "zqxjkvbp"

/* --- who --- */

enum who {
	NOBODY, /* a token that is none */
	READS,	/* carla's token, to read */
	WRITES, /* carla's token, to write */
	CARLA,	/* operator of the other team */
	LIA,	/* supervisor of the other team */
	ANA,	/* operator of the ticket's team */
	EVA,	/* admin */
	DESK,	/* the desk itself, by the socket */
	PEOPLE
};

struct walk {
	struct service *s;
	int64_t hidden, customer, message, note, question;
	char *blob;
	char *tokens[PEOPLE]; /* NULL: by the socket */
};

/* For cmocka: *state is the walk. */
int walk_setup(void **state);
int walk_teardown(void **state);
#define with_walk(test) cmocka_unit_test_setup_teardown(test, walk_setup, walk_teardown)

/* May this one see the ticket? */
bool walk_sees(enum who who);

/* A request of his. */
struct reply walk_ask(
	struct walk *w, enum who who, const char *method, const char *path, const char *body);

/* Is there anything of the ticket in the answer? */
bool walk_has_mark(const struct reply *answer);

/* text with $n the ticket, $c its customer, $b the key of its file; on the service; NULL for NULL.
 */
char *walk_fill(const struct walk *w, const char *text);

#endif
