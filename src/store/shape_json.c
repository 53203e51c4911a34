#include "store/shape_json.h"

#include "base/mem.h"

#include <string.h>

void shape_add_json(
	struct json *parent, const char *key, const struct shape *shape, const void *row)
{
	struct json *object = json_add_object(parent, key);
	for (size_t i = 0; i < shape->count; i++) {
		const struct column *column = &shape->columns[i];
		const char *at = (const char *)row + column->offset;
		if (column->type == COLUMN_TEXT) {
			const char *text = *(char *const *)at;
			if (*text) {
				json_add_text(object, column->name, text);
			}
		} else if (column_number(column, at)) {
			json_add_int(object, column->name, column_number(column, at));
		}
	}
}

void shape_from_json(
	const struct shape *shape, const struct json *object, const void *mem, void *row)
{
	memset(row, 0, shape->size);
	for (size_t i = 0; i < shape->count; i++) {
		const struct column *column = &shape->columns[i];
		char *at = (char *)row + column->offset;
		const struct json *value = json_get(object, column->name);
		int64_t number;
		if (column->type == COLUMN_TEXT) {
			const char *text = json_text(value);
			*(char **)at = mem_strdup(mem, text ? text : "");
		} else if (json_int(value, &number)) {
			column_set_number(column, at, number);
		}
	}
}
