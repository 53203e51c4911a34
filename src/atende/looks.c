#include "atende/looks.h"

#include "base/mem.h"
#include "tui/term.h"

#include <unistd.h>

/* "": nobody asked for one here. */
static const char *theme_name(const struct cli_start *start)
{
	return start->theme ? start->theme : start->profile->theme;
}

bool looks_find_theme(const struct cli_start *start, const struct theme **theme, struct error *err)
{
	const char *name = theme_name(start);
	*theme = theme_find(name);
	if (*theme) {
		return true;
	}
	char *names = mem_strdup(NULL, themes[0].name);
	for (size_t i = 1; i < theme_count; i++) {
		names = mem_check(talloc_asprintf_append_buffer(names, ", %s", themes[i].name));
	}
	error_set(err, ERROR_USAGE, N_("there is no theme {0}; there are {1}"), name, names, NULL);
	talloc_free(names);
	return false;
}

const struct theme *looks_theme_given(const struct cli_start *start)
{
	const char *name = theme_name(start);
	return *name ? theme_find(name) : NULL;
}

bool looks_link_is_slow(const struct profile *profile)
{
	return profile->link == LINK_SLOW ||
	       (profile->link == LINK_AUTO && term_line_is_slow(STDOUT_FILENO));
}

const char *looks_why_not_copy(const struct profile *profile, bool terminal_can)
{
	if (!profile->copy) {
		return N_("copying is switched off: atende.conf says copy = no");
	}
	return terminal_can ? NULL
			    : N_("this terminal is not known to take text for the clipboard");
}
