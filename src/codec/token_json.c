#include "codec/token_json.h"

#include "codec/objects.h"

static const struct field_info token_fields[] = {
	FIELD_INFO(token, "id", SHAPE_ID, id, NULL),
	FIELD_INFO(token, "operator", SHAPE_OPERATOR, operator_id, NULL),
	FIELD_INFO(token, "name", SHAPE_LINE, name, NULL),
	FIELD_INFO(token, "kind", SHAPE_NAME, kind, &token_kind_names),
	FIELD_INFO(token, "rights", SHAPE_RIGHTS, rights, NULL),
	FIELD_INFO(token, "created_at", SHAPE_TIME, created_at, NULL),
	FIELD_INFO(token, "used_at", SHAPE_TIME, used_at, NULL),
	FIELD_INFO(token, "expires_at", SHAPE_TIME, expires_at, NULL),
};
const struct object_info token_object = OBJECT_INFO(token, token_fields);

static const struct field_info token_list_fields[] = {
	ROWS_INFO(token_list, "tokens", tokens, count, token_object),
};
const struct object_info token_list_object = OBJECT_INFO(token_list, token_list_fields);

struct json *token_list_json(
	const void *mem, const struct token_list *list, const struct directory *directory)
{
	struct json *object = json_object(mem);
	object_add_json(object, &token_list_object, list, &(struct field_scope){directory, 0});
	return object;
}
