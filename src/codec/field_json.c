#include "codec/field_json.h"

#include "base/mem.h"
#include "base/uuid.h"
#include "codec/cursor.h"
#include "core/change.h"
#include "core/token.h"

#include <assert.h>
#include <string.h>

/* A field with where it lies in the row. */
struct place {
	const struct field_info *field;
	const char *row, *at;
	const struct field_scope *scope;
};

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

static size_t count_of(const struct place *place)
{
	size_t count;
	memcpy(&count, place->row + place->field->count, sizeof count);
	return count;
}

static void add_word(struct json *object, const char *key, const char *word)
{
	json_add_text(object, key, word && *word ? word : NULL);
}

/* --- plain values --- */

static void add_text(struct json *object, const struct place *place)
{
	json_add_text(object, place->field->name, text_of(place->at));
}

static void add_word_of(struct json *object, const struct place *place)
{
	add_word(object, place->field->name, text_of(place->at));
}

static void add_extra(struct json *object, const struct place *place)
{
	if (*text_of(place->at)) {
		add_text(object, place);
	}
}

static void add_int(struct json *object, const struct place *place)
{
	json_add_int(object, place->field->name, int64_of(place->at));
}

static void add_count(struct json *object, const struct place *place)
{
	size_t value;
	memcpy(&value, place->at, sizeof value);
	json_add_int(object, place->field->name, (int64_t)value);
}

static void add_id(struct json *object, const struct place *place)
{
	json_add_id(object, place->field->name, int64_of(place->at));
}

static void add_time(struct json *object, const struct place *place)
{
	int64_t at = int64_of(place->at);
	if (at == 0 || at == DUE_NEVER) {
		json_add_null(object, place->field->name);
	} else {
		json_add_exact_time(object, place->field->name, at);
	}
}

static void add_bool(struct json *object, const struct place *place)
{
	json_add_bool(object, place->field->name, *(const bool *)place->at);
}

static void add_flag(struct json *object, const struct place *place)
{
	if (*(const bool *)place->at) {
		add_bool(object, place);
	}
}

/* --- words --- */

static void add_name(struct json *object, const struct place *place)
{
	add_word(object, place->field->name, name_of(place->field->names, enum_of(place->at)));
}

static void add_kind(struct json *object, const struct place *place)
{
	add_word(object, place->field->name, change_kinds[enum_of(place->at)].name);
}

static void add_code(struct json *object, const struct place *place)
{
	add_word(object, place->field->name, error_code_name((enum error_code)enum_of(place->at)));
}

static void add_operator(struct json *object, const struct place *place)
{
	add_word(object, place->field->name,
		directory_login_of(place->scope->directory, int64_of(place->at)));
}

static void add_team(struct json *object, const struct place *place)
{
	const struct team *team = directory_team(place->scope->directory, int64_of(place->at));
	add_word(object, place->field->name, team ? team->key : NULL);
}

static void add_reason(struct json *object, const struct place *place)
{
	const struct reason *reason =
		directory_reason(place->scope->directory, int64_of(place->at));
	add_word(object, place->field->name, reason ? reason->key : NULL);
}

static void add_calendar(struct json *object, const struct place *place)
{
	const struct directory *directory = place->scope->directory;
	const char *key = NULL;
	for (size_t i = 0; i < directory->calendar_count; i++) {
		if (directory->calendar_rows[i].id == int64_of(place->at)) {
			key = directory->calendar_rows[i].key;
		}
	}
	add_word(object, place->field->name, key);
}

static void add_teams(struct json *object, const struct place *place)
{
	struct json *array = json_add_array(object, place->field->name);
	const int64_t *teams = *(int64_t *const *)place->at;
	for (size_t i = 0; i < count_of(place); i++) {
		const struct team *team = directory_team(place->scope->directory, teams[i]);
		if (team) {
			json_add_text(array, NULL, team->key);
		}
	}
}

static void add_tags(struct json *object, const struct place *place)
{
	const char *tags = text_of(place->at);
	struct json *array = json_add_array(object, place->field->name);
	for (const char *at = tags + strspn(tags, " "); *at; at += strspn(at, " ")) {
		size_t size = strcspn(at, " ");
		char *tag = mem_strndup(NULL, at, size);
		json_add_text(array, NULL, tag);
		talloc_free(tag);
		at += size;
	}
}

static void add_rights(struct json *object, const struct place *place)
{
	struct json *array = json_add_array(object, place->field->name);
	for (size_t i = 0; i < right_info_count; i++) {
		if (int64_of(place->at) & right_infos[i].bit) {
			json_add_text(array, NULL, right_infos[i].word);
		}
	}
}

static void add_assignee(struct json *object, const struct place *place)
{
	const struct ticket *ticket = (const struct ticket *)place->at;
	add_word(object, place->field->name,
		directory_login_of(
			place->scope->directory, ticket_assignee(ticket, place->scope->now)));
}

static void add_address(struct json *object, const struct place *place)
{
	const struct customer_view *view = (const struct customer_view *)place->at;
	json_add_text(
		object, place->field->name, view->address_count ? view->addresses[0].value : NULL);
}

static void add_uuid(struct json *object, const struct place *place)
{
	char text[UUID_TEXT_SIZE];
	uuid_format((const struct uuid *)place->at, text);
	json_add_text(object, place->field->name, text);
}

static void add_json(struct json *object, const struct place *place)
{
	json_add_raw(object, place->field->name, text_of(place->at));
}

static void add_cursor(struct json *object, const struct place *place)
{
	const struct queue_key *key = (const struct queue_key *)place->at;
	bool is_none = key->number == 0 && key->text == 0 && key->due_at == 0 &&
		       key->waiting_since == 0 && key->priority == 0;
	char *text = is_none ? NULL : cursor_print(NULL, key);
	json_add_text(object, place->field->name, text);
	talloc_free(text);
}

/* --- objects in objects --- */

static void add_object(struct json *object, const struct place *place)
{
	object_add_json(json_add_object(object, place->field->name), place->field->object,
		place->at, place->scope);
}

static void add_optional(struct json *object, const struct place *place)
{
	const struct object_info *info = place->field->object;
	if (int64_of(place->at + info->fields[0].offset) == 0) {
		json_add_null(object, place->field->name);
	} else {
		add_object(object, place);
	}
}

static void add_inline(struct json *object, const struct place *place)
{
	object_add_json(object, place->field->object, place->at, place->scope);
}

static void add_rows(struct json *object, const struct place *place)
{
	const struct object_info *info = place->field->object;
	const char *rows = *(const char *const *)place->at;
	struct json *array = json_add_array(object, place->field->name);
	for (size_t i = 0, count = count_of(place); i < count; i++) {
		object_add_json(
			json_add_object(array, NULL), info, rows + i * info->size, place->scope);
	}
}

typedef void add_fn(struct json *object, const struct place *place);

static add_fn *const adders[] = {
	[SHAPE_TEXT] = add_text,
	[SHAPE_LINE] = add_text,
	[SHAPE_WORD] = add_word_of,
	[SHAPE_PASSAGE] = add_word_of,
	[SHAPE_EXTRA] = add_extra,
	[SHAPE_INT] = add_int,
	[SHAPE_COUNT] = add_count,
	[SHAPE_ID] = add_id,
	[SHAPE_TIME] = add_time,
	[SHAPE_DUE] = add_time,
	[SHAPE_BOOL] = add_bool,
	[SHAPE_FLAG] = add_flag,
	[SHAPE_NAME] = add_name,
	[SHAPE_KIND] = add_kind,
	[SHAPE_CODE] = add_code,
	[SHAPE_OPERATOR] = add_operator,
	[SHAPE_TEAM] = add_team,
	[SHAPE_REASON] = add_reason,
	[SHAPE_CALENDAR] = add_calendar,
	[SHAPE_TEAMS] = add_teams,
	[SHAPE_TAGS] = add_tags,
	[SHAPE_RIGHTS] = add_rights,
	[SHAPE_UUID] = add_uuid,
	[SHAPE_JSON] = add_json,
	[SHAPE_CURSOR] = add_cursor,
	[SHAPE_ASSIGNEE] = add_assignee,
	[SHAPE_ADDRESS] = add_address,
	[SHAPE_OBJECT] = add_object,
	[SHAPE_OPTIONAL] = add_optional,
	[SHAPE_INLINE] = add_inline,
	[SHAPE_ROWS] = add_rows,
};

static void add_field(struct json *object, const struct field_info *field, const void *row,
	const struct field_scope *scope)
{
	struct place place = {field, row, (const char *)row + field->offset, scope};
	adders[field->shape](object, &place);
}

void object_add_json(struct json *object, const struct object_info *info, const void *row,
	const struct field_scope *scope)
{
	for (size_t i = 0; i < info->count; i++) {
		add_field(object, &info->fields[i], row, scope);
	}
}

void member_add_json(struct json *object, const struct object_info *info, const char *name,
	const void *row, const struct field_scope *scope)
{
	for (size_t i = 0; i < info->count; i++) {
		if (info->fields[i].name && strcmp(info->fields[i].name, name) == 0) {
			add_field(object, &info->fields[i], row, scope);
			return;
		}
	}
	assert(!"a member that is in the table");
}
