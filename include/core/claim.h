#ifndef ATENDE_CORE_CLAIM_H
#define ATENDE_CORE_CLAIM_H

#include <stdbool.h>
#include <stdint.h>

/*
 * A claim: the exclusive, expiring right of one operator to answer one ticket (a lease). Its
 * generation is the revision of the change that took it and fences replies. An expired row stays
 * until somebody claims or ends it, because its holder may still reply while nobody else took the
 * ticket.
 */
struct claim {
	int64_t ticket;
	int64_t customer; /* 0 when the customer is shared: such a claim covers nothing else */
	int64_t operator_id;
	int64_t generation;
	int64_t since;
	int64_t expires_at;
	bool grace;			/* the terminal hung up; the lease lives on for a while */
	bool separate;			/* taken beside a colleague's claim on the same customer */
	bool is_logged;			/* its expiry is in the log */
	int64_t worked_from, worked_to; /* open handle span, not yet logged; 0: none */
};

/* A claim's holder is still at it: a verb of the store, no change. */
struct renewal {
	int64_t ticket, generation;
	bool grace;			/* the terminal is gone: live on for claim_grace_ms */
	int64_t worked_from, worked_to; /* the open handle span so far; 0, 0: none */
	int64_t expires_at;		/* result */
};
bool claim_is_live(const struct claim *claim, int64_t now); /* NULL is not */
bool claim_is_held_by(const struct claim *claim, int64_t operator_id, int64_t now);

#endif
