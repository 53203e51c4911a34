#include "codec/record_json.h"

#include "base/base64.h"
#include "base/mem.h"
#include "codec/json.h"

/* --- writing --- */

static void add_value(struct json *object, const struct record_value *value)
{
	if (value->is_null) {
		json_add_null(object, value->name);
	} else if (value->is_bytes) {
		char *text = base64_encode(NULL, value->text, value->size);
		json_add_text(json_add_object(object, value->name), "bytes", text);
		talloc_free(text);
	} else if (value->is_text) {
		json_add_text(object, value->name, value->text);
	} else if (value->number >= -JSON_INT_MAX && value->number <= JSON_INT_MAX) {
		json_add_int(object, value->name, value->number);
	} else {
		json_add_int(json_add_object(object, value->name), "int", value->number);
	}
}

char *record_print(const void *mem, const struct record *record)
{
	void *scratch = mem_context(NULL);
	struct json *line = json_object(scratch);
	struct json *object = json_add_object(line, record->type);
	for (size_t i = 0; i < record->count; i++) {
		add_value(object, &record->values[i]);
	}
	char *text = json_print(mem, line);
	talloc_free(scratch);
	return text;
}

/* --- reading --- */

/* The only member of an object, if it is called so. */
static const struct json *only(const struct json *object, const char *key)
{
	const struct json *member = json_get(object, key);
	bool is_only = json_type_of(object) == JSON_OBJECT && json_first(object) == member &&
		       !json_next(member);
	return is_only ? member : NULL;
}

static bool read_bytes(const void *mem, const char *text, struct record_value *value)
{
	char *bytes;
	value->is_bytes = text && base64_decode(mem, text, &bytes, &value->size);
	value->text = value->is_bytes ? bytes : NULL;
	return value->is_bytes;
}

static bool read_value(const void *mem, const struct json *member, struct record_value *value,
	const char *line, struct error *err)
{
	value->name = json_key(member);
	value->text = json_text(member);
	value->is_text = value->text != NULL;
	value->is_null = json_type_of(member) == JSON_NULL;
	if (value->is_text || value->is_null) {
		return true;
	}
	const struct json *large = only(member, "int");
	bool is_plain = json_type_of(member) == JSON_NUMBER;
	return (is_plain && json_int(member, &value->number)) ||
	       (json_text(large) && json_int(large, &value->number)) ||
	       read_bytes(mem, json_text(only(member, "bytes")), value) ||
	       error_set(err, ERROR_INVALID, N_("line {0}: \"{1}\" has a wrong value"), line,
		       value->name, NULL);
}

bool record_parse(const void *mem, const char *bytes, size_t size, int64_t line,
	struct record *record, struct error *err)
{
	const struct json *json;
	*record = (struct record){.type = ""};
	if (!json_parse(mem, bytes, size, line, &json, err)) {
		return false;
	}
	char *number = mem_printf(mem, "%lld", (long long)line);
	const struct json *row = json_first(json);
	if (json_type_of(json) != JSON_OBJECT || json_count(json) != 1 ||
		json_type_of(row) != JSON_OBJECT) {
		return error_set(err, ERROR_INVALID,
			N_("line {0} is no record of a desk: it must be {\"type\":{…}}"), number,
			NULL);
	}
	record->type = json_key(row);
	record->values = mem_array(mem, struct record_value, json_count(row));
	for (const struct json *item = json_first(row); item; item = json_next(item)) {
		if (!read_value(mem, item, &record->values[record->count++], number, err)) {
			return false;
		}
	}
	return true;
}
