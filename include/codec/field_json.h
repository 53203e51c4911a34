#ifndef ATENDE_CODEC_FIELD_JSON_H
#define ATENDE_CODEC_FIELD_JSON_H

#include "base/error.h"
#include "base/mem.h"
#include "codec/json.h"
#include "core/directory.h"
#include "core/name.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Structs as JSON objects by tables of their fields: what the other *_json modules are made of. The
 * same table writes and reads, so that what one program shows another one takes back without loss.
 */

enum field_shape {
	SHAPE_TEXT,    /* char *, many lines */
	SHAPE_LINE,    /* char *, one line */
	SHAPE_WORD,    /* char *, one line; "" is null */
	SHAPE_PASSAGE, /* char *, many lines; "" is null */
	SHAPE_EXTRA,   /* char *; "" has no member at all */
	SHAPE_INT,     /* int64_t */
	SHAPE_COUNT,   /* size_t */
	SHAPE_ID,      /* int64_t; 0 is null */
	SHAPE_TIME,    /* int64_t; 0 and DUE_NEVER are null, which reads as 0 */
	SHAPE_DUE,     /* the same, but null reads as DUE_NEVER */
	SHAPE_BOOL,
	SHAPE_FLAG,	/* bool; false has no member at all */
	SHAPE_NAME,	/* an enum, by `names`; what has no word is null */
	SHAPE_KIND,	/* an enum change_kind; what has no word is null */
	SHAPE_CODE,	/* an enum error_code */
	SHAPE_OPERATOR, /* int64_t: a login; the unknown and 0 are null, so for the next */
	SHAPE_TEAM,	/* its key */
	SHAPE_REASON,	/* its key */
	SHAPE_CALENDAR, /* its key */
	SHAPE_TEAMS,	/* int64_t *, `count` of them: an array of keys */
	SHAPE_TAGS,	/* char *, as struct ticket keeps them: an array of words */
	SHAPE_RIGHTS,	/* int64_t, bits of enum right: an array of words */
	SHAPE_UUID,	/* struct uuid */
	SHAPE_JSON,	/* char *: an object of our own */
	SHAPE_CURSOR,	/* struct queue_key, as codec/cursor.h writes it; {0} is null */
	SHAPE_ASSIGNEE, /* struct ticket: who is its assignee as it counts now; is not read */
	SHAPE_ADDRESS,	/* struct customer_view: its first address or null; is not read */
	SHAPE_OBJECT,	/* a struct, by `object` */
	SHAPE_OPTIONAL, /* the same; null where its first field, an id, is 0 */
	SHAPE_INLINE,	/* the same, its members among those around it; has no name */
	SHAPE_ROWS,	/* an array of structs, `count` of them, by `object` */
};

struct object_info;

struct field_info {
	const char *name;
	enum field_shape shape;
	size_t offset;
	const struct name_table *names;
	const struct object_info *object;
	size_t count; /* where the number of elements lies, a size_t */
};

struct object_info {
	const struct field_info *fields;
	size_t count;
	size_t size; /* of the struct */
};

/* Rows of such tables; the last is for a struct whose fields are in an array. */
#define FIELD_INFO(type, name, shape, member, names)                                               \
	{                                                                                          \
		name, shape, offsetof(struct type, member), names, NULL, 0                         \
	}
#define ROWS_INFO(type, name, member, length, object)                                              \
	{                                                                                          \
		name, SHAPE_ROWS, offsetof(struct type, member), NULL, &object,                    \
			offsetof(struct type, length)                                              \
	}
#define OBJECT_INFO(type, fields)                                                                  \
	{                                                                                          \
		fields, ARRAY_LEN(fields), sizeof(struct type)                                     \
	}

/* What the words of people and teams are looked up in, and the clock of the store. */
struct field_scope {
	const struct directory *directory; /* NULL: nothing of the object needs it */
	int64_t now;
};

/* Adds a member for each field of *row. */
void object_add_json(struct json *object, const struct object_info *info, const void *row,
	const struct field_scope *scope);
/* The member of that name alone. */
void member_add_json(struct json *object, const struct object_info *info, const char *name,
	const void *row, const struct field_scope *scope);

/*
 * Reads what object_add_json wrote: all of *row is set, its strings and arrays on mem; what is of a
 * row of an array hangs on that array. Members that
 * no field has are passed over, for a newer program may write more.
 *
 * Whoever wrote it may mean harm: every text is made clean, every word and name must be known, no
 * id is below 0. INVALID, naming the member, for what is not so, for a wrong type, and for a
 * member that is not there but those that can be null.
 */
bool object_from_json(const void *mem, const struct json *object, const struct object_info *info,
	void *row, const struct directory *directory, struct error *err);

#endif
