#ifndef ATENDE_CORE_RULES_H
#define ATENDE_CORE_RULES_H

#include "base/error.h"
#include "core/change.h"
#include "core/claim.h"
#include "core/directory.h"
#include "core/line.h"
#include "core/ticket.h"
#include "core/token.h"

/*
 * The rules of changes, once for all stores: facts in, decision out, no I/O, no clock. A store
 * loads the facts, calls change_decide, writes what the decision says, in one transaction.
 */

/* A log row to be undone. */
struct undone {
	enum change_kind kind;
	int64_t revision, actor, ticket, customer, other, at;
	bool is_undone; /* already */
	/* The ticket as it was before it, and the other one; NULL when it did not write them. Of a
	 * reply only assignee, run_at, answer_due_at, resolved_at, reason, resolved_by_time and
	 * former_state count. */
	const struct ticket *former;
	const struct ticket *former_other;
	int64_t former_public; /* newest public message before it, 0: none */
	bool former_is_ours;
};

/* Pointers are NULL where there is nothing or the kind's `needs` did not ask for it. */
enum { HELD_NAMED = 8 };

struct facts {
	const struct directory *directory;
	int64_t now;		       /* the `at` of this change */
	int64_t revision;	       /* that this change gets if it is applied */
	const struct operator_ *actor; /* NULL: the desk itself */
	const struct ticket *ticket;
	bool is_involved;	   /* the actor is mentioned in the ticket, or his team is asked */
	const struct claim *claim; /* on the ticket, live or expired; customer_merge: a live one on
				      any ticket of the customer */
	const struct claim
		*cover;	     /* another operator's live claim on another ticket of the customer */
	int64_t claims_held; /* live ones of the actor, on other tickets */
	int64_t held[HELD_NAMED]; /* … their numbers, as far as they fit */
	const struct customer *customer;
	const struct ticket *other_ticket;
	bool is_other_involved;		 /* as is_involved, of the other ticket */
	const struct claim *other_claim; /* on the other ticket; customer_merge: a live one on any
					    ticket of the other customer */
	const struct customer *other_customer;
	const struct message *message;
	const struct customer_note *customer_note;
	const struct question *question;
	int64_t address_owner; /* customer whose address it is, 0: nobody's */
	int64_t ref_owner;     /* ticket or customer whose ref it is */
	const struct undone *undone;
	const struct token *token; /* to be revoked; of a new one, another with its secret */
	int64_t next_number;
	const int64_t *blob_sizes; /* of change.attachments, in their order; -1: not on the desk */
	/* For a reply that names no address: the customer's, oldest first, and where the newest
	 * incoming message of the ticket came from, NULL: not known. */
	size_t address_count;
	const struct address *addresses;
	const char *last_address;
	int64_t worked_until; /* end of the actor's (or the named operator's) last handle span */
	int64_t holder_worked_until; /* the same of the claim's operator */
	/* Of the operator whom the change hands the ticket to. */
	bool is_taker_involved;
	int64_t taker_held;		 /* his live claims */
	const struct claim *taker_cover; /* as cover, for him */
};

enum claim_step { CLAIM_KEEP, CLAIM_TAKE, CLAIM_END, CLAIM_MARK_EXPIRED };

/* What a decision makes the store write. */
enum write {
	WRITE_TICKET = 1 << 0, /* decision.ticket, by number; insert when it is new */
	WRITE_OTHER_TICKET = 1 << 1,
	WRITE_CUSTOMER = 1 << 2, /* id 0: insert */
	WRITE_OTHER_CUSTOMER = 1 << 3,
	WRITE_MESSAGE = 1 << 4,	      /* insert; its id is the revision */
	WRITE_MESSAGE_STATE = 1 << 5, /* update of facts.message or the undone one */
	WRITE_NOTE = 1 << 6,
	WRITE_CUSTOMER_NOTE = 1 << 7, /* id: the revision when it is new */
	WRITE_ADDRESS = 1 << 8,	      /* change.address for decision.customer */
	WRITE_ADDRESS_REMOVED = 1 << 9,
	WRITE_QUESTION = 1 << 10,   /* insert or update */
	WRITE_MENTIONS = 1 << 11,   /* whoever decision.note mentions may see the ticket */
	WRITE_DRAFT_GONE = 1 << 12, /* the actor's draft of that kind is sent */
	WRITE_DRAFT_BACK = 1 << 13, /* the undone text is a draft again */
	/* Messages and notes of ticket (from decision.move_from on) to other. Here and in
	 * MOVE_BACK the store counts message_count, note_count, newest_public and newest_is_ours of
	 * both tickets anew. */
	WRITE_MOVE_TEXTS = 1 << 14,
	WRITE_MOVE_CUSTOMER = 1 << 15, /* tickets, addresses, notes of customer to other_customer */
	WRITE_MOVE_BACK = 1 << 16,     /* what the undone revision moved */
	WRITE_DESK = 1 << 17,	       /* the row of the kind: operator, team, preference … */
	WRITE_DAY = 1 << 18, /* sign-in, pause: the actor's row; sign-out also frees his tickets */
	/* A handle span is logged with this change: decision.worked_…; the open span of a claim
	 * that stays is empty then. */
	WRITE_WORKED = 1 << 19,
	WRITE_ATTACHMENTS = 1 << 20, /* decision.attachments, with the text that is new */
	WRITE_MEMO = 1 << 21,	     /* insert; for its author and decision.readers */
	WRITE_MEMO_READ = 1 << 22,   /* the actor has read all up to change.seen */
	WRITE_DRAFT_OVER = 1 << 23,  /* the actor's draft becomes the claim's operator's */
};

struct decision {
	unsigned writes;
	struct ticket ticket, other_ticket;
	struct customer customer, other_customer;
	struct message message;
	struct note note;
	struct customer_note customer_note;
	struct question question;
	struct attachment_list attachments;
	enum draft_kind draft_kind;
	enum claim_step claim_step;
	struct claim claim; /* after TAKE */
	enum claim_step other_claim_step;
	int64_t generation;		/* for the result: 0 without a claim */
	int64_t move_from;		/* first text to move */
	int64_t worked_operator;	/* whose span */
	int64_t worked_from, worked_to; /* as it counts: overlaps no earlier one of his */
	size_t mention_count;
	const int64_t *mentions; /* operators who may see the ticket from now on */
	struct memo memo;
	size_t reader_count;
	const int64_t *readers; /* of the memo, besides its author */
	/* The row of a desk or day kind; id 0: insert. */
	struct operator_ operator_;
	struct team team;
	struct calendar_row calendar;
	struct target target;
	struct answer answer;
	struct reason reason;
	struct token token;
};

/*
 * Decides one change. False: refused, with the reason in *err; nothing may be written. mem holds
 * what the decision points to beside the facts and the change.
 */
bool change_decide(const void *mem, const struct change *change, const struct facts *facts,
	struct decision *decision, struct error *err);

#endif
