#include "codec/line_json.h"

#include "codec/objects.h"

static const struct field_info presence_fields[] = {
	FIELD_INFO(presence, "operator", SHAPE_OPERATOR, operator_id, NULL),
	FIELD_INFO(presence, "terminal", SHAPE_LINE, terminal, NULL),
	FIELD_INFO(presence, "ticket", SHAPE_ID, ticket, NULL),
	FIELD_INFO(presence, "doing", SHAPE_NAME, doing, &doing_names),
	FIELD_INFO(presence, "since", SHAPE_TIME, since, NULL),
	FIELD_INFO(presence, "expires_at", SHAPE_TIME, expires_at, NULL),
};
const struct object_info presence_object = OBJECT_INFO(presence, presence_fields);

static const struct field_info presence_list_fields[] = {
	ROWS_INFO(presence_list, "presences", items, count, presence_object),
};
const struct object_info presence_list_object = OBJECT_INFO(presence_list, presence_list_fields);

static const struct field_info memo_fields[] = {
	FIELD_INFO(memo, "id", SHAPE_ID, id, NULL),
	FIELD_INFO(memo, "author", SHAPE_OPERATOR, author, NULL),
	FIELD_INFO(memo, "at", SHAPE_TIME, at, NULL),
	FIELD_INFO(memo, "operator", SHAPE_OPERATOR, operator_id, NULL),
	FIELD_INFO(memo, "team", SHAPE_TEAM, team, NULL),
	FIELD_INFO(memo, "ticket", SHAPE_ID, ticket, NULL),
	FIELD_INFO(memo, "text", SHAPE_TEXT, text, NULL),
	FIELD_INFO(memo, "is_unread", SHAPE_BOOL, is_unread, NULL),
};
const struct object_info memo_object = OBJECT_INFO(memo, memo_fields);

static const struct field_info memo_list_fields[] = {
	ROWS_INFO(memo_list, "memos", items, count, memo_object),
	FIELD_INFO(memo_list, "unread", SHAPE_INT, unread, NULL),
	FIELD_INFO(memo_list, "has_more", SHAPE_BOOL, has_more, NULL),
};
const struct object_info memo_list_object = OBJECT_INFO(memo_list, memo_list_fields);

struct json *presence_list_json(
	const void *mem, const struct presence_list *list, const struct directory *directory)
{
	struct json *object = json_object(mem);
	object_add_json(object, &presence_list_object, list, &(struct field_scope){directory, 0});
	return object;
}

struct json *memo_list_json(
	const void *mem, const struct memo_list *list, const struct directory *directory)
{
	struct json *object = json_object(mem);
	object_add_json(object, &memo_list_object, list, &(struct field_scope){directory, 0});
	return object;
}
