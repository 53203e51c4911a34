#include "codec/field_json.h"

#include "base/mem.h"
#include "base/text.h"
#include "base/uuid.h"
#include "codec/cursor.h"
#include "core/change.h"
#include "core/token.h"

#include <string.h>

/* A field with where it shall lie, and what was given for it: NULL for nothing. */
struct reading {
	const struct field_info *field;
	const struct json *value;
	char *row, *at;
	const void *mem;
	const struct directory *directory;
};

static bool wrong(const struct reading *reading, struct error *err)
{
	return json_wrong_value(reading->field->name, err);
}

static bool is_absent(const struct reading *reading)
{
	return json_type_of(reading->value) == JSON_NULL;
}

static void put_int64(void *at, int64_t value)
{
	memcpy(at, &value, sizeof value);
}

static void put_enum(void *at, int value)
{
	memcpy(at, &value, sizeof value);
}

static void put_text(void *at, char *text)
{
	memcpy(at, &text, sizeof text);
}

static void put_count(const struct reading *reading, size_t count)
{
	memcpy(reading->row + reading->field->count, &count, sizeof count);
}

/* --- plain values --- */

static char *clean_line(const void *mem, const char *text)
{
	/* What is a line already stays as it is, blanks and all. */
	return text_is_clean(text) && !strpbrk(text, "\n\t")
		       ? mem_strdup(mem, text)
		       : text_clean_line(mem, text, strlen(text), NULL);
}

static bool read_text(const struct reading *reading, struct error *err)
{
	const char *text = json_text(reading->value);
	if (!text) {
		return wrong(reading, err);
	}
	put_text(reading->at, text_clean(reading->mem, text, strlen(text), NULL));
	return true;
}

static bool read_line(const struct reading *reading, struct error *err)
{
	const char *text = json_text(reading->value);
	if (!text) {
		return wrong(reading, err);
	}
	put_text(reading->at, clean_line(reading->mem, text));
	return true;
}

static bool read_word(const struct reading *reading, struct error *err)
{
	if (is_absent(reading)) {
		put_text(reading->at, mem_strdup(reading->mem, ""));
		return true;
	}
	return read_line(reading, err);
}

/* Many lines, or nothing. */
static bool read_passage(const struct reading *reading, struct error *err)
{
	return is_absent(reading) ? read_word(reading, err) : read_text(reading, err);
}

static bool read_int(const struct reading *reading, struct error *err)
{
	int64_t value;
	if (!json_int(reading->value, &value)) {
		return wrong(reading, err);
	}
	put_int64(reading->at, value);
	return true;
}

static bool read_count(const struct reading *reading, struct error *err)
{
	int64_t value;
	if (!json_int(reading->value, &value) || value < 0) {
		return wrong(reading, err);
	}
	memcpy(reading->at, &(size_t){(size_t)value}, sizeof(size_t));
	return true;
}

static bool read_id(const struct reading *reading, struct error *err)
{
	int64_t value = 0;
	if (!is_absent(reading) && (!json_int(reading->value, &value) || value < 0)) {
		return wrong(reading, err);
	}
	put_int64(reading->at, value);
	return true;
}

static bool read_time(const struct reading *reading, struct error *err)
{
	int64_t at = reading->field->shape == SHAPE_DUE ? DUE_NEVER : 0;
	if (!is_absent(reading) && !json_time(reading->value, &at)) {
		return wrong(reading, err);
	}
	put_int64(reading->at, at);
	return true;
}

static bool read_bool(const struct reading *reading, struct error *err)
{
	if (json_type_of(reading->value) != JSON_BOOL) {
		return wrong(reading, err);
	}
	*(bool *)reading->at = json_bool(reading->value);
	return true;
}

static bool read_flag(const struct reading *reading, struct error *err)
{
	return is_absent(reading) || read_bool(reading, err);
}

/* --- words --- */

static bool read_name(const struct reading *reading, struct error *err)
{
	const char *word = json_text(reading->value);
	int value = 0;
	if (!is_absent(reading) && (!word || !name_find(reading->field->names, word, &value))) {
		return wrong(reading, err);
	}
	put_enum(reading->at, value);
	return true;
}

static bool read_kind(const struct reading *reading, struct error *err)
{
	const char *word = json_text(reading->value);
	enum change_kind kind = CHANGE_NONE;
	if (!is_absent(reading) && (!word || !change_kind_find(word, &kind))) {
		return wrong(reading, err);
	}
	put_enum(reading->at, (int)kind);
	return true;
}

static bool read_code(const struct reading *reading, struct error *err)
{
	const char *word = json_text(reading->value);
	for (int code = 0; word && code < ERROR_CODES; code++) {
		if (strcmp(word, error_code_name((enum error_code)code)) == 0) {
			put_enum(reading->at, code);
			return true;
		}
	}
	return wrong(reading, err);
}

/* 0: no such. */
static int64_t id_of_word(
	enum field_shape shape, const struct directory *directory, const char *word)
{
	if (shape == SHAPE_OPERATOR) {
		const struct operator_ *operator_ = directory_login(directory, word);
		return operator_ ? operator_->id : 0;
	}
	if (shape == SHAPE_REASON) {
		const struct reason *reason = directory_reason_key(directory, word);
		return reason ? reason->id : 0;
	}
	if (shape == SHAPE_CALENDAR) {
		for (size_t i = 0; i < directory->calendar_count; i++) {
			if (strcmp(directory->calendar_rows[i].key, word) == 0) {
				return directory->calendar_rows[i].id;
			}
		}
		return 0;
	}
	const struct team *team = directory_team_key(directory, word);
	return team ? team->id : 0;
}

static bool read_known(const struct reading *reading, struct error *err)
{
	const char *word = json_text(reading->value);
	int64_t id = word ? id_of_word(reading->field->shape, reading->directory, word) : 0;
	if (!is_absent(reading) && id == 0) {
		return wrong(reading, err);
	}
	put_int64(reading->at, id);
	return true;
}

static bool read_teams(const struct reading *reading, struct error *err)
{
	size_t count = json_count(reading->value);
	int64_t *teams = mem_array(reading->mem, int64_t, count + 1);
	size_t i = 0;
	if (json_type_of(reading->value) != JSON_ARRAY) {
		return wrong(reading, err);
	}
	for (const struct json *item = json_first(reading->value); item; item = json_next(item)) {
		const char *word = json_text(item);
		teams[i] = word ? id_of_word(SHAPE_TEAM, reading->directory, word) : 0;
		if (teams[i++] == 0) {
			return wrong(reading, err);
		}
	}
	memcpy(reading->at, &teams, sizeof teams);
	put_count(reading, count);
	return true;
}

static bool read_tags(const struct reading *reading, struct error *err)
{
	char *tags = mem_strdup(reading->mem, "");
	if (json_type_of(reading->value) != JSON_ARRAY) {
		return wrong(reading, err);
	}
	for (const struct json *item = json_first(reading->value); item; item = json_next(item)) {
		const char *tag = json_text(item);
		if (!tag || !*tag || strchr(tag, ' ')) {
			return wrong(reading, err);
		}
		char *clean = clean_line(NULL, tag);
		tags = mem_check(
			talloc_asprintf_append_buffer(tags, *tags ? "%s " : " %s ", clean));
		talloc_free(clean);
	}
	put_text(reading->at, tags);
	return true;
}

static bool read_rights(const struct reading *reading, struct error *err)
{
	int64_t rights = 0, right;
	if (json_type_of(reading->value) != JSON_ARRAY) {
		return wrong(reading, err);
	}
	for (const struct json *item = json_first(reading->value); item; item = json_next(item)) {
		const char *word = json_text(item);
		if (!word || strpbrk(word, ", ") || !rights_parse(word, &right, NULL)) {
			return wrong(reading, err);
		}
		rights |= right;
	}
	put_int64(reading->at, rights);
	return true;
}

static bool read_uuid(const struct reading *reading, struct error *err)
{
	const char *text = json_text(reading->value);
	return (text && uuid_parse(text, (struct uuid *)reading->at)) || wrong(reading, err);
}

static bool read_json(const struct reading *reading, struct error *err)
{
	if (json_type_of(reading->value) != JSON_OBJECT) {
		return wrong(reading, err);
	}
	void *scratch = mem_context(NULL);
	put_text(reading->at, json_print(reading->mem, json_clean_copy(scratch, reading->value)));
	talloc_free(scratch);
	return true;
}

static bool read_cursor(const struct reading *reading, struct error *err)
{
	const char *text = json_text(reading->value);
	struct queue_key *key = (struct queue_key *)reading->at;
	return is_absent(reading) || (text && cursor_parse(text, key)) || wrong(reading, err);
}

static bool read_nothing(const struct reading *reading, struct error *err)
{
	(void)reading;
	(void)err;
	return true;
}

/* --- objects in objects, whose place is zero or holds what another object has put there --- */

static bool read_members(const void *mem, const struct json *object, const struct object_info *info,
	char *row, const struct directory *directory, struct error *err);

static bool read_object(const struct reading *reading, struct error *err)
{
	if (json_type_of(reading->value) != JSON_OBJECT) {
		return wrong(reading, err);
	}
	return read_members(reading->mem, reading->value, reading->field->object, reading->at,
		reading->directory, err);
}

static bool read_optional(const struct reading *reading, struct error *err)
{
	return is_absent(reading) || read_object(reading, err);
}

static bool read_rows(const struct reading *reading, struct error *err)
{
	const struct object_info *info = reading->field->object;
	size_t count = json_count(reading->value);
	char *rows = mem_check(talloc_zero_size(reading->mem, (count + 1) * info->size));
	char *row = rows;
	if (json_type_of(reading->value) != JSON_ARRAY) {
		return wrong(reading, err);
	}
	for (const struct json *item = json_first(reading->value); item; item = json_next(item)) {
		if (json_type_of(item) != JSON_OBJECT) {
			return wrong(reading, err);
		}
		if (!read_members(rows, item, info, row, reading->directory, err)) {
			return false;
		}
		row += info->size;
	}
	put_text(reading->at, rows);
	put_count(reading, count);
	return true;
}

typedef bool read_fn(const struct reading *reading, struct error *err);

static read_fn *const readers[] = {
	[SHAPE_TEXT] = read_text,
	[SHAPE_LINE] = read_line,
	[SHAPE_WORD] = read_word,
	[SHAPE_PASSAGE] = read_passage,
	[SHAPE_EXTRA] = read_passage,
	[SHAPE_INT] = read_int,
	[SHAPE_COUNT] = read_count,
	[SHAPE_ID] = read_id,
	[SHAPE_TIME] = read_time,
	[SHAPE_DUE] = read_time,
	[SHAPE_BOOL] = read_bool,
	[SHAPE_FLAG] = read_flag,
	[SHAPE_NAME] = read_name,
	[SHAPE_KIND] = read_kind,
	[SHAPE_CODE] = read_code,
	[SHAPE_OPERATOR] = read_known,
	[SHAPE_TEAM] = read_known,
	[SHAPE_REASON] = read_known,
	[SHAPE_CALENDAR] = read_known,
	[SHAPE_TEAMS] = read_teams,
	[SHAPE_TAGS] = read_tags,
	[SHAPE_RIGHTS] = read_rights,
	[SHAPE_UUID] = read_uuid,
	[SHAPE_JSON] = read_json,
	[SHAPE_CURSOR] = read_cursor,
	[SHAPE_ASSIGNEE] = read_nothing,
	[SHAPE_ADDRESS] = read_nothing,
	[SHAPE_OBJECT] = read_object,
	[SHAPE_OPTIONAL] = read_optional,
	[SHAPE_ROWS] = read_rows,
};

/*
 * The members come in the order of the table from a program of our own: the one after the last that
 * was found is looked at first, for to look through all of them for each field would cost most of
 * the reading.
 */
static bool read_fields(const void *mem, const struct json *object, const struct json **likely,
	const struct object_info *info, char *row, const struct directory *directory,
	struct error *err)
{
	for (size_t i = 0; i < info->count; i++) {
		const struct field_info *field = &info->fields[i];
		if (field->shape == SHAPE_INLINE) {
			if (!read_fields(mem, object, likely, field->object, row + field->offset,
				    directory, err)) {
				return false;
			}
			continue;
		}
		const struct json *value = strcmp(json_key(*likely), field->name) == 0
						   ? *likely
						   : json_get(object, field->name);
		struct reading reading = {field, value, row, row + field->offset, mem, directory};
		if (!readers[field->shape](&reading, err)) {
			return false;
		}
		*likely = value ? json_next(value) : *likely;
	}
	return true;
}

static bool read_members(const void *mem, const struct json *object, const struct object_info *info,
	char *row, const struct directory *directory, struct error *err)
{
	const struct json *likely = json_first(object);
	return read_fields(mem, object, &likely, info, row, directory, err);
}

bool object_from_json(const void *mem, const struct json *object, const struct object_info *info,
	void *row, const struct directory *directory, struct error *err)
{
	memset(row, 0, info->size);
	return read_members(mem, object, info, row, directory, err);
}
