#ifndef ATENDE_CORE_PROBLEM_H
#define ATENDE_CORE_PROBLEM_H

#include "base/error.h"

#include <stdint.h>

/*
 * Every refusal of the rules: code, reason word and sentence in one table, so that console, command
 * line, HTTP and documents say the same.
 */
enum problem {
	PROBLEM_HELD,	   /* ticket, holder, how long */
	PROBLEM_COVERED,   /* other ticket, holder */
	PROBLEM_STALE,	   /* ticket */
	PROBLEM_UNSEEN,	   /* ticket */
	PROBLEM_OURS_LAST, /* ticket */
	PROBLEM_TOO_MANY,  /* how many, which */
	PROBLEM_NOT_HELD,  /* ticket */
	PROBLEM_CHANGE_ID, /* id */
	PROBLEM_NO_TICKET, /* number */
	PROBLEM_NO_CUSTOMER,
	PROBLEM_NO_OPERATOR,
	PROBLEM_NO_TEAM,
	PROBLEM_NO_REASON,
	PROBLEM_NO_ANSWER,
	PROBLEM_NO_MESSAGE,
	PROBLEM_NO_QUESTION,
	PROBLEM_NO_NOTE,
	PROBLEM_NO_CHANGE,
	PROBLEM_NO_CALENDAR,
	PROBLEM_NO_SETTING,	 /* name */
	PROBLEM_DISCARDED,	 /* ticket */
	PROBLEM_MERGED,		 /* ticket, target */
	PROBLEM_CUSTOMER_MERGED, /* customer, target */
	PROBLEM_STATE,		 /* ticket, state */
	PROBLEM_ROLE,		 /* role word */
	PROBLEM_DESK_ONLY,
	PROBLEM_NOT_YOURS,
	PROBLEM_DISABLED, /* login */
	PROBLEM_UNDO_LATE,
	PROBLEM_UNDO_KIND,
	PROBLEM_UNDONE,
	PROBLEM_SAME,
	PROBLEM_PAST,
	PROBLEM_ADDRESS_TAKEN, /* address, customer */
	PROBLEM_ADDRESS,       /* text, kind */
	PROBLEM_REF_TAKEN,
	PROBLEM_MISSING,       /* field */
	PROBLEM_UNKNOWN_FIELD, /* field, kind */
	PROBLEM_BLANK,	       /* field */
	PROBLEM_TOO_LONG,      /* field */
	PROBLEM_VALUE,	       /* field, value */
	PROBLEM_SETTING_VALUE, /* name, value, an example */
	PROBLEM_SPAN,
	PROBLEM_GROUP,
	PROBLEM_LAST_ADMIN,
	PROBLEM_OTHER_CUSTOMER, /* ticket, other ticket */
	PROBLEM_FIRST_MESSAGE,
	PROBLEM_NO_PREFERENCE,	  /* name, all names */
	PROBLEM_PREFERENCE_VALUE, /* name, value, what it may be */
	PROBLEM_NO_BLOB,	  /* name of the file */
	PROBLEM_NO_ATTACHMENT,
	PROBLEM_FILE_NAME,	 /* name */
	PROBLEM_FILES,		 /* how many at most */
	PROBLEM_FILE_SIZE,	 /* at most */
	PROBLEM_NOT_ADDRESS,	 /* address, customer */
	PROBLEM_ADDRESS_CHANNEL, /* address, channel */
	PROBLEM_NO_RIGHT,	 /* word, all words */
	PROBLEM_RIGHTS,		 /* login, words */
	PROBLEM_NO_TOKEN,	 /* id */
	PROBLEM_PASSWORD,	 /* least length */
	PROBLEM_NOT_HOLDER,	 /* ticket */
	PROBLEM_FREE,		 /* ticket */
	PROBLEM_TAKER_BLIND,	 /* ticket, operator */
	PROBLEM_TAKER_FULL,	 /* how many, operator */
	PROBLEM_NOBODY,
	PROBLEM_NO_RECEIVER, /* word */
	PROBLEM_MEMO_SELF,
	PROBLEM_MEMO_LONG, /* how many characters at most */
	PROBLEMS
};

struct problem_info {
	enum error_code code;
	const char *reason;
	const char *text;
};
extern const struct problem_info problem_infos[PROBLEMS];

/* Fills err and returns false; arguments are strings, at most ERROR_ARGS, ended by NULL. */
bool problem(struct error *err, enum problem which, ...) __attribute__((sentinel));

/* The same with the first argument a number (of a ticket, a customer, a count). */
bool problem_number(struct error *err, enum problem which, int64_t number, const char *second);

#endif
