#ifndef ATENDE_CODEC_FIELD_JSON_H
#define ATENDE_CODEC_FIELD_JSON_H

#include "base/error.h"
#include "codec/json.h"
#include "core/directory.h"
#include "core/name.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * Structs as JSON objects by tables of their fields: what the other *_json modules are made of.
 * Nobody outside codec includes this.
 */

enum field_shape {
	SHAPE_TEXT, /* char * */
	SHAPE_WORD, /* char *; "" is null */
	SHAPE_INT,  /* int64_t */
	SHAPE_ID,   /* int64_t; 0 is null */
	SHAPE_TIME, /* int64_t; 0 and DUE_NEVER are null */
	SHAPE_BOOL,
	SHAPE_NAME,	/* an enum, by `names`; what has no word is null */
	SHAPE_OPERATOR, /* int64_t: a login; the unknown and 0 are null, so for the next */
	SHAPE_TEAM,	/* its key */
	SHAPE_REASON,	/* its key */
	SHAPE_CALENDAR, /* its key */
};

struct field_info {
	const char *name;
	enum field_shape shape;
	size_t offset;
	const struct name_table *names;
};

/* Adds a member for each field of *row. directory is for the shapes of names only. */
void fields_add_json(struct json *object, const struct field_info *fields, size_t count,
	const void *row, const struct directory *directory);

/* Adds {key: [an object for each of `rows`, `size` bytes apart]}. */
void rows_add_json(struct json *object, const char *key, const struct field_info *fields,
	size_t count, const void *rows, size_t row_count, size_t size,
	const struct directory *directory);

#endif
