#ifndef ATENDE_CORE_WHEN_WORDS_H
#define ATENDE_CORE_WHEN_WORDS_H

#include <stdbool.h>
#include <stddef.h>

/* The words that times are said with (core/when.h), and a line cut into them. */

enum when_kind {
	WHEN_END,
	WHEN_UNKNOWN,
	WHEN_FILLER,  /* "de", "the" … and blanks between */
	WHEN_NUMBER,  /* value; digits, 0 for one in words */
	WHEN_SIGN,    /* value: one of / : - . */
	WHEN_DAY,     /* value: days from today */
	WHEN_AFTER,   /* "depois de", "after": a day more */
	WHEN_WEEKDAY, /* value: 0 Sunday */
	WHEN_MONTH,   /* value: 1–12 */
	WHEN_NEXT,    /* "next", "que vem" */
	WHEN_IN,      /* a span follows */
	WHEN_AT,      /* a time of day follows */
	WHEN_HALF,
	WHEN_MINUTES, /* units … */
	WHEN_HOURS,   /* value: 1 for "h", which may also be a time of day */
	WHEN_DAYS,    /* also what goes before the number of a day: "dia 26" */
	WHEN_WEEKS,
	WHEN_MONTHS,
	WHEN_PART,     /* of the day; value: minutes from midnight, -1 the beginning of work */
	WHEN_MERIDIEM, /* value: 0 am, 12 pm */
};

struct when_token {
	enum when_kind kind;
	int value;
	int digits;    /* of a number */
	bool is_glued; /* nothing between it and the token before: "9h" */
};

/* The tokens of a folded text (text_fold), ended by WHEN_END, on mem. A number of more than four
 * digits is unknown. */
struct when_token *when_cut(const void *mem, const char *folded, size_t *count);

#endif
