#ifndef ATENDE_TUI_STYLE_H
#define ATENDE_TUI_STYLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * What a cell means; a theme says how it looks. State is text first: nothing may be told by a style
 * alone. Colours are the terminal's default and the eight of ANSI.
 */
enum style {
	STYLE_NORMAL,
	STYLE_BAR,	   /* the row under the cursor: no colours of its own */
	STYLE_TAB,	   /* row 0 */
	STYLE_TAB_CURRENT, /* the tab shown */
	STYLE_TITLE,	   /* first row of a screen, a subject */
	STYLE_HEADING,	   /* column heads, names above a message */
	STYLE_RULE,	   /* ──── between parts */
	STYLE_STATUS,	   /* row n−2 */
	STYLE_HINT,	   /* row n−1 */
	STYLE_HINT_KEY,	   /* a key named in the hints */
	STYLE_PROMPT,
	STYLE_ERROR,
	STYLE_STRONG,
	STYLE_DIM,
	STYLE_ALERT,	/* overdue, claim lost */
	STYLE_WARNING,	/* soon overdue, of the review */
	STYLE_GOOD,	/* sent, saved */
	STYLE_MINE,	/* held by me */
	STYLE_OTHERS,	/* held by a colleague */
	STYLE_DRAFT,	/* the d mark */
	STYLE_NEW,	/* the word NEW beside an unread message */
	STYLE_NOTE,	/* an internal note */
	STYLE_NOTE_BAR, /* the rule above a note being written */
	STYLE_OURS,	/* a message of ours */
	STYLE_QUOTE,	/* quoted text */
	STYLE_MATCH,	/* a found word */
	STYLE_MARKED,	/* marked rows */
	STYLE_GONE,	/* a row that left the list */
	STYLES
};

enum colour {
	COLOUR_DEFAULT = -1,
	COLOUR_OF_BLACK,
	COLOUR_OF_RED,
	COLOUR_OF_GREEN,
	COLOUR_OF_YELLOW,
	COLOUR_OF_BLUE,
	COLOUR_OF_MAGENTA,
	COLOUR_OF_CYAN,
	COLOUR_OF_WHITE,
};

enum look_flags { LOOK_BOLD = 1, LOOK_DIM = 2, LOOK_REVERSE = 4, LOOK_UNDERLINE = 8 };

struct look {
	int8_t foreground, background; /* enum colour */
	uint8_t flags;		       /* enum look_flags */
};

struct theme {
	const char *name;  /* "default", "dark", "light", "high-contrast", "mono" */
	const char *title; /* N_(): what it is for, without its name */
	struct look looks[STYLES];
};

extern const struct theme themes[]; /* the first is "default", the last is "mono" */
extern const size_t theme_count;

/* NULL for an unknown name; NULL or "" gives the default. NO_COLOR is the caller's to look at. */
const struct theme *theme_find(const char *name);
const struct theme *theme_mono(void);

/* "BAR", "ALERT" …: the word of a style in screen dumps of tests. */
const char *style_name(enum style style);

#endif
