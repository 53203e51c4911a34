#ifndef ATENDE_BASE_PROFILE_H
#define ATENDE_BASE_PROFILE_H

#include "base/config.h"
#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * What a person has set up: which desk, as whom, in which language, how it shall look. The command
 * line wins over the environment (ATENDE_DESK, ATENDE_AS, NO_COLOR), that over atende.conf (see
 * base/paths.h), that over what is usual: the desk in XDG data, the login name. Console and command
 * line share it. All strings on the context it was loaded on.
 */
enum profile_link { LINK_AUTO, LINK_FAST, LINK_SLOW };

struct profile {
	char *desk;	    /* "sqlite:FILE", a path; never NULL */
	char *as;	    /* login of the operator; NULL: not even the user has a name */
	bool as_is_guess;   /* `as` is the login name: nobody said who */
	bool desk_is_guess; /* nobody said which desk: the one in XDG data */
	char *lang;	    /* "" when not set: the environment's */
	char *theme;	    /* "" when not set */
	bool ascii;
	bool no_colour;
	char *editor;	     /* NULL when not set: VISUAL, EDITOR */
	int link;	     /* enum profile_link: the line between the terminal and this machine */
	bool a11y;	     /* nothing on the screen changes by itself but one line an event */
	bool linear;	     /* told in lines */
	bool copy;	     /* text may go to the terminal's clipboard */
	char *save_dir;	     /* for files of texts */
	char *open_command;  /* … and what shows them: "xdg-open" */
	char *token_command; /* prints the token for a server; NULL when not set: that of a sign-in
			      */
	bool keep_copy;	     /* of what one may see of a server's desk, to go on without it */
	bool wipe_copy;	     /* taken away at sign-out */
	bool insecure;	     /* a server on another machine by plain http:// */
	char *ca_file;	     /* of a server's certificate, in PEM; NULL: what the system trusts */
};

/* desk and as: from the command line, NULL when not given. */
bool profile_load(const void *mem, const char *desk, const char *as, struct profile *profile,
	struct error *err);

#endif
