#include "tui/style.h"

#include "base/error.h"
#include "base/mem.h"

#include <string.h>

/* Short words, so that each theme reads as a table. */
#define PLAIN COLOUR_DEFAULT, COLOUR_DEFAULT
#define FG(colour) COLOUR_OF_##colour, COLOUR_DEFAULT

static const char *const style_names[STYLES] = {
	[STYLE_NORMAL] = "NORMAL",
	[STYLE_BAR] = "BAR",
	[STYLE_TAB] = "TAB",
	[STYLE_TAB_CURRENT] = "TAB_CURRENT",
	[STYLE_TITLE] = "TITLE",
	[STYLE_HEADING] = "HEADING",
	[STYLE_RULE] = "RULE",
	[STYLE_STATUS] = "STATUS",
	[STYLE_HINT] = "HINT",
	[STYLE_HINT_KEY] = "HINT_KEY",
	[STYLE_PROMPT] = "PROMPT",
	[STYLE_ERROR] = "ERROR",
	[STYLE_STRONG] = "STRONG",
	[STYLE_DIM] = "DIM",
	[STYLE_ALERT] = "ALERT",
	[STYLE_WARNING] = "WARNING",
	[STYLE_GOOD] = "GOOD",
	[STYLE_MINE] = "MINE",
	[STYLE_OTHERS] = "OTHERS",
	[STYLE_DRAFT] = "DRAFT",
	[STYLE_NEW] = "NEW",
	[STYLE_NOTE] = "NOTE",
	[STYLE_NOTE_BAR] = "NOTE_BAR",
	[STYLE_OURS] = "OURS",
	[STYLE_QUOTE] = "QUOTE",
	[STYLE_MATCH] = "MATCH",
	[STYLE_MARKED] = "MARKED",
	[STYLE_GONE] = "GONE",
};

const struct theme themes[] = {
	{"default", N_("some colours, for dark and light windows"),
		{
			[STYLE_NORMAL] = {PLAIN, 0},
			[STYLE_BAR] = {PLAIN, LOOK_REVERSE},
			[STYLE_TAB] = {PLAIN, 0},
			[STYLE_TAB_CURRENT] = {PLAIN, LOOK_BOLD | LOOK_UNDERLINE},
			[STYLE_TITLE] = {PLAIN, LOOK_BOLD},
			[STYLE_HEADING] = {PLAIN, LOOK_BOLD},
			[STYLE_RULE] = {FG(CYAN), 0},
			[STYLE_STATUS] = {PLAIN, 0},
			[STYLE_HINT] = {PLAIN, 0},
			[STYLE_HINT_KEY] = {PLAIN, LOOK_BOLD},
			[STYLE_PROMPT] = {PLAIN, LOOK_BOLD},
			[STYLE_ERROR] = {FG(RED), LOOK_BOLD},
			[STYLE_STRONG] = {PLAIN, LOOK_BOLD},
			[STYLE_DIM] = {PLAIN, LOOK_DIM},
			[STYLE_ALERT] = {FG(RED), 0},
			[STYLE_WARNING] = {FG(YELLOW), 0},
			[STYLE_GOOD] = {FG(GREEN), 0},
			[STYLE_MINE] = {FG(GREEN), 0},
			[STYLE_OTHERS] = {FG(MAGENTA), 0},
			[STYLE_DRAFT] = {FG(CYAN), 0},
			[STYLE_NEW] = {FG(GREEN), LOOK_BOLD},
			[STYLE_NOTE] = {FG(YELLOW), 0},
			[STYLE_NOTE_BAR] = {FG(YELLOW), LOOK_REVERSE},
			[STYLE_OURS] = {FG(CYAN), 0},
			[STYLE_QUOTE] = {PLAIN, LOOK_DIM},
			[STYLE_MATCH] = {PLAIN, LOOK_REVERSE},
			[STYLE_MARKED] = {PLAIN, LOOK_BOLD},
			[STYLE_GONE] = {PLAIN, LOOK_DIM},
		}},
	{"dark", N_("more colours, for dark windows"),
		{
			[STYLE_NORMAL] = {PLAIN, 0},
			[STYLE_BAR] = {PLAIN, LOOK_REVERSE},
			[STYLE_TAB] = {FG(CYAN), 0},
			[STYLE_TAB_CURRENT] = {FG(CYAN), LOOK_BOLD | LOOK_UNDERLINE},
			[STYLE_TITLE] = {FG(WHITE), LOOK_BOLD},
			[STYLE_HEADING] = {FG(CYAN), LOOK_BOLD},
			[STYLE_RULE] = {FG(BLUE), LOOK_BOLD},
			[STYLE_STATUS] = {PLAIN, 0},
			[STYLE_HINT] = {PLAIN, 0},
			[STYLE_HINT_KEY] = {FG(YELLOW), LOOK_BOLD},
			[STYLE_PROMPT] = {FG(YELLOW), LOOK_BOLD},
			[STYLE_ERROR] = {FG(RED), LOOK_BOLD},
			[STYLE_STRONG] = {FG(WHITE), LOOK_BOLD},
			[STYLE_DIM] = {PLAIN, LOOK_DIM},
			[STYLE_ALERT] = {FG(RED), LOOK_BOLD},
			[STYLE_WARNING] = {FG(YELLOW), LOOK_BOLD},
			[STYLE_GOOD] = {FG(GREEN), LOOK_BOLD},
			[STYLE_MINE] = {FG(GREEN), LOOK_BOLD},
			[STYLE_OTHERS] = {FG(MAGENTA), LOOK_BOLD},
			[STYLE_DRAFT] = {FG(CYAN), LOOK_BOLD},
			[STYLE_NEW] = {FG(GREEN), LOOK_BOLD},
			[STYLE_NOTE] = {FG(YELLOW), 0},
			[STYLE_NOTE_BAR] = {FG(YELLOW), LOOK_REVERSE},
			[STYLE_OURS] = {FG(CYAN), 0},
			[STYLE_QUOTE] = {PLAIN, LOOK_DIM},
			[STYLE_MATCH] = {FG(YELLOW), LOOK_REVERSE},
			[STYLE_MARKED] = {FG(YELLOW), LOOK_BOLD},
			[STYLE_GONE] = {PLAIN, LOOK_DIM},
		}},
	/* Yellow, cyan and green are unreadable on white. */
	{"light", N_("more colours, for light windows"),
		{
			[STYLE_NORMAL] = {PLAIN, 0},
			[STYLE_BAR] = {PLAIN, LOOK_REVERSE},
			[STYLE_TAB] = {FG(BLUE), 0},
			[STYLE_TAB_CURRENT] = {FG(BLUE), LOOK_BOLD | LOOK_UNDERLINE},
			[STYLE_TITLE] = {PLAIN, LOOK_BOLD},
			[STYLE_HEADING] = {FG(BLUE), LOOK_BOLD},
			[STYLE_RULE] = {FG(BLUE), 0},
			[STYLE_STATUS] = {PLAIN, 0},
			[STYLE_HINT] = {PLAIN, 0},
			[STYLE_HINT_KEY] = {FG(BLUE), LOOK_BOLD},
			[STYLE_PROMPT] = {FG(BLUE), LOOK_BOLD},
			[STYLE_ERROR] = {FG(RED), LOOK_BOLD},
			[STYLE_STRONG] = {PLAIN, LOOK_BOLD},
			[STYLE_DIM] = {PLAIN, LOOK_DIM},
			[STYLE_ALERT] = {FG(RED), LOOK_BOLD},
			[STYLE_WARNING] = {FG(RED), 0},
			[STYLE_GOOD] = {FG(BLUE), 0},
			[STYLE_MINE] = {FG(BLUE), LOOK_BOLD},
			[STYLE_OTHERS] = {FG(MAGENTA), 0},
			[STYLE_DRAFT] = {FG(BLUE), 0},
			[STYLE_NEW] = {FG(BLUE), LOOK_BOLD},
			[STYLE_NOTE] = {FG(MAGENTA), 0},
			[STYLE_NOTE_BAR] = {FG(MAGENTA), LOOK_REVERSE},
			[STYLE_OURS] = {FG(BLUE), 0},
			[STYLE_QUOTE] = {PLAIN, LOOK_DIM},
			[STYLE_MATCH] = {PLAIN, LOOK_REVERSE},
			[STYLE_MARKED] = {FG(BLUE), LOOK_BOLD},
			[STYLE_GONE] = {PLAIN, LOOK_DIM},
		}},
	/* No dim, no colour that is not bold. */
	{"high-contrast", N_("no colours, nothing dim"),
		{
			[STYLE_NORMAL] = {PLAIN, 0},
			[STYLE_BAR] = {PLAIN, LOOK_REVERSE},
			[STYLE_TAB] = {PLAIN, LOOK_BOLD},
			[STYLE_TAB_CURRENT] = {PLAIN, LOOK_REVERSE | LOOK_BOLD},
			[STYLE_TITLE] = {PLAIN, LOOK_BOLD},
			[STYLE_HEADING] = {PLAIN, LOOK_BOLD | LOOK_UNDERLINE},
			[STYLE_RULE] = {PLAIN, LOOK_BOLD},
			[STYLE_STATUS] = {PLAIN, LOOK_BOLD},
			[STYLE_HINT] = {PLAIN, 0},
			[STYLE_HINT_KEY] = {PLAIN, LOOK_BOLD | LOOK_UNDERLINE},
			[STYLE_PROMPT] = {PLAIN, LOOK_BOLD},
			[STYLE_ERROR] = {PLAIN, LOOK_REVERSE | LOOK_BOLD},
			[STYLE_STRONG] = {PLAIN, LOOK_BOLD},
			[STYLE_DIM] = {PLAIN, 0},
			[STYLE_ALERT] = {PLAIN, LOOK_REVERSE | LOOK_BOLD},
			[STYLE_WARNING] = {PLAIN, LOOK_BOLD | LOOK_UNDERLINE},
			[STYLE_GOOD] = {PLAIN, LOOK_BOLD},
			[STYLE_MINE] = {PLAIN, LOOK_BOLD},
			[STYLE_OTHERS] = {PLAIN, LOOK_BOLD},
			[STYLE_DRAFT] = {PLAIN, LOOK_BOLD},
			[STYLE_NEW] = {PLAIN, LOOK_REVERSE | LOOK_BOLD},
			[STYLE_NOTE] = {PLAIN, LOOK_UNDERLINE},
			[STYLE_NOTE_BAR] = {PLAIN, LOOK_REVERSE | LOOK_BOLD},
			[STYLE_OURS] = {PLAIN, LOOK_BOLD},
			[STYLE_QUOTE] = {PLAIN, 0},
			[STYLE_MATCH] = {PLAIN, LOOK_REVERSE},
			[STYLE_MARKED] = {PLAIN, LOOK_BOLD | LOOK_UNDERLINE},
			[STYLE_GONE] = {PLAIN, 0},
		}},
	{"mono", N_("no colours"),
		{
			[STYLE_NORMAL] = {PLAIN, 0},
			[STYLE_BAR] = {PLAIN, LOOK_REVERSE},
			[STYLE_TAB] = {PLAIN, 0},
			[STYLE_TAB_CURRENT] = {PLAIN, LOOK_BOLD | LOOK_UNDERLINE},
			[STYLE_TITLE] = {PLAIN, LOOK_BOLD},
			[STYLE_HEADING] = {PLAIN, LOOK_BOLD},
			[STYLE_RULE] = {PLAIN, 0},
			[STYLE_STATUS] = {PLAIN, 0},
			[STYLE_HINT] = {PLAIN, 0},
			[STYLE_HINT_KEY] = {PLAIN, LOOK_BOLD},
			[STYLE_PROMPT] = {PLAIN, LOOK_BOLD},
			[STYLE_ERROR] = {PLAIN, LOOK_BOLD},
			[STYLE_STRONG] = {PLAIN, LOOK_BOLD},
			[STYLE_DIM] = {PLAIN, 0},
			[STYLE_ALERT] = {PLAIN, LOOK_BOLD},
			[STYLE_WARNING] = {PLAIN, LOOK_BOLD},
			[STYLE_GOOD] = {PLAIN, 0},
			[STYLE_MINE] = {PLAIN, 0},
			[STYLE_OTHERS] = {PLAIN, 0},
			[STYLE_DRAFT] = {PLAIN, 0},
			[STYLE_NEW] = {PLAIN, LOOK_BOLD},
			[STYLE_NOTE] = {PLAIN, 0},
			[STYLE_NOTE_BAR] = {PLAIN, LOOK_REVERSE},
			[STYLE_OURS] = {PLAIN, 0},
			[STYLE_QUOTE] = {PLAIN, 0},
			[STYLE_MATCH] = {PLAIN, LOOK_REVERSE},
			[STYLE_MARKED] = {PLAIN, LOOK_BOLD},
			[STYLE_GONE] = {PLAIN, 0},
		}},
};
const size_t theme_count = ARRAY_LEN(themes);

const struct theme *theme_find(const char *name)
{
	if (!name || !*name) {
		return &themes[0];
	}
	for (size_t i = 0; i < theme_count; i++) {
		if (strcmp(themes[i].name, name) == 0) {
			return &themes[i];
		}
	}
	return NULL;
}

const struct theme *theme_mono(void)
{
	return &themes[theme_count - 1];
}

const char *style_name(enum style style)
{
	return style_names[style];
}
