#ifndef ATENDE_TESTS_UNIT_BYTE_SOURCE_H
#define ATENDE_TESTS_UNIT_BYTE_SOURCE_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>

/* Bytes that a reader is given in pieces of `chunk` at most. */
struct byte_source {
	const char *bytes;
	size_t size, chunk;
	bool fails; /* at its end: INTERNAL "broken disk" */
};

/* The function that such readers ask; data is a struct byte_source, of which the rest stays. */
bool byte_source_give(void *data, char *bytes, size_t size, size_t *got, struct error *err);

#endif
