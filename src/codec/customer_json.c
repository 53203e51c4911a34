#include "codec/customer_json.h"

#include "base/mem.h"
#include "codec/objects.h"
#include "core/name.h"

static const struct field_info customer_fields[] = {
	FIELD_INFO(customer, "id", SHAPE_ID, id, NULL),
	FIELD_INFO(customer, "name", SHAPE_LINE, name, NULL),
	FIELD_INFO(customer, "preferred_channel", SHAPE_NAME, preferred_channel, &channel_names),
	FIELD_INFO(customer, "do_not_call", SHAPE_BOOL, do_not_call, NULL),
	FIELD_INFO(customer, "shared", SHAPE_BOOL, shared, NULL),
	FIELD_INFO(customer, "created_at", SHAPE_TIME, created_at, NULL),
	FIELD_INFO(customer, "merged_into", SHAPE_ID, merged_into, NULL),
	FIELD_INFO(customer, "ref", SHAPE_WORD, ref, NULL),
};
static const struct object_info customer_object = OBJECT_INFO(customer, customer_fields);

static const struct field_info address_fields[] = {
	FIELD_INFO(address, "kind", SHAPE_NAME, kind, &address_kind_names),
	FIELD_INFO(address, "value", SHAPE_LINE, value, NULL),
	FIELD_INFO(address, "key", SHAPE_LINE, key, NULL),
	FIELD_INFO(address, "id", SHAPE_ID, id, NULL),
	FIELD_INFO(address, "customer", SHAPE_ID, customer, NULL),
};
static const struct object_info address_object = OBJECT_INFO(address, address_fields);

static const struct field_info remark_fields[] = {
	FIELD_INFO(customer_note, "id", SHAPE_ID, id, NULL),
	FIELD_INFO(customer_note, "author", SHAPE_OPERATOR, author, NULL),
	FIELD_INFO(customer_note, "at", SHAPE_TIME, at, NULL),
	FIELD_INFO(customer_note, "text", SHAPE_TEXT, text, NULL),
	FIELD_INFO(customer_note, "pinned", SHAPE_BOOL, pinned, NULL),
	FIELD_INFO(customer_note, "removed", SHAPE_BOOL, removed, NULL),
	FIELD_INFO(customer_note, "customer", SHAPE_ID, customer, NULL),
};
static const struct object_info remark_object = OBJECT_INFO(customer_note, remark_fields);

static const struct field_info history_fields[] = {
	FIELD_INFO(history_row, "number", SHAPE_ID, number, NULL),
	FIELD_INFO(history_row, "state", SHAPE_NAME, state, &ticket_state_names),
	FIELD_INFO(history_row, "opened_at", SHAPE_TIME, opened_at, NULL),
	FIELD_INFO(history_row, "subject", SHAPE_WORD, subject, NULL),
};
static const struct object_info history_object = OBJECT_INFO(history_row, history_fields);

static const struct field_info view_fields[] = {
	{NULL, SHAPE_INLINE, offsetof(struct customer_view, customer), NULL, &customer_object, 0},
	{"address", SHAPE_ADDRESS, 0, NULL, NULL, 0},
	ROWS_INFO(customer_view, "addresses", addresses, address_count, address_object),
	ROWS_INFO(customer_view, "notes", notes, note_count, remark_object),
	ROWS_INFO(customer_view, "history", history, history_count, history_object),
	FIELD_INFO(customer_view, "has_more_history", SHAPE_BOOL, has_more_history, NULL),
};
const struct object_info customer_view_object = OBJECT_INFO(customer_view, view_fields);

struct json *customer_view_json(
	const void *mem, const struct customer_view *view, const struct directory *directory)
{
	struct json *object = json_object(mem);
	object_add_json(object, &customer_view_object, view, &(struct field_scope){directory, 0});
	return object;
}
