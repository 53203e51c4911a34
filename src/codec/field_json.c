#include "codec/field_json.h"

#include "base/mem.h"

#include <string.h>

static int64_t int64_of(const void *at)
{
	int64_t value;
	memcpy(&value, at, sizeof value);
	return value;
}

static int enum_of(const void *at)
{
	int value;
	memcpy(&value, at, sizeof value);
	return value;
}

static const char *text_of(const void *at)
{
	const char *text;
	memcpy(&text, at, sizeof text);
	return text ? text : "";
}

/* --- shown --- */

static const char *name_in_directory(
	const struct directory *directory, enum field_shape shape, int64_t id)
{
	if (shape == SHAPE_OPERATOR) {
		return directory_login_of(directory, id);
	}
	if (shape == SHAPE_TEAM) {
		const struct team *team = directory_team(directory, id);
		return team ? team->key : "";
	}
	if (shape == SHAPE_REASON) {
		const struct reason *reason = directory_reason(directory, id);
		return reason ? reason->key : "";
	}
	for (size_t i = 0; i < directory->calendar_count; i++) {
		if (directory->calendar_rows[i].id == id) {
			return directory->calendar_rows[i].key;
		}
	}
	return "";
}

static void add_word(struct json *object, const char *key, const char *word)
{
	json_add_text(object, key, *word ? word : NULL);
}

static void add_field(struct json *object, const struct field_info *field, const void *at,
	const struct directory *directory)
{
	switch (field->shape) {
	case SHAPE_TEXT:
		json_add_text(object, field->name, text_of(at));
		break;
	case SHAPE_WORD:
		add_word(object, field->name, text_of(at));
		break;
	case SHAPE_INT:
		json_add_int(object, field->name, int64_of(at));
		break;
	case SHAPE_ID:
		json_add_id(object, field->name, int64_of(at));
		break;
	case SHAPE_TIME:
		json_add_time(object, field->name, int64_of(at));
		break;
	case SHAPE_BOOL:
		json_add_bool(object, field->name, *(const bool *)at);
		break;
	case SHAPE_NAME:
		add_word(object, field->name, name_of(field->names, enum_of(at)));
		break;
	case SHAPE_OPERATOR:
	case SHAPE_TEAM:
	case SHAPE_REASON:
	case SHAPE_CALENDAR:
		add_word(object, field->name,
			name_in_directory(directory, field->shape, int64_of(at)));
		break;
	}
}

void fields_add_json(struct json *object, const struct field_info *fields, size_t count,
	const void *row, const struct directory *directory)
{
	for (size_t i = 0; i < count; i++) {
		add_field(object, &fields[i], (const char *)row + fields[i].offset, directory);
	}
}

void rows_add_json(struct json *object, const char *key, const struct field_info *fields,
	size_t count, const void *rows, size_t row_count, size_t size,
	const struct directory *directory)
{
	struct json *array = json_add_array(object, key);
	for (size_t i = 0; i < row_count; i++) {
		fields_add_json(json_add_object(array, NULL), fields, count,
			(const char *)rows + i * size, directory);
	}
}
