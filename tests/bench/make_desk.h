#ifndef ATENDE_TESTS_BENCH_MAKE_DESK_H
#define ATENDE_TESTS_BENCH_MAKE_DESK_H

#include "core/ticket.h"
#include "make_rows.h"
#include "make_words.h"

#include <stddef.h>
#include <stdint.h>

/* A large made-up desk: what the files make_*.c share. */

enum { TEAMS = 8, OPERATORS = 24, REASONS = 6, FIRST_NUMBER = 1001 };

/* A ticket while its story unfolds. */
struct plan {
	struct ticket ticket; /* without texts */
	uint64_t random;
	int messages; /* still to come */
	int64_t next; /* of the tickets that go on at the same step, -1: none */
};

struct making {
	struct rows rows;
	struct words *words;
	void *scratch; /* freed after each text */
	int64_t tickets, open, messages;
	int64_t now, span_ms;
	int64_t step, steps; /* one ticket begins each step */
	uint64_t seed, random;
	int64_t revision, at; /* of the newest change */
	int64_t customers, addresses;
	int64_t texts;
	int64_t counters[TEAMS + 1][TICKET_DISCARDED + 1];
	struct plan **blocks;
};

/* make_desk.c: the log row of the next change; gives its revision. */
int64_t making_log(struct making *making, const char *kind, int64_t actor, int64_t ticket,
	int64_t customer, const char *detail);

/* make_people.c: teams, operators, reasons; customers. */
void making_staff(struct making *making);
int64_t making_customer(struct making *making); /* a new one; its id */
/* What a customer's tickets are found by: name and addresses. On mem. */
char *making_called(const struct making *making, const void *mem, int64_t customer);

/* make_tickets.c */
void making_tickets(struct making *making);

#endif
