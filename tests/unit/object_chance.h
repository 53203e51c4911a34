#ifndef ATENDE_TESTS_UNIT_OBJECT_CHANCE_H
#define ATENDE_TESTS_UNIT_OBJECT_CHANCE_H

#include "codec/field_json.h"

/* Rows of any table of fields (codec/field_json.h) with chance values, and whether two are the
 * same. */

enum { SMALL = 3 };

/* Operators, teams, reasons and calendars 1 to SMALL, called "word-0" … */
struct directory *chance_directory(const void *mem);

char *chance_text(const void *mem, bool lines);

/* Something in every field of the row, which is zero. */
void object_fill(const void *mem, const struct object_info *info, void *row);

/* Fails the test when they are not the same. */
void object_same(const struct object_info *info, const void *a, const void *b);

/* Bytes that a field takes in its struct, without its `count`. */
size_t field_size(const struct field_info *field);

#endif
