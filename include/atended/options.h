#ifndef ATENDE_ATENDED_OPTIONS_H
#define ATENDE_ATENDED_OPTIONS_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>

/* What the server is told at its start. Strings are the arguments'. */
struct options {
	const char *desk; /* NULL: not told */
	size_t listen_count;
	const char **listen; /* on the context of options_read */
	const char *config;  /* file */
	bool check;	     /* look whether it could start, and end */
	bool wants_help, wants_version;
	bool wants_manual; /* the word "manual": the keys of the configuration, for atended(8) */
};

/* USAGE for an unknown option, a missing value. */
bool options_read(
	const void *mem, int argc, char **argv, struct options *options, struct error *err);

/* What --help says. */
extern const char options_usage[];

#endif
