#ifndef ATENDE_TESTS_STORE_FAR_H
#define ATENDE_TESTS_STORE_FAR_H

#include "conformance.h"
#include "fault_store.h"

/*
 * A desk at the other end of a line that fails: the fixture's handles reach its file directly, the
 * replicas that are opened here only by way of fault_line.
 */
int far_setup(void **state);
int far_teardown(void **state);
#define with_far(test) cmocka_unit_test_setup_teardown(test, far_setup, far_teardown)

void far_mode(enum fault_mode mode);

/* A replica of this operator; stepped: without threads. */
bool far_try_open(struct fixture *f, const char *login, bool stepped, struct store **store,
	struct error *err);
struct store *far_open(struct fixture *f, const char *login, bool stepped);
void far_step(struct store *store);

/* One change as its operator; a failure of the call is the result's error. */
struct result far_apply(struct store *store, struct change change);

/* What it shows; on mem. NULL: it shows no such ticket. */
struct ticket_view *far_look(struct store *store, const void *mem, int64_t number);
struct queue_page far_list(struct store *store, const void *mem);
struct pending_list far_pending(struct store *store, const void *mem);

#endif
