#include "codec/desk_json.h"

#include "base/mem.h"
#include "base/uuid.h"
#include "codec/field_json.h"
#include "core/change.h"
#include "core/name.h"

#define COUNT(member, shape)                                                                       \
	{                                                                                          \
#member, shape, offsetof(struct counts, member), NULL                              \
	}
#define ITEM(name, shape, member)                                                                  \
	{                                                                                          \
		name, shape, offsetof(struct feed_item, member), NULL                              \
	}
#define OPERATOR(name, shape, member, names)                                                       \
	{                                                                                          \
		name, shape, offsetof(struct operator_, member), names                             \
	}
#define TEAM(name, shape, member)                                                                  \
	{                                                                                          \
		name, shape, offsetof(struct team, member), NULL                                   \
	}
#define REASON(name, shape, member)                                                                \
	{                                                                                          \
		name, shape, offsetof(struct reason, member), NULL                                 \
	}
#define ANSWER(name, shape, member)                                                                \
	{                                                                                          \
		name, shape, offsetof(struct answer, member), NULL                                 \
	}
#define TARGET(name, shape, member, names)                                                         \
	{                                                                                          \
		name, shape, offsetof(struct target, member), names                                \
	}
#define CALENDAR(name, shape, member)                                                              \
	{                                                                                          \
		name, shape, offsetof(struct calendar_row, member), NULL                           \
	}

static const struct field_info count_fields[] = {
	COUNT(open, SHAPE_INT),
	COUNT(free, SHAPE_INT),
	COUNT(mine, SHAPE_INT),
	COUNT(overdue, SHAPE_INT),
	COUNT(overdue_is_capped, SHAPE_BOOL),
	COUNT(waiting, SHAPE_INT),
	COUNT(snoozed, SHAPE_INT),
	COUNT(drafts, SHAPE_INT),
};

static const struct field_info item_fields[] = {
	ITEM("revision", SHAPE_INT, revision),
	ITEM("at", SHAPE_TIME, at),
	ITEM("actor", SHAPE_OPERATOR, actor),
	ITEM("ticket", SHAPE_ID, ticket),
	ITEM("customer", SHAPE_ID, customer),
	ITEM("other", SHAPE_ID, other),
	ITEM("imported", SHAPE_BOOL, imported),
};

static const struct field_info operator_fields[] = {
	OPERATOR("id", SHAPE_ID, id, NULL),
	OPERATOR("login", SHAPE_TEXT, login, NULL),
	OPERATOR("name", SHAPE_TEXT, name, NULL),
	OPERATOR("role", SHAPE_NAME, role, &role_names),
	OPERATOR("enabled", SHAPE_BOOL, enabled, NULL),
	OPERATOR("paused_at", SHAPE_TIME, paused_at, NULL),
	OPERATOR("pause_reason", SHAPE_WORD, pause_reason, NULL),
	OPERATOR("signed_in_at", SHAPE_TIME, signed_in_at, NULL),
};

static const struct field_info team_fields[] = {
	TEAM("id", SHAPE_ID, id),
	TEAM("key", SHAPE_TEXT, key),
	TEAM("name", SHAPE_TEXT, name),
	TEAM("calendar", SHAPE_CALENDAR, calendar),
	TEAM("question_ms", SHAPE_INT, question_ms),
};

static const struct field_info reason_fields[] = {
	REASON("id", SHAPE_ID, id),
	REASON("key", SHAPE_TEXT, key),
	REASON("name", SHAPE_TEXT, name),
	REASON("parent", SHAPE_REASON, parent),
	REASON("enabled", SHAPE_BOOL, enabled),
};

static const struct field_info answer_fields[] = {
	ANSWER("id", SHAPE_ID, id),
	ANSWER("key", SHAPE_TEXT, key),
	ANSWER("name", SHAPE_TEXT, name),
	ANSWER("text", SHAPE_TEXT, text),
	ANSWER("team", SHAPE_TEAM, team),
	ANSWER("enabled", SHAPE_BOOL, enabled),
};

static const struct field_info target_fields[] = {
	TARGET("team", SHAPE_TEAM, team, NULL),
	TARGET("channel", SHAPE_NAME, channel, &channel_names),
	TARGET("priority", SHAPE_NAME, priority, &priority_names),
	TARGET("first_answer_ms", SHAPE_INT, first_answer_ms, NULL),
	TARGET("next_answer_ms", SHAPE_INT, next_answer_ms, NULL),
	TARGET("resolution_ms", SHAPE_INT, resolution_ms, NULL),
};

static const struct field_info calendar_fields[] = {
	CALENDAR("id", SHAPE_ID, id),
	CALENDAR("key", SHAPE_TEXT, key),
	CALENDAR("zone", SHAPE_TEXT, zone),
	CALENDAR("hours", SHAPE_TEXT, hours),
	CALENDAR("holidays", SHAPE_TEXT, holidays),
};

struct json *counts_json(const void *mem, const struct counts *counts)
{
	struct json *object = json_object(mem);
	fields_add_json(object, count_fields, ARRAY_LEN(count_fields), counts, NULL);
	return object;
}

/* --- the log --- */

void feed_item_add_json(
	struct json *object, const struct feed_item *item, const struct directory *directory)
{
	char id[UUID_TEXT_SIZE];
	uuid_format(&item->id, id);
	fields_add_json(object, item_fields, ARRAY_LEN(item_fields), item, directory);
	json_add_text(object, "kind", change_kinds[item->kind].name);
	json_add_text(object, "id", id);
	json_add_raw(object, "detail", item->detail);
}

struct json *feed_json(const void *mem, const struct feed *feed, const struct directory *directory)
{
	struct json *object = json_object(mem);
	struct json *array = json_add_array(object, "changes");
	for (size_t i = 0; i < feed->count; i++) {
		feed_item_add_json(json_add_object(array, NULL), &feed->items[i], directory);
	}
	json_add_int(object, "revision", feed->revision);
	return object;
}

/* --- the directory --- */

static void add_operators(struct json *object, const struct directory *directory)
{
	struct json *array = json_add_array(object, "operators");
	for (size_t i = 0; i < directory->operator_count; i++) {
		const struct operator_ *operator_ = &directory->operators[i];
		struct json *row = json_add_object(array, NULL);
		fields_add_json(
			row, operator_fields, ARRAY_LEN(operator_fields), operator_, directory);
		struct json *teams = json_add_array(row, "teams");
		for (size_t j = 0; j < operator_->team_count; j++) {
			const struct team *team = directory_team(directory, operator_->teams[j]);
			json_add_text(teams, NULL, team ? team->key : NULL);
		}
	}
}

/* Lists whose rows are shown by their fields alone. */
enum { TEAMS, REASONS, ANSWERS, TARGETS, CALENDARS };
#define LIST(key, type, items, count, fields)                                                      \
	{                                                                                          \
		key, fields, ARRAY_LEN(fields), sizeof(struct type),                               \
			offsetof(struct directory, items), offsetof(struct directory, count)       \
	}
static const struct {
	const char *key;
	const struct field_info *fields;
	size_t field_count, size;
	size_t items, count; /* in struct directory */
} lists[] = {
	[TEAMS] = LIST("teams", team, teams, team_count, team_fields),
	[REASONS] = LIST("reasons", reason, reasons, reason_count, reason_fields),
	[ANSWERS] = LIST("answers", answer, answers, answer_count, answer_fields),
	[TARGETS] = LIST("targets", target, targets, target_count, target_fields),
	[CALENDARS] =
		LIST("calendars", calendar_row, calendar_rows, calendar_count, calendar_fields),
};

static void add_list(struct json *object, const struct directory *directory, int which)
{
	const char *base = (const char *)directory;
	const void *rows = *(const void *const *)(base + lists[which].items);
	size_t count = *(const size_t *)(base + lists[which].count);
	rows_add_json(object, lists[which].key, lists[which].fields, lists[which].field_count, rows,
		count, lists[which].size, directory);
}

static void add_settings(struct json *object, const struct directory *directory)
{
	static const enum field_shape shapes[] = {
		[SETTING_TEXT] = SHAPE_TEXT,
		[SETTING_DURATION] = SHAPE_INT,
		[SETTING_INT] = SHAPE_INT,
		[SETTING_BYTES] = SHAPE_INT,
		[SETTING_BOOL] = SHAPE_BOOL,
	};
	struct json *settings = json_add_object(object, "settings");
	for (size_t i = 0; i < setting_info_count; i++) {
		const struct setting_info *info = &setting_infos[i];
		struct field_info field = {
			.name = info->name, .shape = shapes[info->type], .offset = info->offset};
		fields_add_json(settings, &field, 1, &directory->settings, directory);
	}
}

static struct json *list_json(const void *mem, const struct directory *directory, int which)
{
	struct json *object = json_object(mem);
	add_list(object, directory, which);
	return object;
}

struct json *operators_json(const void *mem, const struct directory *directory)
{
	struct json *object = json_object(mem);
	add_operators(object, directory);
	return object;
}

struct json *teams_json(const void *mem, const struct directory *directory)
{
	return list_json(mem, directory, TEAMS);
}

struct json *reasons_json(const void *mem, const struct directory *directory)
{
	return list_json(mem, directory, REASONS);
}

struct json *answers_json(const void *mem, const struct directory *directory)
{
	return list_json(mem, directory, ANSWERS);
}

struct json *targets_json(const void *mem, const struct directory *directory)
{
	return list_json(mem, directory, TARGETS);
}

struct json *calendars_json(const void *mem, const struct directory *directory)
{
	return list_json(mem, directory, CALENDARS);
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
	add_operators(object, directory);
	for (size_t i = 0; i < ARRAY_LEN(lists); i++) {
		add_list(object, directory, (int)i);
	}
	add_settings(object, directory);
	return object;
}
