#include "codec/directory_json.h"

#include "base/mem.h"
#include "codec/objects.h"
#include "codec/zone.h"
#include "core/name.h"

#include <string.h>

static const struct field_info preference_fields[] = {
	FIELD_INFO(preference, "name", SHAPE_LINE, name, NULL),
	FIELD_INFO(preference, "value", SHAPE_LINE, value, NULL),
};
static const struct object_info preference_object = OBJECT_INFO(preference, preference_fields);

static const struct field_info operator_fields[] = {
	FIELD_INFO(operator_, "id", SHAPE_ID, id, NULL),
	FIELD_INFO(operator_, "login", SHAPE_LINE, login, NULL),
	FIELD_INFO(operator_, "name", SHAPE_LINE, name, NULL),
	FIELD_INFO(operator_, "role", SHAPE_NAME, role, &role_names),
	FIELD_INFO(operator_, "enabled", SHAPE_BOOL, enabled, NULL),
	FIELD_INFO(operator_, "paused_at", SHAPE_TIME, paused_at, NULL),
	FIELD_INFO(operator_, "pause_reason", SHAPE_PASSAGE, pause_reason, NULL),
	FIELD_INFO(operator_, "signed_in_at", SHAPE_TIME, signed_in_at, NULL),
	FIELD_INFO(operator_, "worked_until", SHAPE_TIME, worked_until, NULL),
	{"teams", SHAPE_TEAMS, offsetof(struct operator_, teams), NULL, NULL,
		offsetof(struct operator_, team_count)},
	ROWS_INFO(operator_, "preferences", preferences, preference_count, preference_object),
};
static const struct object_info operator_object = OBJECT_INFO(operator_, operator_fields);

static const struct field_info team_fields[] = {
	FIELD_INFO(team, "id", SHAPE_ID, id, NULL),
	FIELD_INFO(team, "key", SHAPE_LINE, key, NULL),
	FIELD_INFO(team, "name", SHAPE_LINE, name, NULL),
	FIELD_INFO(team, "calendar", SHAPE_CALENDAR, calendar, NULL),
	FIELD_INFO(team, "question_ms", SHAPE_INT, question_ms, NULL),
};
static const struct object_info team_object = OBJECT_INFO(team, team_fields);

static const struct field_info reason_fields[] = {
	FIELD_INFO(reason, "id", SHAPE_ID, id, NULL),
	FIELD_INFO(reason, "key", SHAPE_LINE, key, NULL),
	FIELD_INFO(reason, "name", SHAPE_LINE, name, NULL),
	FIELD_INFO(reason, "parent", SHAPE_REASON, parent, NULL),
	FIELD_INFO(reason, "enabled", SHAPE_BOOL, enabled, NULL),
};
static const struct object_info reason_object = OBJECT_INFO(reason, reason_fields);

static const struct field_info answer_fields[] = {
	FIELD_INFO(answer, "id", SHAPE_ID, id, NULL),
	FIELD_INFO(answer, "key", SHAPE_LINE, key, NULL),
	FIELD_INFO(answer, "name", SHAPE_LINE, name, NULL),
	FIELD_INFO(answer, "text", SHAPE_TEXT, text, NULL),
	FIELD_INFO(answer, "team", SHAPE_TEAM, team, NULL),
	FIELD_INFO(answer, "enabled", SHAPE_BOOL, enabled, NULL),
};
static const struct object_info answer_object = OBJECT_INFO(answer, answer_fields);

static const struct field_info target_fields[] = {
	FIELD_INFO(target, "team", SHAPE_TEAM, team, NULL),
	FIELD_INFO(target, "channel", SHAPE_NAME, channel, &channel_names),
	FIELD_INFO(target, "priority", SHAPE_NAME, priority, &priority_names),
	FIELD_INFO(target, "first_answer_ms", SHAPE_INT, first_answer_ms, NULL),
	FIELD_INFO(target, "next_answer_ms", SHAPE_INT, next_answer_ms, NULL),
	FIELD_INFO(target, "resolution_ms", SHAPE_INT, resolution_ms, NULL),
};
static const struct object_info target_object = OBJECT_INFO(target, target_fields);

static const struct field_info calendar_fields[] = {
	FIELD_INFO(calendar_row, "id", SHAPE_ID, id, NULL),
	FIELD_INFO(calendar_row, "key", SHAPE_LINE, key, NULL),
	FIELD_INFO(calendar_row, "zone", SHAPE_LINE, zone, NULL),
	FIELD_INFO(calendar_row, "hours", SHAPE_TEXT, hours, NULL),
	FIELD_INFO(calendar_row, "holidays", SHAPE_TEXT, holidays, NULL),
};
static const struct object_info calendar_object = OBJECT_INFO(calendar_row, calendar_fields);

static const struct field_info directory_fields[] = {
	ROWS_INFO(directory, "operators", operators, operator_count, operator_object),
	ROWS_INFO(directory, "teams", teams, team_count, team_object),
	ROWS_INFO(directory, "reasons", reasons, reason_count, reason_object),
	ROWS_INFO(directory, "answers", answers, answer_count, answer_object),
	ROWS_INFO(directory, "targets", targets, target_count, target_object),
	ROWS_INFO(directory, "calendars", calendar_rows, calendar_count, calendar_object),
	FIELD_INFO(directory, "revision", SHAPE_INT, revision, NULL),
};
const struct object_info directory_object = OBJECT_INFO(directory, directory_fields);

/* --- settings, whose table is that of core/directory.h --- */

static struct field_info setting_field(const struct setting_info *info)
{
	static const enum field_shape shapes[] = {
		[SETTING_TEXT] = SHAPE_LINE,
		[SETTING_DURATION] = SHAPE_INT,
		[SETTING_INT] = SHAPE_INT,
		[SETTING_BYTES] = SHAPE_INT,
		[SETTING_BOOL] = SHAPE_BOOL,
	};
	return (struct field_info){
		.name = info->name, .shape = shapes[info->type], .offset = info->offset};
}

/* The table of a whole struct settings, on mem. */
static struct object_info settings_object(const void *mem)
{
	struct field_info *fields = mem_array(mem, struct field_info, setting_info_count);
	for (size_t i = 0; i < setting_info_count; i++) {
		fields[i] = setting_field(&setting_infos[i]);
	}
	return (struct object_info){fields, setting_info_count, sizeof(struct settings)};
}

static void add_settings(struct json *object, const struct directory *directory)
{
	void *scratch = mem_context(NULL);
	struct object_info info = settings_object(scratch);
	object_add_json(json_add_object(object, "settings"), &info, &directory->settings,
		&(struct field_scope){0});
	talloc_free(scratch);
}

static bool is_in_range(const struct setting_info *info, const struct settings *settings)
{
	bool is_number = info->type != SETTING_TEXT && info->type != SETTING_BOOL;
	int64_t value = 0;
	if (is_number) {
		memcpy(&value, (const char *)settings + info->offset, sizeof value);
	}
	return !is_number || (value >= info->least && value <= info->most);
}

static bool check_settings(const struct settings *settings, struct error *err)
{
	for (size_t i = 0; i < setting_info_count; i++) {
		if (!is_in_range(&setting_infos[i], settings)) {
			return json_wrong_value(setting_infos[i].name, err);
		}
	}
	return true;
}

static bool read_settings(
	const void *mem, const struct json *object, struct settings *settings, struct error *err)
{
	void *scratch = mem_context(NULL);
	struct object_info info = settings_object(scratch);
	bool ok = json_type_of(object) == JSON_OBJECT
			  ? object_from_json(mem, object, &info, settings, NULL, err) &&
				    check_settings(settings, err)
			  : json_wrong_value("settings", err);
	talloc_free(scratch);
	return ok;
}

/* --- shown --- */

static struct json *member_json(
	const void *mem, const struct directory *directory, const char *name)
{
	struct json *object = json_object(mem);
	member_add_json(
		object, &directory_object, name, directory, &(struct field_scope){directory, 0});
	return object;
}

struct json *operators_json(const void *mem, const struct directory *directory)
{
	return member_json(mem, directory, "operators");
}

struct json *teams_json(const void *mem, const struct directory *directory)
{
	return member_json(mem, directory, "teams");
}

struct json *reasons_json(const void *mem, const struct directory *directory)
{
	return member_json(mem, directory, "reasons");
}

struct json *answers_json(const void *mem, const struct directory *directory)
{
	return member_json(mem, directory, "answers");
}

struct json *targets_json(const void *mem, const struct directory *directory)
{
	return member_json(mem, directory, "targets");
}

struct json *calendars_json(const void *mem, const struct directory *directory)
{
	return member_json(mem, directory, "calendars");
}

struct json *settings_json(const void *mem, const struct directory *directory)
{
	struct json *object = json_object(mem);
	add_settings(object, directory);
	return object;
}

struct json *directory_json(const void *mem, const struct directory *directory)
{
	struct json *object = json_object(mem);
	object_add_json(object, &directory_object, directory, &(struct field_scope){directory, 0});
	add_settings(object, directory);
	return object;
}

/* --- read --- */

/* The rows refer to each other by words: at first there is nobody who bears them, so each list is
 * read for what its words are, and then all once more. */
static const struct field_info own_operator_fields[] = {
	FIELD_INFO(operator_, "id", SHAPE_ID, id, NULL),
	FIELD_INFO(operator_, "login", SHAPE_LINE, login, NULL),
};
static const struct object_info own_operator_object = OBJECT_INFO(operator_, own_operator_fields);
static const struct field_info own_team_fields[] = {
	FIELD_INFO(team, "id", SHAPE_ID, id, NULL),
	FIELD_INFO(team, "key", SHAPE_LINE, key, NULL),
};
static const struct object_info own_team_object = OBJECT_INFO(team, own_team_fields);
static const struct field_info own_reason_fields[] = {
	FIELD_INFO(reason, "id", SHAPE_ID, id, NULL),
	FIELD_INFO(reason, "key", SHAPE_LINE, key, NULL),
};
static const struct object_info own_reason_object = OBJECT_INFO(reason, own_reason_fields);
static const struct field_info words_fields[] = {
	ROWS_INFO(directory, "operators", operators, operator_count, own_operator_object),
	ROWS_INFO(directory, "teams", teams, team_count, own_team_object),
	ROWS_INFO(directory, "reasons", reasons, reason_count, own_reason_object),
	ROWS_INFO(directory, "calendars", calendar_rows, calendar_count, calendar_object),
};
static const struct object_info words_object = OBJECT_INFO(directory, words_fields);

static bool make_calendars(struct directory *directory, struct error *err)
{
	directory->calendars = mem_array(directory, struct calendar, directory->calendar_count + 1);
	for (size_t i = 0; i < directory->calendar_count; i++) {
		if (!calendar_load(directory, &directory->calendar_rows[i],
			    &directory->calendars[i], err)) {
			return false;
		}
	}
	return true;
}

static bool read_directory(
	const struct json *object, struct directory *directory, struct error *err)
{
	struct directory *words = mem_new(NULL, struct directory);
	bool ok =
		object_from_json(words, object, &words_object, words, NULL, err) &&
		object_from_json(directory, object, &directory_object, directory, words, err) &&
		read_settings(directory, json_get(object, "settings"), &directory->settings, err) &&
		make_calendars(directory, err);
	talloc_free(words);
	return ok;
}

bool directory_from_json(
	const void *mem, const struct json *object, struct directory **directory, struct error *err)
{
	*directory = mem_new(mem, struct directory);
	if (!read_directory(object, *directory, err)) {
		talloc_free(*directory);
		*directory = NULL;
		return false;
	}
	return true;
}
