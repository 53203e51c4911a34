#ifndef ATENDE_TESTS_STORE_CONFORMANCE_H
#define ATENDE_TESTS_STORE_CONFORMANCE_H

#include "store/store.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * What every store must do, told through store/store.h alone. The programs
 * conformance_*.c are linked once for each kind of store, with the place_*.c that says where a
 * fresh one is.
 */

/* A kind of store. */
struct place {
	const struct store_driver *driver;
	/* Where a new desk shall be, given an empty directory; on mem. */
	char *(*location)(const void *mem, const char *dir);
	/* Where opening is not enough: makes the desk, if the options say so, and serves it unless
	 * that is done already; to the end of mem. */
	bool (*serve)(const void *mem, const char *dir, const struct store_options *options,
		struct error *err);
};
/* Opens the desk of this directory, which is made first when the options say so. */
bool place_open(const void *mem, const char *dir, const struct store_options *options,
	struct store **store, struct error *err);
extern const struct place place;

enum { FIXTURE_OPERATORS = 6 };

/*
 * A desk with teams entrega and cobranca; operators ana and bruno (entrega), carla (cobranca),
 * supervisor davi (both), admin eva; its clock stands still unless it is set.
 */
struct fixture {
	char *dir;
	char *location;
	_Atomic int64_t now; /* the threads of a server read it */
	struct store *desk;  /* acts for nobody: the desk itself */
	struct store *handles[FIXTURE_OPERATORS];
	int64_t entrega, cobranca;
};

/* For cmocka: *state is the fixture. Teardown also checks the desk, whatever the test did to it. */
int fixture_setup(void **state);
int fixture_teardown(void **state);

/* Of all its handles: what runs out by time does so only when the test says. */
struct clock fixture_clock(struct fixture *f);

/* One more handle on the same desk; login NULL for nobody's. */
struct store *fixture_open(struct fixture *f, const char *login);

/* The operator's handle, opened at the first call; NULL: the desk itself. And his id. */
struct store *fixture_as(struct fixture *f, const char *login);
int64_t fixture_id(struct fixture *f, const char *login);

/* Closes every handle, for the time in which other processes have the desk; opens it again. */
void fixture_rest(struct fixture *f);
void fixture_wake(struct fixture *f);

/* Applies one change as this operator; id and actor are filled in if they are not set. */
struct result fixture_try(struct fixture *f, const char *login, struct change change);
/* The same; fails the test when it is refused, or when it is not refused for this reason. */
struct result fixture_do(struct fixture *f, const char *login, struct change change);
struct result fixture_refuse(
	struct fixture *f, const char *login, struct change change, const char *reason);

/* A new ticket of this address, in the team of that key ("": none), with one message. */
int64_t fixture_ticket(struct fixture *f, const char *address, const char *team);
/* Claims it; gives the generation. */
int64_t fixture_claim(struct fixture *f, const char *login, int64_t number);
/* A reply under the actor's claim to all that was written. */
struct change fixture_reply(int64_t number, const char *text, enum outcome outcome);

/* As this operator sees it; on the fixture. */
const struct ticket_view *fixture_view(struct fixture *f, const char *login, int64_t number);
const struct ticket *fixture_see(struct fixture *f, int64_t number); /* as nobody */
struct counts fixture_counts(struct fixture *f, const char *login);
/* The whole feed from `since` on, without waiting. */
struct feed fixture_feed(struct fixture *f, const char *login, int64_t since);

/* The alive draft on a ticket, of this operator; NULL. On the fixture. */
const struct draft *fixture_draft(struct fixture *f, const char *login, int64_t number);

#define with_fixture(test) cmocka_unit_test_setup_teardown(test, fixture_setup, fixture_teardown)

#endif
