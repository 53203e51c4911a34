#ifndef ATENDE_BASE_PATHS_H
#define ATENDE_BASE_PATHS_H

/* Where things live: XDG Base Directory Specification 0.8. All results on mem, never NULL. */

char *paths_config(
	const void *mem, const char *name); /* $ATENDE_CONFIG, else $XDG_CONFIG_HOME/atende */
char *paths_data(const void *mem, const char *name); /* $XDG_DATA_HOME/atende/name */
char *paths_state(
	const void *mem, const char *name); /* $XDG_STATE_HOME/atende/name: drafts, logs */

/* The person's folder for downloads: what user-dirs.dirs of XDG says, else ~/Downloads when it is
 * there, else home. */
char *paths_downloads(const void *mem);

/* "~/desk.db" below $HOME, anything else as it is. */
char *paths_expand(const void *mem, const char *path);
/* The other way round, for showing. */
char *paths_shorten(const void *mem, const char *path);

/* Translations: found from the place of the program, built or installed; else where they were to be
 * installed. */
char *paths_locale(const void *mem);

#endif
