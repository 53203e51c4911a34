#ifndef ATENDE_CORE_CHANGE_H
#define ATENDE_CORE_CHANGE_H

#include "base/error.h"
#include "base/uuid.h"
#include "core/directory.h"
#include "core/ticket.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * A change: the only way anything on the desk is altered. One table of kinds (change_kinds) says
 * who may, what it needs to know and which fields it takes; one table of fields (change_fields)
 * says how a field is called and where it lies, for JSON, the log and the command line alike.
 */

enum { CHANGE_TEXT_MAX = 1024 * 1024 }; /* bytes of a text */

enum change_kind {
	CHANGE_NONE,
	/* on a ticket */
	CHANGE_NEW,
	CHANGE_RECEIVE,
	CHANGE_CLAIM,
	CHANGE_RELEASE,
	CHANGE_TAKE_OVER,
	CHANGE_ASK_FOR,
	CHANGE_HAND_OVER,
	CHANGE_EXPIRE,
	CHANGE_REPLY,
	CHANGE_NOTE,
	CHANGE_WAIT,
	CHANGE_RESOLVE,
	CHANGE_REOPEN,
	CHANGE_SNOOZE,
	CHANGE_WAKE,
	CHANGE_AUTO_RESOLVE,
	CHANGE_NO_ANSWER,
	CHANGE_DISCARD,
	CHANGE_TRANSFER,
	CHANGE_PRIORITY,
	CHANGE_ESCALATE,
	CHANGE_TAG,
	CHANGE_UNTAG,
	CHANGE_SUBJECT,
	CHANGE_ASK,
	CHANGE_ANSWER_QUESTION,
	CHANGE_MERGE,
	CHANGE_SPLIT,
	CHANGE_CALL,
	CHANGE_WORKED,
	CHANGE_UNDO,
	/* on a customer */
	CHANGE_CUSTOMER_NEW,
	CHANGE_CUSTOMER,
	CHANGE_ADDRESS_ADD,
	CHANGE_ADDRESS_REMOVE,
	CHANGE_CUSTOMER_NOTE,
	CHANGE_CUSTOMER_NOTE_EDIT,
	CHANGE_CUSTOMER_MERGE,
	/* on the desk */
	CHANGE_OPERATOR,
	CHANGE_TEAM,
	CHANGE_CALENDAR,
	CHANGE_TARGET,
	CHANGE_ANSWER,
	CHANGE_REASON,
	CHANGE_SETTING,
	/* of an operator's day */
	CHANGE_SIGN_IN,
	CHANGE_SIGN_OUT,
	CHANGE_PAUSE,
	CHANGE_RESUME,
	CHANGE_PREFERENCE,
	/* of who is known by what */
	CHANGE_PASSWORD,
	CHANGE_SESSION,
	CHANGE_TOKEN_ADD,
	CHANGE_TOKEN_REVOKE,
	/* between operators */
	CHANGE_MEMO,
	CHANGE_MEMO_READ,
	CHANGE_KINDS
};

/*
 * Fields that a kind does not take must be unset: NULL, 0, FLAG_UNSET. Strings are borrowed: they
 * must live until the call that got the change returns.
 */
struct change {
	struct uuid id; /* made by the client; the same id again gives the first result */
	enum change_kind kind;
	int64_t actor; /* operator; 0: the desk itself (expiry, wake …), never accepted from outside
			*/
	int64_t ticket;
	int64_t customer;
	int group;     /* changes of a batch with the same group > 0 stop at the first refusal */
	bool imported; /* history: keeps `at`, needs no claim; supervisors and admins only */
	int64_t at;    /* imported only; else 0 and the store's clock counts */

	const char *address; /* of a customer; of a reply: where it goes, NULL: the usual */
	const char *name;
	const char *subject;
	const char *text;
	const char *key;   /* of a team, reason, answer, setting; login of an operator; a tag */
	const char *value; /* of a setting, a preference; zone of a calendar; teams of an operator,
			      by key; rights of a token */
	const char *hours; /* of a calendar */
	const char *holidays;
	const char *ref;
	const char *secret; /* hash of a password or token (base/secret.h): kept in its row alone,
			       never in the log */
	int channel;	    /* enum channel */
	int direction;	    /* enum direction, default in */
	int priority;	    /* enum priority */
	int outcome;	    /* enum outcome */
	int contact;	    /* enum contact_outcome */
	int discard;	    /* enum discard */
	int role;	    /* enum role */
	int message_state;  /* enum message_state, imported replies */
	int64_t team;	    /* TEAM_NONE: explicitly none */
	int64_t operator_id;
	int64_t reason;
	int64_t other;	 /* a second ticket or customer: merge into it, duplicate of it */
	int64_t message; /* a message, for split: the first that goes to the new ticket */
	int64_t question;
	int64_t note;
	int64_t seen;	    /* newest message (memo) the author had seen; 0: not told */
	int64_t generation; /* the claim written under; 0: not told */
	int64_t undo;	    /* revision of the change to undo */
	int64_t token;	    /* to be revoked */
	int64_t until_at;
	int64_t from_at, to_at;
	int64_t first_answer_ms, next_answer_ms, resolution_ms, question_ms;
	int64_t calendar;
	int separate; /* enum flag, so are the rest */
	int pinned;
	int do_not_call;
	int shared;
	int enabled;
	struct attachment_list attachments; /* name, media_type, blob; the rest is not looked at */
};

/* Explicitly none: a team, a team's calendar, what a reason is below. */
#define ID_NONE INT64_C(-1)
#define TEAM_NONE ID_NONE

enum field_type {
	FIELD_TEXT, /* of any length, many lines */
	FIELD_LINE, /* one line */
	FIELD_ID,
	FIELD_INT,
	FIELD_TIME,
	FIELD_NAME,  /* of a name table */
	FIELD_FILES, /* struct attachment_list */
};

enum change_field {
	F_ADDRESS,
	F_NAME,
	F_SUBJECT,
	F_TEXT,
	F_KEY,
	F_VALUE,
	F_HOURS,
	F_HOLIDAYS,
	F_REF,
	F_SECRET,
	F_CHANNEL,
	F_DIRECTION,
	F_PRIORITY,
	F_OUTCOME,
	F_CONTACT,
	F_DISCARD,
	F_ROLE,
	F_MESSAGE_STATE,
	F_TEAM,
	F_OPERATOR,
	F_REASON,
	F_OTHER,
	F_MESSAGE,
	F_QUESTION,
	F_NOTE,
	F_SEEN,
	F_GENERATION,
	F_UNDO,
	F_TOKEN,
	F_UNTIL,
	F_FROM,
	F_TO,
	F_FIRST_ANSWER,
	F_NEXT_ANSWER,
	F_RESOLUTION,
	F_QUESTION_MS,
	F_CALENDAR,
	F_SEPARATE,
	F_PINNED,
	F_DO_NOT_CALL,
	F_SHARED,
	F_ENABLED,
	F_ATTACHMENTS,
	CHANGE_FIELDS
};

struct change_field_info {
	const char *name; /* JSON key */
	enum field_type type;
	size_t offset; /* in struct change: const char *, int64_t, int for FIELD_NAME */
	const struct name_table *names; /* FIELD_NAME */
};
extern const struct change_field_info change_fields[CHANGE_FIELDS];

/* What a kind is about. */
enum change_subject { ON_TICKET, ON_CUSTOMER, ON_DESK, ON_OPERATOR, ON_LINE };

/* What the store has to load for the rules of a kind, beside actor, directory and the subject. */
enum fact_need {
	NEED_CLAIM = 1 << 0,   /* of the ticket; also the cover and how many the actor holds */
	NEED_OTHER = 1 << 1,   /* change.other: ticket or customer, and its claim */
	NEED_MESSAGE = 1 << 2, /* change.message */
	NEED_NOTE = 1 << 3,    /* change.note: a customer note */
	NEED_QUESTION = 1 << 4,
	NEED_ADDRESS = 1 << 5,	 /* whose change.address is */
	NEED_UNDONE = 1 << 6,	 /* the log row of change.undo, and what it wrote */
	NEED_NUMBER = 1 << 7,	 /* the next free ticket number */
	NEED_REF = 1 << 8,	 /* whose change.ref is */
	NEED_RECIPIENT = 1 << 9, /* where a reply goes that names no address */
	NEED_TOKEN = 1 << 10,	 /* change.token */
	NEED_TAKER = 1 << 11,	 /* what change.operator holds and may see */
};

struct change_kind_info {
	const char *name; /* JSON, log, feed */
	enum change_subject subject;
	enum role role;		     /* the least that may; ROLE_NONE: the desk itself only */
	uint64_t required, optional; /* bits of enum change_field */
	unsigned needs;
	bool importable;
	bool needs_open;     /* the ticket must be neither discarded nor merged */
	const char *summary; /* N_(): one line of history: "took it", "replied" */
};
extern const struct change_kind_info change_kinds[CHANGE_KINDS];

/* How a kind is taken back. */
enum change_undo {
	UNDO_NEVER,
	UNDO_TICKET, /* the ticket is as it was before, which the log keeps */
	UNDO_MERGE,  /* so is the other ticket that it went into */
	UNDO_SPLIT,
	UNDO_REPLY,
	UNDO_CUSTOMER_MERGE,
};
extern const enum change_undo change_undos[CHANGE_KINDS];
/* The log keeps the tickets as they were. */
bool change_keeps_former(enum change_kind kind);

bool change_kind_find(const char *name, enum change_kind *kind);

#define FIELD_BIT(field) (UINT64_C(1) << (field))

/* Is this field set in the change? */
bool change_has(const struct change *change, enum change_field field);

/* What became of a change. */
struct result {
	bool ok;
	bool is_repeat;	  /* the id was applied before; this is its first result */
	bool is_queued;	  /* ok, but only here as yet: it is sent when the desk is reached again; no
			     revision */
	struct error err; /* when refused */
	int64_t revision;
	int64_t ticket; /* number: the new one for new, split, a message after the window */
	int64_t customer;
	int64_t generation; /* of the claim after it, 0: none */
	int64_t holder;	    /* refused, held: who */
	int64_t holder_since;
	int64_t newest; /* refused, unseen: the newest message */
};

/* Required fields there, no others, values in range, text not blank: what can be said without a
 * desk. */
bool change_validate(const struct change *change, struct error *err);

#endif
