#include "codec/change_json.h"

#include "base/mem.h"
#include "base/timestamp.h"
#include "core/name.h"
#include "core/problem.h"

#include <string.h>

static void *field_at(struct change *change, enum change_field field)
{
	return (char *)change + change_fields[field].offset;
}

static const void *field_of(const struct change *change, enum change_field field)
{
	return (const char *)change + change_fields[field].offset;
}

/* --- writing --- */

void files_add_json(struct json *object, const char *key, const struct attachment_list *list)
{
	struct json *array = json_add_array(object, key);
	for (size_t i = 0; i < list->count; i++) {
		struct json *file = json_add_object(array, NULL);
		json_add_text(file, "name", list->items[i].name);
		json_add_text(file, "media_type", list->items[i].media_type);
		json_add_text(file, "blob", list->items[i].blob);
	}
}

static void add_field(struct json *object, const struct change *change, enum change_field field)
{
	const struct change_field_info *info = &change_fields[field];
	const void *at = field_of(change, field);
	switch (info->type) {
	case FIELD_TEXT:
	case FIELD_LINE:
		json_add_text(object, info->name, *(const char *const *)at);
		break;
	case FIELD_ID:
	case FIELD_INT:
		json_add_int(object, info->name, *(const int64_t *)at);
		break;
	case FIELD_TIME:
		json_add_exact_time(object, info->name, *(const int64_t *)at);
		break;
	case FIELD_NAME:
		json_add_text(object, info->name, name_of(info->names, *(const int *)at));
		break;
	case FIELD_FILES:
		files_add_json(object, info->name, at);
		break;
	}
}

static void add_fields(struct json *object, const struct change *change, uint64_t fields)
{
	for (int field = 0; field < CHANGE_FIELDS; field++) {
		if ((fields & FIELD_BIT(field)) && change_has(change, (enum change_field)field)) {
			add_field(object, change, (enum change_field)field);
		}
	}
}

struct json *change_json(const void *mem, const struct change *change)
{
	struct json *object = json_object(mem);
	char id[UUID_TEXT_SIZE];
	if (!uuid_is_zero(&change->id)) {
		uuid_format(&change->id, id);
		json_add_text(object, "id", id);
	}
	json_add_text(object, "kind", change_kinds[change->kind].name);
	const struct {
		const char *key;
		int64_t value;
	} ids[] = {
		{"ticket", change->ticket},
		{"customer", change->customer},
		{"actor", change->actor},
		{"group", change->group},
	};
	for (size_t i = 0; i < ARRAY_LEN(ids); i++) {
		if (ids[i].value != 0) {
			json_add_int(object, ids[i].key, ids[i].value);
		}
	}
	if (change->imported) {
		json_add_bool(object, "imported", true);
	}
	if (change->at != 0) {
		json_add_exact_time(object, "at", change->at);
	}
	add_fields(object, change, ~UINT64_C(0));
	return object;
}

struct json *change_detail(const void *mem, const struct change *change)
{
	struct json *object = json_object(mem);
	bool has_own_row = change_kinds[change->kind].subject != ON_OPERATOR;
	uint64_t left_out = FIELD_BIT(F_SECRET) | (has_own_row ? FIELD_BIT(F_TEXT) : 0);
	add_fields(object, change, ~left_out);
	return object;
}

/* --- reading --- */

static bool read_file(const struct json *object, struct attachment *attachment, struct error *err)
{
	static const char *const keys[] = {"name", "media_type", "blob"};
	const char *texts[ARRAY_LEN(keys)] = {NULL};
	for (size_t i = 0; i < ARRAY_LEN(keys); i++) {
		if (!json_get_text(object, keys[i], &texts[i], err)) {
			return false;
		}
	}
	attachment->name = (char *)texts[0];
	attachment->media_type = (char *)texts[1];
	attachment->blob = (char *)texts[2];
	return json_only_keys(object, keys, ARRAY_LEN(keys), err);
}

bool files_from_json(const void *mem, const struct json *array, const char *key,
	struct attachment_list *list, struct error *err)
{
	enum json_type type = json_type_of(array);
	if (type != JSON_NULL && type != JSON_ARRAY) {
		return json_wrong_value(key, err);
	}
	list->items = mem_array(mem, struct attachment, json_count(array));
	for (const struct json *item = json_first(array); item; item = json_next(item)) {
		if (json_type_of(item) != JSON_OBJECT) {
			return json_wrong_value(key, err);
		}
		if (!read_file(item, &list->items[list->count++], err)) {
			return false;
		}
	}
	return true;
}

/* --- people and things by their names --- */

static int64_t find_operator(const struct directory *directory, const char *name)
{
	const struct operator_ *operator_ = directory_login(directory, name);
	return operator_ ? operator_->id : 0;
}

static int64_t find_team(const struct directory *directory, const char *name)
{
	const struct team *team = directory_team_key(directory, name);
	return team ? team->id : 0;
}

static int64_t find_reason(const struct directory *directory, const char *name)
{
	const struct reason *reason = directory_reason_key(directory, name);
	return reason ? reason->id : 0;
}

static int64_t find_calendar(const struct directory *directory, const char *name)
{
	for (size_t i = 0; i < directory->calendar_count; i++) {
		if (strcmp(directory->calendar_rows[i].key, name) == 0) {
			return directory->calendar_rows[i].id;
		}
	}
	return 0;
}

static const struct {
	const char *key;
	int64_t (*find)(const struct directory *directory, const char *name);
	enum problem unknown;
	bool can_be_none; /* ID_NONE by the word "none" */
} named[] = {
	{"actor", find_operator, PROBLEM_NO_OPERATOR, false},
	{"operator", find_operator, PROBLEM_NO_OPERATOR, false},
	{"team", find_team, PROBLEM_NO_TEAM, true},
	{"reason", find_reason, PROBLEM_NO_REASON, true},
	{"calendar", find_calendar, PROBLEM_NO_CALENDAR, true},
};

/* An id, or what it is called when there is a directory to look it up in. */
static bool get_id(const struct json *object, const char *key, const struct directory *directory,
	int64_t *id, struct error *err)
{
	const char *name = json_text(json_get(object, key));
	size_t i = 0;
	while (i < ARRAY_LEN(named) && strcmp(named[i].key, key) != 0) {
		i++;
	}
	if (!name || !directory || i == ARRAY_LEN(named)) {
		return json_get_int(object, key, id, err);
	}
	*id = named[i].find(directory, name);
	if (*id == 0 && named[i].can_be_none && strcmp(name, "none") == 0) {
		*id = ID_NONE;
	}
	return *id != 0 || json_int(json_get(object, key), id) ||
	       problem(err, named[i].unknown, name, NULL);
}

static bool read_field(const void *mem, const struct json *object,
	const struct directory *directory, struct change *change, enum change_field field,
	struct error *err)
{
	const struct change_field_info *info = &change_fields[field];
	void *at = field_at(change, field);
	const char *word = NULL;
	switch (info->type) {
	case FIELD_TEXT:
	case FIELD_LINE:
		return json_get_text(object, info->name, at, err);
	case FIELD_ID:
		return get_id(object, info->name, directory, at, err);
	case FIELD_INT:
		return json_get_int(object, info->name, at, err);
	case FIELD_TIME:
		return json_get_time(object, info->name, at, err);
	case FIELD_FILES:
		return files_from_json(mem, json_get(object, info->name), info->name, at, err);
	case FIELD_NAME:
		break;
	}
	if (!json_get_text(object, info->name, &word, err)) {
		return false;
	}
	return !word || name_find(info->names, word, at) || json_wrong_value(info->name, err);
}

static bool read_fields(const void *mem, const struct json *object,
	const struct directory *directory, struct change *change, struct error *err)
{
	for (int field = 0; field < CHANGE_FIELDS; field++) {
		if (!read_field(mem, object, directory, change, (enum change_field)field, err)) {
			return false;
		}
	}
	return true;
}

static bool read_kind(const struct json *object, struct change *change, struct error *err)
{
	const char *kind = NULL, *id = NULL;
	if (!json_get_text(object, "kind", &kind, err) || !json_get_text(object, "id", &id, err)) {
		return false;
	}
	if (!kind || !change_kind_find(kind, &change->kind)) {
		return json_wrong_value("kind", err);
	}
	return !id || uuid_parse(id, &change->id) || json_wrong_value("id", err);
}

static bool read_columns(const struct json *object, const struct directory *directory,
	struct change *change, struct error *err)
{
	int64_t group = 0;
	if (!json_get_int(object, "ticket", &change->ticket, err) ||
		!json_get_int(object, "customer", &change->customer, err) ||
		!get_id(object, "actor", directory, &change->actor, err) ||
		!json_get_int(object, "group", &group, err) ||
		!json_get_bool(object, "imported", &change->imported, err) ||
		!json_get_time(object, "at", &change->at, err)) {
		return false;
	}
	change->group = (int)group;
	return (group >= 0 && group <= INT32_MAX) || json_wrong_value("group", err);
}

static bool no_other_keys(const struct json *object, struct error *err)
{
	const char *keys[CHANGE_FIELDS + 8] = {
		"id", "kind", "ticket", "customer", "actor", "group", "imported", "at"};
	for (int field = 0; field < CHANGE_FIELDS; field++) {
		keys[8 + field] = change_fields[field].name;
	}
	return json_only_keys(object, keys, ARRAY_LEN(keys), err);
}

bool change_from_json_by_name(const void *mem, const struct json *object,
	const struct directory *directory, struct change *change, struct error *err)
{
	*change = (struct change){0};
	if (json_type_of(object) != JSON_OBJECT) {
		return error_set(err, ERROR_INVALID, N_("a change must be a JSON object"), NULL);
	}
	return no_other_keys(object, err) && read_kind(object, change, err) &&
	       read_columns(object, directory, change, err) &&
	       read_fields(mem, object, directory, change, err);
}

bool change_from_json(
	const void *mem, const struct json *object, struct change *change, struct error *err)
{
	return change_from_json_by_name(mem, object, NULL, change, err);
}
