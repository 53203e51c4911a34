#ifndef ATENDE_TESTS_UNIT_RULE_CASE_H
#define ATENDE_TESTS_UNIT_RULE_CASE_H

#include "test.h"

#include "base/clock.h"
#include "base/mem.h"
#include "core/rules.h"

/*
 * A small desk in memory for tests of the rules: facts as struct literals, one decision at a time.
 *
 * Operators ana, bruno (team entrega), carla (team cobranca), davi (supervisor of entrega), eva
 * (admin, no team). Ticket 1001 of customer 7: open in entrega, the customer waits since an hour,
 * his message 500 is the newest. first answer 2 h, next 4 h, resolution 8 h; urgent: first 30 min.
 */
#define NOW INT64_C(1795262400000) /* 2026-11-21T12:00:00Z */
#define HOURS(n) ((n) * (int64_t)MS_HOUR)
#define MINUTES(n) ((n) * (int64_t)MS_MINUTE)

enum { ANA = 1, BRUNO, CARLA, DAVI, EVA, OPERATORS };
enum { ENTREGA = 1, COBRANCA, TEAMS };
enum { REVISION = 9000, CUSTOMER = 7, OTHER_CUSTOMER = 8 };

struct rule_case {
	void *mem;
	struct directory directory;
	struct facts facts;
	struct ticket ticket, other_ticket;
	struct claim claim, cover, other_claim;
	struct customer customer, other_customer;
	struct message message;
	struct undone undone;
	struct ticket former, former_other;
	struct decision out;
	struct error err;
};

int rule_case_setup(void **state);
int rule_case_teardown(void **state);
#define RULE_TEST(function)                                                                        \
	cmocka_unit_test_setup_teardown(function, rule_case_setup, rule_case_teardown)

/* facts.actor */
void act_as(struct rule_case *c, int64_t operator_id);
/* A claim of the operator on the ticket, generation 800, taken 3 min ago, until a minute from now
 * (live) or since a minute ago (not live). */
void hold(struct rule_case *c, int64_t operator_id, bool live);
/* Another's live claim on ticket 1002 of the same customer. */
void cover(struct rule_case *c, int64_t operator_id);

/* Decides; fails the test when refused. The decision is in c->out. */
void accept(struct rule_case *c, struct change change);
/* Decides; fails the test unless refused with this reason word. The error is in c->err. */
void refuse(struct rule_case *c, struct change change, const char *reason);

/* What the decision wrote becomes the facts of the next, a minute later. */
void go_on(struct rule_case *c);

#endif
