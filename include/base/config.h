#ifndef ATENDE_BASE_CONFIG_H
#define ATENDE_BASE_CONFIG_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Configuration files (INI, by inih; the only file that knows it is base/config.c). A program gives
 * a table of the keys it knows, or takes the lines itself; an unknown key, a bad value or a line
 * that is too long is an error that names file and line.
 */

enum config_type {
	CONFIG_TEXT,
	CONFIG_BOOL,
	CONFIG_DURATION /* ms: "90s", "10m", "7d" */,
	CONFIG_INT,
	CONFIG_WORD /* one of `words` */
};

struct config_key {
	const char *section; /* "" for none */
	const char *name;
	enum config_type type;
	size_t offset;	     /* into the target: char * (on mem), bool, int64_t, int64_t, int */
	const char *summary; /* for the manual, N_() */
	const char *const *words; /* ended by NULL; the index is what is set */
};

/*
 * One entry: texts are clean, each one line. `where` is "path:line", for {0} of the error. An
 * indented line comes as another value of the name before it; "a += b" has the name "a +". False,
 * with *err set, ends the reading.
 */
typedef bool config_line_fn(void *data, const char *where, const char *section, const char *name,
	const char *value, struct error *err);

/* Gives every entry to `take`, in order. A file that is not there is no error. */
bool config_read(const char *path, config_line_fn *take, void *data, struct error *err);

/* The error of a name that was given a value before. */
bool config_twice(const char *where, const char *name, struct error *err);

/* Reads path into *target by a table; a file that is not there is no error. */
bool config_load(const void *mem, const char *path, const struct config_key *keys, size_t count,
	void *target, struct error *err);

/* The same; names that are not in the table go to `others`, with `data`. */
bool config_load_with(const void *mem, const char *path, const struct config_key *keys,
	size_t count, void *target, config_line_fn *others, void *data, struct error *err);
/* The errors of a name that is unknown and of a value that does not do. */
bool config_unknown(const char *where, const char *name, struct error *err);
bool config_wrong(const char *where, const char *name, const char *value, struct error *err);

/* Sets keys without a section in the file: lines that are there are replaced, the rest of it stays,
 * comments too. Folders are made. INVALID for a value that such a file cannot hold. */
struct config_value {
	const char *name, *value;
};
bool config_put(
	const char *path, const struct config_value *values, size_t count, struct error *err);

/* "90s", "10m" or "10min", "1h30m", "7d", "2w", "250ms" as milliseconds, at most a thousand years.
 * *span_ms stays as it was for anything else. */
bool config_duration(const char *text, int64_t *span_ms);

#endif
