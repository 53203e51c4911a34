#ifndef ATENDE_CLI_SAMPLE_DATA_H
#define ATENDE_CLI_SAMPLE_DATA_H

#include <stdbool.h>
#include <stddef.h>

/* data/sample/desk.txt, made part of the program, and what it says. */

extern const char sample_data[];

struct sample_row {
	size_t count;
	char **fields; /* trimmed; "\n" is a line end */
};

struct sample_section {
	char *name;
	size_t count;
	struct sample_row *rows;
};

struct sample_topic {
	const char *team, *reason, *language;
	const char *subject[2];
	const char *asked, *answered, *asked_again, *solved, *at_once, *note; /* note may be NULL */
};

struct sample {
	size_t section_count, topic_count;
	struct sample_section *sections;
	struct sample_topic *topics;
};

/* On mem. */
struct sample *sample_parse(const void *mem);
/* By name; it must be there. */
const struct sample_section *sample_section(const struct sample *sample, const char *name);
/* The field, "" where the row is shorter. */
const char *sample_field(const struct sample_row *row, size_t index);

#endif
