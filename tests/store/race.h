#ifndef ATENDE_TESTS_STORE_RACE_H
#define ATENDE_TESTS_STORE_RACE_H

#include "conformance.h"

#include <stdatomic.h>
#include <sys/types.h>

/*
 * Processes that race on one desk. The parent has no handle open while they run. What they share is
 * a page of memory: their clock, and what they count.
 */
enum { RACERS_MAX = 20 };

struct race {
	_Atomic int64_t now;
	_Atomic int64_t rounds;	      /* done, by all */
	_Atomic int64_t won, refused; /* of claims */
	_Atomic int64_t done[RACERS_MAX];
	int64_t goal;
	int64_t first, count; /* ticket numbers */
	const char *dir;
	const char *location;
	uint64_t seed;
};

typedef void racer_fn(struct race *race, int slot);

/* With `count` tickets, two of each customer, and operators op0 … of all teams; every fourth a
 * supervisor. */
struct race *race_create(struct fixture *f, int64_t count, int64_t goal);
void race_destroy(struct race *race);

/* Opens the desk with the shared clock, as the slot's operator. */
struct store *race_open(struct race *race, int slot);

/* Runs a racer in a process of its own; it must end by returning. */
pid_t race_start(struct race *race, racer_fn *racer, int slot);
/* Starts `count`, which begin together, and waits for all; fails the test unless all return. */
void race_all(struct race *race, racer_fn *racer, int count);
/* The same while one after the other is killed at random and started again. */
void race_killing(struct race *race, racer_fn *racer, int count);

/* Ends the process with a message unless ok. */
void race_must(bool ok, const char *what, const struct error *err);

/* Keeps the id of a change whose success was told to its author; and all of these. */
void race_acknowledge(struct race *race, int slot, const struct uuid *id);
struct uuid *race_acknowledged(struct race *race, const void *mem, size_t *count);

#endif
