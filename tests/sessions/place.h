#ifndef ATENDE_TESTS_SESSIONS_PLACE_H
#define ATENDE_TESTS_SESSIONS_PLACE_H

#include "support/desk.h"
#include "support/session.h"

/*
 * What every session begins with: a desk with the operators ana and bruno and three free tickets
 * (1001 Broken kettle by Maria, 1002 Late parcel by Joao, 1003 Wrong colour by Lina), and no
 * console yet.
 */
struct place {
	struct desk *desk;
	struct session_group *group;
};

/* cmocka fixtures; *state is the struct place. */
int place_setup(void **state);
int place_teardown(void **state);
#define AT_A_PLACE(test) cmocka_unit_test_setup_teardown(test, place_setup, place_teardown)

/* A console of an operator, at once or with its queue on the screen; `more` as in
 * desk_environment, may be NULL. */
struct session *place_start(struct place *place, const char *as, const char *const *more);
struct session *place_open(struct place *place, const char *as, const char *const *more);

/* The operator's reply to ticket 1001 is being written, under his claim, and holds `text`. */
void place_write(struct session *session, const char *text);

/* Waits until the review is there and takes keys. */
void place_wait_review(struct session *session);
/* Looks the text over and presses a key there. */
void place_review(struct session *session, const char *key);

/* Waits until the text stands in a file of the local spool; until no file is left there. */
void place_wait_spooled(struct place *place, struct session *session, const char *text);
void place_wait_unspooled(struct place *place, struct session *session);
/* Waits until `atende ARGUMENTS…` prints text. */
void place_wait_desk(struct place *place, struct session *session, const char *as, const char *text,
	const char *command, const char *argument);

/* True when the row of the screen that has `name` has `mark` before it. */
bool place_has_row(struct session *session, const char *name, const char *mark);

#endif
