#ifndef ATENDE_CLI_SOURCE_H
#define ATENDE_CLI_SOURCE_H

#include "base/error.h"
#include "cli/call.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* A file that is read once, from front to end, with a look at how it begins. */
struct source {
	FILE *file;
	bool is_input; /* standard input: not ours to close */
	const char *path;
	int64_t size;  /* bytes; 0: unknown */
	char head[32]; /* what was looked at and not yet read */
	size_t head_at, head_size;
};

/* NOT_FOUND, DENIED or INTERNAL, naming the path. "-" is standard input. */
bool source_open(struct source *source, struct call *call, const char *path, struct error *err);
void source_close(struct source *source);
bool source_begins(const struct source *source, const char *text);

/* A csv_read_fn; data is the source. */
bool source_read(void *source, char *bytes, size_t size, size_t *got, struct error *err);

/* The next line without its end, on mem; *line NULL at the end of the file. INVALID for a line
 * over 8 MiB. */
bool source_line(
	struct source *source, const void *mem, char **line, size_t *size, struct error *err);

#endif
