#ifndef ATENDE_CORE_TICKET_H
#define ATENDE_CORE_TICKET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * The nouns of the desk. Plain data; strings live on the talloc context of whoever loaded them and
 * are never NULL unless said. Ids are positive; 0 is "none". Times are ms since the epoch; 0 is
 * "never", but for due times, where DUE_NEVER sorts last.
 *
 * A message, a note and a question have for id the revision of the change that made them: ids of
 * all texts are distinct and grow with time of recording.
 */

#define DUE_NEVER INT64_C(253402300799999) /* 9999-12-31T23:59:59.999Z */

enum channel {
	CHANNEL_NONE,
	CHANNEL_EMAIL,
	CHANNEL_PHONE,
	CHANNEL_COUNTER,
	CHANNEL_CHAT,
	CHANNEL_WHATSAPP,
	CHANNEL_WEB,
	CHANNEL_SOCIAL,
	CHANNEL_MARKETPLACE,
	CHANNEL_COMMUNITY,
};

enum ticket_state {
	TICKET_NO_STATE,
	TICKET_OPEN,	/* an operator must act; the queue shows these and nothing else */
	TICKET_WAITING, /* for the customer */
	TICKET_SNOOZED, /* until snoozed_until */
	TICKET_RESOLVED,
	TICKET_DISCARDED, /* spam, duplicate, test, or merged into another */
};

/* Sorts as the queue does: the most urgent first. */
enum priority {
	PRIORITY_NONE,
	PRIORITY_URGENT,
	PRIORITY_HIGH,
	PRIORITY_NORMAL,
	PRIORITY_LOW,
};

struct ticket {
	int64_t number;
	enum ticket_state state;
	char *subject;
	int64_t customer;
	enum channel channel;
	int64_t team; /* 0: nobody's, everybody sees it */
	enum priority priority;
	int64_t assignee;
	int64_t opened_at;
	int64_t opened_by;     /* operator of an outbound ticket; 0: the customer */
	int64_t run_at;	       /* start of the open run: the customer waits since then */
	int64_t waiting_since; /* run_at, else when it last became open: never 0 */
	int64_t answer_due_at; /* of the open run, DUE_NEVER without one */
	int64_t resolve_due_at;
	int64_t due_at; /* the earliest unmet target */
	int64_t first_answer_at;
	int64_t snoozed_until;
	int64_t waited_at; /* when it last began to wait for the customer: auto_resolve counts from
			      it */
	int64_t resolved_at;
	int64_t reason;
	bool resolved_by_time;
	enum ticket_state former_state; /* before a customer's message reopened it */
	int64_t merged_into;
	int64_t linked_to;     /* the ticket this one continues */
	int64_t newest_public; /* id of the newest public message, 0 without one */
	bool newest_is_ours;
	int64_t escalated_at;
	int64_t message_count, note_count;
	char *tags;	  /* words separated and surrounded by blanks: " vip late ", or "" */
	char *ref;	  /* number in another system, unique, or "" */
	int64_t revision; /* of the newest change of this row; claims do not count */
};

enum direction { DIRECTION_NONE, DIRECTION_IN, DIRECTION_OUT };

enum message_state {
	MESSAGE_NO_STATE,
	MESSAGE_RECEIVED, /* in */
	MESSAGE_QUEUED,	  /* out: waits for send_at, then for delivery */
	MESSAGE_SENDING,
	MESSAGE_SENT,
	MESSAGE_BOUNCED,
	MESSAGE_FAILED,
	MESSAGE_UNCERTAIN,
	MESSAGE_UNDONE,
};

enum contact_outcome { /* of a call or a counter contact */
	CONTACT_NONE,
	CONTACT_ANSWERED,
	CONTACT_NO_ANSWER,
	CONTACT_BUSY,
	CONTACT_VOICEMAIL,
	CONTACT_WRONG_NUMBER,
};

/* A file with a message, a note or a draft. */
struct attachment {
	int64_t id;
	int64_t text;	  /* the message or note it came with; 0: a draft's, a change's */
	char *name;	  /* as attachment_safe_name (core/attachment.h) gives it */
	char *media_type; /* "image/png" */
	int64_t size_bytes;
	char *blob; /* key of its bytes: store_blob_get */
};

struct attachment_list {
	size_t count;
	struct attachment *items;
};

struct message {
	int64_t id;
	int64_t ticket;
	enum direction direction;
	int64_t author; /* operator; 0: the customer */
	enum channel channel;
	int64_t at;
	char *text;
	enum message_state state;
	int64_t send_at;
	char *message_id;	      /* RFC 5322 Message-ID, stable from the start; "" for in */
	int64_t run_at;		      /* out: start of the run this answered, 0: none */
	bool is_first;		      /* out: it was the first answer */
	enum contact_outcome contact; /* of a call */
	int64_t from_at, to_at;	      /* of a call */
	char *address; /* of the customer: in: where it came from, out: where it goes; "" unknown */
	struct attachment_list attachments;
};

struct note {
	int64_t id;
	int64_t ticket;
	int64_t author;
	int64_t at;
	char *text;
	struct attachment_list attachments;
};

struct question {
	int64_t id;
	int64_t ticket;
	int64_t asked_by;
	int64_t team; /* which shall answer */
	int64_t at;
	int64_t due_at;
	char *text;
	int64_t answered_at, answered_by;
	char *answer;
};

enum address_kind {
	ADDRESS_NONE,
	ADDRESS_EMAIL,
	ADDRESS_PHONE,
	ADDRESS_CPF,
	ADDRESS_CNPJ,
	ADDRESS_HANDLE
};

struct address {
	int64_t id;
	int64_t customer;
	enum address_kind kind;
	char *value; /* as written */
	char *key;   /* normal form, unique on the desk: see core/address.h */
};

struct customer_note {
	int64_t id;
	int64_t customer;
	int64_t author;
	int64_t at;
	char *text;
	bool pinned;
	bool removed; /* out of sight; kept for the record */
};

struct customer {
	int64_t id;
	char *name;
	enum channel preferred_channel;
	bool do_not_call;
	bool shared; /* an organisation, a marketplace: claims do not cover its other tickets */
	int64_t created_at;
	int64_t merged_into;
	char *ref;
};

enum outcome { OUTCOME_NONE, OUTCOME_WAIT, OUTCOME_RESOLVE, OUTCOME_STAY_OPEN };
enum discard { DISCARD_NONE, DISCARD_SPAM, DISCARD_DUPLICATE, DISCARD_TEST };
enum flag { FLAG_UNSET, FLAG_NO, FLAG_YES };
enum draft_kind {
	DRAFT_NONE,
	DRAFT_REPLY,
	DRAFT_NOTE,
	DRAFT_CUSTOMER_NOTE, /* of the ticket's customer */
	DRAFT_CALL,
	DRAFT_QUESTION,	       /* to another team */
	DRAFT_QUESTION_ANSWER, /* … and back */
	DRAFT_TRANSFER,	       /* for whoever gets it */
	DRAFT_ESCALATION,
	DRAFT_MEMO,		  /* about no ticket: ticket 0, and on the author's machine alone */
	DRAFT_CUSTOMER_NOTE_EDIT, /* of the note `seen` */
};

/* Unfinished text of an operator. One a ticket, operator and kind; discarded ones stay in the bin.
 */
struct draft {
	int64_t id; /* of the row; 0: not loaded from a desk */
	int64_t ticket;
	int64_t operator_id;
	enum draft_kind kind;
	char *text;
	int64_t generation; /* of the claim it was written under, 0: none */
	int64_t seen;	    /* the newest message its author had seen */
	int64_t updated_at;
	int64_t discarded_at; /* 0: alive */
	char *address;	      /* of a reply: where it shall go; "" the usual (core/recipient.h) */
	struct attachment_list attachments;
};

/* What is said there is with the customer at once, and needs no delivery. */
bool channel_is_spoken(enum channel channel);

/* The assignee as it counts now: void 30 minutes before due. */
int64_t ticket_assignee(const struct ticket *ticket, int64_t now);

/* True when the ticket is to be treated as open: open, or snoozed and due. */
bool ticket_is_open(const struct ticket *ticket, int64_t now);

/*
 * The ticket as it counts now, whether or not somebody has logged it: a snooze that is over becomes
 * open, a wait longer than auto_resolve_ms resolved by time. What the changes wake and auto_resolve
 * make of it.
 */
void ticket_settle(struct ticket *ticket, int64_t now, int64_t auto_resolve_ms);

/* due_at from its parts. */
int64_t ticket_due(const struct ticket *ticket);

#endif
