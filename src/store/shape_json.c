#include "store/shape_json.h"

#include "base/mem.h"

#include <string.h>

static int64_t number_at(const struct column *column, const void *at)
{
	switch (column->type) {
	case COLUMN_INT:
		return *(const int64_t *)at;
	case COLUMN_ENUM:
		return *(const int *)at;
	case COLUMN_BOOL:
		return *(const bool *)at;
	case COLUMN_TEXT:
		break;
	}
	return 0;
}

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
		} else if (number_at(column, at)) {
			json_add_int(object, column->name, number_at(column, at));
		}
	}
}

static void set_number(const struct column *column, void *at, int64_t value)
{
	switch (column->type) {
	case COLUMN_INT:
		*(int64_t *)at = value;
		break;
	case COLUMN_ENUM:
		*(int *)at = (int)value;
		break;
	case COLUMN_BOOL:
		*(bool *)at = value != 0;
		break;
	case COLUMN_TEXT:
		break;
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
			set_number(column, at, number);
		}
	}
}
