#ifndef ATENDE_CORE_RECORD_H
#define ATENDE_CORE_RECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * One row of a desk, for export and for bringing it back: a type word and name-value pairs in
 * schema order. Names are distinct within a record.
 */
struct record_value {
	const char *name;
	bool is_null, is_text, is_bytes;
	const char *text; /* is_text; is_bytes: `size` of them */
	size_t size;
	int64_t number; /* none of them */
};

struct record {
	const char *type; /* "ticket", "message" … */
	size_t count;
	struct record_value *values;
};

#endif
