#include "codec/mirror_json.h"

#include "base/mem.h"
#include "base/uuid.h"
#include "codec/cursor.h"

#include <string.h>

static const char *id_text(const void *mem, const struct uuid *id)
{
	char *text = mem_array(mem, char, UUID_TEXT_SIZE);
	if (!uuid_is_zero(id)) {
		uuid_format(id, text);
	}
	return text;
}

struct record *mirror_record(const void *mem, const struct mirror *mirror)
{
	const struct record_value values[] = {
		{.name = "revision", .number = mirror->revision},
		{.name = "id", .is_text = true, .text = id_text(mem, &mirror->id)},
		{.name = "known_id", .is_text = true, .text = id_text(mem, &mirror->known_id)},
		{.name = "directory", .number = mirror->directory},
		{.name = "has_more", .number = mirror->has_more},
		{.name = "next",
			.is_text = true,
			.text = mirror->has_more ? cursor_print(mem, &mirror->next) : ""},
	};
	struct record *record = mem_new(mem, struct record);
	*record = (struct record){.type = "mirror",
		.count = ARRAY_LEN(values),
		.values = mem_dup(mem, values, sizeof values)};
	return record;
}

static const struct record_value *value_of(
	const struct record *record, const char *name, bool is_text)
{
	for (size_t i = 0; i < record->count; i++) {
		const struct record_value *value = &record->values[i];
		if (strcmp(value->name, name) == 0 && value->is_text == is_text &&
			!value->is_null && !value->is_bytes) {
			return value;
		}
	}
	return NULL;
}

static bool read_id(const struct record *record, const char *name, struct uuid *id)
{
	const struct record_value *value = value_of(record, name, true);
	return value && (*value->text == '\0' || uuid_parse(value->text, id));
}

static bool read_end(const struct record *record, struct mirror *mirror)
{
	const struct record_value *revision = value_of(record, "revision", false);
	const struct record_value *directory = value_of(record, "directory", false);
	const struct record_value *has_more = value_of(record, "has_more", false);
	const struct record_value *next = value_of(record, "next", true);
	*mirror = (struct mirror){0};
	if (!revision || !directory || !has_more || !next || revision->number < 0 ||
		!read_id(record, "id", &mirror->id) ||
		!read_id(record, "known_id", &mirror->known_id)) {
		return false;
	}
	mirror->revision = revision->number;
	mirror->directory = directory->number;
	mirror->has_more = has_more->number != 0;
	return !mirror->has_more || cursor_parse(next->text, &mirror->next);
}

bool mirror_from_record(
	const struct record *record, struct mirror *mirror, bool *is_end, struct error *err)
{
	*is_end = strcmp(record->type, "mirror") == 0;
	return !*is_end || read_end(record, mirror) ||
	       error_set_reason(err, ERROR_INVALID, "record",
		       N_("a record of type {0} has a wrong value for {1}"), record->type, "",
		       NULL);
}
