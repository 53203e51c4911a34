#include "codec/customer_json.h"

#include "base/mem.h"
#include "codec/field_json.h"
#include "core/name.h"

#define CUSTOMER(name, shape, member, names)                                                       \
	{                                                                                          \
		name, shape, offsetof(struct customer, member), names                              \
	}
#define ADDRESS(name, shape, member, names)                                                        \
	{                                                                                          \
		name, shape, offsetof(struct address, member), names                               \
	}
#define REMARK(name, shape, member)                                                                \
	{                                                                                          \
		name, shape, offsetof(struct customer_note, member), NULL                          \
	}
#define HISTORY(name, shape, member, names)                                                        \
	{                                                                                          \
		name, shape, offsetof(struct history_row, member), names                           \
	}

static const struct field_info customer_fields[] = {
	CUSTOMER("id", SHAPE_ID, id, NULL),
	CUSTOMER("name", SHAPE_TEXT, name, NULL),
	CUSTOMER("preferred_channel", SHAPE_NAME, preferred_channel, &channel_names),
	CUSTOMER("do_not_call", SHAPE_BOOL, do_not_call, NULL),
	CUSTOMER("shared", SHAPE_BOOL, shared, NULL),
	CUSTOMER("created_at", SHAPE_TIME, created_at, NULL),
	CUSTOMER("merged_into", SHAPE_ID, merged_into, NULL),
	CUSTOMER("ref", SHAPE_WORD, ref, NULL),
};

static const struct field_info address_fields[] = {
	ADDRESS("kind", SHAPE_NAME, kind, &address_kind_names),
	ADDRESS("value", SHAPE_TEXT, value, NULL),
	ADDRESS("key", SHAPE_TEXT, key, NULL),
};

static const struct field_info remark_fields[] = {
	REMARK("id", SHAPE_ID, id),
	REMARK("author", SHAPE_OPERATOR, author),
	REMARK("at", SHAPE_TIME, at),
	REMARK("text", SHAPE_TEXT, text),
	REMARK("pinned", SHAPE_BOOL, pinned),
};

static const struct field_info history_fields[] = {
	HISTORY("number", SHAPE_ID, number, NULL),
	HISTORY("state", SHAPE_NAME, state, &ticket_state_names),
	HISTORY("opened_at", SHAPE_TIME, opened_at, NULL),
	HISTORY("subject", SHAPE_WORD, subject, NULL),
};

void customer_view_add_json(
	struct json *object, const struct customer_view *view, const struct directory *directory)
{
	fields_add_json(
		object, customer_fields, ARRAY_LEN(customer_fields), &view->customer, directory);
	json_add_text(object, "address", view->address_count ? view->addresses[0].value : NULL);
	rows_add_json(object, "addresses", address_fields, ARRAY_LEN(address_fields),
		view->addresses, view->address_count, sizeof(struct address), directory);
	struct json *notes = json_add_array(object, "notes");
	for (size_t i = 0; i < view->note_count; i++) {
		if (!view->notes[i].removed) {
			fields_add_json(json_add_object(notes, NULL), remark_fields,
				ARRAY_LEN(remark_fields), &view->notes[i], directory);
		}
	}
	rows_add_json(object, "history", history_fields, ARRAY_LEN(history_fields), view->history,
		view->history_count, sizeof(struct history_row), directory);
	json_add_bool(object, "has_more_history", view->has_more_history);
}

struct json *customer_view_json(
	const void *mem, const struct customer_view *view, const struct directory *directory)
{
	struct json *object = json_object(mem);
	customer_view_add_json(object, view, directory);
	return object;
}
