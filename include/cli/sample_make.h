#ifndef ATENDE_CLI_SAMPLE_MAKE_H
#define ATENDE_CLI_SAMPLE_MAKE_H

#include "cli/call.h"
#include "cli/sample_data.h"

#include <stdint.h>

/* The making of a sample desk: what its parts share. */

enum {
	SAMPLE_OPEN = 86,
	SAMPLE_WAITING = 14,
	SAMPLE_SNOOZED = 6,
	SAMPLE_SPAM = 6,
	SAMPLE_CLOSED = 328,
	SAMPLE_TICKETS =
		SAMPLE_OPEN + SAMPLE_WAITING + SAMPLE_SNOOZED + SAMPLE_SPAM + SAMPLE_CLOSED,
	/* Each ticket that is not closed has a customer of its own. */
	SAMPLE_CUSTOMERS = 340,
	SAMPLE_FIRST_NUMBER = 1001,
	SAMPLE_OPERATORS = 4, /* who answer: ana, bruno, carla, davi */
};

struct sample_customer {
	int64_t id;
	const char *name, *first, *email, *phone;
	bool is_english, is_company;
};

struct sample_maker {
	struct call *call;
	void *mem;
	const struct sample *sample;
	int64_t now;
	uint64_t random; /* state of the generator: the same desk every time */
	uint64_t ids;	 /* made so far */
	char *picture;	 /* blob of what customers send along */
	struct sample_customer customers[SAMPLE_CUSTOMERS];
	size_t count; /* changes waiting to be applied */
	struct change *changes;
	struct result *results; /* of those applied last */
};

/* 0 … n − 1. */
int64_t sample_random(struct sample_maker *maker, int64_t n);
/* A field of a random row. */
const char *sample_pick(struct sample_maker *maker, const char *section);

/* One of those who answer, 0 … SAMPLE_OPERATORS − 1. */
const struct operator_ *sample_operator(const struct sample_maker *maker, int index);

/* A change more, by the admin; imported when at is not 0. */
struct change *sample_change(struct sample_maker *maker, enum change_kind kind, int64_t at);
/* Applies what waits; a refusal is an error. The directory is current afterwards. */
bool sample_apply(struct sample_maker *maker, struct error *err);

/* How a ticket of the sample stands now. */
enum sample_end { END_OPEN, END_WAITING, END_SNOOZED, END_SPAM, END_CLOSED };

/* A ticket to be told. */
struct sample_ticket {
	int64_t number, opened_at;
	int64_t last_at; /* of an open one: when the customer wrote last */
	enum sample_end end;
	int customer;	/* index */
	bool is_long;	/* the customer wrote twice */
	bool is_recent; /* closed within hours */
};

/* One thing that happened, in the order in which they are applied. */
struct sample_event {
	int64_t at;
	size_t order;
	struct change change;
};

struct sample_events {
	void *mem;
	size_t count;
	struct sample_event *events;
};

/* What happened on one ticket, added to the events. */
void sample_tell(struct sample_maker *maker, const struct sample_ticket *ticket,
	struct sample_events *events);

bool sample_directory(struct sample_maker *maker, struct error *err);
bool sample_people(struct sample_maker *maker, struct error *err);
bool sample_history(struct sample_maker *maker, struct error *err);

#endif
